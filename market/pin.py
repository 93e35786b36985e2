"""The PIN before money leaves an account: how it is written, and how often it may be tried.

How it is hashed is the services'; nothing here ever sees it stored.
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise

from market.amounts import latin_digits
from market.deadlines import Windows
from market.pin_errors import PinEasy, PinUnfit

LEAST, MOST = 4, 8
TRIES = 5
_PIN = re.compile(f"[0-9]{{{LEAST},{MOST}}}")
_SPACE = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]+")


class Use(StrEnum):
    """What the right PIN opens, each by itself."""

    ACCOUNT = "account"
    WITHDRAW = "withdraw"
    CHANGE = "change"


def read_pin(text: str) -> str:
    """The digits as they are compared, Bengali ones too; raises PinUnfit."""
    digits = _SPACE.sub("", unicodedata.normalize("NFKC", latin_digits(text)))
    if not _PIN.fullmatch(digits):
        raise PinUnfit(LEAST, MOST)
    return digits


def new_pin(text: str) -> str:
    """The same for a PIN that is to be kept; raises PinEasy for what is tried first."""
    digits = read_pin(text)
    steps = {int(after) - int(before) for before, after in pairwise(digits)}
    if len(steps) == 1 and max(map(abs, steps)) <= 1:
        raise PinEasy
    return digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A person's PIN and what is known of tries. `digest` is a slow hash of it.

    Until `passed_until_ms` the right PIN counts for one `passed_for`. It is forgotten: gone at
    `reset_ms`.
    """

    person_id: int
    salt: str
    digest: bytes = field(repr=False)
    set_ms: int
    wrong: int = 0
    locked_until_ms: int = 0
    passed_for: str = ""
    passed_until_ms: int = 0
    reset_ms: int | None = None

    def is_locked(self, now_ms: int) -> bool:
        """Too many were wrong."""
        return now_ms < self.locked_until_ms

    def has_passed(self, use: Use, now_ms: int) -> bool:
        """The right PIN was typed for this, just now, and not used yet."""
        return self.passed_for == use and now_ms < self.passed_until_ms

    @property
    def spent(self) -> "Pin":
        """What was passed is used up."""
        return replace(self, passed_for="", passed_until_ms=0)

    def right(self, use: Use, now_ms: int, windows: Windows) -> "Pin":
        """It was the right one."""
        until_ms = now_ms + windows.pin_open_ms
        return replace(self, wrong=0, passed_for=use, passed_until_ms=until_ms)

    def missed(self, now_ms: int, windows: Windows) -> "Pin":
        """It was another one; the last of so many locks it."""
        if self.wrong + 1 < TRIES:
            return replace(self.spent, wrong=self.wrong + 1)
        return replace(self.spent, wrong=0, locked_until_ms=now_ms + windows.pin_lock_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class PinCard:
    """What a person sees of the own PIN."""

    is_set: bool
    set_ms: int
    locked_until_ms: int
    reset_ms: int | None
    now_ms: int
