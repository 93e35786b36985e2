"""How an order's money is shared out. Every share is a floor; the last party takes the rest."""

from dataclasses import dataclass

BP = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pricing:
    """What the shares depend on: the price, the fee on it, the house's coupon, the buyer's fee."""

    price_minor: int
    fee_bp: int
    fee_least_minor: int
    coupon_minor: int = 0
    buyer_fee_minor: int = 0


@dataclass(frozen=True, slots=True)
class Split:
    """The shares of what an order holds, in minor units; they sum to price and buyer's fee.

    `fee_minor` is taken from the seller's part; `kept_minor` is what the house keeps of the
    buyer's fee; `coupon_minor` goes home to the budget that the coupon came from.
    """

    seller_minor: int
    fee_minor: int
    buyer_minor: int
    coupon_minor: int = 0
    kept_minor: int = 0

    @property
    def house_minor(self) -> int:
        """Both fees of the house."""
        return self.fee_minor + self.kept_minor


def fee_of(gross_minor: int, *, fee_bp: int, fee_least_minor: int) -> int:
    """The house's fee on what the seller earns: floored, at least the least fee, at most all.

    Flooring means that rounding never costs the seller (money.md 3.4).
    """
    return min(gross_minor, max(gross_minor * fee_bp // BP, fee_least_minor if gross_minor else 0))


def split(pricing: Pricing, gross_minor: int) -> Split:
    """Share the money out: the seller's gross part, the fee on it, the rest back to its sources.

    `gross_minor` is between 0 (all goes back) and the price (all is released).
    """
    price = pricing.price_minor
    assert 0 <= gross_minor <= price, "a gross share lies within the price"
    fee = fee_of(gross_minor, fee_bp=pricing.fee_bp, fee_least_minor=pricing.fee_least_minor)
    rest = price - gross_minor
    paid_back = rest * (price - pricing.coupon_minor) // price
    fee_back = pricing.buyer_fee_minor * rest // price
    return Split(
        seller_minor=gross_minor - fee,
        fee_minor=fee,
        buyer_minor=paid_back + fee_back,
        coupon_minor=rest - paid_back,
        kept_minor=pricing.buyer_fee_minor - fee_back,
    )
