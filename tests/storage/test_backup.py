"""Backups of a working house: taken while it writes, given back, and proven by the audit."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from storage import OpenStorage, open_storage
from storage.backup import give_back, take
from storage.errors import BadBackup
from tests.support.databases import CIPHER, Cluster, sqlite_url
from tests.support.walk import settle

KEY = b"\x05" * 32
COPIES = 5


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[OpenStorage]:
    storage = await open_storage(url, cipher=CIPHER)
    try:
        yield storage
    finally:
        await storage.close()


async def everything(url: str) -> dict[str, Any]:
    """The figures that tell two houses apart, and what the audit says."""
    async with opened(url) as storage, storage.read() as uow:
        assert await uow.ledger.audit() == ()
        return {"money": await uow.ledger.house_money(), "at": await uow.upkeep.heartbeat()}


async def test_sqlite_there_and_back(tmp_path: Path) -> None:
    """Every copy taken while somebody writes is whole and of one moment."""
    url = sqlite_url(tmp_path / "house.sqlite3")
    async with opened(url) as storage:
        await settle(storage)
        async with storage.begin() as uow:
            await uow.upkeep.beat(0)
        writing = asyncio.create_task(beating(storage))
        for number in range(COPIES):
            await take(url, tmp_path / f"{number}.gighaat", key=KEY)
        writing.cancel()
    beats = []
    for number in range(COPIES):
        again = sqlite_url(tmp_path / f"again-{number}.sqlite3")
        await give_back(again, tmp_path / f"{number}.gighaat", key=KEY)
        beats.append((await everything(again))["at"])
    assert sorted(beats) == beats
    assert list(tmp_path.rglob(".*")) == []


async def beating(storage: OpenStorage) -> None:
    moment = 1
    while True:
        async with storage.begin() as uow:
            await uow.upkeep.beat(moment)
        moment += 1


async def test_an_existing_database_stays(tmp_path: Path) -> None:
    """Nothing is ever written over a database."""
    url = sqlite_url(tmp_path / "house.sqlite3")
    async with opened(url):
        pass
    await take(url, tmp_path / "b.gighaat", key=KEY)
    before = (tmp_path / "house.sqlite3").read_bytes()
    with pytest.raises(BadBackup, match="move it away"):
        await give_back(url, tmp_path / "b.gighaat", key=KEY)
    assert before == (tmp_path / "house.sqlite3").read_bytes()


async def test_no_database(tmp_path: Path) -> None:
    """A wrong path is told, and leaves no file behind."""
    with pytest.raises(BadBackup, match="no database"):
        await take(sqlite_url(tmp_path / "no.sqlite3"), tmp_path / "b.gighaat", key=KEY)
    assert list(tmp_path.iterdir()) == []


async def test_a_damaged_database_is_not_kept(tmp_path: Path) -> None:
    """A copy that fails SQLite's own check is no backup."""
    path = tmp_path / "house.sqlite3"
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("CREATE TABLE t (x TEXT)")
        conn.executemany("INSERT INTO t VALUES (?)", [("x" * 500,)] * 200)
        conn.commit()
    content = bytearray(path.read_bytes())
    content[8192:12288] = os.urandom(4096)
    path.write_bytes(content)
    with pytest.raises(BadBackup, match=r"damaged|malformed"):
        await take(sqlite_url(path), tmp_path / "b.gighaat", key=KEY)
    assert not (tmp_path / "b.gighaat").exists()


async def test_postgres_there_and_back(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same on PostgreSQL, into an empty database."""
    monkeypatch.setenv("PATH", f"{cluster.programs}{os.pathsep}{os.environ['PATH']}")
    url, empty = await cluster.create(), await cluster.create(template="template1")
    async with opened(url) as storage:
        await settle(storage)
        async with storage.begin() as uow:
            await uow.upkeep.beat(5)
    await take(url, tmp_path / "b.gighaat", key=KEY)
    await give_back(empty, tmp_path / "b.gighaat", key=KEY)
    assert await everything(url) == await everything(empty)
    with pytest.raises(BadBackup, match="pg_restore"):
        await give_back(empty, tmp_path / "b.gighaat", key=KEY)


async def test_postgres_without_its_programs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is missing is named."""
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent / "nothing"))
    with pytest.raises(BadBackup, match="pg_dump is not installed"):
        await take("postgresql://a:b@localhost:1/x", tmp_path / "b.gighaat", key=KEY)
