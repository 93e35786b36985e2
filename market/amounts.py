"""Reading what people type: amounts and small numbers, in Latin or Bengali digits."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from market.errors import AmountOutOfRange, AmountUnreadable, NumberOutOfRange
from market.money import Currency, Money

_BENGALI_DIGITS = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")
_DECORATION = re.compile(
    r"(⭐️?|৳|★|stars?|xtr|bdt|usdt|usd|\$|taka|tk\.?|টাকা|তারা|স্টার|টি|টা|[\s,_'])", re.IGNORECASE
)
NUMBER = re.compile(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?")


def latin_digits(text: str) -> str:
    """The text with Bengali digits written in Latin ones."""
    return unicodedata.normalize("NFC", text).translate(_BENGALI_DIGITS)


def plain(text: str) -> str:
    """Latin digits, no separators, no currency words: what is left should be one number."""
    return _DECORATION.sub("", latin_digits(text)).replace("−", "-")


def parse_amount(text: str, currency: Currency, *, low_minor: int, high_minor: int) -> Money:
    """Read an amount of `currency`; limits are minor units.

    Raises AmountUnreadable for text that is no number and AmountOutOfRange for a number outside
    the limits or finer than the minor unit ("1.5" Stars).
    """
    digits = plain(text)
    if not NUMBER.fullmatch(digits):
        raise AmountUnreadable(text)
    minor = _minor(digits, currency)
    if minor is None or not low_minor <= minor <= high_minor:
        raise AmountOutOfRange(low_minor, high_minor, currency)
    return Money(minor, currency)


def _minor(digits: str, currency: Currency) -> int | None:
    try:
        scaled = Decimal(digits).scaleb(currency.exponent)
    except InvalidOperation:  # pragma: no cover - the pattern above lets only numbers through
        return None
    return int(scaled) if scaled == scaled.to_integral_value() else None


def parse_count(text: str, *, low: int, high: int) -> int:
    """Read a whole number between the limits, else raise NumberOutOfRange."""
    digits = re.sub(r"(days?|দিন|বার|rounds?|times?)", "", plain(text), flags=re.IGNORECASE)
    if not re.fullmatch(r"[0-9]{1,9}", digits) or not low <= int(digits) <= high:
        raise NumberOutOfRange(low, high)
    return int(digits)
