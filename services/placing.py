"""Placing an order: what it would cost, the order itself, its invoice."""

from dataclasses import replace

from market.contract import Order
from market.errors import NotYours, Stale, WrongState
from market.gig import Gig
from market.notices import Message, Notice
from market.paying import AS_USUAL, Paying
from market.policy import Policy
from market.rails import rail_of
from market.read import GigCard, OrderCard, OrderQuote
from market.states import Event, Role, State
from services import billing, cards, quotes
from services.attempts import retried
from services.gigs import carded
from services.moves import Moves
from services.ports import Clock, Ids, Storage, UnitOfWork
from services.rows import Command, Intent


class Placing:
    """A part of `OrderService`."""

    _storage: Storage
    _clock: Clock
    _policy: Policy
    _ids: Ids
    _moves: Moves

    async def quote(self, person_id: int, gig_id: int, paying: Paying = AS_USUAL) -> OrderQuote:
        """What an order would cost, paid that way.

        Raises what `quotes.may_order` raises, and for a code CodeUnfit or CouponRefused.
        """
        now_ms = self._clock.now_ms()
        async with self._storage.read() as uow:
            gig = await uow.gigs.get(gig_id)
            await quotes.may_order(uow, self._policy, buyer_id=person_id, gig=gig)
            wanted = quotes.Wanted(person_id, gig, paying)
            draft = await quotes.draft(uow, self._policy, wanted, now_ms=now_ms)
            card = await carded(uow, gig, now_ms=now_ms)
            purse = await quotes.purse(uow, person_id, gig.price.currency)
            counts_from_ms = self._counts_from(card, now_ms)
            return OrderQuote(card, gig.price, now_ms, counts_from_ms, draft, purse, paying)

    def _counts_from(self, card: GigCard, now_ms: int) -> int | None:
        """An absence moves the delivery time as far as absences move any clock."""
        if card.away_until_ms is None:
            return None
        return min(card.away_until_ms, now_ms + self._policy.windows.absence_most_ms)

    @retried
    async def place(
        self, command: Command, gig_id: int, gig_version_id: int, paying: Paying = AS_USUAL
    ) -> Order:
        """Create and submit: the invoice is on its way, or the balances have paid for all.

        Raises Stale when the gig changed since it was shown, else what `quote` raises.
        """
        async with self._storage.begin() as uow:
            before = await uow.command(command, name="place", now_ms=self._clock.now_ms())
            if before is not None:
                return await uow.orders.get(int(before))
            gig = await uow.gigs.get(gig_id)
            await self._may_place(uow, command.person_id, gig)
            if gig.version_id != gig_version_id:
                raise Stale(gig_version_id, gig.version_id)
            wanted = quotes.Wanted(command.person_id, gig, paying)
            order = await self._submit(uow, command, wanted)
            await uow.result(command, str(order.id))
            return order

    async def _may_place(self, uow: UnitOfWork, buyer_id: int, gig: Gig) -> None:
        now_ms = self._clock.now_ms()
        await quotes.may_order(uow, self._policy, buyer_id=buyer_id, gig=gig)
        await quotes.not_too_fast(uow, self._policy, buyer_id=buyer_id, now_ms=now_ms)

    async def _submit(self, uow: UnitOfWork, command: Command, wanted: quotes.Wanted) -> Order:
        now_ms = self._clock.now_ms()
        draft = await quotes.draft(uow, self._policy, wanted, now_ms=now_ms)
        order = await self._buyers(uow, command, await uow.orders.add(draft), Event.SUBMIT)
        if not order.charge.minor:
            return await self._buyers(uow, command, order, Event.PAID)
        intent = self._intent(order, now_ms)
        await uow.payments.add_intent(intent)
        await billing.ask(uow, intent, now_ms=now_ms)
        return order

    async def _buyers(self, uow: UnitOfWork, command: Command, order: Order, event: Event) -> Order:
        act = replace(self._moves.asked(command, event), role=Role.BUYER)
        return await self._moves.written(uow, order, act)

    def _intent(self, order: Order, now_ms: int) -> Intent:
        return Intent(
            id=self._ids.token(),
            order_id=order.id,
            person_id=order.buyer_id,
            purpose="order",
            amount=order.charge,
            created_ms=now_ms,
            rail=rail_of(order.terms.price.currency),
        )

    @retried
    async def resend_invoice(self, command: Command, order_id: int) -> Order:
        """Send the buyer the invoice again, while the order waits for its payment."""
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            order = await uow.orders.get(order_id)
            if cards.party(order, command.person_id) is not Role.BUYER:
                raise NotYours(Event.PAID)
            if await uow.command(command, name="resend_invoice", now_ms=now_ms) is None:
                await uow.outbox.add(_invoice(order, command), now_ms=now_ms)
                await billing.ask_again(uow, order_id, now_ms=now_ms)
            return order

    async def unpaid(self, person_id: int, gig_version_id: int) -> OrderCard | None:
        """The buyer's order of this very gig that still waits for its payment."""
        async with self._storage.read() as uow:
            order_id = await uow.orders.unpaid_of_buyer(person_id, gig_version_id)
            if order_id is None:
                return None
            return await self._moves.card(uow, await uow.orders.get(order_id), person_id)


def _invoice(order: Order, command: Command) -> Message:
    if order.state is not State.AWAITING_PAYMENT:
        raise WrongState(Event.PAID, order.state)
    return Message(
        notice=Notice.INVOICE,
        key=f"order:{order.id}:invoice:{command.key}",
        person_id=order.buyer_id,
        order_id=order.id,
        facts={"version": order.version},
    )
