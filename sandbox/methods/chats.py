"""What the bot can learn about chats and people."""

from typing import TYPE_CHECKING, Any

from sandbox.access import person_of, readable
from sandbox.chats import CHANNEL, PRIVATE, Chat
from sandbox.rights import usual_permissions

if TYPE_CHECKING:
    from sandbox.call import Call

_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_chat(call: "Call") -> dict[str, Any]:
    chat = readable(call, is_look=True)
    shown = {
        **chat.to_api(),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, chat.kind == PRIVATE),
        **_group_facts(call, chat),
    }
    if chat.username:
        shown["active_usernames"] = [chat.username]
    pinned = chat.messages.get(chat.pinned[-1]) if chat.pinned else None
    if pinned is not None:
        shown["pinned_message"] = pinned.to_api(with_reply=False)
    return shown


def _group_facts(call: "Call", chat: Chat) -> dict[str, Any]:
    """A bot that may invite sees its own primary link, if it has made one."""
    facts: dict[str, Any] = {}
    if chat.description:
        facts["description"] = chat.description
    if chat.kind not in {PRIVATE, CHANNEL}:
        facts["permissions"] = usual_permissions(chat.kind)
    link = chat.invites.primary() if chat.invites is not None else None
    if link is not None and chat.may(call.world.bot.id, "can_invite_users"):
        facts["invite_link"] = link.link
    return facts


def get_chat_member_count(call: "Call") -> int:
    chat = readable(call, is_look=True)
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
