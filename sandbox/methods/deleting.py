"""Deleting messages: which of them the bot may, and until when."""

from typing import TYPE_CHECKING

from sandbox.access import message_of, readable
from sandbox.chats import CHANNEL, GROUP, PRIVATE
from sandbox.methods.editing import is_own
from sandbox.posting import remove
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call
    from sandbox.messages import Message

DELETABLE_SECONDS = 48 * 3600
MANY = 100
_BEGINNINGS = {"forum_topic_created", "supergroup_chat_created", "channel_chat_created"}


def delete_message(call: "Call") -> bool:
    message = message_of(call, rule="delete_missing")
    _check_deletable(call, message)
    remove(call.world, message)
    return True


def delete_messages(call: "Call") -> bool:
    """Skips those it cannot find, but deletes none when there is one that it must not."""
    chat = readable(call)
    numbers = call.items("message_ids")
    if not numbers:
        raise refuse("messages_missing")
    if len(numbers) > MANY:
        raise refuse("messages_many")
    wanted = [chat.messages.get(number) for number in numbers if isinstance(number, int)]
    found = [message for message in wanted if message is not None]
    for message in found:
        _check_deletable(call, message)
    for message in found:
        remove(call.world, message)
    return True


def _check_deletable(call: "Call", message: "Message") -> None:
    """The age comes first, as in tdlib, which words it differently in the simpler chats."""
    if call.world.now() - message.date >= DELETABLE_SECONDS:
        is_simple = message.chat.kind in {PRIVATE, GROUP}
        raise refuse("delete_old" if is_simple else "delete_foreign")
    if message.service in _BEGINNINGS or not _may_delete(call, message):
        raise refuse("delete_foreign")


def _may_delete(call: "Call", message: "Message") -> bool:
    chat, bot = message.chat, call.world.bot
    if chat.kind == PRIVATE or chat.may(bot.id, "can_delete_messages"):
        return True
    if chat.kind == CHANNEL:
        return is_own(call, message) and chat.may(bot.id, "can_post_messages")
    return is_own(call, message)


METHODS = {"deletemessage": delete_message, "deletemessages": delete_messages}
