"""Conditions of the transition table. Each raises the refusal or returns nothing."""

from market.contract import Act, Order
from market.errors import (
    CheckoutLive,
    NoChangesLeft,
    NoLongerLooks,
    NumberOutOfRange,
    OwnOrder,
    PaymentMismatch,
    RequestLive,
    TooEarly,
    WrongState,
)
from market.ledger import FIRST_HOLD
from market.states import Role

LONGER_LOOK_DAYS = 7


def free(_order: Order, _act: Act) -> None:
    """Nothing beyond state, role and version is asked."""


def clock_reached(order: Order, act: Act) -> None:
    """The clock acts at `clock_at_ms`, not before; a live request has stopped the state's own."""
    if order.request is not None:
        raise RequestLive(order.request.until_ms)
    assert order.clock_at_ms is not None, "a state with a clock has a moment"
    _from(order.clock_at_ms, act)


def no_checkout(order: Order, act: Act) -> None:
    """An approved checkout may become a payment any moment: wait for its lease to end."""
    if order.lease_until_ms is not None and act.now_ms < order.lease_until_ms:
        raise CheckoutLive(order.lease_until_ms)


def unpaid_long_enough(order: Order, act: Act) -> None:
    """Expiry respects both the deadline and a live checkout."""
    clock_reached(order, act)
    no_checkout(order, act)


def nudged_twice(order: Order, act: Act) -> None:
    """Silence costs the order only after both reminders were queued and the time is over."""
    clock_reached(order, act)
    if order.nudges < 2:
        raise TooEarly(act.now_ms + act.windows.reminder_lead_ms)


def reminded(order: Order, act: Act) -> None:
    """Silence accepts only when a reminder reached the buyer long enough ago."""
    clock_reached(order, act)
    lead = act.windows.reminder_lead_ms
    since = act.now_ms if order.reminded_ms is None else order.reminded_ms
    _from(since + lead, act)


def late_enough(order: Order, act: Act) -> None:
    """The buyer may leave a late order only after a day of grace."""
    assert order.due_at_ms is not None, "work in progress has a deadline"
    _from(order.due_at_ms + act.windows.late_cancel_ms, act)


def longer_look(order: Order, act: Act) -> None:
    """Once per delivery phase the buyer takes up to a week more, unless a request waits."""
    if order.request is not None:
        raise RequestLive(order.request.until_ms)
    if order.longer_looks:
        raise NoLongerLooks
    if not 1 <= act.days <= LONGER_LOOK_DAYS:
        raise NumberOutOfRange(1, LONGER_LOOK_DAYS)


def changes_left(order: Order, _act: Act) -> None:
    """The package includes so many rounds of changes."""
    if order.revisions_used >= order.terms.revisions:
        raise NoChangesLeft(order.terms.revisions)


def not_charged_back(order: Order, act: Act) -> None:
    """One payment is taken back once, and only where one came from outside."""
    if order.was_charged_back or order.charge_id is None:
        raise WrongState(act.event, order.state)


def paid_right(order: Order, act: Act) -> None:
    """Payer, hold, amount and currency are the order's; or the buyer's balances pay for all."""
    paid = act.payment
    if paid is None:
        if order.charge.minor:
            raise PaymentMismatch("amount")
        return
    if paid.payer_id != order.buyer_id:
        raise PaymentMismatch("payer")
    if paid.hold != FIRST_HOLD:
        raise PaymentMismatch("hold")
    if paid.amount != order.charge:
        raise PaymentMismatch("amount")


def person_or_time(order: Order, act: Act) -> None:
    """A person acts at will, the clock when its moment has come."""
    if act.role is Role.CLOCK:
        clock_reached(order, act)


def rejects_claim(order: Order, act: Act) -> None:
    """An operator says that no money came, or none has looked for very long."""
    not_own(order, act)
    person_or_time(order, act)


def not_own(order: Order, act: Act) -> None:
    """Whoever acts for the house is no party of the order."""
    if act.person_id in {order.buyer_id, order.seller_id}:
        raise OwnOrder


def _from(moment_ms: int, act: Act) -> None:
    if act.now_ms < moment_ms:
        raise TooEarly(moment_ms)
