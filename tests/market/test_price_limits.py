"""Limits of prices as operators write them."""

import pytest

from market.money import Currency
from market.policy import Policy
from market.price_limits import PRICES, PriceLimits, read_prices


def test_only_what_is_named_changes() -> None:
    """Whole units, decimals, any case and spaces; the order of the currencies stays."""
    bdt, usd, usdt = read_prices(" BDT = 99.50 - 50000 , usdt=2-500,")
    assert bdt == PriceLimits(Currency.BDT, 9_950, 5_000_000)
    assert usd == PRICES[1]
    assert usdt == PriceLimits(Currency.USDT, 2_000_000, 500_000_000)
    assert read_prices("") == PRICES
    policy = Policy(prices=(bdt, usd, usdt))
    assert policy.price_limits(Currency.BDT) == (9_950, 5_000_000)
    assert policy.price_limits(Currency.USD) == (100, 200_000)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("xtr=1-5", "begin with bdt=, usd=, usdt="),
        ("50-100", "begin with"),
        ("bdt=50", "the least and the most"),
        ("bdt", "the least and the most"),
        ("bdt=100-50", "swap them"),
        ("bdt=0-50", "0 is no price in BDT"),
        ("bdt=-5-50", "nothing is no price in BDT"),
        ("usd=1.005-3", "1.005 is no price in USD"),
        ("usdt=1-lots", "lots is no price in USDT"),
        ("bdt=1-99999999999999", "is no price in BDT"),
    ],
)
def test_what_is_wrong_is_said(text: str, words: str) -> None:
    """In words for operators."""
    with pytest.raises(ValueError, match=words):
        read_prices(text)
