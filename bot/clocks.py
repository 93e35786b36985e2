"""The real clock, which does not trust itself, and real random ids. Tests bring their own."""

import secrets
import time
from collections.abc import Callable

from market.deadlines import MINUTE_MS

AHEAD_MS = 5 * MINUTE_MS
APART_MS = 2 * MINUTE_MS


def wall_ms() -> int:
    """What this machine takes for the time; anybody may set it."""
    return time.time_ns() // 1_000_000


def steady_ms() -> int:
    """What nobody sets, and what goes on while the machine sleeps."""
    kind = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return time.clock_gettime_ns(kind) // 1_000_000


class WallClock:
    """services.ports.Clock: epoch milliseconds of this machine, and two witnesses beside them.

    It must not run ahead of the steady clock, nor of Telegram's date in a fresh update. A clock
    that is behind only makes deadlines later, so it is believed.
    """

    def __init__(
        self, wall: Callable[[], int] = wall_ms, steady: Callable[[], int] = steady_ms
    ) -> None:
        self._wall, self._steady = wall, steady
        self._right_ms, self._most_ms = self._lead_ms(), AHEAD_MS

    def now_ms(self) -> int:
        return self._wall()

    def is_sane(self) -> bool:
        return self._lead_ms() - self._right_ms <= self._most_ms

    def heard(self, date_ms: int) -> None:
        told_ms, lead_ms = date_ms - self._steady(), self._lead_ms()
        is_right = lead_ms - told_ms <= APART_MS
        self._right_ms = lead_ms if is_right else told_ms
        self._most_ms = AHEAD_MS if is_right else APART_MS

    def _lead_ms(self) -> int:
        """The same at any moment, unless somebody sets the clock."""
        return self._wall() - self._steady()


class RandomIds:
    """services.ports.Ids."""

    def token(self) -> str:
        """128 random bits as 32 hex digits."""
        return secrets.token_hex(16)
