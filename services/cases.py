"""Putting together what a dispute looks like from one side, or from the operators' desk."""

from market.cases import DisputeCard, Happened, Moment, OrderStory
from market.contract import Order
from market.errors import NotFound
from market.policy import Policy
from market.read import Statement
from market.states import State
from services.cards import Viewer
from services.ports import UnitOfWork
from services.verdicts import is_free_to_speak, needs_second

ROOM_MOST = 1_000


async def dispute_card(
    uow: UnitOfWork, order: Order, seen_by: Viewer, policy: Policy
) -> DisputeCard:
    """The order's last dispute; raises NotFound when there was none."""
    if order.dispute is None:
        raise NotFound("dispute")
    statements = await uow.orders.statements(order.id)
    return DisputeCard(
        order=order,
        viewer=seen_by.role,
        viewer_id=seen_by.person_id,
        gig=await uow.gigs.version(order.gig_version_id),
        buyer_name=(await uow.people.contact(order.buyer_id)).name,
        seller_name=(await uow.people.contact(order.seller_id)).name,
        statements=statements,
        timeline=await _timeline(uow, order, statements),
        proposal=await uow.orders.proposal(order.id) if order.state is State.DISPUTED else None,
        needs_second=await needs_second(uow, policy, order),
        now_ms=seen_by.now_ms,
        policy=policy,
        may_speak=await is_free_to_speak(uow, policy, order, seen_by.person_id),
    )


async def order_story(uow: UnitOfWork, order: Order, seen_by: Viewer, policy: Policy) -> OrderStory:
    """The order from its beginning, with or without a dispute."""
    return OrderStory(
        order=order,
        viewer=seen_by.role,
        gig=await uow.gigs.version(order.gig_version_id),
        buyer_name=(await uow.people.contact(order.buyer_id)).name,
        seller_name=(await uow.people.contact(order.seller_id)).name,
        timeline=await _timeline(uow, order, await uow.orders.statements(order.id)),
        now_ms=seen_by.now_ms,
        policy=policy,
    )


async def _timeline(
    uow: UnitOfWork, order: Order, statements: tuple[Statement, ...]
) -> tuple[Moment, ...]:
    """Events come first among things of the same moment, then what they brought about."""
    things: tuple[Happened, ...] = (
        *await uow.orders.history(order.id),
        *await uow.ledger.of_order(order.id),
        *await uow.orders.deliveries(order.id),
        *statements,
        *await uow.rooms.messages(order.id, limit=ROOM_MOST),
    )
    moments = (Moment(thing.at_ms, thing) for thing in things)
    return tuple(sorted(moments, key=lambda moment: moment.at_ms))
