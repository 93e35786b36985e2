"""Refusals about withdrawals and payouts."""

from dataclasses import dataclass

from market.refusal import MarketError


@dataclass
class DetailsUnreadable(MarketError):
    """What was typed is no account of that way."""

    way: str


@dataclass
class ReferenceUsed(MarketError):
    """Another payout of the same wallet has this reference."""


@dataclass
class PayoutsFrozen(MarketError):
    """No money leaves this account until then; None: until operators have looked."""

    until_ms: int | None


@dataclass
class TooManyWithdrawals(MarketError):
    """The person has asked for as many withdrawals today as one may."""

    limit: int


@dataclass
class NothingToWithdraw(MarketError):
    """The balance is less than the smallest withdrawal, both in minor units of `currency`."""

    least_minor: int
    currency: str


@dataclass
class WayClosed(MarketError):
    """Nothing can be sent that way at the moment: it is off, has no rate, or no funds."""

    way: str


@dataclass
class RateChanged(MarketError):
    """An owner has set another rate since the amounts were shown."""


@dataclass
class RateUnfit(MarketError):
    """What was typed is no rate."""


@dataclass
class StillAsked(MarketError):
    """The provider is being asked about this sending just now."""


@dataclass
class OwnWithdrawal(MarketError):
    """An operator never pays himself."""


@dataclass
class NotAnOwner(MarketError):
    """The act is for owners of the house."""
