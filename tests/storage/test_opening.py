"""Opening, migrating, and what keeps the house from starting; units of work and their ends."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from market.errors import Busy
from storage import CannotOpen, OpenStorage, SchemaTooNew, link, open_storage
from storage.migrations import migrations
from storage.postgres import PostgresStorage
from storage.sqlite import SqliteStorage
from tests.storage.conftest import Raw
from tests.support.databases import CIPHER, Cluster, sqlite_url

STEPS = [(step.version, step.name) for step in migrations("sqlite")]


@pytest.fixture
async def empty_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without any tables."""
    if engine == "sqlite":
        return sqlite_url(tmp_path / "new.sqlite3")
    cluster: Cluster = request.getfixturevalue("cluster")
    return await cluster.create(template="template1")


async def _steps(url: str) -> list[tuple[Any, ...]]:
    """The written-down migrations of a closed database."""
    sql = "SELECT version, name FROM schema_version ORDER BY version"
    return await _run(url, sql)


async def _run(url: str, sql: str) -> list[tuple[Any, ...]]:
    if url.startswith("sqlite"):
        path = url.removeprefix("sqlite:///")
        with closing(sqlite3.connect(path, isolation_level=None)) as conn:
            return list(conn.execute(sql))
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(sql)]
    finally:
        await connection.close()


async def test_an_empty_database_is_migrated_once(empty_url: str) -> None:
    """The first opening writes every step down, the second changes nothing."""
    for _ in range(2):
        storage = await open_storage(empty_url, cipher=CIPHER)
        await storage.close()
        assert await _steps(empty_url) == STEPS


async def test_two_processes_migrate_one_after_the_other(empty_url: str) -> None:
    """Opening twice at once gives one schema."""
    houses = await asyncio.gather(*(open_storage(empty_url, cipher=CIPHER) for _ in range(2)))
    for house in houses:
        await house.close()
    assert await _steps(empty_url) == STEPS


async def test_a_newer_schema_refuses_to_start(empty_url: str) -> None:
    """The operator is told which schema the database has."""
    storage = await open_storage(empty_url, cipher=CIPHER)
    await storage.close()
    await _run(empty_url, "INSERT INTO schema_version VALUES (999, 'future')")
    with pytest.raises(SchemaTooNew, match="schema 999"):
        await open_storage(empty_url, cipher=CIPHER)


async def test_other_order_moves_refuse_to_start(empty_url: str) -> None:
    """A table of moves that differs from the program's is an error that names the move."""
    storage = await open_storage(empty_url, cipher=CIPHER)
    await storage.close()
    await _run(empty_url, "INSERT INTO order_transition VALUES ('steal', 'draft', 'cleared')")
    with pytest.raises(CannotOpen, match="steal draft cleared"):
        await open_storage(empty_url, cipher=CIPHER)


@pytest.mark.parametrize(
    "url",
    [
        "mysql://localhost/gighaat",
        "sqlite:////no/such/folder/gighaat.sqlite3",
        "postgresql://nobody@127.0.0.1:1/gighaat",
    ],
)
async def test_a_wrong_address_is_one_sentence(url: str) -> None:
    """What cannot be opened raises CannotOpen."""
    with pytest.raises(CannotOpen, match=r"\.$"):
        await open_storage(url, cipher=CIPHER)


async def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    """A text file is refused."""
    path = tmp_path / "notes.txt"
    path.write_text("not a database at all " * 100)
    with pytest.raises(CannotOpen, match=r"notes\.txt cannot be opened"):
        await open_storage(sqlite_url(path), cipher=CIPHER)


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_migrations_are_numbered_without_gaps(engine: Any) -> None:
    """Versions count from one; shared text comes before the engine's own."""
    steps = migrations(engine)
    assert list(range(1, len(steps) + 1)) == [step.version for step in steps]
    assert steps[0].text.index("CREATE TABLE") < steps[0].text.index("CREATE TRIGGER")


async def _beat_and_fail(storage: OpenStorage) -> None:
    async with storage.begin() as unit:
        await unit.upkeep.beat(5)
        raise ValueError("oops")


async def test_an_exception_rolls_everything_back(storage: OpenStorage) -> None:
    """Nothing of a failed unit of work stays."""
    with pytest.raises(ValueError, match="oops"):
        await _beat_and_fail(storage)
    async with storage.read() as unit:
        assert await unit.upkeep.heartbeat() is None


async def test_cancelling_rolls_everything_back(storage: OpenStorage) -> None:
    """A cancelled unit of work leaves nothing, and the next one can write."""
    inside = asyncio.Event()

    async def hang() -> None:
        async with storage.begin() as unit:
            await unit.upkeep.beat(5)
            inside.set()
            await asyncio.sleep(60)

    hanging = asyncio.ensure_future(hang())
    await inside.wait()
    hanging.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hanging
    async with storage.begin() as unit:
        assert await unit.upkeep.heartbeat() is None
        await unit.upkeep.beat(6)


async def test_a_unit_inside_another_is_refused(storage: OpenStorage) -> None:
    """Nesting is a bug and raises at once instead of waiting for itself."""
    async with storage.begin():
        with pytest.raises(RuntimeError, match="inside another"):
            await storage.begin().__aenter__()


async def test_writing_through_a_reading_view_fails(storage: OpenStorage) -> None:
    """A read cannot write, and the storage works on afterwards."""
    with pytest.raises((sqlite3.OperationalError, asyncpg.ReadOnlySQLTransactionError)):
        async with storage.read() as unit:
            await unit.upkeep.beat(5)
    async with storage.begin() as unit:
        assert await unit.upkeep.heartbeat() is None


async def test_a_reading_view_stays_as_it_began(storage: OpenStorage) -> None:
    """What is committed meanwhile is seen by the next view only."""
    async with storage.read() as before:
        assert await before.upkeep.heartbeat() is None
        async with storage.begin() as unit:
            await unit.upkeep.beat(5)
        assert await before.upkeep.heartbeat() is None
    async with storage.read() as after:
        assert await after.upkeep.heartbeat() == 5


async def test_many_units_at_once_all_arrive(storage: OpenStorage, raw: Raw) -> None:
    """Writers queue up; none is lost, failing ones harm no neighbour."""

    async def act(number: int) -> None:
        async with storage.begin() as unit:
            await unit.upkeep.log_act(number, act="a", detail="", now_ms=1)
            if number % 5 == 0:
                raise ValueError(number)

    ends = await asyncio.gather(*(act(number) for number in range(40)), return_exceptions=True)
    assert sum(isinstance(end, ValueError) for end in ends) == 8
    rows = await raw("SELECT operator_id FROM operator_act ORDER BY operator_id")
    assert [number for number in range(40) if number % 5] == [row[0] for row in rows]


async def test_a_locked_file_is_busy(
    sqlite_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When another program holds the file, the command may be tried again."""
    monkeypatch.setattr(link, "BUSY_MS", 1)
    path = tmp_path / "shared.sqlite3"
    path.write_bytes(sqlite_file.read_bytes())
    storage = await open_storage(sqlite_url(path), cipher=CIPHER)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy):
            async with storage.begin() as unit:
                await unit.upkeep.beat(5)
    await storage.close()


def test_each_address_has_its_driver(storage: OpenStorage, engine: str) -> None:
    """The address alone decides the engine."""
    expected = SqliteStorage if engine == "sqlite" else PostgresStorage
    assert expected is type(storage)
