"""PINs as people type them, and how many tries they have."""

import pytest

from market.deadlines import DEFAULT, HOUR_MS
from market.errors import PinEasy, PinUnfit
from market.pin import Pin, Use, new_pin, read_pin

PIN = Pin(person_id=1, salt="00", digest=b"x", set_ms=0)


@pytest.mark.parametrize(
    ("typed", "read"),
    [("4071", "4071"), ("৪০৭১", "4071"), (" 40 71 ", "4071"), ("40718293", "40718293")],
)
def test_digits_are_read(typed: str, read: str) -> None:
    """In either script, with spaces, four to eight of them."""
    assert read == read_pin(typed) == new_pin(typed)


@pytest.mark.parametrize("typed", ["", "407", "407182934", "40a1", "-4071", "40.71", "٤٠٧١"])
def test_others_are_no_pin(typed: str) -> None:
    """Too short, too long, or no digits that anybody here writes."""
    with pytest.raises(PinUnfit):
        read_pin(typed)


@pytest.mark.parametrize("typed", ["0000", "1234", "৯৮৭৬৫", "23456789"])
def test_easy_ones_are_not_kept(typed: str) -> None:
    """The same digit, or one after the other: that is what a thief tries first."""
    with pytest.raises(PinEasy):
        new_pin(typed)
    assert read_pin(typed)


def test_the_right_one_opens_one_thing_for_a_while() -> None:
    """Ten minutes, once, and nothing else."""
    passed = PIN.right(Use.WITHDRAW, 0, DEFAULT)
    assert passed.has_passed(Use.WITHDRAW, DEFAULT.pin_open_ms - 1)
    assert not passed.has_passed(Use.WITHDRAW, DEFAULT.pin_open_ms)
    assert not passed.has_passed(Use.ACCOUNT, 0)
    assert not passed.spent.has_passed(Use.WITHDRAW, 0)


def test_five_wrong_ones_lock_it_for_a_day() -> None:
    """A right one in between begins anew; a wrong one takes back what was passed."""
    pin = PIN.right(Use.CHANGE, 0, DEFAULT)
    for tries in range(1, 5):
        pin = pin.missed(0, DEFAULT)
        assert (tries, False, "") == (pin.wrong, pin.is_locked(0), pin.passed_for)
    assert pin.right(Use.CHANGE, 0, DEFAULT).wrong == 0
    locked = pin.missed(0, DEFAULT)
    assert (locked.wrong, locked.locked_until_ms) == (0, 24 * HOUR_MS)
    assert (locked.is_locked(24 * HOUR_MS - 1), locked.is_locked(24 * HOUR_MS)) == (True, False)


def test_a_pin_does_not_print_its_hash() -> None:
    """Whatever is logged."""
    assert "digest" not in repr(PIN)
