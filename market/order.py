"""The one function that moves an order along the transition table, and questions about the table.

Keyboards, the database's list of legal moves, the diagram in the docs and the exhaustive test are
derived from `TRANSITIONS` (market.table).
"""

from dataclasses import replace

from market.change import Change, OrderEvent
from market.contract import Act, Order, Terms
from market.dispute_guards import verdict_event
from market.errors import NotYours, Stale, WrongState
from market.notices import TOLD, Message, Notice, Told
from market.row import Row
from market.states import Event, Role, State
from market.table import TRANSITIONS

_CLOCK_EVENTS: dict[State, Event] = {
    State.AWAITING_PAYMENT: Event.EXPIRE,
    State.PAYMENT_REVIEW: Event.CLAIM_REJECT,
    State.AWAITING_REQUIREMENTS: Event.REQ_TIMEOUT,
    State.IN_PROGRESS: Event.ABANDON,
    State.DELIVERED: Event.AUTO_COMPLETE,
    State.REVISION_REQUESTED: Event.RESUME,
    State.DISPUTED: Event.FALLBACK,
    State.COMPLETED: Event.CLEAR,
}

_STOPPED: dict[str, object] = {
    "clock_at_ms": None,
    "nudge_at_ms": None,
    "nudges": 0,
    "reminded_ms": None,
    "lease_until_ms": None,
    "request": None,
    "paused_ms": None,
    "absent_until_ms": None,
}


def create(
    order_id: int, *, parties: tuple[int, int], gig: tuple[int, int, int], terms: Terms, now_ms: int
) -> Order:
    """Row 1: a draft of `parties` (buyer, seller) on `gig` (gig, version, package ids)."""
    return Order(
        id=order_id,
        buyer_id=parties[0],
        seller_id=parties[1],
        gig_id=gig[0],
        gig_version_id=gig[1],
        package_id=gig[2],
        terms=terms,
        state=State.DRAFT,
        version=0,
        created_ms=now_ms,
    )


def apply(order: Order, act: Act) -> Change:
    """Move the order by one event, or raise the refusal; nothing is written here.

    Raises WrongState, NotYours, Stale, or what the row's guard raises.
    """
    row = _find(order, act)
    row.guard(order, act)
    journals, refunds = row.money(order, act)
    moved = replace(
        order,
        state=row.dst,
        version=order.version + 1,
        **(_begun(row, act) | dict(row.clock(order, act))),  # type: ignore[arg-type]
    )
    return Change(
        before=order,
        order=moved,
        event=_event(order, moved, act),
        journals=journals,
        messages=_messages(moved, act),
        refunds=refunds,
    )


def allowed(order: Order, role: Role) -> tuple[Event, ...]:
    """Which events this role could cause in the present state, guards aside; for keyboards."""
    rows = (row for row in TRANSITIONS if row.src is order.state and role in row.roles)
    return tuple(dict.fromkeys(row.event for row in rows))


def clock_event(order: Order) -> Event:
    """What the clock does to this order when `clock_at_ms` has come."""
    if order.request is not None:
        return Event.LAPSE
    dispute = order.dispute
    if order.state is State.DISPUTED and dispute is not None and dispute.has_verdict:
        return verdict_event(dispute.verdict_minor or 0, order.terms.price.minor)
    return _CLOCK_EVENTS[order.state]


def _begun(row: Row, act: Act) -> dict[str, object]:
    """A new state starts without the clocks of the old one; within a state they go on."""
    return {} if row.src is row.dst else _STOPPED | {"entered_ms": act.now_ms}


def _find(order: Order, act: Act) -> Row:
    rows = [row for row in TRANSITIONS if row.event is act.event and row.src is order.state]
    if act.version_seen is not None and act.version_seen != order.version:
        raise Stale(act.version_seen, order.version)
    if not rows:
        raise WrongState(act.event, order.state)
    mine = [row for row in rows if act.role in row.roles]
    if not mine:
        raise NotYours(act.event)
    return next(row for row in mine if row.fits(order, act))


def _event(before: Order, after: Order, act: Act) -> OrderEvent:
    return OrderEvent(
        order_id=after.id,
        version=after.version,
        event=act.event,
        src=before.state,
        dst=after.state,
        role=act.role,
        person_id=act.person_id,
        at_ms=act.now_ms,
        note=act.note,
        minor=act.minor,
        days=act.days,
    )


def _messages(order: Order, act: Act) -> tuple[Message, ...]:
    return tuple(
        Message(
            notice=told.notice,
            key=f"order:{order.id}:v{order.version}:{told.notice}:{order.party(told.role)}",
            person_id=order.party(told.role),
            order_id=order.id,
            silent=told.is_silent,
            facts={
                "event": act.event.value,
                "by": act.role.value,
                "version": order.version,
                "note": act.note,
                "minor": act.minor,
                "days": act.days,
                "state": order.state.value,
            },
        )
        for told in TOLD[act.event]
        if _hears(told, order, act)
    )


def _hears(told: Told, order: Order, act: Act) -> bool:
    match told.notice:
        case Notice.INVOICE:
            return order.charge.minor > 0
        case Notice.REVIEW_REQUEST:
            return order.state is State.COMPLETED
        case Notice.FUNDS_CLEARED:
            return order.released_minor != 0
        case _:
            return not (told.is_news and told.role is act.role)
