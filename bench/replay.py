"""Statements of real commands, recorded once and run again for other people on bare drivers."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from unittest.mock import patch

import aiosqlite
import asyncpg

from storage.queries import Engine, Sql, load

IDS = frozenset({"id", "order_id", "buyer_id", "person_id", "payer_id"})
PRAGMAS = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")
Values = Mapping[str, object]
Statement = tuple[str, Sequence[Values]]


@dataclass(frozen=True, slots=True)
class Names:
    """What is somebody's own in a round of commands: numbers, and words that begin with them."""

    buyer_id: int
    order_id: int
    words: tuple[str, ...]

    def texts(self) -> tuple[str, ...]:
        """Every piece of text that names this round."""
        user, escrow = f"user:{self.buyer_id}:", f"escrow:{self.order_id}:"
        return (*self.words, f"order:{self.order_id}:", user, escrow)


async def heard(do: Awaitable[Any], statements: list[Statement]) -> Any:
    """Do it while all its statements are written down."""
    one, value, rows, run, many = Sql.one, Sql.value, Sql.rows, Sql.run, Sql.many

    def listening(real: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def asked(sql: Sql, name: str, /, **values: object) -> Any:
            statements.append((name, (values,)))
            return await real(sql, name, **values)

        return asked

    async def all_of(sql: Sql, name: str, given: Sequence[Values]) -> None:
        if given:
            statements.append((name, given))
        await many(sql, name, given)

    with (
        patch.object(Sql, "one", listening(one)),
        patch.object(Sql, "value", listening(value)),
        patch.object(Sql, "rows", listening(rows)),
        patch.object(Sql, "run", listening(run)),
        patch.object(Sql, "many", all_of),
    ):
        return await do


def fresh(given: Sequence[Values], was: Names, now: Names) -> list[dict[str, object]]:
    """The same values about another round."""
    numbers = {was.buyer_id: now.buyer_id, was.order_id: now.order_id}
    texts = tuple(zip(was.texts(), now.texts(), strict=True))
    return [
        {name: _other(name, value, numbers, texts) for name, value in values.items()}
        for values in given
    ]


def _other(
    name: str, value: object, numbers: dict[int, int], texts: tuple[tuple[str, str], ...]
) -> object:
    if isinstance(value, int) and name in IDS:
        return numbers.get(value, value)
    if not isinstance(value, str):
        return value
    for old, new in texts:
        value = value.replace(old, new)
    return value


class Driver(Protocol):
    """One connection without our house."""

    async def begin(self) -> None: ...
    async def commit(self) -> None: ...
    async def run(self, name: str, given: Sequence[Values]) -> list[Any]: ...


@dataclass(slots=True)
class BareSqlite:
    """One connection with the settings of ours; one at a time has it."""

    connection: aiosqlite.Connection
    queries: Any = field(default_factory=lambda: load("sqlite"))

    @classmethod
    async def open(cls, file: Path) -> "BareSqlite":
        """Our settings."""
        connection = await aiosqlite.connect(file, isolation_level=None, cached_statements=512)
        for pragma in PRAGMAS:
            await connection.execute(f"PRAGMA {pragma}")
        return cls(connection)

    async def begin(self) -> None:
        await self.connection.execute("BEGIN IMMEDIATE")

    async def commit(self) -> None:
        await self.connection.commit()

    async def run(self, name: str, given: Sequence[Values]) -> list[Any]:
        sql = getattr(self.queries, name).sql
        if len(given) == 1:
            return list(await self.connection.execute_fetchall(sql, given[0]))
        await self.connection.executemany(sql, given)
        return []


@dataclass(slots=True)
class BarePostgres:
    """One of several connections."""

    connection: Any
    queries: Any = field(default_factory=lambda: load("postgres"))

    @classmethod
    async def open(cls, url: str) -> "BarePostgres":
        """As the driver gives it."""
        return cls(await asyncpg.connect(url))

    async def begin(self) -> None:
        await self.connection.execute("BEGIN")

    async def commit(self) -> None:
        await self.connection.execute("COMMIT")

    async def run(self, name: str, given: Sequence[Values]) -> list[Any]:
        sql, order = getattr(self.queries, name).sql, self.queries.driver_adapter.var_sorted
        rows = [[values[key] for key in order.get(name, ())] for values in given]
        if len(rows) == 1:
            return list(await self.connection.fetch(sql, *rows[0]))
        await self.connection.executemany(sql, rows)
        return []


@dataclass(slots=True)
class Turns:
    """Bare connections that are taken in turn."""

    free: "asyncio.Queue[Driver]" = field(default_factory=asyncio.Queue)
    all: list[Any] = field(default_factory=list)

    @classmethod
    async def open(cls, engine: Engine, where: str, many: int) -> "Turns":
        """SQLite has one writer, PostgreSQL as many as are at work."""
        turns = cls()
        for _ in range(1 if engine == "sqlite" else many):
            driver: Any = (
                await BareSqlite.open(Path(where))
                if engine == "sqlite"
                else await BarePostgres.open(where)
            )
            turns.all.append(driver.connection)
            turns.free.put_nowait(driver)
        return turns

    async def close(self) -> None:
        """All of them."""
        for connection in self.all:
            await connection.close()
