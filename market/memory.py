"""Where the house's memory ends, as whoever has restored it from a backup reads it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderMoved:
    """What happened to an order last."""

    order_id: int
    event: str
    state: str
    at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Newest:
    """Where the house's memory ends: `orders` that changed last, the newest numbers and update.

    `waiting`: updates that came and are not handled yet. Numbers are 0 where there is nothing.
    """

    orders: tuple[OrderMoved, ...] = ()
    order_id: int = 0
    withdrawal_id: int = 0
    update_id: int = 0
    update_ms: int | None = None
    waiting: int = 0
