"""Chats, their members with rights, and forum topics; what the Bot API says about each.

Messages of a chat are kept here but built in messages.py; which rights exist is in rights.py.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sandbox.rights import ANONYMOUS, CHANNEL, GROUP, SUPERGROUP, all_rights

if TYPE_CHECKING:
    from sandbox.invites import Invites
    from sandbox.messages import Message
    from sandbox.people import User

MESSAGES_KEPT = 2_000
PRIVATE = "private"
ADMIN_STATES = {"creator", "administrator"}
ABSENT_STATES = {"left", "kicked"}


@dataclass(frozen=True, slots=True, eq=False)
class Member:
    """`rights` are those of an administrator, or the permissions of a restricted member."""

    user: "User"
    state: str = "member"
    rights: dict[str, bool] = field(default_factory=dict)
    title: str = ""
    is_anonymous: bool = False
    until: int = 0
    promoted_by: int = 0
    is_in: bool = True

    @property
    def is_present(self) -> bool:
        return self.is_in if self.state == "restricted" else self.state not in ABSENT_STATES

    @property
    def is_admin(self) -> bool:
        return self.state in ADMIN_STATES

    def may(self, right: str) -> bool:
        """The single right of an administrator."""
        return self.state == "creator" or (
            self.state == "administrator" and self.rights.get(right, False)
        )

    def is_allowed(self, permission: str) -> bool:
        """What a member may still do after a restriction."""
        return self.state != "restricted" or self.rights.get(permission, False)

    def is_same(self, other: "Member") -> bool:
        return self.facts() == other.facts()

    def facts(self) -> dict[str, Any]:
        facts = {"rights": self.rights, "title": self.title, "is_anonymous": self.is_anonymous}
        return {"state": self.state, "until": self.until, "is_in": self.is_present, **facts}


@dataclass(slots=True, eq=False)
class Topic:
    id: int
    name: str
    icon_color: int
    icon_custom_emoji_id: str | None = None
    closed: bool = False
    opened_by: int = 0

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
    description: str | None = None
    is_forum: bool = False
    is_signed: bool = False
    person: "User | None" = None
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: "dict[int, Message]" = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    invites: "Invites | None" = None
    last_id: int = 0
    ends: dict[int, int] = field(default_factory=dict)

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
        admins = [member for member in present if member.is_admin]
        return {
            "id": self.id,
            "type": self.kind,
            "title": self.title,
            "username": self.username,
            "description": self.description,
            "is_forum": self.is_forum,
            "topics": [topic.to_control() for topic in self.topics.values()],
            "members": [member.user.id for member in present],
            "admins": [member.user.id for member in admins],
            "admin_rights": {
                str(member.user.id): {
                    **(all_rights(self.kind) if member.state == "creator" else member.rights),
                    ANONYMOUS: member.is_anonymous,
                }
                for member in admins
            },
        }

    def member(self, user_id: int) -> Member | None:
        return self.members.get(user_id)

    def member_or_left(self, user: "User") -> Member:
        return self.members.get(user.id) or Member(user, "left")

    def holds(self, user_id: int) -> bool:
        if self.person is not None:
            return self.person.id == user_id
        member = self.members.get(user_id)
        return member is not None and member.is_present

    def is_admin(self, user_id: int) -> bool:
        member = self.members.get(user_id)
        return member is not None and member.is_admin

    def may(self, user_id: int, right: str) -> bool:
        member = self.members.get(user_id)
        return member is not None and member.may(right)

    def may_pin(self, user_id: int) -> bool:
        """Anybody in a private chat; in a channel pinning counts as editing."""
        if self.kind == PRIVATE:
            return True
        right = "can_edit_messages" if self.kind == CHANNEL else "can_pin_messages"
        return self.may(user_id, right)

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def keep(self, message: "Message") -> None:
        self.messages[message.id] = message
        if len(self.messages) > MESSAGES_KEPT:
            self.forget(next(iter(self.messages)))

    def forget(self, message_id: int) -> None:
        """Nothing that the message held stays for its sake: else a chain of replies never ends."""
        message = self.messages.pop(message_id, None)
        if message is None:
            return
        message.reply_to = None
        if message_id in self.pinned:
            self.pinned.remove(message_id)
        if message.poll is not None and message in message.poll.shown_in:
            message.poll.shown_in.remove(message)


def member_to_api(member: Member, *, kind: str, bot_id: int = 0) -> dict[str, Any]:
    """`can_be_edited` is true of the administrators that the bot itself has promoted."""
    shown: dict[str, Any] = {"status": member.state, "user": member.user.to_api()}
    match member.state:
        case "creator":
            shown[ANONYMOUS] = member.is_anonymous
        case "administrator":
            shown |= {"can_be_edited": bool(bot_id) and member.promoted_by == bot_id}
            shown |= member.rights or all_rights(kind)
            shown[ANONYMOUS] = member.is_anonymous
        case "restricted":
            shown |= {"is_member": member.is_in, **member.rights, "until_date": member.until}
        case "kicked":
            shown["until_date"] = member.until
    if member.title:
        shown["custom_title"] = member.title
    return shown


__all__ = ["CHANNEL", "GROUP", "PRIVATE", "SUPERGROUP", "Chat", "Member", "Topic"]
