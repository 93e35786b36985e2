"""Moves of an order's clocks that are no transition: leases, reminders, postponements.

They keep state and version, so that buttons already shown stay good.
"""

from dataclasses import replace

from market.change import Change
from market.contract import Order
from market.deadlines import Windows
from market.notices import Message, Notice
from market.states import Role, State

_NUDGES = {
    State.AWAITING_REQUIREMENTS: Notice.NUDGE_REQUIREMENTS,
    State.DELIVERED: Notice.NUDGE_ACCEPT,
    State.IN_PROGRESS: Notice.NUDGE_LATE,
}
ALARMING: dict[State, str] = {State.PAYMENT_REVIEW: "claim_waits", State.DISPUTED: "dispute_waits"}


def leased(order: Order, until_ms: int) -> Change:
    """A checkout was approved: expiry and cancelling wait until then."""
    return Change(before=order, order=replace(order, lease_until_ms=until_ms))


def postponed(order: Order, until_ms: int) -> Change:
    """The clock tried too early; it looks again then."""
    return Change(before=order, order=replace(order, clock_at_ms=until_ms))


def reached(order: Order, now_ms: int) -> Change:
    """A reminder reached its reader (or can never reach him, which the clocks do not wait for)."""
    first = now_ms if order.reminded_ms is None else order.reminded_ms
    return Change(before=order, order=replace(order, reminded_ms=first))


def nudge(order: Order, now_ms: int, windows: Windows) -> Change:
    """Queue the next reminder and set the time of the one after it.

    The seller's comes before his deadline, all others are the buyer's. Where operators are waited
    for nobody else is reminded: the caller alarms them.
    """
    late_ms = _late_at(order, windows)
    if late_ms is not None and now_ms < late_ms:
        return _due_soon(order, now_ms, late_ms)
    count = order.nudges + 1
    later = replace(order, nudges=count, nudge_at_ms=_next(order, count, now_ms, windows))
    if order.state in ALARMING:
        return Change(before=order, order=later)
    notice = _NUDGES[order.state]
    message = Message(
        notice=notice,
        key=f"order:{order.id}:v{order.version}:{notice}:{count}",
        person_id=order.party(Role.BUYER),
        order_id=order.id,
        facts={"version": order.version, "nudge": count},
    )
    return Change(before=order, order=later, messages=(message,))


def _late_at(order: Order, windows: Windows) -> int | None:
    """When the buyer would first hear that the work is late; None where that is over."""
    if order.state is not State.IN_PROGRESS or order.due_at_ms is None or order.nudges:
        return None
    return order.due_at_ms + windows.late_nudges_ms[0]


def _due_soon(order: Order, now_ms: int, late_ms: int) -> Change:
    """The seller is reminded once per deadline, whose moment is in the key; too late, not at all.

    No clock waits for it, so it is not counted.
    """
    assert order.due_at_ms is not None, "work in progress has a deadline"
    later = replace(order, nudge_at_ms=late_ms)
    if now_ms >= order.due_at_ms:
        return Change(before=order, order=later)
    message = Message(
        notice=Notice.DUE_SOON,
        key=f"order:{order.id}:{Notice.DUE_SOON}:{order.due_at_ms}",
        person_id=order.party(Role.SELLER),
        order_id=order.id,
        facts={"version": order.version},
    )
    return Change(before=order, order=later, messages=(message,))


def _next(order: Order, count: int, now_ms: int, windows: Windows) -> int | None:
    steps = {
        State.AWAITING_REQUIREMENTS: windows.requirements_nudges_ms,
        State.DELIVERED: windows.accept_nudges_ms,
        State.IN_PROGRESS: windows.late_nudges_ms,
        State.PAYMENT_REVIEW: (windows.claim_review_ms,),
        State.DISPUTED: windows.dispute_alarms_ms,
    }[order.state]
    return now_ms + steps[count] - steps[count - 1] if count < len(steps) else None
