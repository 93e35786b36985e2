"""Refusals about the house's own money and about money that must not leave now."""

from dataclasses import dataclass

from market.refusal import MarketError


@dataclass
class OutgoingStopped(MarketError):
    """No money leaves until an operator has looked."""


@dataclass
class BooksWrong(MarketError):
    """The last audit found errors: only an owner may let money leave all the same."""


@dataclass
class NotReconciled(MarketError):
    """Providers were not asked yet what has left since the backup was made."""


@dataclass
class NotCovered(MarketError):
    """The rest belongs to people, or lies elsewhere; `free_minor` may be taken out."""

    free_minor: int
    currency: str


@dataclass
class NotOwed(MarketError):
    """The person owes the house less than that."""

    debt_minor: int
    currency: str
