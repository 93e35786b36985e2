"""As whom a message appears: a person, a channel, or a group for an anonymous administrator."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.chats import CHANNEL, SUPERGROUP, Chat
from sandbox.people import User

if TYPE_CHECKING:
    from sandbox.posting import Draft

ANONYMOUS_ADMIN = User(
    id=1_087_968_824, name="Group", username="GroupAnonymousBot", is_bot=True, started=True
)


@dataclass(frozen=True, slots=True)
class Appearance:
    """The fields `from`, `sender_chat` and `author_signature` of a message."""

    sender: User | None
    sender_chat: Chat | None = None
    signature: str | None = None


def appearance(draft: "Draft") -> Appearance:
    chat, sender = draft.chat, draft.sender
    if chat.kind == CHANNEL:
        return Appearance(None, chat, sender.name if chat.is_signed else None)
    member = chat.member(sender.id)
    if chat.kind == SUPERGROUP and member is not None and member.is_admin and member.is_anonymous:
        return Appearance(ANONYMOUS_ADMIN, chat, member.title or None)
    return Appearance(sender)
