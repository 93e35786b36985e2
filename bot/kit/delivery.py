"""Sends what the outbox holds: notices to people, announcements to places. One row, one call.

A notice is rendered when it is sent: facts from the event, buttons from the present state.
"""

from collections.abc import Awaitable
from dataclasses import dataclass, replace
from typing import TypeVar

from telegram.error import ChatMigrated, TelegramError

from bot.i18n import Translator, translator
from bot.kit.editing import Spot, edit
from bot.kit.outcomes import outcome_of
from bot.kit.sending import OUTBOX, Bot, Target, Thing, send
from bot.pictures.draw import Drawer
from bot.ui.screen import Screen
from bot.views.announcements import announcement
from bot.views.gig_picture import gig_picture
from bot.views.notices import render
from bot.views.reading import Reading
from market.errors import NotFound
from market.notices import Message, Notice
from market.people import Person
from market.read import Statement
from market.room import RoomMessage
from services.ports import Clock
from services.registry import Services
from services.rows import OutboxRow, Posted, SendOutcome, Sent

T = TypeVar("T")
PLACE_ZONE = "Asia/Dhaka"
ROOM_NOTICES = frozenset({Notice.ROOM_WORDS, Notice.ROOM_FILE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Implements services.ports.Messenger."""

    bot: Bot
    services: Services
    clock: Clock
    drawer: Drawer
    group_language: str

    async def send(self, row: OutboxRow) -> SendOutcome:
        """Send one row, or say why not and when to try again."""
        message = row.message
        assert message is not None, "the post keeps refunds to the rails"
        person = await self._reader(message)
        thing = await self._rendered(message, person)
        if thing is None:
            return Sent()
        try:
            await self._call(message, _target(message, person), thing)
        except ChatMigrated as error:
            return await self._moved(message, thing, error.new_chat_id)
        except TelegramError as error:
            return outcome_of(error, self.clock.now_ms())
        return Sent()

    async def _moved(self, message: Message, thing: Thing, chat_id: int) -> SendOutcome:
        """The group became a supergroup with another id; topics begin there, so none is named."""
        assert message.chat_id is not None, "people do not move"
        await self.services.places.moved(message.chat_id, chat_id)
        there = Target(chat_id=chat_id, pace=OUTBOX, silent=message.silent)
        try:
            await self._call(replace(message, chat_id=chat_id, topic_id=None), there, thing)
        except TelegramError as error:
            return outcome_of(error, self.clock.now_ms())
        return Sent()

    async def _call(self, message: Message, target: Target, thing: Thing) -> None:
        post_id = message.facts.get("edit")
        if isinstance(post_id, int) and isinstance(thing, Screen):
            # A post that is gone, or cannot be edited any more, needs no change. The picture of a
            # gig that was taken down goes, and comes back with the gig.
            await edit(self.bot, Spot(target.chat_id, post_id, OUTBOX), thing)
            return
        sent = await send(self.bot, target, thing)
        if message.notice is Notice.GIG_ANNOUNCEMENT:
            await self._posted(message, target, sent.message_id)

    async def _posted(self, message: Message, target: Target, message_id: int) -> None:
        assert message.gig_id is not None, "an announcement is about a gig"
        card = await self.services.gigs.card(message.gig_id)
        posted = Posted(
            chat_id=target.chat_id,
            topic_id=target.topic_id,
            message_id=message_id,
            gig_id=message.gig_id,
            gig_version_id=card.gig.version_id,
            shown_version=card.gig.version,
        )
        await self.services.places.announced(posted)

    async def _reader(self, message: Message) -> Person | None:
        if message.person_id is None:
            return None
        return await self.services.people.get(message.person_id)

    async def _rendered(self, message: Message, person: Person | None) -> Thing | None:
        reading = await self._read(message, person)
        if message.notice is Notice.GIG_ANNOUNCEMENT:
            return await self._announced(reading)
        assert person is not None, "a notice has a reader"
        return render(message, reading, translator(person.language, person.zone))

    async def _announced(self, reading: Reading) -> Screen | None:
        """Where there is no picture to be shown the house draws a card."""
        if reading.gig is None:
            return None
        tr: Translator = translator(self.group_language, PLACE_ZONE)
        screen = announcement(reading.gig, tr, reading.bot_username)
        if screen.media is not None:
            return screen
        drawn = await self.drawer.gig_card(gig_picture(reading.gig, tr))
        return replace(screen, media=drawn)

    async def _read(self, message: Message, person: Person | None) -> Reading:
        """What the notice is about, as its reader may see it now."""
        of, order_id, gig_id = self.services, message.order_id, message.gig_id
        thread_id = message.facts.get("thread")
        is_invoice = order_id is not None and message.notice is Notice.INVOICE
        card = thread = said = statement = None
        if person is not None and order_id is not None:
            card = await _found(of.orders.card(person.id, order_id))
            said = await self._said(message, person, order_id)
            statement = await self._statement(message, person, order_id)
        if person is not None and isinstance(thread_id, int):
            thread = await _found(of.support.thread(person.id, thread_id))
        return Reading(
            card=card,
            gig=None if gig_id is None else await _found(of.gigs.card(gig_id)),
            thread=thread,
            intent_id=await of.payments.intent_of(order_id) if is_invoice and order_id else None,
            policy=of.policy,
            bot_username=self.bot.username,
            now_ms=self.clock.now_ms(),
            person=person,
            said=said,
            statement=statement,
            names=await of.desk.names() if message.notice is Notice.OWNER_DIGEST else {},
        )

    async def _said(self, message: Message, person: Person, order_id: int) -> RoomMessage | None:
        number = message.facts.get("number")
        if message.notice not in ROOM_NOTICES or not isinstance(number, int):
            return None
        return await _found(self.services.rooms.message(person.id, order_id, number))

    async def _statement(self, message: Message, person: Person, order_id: int) -> Statement | None:
        """What was said in a dispute, for the notices that carry its number."""
        number = message.facts.get("statement")
        if not isinstance(number, int):
            return None
        card = await _found(self.services.disputes.card(person.id, order_id))
        told = card.statements if card else ()
        return next((one for one in told if one.number == number), None)


async def _found(reading: Awaitable[T]) -> T | None:
    try:
        return await reading
    except NotFound:
        return None


def _target(message: Message, person: Person | None) -> Target:
    chat_id = person.telegram_id if person else message.chat_id
    assert chat_id is not None, "a message goes to a person or to a place"
    return Target(chat_id=chat_id, topic_id=message.topic_id, pace=OUTBOX, silent=message.silent)
