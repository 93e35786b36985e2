"""Numbers, money and times as a reader writes them: Bengali digits, lakh grouping, day names.

Babel knows the names of days and of English months; the digits are ours, and so are the Bengali
months (Babel spells two of them the old way). Only figures made by the house pass through here,
never digits that a person typed.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import format_date

from market.money import Currency, Money

BENGALI = "bn"
_BENGALI_DIGITS = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")
_DATE = {"en": "d MMM", BENGALI: "d MMMM"}
_DATE_YEAR = {"en": "d MMM y", BENGALI: "d MMMM y"}
_DAY = {"en": "EEE d MMM", BENGALI: "EEEE d MMMM"}
_DAY_YEAR = {"en": "EEE d MMM y", BENGALI: "EEEE d MMMM y"}
_WEEKDAY = {"en": "EEE d", BENGALI: "EEEE d"}
# Bangla Academy spelling: জানুয়ারি and ফেব্রুয়ারি end in a short i.
_BENGALI_MONTHS = (
    "জানুয়ারি",
    "ফেব্রুয়ারি",
    "মার্চ",
    "এপ্রিল",
    "মে",
    "জুন",
    "জুলাই",
    "আগস্ট",
    "সেপ্টেম্বর",
    "অক্টোবর",
    "নভেম্বর",
    "ডিসেম্বর",
)
_PERIODS = ((4, "রাত"), (6, "ভোর"), (12, "সকাল"), (15, "দুপুর"), (18, "বিকাল"), (20, "সন্ধ্যা"), (24, "রাত"))
_UNITS_MS = (86_400_000, 3_600_000, 60_000, 1_000)
_WHOLE_FROM = 10


def digits(text: str, language: str) -> str:
    """The figures of `text` in the language's digits."""
    return text.translate(_BENGALI_DIGITS) if language == BENGALI else text


def number(value: int, language: str) -> str:
    """A grouped whole number: 1,234,567 and ১২,৩৪,৫৬৭."""
    sign = "−" if value < 0 else ""
    figures = str(abs(value))
    return sign + digits(_grouped(figures, 2 if language == BENGALI else 3), language)


def _grouped(figures: str, step: int) -> str:
    """Commas: the last three figures, then groups of `step`."""
    groups, rest = [figures[-3:]], figures[:-3]
    while rest:
        groups.insert(0, rest[-step:])
        rest = rest[:-step]
    return ",".join(groups)


def decimal(minor: int, exponent: int, language: str) -> str:
    """Minor units as a number; a fraction stands only where there is one (at least two places)."""
    whole, part = divmod(abs(minor), 10**exponent)
    sign = "−" if minor < 0 else ""
    fraction = f"{part:0{exponent}d}".rstrip("0").ljust(2, "0") if part else ""
    return sign + number(whole, language) + (f".{digits(fraction, language)}" if fraction else "")


def fixed(minor: int, exponent: int, language: str) -> str:
    """Minor units with as many places as the currency has, at least two where it has any."""
    figures = decimal(minor, exponent, language)
    return figures if "." in figures or not exponent else figures + digits(".00", language)


def money(amount: Money, language: str) -> str:
    """250 ⭐, ৳1,200.50, $12, 4.50 USDT."""
    sign = "−" if amount.minor < 0 else ""
    figures = decimal(abs(amount.minor), amount.currency.exponent, language)
    match amount.currency:
        case Currency.XTR:
            return f"{sign}{figures} ⭐"
        case Currency.BDT:
            return f"{sign}৳{figures}"
        case Currency.USD:
            return f"{sign}${figures}"
        case Currency.USDT:
            return f"{sign}{figures} USDT"


def rating(average_x10: int, language: str) -> str:
    """4.7 for 47."""
    return digits(f"{average_x10 // 10}.{average_x10 % 10}", language)


@lru_cache(maxsize=64)
def zone_info(name: str) -> ZoneInfo:
    """The reader's zone; a name that this machine does not know reads as UTC."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def is_utc(zone: str) -> bool:
    """The zone of readers who have not chosen theirs, or one that this machine does not know."""
    return zone_info(zone).key == "UTC"


def local(ms: int, zone: str) -> datetime:
    """The moment on the reader's wall clock."""
    return datetime.fromtimestamp(ms / 1000, zone_info(zone))


def days_apart(moment: datetime, now: datetime) -> int:
    """Calendar days from `now` to `moment`: 0 today, 1 tomorrow, -1 yesterday."""
    return (moment.date() - now.date()) // timedelta(days=1)


def clock(moment: datetime, language: str) -> str:
    """15:40, বিকাল ৩:৪০: Bengali names the part of the day and counts twelve hours."""
    if language != BENGALI:
        return f"{moment:%H:%M}"
    period = next(name for before, name in _PERIODS if moment.hour < before)
    return f"{period} " + digits(f"{(moment.hour - 1) % 12 + 1}:{moment:%M}", language)


def date(moment: datetime, language: str, *, with_year: bool) -> str:
    """24 Nov 2026, ২৪ নভেম্বর ২০২৬."""
    return _dated(moment, (_DATE_YEAR if with_year else _DATE)[language], language)


def month(moment: datetime, language: str) -> str:
    """November 2026, নভেম্বর ২০২৬."""
    return _dated(moment, "MMMM y", language)


def day(moment: datetime, language: str, *, with_year: bool) -> str:
    """Tue 24 Nov, মঙ্গলবার ২৪ নভেম্বর."""
    return _dated(moment, (_DAY_YEAR if with_year else _DAY)[language], language)


def weekday(moment: datetime, language: str) -> str:
    """Tue 24, মঙ্গলবার ২৪."""
    return digits(format_date(moment, _WEEKDAY[language], locale=language), language)


def _dated(moment: datetime, pattern: str, language: str) -> str:
    month = f"'{_BENGALI_MONTHS[moment.month - 1]}'" if language == BENGALI else "MMMM"
    return digits(format_date(moment, pattern.replace("MMMM", month), locale=language), language)


def span_parts(ms: int) -> tuple[int, int, int, int]:
    """Days, hours, minutes, seconds of a span, rounded so that at most two of them count.

    Ten or more of the greatest unit stand alone: "12 days", but "2 days 6 h".
    """
    rounded = max(_UNITS_MS[-1], ms)
    for index, unit_ms in enumerate(_UNITS_MS):
        if rounded >= unit_ms:
            alone = rounded >= _WHOLE_FROM * unit_ms or unit_ms == _UNITS_MS[-1]
            step_ms = unit_ms if alone else _UNITS_MS[index + 1]
            rounded = (rounded + step_ms // 2) // step_ms * step_ms
            break
    return _split(rounded)


def _split(ms: int) -> tuple[int, int, int, int]:
    days, rest = divmod(ms, _UNITS_MS[0])
    hours, rest = divmod(rest, _UNITS_MS[1])
    minutes, rest = divmod(rest, _UNITS_MS[2])
    return days, hours, minutes, rest // _UNITS_MS[3]
