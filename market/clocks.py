"""Deadlines of the transition table: what a transition starts, as the order's new columns."""

from collections.abc import Mapping

from market.contract import Act, Order
from market.deadlines import Windows
from market.rails import is_by_hand, rail_of
from market.split import split
from market.states import Outcome

Columns = Mapping[str, object]


def none(_order: Order, _act: Act) -> Columns:
    """The new state waits for nobody."""
    return {}


def pay_by(order: Order, act: Act) -> Columns:
    """The buyer has a window to pay, a longer one to send the money by hand."""
    rail, windows = rail_of(order.terms.price.currency), act.windows
    window_ms = windows.pay_by_hand_ms if is_by_hand(rail) else windows.pay_ms
    return {"clock_at_ms": act.now_ms + window_ms}


def paid(order: Order, act: Act) -> Columns:
    """The money is held; the requirements are asked, or the work starts at once."""
    fact: dict[str, object] = {
        "paid_ms": act.now_ms,
        "held_minor": order.terms.escrow_minor,
    }
    if act.payment is not None:
        fact |= {"rail": act.payment.rail, "charge_id": act.payment.charge_id}
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
    return due_at(act, act.now_ms + order.terms.delivery_days * act.windows.day_ms)


def due_again(order: Order, act: Act) -> Columns:
    """After changes were asked the seller has what was left, and at least a day."""
    left = 0 if order.due_at_ms is None else order.due_at_ms - act.now_ms
    return due_at(act, act.now_ms + max(act.windows.changes_least_ms, left))


def accept_by(_order: Order, act: Act) -> Columns:
    """The buyer looks at the delivery; silence accepts it."""
    windows = act.windows
    return {
        "longer_looks": 0,
        "clock_at_ms": act.now_ms + windows.accept_ms,
        "nudge_at_ms": act.now_ms + windows.accept_nudges_ms[0],
    }


def look_longer(order: Order, act: Act) -> Columns:
    """The buyer takes more time; she is reminded once more before it ends."""
    assert order.clock_at_ms is not None, "a delivery waits until a moment"
    until_ms = order.clock_at_ms + act.days * act.windows.day_ms
    return accept_again(until_ms, act) | {"longer_looks": order.longer_looks + 1}


def accept_again(until_ms: int, act: Act) -> dict[str, object]:
    """Silence accepts at a new moment, with one more reminder before it."""
    return {
        "clock_at_ms": until_ms,
        "nudge_at_ms": max(act.now_ms, until_ms - act.windows.reminder_lead_ms),
        "nudges": len(act.windows.accept_nudges_ms) - 1,
        "reminded_ms": None,
    }


def claimed(_order: Order, act: Act) -> Columns:
    """Operators look for the money; they are alarmed, and at last the buyer is asked again."""
    windows = act.windows
    looked_ms = act.now_ms + windows.claim_review_ms
    return {"clock_at_ms": looked_ms + windows.claim_fallback_ms, "nudge_at_ms": looked_ms}


def claim_again(_order: Order, act: Act) -> Columns:
    """The buyer may pay or claim once more."""
    return {"clock_at_ms": act.now_ms + act.windows.claim_again_ms}


def resume_by(order: Order, act: Act) -> Columns:
    """One round of changes is used; the work resumes by itself after a while.

    The deadline becomes what a seller gets who waits for that, so that it never moves nearer and
    resuming at once costs him nothing.
    """
    resumes_ms = act.now_ms + act.windows.resume_ms
    least_ms = resumes_ms + act.windows.changes_least_ms
    return {
        "clock_at_ms": resumes_ms,
        "due_at_ms": max(order.due_at_ms or 0, least_ms),
        "revisions_used": order.revisions_used + 1,
    }


def accepted(order: Order, act: Act) -> Columns:
    """The buyer accepted: the clearing period starts."""
    return completed(order, act, Outcome.ACCEPTED)


def silent(order: Order, act: Act) -> Columns:
    """Silence accepted: the clearing period starts."""
    return completed(order, act, Outcome.AUTO)


def completed(
    order: Order, act: Act, outcome: Outcome, *, released_minor: int | None = None
) -> Columns:
    """The work is done and `released_minor` (else the price) clears; nothing is held any more."""
    assert order.paid_ms is not None, "a completed order was paid"
    clear_at = max(act.now_ms + order.terms.clearing_ms, order.paid_ms + order.terms.charge_hold_ms)
    return {
        "clock_at_ms": clear_at,
        "completed_ms": act.now_ms,
        "outcome": outcome,
        "held_minor": 0,
        "released_minor": order.terms.price.minor if released_minor is None else released_minor,
    }


def empty(_order: Order, _act: Act) -> Columns:
    """The order ended without work: nothing is held any more."""
    return {"held_minor": 0}


def charged_back(order: Order, _act: Act) -> Columns:
    """The charge is gone; nothing is held, and only what was paid otherwise still clears."""
    gone: dict[str, object] = {"was_charged_back": True, "held_minor": 0}
    if order.released_minor is None:
        return gone
    shares = split(order.terms.pricing, order.released_minor)
    if order.charge.minor >= shares.seller_minor + shares.house_minor:
        return gone | {"released_minor": 0}
    return gone | {"taken_minor": order.charge.minor}


def due_at(act: Act, due_at_ms: int) -> Columns:
    """The seller delivers by then and is reminded before; the buyer hears when it gets late."""
    windows = act.windows
    return {
        "due_at_ms": due_at_ms,
        "clock_at_ms": due_at_ms + windows.abandon_ms,
        "nudge_at_ms": due_soon_at(due_at_ms, act.now_ms, windows),
    }


def due_soon_at(due_at_ms: int, from_ms: int, windows: Windows) -> int:
    """When the seller, who has the time since `from_ms`, is reminded: at its half at the latest."""
    return due_at_ms - min(windows.due_soon_ms, (due_at_ms - from_ms) // 2)
