"""Cutting: by Telegram's units, outside of tags, at ends of letters."""

import pytest
from markupsafe import Markup

from bot.kit.cutting import fit, fit_plain


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("short", 10, "short"),
        ("<b>abcdef</b>", 6, "<b>abcdef</b>"),
        ("<b>abcdef</b>", 4, "<b>abc…</b>"),
        ('<b>ab<a href="x">cdef</a></b>', 5, '<b>ab<a href="x">cd…</a></b>'),
        ("a&amp;&amp;b", 3, "a&amp;…"),
        ("ab😀cd", 4, "ab…"),
    ],
)
def test_markup_is_cut_outside_of_tags(text: str, most: int, expected: str) -> None:
    """What is open is closed, entities stay whole, an emoji counts two units."""
    assert expected == fit(Markup(text), most)  # noqa: S704 - markup is what is cut


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [("কাজটা", 5, "কাজটা"), ("কাজটা", 4, "কাজ…"), ("ক্ষমা", 4, "ক্ষ…"), ("ক্ষমা", 3, "…")],
)
def test_letters_stay_whole(text: str, most: int, expected: str) -> None:
    """A Bengali conjunct or vowel sign is never cut off."""
    assert expected == fit_plain(text, most)
