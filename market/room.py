"""The order room: what buyer and seller write to each other inside an order."""

from dataclasses import dataclass

from market.contract import Order
from market.deadlines import Windows
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomPage:
    """A stretch of an order's room, oldest first, as one party or an operator sees it."""

    order: Order
    viewer: Role
    buyer_name: str
    seller_name: str
    messages: tuple[RoomMessage, ...]
    has_earlier: bool
    is_open: bool
    quick_replies: tuple[QuickReply, ...]
    now_ms: int


def closes_ms(order: Order, windows: Windows) -> int | None:
    """When the room closes: a while after the order's end, None before the end."""
    return order.entered_ms + windows.room_ms if order.state.is_final else None


def is_open(order: Order, *, now_ms: int, windows: Windows) -> bool:
    """The room opens with the payment."""
    end_ms = closes_ms(order, windows)
    return order.paid_ms is not None and (end_ms is None or now_ms < end_ms)
