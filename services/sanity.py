"""What the house does by the clock alone waits while its clock cannot be believed."""

from collections.abc import Awaitable, Callable, Coroutine
from functools import wraps
from typing import Any, Protocol, TypeVar

from services.ports import Clock


class Sweeping(Protocol):
    """A service with sweeps."""

    @property
    def _clock(self) -> Clock: ...


S = TypeVar("S", bound=Sweeping)


def while_sane(sweep: Callable[[S], Awaitable[int]]) -> Callable[[S], Coroutine[Any, Any, int]]:
    """A sweep that looks at nothing as long as the clock is not sane."""

    @wraps(sweep)
    async def guarded(service: S) -> int:
        return await sweep(service) if service._clock.is_sane() else 0  # noqa: SLF001 - its own

    return guarded
