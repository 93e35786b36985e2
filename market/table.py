"""The order's transition table: every legal move, with who, when, what money, which deadline.

Row numbers and names are those of money.md 4.1; rows from 33 on are ours
(docs/decisions/0008). What moves an order along the table is `market.order.apply`.
"""

from market import clocks, guards, postings
from market.contract import Act, Order
from market.dispute_rows import DISPUTES
from market.request_clocks import carried
from market.request_rows import ASKING, TIME
from market.row import (
    BUYER,
    CLOCK,
    OPERATOR,
    PARTIES,
    PROVIDER,
    SELLER,
    WORK,
    Fits,
    Guard,
    Row,
    always,
)
from market.states import FUNDED, Event, Role, State

__all__ = ["TRANSITIONS", "Row"]

_ST, _EV = State, Event
_UNPAID = (_ST.AWAITING_PAYMENT, _ST.PAYMENT_REVIEW)
_UNANSWERED = _ST.AWAITING_REQUIREMENTS


def _asks(order: Order, _act: Act) -> bool:
    """The seller has a question before the work."""
    return order.terms.asks_requirements


def _cancels(
    number: int, event: Event, src: State, roles: frozenset[Role], guard: Guard = guards.free
) -> Row:
    money, clock = postings.refund, clocks.empty
    return Row(number, event, src, _ST.CANCELLED, roles, guard, money, clock)


def _paid(dst: State, fits: Fits) -> tuple[Row, ...]:
    guard, money, clock = guards.paid_right, postings.hold, clocks.paid
    payers = (PROVIDER | BUYER, PROVIDER)
    return tuple(
        Row(5, _EV.PAID, src, dst, roles, guard, money, clock, fits)
        for src, roles in zip(_UNPAID, payers, strict=True)
    )


_REJECTED = Row(
    4,
    _EV.CLAIM_REJECT,
    _ST.PAYMENT_REVIEW,
    _ST.AWAITING_PAYMENT,
    OPERATOR | CLOCK,
    guards.rejects_claim,
    clock=clocks.claim_again,
)
_BEFORE_WORK = (
    Row(2, _EV.SUBMIT, _ST.DRAFT, _ST.AWAITING_PAYMENT, BUYER, clock=clocks.pay_by),
    Row(3, _EV.CLAIM, _ST.AWAITING_PAYMENT, _ST.PAYMENT_REVIEW, BUYER, clock=clocks.claimed),
    _REJECTED,
    *_paid(_UNANSWERED, _asks),
    *_paid(_ST.IN_PROGRESS, always),
    Row(6, _EV.EXPIRE, _ST.AWAITING_PAYMENT, _ST.EXPIRED, CLOCK, guards.unpaid_long_enough),
    Row(7, _EV.CANCEL_UNPAID, _ST.AWAITING_PAYMENT, _ST.CANCELLED, PARTIES, guards.no_checkout),
    Row(8, _EV.REQUIREMENTS, _UNANSWERED, _ST.IN_PROGRESS, BUYER, clock=clocks.due),
    _cancels(9, _EV.REQ_TIMEOUT, _UNANSWERED, CLOCK, guards.nudged_twice),
    _cancels(10, _EV.BUYER_CANCEL_EARLY, _UNANSWERED, BUYER),
)

_DELIVERED = Row(
    12,
    _EV.DELIVER,
    _ST.IN_PROGRESS,
    _ST.DELIVERED,
    SELLER,
    clock=carried(clocks.accept_by),
)
_REVISED = Row(
    13,
    _EV.REVISE,
    _ST.DELIVERED,
    _ST.REVISION_REQUESTED,
    BUYER,
    guards.changes_left,
    clock=clocks.resume_by,
)
_RESUMED = Row(
    14,
    _EV.RESUME,
    _ST.REVISION_REQUESTED,
    _ST.IN_PROGRESS,
    SELLER | CLOCK,
    guards.person_or_time,
    clock=carried(clocks.due_again),
)
_ACCEPTED = Row(
    15,
    _EV.ACCEPT,
    _ST.DELIVERED,
    _ST.COMPLETED,
    BUYER,
    money=postings.release,
    clock=clocks.accepted,
)
_SILENT = Row(
    16,
    _EV.AUTO_COMPLETE,
    _ST.DELIVERED,
    _ST.COMPLETED,
    CLOCK,
    guards.reminded,
    postings.release,
    clocks.silent,
)
_LOOKED = Row(
    34,
    _EV.LOOK_LONGER,
    _ST.DELIVERED,
    _ST.DELIVERED,
    BUYER,
    guards.longer_look,
    clock=clocks.look_longer,
)
_AT_WORK = (
    *(_cancels(11, _EV.SELLER_CANCEL, src, SELLER) for src in (_UNANSWERED, *WORK)),
    _DELIVERED,
    _REVISED,
    _RESUMED,
    _ACCEPTED,
    _SILENT,
    _cancels(18, _EV.LATE_CANCEL, _ST.IN_PROGRESS, BUYER, guards.late_enough),
    _cancels(19, _EV.ABANDON, _ST.IN_PROGRESS, CLOCK, guards.nudged_twice),
    _LOOKED,
)

_CLEARED = Row(
    31, _EV.CLEAR, _ST.COMPLETED, _ST.CLEARED, CLOCK, guards.clock_reached, postings.clear
)
_TAKEN_BACK = Row(
    32,
    _EV.CHARGEBACK,
    _ST.COMPLETED,
    _ST.COMPLETED,
    PROVIDER,
    guards.not_charged_back,
    postings.chargeback,
    clocks.charged_back,
)


def _charged_back(src: State) -> Row:
    guard, money, clock = guards.not_charged_back, postings.chargeback, clocks.charged_back
    return Row(32, _EV.CHARGEBACK, src, _ST.CANCELLED, PROVIDER, guard, money, clock)


TRANSITIONS: tuple[Row, ...] = (
    *_BEFORE_WORK,
    *_AT_WORK,
    *TIME,
    *ASKING,
    *DISPUTES,
    _CLEARED,
    *(_charged_back(src) for src in sorted(FUNDED)),
    _TAKEN_BACK,
)
