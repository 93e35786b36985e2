"""Taking turns on SQLite's one writer connection, with group commit.

A unit of work that ends while others wait leaves the COMMIT to them: one COMMIT, and one wait for
the disk, serves the group. Each caller goes on only after the COMMIT that holds its work.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from storage.link import Link, keep_part, undo_part

GROUP_MAX = 16


class Turns:
    """The first unit of a group begins the database transaction, later ones are savepoints."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._group: list[asyncio.Future[None]] = []

    @asynccontextmanager
    async def taken(self) -> AsyncIterator[Link]:
        """One unit of work; an exception undoes this unit and no other."""
        await self._wait()
        try:
            is_first = not self._group
            self._enter(is_first=is_first)
            try:
                yield self._link
            except BaseException:
                self._link.post(sqlite3.Connection.rollback if is_first else undo_part)
                raise
            kept = self._keep(is_first=is_first)
        finally:
            self._turn.release()
            self._commit_if_last()
        await kept

    async def _wait(self) -> None:
        self._waiting += 1
        try:
            await self._turn.acquire()
        except BaseException:
            self._waiting -= 1
            if not self._turn.locked():
                self._commit_if_last()
            raise
        self._waiting -= 1

    def _enter(self, *, is_first: bool) -> None:
        if is_first:
            self._link.begin()
        else:
            self._link.mark()

    def _keep(self, *, is_first: bool) -> asyncio.Future[None]:
        if not is_first:
            self._link.post(keep_part)
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._group.append(kept)
        return kept

    def _commit_if_last(self) -> None:
        """Nobody waits for us to start: whoever comes later begins another group."""
        if not self._group or (self._waiting and len(self._group) < GROUP_MAX):
            return
        group, self._group = self._group, []
        done = self._link.submit(self._link.commit_all)
        done.add_done_callback(lambda ended: _tell(group, ended))


def _tell(group: list[asyncio.Future[None]], ended: asyncio.Future[None]) -> None:
    fault = ended.exception()
    for kept in group:
        if kept.done():  # its caller was cancelled while waiting; the work is kept all the same
            continue
        if fault is None:
            kept.set_result(None)
        else:
            kept.set_exception(fault)
