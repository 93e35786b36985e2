"""Conditions of disputes: opening, speaking, deciding, appealing, giving in, reopening."""

from market.contract import Act, Order
from market.dispute import Dispute
from market.errors import (
    AmountOutOfRange,
    Decided,
    NotDecided,
    NotHeard,
    NotLate,
    ReopenedBefore,
    TooEarly,
    WrongState,
)
from market.guards import clock_reached, not_own
from market.states import Event, Outcome, Role, State


def disputable(order: Order, act: Act) -> None:
    """Work in progress: when late or after a refusal; a delivery: after a first look."""
    if order.state is State.IN_PROGRESS and not (order.is_late(act.now_ms) or order.was_refused):
        assert order.due_at_ms is not None, "work in progress has a deadline"
        raise NotLate(order.due_at_ms)
    if order.state is State.DELIVERED:
        _not_before(order.entered_ms + act.windows.first_look_ms, act)


def undecided(order: Order, _act: Act) -> None:
    """Statements are heard until there is a verdict."""
    if of(order).has_verdict:
        raise Decided


def may_decide(order: Order, act: Act) -> None:
    """A first verdict: by an operator who is no party, after both were heard."""
    not_own(order, act)
    if of(order).verdict_minor is not None:
        raise Decided
    _heard(of(order), act)
    _within_price(order, act)


def may_appeal(order: Order, act: Act) -> None:
    """Against a verdict that has not taken effect, once."""
    if not of(order).has_verdict:
        raise NotDecided
    assert order.clock_at_ms is not None, "a verdict has a moment to take effect"
    if act.now_ms >= order.clock_at_ms:
        raise NotDecided


def may_resolve(order: Order, act: Act) -> None:
    """The clock carries a verdict out after its time for appeal; an operator ends an appeal."""
    if act.role is Role.CLOCK:
        _carried_out(order, act)
    else:
        not_own(order, act)
        if of(order).appealed_by is None:
            raise NotDecided
        _within_price(order, act)


def falls_back(order: Order, act: Act) -> None:
    """Nobody has decided for very long."""
    if of(order).has_verdict:
        raise Decided
    clock_reached(order, act)


def reopenable(order: Order, act: Act) -> None:
    """Once, while the money clears, never after a split, and no operator's own order."""
    not_own(order, act)
    if order.was_reopened or order.was_charged_back or order.outcome is Outcome.SPLIT:
        raise ReopenedBefore
    assert order.clock_at_ms is not None, "a completed order clears at a moment"
    if act.now_ms >= order.clock_at_ms:
        raise WrongState(Event.REOPEN, State.CLEARED)


def of(order: Order) -> Dispute:
    """The dispute that this order is in."""
    assert order.dispute is not None, "a disputed order has its dispute"
    return order.dispute


def verdict_event(minor: int, price_minor: int) -> Event:
    """How a verdict takes effect: nothing, everything, or a part for the seller."""
    if minor == 0:
        return Event.RESOLVE_REFUND
    return Event.RESOLVE_RELEASE if minor == price_minor else Event.RESOLVE_SPLIT


def _carried_out(order: Order, act: Act) -> None:
    dispute = of(order)
    if not dispute.has_verdict or dispute.verdict_minor is None:
        raise NotDecided
    if verdict_event(dispute.verdict_minor, order.terms.price.minor) is not act.event:
        raise WrongState(act.event, order.state)
    clock_reached(order, act)


def _heard(dispute: Dispute, act: Act) -> None:
    if not dispute.both_said and act.now_ms < dispute.evidence_by_ms:
        raise NotHeard(dispute.evidence_by_ms)


def _within_price(order: Order, act: Act) -> None:
    price = order.terms.price
    is_named = act.event in {Event.DECIDE, verdict_event(act.minor, price.minor)}
    if not (is_named and 0 <= act.minor <= price.minor):
        raise AmountOutOfRange(0, price.minor, price.currency)


def _not_before(moment_ms: int, act: Act) -> None:
    if act.now_ms < moment_ms:
        raise TooEarly(moment_ms)
