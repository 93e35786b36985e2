"""The order's transition table: every legal move, with who, when, what money, which deadline.

Row numbers and names are those of money.md 4.1; rows from 33 on are ours
(docs/decisions/0008). What moves an order along the table is `market.order.apply`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from market import clocks, dispute_clocks, dispute_guards, guards, postings
from market import request_clocks as waits
from market import request_guards as requests
from market.contract import Act, Order
from market.states import FUNDED, Event, Role, State

Guard = Callable[[Order, Act], None]
Fits = Callable[[Order, Act], bool]
Money = Callable[[Order, Act], postings.Posted]
Clock = Callable[[Order, Act], clocks.Columns]


def _always(_order: Order, _act: Act) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Row:
    """One legal move. Of several for one event and state, the first that `fits` is taken."""

    number: int
    event: Event
    src: State
    dst: State
    roles: frozenset[Role]
    guard: Guard = guards.free
    money: Money = postings.nothing
    clock: Clock = clocks.none
    fits: Fits = _always


_B, _S, _C, _P, _O = Role.BUYER, Role.SELLER, Role.CLOCK, Role.PROVIDER, Role.OPERATOR
_ST, _EV = State, Event
_BOTH = frozenset({_B, _S})
_WORK = (_ST.IN_PROGRESS, _ST.DELIVERED, _ST.REVISION_REQUESTED)
_PAID = (_ST.AWAITING_PAYMENT, _ST.PAYMENT_REVIEW)


def _by(*roles: Role) -> frozenset[Role]:
    return frozenset(roles)


def _asks(order: Order, _act: Act) -> bool:
    return order.terms.asks_requirements


def _cancels(number: int, event: Event, src: State, role: Role, guard: Guard = guards.free) -> Row:
    money, clock = postings.refund, clocks.empty
    return Row(number, event, src, _ST.CANCELLED, _by(role), guard, money, clock)


def _paid(src: State, dst: State, fits: Fits) -> Row:
    guard, money, clock = guards.paid_right, postings.hold, clocks.paid
    return Row(5, _EV.PAID, src, dst, _by(_P), guard, money, clock, fits)


def _ends_dispute(number: int, event: Event, dst: State, *roles: Role) -> Row:
    money, clock = {
        _EV.CONCEDE_SELLER: (postings.refund, dispute_clocks.refunded),
        _EV.CONCEDE_BUYER: (postings.release, dispute_clocks.released),
        _EV.RESOLVE_REFUND: (postings.refund, dispute_clocks.refunded),
        _EV.RESOLVE_RELEASE: (postings.release, dispute_clocks.released),
        _EV.RESOLVE_SPLIT: (postings.verdict_split, dispute_clocks.split),
        _EV.FALLBACK: (postings.refund, dispute_clocks.refunded),
    }[event]
    guard: Guard = dispute_guards.may_resolve
    if event is _EV.FALLBACK:
        guard = dispute_guards.falls_back
    elif event in {_EV.CONCEDE_SELLER, _EV.CONCEDE_BUYER}:
        guard = guards.free
    return Row(number, event, _ST.DISPUTED, dst, frozenset(roles), guard, money, clock)


_BEFORE_WORK = (
    Row(2, _EV.SUBMIT, _ST.DRAFT, _ST.AWAITING_PAYMENT, _by(_B), clock=clocks.pay_by),
    Row(3, _EV.CLAIM, _ST.AWAITING_PAYMENT, _ST.PAYMENT_REVIEW, _by(_B), clock=clocks.claimed),
    Row(
        4,
        _EV.CLAIM_REJECT,
        _ST.PAYMENT_REVIEW,
        _ST.AWAITING_PAYMENT,
        _by(_O, _C),
        guards.operator_or_time,
        clock=clocks.claim_again,
    ),
    *(_paid(src, _ST.AWAITING_REQUIREMENTS, _asks) for src in _PAID),
    *(_paid(src, _ST.IN_PROGRESS, _always) for src in _PAID),
    Row(6, _EV.EXPIRE, _ST.AWAITING_PAYMENT, _ST.EXPIRED, _by(_C), guards.unpaid_long_enough),
    Row(7, _EV.CANCEL_UNPAID, _ST.AWAITING_PAYMENT, _ST.CANCELLED, _BOTH, guards.no_checkout),
    Row(8, _EV.REQUIREMENTS, _ST.AWAITING_REQUIREMENTS, _ST.IN_PROGRESS, _by(_B), clock=clocks.due),
    _cancels(9, _EV.REQ_TIMEOUT, _ST.AWAITING_REQUIREMENTS, _C, guards.nudged_twice),
    _cancels(10, _EV.BUYER_CANCEL_EARLY, _ST.AWAITING_REQUIREMENTS, _B),
)

_AT_WORK = (
    *(_cancels(11, _EV.SELLER_CANCEL, src, _S) for src in (_ST.AWAITING_REQUIREMENTS, *_WORK)),
    Row(
        12,
        _EV.DELIVER,
        _ST.IN_PROGRESS,
        _ST.DELIVERED,
        _by(_S),
        clock=waits.carried(clocks.accept_by),
    ),
    Row(
        13,
        _EV.REVISE,
        _ST.DELIVERED,
        _ST.REVISION_REQUESTED,
        _by(_B),
        guards.changes_left,
        clock=clocks.resume_by,
    ),
    Row(
        14,
        _EV.RESUME,
        _ST.REVISION_REQUESTED,
        _ST.IN_PROGRESS,
        _by(_S, _C),
        guards.operator_or_time,
        clock=waits.carried(clocks.due_again),
    ),
    Row(
        15,
        _EV.ACCEPT,
        _ST.DELIVERED,
        _ST.COMPLETED,
        _by(_B),
        money=postings.release,
        clock=clocks.accepted,
    ),
    Row(
        16,
        _EV.AUTO_COMPLETE,
        _ST.DELIVERED,
        _ST.COMPLETED,
        _by(_C),
        guards.reminded,
        postings.release,
        clocks.silent,
    ),
    Row(
        17,
        _EV.EXTEND,
        _ST.IN_PROGRESS,
        _ST.IN_PROGRESS,
        _by(_B),
        requests.answers_time,
        clock=waits.extended,
    ),
    _cancels(18, _EV.LATE_CANCEL, _ST.IN_PROGRESS, _B, guards.late_enough),
    _cancels(19, _EV.ABANDON, _ST.IN_PROGRESS, _C, guards.nudged_twice),
    Row(
        33,
        _EV.ASK_TIME,
        _ST.IN_PROGRESS,
        _ST.IN_PROGRESS,
        _by(_S),
        requests.asks_time,
        clock=waits.asked,
    ),
    Row(
        34,
        _EV.LOOK_LONGER,
        _ST.DELIVERED,
        _ST.DELIVERED,
        _by(_B),
        guards.longer_look,
        clock=clocks.look_longer,
    ),
)


def _asking(src: State) -> tuple[Row, ...]:
    """Rows 20 to 22 and 35: ending the order together, from one state of the work."""
    late = (
        Row(
            22,
            _EV.LAPSE,
            src,
            _ST.CANCELLED,
            _by(_C),
            requests.lapsed,
            postings.refund,
            clocks.empty,
            requests.ends_late_order,
        ),
    )
    return (
        Row(20, _EV.ASK_CANCEL, src, src, _BOTH, requests.asks_cancel, clock=waits.asked),
        Row(
            21,
            _EV.AGREE_CANCEL,
            src,
            _ST.CANCELLED,
            _BOTH,
            requests.answers_cancel,
            postings.refund,
            clocks.empty,
            requests.all_goes_back,
        ),
        Row(
            21,
            _EV.AGREE_CANCEL,
            src,
            _ST.COMPLETED,
            _BOTH,
            requests.answers_cancel,
            postings.agreed_split,
            waits.agreed_split,
        ),
        Row(22, _EV.REFUSE, src, src, _BOTH, requests.answers, clock=waits.refused),
        *(late if src is not _ST.DELIVERED else ()),
        Row(22, _EV.LAPSE, src, src, _by(_C), requests.lapsed, clock=waits.refused),
        Row(35, _EV.TAKE_BACK, src, src, _BOTH, requests.takes_back, clock=waits.resumed),
    )


_DISPUTES = (
    *(
        Row(
            23,
            _EV.DISPUTE,
            src,
            _ST.DISPUTED,
            _BOTH,
            dispute_guards.disputable,
            clock=dispute_clocks.opened,
        )
        for src in _WORK
    ),
    Row(
        24,
        _EV.REOPEN,
        _ST.COMPLETED,
        _ST.DISPUTED,
        _by(_O),
        dispute_guards.reopenable,
        postings.reopen,
        dispute_clocks.reopened,
    ),
    _ends_dispute(25, _EV.CONCEDE_SELLER, _ST.REFUNDED, _S),
    _ends_dispute(26, _EV.CONCEDE_BUYER, _ST.COMPLETED, _B),
    _ends_dispute(27, _EV.RESOLVE_REFUND, _ST.REFUNDED, _O, _C),
    _ends_dispute(28, _EV.RESOLVE_RELEASE, _ST.COMPLETED, _O, _C),
    _ends_dispute(29, _EV.RESOLVE_SPLIT, _ST.COMPLETED, _O, _C),
    _ends_dispute(30, _EV.FALLBACK, _ST.REFUNDED, _C),
    Row(
        36,
        _EV.TESTIFY,
        _ST.DISPUTED,
        _ST.DISPUTED,
        _BOTH,
        dispute_guards.undecided,
        clock=dispute_clocks.testified,
    ),
    Row(
        37,
        _EV.DECIDE,
        _ST.DISPUTED,
        _ST.DISPUTED,
        _by(_O),
        dispute_guards.may_decide,
        clock=dispute_clocks.decided,
    ),
    Row(
        38,
        _EV.APPEAL,
        _ST.DISPUTED,
        _ST.DISPUTED,
        _BOTH,
        dispute_guards.may_appeal,
        clock=dispute_clocks.appealed,
    ),
)

_AFTER_WORK = (
    Row(
        31,
        _EV.CLEAR,
        _ST.COMPLETED,
        _ST.CLEARED,
        _by(_C),
        guards.clock_reached,
        postings.clear,
    ),
    *(
        Row(
            32,
            _EV.CHARGEBACK,
            src,
            _ST.CANCELLED,
            _by(_P),
            money=postings.chargeback,
            clock=clocks.charged_back,
        )
        for src in sorted(FUNDED)
    ),
    Row(
        32,
        _EV.CHARGEBACK,
        _ST.COMPLETED,
        _ST.COMPLETED,
        _by(_P),
        guards.not_charged_back,
        postings.chargeback,
        clocks.charged_back,
    ),
)

TRANSITIONS: tuple[Row, ...] = (
    *_BEFORE_WORK,
    *_AT_WORK,
    *(row for src in _WORK for row in _asking(src)),
    *_DISPUTES,
    *_AFTER_WORK,
)
