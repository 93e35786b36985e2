"""Durations as an operator sets them."""

from dataclasses import replace

import pytest

from market.deadlines import DEFAULT, DEMO, read_windows


def test_profiles_are_read() -> None:
    """A profile's name alone gives the profile."""
    assert (read_windows("default"), read_windows(" demo ")) == (DEFAULT, DEMO)


def test_single_durations_replace_the_profile() -> None:
    """Durations after the profile take its place, lists with plus signs."""
    wanted = replace(DEMO, accept_ms=5_000, accept_nudges_ms=(1_000, 2_000))
    assert wanted == read_windows("demo, accept_ms=5000, accept_nudges_ms=1000+2000")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "begin with default or demo"),
        ("fast", "begin with default or demo"),
        ("demo,hurry_ms=1", "there is no duration hurry_ms"),
        ("demo,accept_ms=soon", "accept_ms is a whole number"),
        ("demo,accept_ms=0", "accept_ms is a whole number"),
        ("demo,accept_ms=1+2", "accept_ms is one number"),
    ],
)
def test_odd_durations_are_refused_in_words(text: str, words: str) -> None:
    """An operator's slip is answered by what is expected."""
    with pytest.raises(ValueError, match=words):
        read_windows(text)
