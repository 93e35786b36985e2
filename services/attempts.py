"""Trying a command again when another one was faster or the database was locked."""

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from market.errors import Busy, Conflict

AGAIN_MAX = 3

P = ParamSpec("P")
T = TypeVar("T")


def retried(do: Callable[P, Awaitable[T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """Run again after Conflict or Busy, at most three more times; then the refusal flies.

    Safe because a failed unit of work leaves nothing behind, the command's key included.
    """

    @wraps(do)
    async def patiently(*args: P.args, **kwargs: P.kwargs) -> T:
        for _ in range(AGAIN_MAX):
            try:
                return await do(*args, **kwargs)
            except (Conflict, Busy):
                continue
        return await do(*args, **kwargs)

    return patiently
