"""How the services move an order: one event of the table, by a party or by an operator."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from market.change import Change
from market.contract import Act, Order
from market.order import apply
from market.policy import Policy
from market.read import OrderCard
from market.states import Event, Role
from services import cards
from services.attempts import retried
from services.operators import Operating, not_own
from services.ports import Clock, Storage, UnitOfWork
from services.recording import record
from services.rows import Command

Extra = Callable[[UnitOfWork, Change], Awaitable[Change]]


async def as_it_is(_uow: UnitOfWork, change: Change) -> Change:
    """Nothing is kept beside the change."""
    return change


class Moves:
    """Key, guard, change and what follows, in one database transaction."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._operating = Operating(clock, policy)

    def asked(
        self, command: Command, event: Event, *, version: int | None = None, note: str = ""
    ) -> Act:
        """An act of this person now; whose role it is the order will tell."""
        return Act(
            event=event,
            role=Role.STRANGER,
            now_ms=self._clock.now_ms(),
            windows=self._policy.windows,
            person_id=command.person_id,
            version_seen=version,
            note=note,
        )

    @retried
    async def by_party(
        self, command: Command, order_id: int, *, act: Act, extra: Extra = as_it_is
    ) -> OrderCard:
        """Buyer or seller acts; for anybody else there is no such order (NotFound)."""
        async with self._storage.begin() as uow:
            order = await uow.orders.get(order_id)
            role = cards.party(order, command.person_id)
            if await uow.command(command, name=act.event, now_ms=act.now_ms) is None:
                order = await self.written(uow, order, replace(act, role=role), extra)
            return await self.card(uow, order, command.person_id)

    @retried
    async def by_operator(
        self, command: Command, order_id: int, *, act: Act, extra: Extra = as_it_is
    ) -> OrderCard:
        """An operator acts on an order that is not his own; raises NotAnOperator, OwnOrder."""
        async with self._storage.begin() as uow:
            order = await uow.orders.get(order_id)
            not_own(order, command.person_id)
            detail = f"order {order_id} {act.note}".strip()
            if await self._operating.is_first(uow, command, act=act.event, detail=detail):
                order = await self.written(uow, order, act, extra)
            return await self.card(uow, order, command.person_id)

    async def written(
        self, uow: UnitOfWork, order: Order, act: Act, extra: Extra = as_it_is
    ) -> Order:
        """The order after the act, its change recorded."""
        change = await extra(uow, apply(order, act))
        return await record(uow, self._policy, change, now_ms=act.now_ms)

    async def card(self, uow: UnitOfWork, order: Order, person_id: int) -> OrderCard:
        """The order as this person may see it; raises NotFound."""
        seen_by = await cards.viewer(
            uow, self._policy, order=order, person_id=person_id, now_ms=self._clock.now_ms()
        )
        return await cards.order_card(uow, order, seen_by, self._policy)
