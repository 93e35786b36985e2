"""The transition table, exhaustively: every state, event and role acts or refuses as written."""

from itertools import product

import pytest

from market import order as orders
from market.errors import NotYours, WrongState
from market.states import Event, Role, State
from tests.support.orders import act, order_in

# Written by hand from money.md 4.1, so that a change of the table is a change of this list too.
ROWS: dict[tuple[Event, State], tuple[int, State, set[Role]]] = {
    (Event.SUBMIT, State.DRAFT): (2, State.AWAITING_PAYMENT, {Role.BUYER}),
    (Event.PAID, State.AWAITING_PAYMENT): (5, State.AWAITING_REQUIREMENTS, {Role.PROVIDER}),
    (Event.EXPIRE, State.AWAITING_PAYMENT): (6, State.EXPIRED, {Role.CLOCK}),
    (Event.CANCEL_UNPAID, State.AWAITING_PAYMENT): (
        7,
        State.CANCELLED,
        {Role.BUYER, Role.SELLER},
    ),
    (Event.REQUIREMENTS, State.AWAITING_REQUIREMENTS): (8, State.IN_PROGRESS, {Role.BUYER}),
    (Event.REQ_TIMEOUT, State.AWAITING_REQUIREMENTS): (9, State.CANCELLED, {Role.CLOCK}),
    (Event.BUYER_CANCEL_EARLY, State.AWAITING_REQUIREMENTS): (10, State.CANCELLED, {Role.BUYER}),
    (Event.SELLER_CANCEL, State.AWAITING_REQUIREMENTS): (11, State.CANCELLED, {Role.SELLER}),
    (Event.SELLER_CANCEL, State.IN_PROGRESS): (11, State.CANCELLED, {Role.SELLER}),
    (Event.SELLER_CANCEL, State.REVISION_REQUESTED): (11, State.CANCELLED, {Role.SELLER}),
    (Event.SELLER_CANCEL, State.DELIVERED): (11, State.CANCELLED, {Role.SELLER}),
    (Event.DELIVER, State.IN_PROGRESS): (12, State.DELIVERED, {Role.SELLER}),
    (Event.REVISE, State.DELIVERED): (13, State.REVISION_REQUESTED, {Role.BUYER}),
    (Event.RESUME, State.REVISION_REQUESTED): (
        14,
        State.IN_PROGRESS,
        {Role.SELLER, Role.CLOCK},
    ),
    (Event.ACCEPT, State.DELIVERED): (15, State.COMPLETED, {Role.BUYER}),
    (Event.AUTO_COMPLETE, State.DELIVERED): (16, State.COMPLETED, {Role.CLOCK}),
    (Event.LATE_CANCEL, State.IN_PROGRESS): (18, State.CANCELLED, {Role.BUYER}),
    (Event.ABANDON, State.IN_PROGRESS): (19, State.CANCELLED, {Role.CLOCK}),
    (Event.CLEAR, State.COMPLETED): (31, State.CLEARED, {Role.CLOCK}),
}


@pytest.mark.parametrize(("state", "event", "role"), list(product(State, Event, Role)))
def test_every_cell_acts_or_refuses(state: State, event: Event, role: Role) -> None:
    """A cell of the table moves the order one version on; every other cell is refused."""
    order, wanted = order_in(state), ROWS.get((event, state))
    if wanted is None:
        with pytest.raises(WrongState):
            orders.apply(order, act(event, role))
    elif role not in wanted[2]:
        with pytest.raises(NotYours):
            orders.apply(order, act(event, role))
    else:
        moved = orders.apply(order, act(event, role)).order
        assert moved is not None
        assert (wanted[1], order.version + 1) == (moved.state, moved.version)


def test_the_table_has_these_rows_and_no_others() -> None:
    """Rows, numbers and roles are those of money.md 4.1."""
    built = {
        (row.event, row.src): (row.number, row.dst, set(row.roles))
        for row in orders.TRANSITIONS
        if (row.event, row.dst) != (Event.PAID, State.IN_PROGRESS)
    }
    assert built == ROWS


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", list(State))
def test_keyboards_offer_what_the_table_allows(state: State, role: Role) -> None:
    """`allowed` lists exactly the events of the rows that leave the state for this role."""
    wanted = [event for (event, src), row in ROWS.items() if src is state and role in row[2]]
    assert sorted(wanted) == sorted(orders.allowed(order_in(state), role))


def test_every_unfinished_state_has_an_exit_by_clock() -> None:
    """No order can wait for ever: each state but the draft and the final ones has a clock row."""
    waiting = {state for state in State if not state.is_final} - {State.DRAFT}
    assert waiting == set(orders.CLOCK_EVENTS)
