"""The order's transition table and the one function that moves an order along it.

Keyboards, the database's list of legal moves, the diagram in the docs and the exhaustive test are
derived from `TRANSITIONS`. Row numbers and names are those of money.md 4.1.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from market import clocks, guards, postings
from market.change import Change, OrderEvent
from market.contract import Act, Order, Terms
from market.errors import NotYours, Stale, WrongState
from market.notices import NEWS, TOLD, Message
from market.states import Event, Role, State

_B, _S, _C, _P = Role.BUYER, Role.SELLER, Role.CLOCK, Role.PROVIDER


@dataclass(frozen=True, slots=True)
class Row:
    """One legal move: who may make it, on which condition, what money, which deadline."""

    number: int
    event: Event
    src: State
    dst: State
    roles: frozenset[Role]
    guard: Callable[[Order, Act], None]
    money: Callable[[Order, Act], postings.Posted]
    clock: Callable[[Order, Act], clocks.Columns]


def _row(number: int, event: Event, move: tuple[State, State], *roles: Role) -> "_Draft":
    return _Draft(number, event, move, frozenset(roles))


@dataclass(frozen=True, slots=True)
class _Draft:
    number: int
    event: Event
    move: tuple[State, State]
    roles: frozenset[Role]

    def does(
        self,
        guard: Callable[[Order, Act], None],
        money: Callable[[Order, Act], postings.Posted],
        clock: Callable[[Order, Act], clocks.Columns],
    ) -> Row:
        return Row(self.number, self.event, *self.move, self.roles, guard, money, clock)


def _cancels(number: int, event: Event, src: State, role: Role) -> "_Cancel":
    return _Cancel(_row(number, event, (src, State.CANCELLED), role))


@dataclass(frozen=True, slots=True)
class _Cancel:
    draft: _Draft

    def when(self, guard: Callable[[Order, Act], None]) -> Row:
        return self.draft.does(guard, postings.refund, clocks.empty)


_ST = State
_SELLER_CANCELS = tuple(
    _cancels(11, Event.SELLER_CANCEL, src, _S).when(guards.free)
    for src in (
        _ST.AWAITING_REQUIREMENTS,
        _ST.IN_PROGRESS,
        _ST.REVISION_REQUESTED,
        _ST.DELIVERED,
    )
)

TRANSITIONS: tuple[Row, ...] = (
    _row(2, Event.SUBMIT, (_ST.DRAFT, _ST.AWAITING_PAYMENT), _B).does(
        guards.free, postings.nothing, clocks.pay_by
    ),
    _row(5, Event.PAID, (_ST.AWAITING_PAYMENT, _ST.AWAITING_REQUIREMENTS), _P).does(
        guards.paid_right, postings.hold, clocks.paid
    ),
    _row(5, Event.PAID, (_ST.AWAITING_PAYMENT, _ST.IN_PROGRESS), _P).does(
        guards.paid_right, postings.hold, clocks.paid
    ),
    _row(6, Event.EXPIRE, (_ST.AWAITING_PAYMENT, _ST.EXPIRED), _C).does(
        guards.unpaid_long_enough, postings.nothing, clocks.none
    ),
    _row(7, Event.CANCEL_UNPAID, (_ST.AWAITING_PAYMENT, _ST.CANCELLED), _B, _S).does(
        guards.no_checkout, postings.nothing, clocks.none
    ),
    _row(8, Event.REQUIREMENTS, (_ST.AWAITING_REQUIREMENTS, _ST.IN_PROGRESS), _B).does(
        guards.free, postings.nothing, clocks.due
    ),
    _cancels(9, Event.REQ_TIMEOUT, _ST.AWAITING_REQUIREMENTS, _C).when(guards.nudged_twice),
    _cancels(10, Event.BUYER_CANCEL_EARLY, _ST.AWAITING_REQUIREMENTS, _B).when(guards.free),
    *_SELLER_CANCELS,
    _row(12, Event.DELIVER, (_ST.IN_PROGRESS, _ST.DELIVERED), _S).does(
        guards.free, postings.nothing, clocks.accept_by
    ),
    _row(13, Event.REVISE, (_ST.DELIVERED, _ST.REVISION_REQUESTED), _B).does(
        guards.changes_left, postings.nothing, clocks.resume_by
    ),
    _row(14, Event.RESUME, (_ST.REVISION_REQUESTED, _ST.IN_PROGRESS), _S, _C).does(
        guards.resumable, postings.nothing, clocks.due_again
    ),
    _row(15, Event.ACCEPT, (_ST.DELIVERED, _ST.COMPLETED), _B).does(
        guards.free, postings.release, clocks.accepted
    ),
    _row(16, Event.AUTO_COMPLETE, (_ST.DELIVERED, _ST.COMPLETED), _C).does(
        guards.reminded, postings.release, clocks.silent
    ),
    _cancels(18, Event.LATE_CANCEL, _ST.IN_PROGRESS, _B).when(guards.late_enough),
    _cancels(19, Event.ABANDON, _ST.IN_PROGRESS, _C).when(guards.nudged_twice),
    _row(31, Event.CLEAR, (_ST.COMPLETED, _ST.CLEARED), _C).does(
        guards.clock_reached, postings.clear, clocks.none
    ),
)

CLOCK_EVENTS: dict[State, Event] = {row.src: row.event for row in TRANSITIONS if _C in row.roles}

_STOPPED = {
    "clock_at_ms": None,
    "nudge_at_ms": None,
    "nudges": 0,
    "reminded_ms": None,
    "lease_until_ms": None,
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
        **(_STOPPED | dict(row.clock(order, act))),  # type: ignore[arg-type]
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


def _find(order: Order, act: Act) -> Row:
    rows = [row for row in TRANSITIONS if row.event is act.event and row.src is order.state]
    if act.version_seen is not None and act.version_seen != order.version:
        raise Stale(act.version_seen, order.version)
    if not rows:
        raise WrongState(act.event, order.state)
    mine = [row for row in rows if act.role in row.roles]
    if not mine:
        raise NotYours(act.event)
    return mine[0] if order.terms.asks_requirements else mine[-1]


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
    )


def _messages(order: Order, act: Act) -> tuple[Message, ...]:
    return tuple(
        Message(
            notice=notice,
            key=f"order:{order.id}:v{order.version}:{notice}:{order.party(role)}",
            person_id=order.party(role),
            order_id=order.id,
            facts={
                "event": act.event.value,
                "by": act.role.value,
                "version": order.version,
                "note": act.note,
            },
        )
        for notice, role in TOLD[act.event]
        if not (notice in NEWS and role is act.role)
    )
