"""What the house holds against what it owes, by currency: figures for everybody and for owners."""

from dataclasses import dataclass

from market.money import Currency


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """One currency, in minor units.

    `held` lies with providers. `owed` belongs to people: `in_orders`, `in_wallets` (clearing,
    available, credit, on its way out), `going_back`, and what is left (fees of orders that have
    not cleared, money of unknown people). `earned` is what of it sellers may withdraw.
    `exchanged` is what was turned into another currency; below zero it came from another one.
    `lent` is what people owe the house after payments were taken back.
    """

    currency: str
    held: int
    owed: int
    in_orders: int
    in_wallets: int
    going_back: int
    earned: int
    exchanged: int
    lent: int

    @property
    def own(self) -> int:
        """What of this currency is left for the house when everybody was given what is theirs."""
        return self.held - self.owed

    @property
    def bound(self) -> int:
        """What can only be given in this currency. Earned Stars are paid out in other money."""
        return self.owed - (self.earned if self.currency == Currency.XTR else 0)

    @property
    def other(self) -> int:
        """Owed, and neither in orders nor in wallets nor going back."""
        return self.owed - self.in_orders - self.in_wallets - self.going_back


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one rail holds by the ledger."""

    rail: str
    currency: str
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What a provider said it holds, beside the ledger at that moment.

    `in_flight_minor` was promised to go out and may have gone. `operator_id` is who typed it.
    """

    rail: str
    currency: str
    reported_minor: int
    stored_minor: int
    in_flight_minor: int
    at_ms: int
    operator_id: int | None = None

    @property
    def difference(self) -> int:
        """What the provider has more (or less, below zero) than the ledger says."""
        return self.reported_minor - self.stored_minor

    @property
    def is_right(self) -> bool:
        """Nothing but what is in flight is missing."""
        return -self.in_flight_minor <= self.difference <= 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """Money that leaves as soon as it may: a refund or a payout (`kind`), to whom, where."""

    kind: str
    rail: str
    currency: str
    minor: int
    person_id: int
    order_id: int | None
    since_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stops:
    """What keeps money from leaving; `frozen_by` is audit, operator or empty.

    `unread`: the rails whose own lists were not read to their end since safe mode began.
    `is_wrong`: the last audit found errors in the books.
    """

    frozen_by: str
    safe_since_ms: int | None
    unread: tuple[str, ...]
    outgoing: tuple[Outgoing, ...]
    is_wrong: bool = False

    @property
    def is_reconciled(self) -> bool:
        """What providers list is known."""
        return not self.unread


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckRow:
    """One thing that waits too long. `kind` is its name in the list of what is stuck.

    `number` is of what is looked at: an update, an outbox row, a withdrawal, an order, a claim;
    `name` tells what has none. `why` is the last error, empty where nobody knows one.
    """

    kind: str
    number: int | None
    name: str
    why: str
    since_ms: int | None
