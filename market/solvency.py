"""Is everything there? Money that goes back as it came, and all of it at the owners' rates.

Pure; where the figures come from is the storage's, who is told is the services'.
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from market.money import Currency
from market.payout_terms import MICRO, Rate
from market.trust import Check, Held, Position


@dataclass(frozen=True, slots=True)
class Shortfall:
    """So much is not there: of what may go back in this currency, or of everything together."""

    kind: Literal["refunds", "whole"]
    currency: str
    minor: int


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What came of Stars and belongs to nobody yet: `minor` of a currency for `stars` Stars."""

    stars: Fraction
    minor: int

    def stars_for(self, minor: int) -> int:
        """How many Stars so much of it came of, rounded up."""
        return ceil(self.stars * minor / self.minor)

    def most(self, fees: int) -> int:
        """What so many Stars have become, rounded down; never more than came."""
        return floor(min(Fraction(fees), self.stars) * self.minor / self.stars)


@dataclass(frozen=True, slots=True)
class Solvency:
    """All positions, with the newest rates for Stars."""

    positions: tuple[Position, ...]
    rates: tuple[Rate, ...]

    def missing(self) -> tuple[Shortfall, ...]:
        """Nothing, when refunds are covered where they are owed and the whole nets to zero."""
        refunds = [
            Shortfall("refunds", one.currency, one.bound - one.held)
            for one in self.positions
            if one.bound > one.held
        ]
        apart = [
            Shortfall("whole", one.currency, -one.own)
            for one in self.positions
            if one.own < 0 and self._price(one.currency) is None
        ]
        together = -floor(self._together())
        whole = [Shortfall("whole", Currency.XTR, together)] if together > 0 else []
        return (*refunds, *apart, *whole)

    def surplus(self, currency: str) -> int:
        """By how much the whole is more than what is owed, as money of this currency."""
        price = self._price(currency)
        return self.own(currency) if price is None else floor(self._together() / price)

    def own(self, currency: str) -> int:
        """What of this currency is left when everybody was given what is theirs in it."""
        return sum(one.own for one in self.positions if one.currency == currency)

    def exchanged(self, currency: str) -> Exchanged | None:
        """What of this currency came of Stars and is not anybody's; None: nothing did.

        Stars that became several currencies are shared out by what came, at the rates.
        """
        open_fx = {one.currency: one.exchanged for one in self.positions}
        stars, came = open_fx.get(Currency.XTR, 0), -open_fx.get(currency, 0)
        if stars <= 0 or came <= 0:
            return None
        share = self._share(currency, {cur: -fx for cur, fx in open_fx.items() if fx < 0})
        return Exchanged(stars * share, came) if share else None

    def _share(self, currency: str, came: dict[str, int]) -> Fraction:
        if len(came) == 1:
            return Fraction(1)
        worth = {cur: minor * (self._price(cur) or 0) for cur, minor in came.items()}
        total = sum(worth.values())
        return Fraction(worth[currency]) / total if total else Fraction(0)

    def _together(self) -> Fraction:
        """In Stars; currencies without a rate stand for themselves and are left out."""
        prices = [(one.own, self._price(one.currency)) for one in self.positions]
        return sum((own * price for own, price in prices if price is not None), Fraction(0))

    def _price(self, currency: str) -> Fraction | None:
        """Stars for one minor unit, by what owners pay for a Star."""
        if currency == Currency.XTR:
            return Fraction(1)
        found = [rate.micro for rate in self.rates if rate.target == currency]
        return Fraction(MICRO, found[0]) if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """The public page: what is held where, what is owed, the newest check of each rail."""

    solvency: Solvency
    held: tuple[Held, ...]
    checks: tuple[Check, ...]
    audited_ms: int | None
    is_right: bool
