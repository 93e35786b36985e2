"""Reading a day that somebody typed: both languages, both kinds of digits, words like "tomorrow".

The day comes first in numbers (24/11), as in Bangladesh; without a year the next such day is meant.
"""

import re
import unicodedata
from datetime import date, timedelta

_NEAR = {
    "today": 0,
    "আজ": 0,
    "আজকে": 0,
    "aj": 0,
    "ajke": 0,
    "tomorrow": 1,
    "কাল": 1,
    "কালকে": 1,
    "আগামীকাল": 1,
    "আগামী কাল": 1,
    "kal": 1,
    "kalke": 1,
    "agamikal": 1,
    "day after tomorrow": 2,
    "পরশু": 2,
    "পরশুদিন": 2,
    "porshu": 2,
}
# Monday is 0; a word that begins so is meant.
_WEEKDAYS = (
    ("mon", "সোম"),
    ("tue", "মঙ্গল"),
    ("wed", "বুধ"),
    ("thu", "বৃহস্পতি", "বিষ্যুদ"),
    ("fri", "শুক্র"),
    ("sat", "শনি"),
    ("sun", "রবি", "রোব"),
)
_MONTHS = (
    ("jan", "জানু"),
    ("feb", "ফেব"),
    ("mar", "মার্চ"),
    ("apr", "এপ্রি"),
    ("may", "মে"),
    ("jun", "জুন"),
    ("jul", "জুলা"),
    ("aug", "আগ", "অগা"),
    ("sep", "সেপ্ট"),
    ("oct", "অক্টো"),
    ("nov", "নভে"),
    ("dec", "ডিসে"),
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})(?: ?[-/. ] ?(\d{1,2})(?: ?[-/. ] ?(\d{2}|\d{4}))?)?")
_NAMED = re.compile(r"(\d{1,2}) ?([^\W\d][^\d ]*)(?: (\d{2}|\d{4}))?")
_NAME_FIRST = re.compile(r"([^\W\d][^\d ]*) (\d{1,2})(?: (\d{2}|\d{4}))?")
_ORDINAL = re.compile(r"(?<=\d) ?(?:st|nd|rd|th|শে|ই|লা|রা|ঠা|তারিখ)(?!\S)")
_CENTURY = 2_000


def read_day(text: str, today: date) -> date | None:
    """The day that is meant, None where that cannot be told; past days are read as well."""
    words = _plain(text)
    if words in _NEAR:
        return today + timedelta(days=_NEAR[words])
    return _weekday(words, today) or _iso(words) or _numbers(words, today) or _named(words, today)


def names_one_day(text: str) -> bool:
    """Words like "tomorrow" mean the same day whatever day one counts from."""
    return _plain(text) in _NEAR


def _plain(text: str) -> str:
    """Lower case, Latin digits, single spaces, no commas and no "th"."""
    folded = unicodedata.normalize("NFC", text).casefold().replace(",", " ")
    latin = "".join(_digit(sign) for sign in folded)
    return " ".join(_ORDINAL.sub("", " ".join(latin.split())).split())


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)


def _weekday(words: str, today: date) -> date | None:
    number = _place(words, _WEEKDAYS)
    if number is None or " " in words:
        return None
    return today + timedelta(days=(number - today.weekday()) % 7)


def _iso(words: str) -> date | None:
    found = _ISO.fullmatch(words)
    return None if found is None else _made(int(found[1]), int(found[2]), int(found[3]))


def _numbers(words: str, today: date) -> date | None:
    found = _NUMBERS.fullmatch(words)
    if found is None:
        return None
    day = int(found[1])
    if found[2] is None:
        return _next_of_month(day, today)
    return _of_year(day, int(found[2]), found[3], today)


def _named(words: str, today: date) -> date | None:
    first, second = _NAMED.fullmatch(words), _NAME_FIRST.fullmatch(words)
    if first is not None:
        day, name, year = first.groups()
    elif second is not None:
        name, day, year = second.groups()
    else:
        return None
    month = _place(name, _MONTHS)
    return None if month is None else _of_year(int(day), month + 1, year, today)


def _place(word: str, names: tuple[tuple[str, ...], ...]) -> int | None:
    found = (number for number, forms in enumerate(names) if word.startswith(forms))
    return next(found, None)


def _of_year(day: int, month: int, year: str | None, today: date) -> date | None:
    if year is not None:
        number = int(year)
        return _made(number if number >= _CENTURY else _CENTURY + number, month, day)
    this = _made(today.year, month, day)
    if this is not None and this >= today:
        return this
    return _made(today.year + 1, month, day)


def _next_of_month(day: int, today: date) -> date | None:
    """The next day of that number within the coming months."""
    for ahead in range(3):
        year, month = divmod(today.year * 12 + today.month - 1 + ahead, 12)
        found = _made(year, month + 1, day)
        if found is not None and found >= today:
            return found
    return None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
