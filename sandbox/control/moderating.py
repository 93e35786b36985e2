"""People pin and delete messages, as their rights in the chat allow."""

from typing import TYPE_CHECKING, Any

from sandbox.chats import CHANNEL, PRIVATE
from sandbox.control.body import Body, Refused
from sandbox.pins import pin, unpin
from sandbox.posting import remove
from sandbox.transcript import shown_to

if TYPE_CHECKING:
    from sandbox.messages import Message
    from sandbox.people import User


def pin_message(body: Body) -> dict[str, Any]:
    """`unpin: true` takes the pin away."""
    person = body.person()
    message = body.message_in(body.chat_with(person))
    if not message.chat.may_pin(person.id):
        raise Refused("this person may not pin here", code=403)
    if message.service:
        raise Refused("a service message cannot be pinned")
    if not body.flag("unpin"):
        pin(body.world, message, by=person)
    elif message.is_pinned:
        unpin(body.world, message.chat, number=message.id)
    return shown_to(message, viewer=person.id)


def delete_message(body: Body) -> dict[str, Any]:
    """For everybody; no bot is told of it."""
    person = body.person()
    message = body.message_in(body.chat_with(person))
    if not _may_delete(person, message):
        raise Refused("this person may not delete this message", code=403)
    remove(body.world, message)
    return {"chat": message.chat.id, "message": message.id, "deleted": True}


def _may_delete(person: "User", message: "Message") -> bool:
    chat = message.chat
    if message.service == "forum_topic_created":
        return False
    if chat.kind == PRIVATE or chat.may(person.id, "can_delete_messages"):
        return True
    is_own = message.author is person and not message.service
    return is_own and (chat.kind != CHANNEL or chat.may(person.id, "can_post_messages"))


POSTS = {"pin": pin_message, "delete": delete_message}
