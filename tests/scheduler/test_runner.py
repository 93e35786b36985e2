"""The runner: sweeps run, fail alone, do not overlap, and end in time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from market.money import Currency, Money
from market.people import Person
from market.policy import Policy
from scheduler.runner import Runner
from scheduler.sweeps import Sweep, sweeps
from services.feed_rows import FeedRow
from services.readings import sent_list
from services.registry import wire
from services.rows import SendOutcome
from storage import OpenStorage
from tests.support.clock import SeededIds, SettableClock
from tests.support.feed import FakeFeed

HOUR_MS = 3_600_000


OF_THE_HOUSE = (
    "audit",
    "clock",
    "cover",
    "digest",
    "drain",
    "expire_drafts",
    "free_paused",
    "heartbeat",
    "kept_alarms",
    "lapse",
    "nudge",
    "owner_digest",
    "payouts",
    "payouts_told",
    "pins",
    "prune",
    "retain",
    "stars_balance",
    "stars_feed",
    "stuck",
    "tips",
)


class Records:
    """Remembers which runs were written down."""

    def __init__(self) -> None:
        self.names: list[str] = []

    async def __call__(self, name: str, work: Callable[[], Awaitable[object]], _: int) -> object:
        self.names.append(name)
        return await work()


class Counted:
    """Work that counts its runs and may fail or wait."""

    def __init__(self, *, failing: bool = False) -> None:
        self.runs = 0
        self.failing = failing
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(self) -> None:
        self.runs += 1
        await self.gate.wait()
        if self.failing:
            raise RuntimeError("broken sweep")


async def until(condition: Any) -> None:
    """Wait until it holds."""
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - it looks from outside
            await asyncio.sleep(0.005)


def runner(*table: Sweep, stir: asyncio.Event | None = None) -> tuple[Runner, Records]:
    """A runner of this table."""
    records = Records()
    built = Runner(table, record=records, stir=stir or asyncio.Event(), in_charge=_yes)
    return built, records


async def _yes() -> bool:
    return True


async def _no() -> bool:
    return False


async def _unknown() -> bool:
    raise OSError("the database is out of reach")


async def test_everything_runs_at_the_start() -> None:
    """Time may have been missed; first runs are written down."""
    kept, silent = Counted(), Counted()
    one, records = runner(
        Sweep("lapse", HOUR_MS, kept), Sweep("beat", HOUR_MS, silent, kept_every_ms=HOUR_MS)
    )
    one.start()
    await until(lambda: kept.runs and silent.runs)
    await one.stop(1)
    assert (kept.runs, silent.runs, records.names) == (1, 1, ["lapse", "beat"])


async def test_a_failing_sweep_stops_no_other_and_runs_again() -> None:
    """Its failure is logged."""
    broken, sound = Counted(failing=True), Counted()
    one, _ = runner(Sweep("broken", 10, broken), Sweep("sound", 10, sound))
    one.start()
    await until(lambda: broken.runs > 2 and sound.runs > 2)
    await one.stop(1)


@pytest.mark.parametrize("in_charge", [_no, _unknown])
async def test_who_is_not_in_charge_sweeps_nothing(
    in_charge: Callable[[], Awaitable[bool]],
) -> None:
    """Another process does the work, or may do it: nothing runs, nothing is written down."""
    swept, records = Counted(), Records()
    table = (Sweep("lapse", 10, swept), Sweep("drain", 10, swept, kept_every_ms=HOUR_MS))
    one = Runner(table, record=records, stir=asyncio.Event(), in_charge=in_charge)
    for sweep in table:
        await one.run(sweep.name)
    assert (swept.runs, records.names) == (0, [])


async def test_a_sweep_does_not_overlap_itself() -> None:
    """A second run while the first one goes on is left out."""
    slow = Counted()
    slow.gate.clear()
    one, _ = runner(Sweep("slow", HOUR_MS, slow))
    first = asyncio.create_task(one.run("slow"))
    await until(lambda: slow.runs == 1)
    await one.run("slow")
    slow.gate.set()
    await first
    assert slow.runs == 1


async def test_a_stir_drains_at_once() -> None:
    """A commit with new rows does not wait for the next tick."""
    stir, drain = asyncio.Event(), Counted()
    one, _ = runner(Sweep("drain", HOUR_MS, drain, kept_every_ms=HOUR_MS), stir=stir)
    one.start()
    await until(lambda: drain.runs == 1)
    stir.set()
    await until(lambda: drain.runs == 2)
    await one.stop(1)


async def test_stopping_does_not_wait_for_ever(caplog: pytest.LogCaptureFixture) -> None:
    """Work that hangs is cancelled when its time is over, and nobody calls that an error."""
    hanging = Counted()
    hanging.gate.clear()
    one, _ = runner(Sweep("hanging", HOUR_MS, hanging))
    one.start()
    await until(lambda: hanging.runs == 1)
    async with asyncio.timeout(60):
        await one.stop(0.01)
        await asyncio.sleep(0)
    assert caplog.records == []


async def test_the_table_runs_on_an_empty_house(sqlite_storage: OpenStorage) -> None:
    """Every sweep of the house works when there is nothing to do."""
    services = wire(sqlite_storage, SettableClock(1_700_000_000_000), SeededIds(), Policy())
    table = sweeps(services, messenger=None, rails={}, stars=FakeFeed())  # type: ignore[arg-type]
    for sweep in table:
        await services.upkeep.run(sweep.name, sweep.work)
    names = [sweep.name for sweep in table]
    assert names[:3] == ["lapse", "nudge", "drain"]
    assert sorted(names) == sorted(OF_THE_HOUSE)


async def test_rails_that_hold_money_are_asked_how_much(sqlite_storage: OpenStorage) -> None:
    """One sweep for each provider that can tell."""

    class Keeping:
        name = "crypto_pay"

        async def holdings(self) -> Money:
            return Money(0, Currency.USDT)

        async def refund(self, person: Person, charge_id: str) -> SendOutcome:
            raise NotImplementedError

    services = wire(sqlite_storage, SettableClock(1_700_000_000_000), SeededIds(), Policy())
    table = sweeps(services, messenger=None, rails={"crypto_pay": Keeping()})  # type: ignore[arg-type]
    (found,) = [sweep for sweep in table if sweep.name == "crypto_pay_balance"]
    await found.work()
    async with sqlite_storage.read() as uow:
        assert len(await uow.books.checks("crypto_pay", "USDT", limit=9)) == 1


async def test_rails_with_a_list_are_read(sqlite_storage: OpenStorage) -> None:
    """One sweep for all of them."""

    class Listing:
        name = "crypto_pay"

        async def sent(self, *, since_ms: int) -> tuple[FeedRow, ...]:
            assert since_ms > 0
            return ()

        async def refund(self, person: Person, charge_id: str) -> SendOutcome:
            raise NotImplementedError

    services = wire(sqlite_storage, SettableClock(1_700_000_000_000), SeededIds(), Policy())
    table = sweeps(services, messenger=None, rails={"crypto_pay": Listing()})  # type: ignore[arg-type]
    (found,) = [sweep for sweep in table if sweep.name == "sendings"]
    assert await found.work() == 0
    async with sqlite_storage.read() as uow:
        assert (await uow.books.reading(sent_list("crypto_pay"))).read_ms == 1_700_000_000_000


async def test_a_quick_sweep_is_written_down_now_and_then_and_when_it_fails() -> None:
    """One row at the start, none for the good runs after it, one for a failure, one for its end."""
    work = Counted()
    one, records = runner(Sweep("drain", HOUR_MS, work, kept_every_ms=HOUR_MS))
    for _ in range(3):
        await one.run("drain")
    assert records.names == ["drain"]
    work.failing = True
    await one.run("drain")
    assert records.names == ["drain", "drain"]
    work.failing = False
    await one.run("drain")
    await one.run("drain")
    assert records.names == ["drain"] * 3
