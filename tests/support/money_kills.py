"""Killing the house in the money day at every point, and what must be the same afterwards.

The clean day is kept step by step; a killed one begins at the step in which it dies and goes on
until nothing differs from the clean day any more.
"""

import pickle
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from market.errors import MarketError
from storage import OpenStorage, open_storage
from tests.support.crashing import Killed, Side
from tests.support.databases import CIPHER, sqlite_url
from tests.support.doom import Doom
from tests.support.money_day import Day, Step, live, moments, settle_in, start
from tests.support.money_script import script
from tests.support.money_world import World

Stored = dict[str, list[tuple[Any, ...]]]
# What a second process does at its own moment, and what only counts tries.
TIDE = ("heartbeat", "sweep_run", "schema_version", "feed", "flag")
TRIES = frozenset({"attempts", "error", "raw", "sealed", "digits", "hash"})
OWN_NUMBERS = frozenset({"outbox", "transfer"})
MOMENTS = re.compile(r'"\w+_ms": \d+')
DATABASE = "gighaat.sqlite3"


def questions(file: Path) -> dict[str, str]:
    """How to read all tables without moments, tries and numbers that nobody refers to."""
    with closing(sqlite3.connect(file)) as conn:
        names = conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
        asked = {name: _question(conn, name) for (name,) in names if name not in TIDE}
    return {name: question for name, question in asked.items() if question}


def _question(conn: sqlite3.Connection, table: str) -> str:
    columns = [row[1] for row in conn.execute(f"PRAGMA table_info({table})")]
    kept = [_read(one) for one in columns if _says_something(table, one)]
    return f"SELECT {', '.join(kept)} FROM {table}" if kept else ""


def stored(file: Path, asked: dict[str, str]) -> Stored:
    """All that is comparable in the file."""
    with closing(sqlite3.connect(file)) as conn:
        return {name: _rows(conn, question) for name, question in asked.items()}


def _rows(conn: sqlite3.Connection, question: str) -> list[tuple[Any, ...]]:
    return comparable(conn.execute(question))


def comparable(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows in an order of their own, without moments in what they tell."""
    return sorted((tuple(map(_timeless, row)) for row in rows), key=repr)


def _timeless(value: object) -> object:
    """Facts of messages name moments too."""
    return MOMENTS.sub("", value) if isinstance(value, str) and "_ms" in value else value


def _says_something(table: str, column: str) -> bool:
    if column.endswith("_ms") or column in TRIES:
        return False
    return not (column == "id" and table in OWN_NUMBERS)


def _read(column: str) -> str:
    """The list may hear of a payment before the update comes: it is booked either way."""
    return f"replace({column}, 'known', 'paid')" if column == "booked" else column


@dataclass(frozen=True)
class Moment:
    """How everything stands when a step is over."""

    file: Path
    world: bytes
    stored: Stored
    books: dict[str, object]


@dataclass
class Clean:
    """The day without a kill: how it stood before each step, and the points of each."""

    folder: Path
    sides: frozenset[Side]
    is_quiet: bool
    steps: tuple[Step, ...] = field(default_factory=script)
    asked: dict[str, str] = field(default_factory=dict)
    kept: list[Moment] = field(default_factory=list)
    points: list[list[str]] = field(default_factory=list)

    async def live(self, template: Path) -> None:
        """All of it, once."""
        file = self.folder / DATABASE
        shutil.copyfile(template, file)
        self.asked = questions(file)
        async with opened(file) as storage:
            world = World()
            await settle_in(Day(storage, world, Doom()))
            self.kept.append(self._keep(world, 0))
            for at, (step, at_ms) in enumerate(zip(self.steps, self.moments, strict=True)):
                doom = Doom(sides=self.sides)
                await live(self.day(storage, world, doom, at), step, at_ms)
                self.points.append(doom.names)
                self.kept.append(self._keep(world, at + 1))
            async with storage.read() as uow:
                assert await uow.ledger.audit() == ()

    def day(self, storage: OpenStorage, world: World, doom: Doom, at: int) -> Day:
        """A process that begins in this step."""
        day = Day(storage, world, doom)
        if self.is_quiet:
            day.quiet_post()
        start(day, at)
        return day

    def _keep(self, world: World, at: int) -> Moment:
        file = self.folder / f"{at}.sqlite3"
        with (
            closing(sqlite3.connect(self.folder / DATABASE)) as now,
            closing(sqlite3.connect(file)) as copy,
        ):
            now.backup(copy)
        return Moment(file, pickle.dumps(world), stored(file, self.asked), world.books())

    @property
    def moments(self) -> list[int]:
        """When each step happens."""
        return moments(self.steps)

    @property
    def size(self) -> int:
        """How many points there are."""
        return sum(map(len, self.points))


async def last_moment(template: Path, folder: Path) -> Moment:
    """Live the day without keeping its steps."""
    folder.mkdir()
    file, world, steps = folder / DATABASE, World(), script()
    shutil.copyfile(template, file)
    async with opened(file) as storage:
        await settle_in(Day(storage, world, Doom()))
        for at, (step, at_ms) in enumerate(zip(steps, moments(steps), strict=True)):
            day = Day(storage, world, Doom())
            start(day, at)
            await live(day, step, at_ms)
        async with storage.read() as uow:
            assert await uow.ledger.audit() == ()
    return Moment(file, b"", stored(file, questions(file)), world.books())


def held(moment: Moment) -> tuple[dict[str, object], dict[str, object]]:
    """What the ledger says that providers hold, and what they say."""
    accounts = {row[0]: row[6] - row[7] for row in moment.stored["account"]}
    names = {"balance": "stars:XTR", "wallet": "manual:bkash:BDT", "usdt_minor": "crypto_pay:USDT"}
    said = {name: accounts[f"A:prov:{account}"] for name, account in names.items()}
    return said, {name: moment.books[name] for name in names}


@dataclass(frozen=True, slots=True)
class Kill:
    """In which step, at its how-manieth point, and what becomes of the update."""

    at: int
    fatal: int
    loses: bool = False

    def name(self, clean: Clean) -> str:
        """In words."""
        point = clean.points[self.at][self.fatal - 1]
        return f"{clean.steps[self.at].name}, killed {point} ({self.fatal})"


def kills(clean: Clean, *, loses: bool) -> list[Kill]:
    """Each point of the day once.

    An update gets lost only where a provider sent it, and only before it was answered.
    """
    return [
        Kill(at, fatal, loses)
        for at, (step, names) in enumerate(zip(clean.steps, clean.points, strict=True))
        for fatal in range(1, 1 + _fatal(step, names, loses=loses))
    ]


def _fatal(step: Step, names: list[str], *, loses: bool) -> int:
    if not loses:
        return len(names)
    return names.index("before answer") + 1 if step.is_fact else 0


async def killed(clean: Clean, folder: Path, kill: Kill) -> str | None:
    """Die there and go on; answers what is not as on the clean day.

    Workers of the post may come in another order: a step may end before its last point.
    """
    file, world = begin(clean, folder, kill.at)
    async with opened(file) as storage:
        has_died = False
        day = clean.day(storage, world, Doom(kill.fatal, clean.sides), kill.at)
        try:
            await live(day, clean.steps[kill.at], clean.moments[kill.at])
        except Killed:
            has_died = True
        return await aftermath(clean, storage, world, kill, has_died=has_died)


async def aftermath(
    clean: Clean,
    storage: OpenStorage,
    world: World,
    kill: Kill,
    *,
    has_died: bool,
    whole: bool = False,
) -> str | None:
    """What another process makes of it; `whole` is to the day's end though nothing differs."""
    try:
        if has_died:
            await resume(clean, storage, world, kill)
        found = await go_on(clean, storage, world, kill.at + 1, whole=whole)
    except MarketError as refusal:
        found = f"refused what was not refused before: {refusal!r}"
    return found and f"{kill.name(clean)}: {found}"


async def go_on(
    clean: Clean, storage: OpenStorage, world: World, after: int, *, whole: bool
) -> str | None:
    """The steps that follow, until nothing differs; answers what does at the end of the day."""
    file = world.folder / DATABASE
    found = differs(clean, file, world, after)
    while (found or whole) and after < len(clean.steps):
        day = clean.day(storage, world, Doom(), after)
        await live(day, clean.steps[after], clean.moments[after])
        after += 1
        found = differs(clean, file, world, after)
    return found


@asynccontextmanager
async def opened(file: Path) -> AsyncIterator[OpenStorage]:
    """The stored house, closed whatever happens."""
    storage = await open_storage(sqlite_url(file), cipher=CIPHER)
    try:
        yield storage
    finally:
        await storage.close()


def begin(clean: Clean, folder: Path, at: int) -> tuple[Path, World]:
    """The house and the world as they stood before that step."""
    folder.mkdir(parents=True)
    file, moment = folder / DATABASE, clean.kept[at]
    shutil.copyfile(moment.file, file)
    world: World = pickle.loads(moment.world)  # noqa: S301 - written a moment ago
    world.folder = folder
    return file, world


async def resume(clean: Clean, storage: OpenStorage, world: World, kill: Kill) -> None:
    """Another process: the update comes again, or it is lost when it was a provider's."""
    step, at_ms = clean.steps[kill.at], clean.moments[kill.at]
    day = clean.day(storage, world, Doom(), kill.at)
    await live(day, step, at_ms, phase=world.phase, is_lost=kill.loses)


def differs(clean: Clean, file: Path, world: World, at: int) -> str | None:
    """The first thing that is not as it was on the clean day after that many steps."""
    return first_difference(clean.kept[at], stored(file, clean.asked), world.books())


def first_difference(moment: Moment, here: Stored, books: dict[str, object]) -> str | None:
    """What is first not as it was at that moment: rows, then what providers and people know."""
    for name, rows in moment.stored.items():
        if here[name] != rows:
            odd = [row for row in here[name] if row not in rows]
            gone = [row for row in rows if row not in here[name]]
            return f"{name}: {odd[:3]} instead of {gone[:3]}"
    for name, known in moment.books.items():
        if books[name] != known:
            return f"{name}: {books[name]} instead of {known}"
    return None
