"""Pinning and unpinning by the bot."""

from typing import TYPE_CHECKING

from sandbox.access import message_of, readable
from sandbox.pins import pin, unpin, unpin_all
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call
    from sandbox.chats import Chat


def pin_chat_message(call: "Call") -> bool:
    """The message is looked for before the right is."""
    message = message_of(call, rule="pin_missing")
    _check_pinning(call, message.chat)
    if message.service:
        raise refuse("pin_service")
    pin(call.world, message, by=call.world.bot)
    return True


def unpin_chat_message(call: "Call") -> bool:
    chat = readable(call)
    number = call.number("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.messages:
        raise refuse("unpin_missing")
    _check_pinning(call, chat)
    if number not in chat.pinned:
        raise refuse("unpin_missing")
    unpin(call.world, chat, number=number)
    return True


def unpin_all_chat_messages(call: "Call") -> bool:
    chat = readable(call)
    _check_pinning(call, chat)
    unpin_all(call.world, chat)
    return True


def _check_pinning(call: "Call", chat: "Chat") -> None:
    if not chat.may_pin(call.world.bot.id):
        raise refuse("rights_pin")


METHODS = {
    "pinchatmessage": pin_chat_message,
    "unpinchatmessage": unpin_chat_message,
    "unpinallchatmessages": unpin_all_chat_messages,
}
