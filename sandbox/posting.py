"""The one way a message enters, changes or leaves a chat, and what the bot gets to see of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.chats import CHANNEL, PRIVATE, Chat
from sandbox.messages import InvoiceTerms, Message

if TYPE_CHECKING:
    from sandbox.people import User
    from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Draft:
    """A message about to be posted; in a channel nobody signs."""

    chat: Chat
    sender: "User"
    content: dict[str, Any]
    thread: int | None = None
    reply_to: Message | None = None
    markup: dict[str, Any] | None = None
    invoice: InvoiceTerms | None = None


def post(world: "World", draft: Draft) -> Message:
    chat = draft.chat
    message = Message(
        chat=chat,
        id=chat.next_id(),
        date=world.now(),
        content=draft.content,
        sender=None if chat.kind == CHANNEL else draft.sender,
        thread=draft.thread,
        reply_to=draft.reply_to or _topic_start(draft),
        markup=draft.markup,
        changed=world.next_change(),
        invoice=draft.invoice,
    )
    chat.keep(message)
    world.hub.tell_message("message", message=message)
    is_own = draft.sender is world.bot
    if (message.service or not is_own) and reaches_bot(world, message):
        world.updates.push(_kind(message, edited=False), payload=message.to_api())
    return message


def changed(world: "World", message: Message, *, kind: str = "edit") -> None:
    """Tells everybody that a message looks different now."""
    message.changed = world.next_change()
    world.hub.tell_message(kind, message=message)


def edited_by_person(world: "World", message: Message) -> None:
    message.edit_date = world.now()
    changed(world, message)
    if reaches_bot(world, message):
        world.updates.push(_kind(message, edited=True), payload=message.to_api())


def remove(world: "World", message: Message) -> None:
    chat = message.chat
    chat.messages.pop(message.id, None)
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    world.hub.tell("delete", chat=chat.id, message={"id": message.id, "chat": chat.id})


def reaches_bot(world: "World", message: Message) -> bool:
    """Privacy mode: in groups an ordinary bot sees only what is meant for it."""
    chat = message.chat
    if chat.kind == PRIVATE:
        return chat.person is not None and not chat.person.blocked
    member = chat.member(world.bot.id)
    if member is None or not member.is_present:
        return False
    return member.is_admin or bool(message.service) or _is_meant_for_bot(world, message)


def _is_meant_for_bot(world: "World", message: Message) -> bool:
    if message.reply_to is not None and message.reply_to.sender is world.bot:
        return True
    if message.content.get("via_bot", {}).get("id") == world.bot.id:
        return True
    own = (world.bot.username or "").lower()
    return any(_names_bot(word, own=own) for word in message.text.lower().split())


def _names_bot(word: str, *, own: str) -> bool:
    name, at, target = word.partition("@")
    if name.startswith("/"):
        return not at or target == own
    return at == "@" and target.rstrip(".,:;!?") == own


def _topic_start(draft: Draft) -> Message | None:
    return draft.chat.messages.get(draft.thread) if draft.thread else None


def _kind(message: Message, *, edited: bool) -> str:
    if message.chat.kind == CHANNEL:
        return "edited_channel_post" if edited else "channel_post"
    return "edited_message" if edited else "message"
