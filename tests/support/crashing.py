"""A storage that dies at its n-th commit, right before or right after it."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Literal

from services.ports import Storage, UnitOfWork

Side = Literal["before", "after"]


class Killed(BaseException):
    """What `kill -9` looks like from inside: nothing catches it, nothing after it runs."""


@dataclass
class Crashing:
    """Counts commits; after the fatal one nothing reaches the database any more."""

    inner: Storage
    at: int = 0
    side: Side = "before"
    commits: int = 0
    is_dead: bool = False

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        self.live_or_die()
        async with self.inner.begin() as uow:
            yield uow
            self.live_or_die()
            self.commits += 1
            number = self.commits
            self._die_if(number, "before")
        self._die_if(number, "after")

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        self.live_or_die()
        return self.inner.read()

    async def in_charge(self) -> bool:
        return not self.is_dead

    def _die_if(self, number: int, side: Side) -> None:
        """By its own number: another one may have begun to commit meanwhile."""
        if (number, side) == (self.at, self.side):
            self.is_dead = True
        self.live_or_die()

    def live_or_die(self) -> None:
        """Raise Killed when the process is dead."""
        if self.is_dead:
            raise Killed
