"""Telegram's date as a witness of the clock: here is decided what is fresh, not what is right."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.clocks import steady_ms
from bot.kit.client import PAGE_MOST, POLL_S
from services.ports import Clock

WAITED_MS = 10_000
POLLED_MS = (POLL_S + 10) * 1_000
Raw = Mapping[str, Any]


class Witness:
    """Telegram may have kept an update for a day; its date is the time only if it came just now.

    That is known of an answer to a fetch that began right after one that left nothing behind.
    """

    def __init__(self, clock: Clock, steady: Callable[[], int] = steady_ms) -> None:
        self._clock = clock
        self._steady = steady
        self._emptied_ms: int | None = None

    async def hears(self, fetch: Awaitable[list[dict[str, Any]]]) -> list[dict[str, Any]]:
        """The same answer, after the clock has heard its newest date."""
        emptied_ms, began_ms, self._emptied_ms = self._emptied_ms, self._steady(), None
        updates = await fetch
        ended_ms = self._steady()
        if len(updates) < PAGE_MOST:
            self._emptied_ms = ended_ms
        is_fresh = emptied_ms is not None and began_ms - emptied_ms <= WAITED_MS
        date_ms = _newest_ms(updates)
        if is_fresh and date_ms and ended_ms - began_ms <= POLLED_MS:
            self._clock.heard(date_ms)
        return updates


def _newest_ms(updates: list[dict[str, Any]]) -> int:
    """What people did; a button's message is as old as it is."""
    return max((_date_s(raw) for raw in updates), default=0) * 1_000


def _date_s(raw: Raw) -> int:
    happened = raw.get("message") or raw.get("my_chat_member") or {}
    date = happened.get("date")
    return date if isinstance(date, int) else 0
