"""Who the bot is, and the methods about its connection that need no model."""

from typing import TYPE_CHECKING, Any

from sandbox.access import chat_of, check_thread, check_writing
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call

_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def get_me(call: "Call") -> dict[str, Any]:
    return call.world.bot.to_self()


def acknowledge(_call: "Call") -> bool:
    return True


def send_chat_action(call: "Call") -> bool:
    chat = chat_of(call)
    check_writing(chat, world=call.world)
    thread = call.number("message_thread_id") or None
    check_thread(chat, thread=thread, user_id=call.world.bot.id)
    action = call.text("action").lower()
    if action not in _ACTIONS:
        raise refuse("action_wrong")
    call.world.hub.tell("action", chat=chat.id, action=action)
    return True


METHODS = {
    "getme": get_me,
    "logout": acknowledge,
    "close": acknowledge,
    "sendchataction": send_chat_action,
}
