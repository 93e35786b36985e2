"""A `Change`: everything one command does, as a value. The unit of work writes it whole or not."""

from dataclasses import dataclass

from market.contract import Order
from market.ledger import Journal
from market.money import Money
from market.notices import Message
from market.states import Event, Role, State


@dataclass(frozen=True, slots=True)
class OrderEvent:
    """One row of an order's history; (order, version) is unique.

    `minor` (the seller's part of the price) and `days` are what the actor named, else 0.
    """

    order_id: int
    version: int
    event: Event
    src: State
    dst: State
    role: Role
    person_id: int | None
    at_ms: int
    note: str
    minor: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Refund:
    """A whole charge that the provider must send back; (rail, charge) is its stable key."""

    rail: str
    charge_id: str
    payer_id: int
    amount: Money
    order_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What to write in one database transaction.

    `before` is the order that was read: state and version must still be the same (compare and
    set), else the unit of work raises Conflict. `order` is the order after. Without `event` only
    the clocks moved and the version stays. Money may move without an order (`before` is None).
    """

    before: Order | None = None
    order: Order | None = None
    event: OrderEvent | None = None
    journals: tuple[Journal, ...] = ()
    messages: tuple[Message, ...] = ()
    refunds: tuple[Refund, ...] = ()
