"""Orders: placing them, looking at them, and what their two parties do to them."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from market.change import Change
from market.contract import Act, Order
from market.errors import NotYours, Stale, WrongState
from market.files import FileRef
from market.gig import checked
from market.notices import Message, Notice
from market.order import apply
from market.policy import Policy
from market.read import Answer, Board, OrderCard, OrderQuote
from market.states import Event, Role, State
from services import cards, quotes
from services.attempts import retried
from services.gigs import carded
from services.handing_over import parcelled, things
from services.ports import Clock, Ids, Storage, UnitOfWork
from services.rows import Command, Intent

BOARD_LINES = 8
ONE_TAP = frozenset(
    {
        Event.ACCEPT,
        Event.CANCEL_UNPAID,
        Event.BUYER_CANCEL_EARLY,
        Event.SELLER_CANCEL,
        Event.LATE_CANCEL,
        Event.RESUME,
        Event.REVISE,
    }
)
Extra = Callable[[UnitOfWork, Change], Awaitable[Change]]


class OrderService:
    """Every change is one event of the table `market.order.TRANSITIONS`, or a refusal."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy, ids: Ids) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._ids = ids

    async def quote(self, person_id: int, gig_id: int) -> OrderQuote:
        """What an order would cost; raises what `quotes.may_order` raises."""
        now_ms = self._clock.now_ms()
        async with self._storage.read() as uow:
            gig = await uow.gigs.get(gig_id)
            await quotes.may_order(uow, self._policy, buyer_id=person_id, gig=gig)
            return OrderQuote(await carded(uow, gig, now_ms=now_ms), gig.price, now_ms)

    @retried
    async def place(self, command: Command, gig_id: int, gig_version_id: int) -> Order:
        """Create and submit: the invoice is on its way.

        Raises Stale when the gig changed since it was shown, else what `quotes.may_order` raises.
        """
        async with self._storage.begin() as uow:
            before = await uow.command(command, name="place", now_ms=self._clock.now_ms())
            if before is not None:
                return await uow.orders.get(int(before))
            order = await self._submit(uow, command, gig_id, gig_version_id)
            await uow.result(command, str(order.id))
            return order

    async def _submit(
        self, uow: UnitOfWork, command: Command, gig_id: int, gig_version_id: int
    ) -> Order:
        gig, buyer_id, now_ms = await uow.gigs.get(gig_id), command.person_id, self._clock.now_ms()
        await quotes.may_order(uow, self._policy, buyer_id=buyer_id, gig=gig)
        if gig.version_id != gig_version_id:
            raise Stale(gig_version_id, gig.version_id)
        draft = await uow.orders.add(
            await quotes.draft(uow, self._policy, buyer_id=buyer_id, gig=gig, now_ms=now_ms)
        )
        change = apply(draft, self._act(Event.SUBMIT, Role.BUYER, buyer_id))
        await uow.record(change, now_ms=now_ms)
        await uow.payments.add_intent(self._intent(draft, now_ms))
        return _after(change)

    def _intent(self, order: Order, now_ms: int) -> Intent:
        return Intent(
            id=self._ids.token(),
            order_id=order.id,
            person_id=order.buyer_id,
            purpose="order",
            amount=order.terms.price,
            created_ms=now_ms,
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
            return order

    async def unpaid(self, person_id: int, gig_version_id: int) -> OrderCard | None:
        """The buyer's order of this very gig that still waits for its payment."""
        async with self._storage.read() as uow:
            order_id = await uow.orders.unpaid_of_buyer(person_id, gig_version_id)
            if order_id is None:
                return None
            return await self._card(uow, await uow.orders.get(order_id), person_id)

    async def card(self, person_id: int, order_id: int) -> OrderCard:
        """The order as this party or operator sees it; for others NotFound."""
        async with self._storage.read() as uow:
            return await self._card(uow, await uow.orders.get(order_id), person_id)

    async def board(self, person_id: int, *, finished: bool, page: int) -> Board:
        async with self._storage.read() as uow:
            lines = await uow.orders.board(
                person_id,
                finished=finished,
                offset=page * BOARD_LINES,
                limit=BOARD_LINES + 1,
                now_ms=self._clock.now_ms(),
            )
        return Board(lines[:BOARD_LINES], page, has_more=len(lines) > BOARD_LINES)

    async def act(
        self, command: Command, order_id: int, *, event: Event, version: int, note: str = ""
    ) -> OrderCard:
        """One of the one-tap events. Raises NotFound, Stale, WrongState, NotYours, or a guard's."""
        if event not in ONE_TAP:
            raise NotYours(event)
        words = checked(note, least=int(event is Event.REVISE), most=self._policy.limits.note_max)
        return await self._move(
            command, order_id, act=self._asked(command, event, version, words), extra=_as_it_is
        )

    async def answer(
        self, command: Command, order_id: int, *, version: int, answer: Answer
    ) -> OrderCard:
        """The buyer's answer to the requirements; the work starts.

        Raises NothingToSend, TooManyFiles or TextTooLong, and what an event raises.
        """
        given = Answer(*things(answer.text, answer.files, self._policy.limits))

        async def keep(uow: UnitOfWork, change: Change) -> Change:
            await uow.orders.save_answer(order_id, given, now_ms=self._clock.now_ms())
            return parcelled(change, Notice.REQUIREMENT_FILES, given.files)

        act = self._asked(command, Event.REQUIREMENTS, version)
        return await self._move(command, order_id, act=act, extra=keep)

    async def deliver(
        self,
        command: Command,
        order_id: int,
        *,
        version: int,
        text: str,
        files: tuple[FileRef, ...],
    ) -> OrderCard:
        """Hand the work over, files first, then the buyer's buttons.

        Raises NothingToSend, TooManyFiles or TextTooLong, and what an event raises.
        """
        words, sorted_files = things(text, files, self._policy.limits)

        async def keep(uow: UnitOfWork, change: Change) -> Change:
            delivery = await uow.orders.add_delivery(
                order_id, text=words, files=sorted_files, now_ms=self._clock.now_ms()
            )
            return parcelled(change, Notice.DELIVERY_FILES, sorted_files, delivery=delivery.number)

        act = self._asked(command, Event.DELIVER, version)
        return await self._move(command, order_id, act=act, extra=keep)

    @retried
    async def _move(self, command: Command, order_id: int, *, act: Act, extra: Extra) -> OrderCard:
        async with self._storage.begin() as uow:
            order = await uow.orders.get(order_id)
            role = cards.party(order, command.person_id)
            if await uow.command(command, name=act.event, now_ms=act.now_ms) is None:
                change = await extra(uow, apply(order, replace(act, role=role)))
                await uow.record(change, now_ms=act.now_ms)
                order = _after(change)
            return await self._card(uow, order, command.person_id)

    async def _card(self, uow: UnitOfWork, order: Order, person_id: int) -> OrderCard:
        seen_by = await cards.viewer(
            uow, self._policy, order=order, person_id=person_id, now_ms=self._clock.now_ms()
        )
        return await cards.order_card(uow, order, seen_by, self._policy)

    def _asked(self, command: Command, event: Event, version: int, note: str = "") -> Act:
        act = self._act(event, Role.STRANGER, command.person_id)
        return replace(act, version_seen=version, note=note)

    def _act(self, event: Event, role: Role, person_id: int) -> Act:
        return Act(
            event=event,
            role=role,
            now_ms=self._clock.now_ms(),
            windows=self._policy.windows,
            person_id=person_id,
        )


async def _as_it_is(_uow: UnitOfWork, change: Change) -> Change:
    return change


def _after(change: Change) -> Order:
    assert change.order is not None, "an event has an order"
    return change.order


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
