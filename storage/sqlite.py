"""The SQLite driver: one writer connection, a few reading ones, all in WAL mode."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from services.ports import UnitOfWork
from storage.charge import FileCharge
from storage.cipher import Cipher
from storage.errors import CannotOpen
from storage.faults import sqlite_faults
from storage.link import Link
from storage.migrations import NEWEST, VERSION_TABLE, missing
from storage.nesting import Nesting
from storage.queries import Sql, load
from storage.transitions import check_transitions
from storage.turns import Turns
from storage.unit import Unit

READERS = 3
_OLDEST = (3, 37, 0)
# Before it, two processes that write or checkpoint one file in the same moment may spoil it.
_FOR_SEVERAL = (3, 51, 3)


class SqliteStorage:
    """services.ports.Storage over one file, used by one process."""

    def __init__(
        self, writer: Link, readers: list[Link], cipher: Cipher, charge: FileCharge
    ) -> None:
        self._charge = charge
        self._writer = writer
        self._readers = readers
        self._cipher = cipher
        self._queries = load("sqlite")
        self._turns = Turns(writer)
        self._nesting = Nesting()
        self._idle: asyncio.LifoQueue[Link] = asyncio.LifoQueue()
        for reader in readers:
            self._idle.put_nowait(reader)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        with self._nesting.entered(), sqlite_faults():
            async with self._turns.taken() as writer:
                yield self._unit(writer, writing=True)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[UnitOfWork]:
        reader = await self._idle.get()
        reader.begin()
        try:
            with sqlite_faults():
                yield self._unit(reader, writing=False)
        finally:
            reader.post(sqlite3.Connection.rollback)
            self._idle.put_nowait(reader)

    async def in_charge(self) -> bool:
        return self._charge.is_ours()

    async def close(self) -> None:
        self._charge.end()
        for reader in self._readers:
            await reader.end()
        await self._writer.close()

    def _unit(self, link: Link, *, writing: bool) -> Unit:
        return Unit(Sql(self._queries, link, writing=writing), self._cipher)


async def open_sqlite(path: Path, *, cipher: Cipher) -> SqliteStorage:
    """Open and migrate the file; raise CannotOpen with one sentence for the operator."""
    if sqlite3.sqlite_version_info < _OLDEST:
        raise CannotOpen(f"SQLite {sqlite3.sqlite_version} is too old, 3.37 is needed.")
    opened: list[Link] = []
    _make_folder(path)
    try:
        writer = await _opened(Link(path, writing=True), opened)
        await writer.submit(migrate)
        readers = [await _opened(Link(path, writing=False), opened) for _ in range(READERS)]
        readers[0].begin()
        await check_transitions(Sql(load("sqlite"), readers[0], writing=False))
        readers[0].post(sqlite3.Connection.rollback)
    except BaseException as fault:
        for link in opened:
            await link.close()
        if isinstance(fault, sqlite3.Error):
            raise _cannot(path, fault) from fault
        raise
    return SqliteStorage(writer, readers, cipher, FileCharge(path))


def _make_folder(path: Path) -> None:
    """The last folder only: a fresh checkout has no `data` yet, but a wrong path stays wrong."""
    if path.name == ":memory:":
        raise _cannot(path, "it would forget everything at its end")
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as fault:
        raise _cannot(path, fault.strerror) from fault


def _cannot(path: Path, why: object) -> CannotOpen:
    return CannotOpen(
        f"The database {path} cannot be opened: {why}. "
        "Name a file that GigHaat may write, in a folder that exists."
    )


async def _opened(link: Link, opened: list[Link]) -> Link:
    try:
        await link
    except BaseException:
        await link.ended()
        raise
    opened.append(link)
    return link


def migrate(conn: sqlite3.Connection) -> None:
    """All missing steps in one database transaction, statement by statement.

    Where nothing is missing nothing is written: another process may be in charge of the file.
    """
    if _is_whole(conn):
        return
    conn.execute("BEGIN IMMEDIATE")
    try:
        conn.execute(VERSION_TABLE.replace("BIGINT", "INTEGER"))
        present = conn.execute(NEWEST).fetchone()[0]
        for step in missing("sqlite", present):
            for statement in step.statements():
                conn.execute(statement)
            conn.execute("INSERT INTO schema_version VALUES (?, ?)", (step.version, step.name))
        conn.execute("COMMIT")
    except BaseException:
        conn.execute("ROLLBACK")
        raise


def _is_whole(conn: sqlite3.Connection) -> bool:
    try:
        present = conn.execute(NEWEST).fetchone()[0]
    except sqlite3.OperationalError:
        return False
    return not missing("sqlite", present)


def one_process_only() -> str:
    """The version of this SQLite where it bears one writing process only, else nothing."""
    return sqlite3.sqlite_version if sqlite3.sqlite_version_info < _FOR_SEVERAL else ""
