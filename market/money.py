"""Money: whole minor units of one currency. Splits and fees live in `split`, words in the views."""

from dataclasses import dataclass
from enum import StrEnum

from market.errors import MixedCurrencies

MINOR_MAX = 10**15


class Currency(StrEnum):
    """What an amount is counted in. An exponent never changes once used (money.md 3.1)."""

    XTR = "XTR"
    BDT = "BDT"
    USD = "USD"
    USDT = "USDT"

    @property
    def exponent(self) -> int:
        """How many decimal digits the minor unit has."""
        return _EXPONENTS[self]


_EXPONENTS = {Currency.XTR: 0, Currency.BDT: 2, Currency.USD: 2, Currency.USDT: 6}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units; the sum of two currencies does not exist."""

    minor: int
    currency: Currency

    def __post_init__(self) -> None:
        assert type(self.minor) is int, "minor units are whole numbers"

    def __add__(self, other: "Money") -> "Money":
        """Raise MixedCurrencies for two currencies."""
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        """Raise MixedCurrencies for two currencies."""
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def _same(self, other: "Money") -> None:
        if self.currency is not other.currency:
            raise MixedCurrencies(self.currency, other.currency)
