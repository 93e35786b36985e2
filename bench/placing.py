"""Placing orders: our command against its own SQL statements on a bare aiosqlite connection.

The statements are recorded from a real order, then replayed for other buyers and orders.
"""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import aiosqlite

from bench.measure import ROUNDS
from bench.seeding import arrive, sell
from bot.clocks import RandomIds, WallClock
from market.gig import Limits
from market.policy import Policy
from services.registry import Services, wire
from services.rows import Command
from storage import Cipher, open_storage
from storage.link import Link

BUYERS = 400
COUNT_S, FIRST_ORDERS = 1.5, 50
POLICY = Policy(limits=Limits(open_orders_max=1_000_000))
IDS = frozenset({"id", "order_id", "buyer_id", "person_id"})
Values = Mapping[str, object]
Place = Callable[[int], Awaitable[object]]


@dataclass(slots=True)
class Market:
    """One gig, its buyers, and our way to order it."""

    services: Services
    gig_id: int = 0
    version_id: int = 0
    buyers: list[int] = field(default_factory=list)

    async def open(self) -> None:
        """Everybody arrives and the gig is published."""
        seller = await arrive(self.services, 9_000_000)
        self.gig_id = await sell(self.services, seller)
        self.version_id = (await self.services.gigs.card(self.gig_id)).gig.version_id
        for number in range(BUYERS):
            self.buyers.append((await arrive(self.services, 10_000 + number)).id)

    async def place(self, number: int) -> int:
        """The command with a fresh key; answers the order's number."""
        command = Command(key(number), self.buyer(number))
        placed = await self.services.orders.place(command, self.gig_id, self.version_id)
        return placed.id

    def buyer(self, number: int) -> int:
        """In turn."""
        return self.buyers[number % BUYERS]


@dataclass(slots=True)
class Recorded:
    """The statements of one order, with the names that stand for that order in them."""

    statements: list[tuple[str, Sequence[Values]]]
    buyer_id: int
    order_id: int
    key: str
    token: str = ""

    @classmethod
    async def of(cls, market: Market, number: int) -> "Recorded":
        """Place one order while our link is listened to."""
        statements: list[tuple[str, Sequence[Values]]] = []
        fetch, many = Link.fetch, Link.many

        async def heard(link: Link, sql: str, values: Values) -> list[Any]:
            statements.append((sql, (values,)))
            return await fetch(link, sql, values)

        async def heard_many(link: Link, sql: str, rows: Sequence[Values]) -> None:
            statements.append((sql, rows))
            await many(link, sql, rows)

        with patch.object(Link, "fetch", heard), patch.object(Link, "many", heard_many):
            order_id = await market.place(number)
        recorded = cls(statements, market.buyer(number), order_id, key(number))
        recorded.token = recorded.intent()
        assert order_id not in {recorded.buyer_id, market.gig_id}, "ids name one thing each"
        return recorded

    def intent(self) -> str:
        """The token of the payment that the order waits for."""
        _, rows = next(one for one in self.statements if "INTO payment_intent" in one[0])
        return str(rows[0]["id"])

    def fresh(self, values: Values, *, number: int, buyer_id: int, order_id: int) -> Values:
        """The same values about another order."""
        numbers = {self.buyer_id: buyer_id, self.order_id: order_id}
        words = {
            self.key: key(number),
            self.token: f"{number:032x}",
            f"order:{self.order_id}:": f"order:{order_id}:",
        }
        return {name: _other(name, value, numbers, words) for name, value in values.items()}


def _other(name: str, value: object, numbers: dict[int, int], words: dict[str, str]) -> object:
    if isinstance(value, int) and name in IDS:
        return numbers.get(value, value)
    if not isinstance(value, str):
        return value
    for old, new in words.items():
        value = value.replace(old, new)
    return value


@dataclass(slots=True)
class Bare:
    """What is left without our house: one connection, one lock, the same statements."""

    connection: aiosqlite.Connection
    market: Market
    recorded: Recorded
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def place(self, number: int) -> None:
        """BEGIN IMMEDIATE, the statements, COMMIT."""
        async with self.turn:
            await self.connection.execute("BEGIN IMMEDIATE")
            order_id = 0
            for sql, rows in self.recorded.statements:
                found = await self.run(sql, rows, number=number, order_id=order_id)
                if sql.lstrip().startswith("INSERT INTO orders"):
                    order_id = found[0][0]
            await self.connection.commit()

    async def run(
        self, sql: str, rows: Sequence[Values], *, number: int, order_id: int
    ) -> list[Any]:
        """One statement, one hop."""
        buyer_id = self.market.buyer(number)
        fresh = [
            self.recorded.fresh(values, number=number, buyer_id=buyer_id, order_id=order_id)
            for values in rows
        ]
        if len(fresh) == 1:
            return list(await self.connection.execute_fetchall(sql, fresh[0]))
        await self.connection.executemany(sql, fresh)
        return []


def key(number: int) -> str:
    """A tap's command key."""
    return f"tap:bench{number:08d}"


async def bare(file: Path) -> aiosqlite.Connection:
    """A connection with the settings of ours."""
    connection = await aiosqlite.connect(file, isolation_level=None, cached_statements=512)
    for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        await connection.execute(f"PRAGMA {pragma}")
    return connection


async def rate(place: Place, numbers: "count[int]", at_once: int) -> float:
    """Orders per second by so many people who order one after the other."""
    start = time.perf_counter()
    placed = 0

    async def order_on() -> None:
        nonlocal placed
        while time.perf_counter() - start < COUNT_S:
            await place(next(numbers))
            placed += 1

    await asyncio.gather(*(order_on() for _ in range(at_once)))
    return placed / (time.perf_counter() - start)


async def placing(at_once: int) -> tuple[list[float], list[float]]:
    """Orders per second round by round, ours and bare, each in a file of its own."""
    with tempfile.TemporaryDirectory(prefix="gighaat-bench-") as folder:
        file, copy = Path(folder) / "ours.sqlite3", Path(folder) / "bare.sqlite3"
        storage = await open_storage(f"sqlite:///{file}", cipher=Cipher(bytes(32)))
        market = Market(wire(storage, WallClock(), RandomIds(), POLICY))
        await market.open()
        numbers = count()
        for _ in range(FIRST_ORDERS):
            await market.place(next(numbers))
        recorded = await Recorded.of(market, next(numbers))
        _copied(file, copy)
        rival = Bare(await bare(copy), market, recorded)
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(await rate(market.place, numbers, at_once))
            theirs.append(await rate(rival.place, numbers, at_once))
        await rival.connection.close()
        await storage.close()
        return ours, theirs


def _copied(file: Path, copy: Path) -> None:
    """A whole copy also of what still lies beside the file."""
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
