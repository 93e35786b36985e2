"""What services and rails with invoices hand each other: what to ask for, and what was reported."""

from dataclasses import dataclass
from typing import Literal

from market.money import Money

BillNow = Literal["open", "paid", "over"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BillCall:
    """An invoice to be made. `payload` is the payment intent's id, and comes back with the money.

    `until_ms`: the link should not work any longer than that.
    """

    payload: str
    amount: Money
    title: str
    until_ms: int


@dataclass(frozen=True, slots=True)
class Billed:
    """The provider has made the invoice: its own id of it, and where to pay."""

    external_id: str
    url: str
    expires_ms: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BillReport:
    """What the provider says about one of its invoices.

    `received` and `fee` are None while nothing came, and where it came in a currency that the
    house does not keep; `odd` then says so. `payload` is "" where the invoice is not ours.
    """

    external_id: str
    payload: str
    now: BillNow
    received: Money | None = None
    fee: Money | None = None
    odd: str = ""


class RailAway(Exception):
    """The provider could not be asked; the text says why."""
