"""Digits as people write them out: in English, in Bengali, and in Bengali with Latin letters."""

import re
import unicodedata

_ENGLISH = "zero,oh,o,nil|one|two|three|four|five|six|seven|eight|nine"
_LATIN = (
    "shunno,sunno,shunyo,sunnyo,shonno,jiro,ziro|ek,ak,aek|dui,duy,doi|tin,teen|char,chaar,chr"
    "|pach,paach,panch,pas|choy,choi,chhoy,soy|shat,sat,saat,shaat|at,aat,aath,ath"
    "|noy,noi,nouy"
)
_BENGALI = (
    "শূন্য,শুন্য,শূণ্য,জিরো|এক,ওয়ান|দুই,টু|তিন,থ্রি,থ্রী|চার,ফোর|পাঁচ,পাচ,ফাইভ|ছয়,সিক্স|সাত,সেভেন|আট,এইট|নয়,নাইন"
)
_TIMES = {"double": 2, "dabol": 2, "ডাবল": 2, "triple": 3, "tripol": 3, "ট্রিপল": 3}


def _table() -> dict[str, str]:
    return {
        unicodedata.normalize("NFKC", word): str(digit)
        for language in (_ENGLISH, _LATIN, _BENGALI)
        for digit, words in enumerate(language.split("|"))
        for word in words.split(",")
    }


_DIGITS = _table()
_ONE = "|".join(sorted(map(re.escape, _DIGITS), key=len, reverse=True))
_SEVERAL = re.compile(rf"(?:{_ONE}){{1,40}}+")
_EACH = re.compile(_ONE)
WORD = r"[a-z\u0980-\u09e5\u09f0-\u09ff]+"


def times(word: str) -> int:
    """How often the next digit counts: 2 after "double", else 1."""
    return _TIMES.get(word, 1)


def digits_of(word: str) -> str:
    """The digits that a word spells ("seven", "onetwo"), empty for any other word."""
    if word.isascii() and word.isdigit():
        return word
    return "".join(_DIGITS[part] for part in _EACH.findall(word)) if _is_spelled(word) else ""


def _is_spelled(word: str) -> bool:
    return _SEVERAL.fullmatch(word) is not None
