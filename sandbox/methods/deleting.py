"""Deleting, pinning and reacting: what the bot does to messages that are already there."""

from typing import TYPE_CHECKING

from sandbox.access import message_of, readable
from sandbox.chats import CHANNEL, PRIVATE, Chat
from sandbox.methods.editing import is_own
from sandbox.posting import Draft, changed, post, remove
from sandbox.rules import Refusal, refuse

if TYPE_CHECKING:
    from sandbox.call import Call
    from sandbox.messages import Message

DELETABLE_SECONDS = 48 * 3600
MANY = 100


def delete_message(call: "Call") -> bool:
    message = message_of(call, rule="delete_missing")
    _check_deletable(call, message)
    remove(call.world, message)
    return True


def delete_messages(call: "Call") -> bool:
    """Skips those it cannot find, as Telegram does."""
    chat = readable(call)
    numbers = call.items("message_ids")
    if not numbers:
        raise refuse("message_id_missing")
    if len(numbers) > MANY:
        raise refuse("delete_many")
    for number in numbers:
        message = chat.messages.get(number) if isinstance(number, int) else None
        if message is not None and _is_deletable(call, message):
            remove(call.world, message)
    return True


def _is_deletable(call: "Call", message: "Message") -> bool:
    try:
        _check_deletable(call, message)
    except Refusal:
        return False
    return True


def _check_deletable(call: "Call", message: "Message") -> None:
    chat = message.chat
    allowed = chat.kind == PRIVATE or chat.is_admin(call.world.bot.id) or is_own(call, message)
    if not allowed:
        raise refuse("delete_foreign")
    if call.world.now() - message.date >= DELETABLE_SECONDS and chat.kind != CHANNEL:
        raise refuse("delete_old")


def pin_chat_message(call: "Call") -> bool:
    chat = readable(call)
    _check_pinning(call, chat)
    message = message_of(call, rule="pin_missing")
    if message.is_pinned:
        return True
    message.is_pinned = True
    chat.pinned.append(message.id)
    changed(call.world, message, kind="pin")
    service = {"pinned_message": message.to_api(with_reply=False)}
    post(call.world, Draft(chat, call.world.bot, service, thread=message.thread))
    return True


def unpin_chat_message(call: "Call") -> bool:
    chat = readable(call)
    _check_pinning(call, chat)
    number = call.number("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise refuse("unpin_missing")
    chat.pinned.remove(number)
    message = chat.messages.get(number)
    if message is not None:
        message.is_pinned = False
        changed(call.world, message, kind="pin")
    return True


def _check_pinning(call: "Call", chat: Chat) -> None:
    if chat.kind != PRIVATE and not chat.is_admin(call.world.bot.id):
        raise refuse("rights_pin")


def set_message_reaction(call: "Call") -> bool:
    """Shown to people as an event only; a bot may set one reaction."""
    message = message_of(call, rule="react_missing")
    reactions = call.items("reaction")
    if len(reactions) > 1:
        raise refuse("reactions_many")
    if any(not isinstance(one, dict) or one.get("type") != "emoji" for one in reactions):
        raise refuse("reaction_invalid")
    emoji = [one.get("emoji") for one in reactions]
    call.world.hub.tell(
        "reaction", chat=message.chat.id, message={"id": message.id}, reactions=emoji
    )
    return True


METHODS = {
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "pinchatmessage": pin_chat_message,
    "unpinchatmessage": unpin_chat_message,
    "setmessagereaction": set_message_reaction,
}
