"""Who may say a verdict, whether another operator must confirm it, and which event it is."""

from market.contract import Order
from market.dispute_guards import verdict_event
from market.errors import AnotherOperator
from market.policy import Policy
from market.states import Event
from services.operators import has_another
from services.ports import UnitOfWork


def event_of(order: Order, minor: int) -> Event:
    """A first verdict waits for an appeal; the word after an appeal is the last one."""
    dispute = order.dispute
    if dispute is None or dispute.appealed_by is None:
        return Event.DECIDE
    return verdict_event(minor, order.terms.price.minor)


async def needs_second(uow: UnitOfWork, policy: Policy, order: Order) -> bool:
    """Much money needs two operators, where the house has two for this order."""
    price = order.terms.price
    is_much = price.minor > policy.second_operator(price.currency)
    return is_much and await has_another(uow, policy, order)


async def may_speak(uow: UnitOfWork, policy: Policy, order: Order, operator_id: int) -> None:
    """Raises AnotherOperator for who is not free to speak."""
    if not await is_free_to_speak(uow, policy, order, operator_id):
        raise AnotherOperator


async def is_free_to_speak(uow: UnitOfWork, policy: Policy, order: Order, operator_id: int) -> bool:
    """After an appeal somebody looks who had no part in the first verdict.

    Where nobody else is left, whoever confirmed it speaks; a house of one decides alone.
    """
    dispute = order.dispute
    if dispute is None or dispute.appealed_by is None:
        return True
    judges = await _judges(uow, order)
    if operator_id not in judges:
        return True
    is_author = dispute.verdict_by == operator_id
    others = frozenset({operator_id}) if is_author else judges
    return not await has_another(uow, policy, order, besides=others)


async def _judges(uow: UnitOfWork, order: Order) -> frozenset[int]:
    """Whose verdict it is, and who confirmed it."""
    said = [one for one in await uow.orders.history(order.id) if one.event is Event.DECIDE]
    confirmed_by = said[-1].person_id if said else None
    by = order.dispute.verdict_by if order.dispute is not None else None
    return frozenset(one for one in (by, confirmed_by) if one is not None)
