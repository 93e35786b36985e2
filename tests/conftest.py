"""Databases for all tests: `storage` runs a test on both engines, `sqlite_storage` on SQLite."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage import OpenStorage, open_storage
from tests.support.databases import CIPHER, Cluster, open_sqlite_copy, sqlite_template


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The migrated template that tests copy."""
    return sqlite_template(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The PostgreSQL server of this test run."""
    running = Cluster()
    yield running
    running.stop()


@pytest.fixture
async def sqlite_storage(sqlite_file: Path, tmp_path: Path) -> AsyncIterator[OpenStorage]:
    """An empty house on SQLite."""
    storage = await open_sqlite_copy(sqlite_file, tmp_path)
    yield storage
    await storage.close()


@pytest.fixture
async def postgres_storage(cluster: Cluster) -> AsyncIterator[OpenStorage]:
    """An empty house on PostgreSQL."""
    url = await cluster.create()
    storage = await open_storage(url, cipher=CIPHER)
    yield storage
    await storage.close()
    await cluster.drop(url)


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> str:
    """Which engine the test runs on."""
    name: str = request.param
    return name


@pytest.fixture
def storage(engine: str, request: pytest.FixtureRequest) -> OpenStorage:
    """An empty house on each engine in turn."""
    house: OpenStorage = request.getfixturevalue(f"{engine}_storage")
    return house
