"""Order rooms: what the parties write to each other, relayed, kept as evidence, and looked over."""

from dataclasses import dataclass

from market.contract import Order
from market.errors import NotFound, NothingToSend, RoomClosed, TooManyQuickReplies
from market.gig import checked
from market.notices import Message, Notice
from market.outside import Finding, found
from market.policy import Policy
from market.reports import Subject
from market.room import QuickReply, RoomMessage, RoomPage, Said, closes_ms, is_open
from services import cards
from services.attempts import retried
from services.ports import Clock, Storage, UnitOfWork
from services.reporting import filed, new_report
from services.rows import Command

PAGE = 20
STRIKES = 3


@dataclass(frozen=True, slots=True)
class Warned:
    """Nothing was sent: this in it looks like contact data or a way around the house."""

    findings: tuple[Finding, ...]


class RoomService:
    """Talking inside an order; nobody learns the other's account."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy

    @retried
    async def say(
        self, command: Command, order_id: int, said: Said, *, anyway: bool = False
    ) -> RoomMessage | Warned:
        """Relay it to the other party; `anyway` after a warning, which counts as a strike.

        Raises NotFound, RoomClosed, NothingToSend, TextTooLong.
        """
        words = checked(said.words, least=0, most=self._policy.limits.room_max)
        if not words and said.file is None:
            raise NothingToSend
        findings, now_ms = found(words), self._clock.now_ms()
        async with self._storage.begin() as uow:
            order = await uow.orders.get(order_id)
            role = cards.party(order, command.person_id)
            self._is_open(order, now_ms)
            if findings and not anyway:
                return Warned(findings)
            before = await uow.command(command, name="say", now_ms=now_ms)
            if before is not None:
                return await _message(uow, order_id, int(before))
            message = await uow.rooms.add(
                order, role=role, said=said, is_flagged=bool(findings), now_ms=now_ms
            )
            await uow.result(command, str(message.number))
            await uow.outbox.add(_relayed(order, message), now_ms=now_ms)
            await self._count_strikes(uow, message)
            return message

    def _is_open(self, order: Order, now_ms: int) -> None:
        windows = self._policy.windows
        if not is_open(order, now_ms=now_ms, windows=windows):
            raise RoomClosed(closes_ms(order, windows))

    async def _count_strikes(self, uow: UnitOfWork, message: RoomMessage) -> None:
        """Each third flagged message goes before the operators."""
        if not message.is_flagged:
            return
        strikes = await uow.rooms.strikes(message.person_id)
        if strikes % STRIKES == 0:
            report = new_report(
                Subject.STRIKES,
                message.person_id,
                by=None,
                words=str(strikes),
                now_ms=message.at_ms,
            )
            await filed(uow, self._policy, report)

    @retried
    async def room(self, person_id: int, order_id: int, *, before: int | None = None) -> RoomPage:
        """The newest messages, or those before a number; a party has read them then."""
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            order = await uow.orders.get(order_id)
            seen_by = await cards.viewer(
                uow, self._policy, order=order, person_id=person_id, now_ms=now_ms
            )
            messages = await uow.rooms.messages(order_id, before=before, limit=PAGE + 1)
            if messages and seen_by.role in cards.PARTIES:
                await uow.rooms.read(order_id, person_id, number=messages[-1].number)
            return await self._page(uow, order, seen_by, messages)

    async def _page(
        self,
        uow: UnitOfWork,
        order: Order,
        seen_by: cards.Viewer,
        messages: tuple[RoomMessage, ...],
    ) -> RoomPage:
        return RoomPage(
            order=order,
            viewer=seen_by.role,
            buyer_name=(await uow.people.contact(order.buyer_id)).name,
            seller_name=(await uow.people.contact(order.seller_id)).name,
            messages=messages[-PAGE:],
            has_earlier=len(messages) > PAGE,
            is_open=is_open(order, now_ms=seen_by.now_ms, windows=self._policy.windows),
            quick_replies=await uow.rooms.quick_replies(seen_by.person_id),
            now_ms=seen_by.now_ms,
        )

    async def message(self, person_id: int, order_id: int, number: int) -> RoomMessage:
        """One message, for the parties and operators; raises NotFound."""
        now_ms = self._clock.now_ms()
        async with self._storage.read() as uow:
            order = await uow.orders.get(order_id)
            await cards.viewer(uow, self._policy, order=order, person_id=person_id, now_ms=now_ms)
            return await _message(uow, order_id, number)

    async def unread(self, person_id: int) -> dict[int, int]:
        """How many messages are new, by order."""
        async with self._storage.read() as uow:
            return await uow.rooms.unread(person_id)

    async def strikes(self, person_id: int) -> int:
        """How many warned messages the person has sent all the same."""
        async with self._storage.read() as uow:
            return await uow.rooms.strikes(person_id)

    async def quick_replies(self, person_id: int) -> tuple[QuickReply, ...]:
        async with self._storage.read() as uow:
            return await uow.rooms.quick_replies(person_id)

    @retried
    async def add_quick_reply(self, command: Command, words: str) -> tuple[QuickReply, ...]:
        """Keep a sentence; raises TextTooShort, TextTooLong, TooManyQuickReplies."""
        limits = self._policy.limits
        text = checked(words, least=1, most=limits.quick_reply_max)
        async with self._storage.begin() as uow:
            if await self._is_first(uow, command, "quick_reply"):
                if (
                    len(await uow.rooms.quick_replies(command.person_id))
                    >= limits.quick_replies_max
                ):
                    raise TooManyQuickReplies(limits.quick_replies_max)
                await uow.rooms.add_quick_reply(command.person_id, text)
            return await uow.rooms.quick_replies(command.person_id)

    @retried
    async def drop_quick_reply(self, command: Command, reply_id: int) -> tuple[QuickReply, ...]:
        """Forget one of one's own; others are left alone."""
        async with self._storage.begin() as uow:
            await uow.rooms.drop_quick_reply(command.person_id, reply_id)
            return await uow.rooms.quick_replies(command.person_id)

    async def _is_first(self, uow: UnitOfWork, command: Command, name: str) -> bool:
        return await uow.command(command, name=name, now_ms=self._clock.now_ms()) is None


async def _message(uow: UnitOfWork, order_id: int, number: int) -> RoomMessage:
    newest = await uow.rooms.messages(order_id, before=number + 1, limit=1)
    if newest and newest[0].number == number:
        return newest[0]
    raise NotFound("message")


def _relayed(order: Order, message: RoomMessage) -> Message:
    """Words are written anew for their reader; a file is copied from where it lies."""
    said, to = message.said, order.party(message.role.other)
    facts: dict[str, object] = {
        "order": order.id,
        "number": message.number,
        "by": message.role.value,
    }
    if said.file is not None:
        facts |= {"chat_id": said.chat_id, "message_id": said.message_id}
    return Message(
        notice=Notice.ROOM_WORDS if said.file is None else Notice.ROOM_FILE,
        key=f"room:{order.id}:{message.number}",
        person_id=to,
        order_id=order.id,
        facts=facts,
    )
