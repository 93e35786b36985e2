"""What the clock does to an order whose moment has come: an event, a reminder, or patience."""

from dataclasses import replace

from market.change import Change
from market.contract import Act, Order
from market.deadlines import Windows
from market.errors import CheckoutLive, TooEarly
from market.order import apply, clock_event
from market.reminders import nudge, postponed
from market.states import Role, State

NUDGES_LEAST = 2
_COUNTED = frozenset({State.AWAITING_REQUIREMENTS, State.IN_PROGRESS})


def lapsed(order: Order, now_ms: int, windows: Windows) -> Change | None:
    """The change at `clock_at_ms`; None when somebody else was faster."""
    if order.clock_at_ms is None or order.clock_at_ms > now_ms:
        return None
    act = Act(event=clock_event(order), role=Role.CLOCK, now_ms=now_ms, windows=windows)
    try:
        return apply(order, act)
    except CheckoutLive as live:
        return postponed(order, live.until_ms)
    except TooEarly as early:
        return _patient(order, early.from_ms, now_ms, windows)


def nudged(order: Order, now_ms: int, windows: Windows) -> Change | None:
    """The reminder at `nudge_at_ms`; None when somebody else was faster."""
    if order.nudge_at_ms is None or order.nudge_at_ms > now_ms:
        return None
    return nudge(order, now_ms, windows)


def _patient(order: Order, until_ms: int, now_ms: int, windows: Windows) -> Change:
    """Look again later; if that is for want of a reminder, it goes out now."""
    waiting = postponed(order, until_ms)
    if not _lacks_reminder(order):
        return waiting
    assert waiting.order is not None, "a postponed order is an order"
    return replace(nudge(waiting.order, now_ms, windows), before=order)


def _lacks_reminder(order: Order) -> bool:
    if order.state in _COUNTED:
        return order.nudges < NUDGES_LEAST
    return order.state is State.DELIVERED and order.reminded_ms is None
