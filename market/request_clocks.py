"""Deadlines around requests: the state's own clock stands still, then runs on."""

from collections.abc import Callable
from functools import wraps

from market import clocks
from market.clocks import Columns
from market.contract import Act, Order
from market.request_guards import live
from market.requests import Kind, Request
from market.states import Event, Outcome, Role, State

_NONE_LIVE: dict[str, object] = {"request": None, "paused_ms": None}


def asked(order: Order, act: Act) -> Columns:
    """The other party answers by then; meanwhile nothing else happens by itself."""
    until_ms = act.now_ms + act.windows.request_ms
    return {
        "request": _request(act, until_ms),
        "clock_at_ms": until_ms,
        "paused_ms": order.clock_at_ms,
        "nudge_at_ms": None,
    }


def resumed(order: Order, act: Act) -> Columns:
    """The request is gone; the state's own clock goes on, silence with a day at least."""
    assert order.paused_ms is not None, "a request stopped a clock"
    least_ms = act.now_ms + act.windows.restart_least_ms
    match order.state:
        case State.DELIVERED:
            again = clocks.accept_again(max(order.paused_ms, least_ms), act)
        case State.IN_PROGRESS:
            again = {"clock_at_ms": max(order.paused_ms, least_ms)} | _nudge(order, act)
        case _:
            again = {"clock_at_ms": max(order.paused_ms, act.now_ms)}
    return again | _NONE_LIVE


def refused(order: Order, act: Act) -> Columns:
    """A no, or no answer: from now on work in progress may be disputed."""
    return {**resumed(order, act), "was_refused": True}


def extended(order: Order, act: Act) -> Columns:
    """The seller got the days that he asked for, counted from the deadline or from now."""
    assert order.due_at_ms is not None, "work in progress has a deadline"
    days_ms = live(order).days * act.windows.day_ms
    due = clocks.due_at(act, max(order.due_at_ms, act.now_ms) + days_ms)
    return {**due, **_NONE_LIVE, "nudges": 0, "reminded_ms": None}


def agreed_split(order: Order, act: Act) -> Columns:
    """Both agreed on a part for the seller."""
    return clocks.completed(order, act, Outcome.SPLIT, released_minor=live(order).minor)


def carried(clock: Callable[[Order, Act], Columns]) -> Callable[[Order, Act], Columns]:
    """The work goes on under a request: the seller's is void, the buyer's still waits."""

    @wraps(clock)
    def columns(order: Order, act: Act) -> Columns:
        fresh = clock(order, act)
        request = order.request
        if request is None or request.by is Role.SELLER:
            return fresh
        return {
            **fresh,
            "request": request,
            "paused_ms": fresh["clock_at_ms"],
            "clock_at_ms": request.until_ms,
            "nudge_at_ms": None,
            "absent_until_ms": order.absent_until_ms,
        }

    return columns


def _request(act: Act, until_ms: int) -> Request:
    if act.event is Event.ASK_TIME:
        return Request(kind=Kind.TIME, by=act.role, until_ms=until_ms, days=act.days)
    return Request(kind=Kind.CANCEL, by=act.role, until_ms=until_ms, minor=act.minor)


def _nudge(order: Order, act: Act) -> dict[str, object]:
    """The seller's reminder while there is time (queued once per deadline), else the buyer's."""
    assert order.due_at_ms is not None, "work in progress has a deadline"
    steps = act.windows.late_nudges_ms
    if order.nudges >= len(steps):
        return {"nudge_at_ms": None}
    moment_ms = order.due_at_ms + steps[order.nudges]
    if act.now_ms < order.due_at_ms:
        moment_ms = clocks.due_soon_at(order.due_at_ms, order.entered_ms, act.windows)
    return {"nudge_at_ms": max(act.now_ms, moment_ms)}
