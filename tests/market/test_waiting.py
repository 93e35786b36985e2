"""Whose turn it is, and until when: what work boards and calendars show."""

import pytest

from market.contract import Order
from market.states import Role, State
from market.waiting import next_steps, until_ms
from tests.support.samples import NOW_MS, dispute, order, request

_B, _S = Role.BUYER, Role.SELLER
DUE_MS, CLOCK_MS = NOW_MS + 5, NOW_MS + 9


def _order(state: State, **changes: object) -> Order:
    return order(state, due_at_ms=DUE_MS, clock_at_ms=CLOCK_MS, **changes)


TURNS = {
    State.AWAITING_PAYMENT: {_B},
    State.PAYMENT_REVIEW: set(),
    State.AWAITING_REQUIREMENTS: {_B},
    State.IN_PROGRESS: {_S},
    State.DELIVERED: {_B},
    State.REVISION_REQUESTED: {_S},
    State.COMPLETED: set(),
    State.CLEARED: set(),
}


@pytest.mark.parametrize("state", TURNS)
def test_each_state_waits_for_its_party(state: State) -> None:
    """Operators and clocks are nobody's turn."""
    assert TURNS[state] == next_steps(_order(state))


@pytest.mark.parametrize("state", TURNS)
def test_work_counts_to_its_deadline(state: State) -> None:
    """The seller's deadline while he works, else the moment when the clock acts; for both."""
    at_work = state in {State.IN_PROGRESS, State.REVISION_REQUESTED}
    expected = DUE_MS if at_work else CLOCK_MS
    assert {expected} == {until_ms(_order(state), role) for role in (_B, _S)}


def test_a_request_waits_for_the_one_who_was_asked() -> None:
    """He answers until its end; the other's deadline stays what it was."""
    asked = _order(State.IN_PROGRESS, request=request())
    assert {_B} == next_steps(asked)
    assert (request().until_ms, DUE_MS) == (until_ms(asked, _B), until_ms(asked, _S))


def test_a_dispute_waits_for_whoever_has_not_spoken() -> None:
    """He may speak until then; whoever has spoken waits for the verdict."""
    heard = dispute(seller_said=False)
    open_one = _order(State.DISPUTED, dispute=heard)
    assert {_S} == next_steps(open_one)
    assert (heard.decide_by_ms, heard.evidence_by_ms) == (
        until_ms(open_one, _B),
        until_ms(open_one, _S),
    )


def test_a_verdict_waits_for_nobody() -> None:
    """Both may appeal until it takes effect; after an appeal an operator decides until then."""
    decided = _order(State.DISPUTED, dispute=dispute(verdict_minor=9, verdict_by=3))
    appealed = dispute(verdict_minor=9, verdict_by=3, appealed_by=_S)
    again = _order(State.DISPUTED, dispute=appealed)
    assert set() == next_steps(decided) | next_steps(again)
    assert {CLOCK_MS} == {until_ms(decided, role) for role in (_B, _S)}
    assert {appealed.decide_by_ms} == {until_ms(again, role) for role in (_B, _S)}
