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
    """After an appeal another operator looks, unless the house has one only; AnotherOperator."""
    dispute = order.dispute
    if dispute is None or dispute.appealed_by is None or dispute.verdict_by != operator_id:
        return
    if await has_another(uow, policy, order):
        raise AnotherOperator
