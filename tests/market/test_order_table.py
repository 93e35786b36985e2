"""The transition table, exhaustively: every state, event and role acts or refuses as written."""

from dataclasses import dataclass
from itertools import product

import pytest

from market import order as orders
from market.errors import NotYours, WrongState
from market.notices import ALARMED, TOLD
from market.states import FINAL, FUNDED, Event, Role, State
from market.table import TRANSITIONS
from tests.support.orders import act, order_in, ready

_B, _S, _O, _C, _P = Role.BUYER, Role.SELLER, Role.OPERATOR, Role.CLOCK, Role.PROVIDER
_E, _ST = Event, State


@dataclass(frozen=True, slots=True)
class Cell:
    """One row as a person reads it: number, event, from, to, who."""

    number: int
    event: Event
    src: State
    dst: State
    roles: frozenset[Role]


def cell(number: int, event: Event, src: State, dst: State, *roles: Role) -> Cell:
    """A row of the list below."""
    return Cell(number, event, src, dst, frozenset(roles))


# Written by hand from money.md 4.1 and decision 8, so that a change of the table is a change of
# this list too. Of several rows in one cell the first that fits is taken.
ROWS: tuple[Cell, ...] = (
    cell(2, _E.SUBMIT, _ST.DRAFT, _ST.AWAITING_PAYMENT, _B),
    cell(3, _E.CLAIM, _ST.AWAITING_PAYMENT, _ST.PAYMENT_REVIEW, _B),
    cell(4, _E.CLAIM_REJECT, _ST.PAYMENT_REVIEW, _ST.AWAITING_PAYMENT, _O, _C),
    cell(5, _E.PAID, _ST.AWAITING_PAYMENT, _ST.AWAITING_REQUIREMENTS, _P, _B),
    cell(5, _E.PAID, _ST.PAYMENT_REVIEW, _ST.AWAITING_REQUIREMENTS, _P),
    cell(5, _E.PAID, _ST.AWAITING_PAYMENT, _ST.IN_PROGRESS, _P, _B),
    cell(5, _E.PAID, _ST.PAYMENT_REVIEW, _ST.IN_PROGRESS, _P),
    cell(6, _E.EXPIRE, _ST.AWAITING_PAYMENT, _ST.EXPIRED, _C),
    cell(7, _E.CANCEL_UNPAID, _ST.AWAITING_PAYMENT, _ST.CANCELLED, _B, _S),
    cell(8, _E.REQUIREMENTS, _ST.AWAITING_REQUIREMENTS, _ST.IN_PROGRESS, _B),
    cell(9, _E.REQ_TIMEOUT, _ST.AWAITING_REQUIREMENTS, _ST.CANCELLED, _C),
    cell(10, _E.BUYER_CANCEL_EARLY, _ST.AWAITING_REQUIREMENTS, _ST.CANCELLED, _B),
    cell(11, _E.SELLER_CANCEL, _ST.AWAITING_REQUIREMENTS, _ST.CANCELLED, _S),
    cell(11, _E.SELLER_CANCEL, _ST.IN_PROGRESS, _ST.CANCELLED, _S),
    cell(11, _E.SELLER_CANCEL, _ST.DELIVERED, _ST.CANCELLED, _S),
    cell(11, _E.SELLER_CANCEL, _ST.REVISION_REQUESTED, _ST.CANCELLED, _S),
    cell(12, _E.DELIVER, _ST.IN_PROGRESS, _ST.DELIVERED, _S),
    cell(13, _E.REVISE, _ST.DELIVERED, _ST.REVISION_REQUESTED, _B),
    cell(14, _E.RESUME, _ST.REVISION_REQUESTED, _ST.IN_PROGRESS, _S, _C),
    cell(15, _E.ACCEPT, _ST.DELIVERED, _ST.COMPLETED, _B),
    cell(16, _E.AUTO_COMPLETE, _ST.DELIVERED, _ST.COMPLETED, _C),
    cell(17, _E.EXTEND, _ST.IN_PROGRESS, _ST.IN_PROGRESS, _B),
    cell(18, _E.LATE_CANCEL, _ST.IN_PROGRESS, _ST.CANCELLED, _B),
    cell(19, _E.ABANDON, _ST.IN_PROGRESS, _ST.CANCELLED, _C),
    cell(33, _E.ASK_TIME, _ST.IN_PROGRESS, _ST.IN_PROGRESS, _S),
    cell(34, _E.LOOK_LONGER, _ST.DELIVERED, _ST.DELIVERED, _B),
    cell(20, _E.ASK_CANCEL, _ST.IN_PROGRESS, _ST.IN_PROGRESS, _B, _S),
    cell(20, _E.ASK_CANCEL, _ST.DELIVERED, _ST.DELIVERED, _B, _S),
    cell(20, _E.ASK_CANCEL, _ST.REVISION_REQUESTED, _ST.REVISION_REQUESTED, _B, _S),
    cell(21, _E.AGREE_CANCEL, _ST.IN_PROGRESS, _ST.CANCELLED, _B, _S),
    cell(21, _E.AGREE_CANCEL, _ST.DELIVERED, _ST.CANCELLED, _B, _S),
    cell(21, _E.AGREE_CANCEL, _ST.REVISION_REQUESTED, _ST.CANCELLED, _B, _S),
    cell(21, _E.AGREE_CANCEL, _ST.IN_PROGRESS, _ST.COMPLETED, _B, _S),
    cell(21, _E.AGREE_CANCEL, _ST.DELIVERED, _ST.COMPLETED, _B, _S),
    cell(21, _E.AGREE_CANCEL, _ST.REVISION_REQUESTED, _ST.COMPLETED, _B, _S),
    cell(22, _E.REFUSE, _ST.IN_PROGRESS, _ST.IN_PROGRESS, _B, _S),
    cell(22, _E.REFUSE, _ST.DELIVERED, _ST.DELIVERED, _B, _S),
    cell(22, _E.REFUSE, _ST.REVISION_REQUESTED, _ST.REVISION_REQUESTED, _B, _S),
    cell(22, _E.LAPSE, _ST.IN_PROGRESS, _ST.CANCELLED, _C),
    cell(22, _E.LAPSE, _ST.IN_PROGRESS, _ST.IN_PROGRESS, _C),
    cell(22, _E.LAPSE, _ST.DELIVERED, _ST.DELIVERED, _C),
    cell(22, _E.LAPSE, _ST.REVISION_REQUESTED, _ST.REVISION_REQUESTED, _C),
    cell(35, _E.TAKE_BACK, _ST.IN_PROGRESS, _ST.IN_PROGRESS, _B, _S),
    cell(35, _E.TAKE_BACK, _ST.DELIVERED, _ST.DELIVERED, _B, _S),
    cell(35, _E.TAKE_BACK, _ST.REVISION_REQUESTED, _ST.REVISION_REQUESTED, _B, _S),
    cell(23, _E.DISPUTE, _ST.IN_PROGRESS, _ST.DISPUTED, _B, _S),
    cell(23, _E.DISPUTE, _ST.DELIVERED, _ST.DISPUTED, _B, _S),
    cell(23, _E.DISPUTE, _ST.REVISION_REQUESTED, _ST.DISPUTED, _B, _S),
    cell(24, _E.REOPEN, _ST.COMPLETED, _ST.DISPUTED, _O),
    cell(25, _E.CONCEDE_SELLER, _ST.DISPUTED, _ST.REFUNDED, _S),
    cell(26, _E.CONCEDE_BUYER, _ST.DISPUTED, _ST.COMPLETED, _B),
    cell(27, _E.RESOLVE_REFUND, _ST.DISPUTED, _ST.REFUNDED, _O, _C),
    cell(28, _E.RESOLVE_RELEASE, _ST.DISPUTED, _ST.COMPLETED, _O, _C),
    cell(29, _E.RESOLVE_SPLIT, _ST.DISPUTED, _ST.COMPLETED, _O, _C),
    cell(30, _E.FALLBACK, _ST.DISPUTED, _ST.REFUNDED, _C),
    cell(36, _E.TESTIFY, _ST.DISPUTED, _ST.DISPUTED, _B, _S),
    cell(37, _E.DECIDE, _ST.DISPUTED, _ST.DISPUTED, _O),
    cell(38, _E.APPEAL, _ST.DISPUTED, _ST.DISPUTED, _B, _S),
    cell(31, _E.CLEAR, _ST.COMPLETED, _ST.CLEARED, _C),
    cell(32, _E.CHARGEBACK, _ST.AWAITING_REQUIREMENTS, _ST.CANCELLED, _P),
    cell(32, _E.CHARGEBACK, _ST.IN_PROGRESS, _ST.CANCELLED, _P),
    cell(32, _E.CHARGEBACK, _ST.DELIVERED, _ST.CANCELLED, _P),
    cell(32, _E.CHARGEBACK, _ST.REVISION_REQUESTED, _ST.CANCELLED, _P),
    cell(32, _E.CHARGEBACK, _ST.DISPUTED, _ST.CANCELLED, _P),
    cell(32, _E.CHARGEBACK, _ST.COMPLETED, _ST.COMPLETED, _P),
)


def cells(event: Event, src: State) -> list[Cell]:
    """The rows of one event and state."""
    return [row for row in ROWS if row.event is event and row.src is src]


@pytest.mark.parametrize(("state", "event", "role"), list(product(State, Event, Role)))
def test_every_cell_acts_or_refuses(state: State, event: Event, role: Role) -> None:
    """A cell of the table moves the order one version on; every other cell is refused."""
    here = cells(event, state)
    mine = [row for row in here if role in row.roles]
    if not mine:
        with pytest.raises(NotYours if here else WrongState):
            orders.apply(order_in(state), act(event, role))
    for row in mine:
        order = ready(event, state, role, row.dst)
        change = orders.apply(order, act(event, role))
        assert change.order is not None
        assert (row.dst, order.version + 1) == (change.order.state, change.order.version)
        assert change.event is not None
        assert (state, row.dst, event, role) == (
            change.event.src,
            change.event.dst,
            change.event.event,
            change.event.role,
        )


def test_the_table_has_these_rows_and_no_others() -> None:
    """Rows, numbers and roles are those of money.md 4.1 and decision 8."""
    built = [Cell(row.number, row.event, row.src, row.dst, row.roles) for row in TRANSITIONS]
    assert set(ROWS) == set(built)
    assert len(ROWS) == len(built)


def test_all_rows_of_the_reference_are_there() -> None:
    """Rows 2 to 32 of money.md and ours from 33 on; row 1 is `create`."""
    assert {row.number for row in ROWS} == set(range(2, 39))


def test_every_event_has_a_row_and_readers() -> None:
    """No event is without a row (creation apart), nor without a line in the table of notices."""
    assert {row.event for row in ROWS} == set(Event) - {Event.CREATE}
    assert set(TOLD) == set(Event)
    assert set(ALARMED) <= set(Event)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("state", list(State))
def test_keyboards_offer_what_the_table_allows(state: State, role: Role) -> None:
    """`allowed` lists exactly the events of the rows that leave the state for this role."""
    wanted = {row.event for row in ROWS if row.src is state and role in row.roles}
    offered = orders.allowed(order_in(state), role)
    assert wanted == set(offered)
    assert len(wanted) == len(offered)


@pytest.mark.parametrize("state", [one for one in State if not one.is_final])
def test_every_unfinished_state_has_an_exit_by_clock(state: State) -> None:
    """No order can wait for ever: the clock may act in each state but the draft."""
    if state is State.DRAFT:
        assert orders.allowed(order_in(state), Role.CLOCK) == ()
        return
    event = orders.clock_event(order_in(state))
    assert event in orders.allowed(order_in(state), Role.CLOCK)
    after = orders.apply(order_in(state), act(event, Role.CLOCK)).order
    assert after is not None
    assert after.state is not state


@pytest.mark.parametrize("state", [_ST.IN_PROGRESS, _ST.DELIVERED, _ST.REVISION_REQUESTED])
def test_a_request_ends_by_clock_too(state: State) -> None:
    """While a request waits the clock makes it lapse, and nothing else."""
    order = ready(Event.LAPSE, state, Role.CLOCK, state)
    assert orders.clock_event(order) is Event.LAPSE


@pytest.mark.parametrize(
    ("minor", "event"),
    [(0, _E.RESOLVE_REFUND), (250, _E.RESOLVE_RELEASE), (100, _E.RESOLVE_SPLIT)],
)
def test_a_verdict_is_carried_out_by_clock(minor: int, event: Event) -> None:
    """After its time for appeal the clock does what the verdict says."""
    order = ready(event, _ST.DISPUTED, Role.CLOCK, _ST.REFUNDED)
    assert order.dispute is not None
    assert minor == order.dispute.verdict_minor
    assert event is orders.clock_event(order)


def test_states_are_funded_or_final_or_neither() -> None:
    """Money is held in five states; four states are the end."""
    assert {one for one in State if one.is_funded} == FUNDED
    assert {one for one in State if one.is_final} == FINAL
    assert set() == FUNDED & FINAL


def test_only_parties_face_each_other() -> None:
    """The other of buyer is seller and back; nobody else has one."""
    assert (Role.BUYER.other, Role.SELLER.other) == (Role.SELLER, Role.BUYER)
    with pytest.raises(AssertionError):
        _ = Role.CLOCK.other
