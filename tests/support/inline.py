"""The real SQLite storage without its threads: for tests that make hundreds of thousands of calls.

Statements, triggers and transactions are those of the house; only the hop into the connection's
thread is left out, and the disk is not waited for.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from storage.charge import FileCharge
from storage.link import Link
from storage.sqlite import READERS, SqliteStorage
from tests.support.databases import CIPHER

Asked = tuple[asyncio.Future[Any] | None, Callable[[], Any]]


class _AtOnce:
    """Where a link leaves what its thread should do: here it is done on the spot."""

    def put_nowait(self, asked: Asked) -> None:
        future, act = asked
        try:
            answer = act()
        except Exception as fault:  # noqa: BLE001 - as the thread does: the caller gets it
            if future is not None:
                future.set_exception(fault)
        else:
            if future is not None:
                future.set_result(answer)


class InlineLink(Link):
    """A link whose connection lives in the caller's thread."""

    def __init__(self, path: Path, *, writing: bool) -> None:
        super().__init__(path, writing=writing)
        self._tx: Any = _AtOnce()
        self._connection = self._connector()
        self._connection.execute("PRAGMA synchronous = OFF")

    def shut(self) -> None:
        """Close the file, as the end of a process does."""
        assert self._connection is not None, "it is shut once"
        self._connection.close()
        self._connection = None


class InlineStorage(SqliteStorage):
    """Over one file that has been migrated before."""

    def __init__(self, path: Path) -> None:
        self.links = [InlineLink(path, writing=writing) for writing in (True, *(False,) * READERS)]
        super().__init__(self.links[0], list(self.links[1:]), CIPHER, FileCharge(path))

    def kill(self) -> None:
        """What was not committed is gone."""
        for link in self.links:
            link.shut()

    @property
    def connection(self) -> sqlite3.Connection:
        """For looking into the file from outside the services."""
        return self.links[1]._conn
