"""The crash sweep: a day in the town, killed at every commit, ends as if nothing had happened.

After each kill the same file is opened again, and the step that was under way is asked for again
with its key, as the inbox does. Telegram's side (messages, refunds) remembers across the kill.
"""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from copy import deepcopy
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from shutil import rmtree
from typing import Any

import pytest

from market.deadlines import DAY_MS, HOUR_MS, MINUTE_MS
from market.people import TERMS_VERSION, Person
from market.read import Answer
from market.reports import Subject
from market.review import Marks
from market.room import Said
from market.states import Event, State
from payments.stars import StarsRail
from services.registry import Services, wire
from services.rows import Command
from tests.support.clock import SeededIds, SettableClock
from tests.support.crashing import Crashing, Killed, Side
from tests.support.databases import open_sqlite_file
from tests.support.town import NEW_GIG, POLICY, START_MS, FakeMessenger, FakeStars

COMMITS_LEAST, QUARRELS_LEAST = 108, 209
FILE = "gighaat.sqlite3"
Step = Callable[["Day"], Awaitable[object]]


@dataclass
class Day:
    """What outlives the process: the clock, Telegram, and which people there are."""

    storage: Crashing
    clock: SettableClock
    ids: SeededIds
    messenger: FakeMessenger
    stars: FakeStars

    @property
    def services(self) -> Services:
        return self._services

    def live(self, storage: Crashing) -> None:
        """A process starts."""
        self.storage = storage
        self._services = wire(storage, self.clock, self.ids, POLICY)

    def __post_init__(self) -> None:
        self.live(self.storage)

    async def person(self, telegram_id: int) -> Person:
        return await self.services.people.arrive(
            telegram_id, name=f"P{telegram_id}", username=None, language_code="en"
        )

    async def by(self, telegram_id: int, key: str) -> Command:
        return Command(key, (await self.person(telegram_id)).id)

    async def drain(self) -> None:
        """What was claimed by a process that died is free again after its lease."""
        await self.services.post.drain(self.messenger, {"stars": StarsRail(self.stars)})

    async def version(self, order_id: int) -> int:
        async with self.storage.read() as uow:
            return (await uow.orders.get(order_id)).version


SELLER, BUYER = 501, 502
OPERATOR, SECOND = sorted(POLICY.operators)


def accepts_terms(telegram_id: int) -> Step:
    async def step(day: Day) -> None:
        command = await day.by(telegram_id, f"terms {telegram_id}")
        await day.services.people.accept_terms(command, TERMS_VERSION)

    return step


async def publishes(day: Day) -> None:
    await day.services.gigs.publish(await day.by(SELLER, "publish"), NEW_GIG)


def places(number: int) -> Step:
    async def step(day: Day) -> None:
        order = await day.services.orders.place(await day.by(BUYER, f"place {number}"), 1, 1)
        assert order.id == number

    return step


def checks_out(number: int) -> Step:
    """A checkout is not asked again after a kill: Telegram has declined it."""

    async def step(day: Day) -> None:
        if await day.version(number) > 1:
            return
        intent_id = await day.services.payments.intent_of(number) or ""
        await day.services.payments.check(
            intent_id, telegram_id=BUYER, currency="XTR", total=NEW_GIG.price.minor
        )

    return step


def pays(number: int, charge_id: str) -> Step:
    async def step(day: Day) -> None:
        await day.services.payments.paid(
            telegram_id=BUYER,
            charge_id=charge_id,
            intent_id=await day.services.payments.intent_of(number) or "",
            currency="XTR",
            total=NEW_GIG.price.minor,
        )

    return step


def answers(number: int) -> Step:
    async def step(day: Day) -> None:
        command = await day.by(BUYER, f"answer {number}")
        answer = Answer("Haat Bazaar", ())
        await day.services.orders.answer(command, number, version=2, answer=answer)

    return step


def delivers(number: int) -> Step:
    async def step(day: Day) -> None:
        await day.services.orders.deliver(
            await day.by(SELLER, f"deliver {number}"), number, version=3, text="Done", files=()
        )

    return step


def acts(telegram_id: int, number: int, event: Event, version: int) -> Step:
    async def step(day: Day) -> None:
        command = await day.by(telegram_id, f"{event} {number}")
        await day.services.orders.act(command, number, event=event, version=version, note="So")

    return step


def reviews(telegram_id: int, number: int) -> Step:
    async def step(day: Day) -> None:
        command = await day.by(telegram_id, f"review {number}")
        marks = Marks(quality=5, communication=5, value=5) if telegram_id == BUYER else None
        await day.services.reviews.review(command, number, stars=5, marks=marks, words="Good")

    return step


def refund_is_reported(charge_id: str) -> Step:
    async def step(day: Day) -> None:
        await day.services.payments.refunded(charge_id=charge_id)

    return step


def later(ms: int) -> Step:
    """Time goes on; whatever the house does by itself, it does."""
    moment: list[int] = []

    async def step(day: Day) -> None:
        if not moment:
            moment.append(day.clock.now_ms() + ms)
        day.clock.set(max(moment[0], day.clock.now_ms()))
        await house_keeping(day)

    return step


async def house_keeping(day: Day) -> None:
    """Summaries first: what lapses now gets deadlines that a summary a minute later counts."""
    await day.services.upkeep.digest()
    await day.services.desk.owner_digest()
    await day.services.upkeep.nudge()
    await day.services.upkeep.lapse()
    await day.services.upkeep.free_paused()
    await day.drain()
    await day.services.upkeep.beat()


def script() -> list[Step]:
    """One order to released money, one that silence accepts, refunds of three kinds, an expiry."""
    return [
        accepts_terms(SELLER),
        accepts_terms(BUYER),
        publishes,
        *(step for number in (1, 2) for step in _delivered(number)),
        acts(BUYER, 1, Event.ACCEPT, 4),
        reviews(BUYER, 1),
        reviews(SELLER, 1),
        house_keeping,
        *(places(number) for number in (3, 4)),
        pays(3, "c3"),
        pays(3, "c3 again"),
        acts(BUYER, 3, Event.BUYER_CANCEL_EARLY, 2),
        house_keeping,
        refund_is_reported("c3"),
        later(31 * MINUTE_MS),
        pays(4, "c4 late"),
        later(25 * HOUR_MS),
        later(72 * HOUR_MS),
        later(30 * DAY_MS),
    ]


def _delivered(number: int) -> list[Step]:
    return [
        places(number),
        checks_out(number),
        pays(number, f"c{number}"),
        pays(number, f"c{number}"),
        answers(number),
        delivers(number),
    ]


def asks_cancel(telegram_id: int, number: int, version: int, minor: int = 0) -> Step:
    async def step(day: Day) -> None:
        await day.services.orders.ask_cancel(
            await day.by(telegram_id, f"ask {number} {version}"),
            number,
            version=version,
            minor=minor,
            note="Let us stop",
        )

    return step


def disputes(number: int, version: int) -> Step:
    async def step(day: Day) -> None:
        await day.services.disputes.open(
            await day.by(BUYER, f"dispute {number}"),
            number,
            version=version,
            reason="quality",
            text="This is not what we agreed on.",
            files=(),
        )

    return step


def speaks_back(number: int) -> Step:
    async def step(day: Day) -> None:
        command = await day.by(SELLER, f"testify {number}")
        await day.services.disputes.testify(command, number, text="It is", files=())

    return step


def decides(telegram_id: int, number: int, version: int, minor: int) -> Step:
    async def step(day: Day) -> None:
        await day.services.disputes.propose_or_decide(
            await day.by(telegram_id, f"decide {number} {version}"),
            number,
            version=version,
            minor=minor,
            reason="Because",
        )

    return step


def appeals(number: int, version: int) -> Step:
    async def step(day: Day) -> None:
        command = await day.by(BUYER, f"appeal {number}")
        await day.services.disputes.appeal(command, number, version=version, text="Look again")

    return step


def asks_reopen(number: int) -> Step:
    async def step(day: Day) -> None:
        command = await day.by(BUYER, f"wish {number}")
        await day.services.disputes.ask_reopen(command, number, text="The files do not open.")

    return step


async def reopens(day: Day) -> None:
    """The only wish there is."""
    async with day.storage.read() as uow:
        wish = next(iter(await uow.reports.open((Subject.REOPEN,), limit=1)), None)
    if wish is not None:  # else it was reopened before the kill, and the key says so
        await day.services.disputes.reopen(await day.by(OPERATOR, "reopen"), wish.id)


def says(telegram_id: int, number: int, words: str) -> Step:
    async def step(day: Day) -> None:
        command = await day.by(telegram_id, f"say {words}")
        said = Said(words=words, file=None, chat_id=telegram_id, message_id=1)
        await day.services.rooms.say(command, number, said, anyway=True)

    return step


async def goes_away(day: Day) -> None:
    """The buyer, for a day from the next hour on."""
    from_ms = START_MS + HOUR_MS
    await day.services.absences.declare(
        await day.by(BUYER, "away"), from_ms=from_ms, until_ms=from_ms + DAY_MS
    )


async def charges_back(day: Day) -> None:
    """The provider took the payment of order 5 back."""
    await day.services.disputes.charge_back(await day.by(OPERATOR, "cb"), 5)


async def pauses(day: Day) -> None:
    """An operator pauses the seller for a day."""
    command, seller = await day.by(OPERATOR, "pause"), await day.person(SELLER)
    await day.services.desk.pause(command, seller.id, days=1, reason="Too many disputes")


async def wants_digests(day: Day) -> None:
    """The seller gets a summary each morning."""
    await day.services.digests.choose_hour(await day.by(SELLER, "hour"), 8)


def quarrels() -> list[Step]:
    """A split by agreement, one by two operators, a lapse, a reopening given in, a chargeback."""
    return [
        accepts_terms(SELLER),
        accepts_terms(BUYER),
        publishes,
        *(step for number in range(1, 6) for step in _delivered(number)),
        says(BUYER, 1, "Call me: 01711223344"),
        asks_cancel(SELLER, 1, 4, 100),
        acts(BUYER, 1, Event.AGREE_CANCEL, 5),
        asks_cancel(BUYER, 2, 4),
        goes_away,
        wants_digests,
        later(2 * HOUR_MS),
        disputes(3, 4),
        speaks_back(3),
        decides(OPERATOR, 3, 6, 0),
        appeals(3, 7),
        decides(SECOND, 3, 8, 100),
        acts(BUYER, 4, Event.ACCEPT, 4),
        asks_reopen(4),
        reopens,
        acts(SELLER, 4, Event.CONCEDE_SELLER, 6),
        charges_back,
        pauses,
        later(49 * HOUR_MS + 30 * MINUTE_MS),
        later(25 * HOUR_MS),
        later(25 * HOUR_MS),
        later(30 * DAY_MS),
    ]


async def live_through(steps: list[Step], day: Day, path: Path) -> None:
    """Each step until it succeeds; a kill ends the process, another one goes on."""
    for step in steps:
        try:
            await step(day)
        except Killed:
            reopened = await open_sqlite_file(path)
            day.clock.advance(POLICY.windows.outbox_lease_ms + 1)
            day.live(Crashing(reopened))
            await step(day)


COMPARED = (
    "SELECT id, state, version, held_minor, outcome FROM orders ORDER BY id",
    "SELECT id, debits, credits, closed FROM account ORDER BY id",
    "SELECT key, request_hash FROM journal ORDER BY key",
    "SELECT journal_key, line, debit, credit, amount_minor FROM transfer ORDER BY 1, 2",
    "SELECT rail, external_id, kind, amount_minor FROM payment ORDER BY 1, 2, 3",
    "SELECT charge_id, state FROM refund ORDER BY charge_id",
    "SELECT order_id, version, event FROM order_event ORDER BY 1, 2",
    "SELECT order_id, author_id, stars FROM review ORDER BY 1, 2",
    "SELECT key, state FROM outbox ORDER BY key",
    "SELECT order_id, number, words FROM delivery ORDER BY 1, 2",
    "SELECT order_id, number, role, words FROM dispute_statement ORDER BY 1, 2",
    "SELECT order_id, number, words, is_flagged FROM room_message ORDER BY 1, 2",
    "SELECT order_id, person_id, number, unread FROM room_read ORDER BY 1, 2",
    "SELECT person_id, from_ms, until_ms FROM absence ORDER BY 1, 2",
    "SELECT subject, about_id, closed_ms IS NULL FROM report ORDER BY id",
    "SELECT person_id, standing, reason FROM standing_change ORDER BY id",
    "SELECT operator_id, act, detail FROM operator_act ORDER BY id",
    "SELECT id, standing, digest_hour, next_digest_ms FROM person ORDER BY id",
    "SELECT order_id, minor FROM verdict_proposal ORDER BY 1",
)


@dataclass(frozen=True)
class Ended:
    """The stored town at the end of the day, and what Telegram heard of it."""

    stored: list[list[Any]]
    heard: set[str]
    refunds: set[tuple[int, str]]


@dataclass(frozen=True)
class Kill:
    """At which commit of the day, and on which side of it; 0 is never."""

    at: int = 0
    side: Side = "before"


@dataclass(frozen=True)
class Eve:
    """The town right before a step: its file, what outlives a process, and commits so far."""

    number: int
    commits: int
    file: bytes
    outside: tuple[SettableClock, SeededIds, FakeMessenger, FakeStars]


def beginning(template: Path) -> Eve:
    """Nothing has happened yet."""
    outside = (SettableClock(START_MS), SeededIds(), FakeMessenger(), FakeStars())
    return Eve(0, 0, template.read_bytes(), outside)


def eve_of(day: Day, path: Path, number: int) -> Eve:
    """As it is now."""
    with closing(sqlite3.connect(path)) as conn:
        file = conn.serialize()
    outside = deepcopy((day.clock, day.ids, day.messenger, day.stars))
    return Eve(number, day.storage.commits, file, outside)


@asynccontextmanager
async def opened(eve: Eve, folder: Path, kill: Kill) -> AsyncIterator[Day]:
    """The day goes on in that folder, in a new process."""
    folder.mkdir()
    (folder / FILE).write_bytes(eve.file)
    first = await open_sqlite_file(folder / FILE)
    outside = deepcopy(eve.outside)
    day = Day(Crashing(first, kill.at - eve.commits, kill.side), *outside)
    try:
        yield day
    finally:
        for house in {first, day.storage.inner}:
            await house.close()  # type: ignore[attr-defined]


async def whole_day(template: Path, folder: Path, steps: list[Step]) -> tuple[Ended, list[Eve]]:
    """How the day ends without a kill; the eves of all steps, and at last the day's end."""
    eves = [beginning(template)]
    async with opened(eves[0], folder, Kill()) as day:
        for number, step in enumerate(steps, start=1):
            await step(day)
            eves.append(eve_of(day, folder / FILE, number))
        return await ended(day, folder), eves


async def killed_day(eves: list[Eve], folder: Path, steps: list[Step], kill: Kill) -> Ended:
    """How the day ends with a kill; up to the step of the kill it is the day without one."""
    eve = max((eve for eve in eves if eve.commits < kill.at), key=attrgetter("number"))
    async with opened(eve, folder, kill) as day:
        first = day.storage
        await live_through(steps[eve.number :], day, folder / FILE)
        assert first.is_dead, "nobody was killed"
        return await ended(day, folder)


async def ended(day: Day, folder: Path) -> Ended:
    """What is compared; the books are audited."""
    async with day.storage.inner.read() as uow:
        assert await uow.ledger.audit() == ()
    with closing(sqlite3.connect(folder / FILE)) as conn:
        stored = [conn.execute(sql).fetchall() for sql in COMPARED]
    heard = {row.message.key for row in day.messenger.sent if row.message is not None}
    return Ended(stored, heard, set(day.stars.calls))


async def test_the_day_without_a_kill(sqlite_file: Path, tmp_path: Path) -> None:
    """The script reaches what it is for, so that the sweep below means something."""
    end, eves = await whole_day(sqlite_file, tmp_path / "x", script())
    states = [(row[1], row[4]) for row in end.stored[0]]
    assert states == [
        (State.CLEARED, "accepted"),
        (State.CLEARED, "auto"),
        (State.CANCELLED, None),
        (State.EXPIRED, None),
    ]
    assert end.refunds == {(BUYER, "c3"), (BUYER, "c3 again"), (BUYER, "c4 late")}
    assert eves[-1].commits >= COMMITS_LEAST


async def test_the_quarrels_without_a_kill(sqlite_file: Path, tmp_path: Path) -> None:
    """Each order of the other script comes to the end that it is for."""
    end, eves = await whole_day(sqlite_file, tmp_path / "x", quarrels())
    states = [(row[1], row[4]) for row in end.stored[0]]
    assert states == [
        (State.CLEARED, "split"),
        (State.CLEARED, "auto"),
        (State.CLEARED, "split"),
        (State.REFUNDED, None),
        (State.CANCELLED, None),
    ]
    assert end.refunds == {(BUYER, "c4")}
    assert eves[-1].commits >= QUARRELS_LEAST


@pytest.mark.parametrize(
    ("steps", "side"),
    [
        (script, "before"),
        (script, "after"),
        pytest.param(quarrels, "before", marks=pytest.mark.proof),  # a minute and more
        (quarrels, "after"),
    ],
)
async def test_killed_at_every_commit(
    sqlite_file: Path, tmp_path: Path, steps: Callable[[], list[Step]], side: Side
) -> None:
    """Balances, states, facts, messages and refunds are those of the day without a kill."""
    clean, eves = await whole_day(sqlite_file, tmp_path / "clean", steps())
    commits = eves[-1].commits
    print(f"{commits} points, killed {side} each")  # noqa: T201 - the number is the proof's size
    for at in range(1, commits + 1):
        folder = tmp_path / str(at)
        end = await killed_day(eves, folder, steps(), Kill(at, side))
        assert clean == end, f"killed {side} commit {at}"
        rmtree(folder)
