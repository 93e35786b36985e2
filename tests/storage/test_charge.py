"""Who handles the updates: one process at a time."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from market.errors import Busy
from storage import OpenStorage, open_storage
from storage.postgres import PostgresStorage
from tests.support.databases import CIPHER, Cluster, sqlite_url

Opened = Callable[[], Awaitable[OpenStorage]]


@pytest.fixture
async def opened(engine: str, cluster: Cluster, tmp_path: Path) -> AsyncIterator[Opened]:
    """Opens the same new database, as several processes would."""
    url = await cluster.create() if engine == "postgres" else sqlite_url(tmp_path / "a.sqlite3")
    houses: list[OpenStorage] = []

    async def one() -> OpenStorage:
        houses.append(await open_storage(url, cipher=CIPHER))
        return houses[-1]

    yield one
    for house in houses:
        await house.close()
    if engine == "postgres":
        await cluster.drop(url)


async def test_one_process_is_in_charge(opened: Opened) -> None:
    """The first that asks has it until it ends; then the next one that asks."""
    first, second = await opened(), await opened()
    assert [await first.in_charge(), await second.in_charge()] == [True, False]
    assert [await first.in_charge(), await second.in_charge()] == [True, False]
    await first.close()
    assert await second.in_charge()


async def test_a_lost_connection_is_a_lost_charge(postgres_storage: OpenStorage) -> None:
    """It is noticed at the next asking, and may be had again."""
    assert isinstance(postgres_storage, PostgresStorage)
    assert await postgres_storage.in_charge()
    await postgres_storage._charge._connection.close()
    with pytest.raises(Busy):
        await postgres_storage.in_charge()
    assert await postgres_storage.in_charge()
