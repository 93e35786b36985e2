"""The order room: what buyer and seller write to each other inside an order."""

from dataclasses import dataclass

from market.files import FileRef
from market.states import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message as it came from a person: words, at most one file, and where Telegram has it."""

    words: str
    file: FileRef | None
    chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomMessage:
    """One message of the room, numbered from 1 within its order; it is evidence.

    `is_flagged`: it holds contact data or invites outside, and was sent all the same.
    """

    order_id: int
    number: int
    role: Role
    person_id: int
    said: Said
    at_ms: int
    is_flagged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickReply:
    """A sentence that a person keeps for sending with one tap."""

    id: int
    words: str
