"""The real clock and real random ids. Tests bring their own."""

import secrets
import time


class WallClock:
    """services.ports.Clock: epoch milliseconds of this machine."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000


class RandomIds:
    """services.ports.Ids."""

    def token(self) -> str:
        """128 random bits as 32 hex digits."""
        return secrets.token_hex(16)
