"""Where a person wants the money: reading what was typed, and showing no more of it than needed."""

import re
import unicodedata

from market.amounts import latin_digits
from market.payout_errors import DetailsUnreadable
from market.payout_terms import Way

_BETWEEN = re.compile(r"[\s\-().]")
_MOBILE = re.compile(r"(?:\+?88|0088)?(01[3-9][0-9]{8})")
_DIGITS = re.compile(r"[0-9]+")
_BANK_LEAST, _BANK_MOST, _BANK_DIGITS = 15, 300, 6
_TAIL = 4
_DOTS = "•••"


def read_details(way: Way, text: str) -> str:
    """The account as it is kept: a mobile number of Bangladesh, or a bank account in words.

    Raises DetailsUnreadable.
    """
    if way is Way.BANK:
        return _bank(_latin(text))
    found = _MOBILE.fullmatch(_BETWEEN.sub("", _latin(text)))
    if found is None or not way.is_manual:
        raise DetailsUnreadable(way)
    return found[1]


def _bank(text: str) -> str:
    """Name, bank, branch and number in the person's own lines; the number must be there."""
    lines = [" ".join(_printable(line).split()) for line in text.splitlines()]
    words = "\n".join(line for line in lines if line)
    has_number = len(_number(words)) >= _BANK_DIGITS
    if not _BANK_LEAST <= len(words) <= _BANK_MOST or not has_number:
        raise DetailsUnreadable(Way.BANK)
    return words


def masked(way: Way, details: str) -> str:
    """Enough to know the own account by, too little for anybody else."""
    if not details:
        return _DOTS
    if way is Way.BANK:
        return f"{_DOTS}{_number(details)[-_TAIL:]}"
    return f"{details[:3]}{_DOTS}{details[-_TAIL + 1 :]}"


def _latin(text: str) -> str:
    return unicodedata.normalize("NFKC", latin_digits(text)).strip()


def _printable(line: str) -> str:
    return "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in line)


def _number(text: str) -> str:
    """The longest run of digits: the account, not the branch."""
    return max(_DIGITS.findall(text.replace(" ", "").replace("-", "")), key=len, default="")
