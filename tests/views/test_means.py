"""What everybody reads about money is right for the house as it is set up."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.i18n import Translator, plain, translator
from bot.ui.screen import Screen
from bot.views import help, legal, start, wallet  # noqa: A004
from bot.views.means import clearing_lines, payout_lines
from market.deadlines import DAY_MS
from market.money import Currency
from market.payout_terms import PAYOUT_TERMS
from market.policy import Policy
from market.rail_cards import OpenWays
from tests.support.means import ALL, HOUSES, STARS_ONLY, STARS_OUT, TAKA
from tests.support.samples import POLICY, person
from tests.views.approved import approved

EN = translator("en")
CRYPTO = replace(POLICY, takes_usdt=True, buyer_fee_bp=500)
Draw = Callable[[OpenWays, Translator, Policy], Screen]


def _page(page: int) -> Draw:
    return lambda ways, tr, policy: legal.terms_screen(page, ways, tr, policy, may_agree=False)


def _welcome(ways: OpenWays, tr: Translator, _policy: Policy) -> Screen:
    return start.welcome_screen(person(), ways, tr, is_operator=False)


def _privacy(_ways: OpenWays, tr: Translator, policy: Policy) -> Screen:
    return legal.privacy_screen(tr, policy)


SCREENS: dict[str, Draw] = {
    "help": help.help_screen,
    "question": legal.terms_question,
    "welcome": _welcome,
    "wallet": wallet.empty_wallet,
    "paying": _page(1),
    "earning": _page(3),
    "refunds": _page(4),
    "forbidden": _page(5),
    "privacy": _privacy,
}


@pytest.mark.parametrize("name", SCREENS)
def test_a_house_that_takes_everything(name: str) -> None:
    """Taka by hand, USDT by Crypto Pay, a fee for buyers."""
    approved(f"means/{name}_all", lambda tr: SCREENS[name](ALL, tr, CRYPTO))


@pytest.mark.parametrize("name", ["help", "question", "earning", "paying"])
def test_a_house_with_taka(name: str) -> None:
    """Three wallets, no Crypto Pay."""
    approved(f"means/{name}_taka", lambda tr: SCREENS[name](TAKA, tr, POLICY))


@pytest.mark.parametrize("name", ["help", "question", "earning", "wallet"])
def test_a_house_that_cannot_pay_out(name: str) -> None:
    """Stars come in, and nobody has set a rate: it says so."""
    approved(f"means/{name}_closed", lambda tr: SCREENS[name](STARS_ONLY, tr, POLICY))


@pytest.mark.parametrize("name", SCREENS)
def test_nothing_is_told_that_the_house_cannot_do(name: str) -> None:
    """With Stars only there is no word of other money in, and without a rate none of a way out."""
    closed = plain(SCREENS[name](STARS_ONLY, EN, POLICY).text)
    assert [word for word in ("aka", "USDT", "CryptoBot", "bKash") if word in closed] == []
    out = plain(SCREENS[name](STARS_OUT, EN, POLICY).text)
    assert [word for word in ("aka", "USDT", "CryptoBot", "Nagad") if word in out] == []


@pytest.mark.parametrize("house", HOUSES)
def test_figures_come_from_the_policy(house: str) -> None:
    """Other windows, other fees, other words."""
    windows = replace(POLICY.windows, clearing_ms=5 * DAY_MS, payout_first_ms=9 * DAY_MS)
    other = replace(POLICY, windows=windows, fee_bp=700, new_seller_factor=1)
    text = plain(help.help_screen(HOUSES[house], EN, other).text)
    assert ("5 days" in text, "7%" in text, "times as long" in text) == (True, True, False)
    assert ("9 days" in text) == bool(HOUSES[house].ways_out)
    alone = clearing_lines(HOUSES[house], EN, replace(POLICY, new_seller_orders=7))
    assert "fewer than 7 cleared" in alone


def test_fees_of_withdrawals() -> None:
    """A flat one, per cent, both, none."""
    bdt, usdt = PAYOUT_TERMS

    def told(flat: int, fee_bp: int) -> str:
        terms = replace(bdt, fee_flat_minor=flat, fee_bp=fee_bp)
        return payout_lines(STARS_OUT, EN, replace(POLICY, payouts=(terms, usdt)))

    assert "fee ৳15. " in told(1_500, 0)
    assert "fee 1.5%. " in told(0, 150)
    assert "fee ৳15 + 2%. " in told(1_500, 200)
    assert "fee none. " in told(0, 0)


def test_only_rates_that_a_way_follows_are_told() -> None:
    """A rate into USDT says nothing where USDT does not go out."""
    both = replace(STARS_OUT, rates=ALL.rates)
    assert {rate.target for rate in both.rates} == {Currency.BDT, Currency.USDT}
    assert "USDT" not in payout_lines(both, EN, POLICY)
    assert "oday" not in payout_lines(replace(STARS_OUT, rates=()), EN, POLICY)
