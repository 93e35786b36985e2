"""Orders in USDT, killed at every commit: the provider's books end as on a day without a kill.

Between a call to the provider and its record lies a commit: killed before it, the house does not
know what it has done. The provider remembers across the kill, and some of its answers are lost.
"""

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from market.deadlines import MINUTE_MS
from market.gig import Fulfilment
from market.people import TERMS_VERSION
from market.rails import POLICY_VERSION
from market.states import Event, State
from services.registry import Services, wire
from services.rows import Command
from storage import open_storage
from tests.support.clock import SeededIds, SettableClock
from tests.support.crashing import Crashing, Killed, Side
from tests.support.crypto_bench import Bench, usdt
from tests.support.databases import CIPHER, open_sqlite_copy, sqlite_url
from tests.support.town import NEW_GIG, POLICY, START_MS, FakeMessenger

POINTS_LEAST = 30
HOUSE = replace(POLICY, takes_usdt=True, first_gigs=0)
SELLER, BUYER = 501, 502
OWNER = min(POLICY.operators)
GIG = replace(NEW_GIG, category="lessons", price=usdt("12.5"))


class Day:
    """What outlives the process: the clock, the provider, the messages that arrived."""

    def __init__(self, storage: Crashing, bench: Bench) -> None:
        self.bench, self.clock, self.ids = bench, bench.clock, SeededIds()
        self.messenger = FakeMessenger()
        self.live(storage)

    def live(self, storage: Crashing) -> None:
        """A process starts."""
        self.storage = storage
        self.services: Services = wire(storage, self.clock, self.ids, HOUSE)

    async def by(self, telegram_id: int, key: str) -> Command:
        """A command of somebody, who arrives with it."""
        person = await self.services.people.arrive(
            telegram_id, name=f"P{telegram_id}", username=None, language_code="en"
        )
        return Command(key, person.id)

    async def drain(self) -> None:
        """The post's round; what a dead process had claimed is free after its lease."""
        await self.services.post.drain(self.messenger, {self.bench.rail.name: self.bench.rail})

    async def sweep(self) -> None:
        """The round of the invoices."""
        await self.services.bills.sweep({self.bench.rail.name: self.bench.rail})


Step = Callable[[Day], Awaitable[object]]


async def settles_in(day: Day) -> None:
    """People, the owner's decision, a gig."""
    for telegram_id in (SELLER, BUYER):
        command = await day.by(telegram_id, f"terms {telegram_id}")
        await day.services.people.accept_terms(command, TERMS_VERSION)
    decision = await day.by(OWNER, "decide")
    await day.services.rails.decide(
        decision,
        "lessons",
        Fulfilment.NON_DIGITAL,
        reason="Done by people on the spot, not by files.",
        version=POLICY_VERSION,
    )
    await day.services.gigs.publish(await day.by(SELLER, "publish"), GIG)


def places(number: int) -> Step:
    async def step(day: Day) -> None:
        await day.services.orders.place(await day.by(BUYER, f"place {number}"), 1, 1)

    return step


async def drains(day: Day) -> None:
    """Twice, with the time in between that failed calls wait."""
    for _ in range(3):
        await day.drain()
        day.clock.advance(MINUTE_MS)


async def sweeps(day: Day) -> None:
    """The invoices are asked for."""
    await day.sweep()


def loses(method: str) -> Step:
    async def step(day: Day) -> None:
        day.bench.fake.fail(method, "silent after")

    return step


async def pays(day: Day) -> None:
    """The buyer pays whatever link he has."""
    for number, made in list(day.bench.fake.invoices.items()):
        if made["status"] == "active":
            day.bench.fake.pay(number)


async def cancels(day: Day) -> None:
    """The seller cannot do it after all."""
    command = await day.by(SELLER, "cancel 1")
    await day.services.orders.act(
        command, 1, event=Event.SELLER_CANCEL, version=2, note="I am ill."
    )


async def expires(day: Day) -> None:
    """The second order's time is over."""
    day.clock.advance(35 * MINUTE_MS)
    await day.services.upkeep.lapse()


SCRIPT: tuple[Step, ...] = (
    settles_in,
    places(1),
    loses("createInvoice"),
    drains,
    pays,
    sweeps,
    cancels,
    loses("transfer"),
    drains,
    places(2),
    drains,
    pays,
    expires,
    sweeps,
    drains,
)
COMPARED = (
    "SELECT id, state, version, held_minor FROM orders ORDER BY id",
    "SELECT id, debits, credits FROM account ORDER BY id",
    "SELECT key, request_hash FROM journal ORDER BY key",
    "SELECT rail, external_id, kind, amount_minor FROM payment ORDER BY 1, 2, 3",
    "SELECT charge_id, state FROM refund ORDER BY charge_id",
    "SELECT order_id, rail, state, external_id FROM bill ORDER BY id",
    "SELECT key, state FROM outbox ORDER BY key",
)


@dataclass(frozen=True)
class Ended:
    """The stored house at the end, and the provider's books."""

    stored: list[list[Any]]
    sent: list[tuple[str, int, str]]
    invoices: list[str]
    balance: Decimal


async def outcome(
    template: Path, folder: Path, at: int = 0, side: Side = "before"
) -> tuple[Ended, int]:
    """How the day ends when the first process is killed there, and how many commits it made."""
    folder.mkdir()
    storage = await open_sqlite_copy(template, folder)
    bench = await Bench.open(SettableClock(START_MS))
    path, first = folder / "gighaat.sqlite3", Crashing(storage, at, side)
    day = Day(first, bench)
    for step in SCRIPT:
        try:
            await step(day)
            day.storage.live_or_die()  # the post swallows a kill together with its workers
        except Killed:
            day.clock.advance(POLICY.windows.outbox_lease_ms + 1)
            day.live(Crashing(await open_storage(sqlite_url(path), cipher=CIPHER)))
            await step(day)
    async with day.storage.inner.read() as uow:
        assert await uow.ledger.audit() == ()
    for house in {storage, day.storage.inner}:
        await house.close()  # type: ignore[attr-defined]
    await bench.close()
    with closing(sqlite3.connect(path)) as conn:
        stored = [conn.execute(sql).fetchall() for sql in COMPARED]
    sent = [(one["spend_id"], one["user_id"], one["amount"]) for one in bench.fake.transfers]
    made = [one["status"] for one in bench.fake.invoices.values()]
    return Ended(stored, sent, made, bench.fake.balance), first.commits


async def test_the_day_without_a_kill(sqlite_file: Path, tmp_path: Path) -> None:
    """One order is paid and cancelled, the other's money comes too late: both go back once."""
    ended, commits = await outcome(sqlite_file, tmp_path / "x")
    assert [row[1] for row in ended.stored[0]] == [State.CANCELLED, State.EXPIRED]
    assert ended.sent == [("refund-7001", BUYER, "12.500000"), ("refund-7003", BUYER, "12.500000")]
    assert ended.invoices == ["paid", "paid"]
    assert commits >= POINTS_LEAST


@pytest.mark.parametrize("side", ["before", pytest.param("after", marks=pytest.mark.proof)])
async def test_killed_at_every_commit(sqlite_file: Path, tmp_path: Path, side: Side) -> None:
    """Nothing is sent twice, nothing is lost, no second invoice is made."""
    clean, commits = await outcome(sqlite_file, tmp_path / "clean")
    print(f"{commits} points, killed {side} each")  # noqa: T201 - the number is the proof's size
    for at in range(1, commits + 1):
        ended, _ = await outcome(sqlite_file, tmp_path / str(at), at, side)
        assert clean == ended, f"killed {side} commit {at}"
