"""Cutting Telegram HTML to a length: never inside a tag, an entity or a letter."""

import re
import unicodedata

from markupsafe import Markup

TEXT_MAX = 4_096
CAPTION_MAX = 1_024
TOAST_MAX = 200
_TOKEN = re.compile(r"<[^>]+>|&[a-zA-Z0-9#]+;|.", re.DOTALL)
_JOINERS = {"\u09cd", "\u200d"}
_MARKS = {"Mn", "Mc", "Me", "Cf"}
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_HALVES = range(0x1F1E6, 0x1F200)


def fit(text: Markup, most: int) -> str:
    """The text, or its beginning and "…" within `most` UTF-16 units of visible text."""
    if _all_units(text) <= most:  # nearly every text: no need to look at each letter
        return str(text)
    tokens = _TOKEN.findall(text)
    if sum(map(_units, tokens)) <= most:
        return str(text)
    return _closed(tokens[: _end(tokens, most - 1)])


def fit_plain(text: str, most: int) -> str:
    """The same for text without markup (toasts, invoice titles)."""
    if _all_units(text) <= most:
        return text
    tokens = list(text)
    return "".join(tokens[: _end(tokens, most - 1)]).rstrip() + "…"


def _end(tokens: list[str], most: int) -> int:
    used, end = 0, 0
    for token in tokens:
        used += _units(token)
        if used > most:
            break
        end += 1
    while end and _belong_together(tokens[end - 1], tokens[end]):
        end -= 1
    return end


def _all_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _units(token: str) -> int:
    if token.startswith("<") and len(token) > 1:
        return 0
    if token.startswith("&") and len(token) > 1:
        return 1
    return 2 if ord(token) > 0xFFFF else 1


def _belong_together(left: str, right: str) -> bool:
    if len(left) > 1 or len(right) > 1:
        return False
    if left in _JOINERS or unicodedata.category(right) in _MARKS or ord(right) in _SKIN_TONES:
        return True
    return ord(left) in _FLAG_HALVES and ord(right) in _FLAG_HALVES


def _closed(tokens: list[str]) -> str:
    """The tokens and "…", with every tag closed that is still open."""
    names: list[str] = []
    for token in tokens:
        if token.startswith("</"):
            names.pop()
        elif token.startswith("<") and len(token) > 1:
            names.append(re.split(r"[\s>]", token[1:], maxsplit=1)[0])
    return "".join(tokens).rstrip() + "…" + "".join(f"</{name}>" for name in reversed(names))
