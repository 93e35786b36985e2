"""What services and payout rails hand each other: one sending of money, and what became of it."""

from dataclasses import dataclass

from market.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutCall:
    """Money to send to a person. `spend_id` is chosen once, before the first try, and kept.

    `telegram_id` is the receiver at rails that know people by it; `destination` is what other
    rails need (an account number), "" where the Telegram id is enough.
    """

    spend_id: str
    telegram_id: int
    amount: Money
    destination: str = ""


@dataclass(frozen=True, slots=True)
class Paid:
    """The provider has sent it: its own id of the sending, and what it took for that."""

    external_id: str
    fee_minor: int = 0


@dataclass(frozen=True, slots=True)
class NotPaid:
    """Certain: nothing was sent, and trying again would change nothing."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may have been sent. Nobody may decide before the rail has been asked."""

    error: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Certain: nothing was sent yet; the provider wants to be left alone until then."""

    at_ms: int
    error: str = ""


PayoutOutcome = Paid | NotPaid | Unknown | Wait
