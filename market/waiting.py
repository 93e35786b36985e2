"""Whose next step an order waits for, and until when, as work boards and calendars show it.

Whose silence the clock counts is another question: `market.absence.waits_for`.
"""

from market.contract import Order
from market.dispute import Dispute
from market.states import Role, State

_NEXT: dict[State, frozenset[Role]] = {
    State.AWAITING_PAYMENT: frozenset({Role.BUYER}),
    State.AWAITING_REQUIREMENTS: frozenset({Role.BUYER}),
    State.IN_PROGRESS: frozenset({Role.SELLER}),
    State.DELIVERED: frozenset({Role.BUYER}),
    State.REVISION_REQUESTED: frozenset({Role.SELLER}),
}
_AT_WORK = frozenset({State.IN_PROGRESS, State.REVISION_REQUESTED})


def next_steps(order: Order) -> frozenset[Role]:
    """Which parties have something to do now; none while operators or the clock are waited for."""
    if order.request is not None:
        return frozenset({order.request.by.other})
    if order.state is State.DISPUTED:
        return _dispute(order).unheard
    return _NEXT.get(order.state, frozenset())


def until_ms(order: Order, role: Role) -> int | None:
    """The moment that counts for this party: to answer, to deliver, to be heard, to be decided."""
    if order.request is not None and role is order.request.by.other:
        return order.request.until_ms
    if order.state is State.DISPUTED:
        return _dispute_until_ms(order, role)
    return order.due_at_ms if order.state in _AT_WORK else order.clock_at_ms


def _dispute(order: Order) -> Dispute:
    assert order.dispute is not None, "a disputed order has its dispute"
    return order.dispute


def _dispute_until_ms(order: Order, role: Role) -> int | None:
    dispute = _dispute(order)
    if dispute.has_verdict:
        return order.clock_at_ms
    return dispute.evidence_by_ms if role in dispute.unheard else dispute.decide_by_ms
