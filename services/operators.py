"""Who runs the house: its operators and owners, and operators' acts, each done once and logged."""

from market.contract import Order
from market.errors import NotAnOperator, NotAnOwner, OwnOrder
from market.people import Person
from market.policy import Policy
from services.ports import Clock, UnitOfWork
from services.rows import Command


async def operators(uow: UnitOfWork, policy: Policy) -> tuple[Person, ...]:
    """The operators of the settings who have talked to the bot."""
    return await _known(uow, policy.operators)


async def owners(uow: UnitOfWork, policy: Policy) -> tuple[Person, ...]:
    """The owners of the settings who have talked to the bot."""
    return await _known(uow, policy.owner_ids)


async def _known(uow: UnitOfWork, ids: frozenset[int]) -> tuple[Person, ...]:
    known = [await uow.people.by_telegram(tid) for tid in sorted(ids)]
    return tuple(person for person in known if person is not None)


async def operator(uow: UnitOfWork, policy: Policy, person_id: int) -> Person:
    """The person, if an operator; raises NotAnOperator."""
    person = await uow.people.get(person_id)
    if person.telegram_id not in policy.operators:
        raise NotAnOperator
    return person


async def owner(uow: UnitOfWork, policy: Policy, person_id: int) -> Person:
    """The person, if an owner; raises NotAnOwner."""
    person = await uow.people.get(person_id)
    if person.telegram_id not in policy.owner_ids:
        raise NotAnOwner
    return person


async def staff_member(uow: UnitOfWork, policy: Policy, person_id: int) -> bool:
    """Whether the person is an owner; raises NotAnOperator for who is neither that nor operator."""
    person = await uow.people.get(person_id)
    if person.telegram_id in policy.owner_ids:
        return True
    await operator(uow, policy, person_id)
    return False


async def has_another(
    uow: UnitOfWork,
    policy: Policy,
    order: Order | None = None,
    *,
    besides: frozenset[int] | None = None,
) -> bool:
    """The house has an operator besides these, else two of them; the order's parties left out."""
    parties = frozenset() if order is None else {order.buyer_id, order.seller_id}
    known = set(policy.operators)
    for person_id in parties | (besides or frozenset()):
        known.discard((await uow.people.get(person_id)).telegram_id)
    return len(known) > (0 if besides else 1)


def not_own(order: Order, person_id: int) -> None:
    """Operators keep their hands off their own orders; raises OwnOrder."""
    if person_id in {order.buyer_id, order.seller_id}:
        raise OwnOrder


class Operating:
    """The gate of every operator's act."""

    def __init__(self, clock: Clock, policy: Policy) -> None:
        self._clock = clock
        self._policy = policy

    async def is_first(self, uow: UnitOfWork, command: Command, *, act: str, detail: str) -> bool:
        """True the first time, then the act is logged; raises NotAnOperator."""
        by = await operator(uow, self._policy, command.person_id)
        return await self._is_first(uow, command, by, act=act, detail=detail)

    async def is_owners_first(
        self, uow: UnitOfWork, command: Command, *, act: str, detail: str
    ) -> bool:
        """As `is_first`, for acts about the house's own money; raises NotAnOwner."""
        by = await owner(uow, self._policy, command.person_id)
        return await self._is_first(uow, command, by, act=act, detail=detail)

    async def is_staffs_first(
        self, uow: UnitOfWork, command: Command, *, act: str, detail: str
    ) -> bool:
        """As `is_first`, for what operators and owners may do; raises NotAnOperator."""
        await staff_member(uow, self._policy, command.person_id)
        by = await uow.people.get(command.person_id)
        return await self._is_first(uow, command, by, act=act, detail=detail)

    async def _is_first(
        self, uow: UnitOfWork, command: Command, by: Person, *, act: str, detail: str
    ) -> bool:
        now_ms = self._clock.now_ms()
        if await uow.command(command, name=act, now_ms=now_ms) is not None:
            return False
        await uow.upkeep.log_act(by.id, act=act, detail=detail, now_ms=now_ms)
        return True
