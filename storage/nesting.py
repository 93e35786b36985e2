"""Refusing a unit of work inside another one of the same asyncio task: it would wait for itself."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Nesting:
    """Remembers which asyncio tasks are writing."""

    def __init__(self) -> None:
        self._inside: set[object] = set()

    @contextmanager
    def entered(self) -> Iterator[None]:
        """Raise RuntimeError when this asyncio task is inside already."""
        me = asyncio.current_task()
        if me in self._inside:
            raise RuntimeError("a unit of work inside another one")
        self._inside.add(me)
        try:
            yield
        finally:
            self._inside.discard(me)
