"""What one person of the house lets go without another one, counted over a day.

Draws, goodwill and refunds by hand count together, so that no limit is passed in small parts; what
two agreed to counts for neither.
"""

from market.deadlines import DAY_MS
from market.money import Money
from market.policy import Policy
from services.ports import UnitOfWork


async def is_beyond(
    uow: UnitOfWork, policy: Policy, person_id: int, amount: Money, *, now_ms: int
) -> bool:
    """With this it would be more than one person lets go alone within a day."""
    after_ms = now_ms - DAY_MS
    before = await uow.proposals.alone(person_id, amount.currency, after_ms=after_ms)
    return before + amount.minor > policy.money_out(amount.currency)


async def has_others(uow: UnitOfWork, policy: Policy, *besides: int | None) -> bool:
    """Somebody else runs the house, as operator or owner."""
    known = {(await uow.people.get(one)).telegram_id for one in besides if one is not None}
    return bool((policy.operators | policy.owner_ids) - known)
