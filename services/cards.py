"""Putting together what one person may see of an order."""

from dataclasses import dataclass

from market.bill import Bill
from market.change import OrderEvent
from market.contract import Order
from market.deadlines import Windows
from market.errors import NotFound
from market.people import Person
from market.policy import Policy
from market.rails import CRYPTO_PAY, MANUAL, rail_of
from market.read import OrderCard
from market.review import Review
from market.room import is_open
from market.states import Event, Role, State
from services.away import away_until
from services.ports import UnitOfWork

REVIEWED_STATES = frozenset({State.COMPLETED, State.CLEARED})
ENDS_LATE = frozenset({Event.LATE_CANCEL, Event.ABANDON, Event.LAPSE})
PARTIES = frozenset({Role.BUYER, Role.SELLER})


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, as what, and when."""

    person_id: int
    role: Role
    now_ms: int


async def viewer(
    uow: UnitOfWork, policy: Policy, *, order: Order, person_id: int, now_ms: int
) -> Viewer:
    """Parties see their orders, operators all; for others there is no such order (NotFound)."""
    role = order.role_of(person_id)
    if role is Role.STRANGER and _is_operator(await uow.people.get(person_id), policy):
        role = Role.OPERATOR
    if role is Role.STRANGER:
        raise NotFound("order")
    return Viewer(person_id, role, now_ms)


def party(order: Order, person_id: int) -> Role:
    """Buyer or seller; for anybody else there is no such order (NotFound)."""
    role = order.role_of(person_id)
    if role is Role.STRANGER:
        raise NotFound("order")
    return role


async def order_card(uow: UnitOfWork, order: Order, seen_by: Viewer, policy: Policy) -> OrderCard:
    """Everything that this viewer may see of the order now."""
    history = await uow.orders.history(order.id)
    reviews = await uow.reviews.of_order(order.id)
    mine, now_ms = _of(reviews, seen_by.person_id), seen_by.now_ms
    return OrderCard(
        order=order,
        viewer=seen_by.role,
        gig=await uow.gigs.version(order.gig_version_id),
        buyer_name=(await uow.people.contact(order.buyer_id)).name,
        seller_name=(await uow.people.contact(order.seller_id)).name,
        answer=await uow.orders.answer(order.id),
        deliveries=await uow.orders.deliveries(order.id),
        asked=_asked(history),
        history=history,
        reviews=tuple(r for r in reviews if r.visible_from_ms <= now_ms and not r.removed_reason),
        mine=mine,
        may_review=mine is None and _is_reviewable(order, history, seen_by, policy.windows),
        now_ms=now_ms,
        policy=policy,
        has_room=is_open(order, now_ms=now_ms, windows=policy.windows),
        unread=(await uow.rooms.unread(seen_by.person_id)).get(order.id, 0),
        away_until_ms=await _away_until(uow, order, seen_by),
        bill=await _bill(uow, order, seen_by),
        claim_id=await _claim_id(uow, order, seen_by),
    )


async def _bill(uow: UnitOfWork, order: Order, seen_by: Viewer) -> Bill | None:
    """The link to pay by is the buyer's alone, and only while it is needed."""
    is_unpaid = order.state is State.AWAITING_PAYMENT and seen_by.role is Role.BUYER
    if not is_unpaid or rail_of(order.terms.price.currency) != CRYPTO_PAY:
        return None
    return await uow.bills.of_order(order.id)


async def _claim_id(uow: UnitOfWork, order: Order, seen_by: Viewer) -> int | None:
    """Claims are the operators' business."""
    if seen_by.role is not Role.OPERATOR or rail_of(order.terms.price.currency) != MANUAL:
        return None
    claim = await uow.claims.last_of(order.id)
    return None if claim is None else claim.id


async def _away_until(uow: UnitOfWork, order: Order, seen_by: Viewer) -> int | None:
    if seen_by.role not in PARTIES:
        return None
    return await away_until(uow, order.party(seen_by.role.other), now_ms=seen_by.now_ms)


def review_closes_ms(
    order: Order, history: tuple[OrderEvent, ...], role: Role, windows: Windows
) -> int | None:
    """Until when this party may review the order; None where there is nothing to review.

    Completed work is reviewed by both, an order that ended for lateness by its buyer.
    """
    if order.state in REVIEWED_STATES:
        assert order.completed_ms is not None, "a reviewed order was completed"
        return order.completed_ms + windows.review_ms
    last = history[-1]
    if role is Role.BUYER and order.state is State.CANCELLED and _was_late(order, last):
        return last.at_ms + windows.review_ms
    return None


def _was_late(order: Order, last: OrderEvent) -> bool:
    is_past_due = order.due_at_ms is not None and last.at_ms > order.due_at_ms
    return last.event in ENDS_LATE or (last.event is Event.SELLER_CANCEL and is_past_due)


def _is_reviewable(
    order: Order, history: tuple[OrderEvent, ...], seen_by: Viewer, windows: Windows
) -> bool:
    if seen_by.role not in PARTIES:
        return False
    closes_ms = review_closes_ms(order, history, seen_by.role, windows)
    return closes_ms is not None and seen_by.now_ms < closes_ms


def _is_operator(person: Person, policy: Policy) -> bool:
    return person.telegram_id in policy.operators


def _of(reviews: tuple[Review, ...], person_id: int) -> Review | None:
    return next((review for review in reviews if review.author_id == person_id), None)


def _asked(history: tuple[OrderEvent, ...]) -> str:
    notes = [event.note for event in history if event.event is Event.REVISE]
    return notes[-1] if notes else ""
