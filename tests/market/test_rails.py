"""Rails, references and currencies: what is allowed where, and how what people type is read."""

import pytest

from market.claims import last_digits, normalised
from market.errors import ClaimUnfit, DigitsUnfit
from market.gig import CATEGORY_KEYS, Fulfilment
from market.money import Currency
from market.policy import Policy
from market.rails import (
    by_hand,
    currencies,
    default_fulfilment,
    is_by_hand,
    rail_of,
    wallet_of,
)


def test_rails_follow_the_currency() -> None:
    """Stars at Telegram, USDT by Crypto Pay, taka and dollars by hand."""
    assert [rail_of(one) for one in Currency] == ["stars", "manual", "manual", "crypto_pay"]
    assert by_hand("bkash") == "manual:bkash"
    assert wallet_of("manual:bkash") == "bkash"
    assert [is_by_hand(one) for one in ("manual", "manual:bank", "stars", None)] == [
        True,
        True,
        False,
        False,
    ]


def test_currencies_follow_the_work() -> None:
    """Digital work is paid in Stars; other work also in what the house takes."""
    taken = frozenset({Currency.BDT})
    assert currencies(Fulfilment.DIGITAL, taken) == (Currency.XTR,)
    assert currencies(Fulfilment.NON_DIGITAL, taken) == (Currency.XTR, Currency.BDT)
    assert currencies(Fulfilment.NON_DIGITAL, frozenset()) == (Currency.XTR,)


def test_everything_is_digital_at_first() -> None:
    """Every category, and one that does not exist."""
    kinds = {default_fulfilment(key) for key in (*CATEGORY_KEYS, "travel")}
    assert kinds == {Fulfilment.DIGITAL}


@pytest.mark.parametrize("currency", [*Currency])
def test_each_currency_has_limits(currency: Currency) -> None:
    """Prices and the second operator's limit, in minor units of that currency."""
    policy = Policy(second_operator_minor=77)
    low, high = policy.price_limits(currency)
    assert 0 < low < high
    assert policy.second_operator(currency) > 0
    assert Policy(second_operator_minor=77).second_operator(Currency.XTR) == 77


@pytest.mark.parametrize(
    ("wallet", "text", "reference"),
    [
        ("bkash", " 9ab1c2d3e4 ", "9AB1C2D3E4"),
        ("bkash", "৯AB১C২D৩E৪", "9AB1C2D3E4"),
        ("bkash", "９ＡＢ1C2D3E4", "9AB1C2D3E4"),
        ("nagad", "71ud bxm4", "71UDBXM4"),
        ("bank", "ft26327/ab-1.c", "FT26327/AB-1.C"),
    ],
)
def test_references_that_are_read(wallet: str, text: str, reference: str) -> None:
    """However it is written, the same payment has the same reference."""
    assert normalised(wallet, text) == reference


@pytest.mark.parametrize(
    ("wallet", "text"),
    [
        ("bkash", ""),
        ("bkash", "short"),
        ("nagad", "71UD-BXM4"),
        ("bkash", "9" * 13),
        ("bank", "-1-"),
    ],
)
def test_references_that_are_none(wallet: str, text: str) -> None:
    """Words, punctuation and wrong lengths."""
    with pytest.raises(ClaimUnfit):
        normalised(wallet, text)


@pytest.mark.parametrize(
    "text", ["4321", "৪৩২১", "01711-004321", "+880 1711 004321", "(0171) 1004321"]
)
def test_digits_that_are_read(text: str) -> None:
    """The last four, or the whole number."""
    assert last_digits(text) == "4321"


@pytest.mark.parametrize("text", ["", "321", "54321", "four", "4321 or 4322"])
def test_digits_that_are_none(text: str) -> None:
    """Neither four digits nor a telephone number."""
    with pytest.raises(DigitsUnfit):
        last_digits(text)
