"""What gigs may cost where it is not Stars: the house's limits, and how settings write them."""

from dataclasses import dataclass, replace

from market.amounts import parse_amount
from market.errors import AmountOutOfRange, AmountUnreadable
from market.money import MINOR_MAX, Currency


@dataclass(frozen=True, slots=True)
class PriceLimits:
    """The least and the most that a gig may cost, in minor units."""

    currency: Currency
    low_minor: int
    high_minor: int


PRICES = (
    PriceLimits(Currency.BDT, 5_000, 10_000_000),
    PriceLimits(Currency.USD, 100, 200_000),
    PriceLimits(Currency.USDT, 1_000_000, 2_000_000_000),
)


def read_prices(text: str) -> tuple[PriceLimits, ...]:
    """The limits of each currency; "bdt=100-50000" changes that one and leaves the others.

    Raises ValueError in words for operators.
    """
    limits = {one.currency.value.lower(): one for one in PRICES}
    for change in filter(None, (part.strip() for part in text.split(","))):
        name, _, span = change.partition("=")
        known = limits.get(name.strip().lower())
        if known is None:
            raise ValueError(f"{name.strip()}: begin with {', '.join(f'{one}=' for one in limits)}")
        limits[name.strip().lower()] = _changed(known, span)
    return tuple(limits.values())


def _changed(known: PriceLimits, span: str) -> PriceLimits:
    low, dash, high = span.partition("-")
    if not dash:
        raise ValueError(f"{known.currency}: write the least and the most, such as 50-100000")
    found = replace(
        known, low_minor=_minor(low, known.currency), high_minor=_minor(high, known.currency)
    )
    if found.low_minor > found.high_minor:
        raise ValueError(f"{known.currency}: the least is above the most; swap them")
    return found


def _minor(text: str, currency: Currency) -> int:
    try:
        return parse_amount(text, currency, low_minor=1, high_minor=MINOR_MAX).minor
    except (AmountUnreadable, AmountOutOfRange):
        raise ValueError(f"{text.strip() or 'nothing'} is no price in {currency}") from None
