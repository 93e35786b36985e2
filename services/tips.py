"""Tips: offering one, and clearing those whose charge can no longer be taken back."""

from dataclasses import replace

from market import tip
from market.change import Change
from market.contract import Order
from market.errors import NotYours, TipUnfit
from market.money import Money
from market.notices import Message, Notice
from market.people import Standing
from market.policy import Policy
from market.rails import STARS
from market.states import Event, Role
from market.tip import TIPS_MOST, Tip, TipState
from services import cards
from services.attempts import retried
from services.ports import Clock, Ids, Storage, UnitOfWork
from services.rows import Command, Intent
from services.sanity import while_sane

BATCH = 50


class TipService:
    """Only the buyer tips, only completed work, and never with a fee."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy, ids: Ids) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._ids = ids

    async def may_tip(self, person_id: int, order_id: int) -> Order:
        """The order, when this person may tip its seller now.

        Raises NotFound, NotYours, WrongState or TipUnfit.
        """
        async with self._storage.read() as uow:
            return await self._tipped(uow, person_id, order_id)

    async def of_order(self, person_id: int, order_id: int) -> tuple[Tip, ...]:
        """What was given for this order, for its parties; raises NotFound."""
        async with self._storage.read() as uow:
            cards.party(await uow.orders.get(order_id), person_id)
            tips = await uow.tips.of_order(order_id)
        return tuple(one for one in tips if one.state is not TipState.OFFERED)

    @retried
    async def offer(self, command: Command, order_id: int, *, minor: int) -> Tip:
        """The invoice of a tip is on its way.

        Raises AmountOutOfRange and what `may_tip` raises.
        """
        amount = tip.fit(minor)
        async with self._storage.begin() as uow:
            before = await uow.command(command, name="tip", now_ms=self._clock.now_ms())
            if before is not None:
                return await uow.tips.get(int(before))
            order = await self._tipped(uow, command.person_id, order_id)
            intent = self._intent(order, amount)
            offered = await self._offered(uow, order, intent)
            await uow.result(command, str(offered.id))
            return offered

    async def _tipped(self, uow: UnitOfWork, person_id: int, order_id: int) -> Order:
        order = await uow.orders.get(order_id)
        if cards.party(order, person_id) is not Role.BUYER:
            raise NotYours(Event.PAID)
        window_ms = self._policy.windows.tip_ms
        tip.may_tip(order, now_ms=self._clock.now_ms(), window_ms=window_ms)
        seller = await uow.people.get(order.seller_id)
        tips = await uow.tips.of_order(order_id)
        if seller.standing is not Standing.GOOD or len(tips) >= TIPS_MOST:
            raise TipUnfit
        return order

    def _intent(self, order: Order, amount: Money) -> Intent:
        return Intent(
            id=self._ids.token(),
            order_id=order.id,
            person_id=order.buyer_id,
            purpose="tip",
            amount=amount,
            created_ms=self._clock.now_ms(),
            rail=STARS,
        )

    async def _offered(self, uow: UnitOfWork, order: Order, intent: Intent) -> Tip:
        await uow.payments.add_intent(intent)
        offered = await uow.tips.add(
            Tip(
                id=0,
                order_id=order.id,
                buyer_id=order.buyer_id,
                seller_id=order.seller_id,
                amount=intent.amount,
                intent_id=intent.id,
                state=TipState.OFFERED,
                offered_ms=intent.created_ms,
            )
        )
        await uow.outbox.add(_invoice(offered), now_ms=intent.created_ms)
        return offered

    @while_sane
    async def clear(self) -> int:
        """Make available what has cleared; answers how many tips were looked at."""
        async with self._storage.read() as uow:
            due = await uow.tips.due(self._clock.now_ms(), limit=BATCH)
        for tip_id in due:
            await self._clear(tip_id)
        return len(due)

    @retried
    async def _clear(self, tip_id: int) -> None:
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            given = await uow.tips.get(tip_id)
            if given.state is not TipState.PAID:
                return
            await uow.tips.move(given, replace(given, state=TipState.CLEARED))
            await uow.record(Change(journals=(tip.cleared(given),)), now_ms=now_ms)


def _invoice(offered: Tip) -> Message:
    return Message(
        notice=Notice.TIP_INVOICE,
        key=f"tip:{offered.id}:invoice",
        person_id=offered.buyer_id,
        order_id=offered.order_id,
        facts={
            "intent": offered.intent_id,
            "amount_minor": offered.amount.minor,
            "currency": offered.amount.currency.value,
        },
    )
