"""Trouble of the database itself: it is told as Busy, and what was not kept is tried again."""

import asyncio
import sqlite3
from contextlib import closing

import asyncpg
import pytest

from market.errors import Busy
from services.attempts import retried
from storage import OpenStorage
from storage.faults import sqlite_faults
from storage.postgres import POOL, PostgresStorage
from storage.postgres_faults import postgres_faults
from tests.support.databases import Cluster


async def _end_sessions(cluster: Cluster, storage: OpenStorage) -> None:
    """What a restart of the server does to connections."""
    assert isinstance(storage, PostgresStorage)
    async with storage._pool.acquire() as held:
        name = await held.fetchval("SELECT current_database()")
    other = await asyncpg.connect(cluster.url("postgres"))
    await other.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name
    )
    await other.close()


async def test_a_lost_connection_is_busy(cluster: Cluster, postgres_storage: OpenStorage) -> None:
    """The unit of work in hand is lost as a whole and may be tried again."""

    async def beat() -> None:
        async with postgres_storage.begin() as unit:
            await unit.upkeep.beat(1)
            await _end_sessions(cluster, postgres_storage)
            await unit.upkeep.beat(2)

    with pytest.raises(Busy):
        await beat()
    async with postgres_storage.read() as unit:
        assert await unit.upkeep.heartbeat() is None


async def test_a_restarted_server_is_waited_for(
    cluster: Cluster, postgres_storage: OpenStorage
) -> None:
    """All pooled connections are dead: the next commands find new ones."""

    @retried
    async def beat(moment_ms: int) -> None:
        async with postgres_storage.begin() as unit:
            await unit.upkeep.beat(moment_ms)

    await asyncio.gather(*(beat(number) for number in range(3)))
    await _end_sessions(cluster, postgres_storage)
    await asyncio.gather(*(beat(7) for _ in range(3)))
    async with postgres_storage.read() as unit:
        assert await unit.upkeep.heartbeat() == 7


async def test_a_connection_that_the_driver_gave_up_frees_its_place(
    postgres_storage: OpenStorage,
) -> None:
    """Whatever ends a connection, the pool has as many places as before."""
    assert isinstance(postgres_storage, PostgresStorage)

    async def beat() -> None:
        async with postgres_storage.begin() as unit:
            connection = unit._sql._connection  # type: ignore[attr-defined]
            connection._con._protocol.abort()
            await unit.upkeep.beat(1)

    with pytest.raises(Busy):
        await beat()
    assert postgres_storage._pool._queue.qsize() == POOL


def test_a_driver_that_stumbles_over_a_lost_connection_is_busy() -> None:
    """So it says when it uses a connection before it has heard of the loss."""
    with pytest.raises(Busy), postgres_faults():
        raise asyncpg.InternalClientError("another operation (2) is in progress")


def test_a_full_disk_is_busy() -> None:
    """A file that cannot grow refuses the statement today, perhaps not tomorrow."""
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.execute("PRAGMA max_page_count = 2")
        conn.execute("CREATE TABLE t (a BLOB)")
        with pytest.raises(Busy), sqlite_faults():
            conn.execute("INSERT INTO t VALUES (zeroblob(100000))")


async def test_a_heartbeat_read_for_writing_is_held(storage: OpenStorage) -> None:
    """Of two processes that mend the same outage the second sees the first one's heartbeat."""
    async with storage.begin() as unit:
        await unit.upkeep.beat(1)
    seen: list[int | None] = []

    async def mend(moment_ms: int) -> None:
        async with storage.begin() as unit:
            seen.append(await unit.upkeep.heartbeat())
            await asyncio.sleep(0.05)
            await unit.upkeep.beat(moment_ms)

    await asyncio.gather(mend(5), mend(5))
    assert seen == [1, 5]
