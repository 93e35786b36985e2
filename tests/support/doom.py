"""Where a process may die: at each commit and at each call to a provider, counted as they come.

Death is an exception that nothing catches or, in a process of its own, a real SIGKILL.
"""

import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from services.ports import Storage, UnitOfWork
from tests.support.crashing import Killed, Side

_IS_QUIET: ContextVar[bool] = ContextVar("_IS_QUIET", default=False)


def falls() -> None:
    """The process is over for everybody in it."""
    raise Killed


def is_killed() -> None:
    """The same, by the system, with nothing said and nothing tidied up."""
    os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Doom:
    """Counts the points of one process and ends it at the fatal one; 0 is never.

    What is stored right after one point is what is stored right before the next: where `sides` is
    only "before", every state that a kill can leave behind is still met once.
    """

    fatal: int = 0
    sides: frozenset[Side] = frozenset({"before"})
    end: Callable[[], None] = falls
    names: list[str] = field(default_factory=list)
    is_dead: bool = False

    def point(self, name: str, side: Side) -> None:
        """One more place to die at."""
        self.live_or_die()
        if side not in self.sides or _IS_QUIET.get():
            return
        self.names.append(f"{side} {name}")
        if len(self.names) == self.fatal:
            self.is_dead = True
            self.end()

    def live_or_die(self) -> None:
        """Nothing happens any more in a dead process."""
        if self.is_dead:
            raise Killed


@contextmanager
def quiet() -> Iterator[None]:
    """What happens in this thread of work is not counted."""
    token = _IS_QUIET.set(True)
    try:
        yield
    finally:
        _IS_QUIET.reset(token)


class Mortal:
    """A storage whose commits are points."""

    def __init__(self, inner: Storage, doom: Doom) -> None:
        self.inner = inner
        self._doom = doom

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        self._doom.live_or_die()
        async with self.inner.begin() as uow:
            yield uow
            self._doom.point("commit", "before")
        self._doom.point("commit", "after")

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        self._doom.live_or_die()
        return self.inner.read()

    async def in_charge(self) -> bool:
        return not self._doom.is_dead
