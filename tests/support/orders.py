"""Orders in every state, as values, for tests of the table and of the views."""

from dataclasses import replace

from market import order as orders
from market.contract import Act, Order, Payment, Terms
from market.deadlines import DAY_MS, DEFAULT
from market.money import Currency, Money
from market.states import Event, Outcome, Role, State

BUYER, SELLER, OPERATOR, STRANGER = 11, 22, 33, 44
START_MS = 1_790_000_000_000
PRICE = Money(250, Currency.XTR)


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
    """An order in `state` whose clocks have all run out a day before `now_ms`."""
    before = now_ms - 40 * DAY_MS
    order = replace(
        draft(asks_requirements=asks_requirements),
        state=state,
        version=5,
        clock_at_ms=None if state.is_final else now_ms - DAY_MS,
        due_at_ms=now_ms - 8 * DAY_MS,
        nudges=2,
        reminded_ms=now_ms - DAY_MS,
        held_minor=PRICE.minor if state.is_funded else 0,
    )
    if state in {State.DRAFT, State.AWAITING_PAYMENT, State.EXPIRED}:
        return order
    outcome = Outcome.ACCEPTED if state in {State.COMPLETED, State.CLEARED} else None
    return replace(order, rail="stars", charge_id="ch1", paid_ms=before, outcome=outcome)


def act(event: Event, role: Role, *, now_ms: int = START_MS, version: int | None = None) -> Act:
    """An act as the services make it, with the payment fact where the event needs one."""
    person = {Role.BUYER: BUYER, Role.SELLER: SELLER, Role.OPERATOR: OPERATOR}.get(role)
    return Act(
        event=event,
        role=role,
        now_ms=now_ms,
        windows=DEFAULT,
        person_id=STRANGER if role is Role.STRANGER else person,
        version_seen=version,
        payment=Payment(rail="stars", charge_id="ch1", payer_id=BUYER, amount=PRICE)
        if event is Event.PAID
        else None,
    )
