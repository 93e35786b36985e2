"""What the bot can learn about chats and people."""

from typing import TYPE_CHECKING, Any

from sandbox.access import person_of, readable
from sandbox.chats import PRIVATE, SUPERGROUP, Chat

if TYPE_CHECKING:
    from sandbox.call import Call

_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)
_PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
)


def get_chat(call: "Call") -> dict[str, Any]:
    chat = readable(call)
    shown = {
        **chat.to_api(),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, chat.kind == PRIVATE),
    }
    if chat.username:
        shown["active_usernames"] = [chat.username]
    if chat.kind != PRIVATE:
        shown["permissions"] = _permissions(chat)
    pinned = chat.messages.get(chat.pinned[-1]) if chat.pinned else None
    if pinned is not None:
        shown["pinned_message"] = pinned.to_api(with_reply=False)
    return shown


def _permissions(chat: Chat) -> dict[str, bool]:
    allowed = dict.fromkeys(_PERMISSIONS, True)
    return allowed | ({"can_manage_topics": True} if chat.kind == SUPERGROUP else {})


def get_chat_member_count(call: "Call") -> int:
    chat = readable(call)
    if chat.kind == PRIVATE:
        return 2
    return sum(member.is_present for member in chat.members.values())


def get_user_profile_photos(call: "Call") -> dict[str, Any]:
    person_of(call)
    return {"total_count": 0, "photos": []}


METHODS = {
    "getchat": get_chat,
    "getchatmembercount": get_chat_member_count,
    "getuserprofilephotos": get_user_profile_photos,
}
