"""Orders: placing them, looking at them, and what their two parties do to them."""

from dataclasses import replace

from market.change import Change
from market.contract import Act, Order
from market.errors import NotYours, Stale, TooManyRequests, WrongState
from market.files import FileRef
from market.gig import checked
from market.notices import Message, Notice
from market.policy import Policy
from market.read import Answer, Delivery, GigCard, OrderCard, OrderQuote
from market.states import Event, Role, State
from services import cards, quotes
from services.attempts import retried
from services.boards import Boards
from services.gigs import carded
from services.handing_over import parcelled, things
from services.moves import Moves
from services.ports import Clock, Ids, Storage, UnitOfWork
from services.rows import Command, Intent, ToRead

READ_BYTES_MAX = 20 * 1024 * 1024
ONE_TAP = frozenset(
    {
        Event.ACCEPT,
        Event.CANCEL_UNPAID,
        Event.BUYER_CANCEL_EARLY,
        Event.SELLER_CANCEL,
        Event.LATE_CANCEL,
        Event.RESUME,
        Event.REVISE,
        Event.TAKE_BACK,
        Event.REFUSE,
        Event.AGREE_CANCEL,
        Event.EXTEND,
        Event.CONCEDE_SELLER,
        Event.CONCEDE_BUYER,
    }
)
WITH_WORDS = frozenset({Event.REVISE, Event.SELLER_CANCEL})
ASKING = frozenset({Event.ASK_TIME, Event.ASK_CANCEL})


class OrderService(Boards):
    """Every change is one event of the table `market.order.TRANSITIONS`, or a refusal."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy, ids: Ids) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._ids = ids
        self._moves = Moves(storage, clock, policy)

    async def quote(self, person_id: int, gig_id: int) -> OrderQuote:
        """What an order would cost; raises what `quotes.may_order` raises."""
        now_ms = self._clock.now_ms()
        async with self._storage.read() as uow:
            gig = await uow.gigs.get(gig_id)
            await quotes.may_order(uow, self._policy, buyer_id=person_id, gig=gig)
            card = await carded(uow, gig, now_ms=now_ms)
            return OrderQuote(card, gig.price, now_ms, self._counts_from(card, now_ms))

    def _counts_from(self, card: GigCard, now_ms: int) -> int | None:
        """An absence moves the delivery time as far as absences move any clock."""
        if card.away_until_ms is None:
            return None
        return min(card.away_until_ms, now_ms + self._policy.windows.absence_most_ms)

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
        act = replace(self._moves.asked(command, Event.SUBMIT), role=Role.BUYER)
        order = await self._moves.written(uow, draft, act)
        await uow.payments.add_intent(self._intent(order, now_ms))
        return order

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
            return await self._moves.card(uow, await uow.orders.get(order_id), person_id)

    async def card(self, person_id: int, order_id: int) -> OrderCard:
        """The order as this party or operator sees it; for others NotFound."""
        async with self._storage.read() as uow:
            return await self._moves.card(uow, await uow.orders.get(order_id), person_id)

    async def act(
        self, command: Command, order_id: int, *, event: Event, version: int, note: str = ""
    ) -> OrderCard:
        """One of the one-tap events. Raises NotFound, Stale, WrongState, NotYours, or a guard's."""
        if event not in ONE_TAP:
            raise NotYours(event)
        act = self._moves.asked(
            command, event, version=version, note=self._words(note, least=event in WITH_WORDS)
        )
        return await self._moves.by_party(command, order_id, act=act)

    def _words(self, note: str, *, least: int = 0) -> str:
        return checked(note, least=int(least), most=self._policy.limits.note_max)

    async def ask_time(
        self, command: Command, order_id: int, *, version: int, days: int, note: str
    ) -> OrderCard:
        """The seller asks the buyer for more days.

        Raises NumberOutOfRange, RequestLive, TooManyRequests and what an event raises.
        """
        act = self._moves.asked(
            command, Event.ASK_TIME, version=version, note=self._words(note, least=1)
        )
        return await self._ask(command, order_id, replace(act, days=days))

    async def ask_cancel(
        self, command: Command, order_id: int, *, version: int, minor: int, note: str
    ) -> OrderCard:
        """Propose to end the order with `minor` of the price for the seller, 0 = all goes back.

        Raises AmountOutOfRange, RequestLive, TooManyRequests and what an event raises.
        """
        act = self._moves.asked(
            command, Event.ASK_CANCEL, version=version, note=self._words(note, least=1)
        )
        return await self._ask(command, order_id, replace(act, minor=minor))

    async def _ask(self, command: Command, order_id: int, act: Act) -> OrderCard:
        """Each request stops a clock: asking again and again must not stop it for ever."""

        async def counted(uow: UnitOfWork, change: Change) -> Change:
            history = await uow.orders.history(order_id)
            mine = [
                one for one in history if one.event in ASKING and one.person_id == act.person_id
            ]
            if len(mine) >= self._policy.requests_most:
                raise TooManyRequests(self._policy.requests_most)
            return change

        return await self._moves.by_party(command, order_id, act=act, extra=counted)

    async def look_longer(
        self, command: Command, order_id: int, *, version: int, days: int
    ) -> OrderCard:
        """The buyer takes more days to look, once per delivery."""
        act = self._moves.asked(command, Event.LOOK_LONGER, version=version)
        return await self._moves.by_party(command, order_id, act=replace(act, days=days))

    async def claim(
        self, command: Command, order_id: int, *, version: int, reference: str
    ) -> OrderCard:
        """The buyer says that the money was sent by hand, and under which reference."""
        act = self._moves.asked(
            command, Event.CLAIM, version=version, note=self._words(reference, least=1)
        )
        return await self._moves.by_party(command, order_id, act=act)

    async def claim_reject(
        self, command: Command, order_id: int, *, version: int, reason: str
    ) -> OrderCard:
        """An operator found no such money; raises NotAnOperator, OwnOrder."""
        act = self._moves.asked(
            command, Event.CLAIM_REJECT, version=version, note=self._words(reason, least=1)
        )
        return await self._moves.by_operator(
            command, order_id, act=replace(act, role=Role.OPERATOR)
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

        act = self._moves.asked(command, Event.REQUIREMENTS, version=version)
        return await self._moves.by_party(command, order_id, act=act, extra=keep)

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
            now_ms = self._clock.now_ms()
            delivery = await uow.orders.add_delivery(
                order_id, text=words, files=sorted_files, now_ms=now_ms
            )
            await _queue_fingerprints(uow, delivery, now_ms=now_ms)
            return parcelled(change, Notice.DELIVERY_FILES, sorted_files, delivery=delivery.number)

        act = self._moves.asked(command, Event.DELIVER, version=version)
        return await self._moves.by_party(command, order_id, act=act, extra=keep)


async def _queue_fingerprints(uow: UnitOfWork, delivery: Delivery, *, now_ms: int) -> None:
    """What Telegram gives bots to read gets a hash of its bytes."""
    for number, file in enumerate(delivery.files, start=1):
        if file.size <= READ_BYTES_MAX:
            wanted = ToRead(
                delivery_id=delivery.id, number=number, file_id=file.file_id, size=file.size
            )
            await uow.outbox.add_fingerprint(wanted, now_ms=now_ms)


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
