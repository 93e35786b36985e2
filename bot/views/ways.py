"""What a reader can foresee of the table's guards: from when a way is open, and whether it is."""

from market.contract import Act
from market.read import OrderCard
from market.states import Event, Outcome, State

LATE_BY_MS = 1


def foreseen(card: OrderCard, event: Event, *, days: int = 0) -> Act:
    """The reader's act as it would be now, for a guard to refuse before anything is asked."""
    return Act(
        event=event,
        role=card.viewer,
        now_ms=card.now_ms,
        windows=card.policy.windows,
        days=days,
    )


def changes_left(card: OrderCard) -> int:
    """Rounds of changes that the buyer can still ask for."""
    return max(0, card.order.terms.revisions - card.order.revisions_used)


def may_leave_from(card: OrderCard) -> int | None:
    """When the buyer may cancel a late order, None while no delivery is awaited."""
    due = card.order.due_at_ms
    if card.order.state is not State.IN_PROGRESS or due is None:
        return None
    return due + card.policy.windows.late_cancel_ms


def is_very_late(card: OrderCard) -> bool:
    """The work is so late that the buyer may cancel."""
    from_ms = may_leave_from(card)
    return from_ms is not None and card.now_ms >= from_ms


def disputable_from(card: OrderCard) -> int:
    """From when a dispute may be opened, in a state of the work."""
    order = card.order
    match order.state:
        case State.IN_PROGRESS if not order.was_refused:
            assert order.due_at_ms is not None, "work in progress has a deadline"
            return order.due_at_ms + LATE_BY_MS
        case State.DELIVERED:
            return order.entered_ms + card.policy.windows.first_look_ms
        case _:
            return card.now_ms


def may_propose(card: OrderCard) -> bool:
    """Nothing is being asked yet."""
    return card.order.request is None


def may_look_longer(card: OrderCard) -> bool:
    """The buyer has not taken more time for this delivery, and nothing is being asked."""
    return may_propose(card) and not card.order.longer_looks


def may_ask_reopen(card: OrderCard) -> bool:
    """A completed order is looked at once more while its money clears."""
    order = card.order
    is_over = order.was_reopened or order.was_charged_back or order.outcome is Outcome.SPLIT
    is_clearing = order.state is State.COMPLETED and card.now_ms < (order.clock_at_ms or 0)
    return is_clearing and not is_over
