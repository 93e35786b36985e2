"""Small rules of values: who owns the house, stars of three questions, when a room is open."""

from dataclasses import replace

import pytest

from market import ledger
from market.deadlines import DAY_MS, DEFAULT
from market.policy import Policy
from market.review import Marks
from market.room import closes_ms, is_open
from market.states import State
from tests.support.orders import PRICE, START_MS, draft, order_in


def test_the_first_operator_owns_the_house() -> None:
    """Owners are those named, else the operator with the lowest id, else nobody."""
    assert Policy(operators=frozenset({9, 3})).owner_ids == {3}
    assert Policy(operators=frozenset({9, 3}), owners=frozenset({9})).owner_ids == {9}
    assert Policy().owner_ids == set()


@pytest.mark.parametrize(
    ("marks", "stars"), [((5, 5, 5), 5), ((5, 5, 4), 5), ((5, 4, 4), 4), ((1, 2, 2), 2)]
)
def test_three_answers_make_the_stars(marks: tuple[int, int, int], stars: int) -> None:
    """The stars of a review are the mean of three answers, rounded."""
    quality, communication, value = marks
    given = Marks(quality=quality, communication=communication, value=value)
    assert (given.stars, given.are_given) == (stars, True)


def test_every_question_wants_an_answer() -> None:
    """None may be left out, and none has six stars."""
    assert not Marks(quality=5, communication=0, value=5).are_given
    assert not Marks(quality=5, communication=6, value=5).are_given


def test_a_room_opens_with_the_payment() -> None:
    """Before that there is nobody to talk to; it closes a month after the end."""
    ended = replace(order_in(State.CLEARED), entered_ms=START_MS)
    assert not is_open(draft(), now_ms=START_MS, windows=DEFAULT)
    assert is_open(order_in(State.DELIVERED), now_ms=START_MS + 99 * DAY_MS, windows=DEFAULT)
    assert is_open(ended, now_ms=START_MS + 30 * DAY_MS - 1, windows=DEFAULT)
    assert not is_open(ended, now_ms=START_MS + 30 * DAY_MS, windows=DEFAULT)
    assert closes_ms(order_in(State.DELIVERED), DEFAULT) is None


def test_a_confirmed_refund_leaves_the_house() -> None:
    """P15 takes what was promised from the provider's account."""
    journal = ledger.refund_confirmed("stars", "ch1", PRICE)
    assert [(row.debit.id, row.credit.id) for row in journal.transfers] == [
        ("L:refunding:stars:XTR", "A:prov:stars:XTR")
    ]
    assert journal.key == "stars:ch1:refunded"
