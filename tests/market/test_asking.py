"""Asking the table before words or files are asked for."""

import pytest

from market.asking import may_begin
from market.errors import NotYours, Stale, WrongState
from market.states import Event, Role, State
from tests.support.orders import order_in


def test_the_role_finds_its_event() -> None:
    """The seller of an order in progress may deliver."""
    order = order_in(State.IN_PROGRESS)
    found = may_begin(order, Role.SELLER, (Event.DELIVER,), version_seen=order.version)
    assert found is Event.DELIVER


def test_an_old_version_is_stale() -> None:
    """A button of an older version begins nothing."""
    order = order_in(State.IN_PROGRESS)
    with pytest.raises(Stale):
        may_begin(order, Role.SELLER, (Event.DELIVER,), version_seen=order.version - 1)


def test_the_other_side_is_told_so() -> None:
    """What only the seller may do is refused to the buyer as not his."""
    order = order_in(State.IN_PROGRESS)
    with pytest.raises(NotYours):
        may_begin(order, Role.BUYER, (Event.DELIVER,), version_seen=order.version)


def test_a_state_without_the_event_refuses() -> None:
    """Nobody delivers a cancelled order."""
    order = order_in(State.CANCELLED)
    with pytest.raises(WrongState):
        may_begin(order, Role.SELLER, (Event.DELIVER,), version_seen=order.version)
