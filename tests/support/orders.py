"""Orders in every state, as values, for tests of the table and of the views."""

from dataclasses import replace
from typing import Any

from market import order as orders
from market.contract import Act, Order, Payment, Terms
from market.deadlines import DAY_MS, DEFAULT, HOUR_MS
from market.dispute import Dispute
from market.money import Currency, Money
from market.requests import Kind, Request
from market.states import Event, Outcome, Role, State

BUYER, SELLER, OPERATOR, STRANGER = 11, 22, 33, 44
START_MS = 1_790_000_000_000
PRICE = Money(250, Currency.XTR)
PART = 100


def terms(*, asks_requirements: bool = True, revisions: int = 2) -> Terms:
    """Terms of a typical order: 250 Stars, 10 % fee, three days."""
    return Terms(
        price=PRICE,
        fee_bp=1_000,
        fee_least_minor=1,
        delivery_days=3,
        revisions=revisions,
        clearing_ms=DEFAULT.clearing_ms,
        charge_hold_ms=DEFAULT.charge_hold_ms,
        asks_requirements=asks_requirements,
    )


def draft(*, asks_requirements: bool = True, revisions: int = 2) -> Order:
    """A draft order number 7."""
    return orders.create(
        7,
        parties=(BUYER, SELLER),
        gig=(1, 2, 3),
        terms=terms(asks_requirements=asks_requirements, revisions=revisions),
        now_ms=START_MS,
    )


def order_in(state: State, *, asks_requirements: bool = True, now_ms: int = START_MS) -> Order:
    """An order in `state` whose clocks have all run out a day before `now_ms`.

    In a dispute both have spoken and nobody has decided.
    """
    before = now_ms - 40 * DAY_MS
    order = replace(
        draft(asks_requirements=asks_requirements),
        state=state,
        version=5,
        clock_at_ms=None if state.is_final else now_ms - DAY_MS,
        due_at_ms=now_ms - 8 * DAY_MS,
        nudges=2,
        reminded_ms=now_ms - DAY_MS,
        entered_ms=now_ms - 4 * DAY_MS,
        held_minor=PRICE.minor if state.is_funded else 0,
        dispute=dispute(now_ms=now_ms) if state in {State.DISPUTED, State.REFUNDED} else None,
    )
    if state in {State.DRAFT, State.AWAITING_PAYMENT, State.PAYMENT_REVIEW, State.EXPIRED}:
        return order
    outcome = Outcome.ACCEPTED if state in {State.COMPLETED, State.CLEARED} else None
    return replace(order, rail="stars", charge_id="ch1", paid_ms=before, outcome=outcome)


def dispute(*, by: Role = Role.BUYER, now_ms: int = START_MS) -> Dispute:
    """A dispute that was opened four days ago and in which both have spoken."""
    opened_ms = now_ms - 4 * DAY_MS
    return Dispute(
        by=by,
        opened_ms=opened_ms,
        evidence_by_ms=opened_ms + 2 * DAY_MS,
        decide_by_ms=opened_ms + 3 * DAY_MS,
        buyer_said=True,
        seller_said=True,
    )


def asked(
    order: Order,
    by: Role,
    *,
    kind: Kind = Kind.CANCEL,
    minor: int = 0,
    days: int = 0,
    until_ms: int = START_MS,
) -> Order:
    """The order while something asked by one party waits for the other; its own clock stands."""
    request = Request(kind=kind, by=by, until_ms=until_ms, minor=minor, days=days)
    paused = order.clock_at_ms
    return replace(order, request=request, paused_ms=paused, clock_at_ms=until_ms, nudge_at_ms=None)


def judged(
    minor: int, *, ends_ms: int = START_MS, appealed_by: Role | None = None, by: int = OPERATOR
) -> Order:
    """A disputed order with a verdict, and perhaps an appeal against it."""
    order = order_in(State.DISPUTED)
    verdict = replace(dispute(), verdict_minor=minor, verdict_by=by, appealed_by=appealed_by)
    return replace(order, dispute=verdict, clock_at_ms=ends_ms)


def ready(event: Event, state: State, role: Role, end: State) -> Order:
    """An order in `state` in which this role causes the event at START_MS and it leads to `end`."""
    order = order_in(state, asks_requirements=end is not State.IN_PROGRESS)
    if state is State.DISPUTED:
        return _disputed(event, role)
    match event:
        case Event.AGREE_CANCEL:
            return asked(order, role.other, minor=0 if end is State.CANCELLED else PART)
        case Event.LAPSE:
            return asked(order, Role.BUYER if end is State.CANCELLED else Role.SELLER)
        case Event.REFUSE:
            return asked(order, role.other)
        case Event.TAKE_BACK:
            return asked(order, role)
        case Event.EXTEND:
            return asked(order, Role.SELLER, kind=Kind.TIME, days=2)
        case Event.REOPEN:
            return replace(order, clock_at_ms=START_MS + HOUR_MS)
        case _:
            return order


def _disputed(event: Event, role: Role) -> Order:
    if event is Event.APPEAL:
        return judged(PART, ends_ms=START_MS + HOUR_MS)
    if event in {Event.RESOLVE_REFUND, Event.RESOLVE_RELEASE, Event.RESOLVE_SPLIT}:
        appealed_by = None if role is Role.CLOCK else Role.SELLER
        return judged(_MINOR[event], appealed_by=appealed_by)
    return order_in(State.DISPUTED)


_MINOR = {
    Event.ASK_CANCEL: PART,
    Event.DECIDE: PART,
    Event.RESOLVE_REFUND: 0,
    Event.RESOLVE_RELEASE: PRICE.minor,
    Event.RESOLVE_SPLIT: PART,
}
_DAYS = {Event.ASK_TIME: 2, Event.LOOK_LONGER: 2}
_PERSONS = {
    Role.BUYER: BUYER,
    Role.SELLER: SELLER,
    Role.OPERATOR: OPERATOR,
    Role.STRANGER: STRANGER,
}


def act(event: Event, role: Role, *, now_ms: int = START_MS, version: int | None = None) -> Act:
    """An act as the services make it, with the payment, part or days that the event needs."""
    paid = Payment(rail="stars", charge_id="ch1", payer_id=BUYER, amount=PRICE)
    return Act(
        event=event,
        role=role,
        now_ms=now_ms,
        windows=DEFAULT,
        person_id=_PERSONS.get(role),
        version_seen=version,
        payment=paid if event is Event.PAID else None,
        minor=_MINOR.get(event, 0),
        days=_DAYS.get(event, 0),
    )


def with_numbers(made: Act, **numbers: int) -> Act:
    """The act with other numbers: minor, days, now_ms, person_id."""
    changes: dict[str, Any] = dict(numbers)
    return replace(made, **changes)


def moved(order: Order, event: Event, role: Role, *, now_ms: int = START_MS) -> Order:
    """The order after one legal event."""
    after = orders.apply(order, act(event, role, now_ms=now_ms)).order
    assert after is not None
    return after
