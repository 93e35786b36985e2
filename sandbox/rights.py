"""What administrators and members may do in each kind of chat, as the Bot API names it.

Who has which right is kept in chats.py; where a right is needed is decided by the methods.
"""

from typing import Any

from sandbox.schema import spec

GROUP, SUPERGROUP, CHANNEL = "group", "supergroup", "channel"
ANONYMOUS = "is_anonymous"
_SUPERGROUP_ONLY = {"can_manage_topics"}
_CHANNEL_ONLY = {"can_post_messages", "can_edit_messages", "can_manage_direct_messages"}
_GROUP_ONLY = {"can_pin_messages", "can_manage_tags"}
_NOT_FOR_MEMBERS = {"can_change_info", "can_pin_messages", "can_manage_topics"}
_TEXT = ("can_send_messages", "text messages")
_SENDING = {
    "sendphoto": ("can_send_photos", "photos"),
    "sendvideo": ("can_send_videos", "videos"),
    "senddocument": ("can_send_documents", "documents"),
    "sendaudio": ("can_send_audios", "audios"),
    "sendvoice": ("can_send_voice_notes", "voice notes"),
    "sendvideonote": ("can_send_video_notes", "video notes"),
    "sendsticker": ("can_send_other_messages", "stickers"),
    "sendanimation": ("can_send_other_messages", "animations"),
    "sendpoll": ("can_send_polls", "polls"),
    "sendcontact": ("can_send_messages", "contacts"),
    "sendlocation": ("can_send_messages", "locations"),
    "sendvenue": ("can_send_messages", "venues"),
    "sendinvoice": ("can_send_messages", "invoice messages"),
}
_CONTENTS = {
    "photo": "can_send_photos",
    "video": "can_send_videos",
    "document": "can_send_documents",
    "audio": "can_send_audios",
    "voice": "can_send_voice_notes",
    "video_note": "can_send_video_notes",
    "sticker": "can_send_other_messages",
    "animation": "can_send_other_messages",
    "poll": "can_send_polls",
}


def admin_rights(kind: str) -> tuple[str, ...]:
    """The names of the rights that exist in such a chat; anonymity is kept apart from them."""
    absent = _CHANNEL_ONLY if kind != CHANNEL else _GROUP_ONLY | _SUPERGROUP_ONLY
    absent = absent | _SUPERGROUP_ONLY if kind == GROUP else absent
    names = spec().fields["ChatAdministratorRights"]
    return tuple(name for name in names if name not in absent | {ANONYMOUS})


def all_rights(kind: str) -> dict[str, bool]:
    return dict.fromkeys(admin_rights(kind), True)


def granted(wanted: dict[str, Any], *, kind: str) -> dict[str, bool]:
    """Only what is asked for; in a basic group every administrator has the same rights."""
    if kind == GROUP:
        return all_rights(kind)
    given = {name: wanted.get(name) is True for name in admin_rights(kind)}
    return given | {"can_manage_chat": any(given.values()) or wanted.get(ANONYMOUS) is True}


def permissions() -> tuple[str, ...]:
    return spec().fields["ChatPermissions"]


def member_permissions(wanted: dict[str, Any] | None = None) -> dict[str, bool]:
    """Of a restricted member: what is left out is not allowed."""
    given = wanted or {}
    return {name: given.get(name) is True for name in permissions()}


def usual_permissions(kind: str) -> dict[str, bool]:
    """What every member of a new group may do here."""
    names = [name for name in permissions() if kind == SUPERGROUP or name != "can_manage_topics"]
    return {name: name not in _NOT_FOR_MEMBERS for name in names}


def needed_for(method: str) -> tuple[str, str]:
    """The permission that a sending method needs, and what its refusal calls the message."""
    return _SENDING.get(method.lower(), _TEXT)


def needed_to_say(content: dict[str, Any]) -> str:
    found = (_CONTENTS[name] for name in _CONTENTS if name in content)
    return next(found, _TEXT[0])
