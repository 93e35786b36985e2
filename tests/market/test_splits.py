"""How the money of an order is shared out, over many random prices, coupons and fees."""

from collections.abc import Iterator
from random import Random

import pytest

from market.split import BP, Pricing, Split, split

LARGEST = 10**12
Case = tuple[Pricing, int]


def cases(count: int, *, seed: int) -> Iterator[Case]:
    """Prices of every size, with and without coupon and buyer's fee, and a part of each."""
    dice = Random(seed)  # noqa: S311 - a fixed seed
    for number in range(count):
        price = dice.randint(1, 10 ** (1 + number % 12))
        pricing = Pricing(
            price_minor=price,
            fee_bp=dice.choice((0, 1, 500, 999, 1_000, BP)),
            fee_least_minor=number % 3,
            coupon_minor=dice.randint(0, price) * (number % 2),
            buyer_fee_minor=dice.randint(0, price // 3) * (number // 2 % 2),
        )
        yield pricing, dice.choice((0, price, dice.randint(0, price)))


def check(pricing: Pricing, gross_minor: int, shares: Split) -> None:
    """What holds for every split (money.md 3.4)."""
    price, paid = pricing.price_minor, pricing.price_minor - pricing.coupon_minor
    seller, fee, buyer = shares.seller_minor, shares.fee_minor, shares.buyer_minor
    home, kept = shares.coupon_minor, shares.kept_minor
    assert price + pricing.buyer_fee_minor == seller + fee + buyer + home + kept
    assert min(seller, fee, buyer, home, kept) >= 0
    assert gross_minor == seller + fee
    assert fee * BP <= max(gross_minor * pricing.fee_bp, pricing.fee_least_minor * BP)
    assert buyer <= paid + pricing.buyer_fee_minor
    assert home <= pricing.coupon_minor
    if gross_minor == 0:
        assert (paid + pricing.buyer_fee_minor, pricing.coupon_minor) == (buyer, home)
    if gross_minor == price:
        assert (0, 0, pricing.buyer_fee_minor) == (buyer, home, kept)


def check_all(count: int, *, seed: int) -> None:
    """So many cases of one seed."""
    for pricing, gross_minor in cases(count, seed=seed):
        check(pricing, gross_minor, split(pricing, gross_minor))


def test_twenty_thousand_splits() -> None:
    """No unit is made or lost, nobody is below zero, a full refund returns exactly everything."""
    check_all(20_000, seed=5)


@pytest.mark.proof
def test_a_million_splits() -> None:
    """The same over a million cases."""
    check_all(1_000_000, seed=6)


def test_the_rest_goes_to_the_last_party() -> None:
    """The buyer's parts are floored; the budget of the coupon and the house take the rest."""
    pricing = Pricing(
        price_minor=100, fee_bp=1_000, fee_least_minor=1, coupon_minor=15, buyer_fee_minor=7
    )
    assert split(pricing, 67) == Split(61, 6, 28 + 2, coupon_minor=5, kept_minor=5)
    assert split(pricing, 67).house_minor == 11


def test_a_price_without_coupon_and_fee_is_shared_as_before() -> None:
    """Without coupon and buyer's fee the buyer gets what the seller does not."""
    pricing = Pricing(price_minor=250, fee_bp=1_000, fee_least_minor=1)
    assert split(pricing, 100) == Split(90, 10, 150)
