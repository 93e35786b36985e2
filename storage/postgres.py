"""The PostgreSQL driver: a pool of asyncpg connections, READ COMMITTED with row locks."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import asyncpg

from services.ports import UnitOfWork
from storage.cipher import Cipher
from storage.errors import CannotOpen
from storage.migrations import NEWEST, VERSION_TABLE, missing
from storage.nesting import Nesting
from storage.postgres_charge import SessionCharge
from storage.postgres_faults import postgres_faults
from storage.queries import Sql, load
from storage.transitions import check_transitions
from storage.unit import Unit

POOL = 10
_LOCK_TIMEOUT_MS = 5_000
_CANNOT = (OSError, OverflowError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError)
_MIGRATION_LOCK = 0x67696768616174
Connection = Any


class PostgresStorage:
    """services.ports.Storage over a pool; several processes may share the database."""

    def __init__(self, pool: Connection, cipher: Cipher, charge: SessionCharge) -> None:
        self._pool = pool
        self._charge = charge
        self._cipher = cipher
        self._queries = load("postgres")
        self._nesting = Nesting()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        with self._nesting.entered(), postgres_faults():
            async with self._connection() as connection, connection.transaction():
                yield self._unit(connection, writing=True)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        with postgres_faults():
            async with (
                self._connection() as connection,
                connection.transaction(isolation="repeatable_read", readonly=True),
            ):
                yield self._unit(connection, writing=False)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Connection]:
        """A pooled connection; one that the driver gave up itself would keep its place for ever."""
        async with self._pool.acquire() as connection:
            try:
                yield connection
            finally:
                with suppress(asyncpg.InterfaceError):  # it has left the pool already
                    if connection.is_closed():
                        connection.terminate()

    async def in_charge(self) -> bool:
        return await self._charge.is_ours()

    async def close(self) -> None:
        await self._charge.end()
        await self._pool.close()

    def _unit(self, connection: Connection, *, writing: bool) -> Unit:
        return Unit(Sql(self._queries, connection, writing=writing), self._cipher)


async def open_postgres(url: str, *, cipher: Cipher) -> PostgresStorage:
    """Connect and migrate; raise CannotOpen with one sentence for the operator."""
    try:
        pool = await asyncpg.create_pool(
            url,
            min_size=1,
            max_size=POOL,
            reset=_keep,
            server_settings={"lock_timeout": str(_LOCK_TIMEOUT_MS)},
        )
    except _CANNOT as fault:
        raise _cannot(fault) from fault
    try:
        async with pool.acquire() as connection:
            await migrate(connection)
            await check_transitions(Sql(load("postgres"), connection, writing=False))
    except BaseException as fault:
        await pool.close()
        if isinstance(fault, asyncpg.PostgresError):
            raise _cannot(fault) from fault
        raise
    return PostgresStorage(pool, cipher, SessionCharge(url))


def _cannot(fault: BaseException) -> CannotOpen:
    """Some faults, such as a connection that nobody answers, have no words of their own."""
    why = str(fault) or type(fault).__name__
    return CannotOpen(
        f"The PostgreSQL database cannot be opened: {why}. "
        "Check that it runs and that the address is postgresql://user:password@host:port/name."
    )


async def _keep(_connection: Connection) -> None:
    """We set no session state, so a returned connection needs no cleaning."""


async def migrate(connection: Connection) -> None:
    """All missing steps in one database transaction; other processes wait for the lock."""
    async with connection.transaction():
        await connection.execute("SELECT pg_advisory_xact_lock($1)", _MIGRATION_LOCK)
        await connection.execute(VERSION_TABLE)
        present = await connection.fetchval(NEWEST)
        for step in missing("postgres", present):
            await connection.execute(step.text)
            await connection.execute(
                "INSERT INTO schema_version VALUES ($1, $2)", step.version, step.name
            )
