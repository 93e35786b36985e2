"""How a buyer pays, as the numbers of a button: the ways as bits, a coupon's code as two numbers.

Whoever has the button has typed the code, or been given it; a number of a coupon would open all.
"""

from bot.ui.callbacks import base36
from market.paying import Paying

NO_CREDIT, EARNED = 1, 2
_PART = 10  # with the 1 before it eleven digits, the longest number of a button


def packed(code: str) -> tuple[int, int]:
    """Letters and digits are digits of base 36; a 1 before them keeps leading zeros."""
    return _number(code[:_PART]), _number(code[_PART:])


def unpacked(head: int, tail: int) -> str:
    """The code again; any other numbers are no code that was ever given."""
    return _text(head) + _text(tail)


def ways_of(paying: Paying) -> int:
    """The bits of a choice."""
    return (0 if paying.use_credit else NO_CREDIT) | (EARNED if paying.use_earned else 0)


def paying_of(ways: int, head: int = 0, tail: int = 0) -> Paying:
    """The choice behind the numbers of a button."""
    return Paying(
        use_credit=not ways & NO_CREDIT,
        use_earned=bool(ways & EARNED),
        code=unpacked(head, tail),
    )


def _number(part: str) -> int:
    return int(f"1{part}", 36) if part else 0


def _text(number: int) -> str:
    return base36(number)[1:].upper() if number > 0 else ""
