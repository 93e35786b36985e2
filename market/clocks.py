"""Deadlines of the transition table: what a transition starts, as the order's new columns."""

from collections.abc import Mapping

from market.contract import Act, Order
from market.states import Outcome

Columns = Mapping[str, object]


def none(_order: Order, _act: Act) -> Columns:
    """The new state waits for nobody."""
    return {}


def pay_by(_order: Order, act: Act) -> Columns:
    """The buyer has a window to pay."""
    return {"clock_at_ms": act.now_ms + act.windows.pay_ms}


def paid(order: Order, act: Act) -> Columns:
    """The charge is known; the requirements are asked, or the work starts at once."""
    assert act.payment is not None, "a payment event carries its fact"
    fact = {
        "rail": act.payment.rail,
        "charge_id": act.payment.charge_id,
        "paid_ms": act.now_ms,
        "held_minor": order.terms.price.minor,
    }
    return fact | (answer_by(act) if order.terms.asks_requirements else dict(due(order, act)))


def answer_by(act: Act) -> dict[str, object]:
    """The buyer answers the requirements by then, with reminders on the way."""
    windows = act.windows
    return {
        "clock_at_ms": act.now_ms + windows.requirements_ms,
        "nudge_at_ms": act.now_ms + windows.requirements_nudges_ms[0],
    }


def due(order: Order, act: Act) -> Columns:
    """The seller delivers within the package's days."""
    return _due_at(act, act.now_ms + order.terms.delivery_days * act.windows.day_ms)


def due_again(order: Order, act: Act) -> Columns:
    """After changes were asked the seller has what was left, and at least a day."""
    left = 0 if order.due_at_ms is None else order.due_at_ms - act.now_ms
    return _due_at(act, act.now_ms + max(act.windows.changes_least_ms, left))


def accept_by(_order: Order, act: Act) -> Columns:
    """The buyer looks at the delivery; silence accepts it."""
    windows = act.windows
    return {
        "clock_at_ms": act.now_ms + windows.accept_ms,
        "nudge_at_ms": act.now_ms + windows.accept_nudges_ms[0],
    }


def resume_by(order: Order, act: Act) -> Columns:
    """One round of changes is used; the work resumes by itself after a while."""
    return {
        "clock_at_ms": act.now_ms + act.windows.resume_ms,
        "revisions_used": order.revisions_used + 1,
    }


def accepted(order: Order, act: Act) -> Columns:
    """The buyer accepted: the clearing period starts."""
    return _completed(order, act, Outcome.ACCEPTED)


def silent(order: Order, act: Act) -> Columns:
    """Silence accepted: the clearing period starts."""
    return _completed(order, act, Outcome.AUTO)


def _completed(order: Order, act: Act, outcome: Outcome) -> Columns:
    assert order.paid_ms is not None, "a completed order was paid"
    clear_at = max(act.now_ms + order.terms.clearing_ms, order.paid_ms + order.terms.charge_hold_ms)
    return {
        "clock_at_ms": clear_at,
        "completed_ms": act.now_ms,
        "outcome": outcome,
        "held_minor": 0,
    }


def empty(_order: Order, _act: Act) -> Columns:
    """The order ended without work: nothing is held any more."""
    return {"held_minor": 0}


def _due_at(act: Act, due_at_ms: int) -> Columns:
    windows = act.windows
    return {
        "due_at_ms": due_at_ms,
        "clock_at_ms": due_at_ms + windows.abandon_ms,
        "nudge_at_ms": due_at_ms + windows.late_nudges_ms[0],
    }
