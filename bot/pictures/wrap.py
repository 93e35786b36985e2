"""Cutting a text into lines for a picture, between words or between letters as readers see them.

Bengali conjuncts and vowel signs are never torn apart. Widths are estimates in ems that err on
the wide side; the font's own shaping decides in the renderer.
"""

import re
import unicodedata
from collections.abc import Iterator
from xml.sax.saxutils import escape

_VIRAMA, _ZWJ = "\u09cd", "\u200d"
_MARKS = {"Mn", "Mc", "Me", "Cf"}
_NARROW = set("iIjlt.,:;!|'()[]fr-।")
_WIDE = set("mwMW@%—")
_KNOWN = (range(0x20, 0x180), range(0x964, 0x966), range(0x980, 0xA00), range(0x200C, 0x200E))
_BENGALI_EM, _JOINED_EM = 0.68, 0.36
_LETTER_EM_MAX = 2.8  # more is a chain of joiners that no word has
_BASE_EM = {
    **dict.fromkeys("চদবরহইটঢষযণনধৎ০১২৪৫৭", 0.59),
    **dict.fromkeys("কলঊ", 0.78),
    **dict.fromkeys("ঐঔঋঝফ", 0.86),
    **dict.fromkeys("অঞজ", 0.93),
    "আ": 1.18,
}
_MARK_EM = {"ো": 0.56, "ৌ": 0.56, "ং": 0.44, "ঃ": 0.44}
_BENGALI = "[\u0964-\u0965\u0980-\u09ff\u200c\u200d]+"
_STRETCH = re.compile(f"{_BENGALI}(?: +{_BENGALI})*")
_SIGNS = set("–—‘’“”…•€−")
Lines = tuple[str, ...]


def letters(text: str) -> tuple[str, ...]:
    """The text letter by letter: a base with its marks and everything joined to it."""
    found: list[str] = []
    for char in text:
        if found and (found[-1][-1] in {_VIRAMA, _ZWJ} or unicodedata.category(char) in _MARKS):
            found[-1] += char
        else:
            found.append(char)
    return tuple(found)


def drawable(text: str) -> str:
    """Only what the font can draw (Latin and Bengali), with single spaces."""
    kept = "".join(char if _is_known(char) else " " for char in unicodedata.normalize("NFC", text))
    return " ".join(kept.split())


def written(text: str) -> str:
    """The text for the SVG, escaped, each Bengali stretch isolated.

    The renderer shapes a run by the script of its first letter: after Latin letters the Bengali
    vowel signs would stand on the wrong side.
    """
    return _STRETCH.sub("\u2066\\g<0>\u2069", escape(text))


def _is_known(char: str) -> bool:
    return char in _SIGNS or any(ord(char) in known for known in _KNOWN)


def width_em(text: str) -> float:
    """About how wide the text is, in font sizes."""
    return sum(_letter_em(letter) for letter in letters(text))


def _letter_em(letter: str) -> float:
    base = letter[0]
    if ord(base) >= 0x980 and base not in _SIGNS:
        wide = _BASE_EM.get(base, _BENGALI_EM) + sum(_mark_em(mark) for mark in letter[1:])
        return min(wide, _LETTER_EM_MAX)
    if base == " ":
        return 0.25
    return 0.33 if base in _NARROW else 0.88 if base in _WIDE else _latin_em(base)


def _latin_em(base: str) -> float:
    return 0.66 if base.isupper() else 0.56


def _mark_em(mark: str) -> float:
    match unicodedata.category(mark):
        case "Mc":
            return _MARK_EM.get(mark, 0.3)
        case "Lo":
            return _JOINED_EM
        case _:
            return 0.0


def wrapped(text: str, *, line_em: float, most: int) -> Lines | None:
    """At most `most` lines no wider than `line_em`, None when the text does not fit."""
    lines = [""]
    for word in _words(text, line_em):
        joined = f"{lines[-1]} {word}".strip()
        if width_em(joined) <= line_em:
            lines[-1] = joined
        else:
            lines.append(word)
    return tuple(lines) if len(lines) <= most else None


def _words(text: str, line_em: float) -> Iterator[str]:
    """The words; one that is wider than a line comes in pieces."""
    for word in text.split():
        piece = ""
        for letter in letters(word):
            if piece and width_em(piece + letter) > line_em:
                yield piece
                piece = ""
            piece += letter
        yield piece


def cut(text: str, *, line_em: float) -> str:
    """One line: the text, or its beginning and an ellipsis."""
    if width_em(text) <= line_em:
        return text
    kept = ""
    for letter in letters(text):
        if width_em(kept + letter) > line_em - 0.9:
            break
        kept += letter
    return kept.rstrip() + "…"
