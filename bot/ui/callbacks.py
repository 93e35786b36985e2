"""Callback data: one frozen dataclass per button, a short tag and base-36 integers.

A callback is an address, never a permission (DESIGN.md section 7). The classes are in `taps`.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import TypeVar, dataclass_transform

DATA_BYTES_MAX = 64
# Telegram's ids fit; a page of so high a number, times its rows, still fits into a column.
DIGITS_MAX = 11
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Tap:
    """Parent of all callbacks; fields are integers.

    Equality and words for people are written once, since each generated copy takes time at start.
    """

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and numbers_of(self) == numbers_of(other)

    def __hash__(self) -> int:
        return hash((type(self), *numbers_of(self)))

    def __repr__(self) -> str:
        return f"{type(self).__name__}{numbers_of(self)}"


def numbers_of(tap: Tap) -> tuple[int, ...]:
    """The values of the fields in their order."""
    return tuple(getattr(tap, field.name) for field in fields(tap))


TapT = TypeVar("TapT", bound=Tap)
TAPS: dict[str, type[Tap]] = {}
_TAGS: dict[type[Tap], str] = {}


@dataclass_transform(frozen_default=True, eq_default=False)
def tag(text: str) -> Callable[[type[TapT]], type[TapT]]:
    """Make a class a callback under a tag that is never reused."""

    def register(written: type[TapT]) -> type[TapT]:
        tap_class = dataclass(frozen=True, slots=True, repr=False, eq=False)(written)
        assert text not in TAPS, f"tag {text} is taken"
        assert all(field.type in {int, "int"} for field in fields(tap_class)), "integers only"
        TAPS[text], _TAGS[tap_class] = tap_class, text
        return tap_class

    return register


def tag_of(tap_class: type[Tap]) -> str:
    """The tag that a class was registered under."""
    return _TAGS[tap_class]


def encode(tap: Tap) -> str:
    """The callback_data of a button."""
    data = ":".join([tag_of(type(tap)), *map(base36, numbers_of(tap))])
    assert len(data.encode()) <= DATA_BYTES_MAX, data
    return data


@lru_cache(maxsize=1_024)  # every route asks about the data of the same tap
def decode(data: str) -> Tap | None:
    """The tap behind callback_data, or None for anything that no button of ours carries."""
    name, *numbers = data.split(":")
    tap_class = TAPS.get(name)
    if tap_class is None or len(numbers) != len(fields(tap_class)):
        return None
    values = [_number(text) for text in numbers]
    return None if None in values else tap_class(*values)


def base36(number: int) -> str:
    """Digits 0-9a-z; also the number inside a deep link (`bot.ui.links`)."""
    sign, rest, digits = ("-" if number < 0 else ""), abs(number), ""
    while True:
        rest, digit = divmod(rest, 36)
        digits = _DIGITS[digit] + digits
        if not rest:
            return sign + digits


def _number(text: str) -> int | None:
    bare = text.removeprefix("-")
    if not 1 <= len(bare) <= DIGITS_MAX or any(digit not in _DIGITS for digit in bare):
        return None
    return int(text, 36)
