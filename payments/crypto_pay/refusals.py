"""What a failed call to Crypto Pay tells: no, not now, or nothing at all."""


class NotDone(Exception):
    """Certain: nothing happened, and Crypto Pay says why. `code` is HTTP's."""

    def __init__(self, code: int, name: str) -> None:
        super().__init__(f"{code} {name}")
        self.code = code
        self.name = name


class NotNow(Exception):
    """Certain: nothing happened; try again after `wait_s` seconds."""

    def __init__(self, wait_s: float, why: str) -> None:
        super().__init__(why)
        self.wait_s = wait_s


class TooMany(NotNow):
    """Crypto Pay said so itself: wait as long as it wishes."""


class NobodyKnows(Exception):
    """It may have happened: the answer is missing or cannot be read."""
