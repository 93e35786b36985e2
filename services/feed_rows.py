"""Rows of a provider's own list of what came in and went out, and what it says it holds."""

from dataclasses import dataclass
from typing import Literal

from market.money import Money

Direction = Literal["in", "out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """One line of the list.

    `kind` is who stood on the other side: 'invoice' (a person, about an invoice), 'person' (a
    person, about anything else), 'fragment', 'telegram_api', or whatever else the provider names.
    A refund has the id of its payment and the other direction. `payload` is the invoice's.
    `has_extra`: a part of a Star or a commission, which this house never asked for.
    """

    rail: str
    external_id: str
    direction: Direction
    kind: str
    amount: Money
    at_ms: int
    telegram_id: int | None = None
    payload: str = ""
    has_extra: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a list was read, and when it was last read to its end."""

    read_to: int
    read_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRow:
    """A line that is not booked, and why."""

    rail: str
    external_id: str
    direction: Direction
    error: str
    seen_ms: int


@dataclass(frozen=True, slots=True)
class StarsBalance:
    """What Telegram says the bot has; `has_extra` as in FeedRow."""

    amount: int
    has_extra: bool = False
