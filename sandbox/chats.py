"""Chats, their members with rights, and forum topics; what the Bot API says about each.

Messages of a chat are kept here but built in messages.py.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.schema import spec

if TYPE_CHECKING:
    from sandbox.messages import Message
    from sandbox.people import User

MESSAGES_KEPT = 2_000
PRIVATE, GROUP, SUPERGROUP, CHANNEL = "private", "group", "supergroup", "channel"
ADMIN_STATES = {"creator", "administrator"}
_SUPERGROUP_ONLY = {"can_manage_topics"}
_CHANNEL_ONLY = {"can_post_messages", "can_edit_messages", "can_manage_direct_messages"}
_GROUP_ONLY = {"can_pin_messages", "can_manage_tags"}


@dataclass(slots=True, eq=False)
class Member:
    user: "User"
    state: str = "member"

    @property
    def is_present(self) -> bool:
        return self.state not in {"left", "kicked"}

    @property
    def is_admin(self) -> bool:
        return self.state in ADMIN_STATES


@dataclass(slots=True, eq=False)
class Topic:
    id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str | None = None
    closed: bool = False

    def to_api(self) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "message_thread_id": self.id,
            "name": self.name,
            "icon_color": self.icon_color,
        }
        if self.icon_custom_emoji_id:
            shown["icon_custom_emoji_id"] = self.icon_custom_emoji_id
        return shown

    def to_control(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name, "closed": self.closed}


@dataclass(slots=True, eq=False)
class Chat:
    id: int
    kind: str
    title: str
    username: str | None = None
    is_forum: bool = False
    person: "User | None" = None
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: "dict[int, Message]" = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    last_id: int = 0

    def to_api(self) -> dict[str, Any]:
        shown: dict[str, Any] = {"id": self.id, "type": self.kind}
        if self.kind == PRIVATE:
            shown["first_name"] = self.title
        else:
            shown["title"] = self.title
        if self.username:
            shown["username"] = self.username
        if self.is_forum:
            shown["is_forum"] = True
        return shown

    def to_control(self) -> dict[str, Any]:
        present = [member for member in self.members.values() if member.is_present]
        return {
            "id": self.id,
            "type": self.kind,
            "title": self.title,
            "username": self.username,
            "is_forum": self.is_forum,
            "topics": [topic.to_control() for topic in self.topics.values()],
            "members": [member.user.id for member in present],
            "admins": [member.user.id for member in present if member.is_admin],
        }

    def member(self, user_id: int) -> Member | None:
        return self.members.get(user_id)

    def holds(self, user_id: int) -> bool:
        if self.person is not None:
            return self.person.id == user_id
        member = self.members.get(user_id)
        return member is not None and member.is_present

    def is_admin(self, user_id: int) -> bool:
        member = self.members.get(user_id)
        return member is not None and member.is_admin

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def keep(self, message: "Message") -> None:
        self.messages[message.id] = message
        if len(self.messages) > MESSAGES_KEPT:
            del self.messages[next(iter(self.messages))]


def rights_in(kind: str) -> dict[str, bool]:
    """All the rights an administrator can have in such a chat: promotion gives every one."""
    absent = _CHANNEL_ONLY if kind != CHANNEL else _GROUP_ONLY | _SUPERGROUP_ONLY
    absent = absent | _SUPERGROUP_ONLY if kind == GROUP else absent
    names = spec().fields["ChatAdministratorRights"]
    return {name: name != "is_anonymous" for name in names if name not in absent}


def member_to_api(member: Member, *, kind: str) -> dict[str, Any]:
    shown: dict[str, Any] = {"status": member.state, "user": member.user.to_api()}
    if member.state == "creator":
        shown["is_anonymous"] = False
    elif member.state == "administrator":
        shown |= {"can_be_edited": False, **rights_in(kind)}
    elif member.state == "kicked":
        shown["until_date"] = 0
    return shown
