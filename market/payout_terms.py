"""How money leaves the house: the ways out, an owner's rates, and what a withdrawal would bring.

Everything is whole minor units; an exchange is floored, and so is the fee.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from market.amounts import NUMBER, plain
from market.money import Currency, Money
from market.payout_errors import RateUnfit

MICRO = 10**6
MICRO_MAX = 10**15
LEVELS = 3


class Way(StrEnum):
    """Where a withdrawal goes: a wallet that operators send to by hand, or Crypto Pay."""

    BKASH = "bkash"
    NAGAD = "nagad"
    BANK = "bank"
    CRYPTO_PAY = "crypto_pay"

    @property
    def is_manual(self) -> bool:
        """An operator sends it in his own app."""
        return self is not Way.CRYPTO_PAY

    @property
    def currency(self) -> Currency:
        """What arrives."""
        return Currency.BDT if self.is_manual else Currency.USDT

    @property
    def rail(self) -> str:
        """The rail whose account the money leaves."""
        return f"manual:{self.value}" if self.is_manual else self.value


BY_HAND = frozenset(way for way in Way if way.is_manual)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What an owner pays for one minor unit of `source`: `micro` millionths of a target's minor.

    1.58 taka for a Star are 158 poisha, so 158,000,000.
    """

    id: int
    source: Currency
    target: Currency
    micro: int
    set_ms: int
    set_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutTerms:
    """The house's terms in one payout currency, minor units.

    `most_minor`: the most that one withdrawal may be, by the seller's level. Above
    `second_operator_minor` two operators are needed, above `pin_minor` within a day the person's
    PIN, where there is one. The fee is `fee_flat_minor` and `fee_bp`
    basis points of the amount.
    """

    currency: Currency
    least_minor: int
    most_minor: tuple[int, int, int]
    fee_flat_minor: int = 0
    fee_bp: int = 0
    second_operator_minor: int
    pin_minor: int


BDT_TERMS = PayoutTerms(
    currency=Currency.BDT,
    least_minor=10_000,
    most_minor=(500_000, 1_500_000, 2_500_000),
    fee_flat_minor=1_000,
    second_operator_minor=1_000_000,
    pin_minor=200_000,
)
USDT_TERMS = PayoutTerms(
    currency=Currency.USDT,
    least_minor=2_000_000,
    most_minor=(50_000_000, 200_000_000, 1_000_000_000),
    second_operator_minor=100_000_000,
    pin_minor=20_000_000,
)
PAYOUT_TERMS = (BDT_TERMS, USDT_TERMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a withdrawal of `source` means: `amount` of the payout currency, `fee` of it kept."""

    source: Money
    amount: Money
    fee: Money

    @property
    def net(self) -> Money:
        """What arrives."""
        return self.amount - self.fee


def exchanged(source: Money, rate: Rate | None) -> Money:
    """P21's second amount: whole minor units, rounded down; without a rate the same money."""
    if rate is None:
        return source
    assert source.currency is rate.source, "a rate is of two currencies"
    return Money(source.minor * rate.micro // MICRO, rate.target)


def quoted(source: Money, rate: Rate | None, terms: PayoutTerms) -> Quote:
    """The amounts of a withdrawal; the fee is never more than the amount."""
    amount = exchanged(source, rate)
    assert amount.currency is terms.currency, "terms are of one currency"
    fee = min(amount.minor, terms.fee_flat_minor + amount.minor * terms.fee_bp // 10_000)
    return Quote(source=source, amount=amount, fee=Money(fee, amount.currency))


def bounds(rate: Rate | None, *, least_minor: int, most_minor: int) -> tuple[int, int]:
    """The smallest and largest source amount whose exchange lies between the limits."""
    if rate is None:
        return least_minor, most_minor
    low = -(-least_minor * MICRO // rate.micro)
    return low, ((most_minor + 1) * MICRO - 1) // rate.micro


def read_rate(text: str, source: Currency, target: Currency) -> int:
    """What an owner typed for one `source` ("1.58" taka) as `Rate.micro`; raises RateUnfit."""
    digits = plain(text)
    if not NUMBER.fullmatch(digits):
        raise RateUnfit
    micro = Decimal(digits).scaleb(target.exponent - source.exponent) * MICRO
    if micro != micro.to_integral_value() or not 1 <= micro <= MICRO_MAX:
        raise RateUnfit
    return int(micro)


def level_of(cleared: int, *, new_below: int, known_below: int) -> int:
    """0 for a new seller, 1 for a known one, 2 for one with a long record."""
    return sum(cleared >= limit for limit in (new_below, known_below))
