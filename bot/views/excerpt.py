"""Cutting what people wrote so that it fits, never inside a letter as readers see it."""

import unicodedata

from market.gig import units

_JOINERS = {"\u09cd", "\u200d"}
_MARKS = {"Mn", "Mc", "Me", "Cf"}
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_HALVES = range(0x1F1E6, 0x1F200)


def excerpt(text: str, most: int) -> str:
    """The text, or its beginning and "…" within `most` UTF-16 units, cut after a word."""
    if units(text) <= most:
        return text
    head = text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", errors="ignore")
    return _at_word(_at_letter(head, text)).rstrip() + "…"


def _at_letter(head: str, text: str) -> str:
    """Step back out of a Bengali conjunct, a vowel sign, a flag or a joined emoji."""
    while head and _is_inside_letter(head, text[len(head)]):
        head = head[:-1]
    return head


def _is_inside_letter(head: str, following: str) -> bool:
    if head[-1] in _JOINERS or unicodedata.category(following) in _MARKS:
        return True
    return ord(following) in _SKIN_TONES or (_is_flag_half(following) and _has_half_flag(head))


def _has_half_flag(head: str) -> bool:
    halves = len(head) - len(head.rstrip("".join(map(chr, _FLAG_HALVES))))
    return halves % 2 == 1


def _is_flag_half(sign: str) -> bool:
    return ord(sign) in _FLAG_HALVES


def _at_word(head: str) -> str:
    space = max(head.rfind(" "), head.rfind("\n"))
    return head[:space] if space > len(head) // 2 else head
