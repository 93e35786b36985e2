"""Time and ids that tests decide."""


class SettableClock:
    """A clock that stands still until a test moves it."""

    def __init__(self, now_ms: int) -> None:
        self._now_ms = now_ms
        self.is_right = True
        self.told: list[int] = []

    def now_ms(self) -> int:
        return self._now_ms

    def is_sane(self) -> bool:
        return self.is_right

    def heard(self, date_ms: int) -> None:
        self.told.append(date_ms)

    def advance(self, ms: int) -> None:
        self._now_ms += ms

    def set(self, now_ms: int) -> None:
        self._now_ms = now_ms


class SeededIds:
    """Tokens that come out the same in every run."""

    def __init__(self, seed: int = 1) -> None:
        self._next = seed << 64

    def token(self) -> str:
        self._next += 1
        return f"{self._next:032x}"
