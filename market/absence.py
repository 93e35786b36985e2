"""Declared absences: which clocks they stop, for how long, and in which order's favour.

A buyer's absence stops what waits for her answer. A seller's absence stops his delivery time only
when he had declared it before the order was placed, for then the buyer knew. In a dispute it
stops the time to speak of a side that has not spoken, and the time to appeal.
"""

from dataclasses import dataclass, replace

from market.change import Change
from market.contract import Order
from market.deadlines import Windows
from market.dispute import Dispute
from market.states import Role, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A person is away from `from_ms` until `until_ms` (epoch ms), declared at `declared_ms`."""

    id: int
    person_id: int
    from_ms: int
    until_ms: int
    declared_ms: int

    def covers(self, moment_ms: int) -> bool:
        """The person is away at that moment."""
        return self.from_ms <= moment_ms < self.until_ms


def waits_for(order: Order) -> Role | None:
    """Whose silence the clock counts now, None where it counts nobody's; disputes apart."""
    if order.request is not None:
        return order.request.by.other
    return {
        State.AWAITING_REQUIREMENTS: Role.BUYER,
        State.DELIVERED: Role.BUYER,
        State.IN_PROGRESS: Role.SELLER,
    }.get(order.state)


def stopped(order: Order, absence: Absence, *, now_ms: int, windows: Windows) -> Change | None:
    """The order with its clocks moved by the absence; None when it moves nothing.

    An order gets `windows.absence_most_ms` in all. The same days never count twice.
    """
    role = order.role_of(absence.person_id)
    if not _counts_against(order, role) or _is_late_word(order, absence):
        return None
    begins_ms = max(absence.from_ms, now_ms, order.absent_until_ms or 0)
    by_ms = min(absence.until_ms - begins_ms, windows.absence_most_ms - order.absent_ms)
    if by_ms <= 0 or _ends_ms(order) <= begins_ms:
        return None
    return Change(before=order, order=_moved(order, begins_ms, by_ms))


def _counts_against(order: Order, role: Role) -> bool:
    dispute = order.dispute
    if order.state is not State.DISPUTED or dispute is None:
        return role is waits_for(order)
    return role is not Role.STRANGER if dispute.has_verdict else role in dispute.unheard


def _is_late_word(order: Order, absence: Absence) -> bool:
    is_work = order.request is None and order.state is State.IN_PROGRESS
    return is_work and absence.declared_ms > order.created_ms


def _ends_ms(order: Order) -> int:
    """When the clock that the absence may stop runs out."""
    moment_ms = order.clock_at_ms
    if order.request is None and order.state is State.IN_PROGRESS:
        moment_ms = order.due_at_ms
    if order.dispute is not None and _is_heard(order):
        moment_ms = order.dispute.evidence_by_ms
    assert moment_ms is not None, "a clock that waits for somebody has a moment"
    return moment_ms


def _is_heard(order: Order) -> bool:
    """The sides speak in a dispute; the clock only makes sure that it ends some day."""
    dispute = order.dispute
    return order.state is State.DISPUTED and dispute is not None and not dispute.has_verdict


def _moved(order: Order, begins_ms: int, by_ms: int) -> Order:
    absent_ms, until_ms = order.absent_ms + by_ms, begins_ms + by_ms
    order = replace(order, absent_ms=absent_ms, absent_until_ms=until_ms)
    if order.dispute is not None and _is_heard(order):
        return replace(order, dispute=_later(order.dispute, by_ms))
    assert order.clock_at_ms is not None, "a clock that waits for somebody has a moment"
    moved = replace(order, clock_at_ms=order.clock_at_ms + by_ms)
    if order.request is not None:
        request = replace(order.request, until_ms=order.request.until_ms + by_ms)
        return replace(moved, request=request)
    return _reminded_later(moved, begins_ms, by_ms)


def _later(dispute: Dispute, by_ms: int) -> Dispute:
    evidence_by_ms, decide_by_ms = dispute.evidence_by_ms + by_ms, dispute.decide_by_ms + by_ms
    return replace(dispute, evidence_by_ms=evidence_by_ms, decide_by_ms=decide_by_ms)


def _reminded_later(order: Order, begins_ms: int, by_ms: int) -> Order:
    """The deadline of the work and the next reminder move along with the clock."""
    moved = order
    if order.state is State.IN_PROGRESS and order.due_at_ms is not None:
        moved = replace(moved, due_at_ms=order.due_at_ms + by_ms)
    if order.nudge_at_ms is not None and order.nudge_at_ms > begins_ms:
        moved = replace(moved, nudge_at_ms=order.nudge_at_ms + by_ms)
    return moved
