"""The one way a message enters, changes or leaves a chat, and what the bot gets to see of it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.appearance import appearance
from sandbox.chats import CHANNEL, Chat
from sandbox.messages import InvoiceTerms, Message
from sandbox.privacy import follows_edits, reaches_bot

if TYPE_CHECKING:
    from sandbox.people import User
    from sandbox.polls import Poll
    from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Draft:
    """A message about to be posted; as whom it appears is decided in appearance.py."""

    chat: Chat
    sender: "User"
    content: dict[str, Any]
    thread: int | None = None
    reply_to: Message | None = None
    markup: dict[str, Any] | None = None
    invoice: InvoiceTerms | None = None
    poll: "Poll | None" = None


def post(world: "World", draft: Draft) -> Message:
    chat = draft.chat
    seen_as = appearance(draft)
    message = Message(
        chat=chat,
        id=chat.next_id(),
        date=world.now(),
        content=draft.content,
        sender=seen_as.sender,
        sender_chat=seen_as.sender_chat,
        signature=seen_as.signature,
        author=draft.sender,
        thread=draft.thread,
        reply_to=draft.reply_to or _topic_start(draft),
        markup=draft.markup,
        changed=world.next_change(),
        invoice=draft.invoice,
        poll=draft.poll,
    )
    if draft.poll is not None:
        draft.poll.show_in(message)
    world.history.keep(message)
    world.hub.tell_message("message", message=message)
    if (message.service or draft.sender is not world.bot) and reaches_bot(world, message):
        message.is_seen = True
        world.updates.push(_kind(message, edited=False), payload=message.to_api())
    return message


def changed(world: "World", message: Message, *, kind: str = "edit") -> None:
    """Tells everybody that a message looks different now."""
    message.changed = world.next_change()
    world.hub.tell_message(kind, message=message)


def edited_by_person(world: "World", message: Message) -> None:
    message.edit_date = world.now()
    changed(world, message)
    if follows_edits(world, message):
        world.updates.push(_kind(message, edited=True), payload=message.to_api())


def remove(world: "World", message: Message) -> None:
    chat = message.chat
    chat.forget(message.id)
    world.hub.tell("delete", chat=chat.id, message={"id": message.id, "chat": chat.id})


def _topic_start(draft: Draft) -> Message | None:
    return draft.chat.messages.get(draft.thread) if draft.thread else None


def _kind(message: Message, *, edited: bool) -> str:
    if message.chat.kind == CHANNEL:
        return "edited_channel_post" if edited else "channel_post"
    return "edited_message" if edited else "message"
