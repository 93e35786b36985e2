"""Paying by a link of Crypto Pay, and where money goes back to, as people read it."""

from dataclasses import replace

import pytest

from bot.i18n import Translator, translator
from bot.ui.screen import Screen
from bot.views.by_link import by_link_notice
from bot.views.order_confirms import cancel_confirm
from bot.views.orders import order_screen
from bot.views.way_back import find_it, to_where
from market.bill import Bill, BillState
from market.deadlines import MINUTE_MS
from market.money import Currency, Money
from market.read import OrderCard
from market.states import Role, State
from tests.support.samples import NOW_MS
from tests.views.approved import approved
from tests.views.order_cards import card_in

PRICE = Money(12_500_000, Currency.USDT)
URL = "https://t.me/CryptoBot?start=IVabc"
BILL = Bill(
    id=1,
    intent_id="0" * 32,
    order_id=42,
    rail="crypto_pay",
    state=BillState.OPEN,
    created_ms=NOW_MS,
    external_id="7001",
    url=URL,
    expires_ms=NOW_MS + 25 * MINUTE_MS,
)


def _card(state: State, bill: Bill | None = None) -> OrderCard:
    card = card_in(state, Role.BUYER)
    terms = replace(card.order.terms, price=PRICE)
    return replace(card, order=replace(card.order, terms=terms), bill=bill)


def _unpaid(state: BillState) -> OrderCard:
    return _card(State.AWAITING_PAYMENT, replace(BILL, state=state))


@pytest.mark.parametrize("state", list(BillState))
def test_an_order_that_waits_for_its_link(state: BillState) -> None:
    """The screen says what to do now and what happens then."""
    approved(f"by-link-order-{state}", lambda tr: order_screen(_unpaid(state), tr))


@pytest.mark.parametrize("state", [BillState.OPEN, BillState.REFUSED, BillState.OVER])
def test_the_link_as_a_message(state: BillState) -> None:
    """The amount, the link, and the way to the order."""

    def draw(tr: Translator) -> Screen:
        screen = by_link_notice(_unpaid(state), tr)
        assert screen is not None
        return screen

    approved(f"by-link-notice-{state}", draw)


def test_a_link_that_is_being_made_is_no_message() -> None:
    """It follows by itself."""
    tr = translator("en")
    assert by_link_notice(_unpaid(BillState.ASKED), tr) is None
    assert by_link_notice(_card(State.AWAITING_PAYMENT), tr) is None


def test_a_link_whose_time_is_up_is_no_button() -> None:
    """Nobody is sent to an invoice that cannot be paid."""
    late = replace(BILL, expires_ms=NOW_MS)
    screen = order_screen(_card(State.AWAITING_PAYMENT, late), translator("en"))
    assert [button.url for row in screen.rows for button in row if button.url] == []


def test_a_link_may_have_no_end() -> None:
    """Then the order's own deadline counts."""
    endless = replace(BILL, expires_ms=None)
    screen = order_screen(_card(State.AWAITING_PAYMENT, endless), translator("en"))
    assert [button.url for row in screen.rows for button in row if button.url] == [URL]


def test_an_order_without_its_bill_waits_for_it() -> None:
    """The link is on its way."""
    approved("by-link-order-none", lambda tr: order_screen(_card(State.AWAITING_PAYMENT), tr))


@pytest.mark.parametrize("currency", [Currency.XTR, Currency.USDT, Currency.BDT])
def test_where_money_goes_back_to(currency: Currency) -> None:
    """The way it came, and where to look for it."""
    approved(
        f"way-back-{currency}", lambda tr: f"{to_where(currency, tr)}. {find_it(currency, tr)}"
    )


def test_cancelling_an_order_in_usdt() -> None:
    """All of it goes back to the wallet in @CryptoBot."""
    approved("by-link-cancel", lambda tr: cancel_confirm(_card(State.AWAITING_REQUIREMENTS), tr))


def test_a_cancelled_order_in_usdt() -> None:
    """The same afterwards."""
    approved("by-link-cancelled", lambda tr: order_screen(_card(State.CANCELLED), tr))
