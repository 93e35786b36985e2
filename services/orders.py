"""Orders: placing them, looking at them, and what their two parties do to them."""

from dataclasses import replace

from market.change import Change
from market.contract import Act
from market.errors import NotYours, TooManyRequests
from market.files import FileRef
from market.gig import checked
from market.notices import Notice
from market.policy import Policy
from market.read import Answer, Delivery, OrderCard
from market.states import Event
from services.boards import Boards
from services.handing_over import parcelled, things
from services.moves import Moves
from services.placing import Placing
from services.ports import Clock, Ids, Storage, UnitOfWork
from services.rows import Command, ToRead

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


class OrderService(Placing, Boards):
    """Every change is one event of the table `market.order.TRANSITIONS`, or a refusal."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy, ids: Ids) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._ids = ids
        self._moves = Moves(storage, clock, policy)

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
