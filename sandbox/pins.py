"""Pinned messages as the chat lives them, whoever pins; who may is for the callers."""

from typing import TYPE_CHECKING

from sandbox.posting import Draft, changed, post

if TYPE_CHECKING:
    from sandbox.chats import Chat
    from sandbox.messages import Message
    from sandbox.people import User
    from sandbox.world import World


def pin(world: "World", message: "Message", *, by: "User") -> None:
    """Pins are listed by the age of the message, newest last; the chat is told of each."""
    if message.is_pinned:
        return
    message.is_pinned = True
    message.chat.pinned = sorted([*message.chat.pinned, message.id])
    changed(world, message, kind="pin")
    service = {"pinned_message": message.to_api(with_reply=False)}
    post(world, Draft(message.chat, by, service, thread=message.thread))


def unpin(world: "World", chat: "Chat", *, number: int) -> None:
    chat.pinned.remove(number)
    message = chat.messages.get(number)
    if message is not None:
        message.is_pinned = False
        changed(world, message, kind="pin")


def unpin_all(world: "World", chat: "Chat") -> None:
    for number in tuple(chat.pinned):
        unpin(world, chat, number=number)
