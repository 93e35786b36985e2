"""Numbers, money and times as readers of both languages write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import formats, translator
from market.deadlines import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS
from market.money import Currency, Money
from market.policy import Policy
from tests.support.samples import NOW_MS

EN, BN = translator("en"), translator("bn")


@pytest.mark.parametrize(
    ("value", "english", "bengali"),
    [
        (0, "0", "০"),
        (999, "999", "৯৯৯"),
        (1_000, "1,000", "১,০০০"),
        (123_456, "123,456", "১,২৩,৪৫৬"),
        (12_345_678, "12,345,678", "১,২৩,৪৫,৬৭৮"),
        (-5, "−5", "−৫"),
    ],
)
def test_numbers_are_grouped(value: int, english: str, bengali: str) -> None:
    """English groups thousands, Bengali lakhs and crores."""
    assert (english, bengali) == (EN.number(value), BN.number(value))


@pytest.mark.parametrize(
    ("amount", "english", "bengali"),
    [
        (Money(250, Currency.XTR), "250 ⭐", "২৫০ ⭐"),
        (Money(-10_000, Currency.XTR), "−10,000 ⭐", "−১০,০০০ ⭐"),
        (Money(120_050, Currency.BDT), "৳1,200.50", "৳১,২০০.৫০"),
        (Money(12_500_000, Currency.BDT), "৳125,000", "৳১,২৫,০০০"),
        (Money(1_200, Currency.USD), "$12", "$১২"),
        (Money(4_500_000, Currency.USDT), "4.50 USDT", "৪.৫০ USDT"),
        (Money(-5, Currency.USD), "−$0.05", "−$০.০৫"),
    ],
)
def test_money(amount: Money, english: str, bengali: str) -> None:
    """Each currency has its sign at its place."""
    assert (english, bengali) == (EN.money(amount), BN.money(amount))


def test_approximate_taka() -> None:
    """Stars are worth about so many taka, where the operator has set a rate."""
    price = Money(250, Currency.XTR)
    assert (EN.approx_taka(price, Policy()), BN.approx_taka(price, Policy())) == (
        "≈\u00a0৳400",
        "≈\u00a0৳৪০০",
    )
    assert EN.approx_taka(price, Policy(poisha_per_star=None)) == ""
    assert EN.approx_taka(Money(1, Currency.BDT), Policy()) == ""


def test_ratings() -> None:
    """An average has one decimal, stars are drawn."""
    assert (EN.rating(47), BN.rating(50), EN.stars(4)) == ("4.7", "৫.০", "★★★★☆")


@pytest.mark.parametrize(
    ("after_ms", "english", "bengali"),
    [
        (0, "today 12:00", "আজ দুপুর ১২:০০"),
        (12 * HOUR_MS, "tomorrow 00:00", "আগামীকাল রাত ১২:০০"),
        (-DAY_MS + 4 * HOUR_MS, "yesterday 16:00", "গতকাল বিকাল ৪:০০"),
        (5 * DAY_MS, "Sun 29 Nov, 12:00", "রবিবার ২৯ নভেম্বর, দুপুর ১২:০০"),
        (365 * DAY_MS, "Wed 24 Nov 2027, 12:00", "বুধবার ২৪ নভেম্বর ২০২৭, দুপুর ১২:০০"),
    ],
)
def test_moments(after_ms: int, english: str, bengali: str) -> None:
    """Near days are named, others dated, other years written out."""
    moment = NOW_MS + after_ms
    assert (english, bengali) == (EN.when(moment, NOW_MS), BN.when(moment, NOW_MS))


def test_the_readers_zone_counts() -> None:
    """The same moment is another day elsewhere."""
    tokyo = translator("en", "Asia/Tokyo")
    assert tokyo.when(NOW_MS + 10 * HOUR_MS, NOW_MS) == "tomorrow 01:00"


@pytest.mark.parametrize("zone", ["UTC", "Nowhere/Else"])
def test_times_of_nobodys_zone_say_so(zone: str) -> None:
    """Readers without a zone of their own see UTC after each time, others never."""
    tr = translator("en", zone)
    assert tr.when(NOW_MS, NOW_MS) == "today 06:00 UTC"
    assert tr.when(NOW_MS + 9 * DAY_MS, NOW_MS).endswith(", 06:00 UTC")
    assert tr.clock(NOW_MS) == "06:00 UTC"
    assert "UTC" not in EN.when(NOW_MS, NOW_MS) + tr.day(NOW_MS) + tr.hour(9)


def test_dates() -> None:
    """A date has its year."""
    assert (EN.date(NOW_MS), BN.date(NOW_MS)) == ("24 Nov 2026", "২৪ নভেম্বর ২০২৬")


def test_bengali_months_are_spelt_as_the_academy_spells_them() -> None:
    """January and February end in a short i, and no month is left in Latin letters."""
    months = [datetime(2026, month, 5, tzinfo=UTC) for month in range(1, 13)]
    names = [formats.date(moment, "bn", with_year=False).removeprefix("৫ ") for moment in months]
    assert names[:3] == ["জানুয়ারি", "ফেব্রুয়ারি", "মার্চ"]
    assert names[7:] == ["আগস্ট", "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর"]
    assert formats.day(months[0], "bn", with_year=True) == "সোমবার ৫ জানুয়ারি ২০২৬"


@pytest.mark.parametrize(
    ("hour", "period"),
    [
        (0, "রাত ১২:০০"),
        (3, "রাত ৩:০০"),
        (5, "ভোর ৫:০০"),
        (6, "সকাল ৬:০০"),
        (12, "দুপুর ১২:০০"),
        (15, "বিকাল ৩:০০"),
        (18, "সন্ধ্যা ৬:০০"),
        (20, "রাত ৮:০০"),
    ],
)
def test_bengali_names_the_part_of_the_day(hour: int, period: str) -> None:
    """Twelve hours are counted, and the part of the day is said as people say it."""
    assert formats.clock(datetime(2026, 1, 5, hour, tzinfo=UTC), "bn") == period


@pytest.mark.parametrize(
    ("ms", "english", "bengali"),
    [
        (0, "1 s", "১ সেকেন্ড"),
        (45 * SECOND_MS, "45 s", "৪৫ সেকেন্ড"),
        (90 * SECOND_MS, "1 min 30 s", "১ মিনিট ৩০ সেকেন্ড"),
        (30 * MINUTE_MS, "30 min", "৩০ মিনিট"),
        (24 * HOUR_MS, "1 day", "১ দিন"),
        (72 * HOUR_MS - 5, "3 days", "৩ দিন"),
        (66 * HOUR_MS, "2 days 18 h", "২ দিন ১৮ ঘণ্টা"),
        (21 * DAY_MS + HOUR_MS, "21 days", "২১ দিন"),
    ],
)
def test_spans(ms: int, english: str, bengali: str) -> None:
    """A span has one or two units, rounded."""
    assert (english, bengali) == (EN.span(ms), BN.span(ms))


@given(st.integers(min_value=0, max_value=400 * DAY_MS))
def test_spans_stay_near(ms: int) -> None:
    """A span never has more than two units and is never empty."""
    words = EN.span(ms).split()
    assert len(words) in {2, 4}


@given(st.integers())
def test_bengali_numbers_have_no_latin_digits(value: int) -> None:
    """Every figure is translated, and reads back as the same number."""
    text = BN.number(value)
    assert not set("0123456789") & set(text)
    assert int(text.replace(",", "").replace("−", "-")) == value
