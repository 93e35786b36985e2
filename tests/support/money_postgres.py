"""The money day on PostgreSQL: killed at points of the SQLite day, it must end as that one does.

Rows are compared with those of the SQLite day, step by step: both engines keep the same. Numbers
that a rollback has used up are given again, since people and the script call things by number.
"""

import pickle
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import asyncpg

from market.errors import MarketError
from storage import OpenStorage, open_storage
from tests.support.crashing import Killed
from tests.support.databases import CIPHER, Cluster
from tests.support.doom import Doom
from tests.support.money_day import Day, live, settle_in
from tests.support.money_kills import Clean, Kill, Stored, comparable, first_difference, resume
from tests.support.money_world import World

NUMBERED = (
    "SELECT table_name FROM information_schema.columns"
    " WHERE table_schema = 'public' AND column_name = 'id' AND is_identity = 'YES'"
)
ALIGNED = (
    "SELECT setval(pg_get_serial_sequence('{table}', 'id'), 1 + coalesce(max(id), 0), false)"
    " FROM {table}"
)


@dataclass
class PostgresDay:
    """`kept` holds a copy of the house and the world before each step that somebody dies in."""

    cluster: Cluster
    clean: Clean
    kept: dict[int, tuple[str, bytes]] = field(default_factory=dict)

    async def live(self, wanted: set[int]) -> list[str]:
        """All of it, once, without a kill; answers what differs from the SQLite day."""
        url, world = await self.cluster.create(), World()
        async with self._opened(url) as storage:
            await settle_in(Day(storage, world, Doom()))
        odd = []
        for at in range(len(self.clean.steps)):
            if at in wanted:
                self.kept[at] = (await self._copy(url), pickle.dumps(world))
            await self._step(url, world, at)
            found = await self._differs(url, world, at + 1)
            odd += [f"{self.clean.steps[at].name}: {found}"] if found else []
        await self.cluster.drop(url)
        return odd

    async def _step(self, url: str, world: World, at: int, doom: Doom | None = None) -> None:
        async with self._opened(url) as storage:
            day = self.clean.day(storage, world, doom or Doom(), at)
            await live(day, self.clean.steps[at], self.clean.moments[at])

    async def killed(self, kill: Kill) -> str | None:
        """Die there and go on; answers what is not as on the clean day."""
        copy, before = self.kept[kill.at]
        url, world = await self._copy(copy), pickle.loads(before)  # noqa: S301 - our own
        try:
            found = await self._aftermath(url, world, kill)
        except MarketError as refusal:
            found = f"refused what was not refused before: {refusal!r}"
        await self.cluster.drop(url)
        return found and f"{kill.name(self.clean)}: {found}"

    async def _aftermath(self, url: str, world: World, kill: Kill) -> str | None:
        try:
            await self._step(url, world, kill.at, Doom(kill.fatal, self.clean.sides))
        except Killed:
            async with self._opened(url) as storage:
                await resume(self.clean, storage, world, kill)
        after = kill.at + 1
        found = await self._differs(url, world, after)
        while found and after < len(self.clean.steps):
            await self._step(url, world, after)
            after += 1
            found = await self._differs(url, world, after)
        return found

    async def end(self) -> None:
        """Nothing of it stays."""
        for url, _ in self.kept.values():
            await self.cluster.drop(url)

    async def _copy(self, url: str) -> str:
        return await self.cluster.create(template=url.partition("?")[0].rpartition("/")[2])

    @asynccontextmanager
    async def _opened(self, url: str) -> AsyncIterator[OpenStorage]:
        """A process begins: what its forerunner used up and never kept is free again."""
        connection = await asyncpg.connect(url)
        for (table,) in await connection.fetch(NUMBERED):
            await connection.execute(ALIGNED.format(table=table))
        await connection.close()
        storage = await open_storage(url, cipher=CIPHER)
        try:
            yield storage
        finally:
            await storage.close()

    async def _differs(self, url: str, world: World, at: int) -> str | None:
        return first_difference(self.clean.kept[at], await self._stored(url), world.books())

    async def _stored(self, url: str) -> Stored:
        connection = await asyncpg.connect(url)
        found = {
            name: comparable([tuple(row) for row in await connection.fetch(question)])
            for name, question in self.clean.asked.items()
        }
        await connection.close()
        return found
