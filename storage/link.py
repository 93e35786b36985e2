"""One SQLite connection in its own thread, where each statement costs one hop.

What needs no answer (BEGIN, savepoints, ROLLBACK) is posted: it runs in order, nobody waits.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite

Values = Mapping[str, object]
_T = TypeVar("_T")

WAIT_S = 0.01
BUSY_MS = 5_000
GONE = "the database transaction was rolled back"


class Link(aiosqlite.Connection):
    """Statements run inside a database transaction only; `begin` opens it."""

    def __init__(self, path: Path, *, writing: bool) -> None:
        self._opening = "BEGIN IMMEDIATE" if writing else "BEGIN"
        self._why = GONE
        super().__init__(lambda: _connect(path, writing=writing), iter_chunk_size=64)

    async def fetch(self, sql: str, values: Values) -> list[Any]:
        return await self.submit(lambda conn: self._inside(conn).execute(sql, values).fetchall())

    async def many(self, sql: str, rows: Sequence[Values]) -> None:
        await self.submit(lambda conn: self._inside(conn).executemany(sql, rows))

    def begin(self) -> None:
        """Open a database transaction; a fault is raised by the first statement."""
        self.post(self._begin)

    def mark(self) -> None:
        """Begin a part that can be undone by itself."""
        self.post(lambda conn: self._inside(conn).execute("SAVEPOINT unit"))

    def post(self, act: Callable[[sqlite3.Connection], object]) -> None:
        """Run `act` after everything asked before; nobody waits and faults are dropped."""
        self._tx.put_nowait((None, partial(act, self._conn)))

    def submit(self, act: Callable[[sqlite3.Connection], _T]) -> asyncio.Future[_T]:
        """Run `act` after everything asked before; the future has its result."""
        answer: asyncio.Future[_T] = asyncio.get_running_loop().create_future()
        self._tx.put_nowait((answer, partial(act, self._conn)))
        return answer

    async def end(self) -> None:
        """Close; what is being read ends at once (an audit of many rows). Twice is once."""
        if self._connection is not None:
            self._connection.interrupt()
        await self.close()

    def commit_all(self, conn: sqlite3.Connection) -> None:
        """In the thread: COMMIT, or raise when there is nothing left to commit."""
        try:
            self._inside(conn).execute("COMMIT")
        except BaseException:
            conn.rollback()
            raise

    async def ended(self) -> None:
        """After a failed opening: wait until the thread is gone."""
        await asyncio.to_thread(self._thread.join)

    def _begin(self, conn: sqlite3.Connection) -> None:
        try:
            conn.execute(self._opening)
            self._why = GONE
        except sqlite3.Error as fault:
            self._why = str(fault)

    def _inside(self, conn: sqlite3.Connection) -> sqlite3.Connection:
        if not conn.in_transaction:
            raise sqlite3.OperationalError(self._why)
        return conn


def undo_part(conn: sqlite3.Connection) -> None:
    """In the thread: undo what ran since `mark`, or everything when even that fails."""
    try:
        conn.execute("ROLLBACK TO unit")
        conn.execute("RELEASE unit")
    except sqlite3.Error:
        conn.rollback()


def keep_part(conn: sqlite3.Connection) -> None:
    """In the thread: what ran since `mark` belongs to the whole now."""
    conn.execute("RELEASE unit")


def _connect(path: Path, *, writing: bool) -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode={'rwc' if writing else 'ro'}"
    conn = sqlite3.connect(
        address, uri=True, isolation_level=None, cached_statements=512, check_same_thread=False
    )
    try:
        _set_up(conn, writing=writing)
    except BaseException:
        conn.close()
        raise
    return conn


def _switch_to_wal(conn: sqlite3.Connection) -> None:
    """Two processes that open a new file at once: the switch itself ignores the busy timeout."""
    deadline_s = time.monotonic() + BUSY_MS / 1_000
    while True:
        try:
            conn.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline_s:
                raise
            time.sleep(WAIT_S)
        else:
            return


def _set_up(conn: sqlite3.Connection, *, writing: bool) -> None:
    conn.row_factory = sqlite3.Row
    conn.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    conn.execute("PRAGMA foreign_keys = ON")
    if writing:
        _switch_to_wal(conn)
        conn.execute("PRAGMA synchronous = FULL")
    else:
        conn.execute("PRAGMA query_only = ON")
