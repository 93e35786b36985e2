"""How an order's price is shared out. Every share is a floor; the last party takes the rest."""

from dataclasses import dataclass

BP = 10_000


@dataclass(frozen=True, slots=True)
class Split:
    """The three shares of one price, in minor units; they sum to the price exactly."""

    seller_minor: int
    fee_minor: int
    buyer_minor: int


def fee_of(gross_minor: int, *, fee_bp: int, fee_least_minor: int) -> int:
    """The house's fee on what the seller earns: floored, at least the least fee, at most all.

    Flooring means that rounding never costs the seller (money.md 3.4).
    """
    return min(gross_minor, max(gross_minor * fee_bp // BP, fee_least_minor if gross_minor else 0))


def split(price_minor: int, gross_minor: int, *, fee_bp: int, fee_least_minor: int) -> Split:
    """Share `price_minor`: the seller's gross part, the fee on it, the rest back to the buyer.

    `gross_minor` is between 0 (all goes back) and the price (all is released).
    """
    assert 0 <= gross_minor <= price_minor, "a gross share lies within the price"
    fee = fee_of(gross_minor, fee_bp=fee_bp, fee_least_minor=fee_least_minor)
    return Split(gross_minor - fee, fee, price_minor - gross_minor)
