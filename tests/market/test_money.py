"""Money, splits and what people type."""

import pytest
from hypothesis import given, settings

from market.amounts import parse_amount, parse_count
from market.errors import (
    AmountOutOfRange,
    AmountUnreadable,
    MixedCurrencies,
    NumberOutOfRange,
    TextTooLong,
    TextTooShort,
)
from market.gig import checked, units
from market.money import Currency, Money
from market.people import Person, Standing
from market.review import visible_from
from market.split import fee_of, split
from tests.support.seeds import new_seed
from tests.support.splits import CASES, WHOLE, Case, random_cases


def shares_fit(case: Case) -> None:
    """No unit is made or lost, nobody goes below zero, rounding never costs the seller."""
    price, gross = case.price, case.price * case.share // WHOLE
    shares = split(price, gross, fee_bp=case.bp, fee_least_minor=case.least)
    assert price == shares.seller_minor + shares.fee_minor + shares.buyer_minor
    assert min(shares.seller_minor, shares.fee_minor, shares.buyer_minor) >= 0
    assert shares.fee_minor * 10_000 <= max(gross * case.bp, case.least * 10_000)
    assert shares.buyer_minor == price - gross


@settings(max_examples=1_000, deadline=None)
@given(CASES)
def test_shares_sum_to_the_price(case: Case) -> None:
    """Whatever is searched for: the shares are the price, and rounding never costs the seller."""
    shares_fit(case)


def test_twenty_thousand_random_shares_sum_to_the_price() -> None:
    """The same for 20,000 cases drawn at random, another 20,000 in each run."""
    for case in random_cases(20_000, seed=new_seed()):
        shares_fit(case)


@pytest.mark.proof
@settings(max_examples=1_000_000, deadline=None)
@given(CASES)
def test_a_million_splits(case: Case) -> None:
    """The same over a million cases."""
    shares_fit(case)


@pytest.mark.parametrize(
    ("gross", "fee"), [(250, 25), (255, 25), (5, 1), (1, 1), (0, 0), (10_000, 1_000)]
)
def test_the_fee_is_floored_and_at_least_one(gross: int, fee: int) -> None:
    """Ten per cent, floored; at least one Star of anything, never more than all."""
    assert fee == fee_of(gross, fee_bp=1_000, fee_least_minor=1)


def test_two_currencies_do_not_add() -> None:
    """Adding or subtracting Stars and Taka is refused."""
    stars, taka = Money(5, Currency.XTR), Money(5, Currency.BDT)
    with pytest.raises(MixedCurrencies):
        _ = stars + taka
    with pytest.raises(MixedCurrencies):
        _ = stars - taka
    assert (Money(10, Currency.XTR), Money(0, Currency.XTR)) == (stars + stars, stars - stars)


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        ("500", 500),
        ("৫০০", 500),
        (" ৫০০ ⭐ ", 500),
        ("1,000", 1000),
        ("১,০০০ স্টার", 1000),
        ("250 stars", 250),
        ("250.0", 250),
        ("+30", 30),
        ("10", 10),
        ("10000", 10_000),
    ],
)
def test_prices_are_read_in_both_scripts(text: str, stars: int) -> None:
    """Latin and Bengali digits, separators and the currency's name are understood."""
    got = parse_amount(text, Currency.XTR, low_minor=10, high_minor=10_000)
    assert Money(stars, Currency.XTR) == got


@pytest.mark.parametrize(
    "text", ["0", "-5", "−5", "9", "10001", "1.5", "৫০.৫", "1" + "0" * 20, "9" * 30]
)
def test_prices_outside_the_range_are_refused(text: str) -> None:
    """Negative, zero, broken and enormous prices are answered with the allowed range."""
    with pytest.raises(AmountOutOfRange) as caught:
        parse_amount(text, Currency.XTR, low_minor=10, high_minor=10_000)
    assert AmountOutOfRange(10, 10_000, "XTR") == caught.value


@pytest.mark.parametrize("text", ["", "free", "ten", "1e3", "5-6", "১২তম", "1" * 40, "<b>5</b>"])
def test_what_is_no_number_is_refused(text: str) -> None:
    """Words, exponents and markup are no price."""
    with pytest.raises(AmountUnreadable):
        parse_amount(text, Currency.XTR, low_minor=10, high_minor=10_000)


def test_taka_has_two_decimals() -> None:
    """Taka is kept in poisha, and no finer."""
    got = parse_amount("৳১,২০০.৫০", Currency.BDT, low_minor=1, high_minor=10**9)
    assert Money(120_050, Currency.BDT) == got
    with pytest.raises(AmountOutOfRange):
        parse_amount("1.005", Currency.BDT, low_minor=1, high_minor=10**9)


@pytest.mark.parametrize(("text", "days"), [("3", 3), ("৩ দিন", 3), ("14 days", 14), (" 1 ", 1)])
def test_counts_are_read(text: str, days: int) -> None:
    """Days and rounds are whole numbers in either script."""
    assert days == parse_count(text, low=1, high=60)


@pytest.mark.parametrize("text", ["0", "61", "-1", "2.5", "many", "", "1" * 12])
def test_counts_outside_are_refused(text: str) -> None:
    """Anything else is answered with the allowed range."""
    with pytest.raises(NumberOutOfRange) as caught:
        parse_count(text, low=1, high=60)
    assert NumberOutOfRange(1, 60) == caught.value


def test_lengths_are_counted_as_telegram_counts() -> None:
    """An emoji outside the basic plane is two units."""
    assert (units("ক"), units("🎨"), units("a🎨")) == (1, 2, 3)


def test_texts_are_bounded() -> None:
    """White space around a text does not count; too short and too long say by how much."""
    assert checked("  abc ", least=3, most=3) == "abc"
    assert checked("ত্\u200d ", least=1, most=9) == "ত্\u200d"
    for unseen in ("\u200b\u2060", "\u202e" * 9, "\u3164\u2800", "\x00"):
        with pytest.raises(TextTooShort):
            checked(unseen, least=1, most=9)
    with pytest.raises(TextTooShort) as short:
        checked(" ab ", least=3, most=9)
    with pytest.raises(TextTooLong) as long:
        checked("abcd", least=1, most=3)
    assert (TextTooShort(2, 3), TextTooLong(4, 3)) == (short.value, long.value)


def test_reviews_are_blind_until_both_wrote() -> None:
    """A first review waits for the window's end, the second opens both at once."""
    assert visible_from(closes_ms=90, now_ms=5, other_has_written=False) == 90
    assert visible_from(closes_ms=90, now_ms=5, other_has_written=True) == 5


def test_terms_are_accepted_by_version() -> None:
    """Accepting an older version of the terms is not enough."""
    person = Person(
        id=1,
        telegram_id=2,
        language="bn",
        zone="Asia/Dhaka",
        standing=Standing.GOOD,
        terms_version=0,
        created_ms=0,
    )
    assert not person.has_accepted_terms


def test_exponents_are_fixed() -> None:
    """A currency's exponent never changes once used."""
    assert [currency.exponent for currency in Currency] == [0, 2, 2, 6]
