"""Group commit on SQLite: who is told what when units of work share a COMMIT."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from market.errors import Busy
from storage import OpenStorage
from storage.sqlite import SqliteStorage


class Paused:
    """A unit of work that logs an act by `number` and waits inside until it may go on."""

    def __init__(self, storage: OpenStorage, number: int) -> None:
        self.is_inside = asyncio.Event()
        self.may_end = asyncio.Event()
        self.ending = asyncio.ensure_future(self._work(storage, number))

    async def _work(self, storage: OpenStorage, number: int) -> None:
        async with storage.begin() as unit:
            self.is_inside.set()
            await self.may_end.wait()
            await unit.upkeep.log_act(number, act="a", detail="", now_ms=1)


@pytest.fixture
def acts(tmp_path: Path) -> Callable[[], list[int]]:
    """The committed acts, read through another connection."""

    def read() -> list[int]:
        with closing(sqlite3.connect(tmp_path / "gighaat.sqlite3")) as conn:
            rows = conn.execute("SELECT operator_id FROM operator_act ORDER BY 1")
            return [row[0] for row in rows]

    return read


async def test_a_unit_is_told_after_the_commit_only(
    sqlite_storage: OpenStorage, acts: Callable[[], list[int]]
) -> None:
    """While the next unit of the group works, the first one waits and nothing is visible."""
    one, two = Paused(sqlite_storage, 1), Paused(sqlite_storage, 2)
    await one.is_inside.wait()
    one.may_end.set()
    await two.is_inside.wait()
    assert (one.ending.done(), acts()) == (False, [])
    two.may_end.set()
    await asyncio.gather(one.ending, two.ending)
    assert acts() == [1, 2]


async def test_a_failing_unit_harms_no_neighbour(
    sqlite_storage: OpenStorage, acts: Callable[[], list[int]]
) -> None:
    """A unit that is cancelled within a group is undone alone."""
    one, two, three = (Paused(sqlite_storage, number) for number in (1, 2, 3))
    one.may_end.set()
    await two.is_inside.wait()
    two.ending.cancel()
    three.may_end.set()
    await asyncio.gather(one.ending, three.ending)
    assert acts() == [1, 3]


@pytest.mark.parametrize("ticks", range(5))
async def test_a_unit_cancelled_before_its_turn_leaves_nobody_waiting(
    ticks: int, sqlite_storage: OpenStorage, acts: Callable[[], list[int]]
) -> None:
    """Whenever the waiting unit is cancelled, the one before it is committed and told."""
    one, two = Paused(sqlite_storage, 1), Paused(sqlite_storage, 2)
    await one.is_inside.wait()
    one.may_end.set()
    for _ in range(ticks):
        await asyncio.sleep(0)
    two.ending.cancel()
    await asyncio.wait_for(one.ending, 10)
    assert acts() == [1]


async def test_a_group_that_sqlite_rolls_back_fails_whole(
    sqlite_storage: OpenStorage, acts: Callable[[], list[int]]
) -> None:
    """Nobody of the group is told that the work is kept, and the next unit can write."""
    assert isinstance(sqlite_storage, SqliteStorage)
    one, two = Paused(sqlite_storage, 1), Paused(sqlite_storage, 2)
    one.may_end.set()
    await two.is_inside.wait()
    sqlite_storage._writer.post(sqlite3.Connection.rollback)
    two.may_end.set()
    ends = await asyncio.gather(one.ending, two.ending, return_exceptions=True)
    assert [Busy, Busy] == [type(end) for end in ends]
    three = Paused(sqlite_storage, 3)
    three.may_end.set()
    await three.ending
    assert acts() == [3]
