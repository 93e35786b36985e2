"""What payouts need besides money: a second pair of eyes, and how accounts are named."""

from market.money import Money
from market.payout_details import masked
from market.payout_terms import Way
from market.people import Standing
from market.policy import Policy
from market.withdrawal import Withdrawal, WithdrawalState
from services.ports import UnitOfWork


async def needs_approval(
    uow: UnitOfWork, policy: Policy, person_id: int, *, way: Way, amount: Money
) -> bool:
    """Much money, and money of who is not in good standing, is approved before it is sent.

    What an operator sends by hand needs it only where another one can approve.
    """
    person = await uow.people.get(person_id)
    is_much = amount.minor > policy.payout_terms(way).second_operator_minor
    if not is_much and person.standing is Standing.GOOD:
        return False
    return not way.is_manual or await has_two(uow, policy, person_id)


def waits_for_operators(withdrawal: Withdrawal) -> bool:
    """Somebody has to approve it or to send it; a rail needs nobody."""
    return withdrawal.way.is_manual or (
        withdrawal.needs_approval and withdrawal.state is not WithdrawalState.SENDING
    )


async def has_two(uow: UnitOfWork, policy: Policy, person_id: int) -> bool:
    """The house has two operators besides this person."""
    person = await uow.people.get(person_id)
    return len(policy.operators - {person.telegram_id}) > 1


async def masked_account(uow: UnitOfWork, withdrawal: Withdrawal) -> str:
    """The account of a withdrawal as its person knows it by; empty where none is needed."""
    if withdrawal.detail_id is None:
        return ""
    detail = await uow.payees.by_id(withdrawal.detail_id)
    return masked(detail.way, detail.account)


async def whole_account(uow: UnitOfWork, withdrawal: Withdrawal) -> str:
    """All of it, for who sends the money."""
    if withdrawal.detail_id is None:
        return ""
    return (await uow.payees.by_id(withdrawal.detail_id)).account
