"""Cards of one order in every state, with the history that leads there."""

from dataclasses import replace
from typing import Any

from market.change import OrderEvent
from market.deadlines import DAY_MS, HOUR_MS
from market.read import Answer, Delivery, OrderCard
from market.review import Review
from market.states import Event, Outcome, Role, State
from tests.support.samples import BUYER_ID, NOW_MS, SELLER_ID, dispute, file, order, order_card

CANCELS = (
    Event.CANCEL_UNPAID,
    Event.BUYER_CANCEL_EARLY,
    Event.REQ_TIMEOUT,
    Event.SELLER_CANCEL,
    Event.LATE_CANCEL,
    Event.ABANDON,
    Event.AGREE_CANCEL,
    Event.LAPSE,
    Event.CHARGEBACK,
)
REFUNDS = (Event.CONCEDE_SELLER, Event.RESOLVE_REFUND, Event.FALLBACK)
ANSWER = Answer("Shapla Store; green & gold, <no> red.", (file(1), file(2)))
FIRST = Delivery(1, 1, "A first idea.", (file(3),), NOW_MS - 2 * DAY_MS, "0a1b2c3d4e5f" * 5)
SECOND = Delivery(
    id=2,
    number=2,
    text="Now in green.\nSVG & PNG <both>.",
    files=(file(4), file(5)),
    at_ms=NOW_MS - HOUR_MS,
    digest="9f8e7d6c5b4a" * 5,
)
_ANSWERED = {
    State.IN_PROGRESS,
    State.DELIVERED,
    State.REVISION_REQUESTED,
    State.DISPUTED,
    State.COMPLETED,
    State.CLEARED,
    State.REFUNDED,
}
_OVER = {State.COMPLETED, State.CLEARED}
_UNDER_DISPUTE = {State.DISPUTED, State.REFUNDED}
_MAKERS = {
    Event.CANCEL_UNPAID: Role.BUYER,
    Event.BUYER_CANCEL_EARLY: Role.BUYER,
    Event.LATE_CANCEL: Role.BUYER,
    Event.SELLER_CANCEL: Role.SELLER,
}


def card_in(
    state: State, role: Role, *, cancelled_by: Event = Event.SELLER_CANCEL, **changes: Any
) -> OrderCard:
    """The sample order in a state, as its buyer, its seller or an operator sees it."""
    is_paid = state.is_funded or state in {*_OVER, State.REFUNDED} or _was_paid(state, cancelled_by)
    shown = replace(
        order(state),
        rail="stars" if is_paid else None,
        charge_id="charge-1" if is_paid else None,
        clock_at_ms=None if state.is_final else NOW_MS + 2 * DAY_MS,
        completed_ms=NOW_MS - HOUR_MS if state in _OVER else None,
        outcome=Outcome.ACCEPTED if state in _OVER else None,
        revisions_used=1 if state in {State.DELIVERED, State.REVISION_REQUESTED} else 0,
        dispute=dispute() if state in _UNDER_DISPUTE else None,
        released_minor=250 if state in _OVER else None,
        entered_ms=NOW_MS - 2 * HOUR_MS,
    )
    base = order_card(role, shown)
    return replace(
        base,
        answer=ANSWER if state in _ANSWERED else None,
        deliveries=_deliveries(state),
        asked="Please make it <b>greener</b>." if state is State.REVISION_REQUESTED else "",
        history=_history(state, cancelled_by),
        may_review=state in _OVER and role is not Role.OPERATOR,
        **changes,
    )


def _was_paid(state: State, event: Event) -> bool:
    return state is State.CANCELLED and event is not Event.CANCEL_UNPAID


def _deliveries(state: State) -> tuple[Delivery, ...]:
    match state:
        case State.DELIVERED | State.COMPLETED | State.CLEARED | State.DISPUTED | State.REFUNDED:
            return (FIRST, SECOND)
        case State.REVISION_REQUESTED:
            return (FIRST,)
        case _:
            return ()


def _history(state: State, cancelled_by: Event) -> tuple[OrderEvent, ...]:
    submitted = event(Event.SUBMIT, State.DRAFT, State.AWAITING_PAYMENT)
    if state is State.PAYMENT_REVIEW:
        claim = event(Event.CLAIM, State.AWAITING_PAYMENT, state, note="TRX <8A7>")
        return (submitted, claim)
    if state is State.REFUNDED:
        end = cancelled_by if cancelled_by in REFUNDS else Event.RESOLVE_REFUND
        return (submitted, event(end, State.DISPUTED, state))
    if state in _ANSWERED:
        asked = event(Event.REVISE, State.DELIVERED, State.REVISION_REQUESTED, note="Greener <one>")
        return (submitted, asked)
    if state is not State.CANCELLED:
        return (submitted,)
    note = "My computer broke, <sorry> & thank you." if cancelled_by is Event.SELLER_CANCEL else ""
    return (event(cancelled_by, State.IN_PROGRESS, State.CANCELLED, note=note),)


def event(kind: Event, src: State, dst: State, *, note: str = "") -> OrderEvent:
    """One row of the history, an hour ago."""
    role = _MAKERS.get(kind, Role.CLOCK)
    return OrderEvent(42, 3, kind, src, dst, role, None, NOW_MS - HOUR_MS, note)


def review(role: Role, *, stars: int = 5, visible_from_ms: int = NOW_MS - 1) -> Review:
    """One side's review of the sample order."""
    by_buyer = role is Role.BUYER
    return Review(
        order_id=42,
        author_id=BUYER_ID if by_buyer else SELLER_ID,
        subject_id=SELLER_ID if by_buyer else BUYER_ID,
        role=role,
        stars=stars,
        words="Quick & kind <3",
        written_ms=NOW_MS - HOUR_MS,
        visible_from_ms=visible_from_ms,
    )
