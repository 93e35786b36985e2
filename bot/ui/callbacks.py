"""Callback data: one frozen dataclass per button, a short tag and base-36 integers.

A callback is an address, never a permission (DESIGN.md section 7). The classes are in `taps`.
"""

from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from typing import TypeVar

DATA_BYTES_MAX = 64
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Tap:
    """Parent of all callbacks; fields are integers."""


TapT = TypeVar("TapT", bound=Tap)
TAPS: dict[str, type[Tap]] = {}
_TAGS: dict[type[Tap], str] = {}


def tag(text: str) -> Callable[[type[TapT]], type[TapT]]:
    """Register a callback class under a tag that is never reused."""

    def register(tap_class: type[TapT]) -> type[TapT]:
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
    data = ":".join([tag_of(type(tap)), *(base36(number) for number in astuple(tap))])
    assert len(data.encode()) <= DATA_BYTES_MAX, data
    return data


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
    if not 1 <= len(bare) <= 12 or any(digit not in _DIGITS for digit in bare):
        return None
    return int(text, 36)
