"""Refusals around rails: references, claims, wallets, currencies. `errors` names them all."""

from dataclasses import dataclass

from market.refusal import MarketError


@dataclass
class ClaimUnfit(MarketError):
    """The text cannot be a reference of that wallet."""

    wallet: str


@dataclass
class DigitsUnfit(MarketError):
    """The text holds no four digits of a sender's number."""


@dataclass
class ClaimTaken(MarketError):
    """Somebody has claimed this reference before; a payment does not count twice."""


@dataclass
class TooManyClaims(MarketError):
    """So many claims a day at most, refused ones too."""

    limit: int


@dataclass
class CurrencyClosed(MarketError):
    """The house takes no such money for that work (any more)."""

    currency: str


@dataclass
class NoWallet(MarketError):
    """No money can be sent there: the wallet is closed, or not set up."""


@dataclass
class PolicyUnread(MarketError):
    """The policy has to be read and accepted in its newest wording first."""

    version: int


@dataclass
class NotConfirmed(MarketError):
    """So much money leaves only when another operator has confirmed it."""
