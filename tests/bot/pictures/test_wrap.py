"""Lines of a picture: never torn inside a letter, never wider than the line."""

from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.wrap import cut, drawable, letters, width_em, wrapped

BENGALI = st.text(st.sampled_from("কখষরযতা\u09bf\u09c1\u09cd \u200d"), max_size=40)


def test_conjuncts_are_one_letter() -> None:
    """ক্ষ, স্ক্রি and a sign with its vowel are not torn."""
    assert letters("ক্ষুদ্র") == ("ক্ষু", "দ্র")
    assert letters("স্ক্রিপ্ট") == ("স্ক্রি", "প্ট")


@given(BENGALI)
def test_letters_make_up_the_text(text: str) -> None:
    """Nothing is lost and no letter begins with a mark."""
    parts = letters(text)
    assert "".join(parts) == text
    assert not any(part[0] in "\u09bf\u09c1\u09cd" for part in parts[1:])


@given(BENGALI, st.floats(min_value=3, max_value=20))
def test_lines_are_no_wider_than_asked(text: str, line_em: float) -> None:
    """Each line fits, and joined again the words are the same."""
    lines = wrapped(text, line_em=line_em, most=99)
    assert lines is not None
    assert all(width_em(line) <= line_em for line in lines)
    assert "".join(text.split()) == "".join("".join(lines).split())


def test_widths_err_on_the_wide_side() -> None:
    """A line that a browser measures at 16.03 em with the same font is not taken for shorter."""
    assert 16.03 <= width_em("আমি আপনার কণ্ঠে নয়, আমার কণ্ঠে এক") <= 18


def test_too_much_text_is_refused() -> None:
    """The caller then takes a smaller size."""
    assert wrapped("one two three four", line_em=3, most=2) is None


def test_cutting_one_line() -> None:
    """A line that is too long ends with an ellipsis."""
    assert cut("short", line_em=9) == "short"
    assert cut("a very long name indeed", line_em=6) == "a very long…"


def test_only_what_the_font_has() -> None:
    """Emoji and other scripts leave, spaces are single."""
    assert drawable("লোগো 🎉 & \n more — ৳৫০") == "লোগো & more — ৳৫০"
