"""JSON from outside, read as strictly as Telegram reads it, so that nothing later can stumble.

Python's own reader takes more: NaN and Infinity, numbers of any length, half surrogate pairs.
"""

import json
import math
from typing import Any

DEPTH_MAX = 100
DIGITS_MAX = 30
_TOO_DEEP = "nested too deeply"


def read(source: str | bytes) -> Any:
    """Everything that is not plain JSON in UTF-8 is a ValueError; half a pair a Unicode one."""
    text = source if isinstance(source, str) else source.decode()
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    if text.count("[") + text.count("{") > DEPTH_MAX:
        _check_depth(value)
    if "\\u" in text:
        json.dumps(value, ensure_ascii=False).encode()
    return value


def whole(digits: str) -> int:
    """A whole number; of an endless one only the first digits are read."""
    return int(digits[:DIGITS_MAX])


def degrees(value: Any) -> float:
    """A finite number, or a ValueError."""
    try:
        number = float(value)
    except (TypeError, OverflowError):
        raise ValueError(value) from None
    if not math.isfinite(number):
        raise ValueError(value)
    return number


def _check_depth(value: Any) -> None:
    """Level by level, so that this cannot run out of stack itself."""
    level = [value]
    for _ in range(DEPTH_MAX):
        inner = [one for one in level if isinstance(one, list | dict)]
        level = [child for one in inner for child in _children(one)]
        if not level:
            return
    if any(isinstance(one, list | dict) for one in level):
        raise ValueError(_TOO_DEEP)


def _children(value: Any) -> Any:
    return value.values() if isinstance(value, dict) else value


def _integer(digits: str) -> int:
    if len(digits) > DIGITS_MAX:
        raise ValueError(digits[:DIGITS_MAX])
    return int(digits)


def _constant(name: str) -> Any:
    raise ValueError(name)


_DECODER = json.JSONDecoder(parse_float=degrees, parse_int=_integer, parse_constant=_constant)
