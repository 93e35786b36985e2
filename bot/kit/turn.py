"""A turn: one update of one person being answered. What handlers and steps are given."""

from dataclasses import dataclass, field
from typing import Any

from telegram import Message, Update

from bot.i18n import Translator, translator
from bot.kit.gateway import ChatsGateway
from bot.kit.incoming import Incoming, incoming
from bot.kit.present import Reply
from bot.kit.sending import Thing
from bot.kit.sessions import current
from bot.pictures.draw import Drawer
from bot.ui.screen import Screen
from market.people import Person
from market.policy import Policy
from services.ports import Chats
from services.registry import Services
from services.rows import Command

DRAWER = "drawer"
ANONYMOUS = frozenset({1_087_968_824, 136_817_688, 777_000})


@dataclass(slots=True, kw_only=True)
class Turn:
    """Everything a handler needs; `update` is PTB's, for payment and membership handlers."""

    person: Person
    tr: Translator
    services: Services
    command: Command
    chat_id: int
    topic_id: int | None
    is_private: bool
    now_ms: int
    incoming: Incoming | None
    argument: str
    bot_username: str
    chat_title: str
    update: Update
    reply: Reply
    chats: Chats
    drawer: Drawer | None = None
    is_tap: bool = field(init=False)

    def __post_init__(self) -> None:
        self.is_tap = self.update.callback_query is not None

    @property
    def policy(self) -> Policy:
        """What the operator of the house has decided."""
        return self.services.policy

    @property
    def is_operator(self) -> bool:
        """The person is one of the house's operators."""
        return self.person.telegram_id in self.policy.operators

    @property
    def kept_flows(self) -> tuple[str, ...]:
        """The flows with a kept draft, for the home menu."""
        return tuple(sorted(current().session.kept))

    async def show(self, screen: Screen) -> None:
        """Answer: a tap edits its message in place, anything else sends a new one."""
        await self.reply.show(screen)

    async def send(self, thing: Thing) -> None:
        """Send a new message in any case."""
        await self.reply.send(thing)

    async def toast(self, text: str, *, alert: bool = False) -> None:
        """Answer the tap with a line; without it the tap gets an empty answer at the end."""
        await self.reply.toast(text, alert=alert)

    async def take_away(self) -> bool:
        """Delete what the person has just written; False when it still stands there."""
        message = self.update.message
        assert message is not None, "the filter let a message through"
        return await self.reply.take_away(message.message_id)

    def keep_tapped(self) -> None:
        """What was tapped stays as it is; whatever is shown is a new message."""
        self.reply.keep_tapped()

    async def end_flow(self) -> None:
        """End the live flow of this person here, keeping its draft."""
        current().session.leave(keep=True)

    def speak(self, person: Person) -> None:
        """Go on in the language and zone that the person has just chosen."""
        self.person, self.tr = person, translator(person.language, person.zone)


def is_somebody(update: Update) -> bool:
    """Anonymous admins, channels that post in groups and other bots are nobody."""
    user, message = update.effective_user, update.message
    if user is None or user.is_bot or user.id in ANONYMOUS:
        return False
    return message is None or message.sender_chat is None


async def open_turn(update: Update, context: Any, services: Services) -> Turn:  # noqa: ANN401 - PTB
    """The turn of an update that somebody sent."""
    user = update.effective_user
    assert user is not None, "is_somebody was asked"
    person = await services.people.arrive(
        user.id, name=user.full_name, username=user.username, language_code=user.language_code
    )
    chat = update.effective_chat
    message = update.effective_message
    chat_id = chat.id if chat else user.id
    topic_id = topic_of(message)
    return Turn(
        person=person,
        tr=translator(person.language, person.zone),
        services=services,
        command=Command(command_key(update), person.id),
        chat_id=chat_id,
        topic_id=topic_id,
        is_private=chat is None or chat.type == chat.PRIVATE,
        now_ms=current().now_ms,
        incoming=_incoming(update),
        argument=_argument(update.message),
        bot_username=context.bot.username,
        chat_title=(chat.title if chat else None) or "",
        update=update,
        chats=ChatsGateway(context.bot),
        reply=Reply(context.bot, chat_id=chat_id, topic_id=topic_id, tap=update.callback_query),
        drawer=context.bot_data.get(DRAWER),
    )


def _incoming(update: Update) -> Incoming | None:
    message = update.message or update.edited_message
    return incoming(message) if message else None


def topic_of(message: object) -> int | None:
    """The forum topic that a message stands in."""
    if isinstance(message, Message) and message.is_topic_message:
        return message.message_thread_id
    return None


def command_key(update: Update) -> str:
    """The key that makes what this update asks for effective once (DESIGN.md decision 4)."""
    if update.callback_query is not None:
        return f"tap:{update.callback_query.id}"
    message, edited = update.message, update.edited_message
    if edited is not None:
        return f"edit:{edited.chat_id}:{edited.message_id}:{update.update_id}"
    if message is None:
        return f"update:{update.update_id}"
    if message.successful_payment is not None:
        return f"charge:{message.successful_payment.telegram_payment_charge_id}"
    return f"message:{message.chat_id}:{message.message_id}"


def _argument(message: Message | None) -> str:
    text = (message.text or "") if message else ""
    return text.partition(" ")[2].strip() if text.startswith("/") else ""
