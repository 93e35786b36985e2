"""Screens of withdrawals, payouts and rates in both languages, against their approved texts."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.i18n import Translator, plain, translator
from bot.ui.screen import Screen
from bot.views import payout_asks, payout_guard, payouts, rates, withdraw_asks, withdrawals
from bot.views.alarms import alarm
from bot.views.desk import PAYOUTS
from bot.views.payout_log import payout_alarms
from bot.views.payout_words import currency_at, rate_words, reason_words, way_at
from bot.views.queues import queue_screen
from bot.views.wallet import wallet_screen
from market.deadlines import DAY_MS
from market.money import Currency, Money
from market.notices import Message, Notice
from market.payout_read import Guard
from market.payout_terms import BDT_TERMS, PAYOUT_TERMS, Way, quoted
from market.people import Standing
from market.read import Balance, StatementLine, Wallet
from tests.support.samples import NOW_MS, POLICY, person, stars
from tests.views import payout_cards as cards
from tests.views.approved import Shown, approved
from tests.views.told import READING, told

Draw = Callable[[Translator], Shown]
QUOTE = quoted(stars(225), cards.TAKA, BDT_TERMS)
FREE = quoted(stars(225), cards.USDT, PAYOUT_TERMS[1])
ASKED = payout_asks.Asked(7, Money(34_550, Currency.BDT), Way.BKASH)
TWO = cards.offer(
    balances=(stars(225), cards.taka(34_550)),
    options=(cards.option(), cards.option(source=Currency.BDT, rate=None)),
)


def _own(one: Any, **changes: Any) -> Draw:
    return lambda tr: withdrawals.withdrawal_screen(cards.card(one, **changes), tr)


def _payout(one: Any, **changes: Any) -> Draw:
    return lambda tr: payouts.payout_screen(cards.payout(one, **changes), tr)


def _receipt(tr: Translator) -> Screen:
    screen = payouts.receipt_screen(cards.payout(cards.PAID), tr)
    assert screen is not None
    return screen


SCREENS: dict[str, Draw] = {
    "way": lambda tr: withdraw_asks.way_question(cards.offer(), tr),
    "way_of_two": lambda tr: withdraw_asks.way_question(TWO, tr),
    "way_of_taka": lambda tr: withdraw_asks.way_question(
        replace(TWO, balances=TWO.balances[1:], options=TWO.options[1:]), tr
    ),
    "account": lambda tr: withdraw_asks.account_question(Way.BKASH, 3 * DAY_MS, tr, has_one=False),
    "account_changed": lambda tr: withdraw_asks.account_question(
        Way.BANK, 3 * DAY_MS, tr, has_one=True
    ),
    "amount": lambda tr: withdraw_asks.amount_question(cards.option(), tr),
    "amount_of_taka": lambda tr: withdraw_asks.amount_question(TWO.options[1], tr),
    "amount_crypto": lambda tr: withdraw_asks.amount_question(cards.offer().options[2], tr),
    "sure": lambda tr: withdraw_asks.sure_question(cards.option(), QUOTE, cards.offer(), tr),
    "sure_first": lambda tr: withdraw_asks.sure_question(
        cards.option(), QUOTE, cards.offer(is_first=True, from_ms=NOW_MS + 3 * DAY_MS), tr
    ),
    "sure_crypto": lambda tr: withdraw_asks.sure_question(
        cards.offer().options[2], FREE, cards.offer(), tr
    ),
    "sure_taka": lambda tr: withdraw_asks.sure_question(
        TWO.options[1], quoted(cards.taka(34_550), None, BDT_TERMS), TWO, tr
    ),
    "nothing": withdraw_asks.nothing_screen,
    "held": lambda tr: withdraw_asks.held_screen(cards.FROZEN, NOW_MS, tr),
    "stopped": lambda tr: withdraw_asks.held_screen(cards.STOPPED, NOW_MS, tr),
    "account_kept": lambda tr: withdraw_asks.account_kept_screen(
        Way.NAGAD, cards.FROZEN, NOW_MS, tr
    ),
    "closed_rate": lambda tr: withdraw_asks.closed_screen(
        cards.offer(options=()), PAYOUT_TERMS, tr
    ),
    "closed_funds": lambda tr: withdraw_asks.closed_screen(
        cards.offer(options=(cards.option(high_minor=0),)), PAYOUT_TERMS, tr
    ),
    "requested_toast": withdraw_asks.requested_toast,
    "requested": _own(cards.withdrawal()),
    "requested_first": _own(cards.withdrawal(from_ms=NOW_MS + DAY_MS)),
    "requested_held": _own(cards.withdrawal(), guard=cards.FROZEN),
    "requested_crypto": _own(cards.chain()),
    "approved": _own(cards.APPROVED),
    "sending": _own(cards.SENDING),
    "paid": _own(cards.PAID),
    "failed": _own(cards.FAILED),
    "returned": _own(cards.RETURNED),
    "cancelled": _own(cards.CANCELLED),
    "cancel_confirm": lambda tr: withdrawals.cancel_confirm(cards.card(), tr),
    "cancelled_toast": withdrawals.cancelled_toast,
    "history": lambda tr: withdrawals.history_screen(
        cards.page(cards.card(cards.PAID), cards.card(), page=1, has_more=True), tr
    ),
    "history_held": lambda tr: withdrawals.history_screen(cards.page(guard=cards.STOPPED), tr),
    "stop_confirm": withdrawals.stop_confirm,
    "stop_done": withdrawals.stopped_screen,
    "queue": lambda tr: queue_screen(
        PAYOUTS,
        [payouts.payout_line(one, tr, NOW_MS) for one in (*cards.LINES, cards.LATER)],
        0,
        tr,
    ),
    "payout": _payout(None),
    "payout_first": _payout(
        cards.withdrawal(from_ms=NOW_MS + DAY_MS),
        has_arrived=False,
        person=person(standing=Standing.PAUSED),
    ),
    "payout_banned": _payout(cards.MUCH, person=person(standing=Standing.BANNED)),
    "payout_held": _payout(None, guard=cards.STOPPED),
    "payout_own": _payout(None, is_own=True),
    "payout_much": _payout(cards.MUCH),
    "payout_approved": _payout(cards.APPROVED),
    "payout_approver": _payout(cards.APPROVED, is_approver=True),
    "payout_sending": _payout(cards.SENDING, is_holder=True, account="01712345678"),
    "payout_of_another": _payout(cards.SENDING),
    "payout_owner": _payout(cards.SENDING, is_owner=True),
    "payout_paid": _payout(cards.PAID),
    "payout_failed": _payout(cards.FAILED),
    "payout_crypto": _payout(cards.chain()),
    "payout_crypto_approved": _payout(
        cards.chain(needs_approval=True, state=cards.S.APPROVED, approved_by=cards.SECOND)
    ),
    "payout_crypto_sending": _payout(cards.chain(state=cards.S.SENDING)),
    "receipt": _receipt,
    "put_back_confirm": lambda tr: payouts.put_back_confirm(cards.payout(cards.SENDING), tr),
    "reference": lambda tr: payout_asks.reference_question(ASKED, tr),
    "charge": lambda tr: payout_asks.charge_question(ASKED, "DHQ7X2P1AB", tr),
    "picture": lambda tr: payout_asks.picture_question(ASKED, "DHQ7X2P1AB", cards.taka(500), tr),
    "unpaid": lambda tr: payout_asks.unpaid_question(ASKED, payouts.NOT_SENT, 500, tr),
    "came_back": lambda tr: payout_asks.unpaid_question(ASKED, payouts.CAME_BACK, 500, tr),
    "guard_stopped": lambda tr: payout_guard.guard_screen(
        cards.guarded(cards.STOPPED), tr, is_sure=False
    ),
    "guard_sure": lambda tr: payout_guard.guard_screen(
        cards.guarded(cards.STOPPED), tr, is_sure=True
    ),
    "guard_frozen": lambda tr: payout_guard.guard_screen(
        cards.guarded(cards.FROZEN), tr, is_sure=False
    ),
    "guard_free": lambda tr: payout_guard.guard_screen(
        cards.guarded(Guard(), open=()), tr, is_sure=False
    ),
    "approved_toast": payouts.approved_toast,
    "taken_toast": payouts.taken_toast,
    "put_back_toast": payouts.put_back_toast,
    "freed_toast": payout_guard.freed_toast,
    "paid_toast": payout_asks.paid_toast,
    "rates": lambda tr: rates.rates_screen(cards.board(), tr),
    "rates_read": lambda tr: rates.rates_screen(cards.board(may_change=False), tr),
    "rate": lambda tr: rates.rate_question(Currency.BDT, cards.TAKA, tr),
    "rate_usdt": lambda tr: rates.rate_question(Currency.USDT, None, tr),
    "rate_confirm": lambda tr: rates.rate_confirm(cards.FINE, cards.TAKA, tr),
    "rate_confirm_first": lambda tr: rates.rate_confirm(cards.USDT, None, tr),
    "rate_set_toast": rates.rate_set_toast,
}


@pytest.mark.parametrize("name", SCREENS)
def test_screens(name: str) -> None:
    """Each screen reads as approved."""
    approved(f"payouts/{name}", SCREENS[name])


_SENT = {
    "withdrawal": 7,
    "way": "bkash",
    "reference": "DHQ7X2P1AB",
    "reason": "",
    "amount_minor": 34_550,
    "currency": "BDT",
}
NOTICES: dict[str, Draw] = {
    "paid": told(Notice.WITHDRAWAL_PAID, **_SENT),
    "failed": told(
        Notice.WITHDRAWAL_FAILED,
        **(_SENT | {"amount_minor": 225, "currency": "XTR", "reason": "No <such> number."}),
    ),
    **{
        f"rail_{reason.split()[0]}": told(
            Notice.WITHDRAWAL_FAILED, **(_SENT | {"way": "crypto_pay", "reason": reason})
        )
        for reason in ("no_account", "amount", "400 METHOD_DISABLED")
    },
    "returned": told(Notice.WITHDRAWAL_RETURNED, **(_SENT | {"way": "bank"})),
    "account_changed": told(
        Notice.PAYOUT_ACCOUNT_CHANGED,
        way="bkash",
        account="018•••432",
        until_ms=NOW_MS + 3 * DAY_MS,
    ),
    "freed": told(Notice.PAYOUTS_FREED, until_ms=0),
    "freed_later": told(Notice.PAYOUTS_FREED, until_ms=NOW_MS + DAY_MS),
}


@pytest.mark.parametrize("name", NOTICES)
def test_notices(name: str) -> None:
    """Each notice reads as approved."""
    approved(f"payouts/notices/{name}", NOTICES[name])


@pytest.mark.parametrize("language", ["en", "bn"])
@pytest.mark.parametrize("reason", ["no_account", "amount"])
def test_nobody_reads_a_rail_s_own_words(language: str, reason: str) -> None:
    """What Crypto Pay refused is said in sentences: in the notice, to the person, to operators."""
    tr = translator(language)
    failed = cards.chain(state=cards.S.FAILED, note=reason)
    shown = (
        NOTICES[f"rail_{reason}"](tr),
        withdrawals.withdrawal_screen(cards.card(failed), tr),
        payouts.payout_screen(cards.payout(failed), tr),
    )
    for screen in shown:
        assert isinstance(screen, Screen)
        assert str(reason_words(Way.CRYPTO_PAY, reason, tr)) in str(screen.text)
        assert f">{reason}<" not in str(screen.text)


@pytest.mark.parametrize("what", payout_alarms(translator("en")))
def test_alarms(what: str) -> None:
    """Each alarm says what waits and leads there."""
    message = Message(notice=Notice.ALARM, key="k", person_id=1, facts={"what": what, "about": "7"})
    approved(f"payouts/notices/alarm_{what}", lambda tr: alarm(message, READING, tr))


def _wallet(*lines: StatementLine, **parts: int) -> Wallet:
    numbers = dict.fromkeys(("held_for_me", "paid_held", "clearing", "available", "credit"), 0)
    balance = Balance("BDT", **(numbers | parts))
    return Wallet((balance,), lines, 0, has_more=False, next_clear_ms=None)


def test_a_wallet_tells_what_is_leaving() -> None:
    """Withdrawals have words in the statement, whichever way the money went."""
    lines = [
        StatementLine(NOW_MS, code, cards.taka(sign * 500), "x", None)
        for code in ("P17", "P18", "P18f", "P19", "P20", "P21")
        for sign in (1, -1)
    ]
    wallet = _wallet(*lines, leaving=35_550)
    approved("payouts/wallet", lambda tr: wallet_screen(wallet, tr, POLICY, now_ms=NOW_MS))
    bare = wallet_screen(_wallet(credit=5), translator("en"), POLICY, now_ms=NOW_MS)
    assert "My withdrawals" not in [button.label for row in bare.rows for button in row]


def test_numbers_of_buttons_are_known_or_nothing() -> None:
    """Ways and currencies by their places."""
    assert [way_at(number) for number in (-1, 0, 3, 4)] == [None, Way.BKASH, Way.CRYPTO_PAY, None]
    assert [currency_at(number) for number in (-1, 0, 4)] == [None, Currency.XTR, None]


def test_rates_are_said_without_rounding() -> None:
    """For one Star, or for as many as make whole units."""
    tr = translator("en")

    def said(micro: int) -> str:
        return rate_words(micro, Currency.XTR, Currency.BDT, tr)

    assert said(158_000_000) == "৳1.58 for 1 ⭐"
    assert said(158_500_000) == "৳15.85 for 10 ⭐"
    assert said(1) == "৳0.01 for 1,000,000 ⭐"


def test_what_operators_are_asked_for_has_words() -> None:
    """Every "wants" is a sentence."""
    tr = translator("en")
    wants = (
        withdraw_asks.wants_account,
        withdraw_asks.wants_amount,
        withdraw_asks.wants_yes,
        withdraw_asks.rate_changed,
        payout_asks.wants_text,
        payout_asks.wants_picture,
        rates.wants_rate,
    )
    assert all(plain(want(tr)) for want in wants)
    assert payouts.receipt_screen(cards.payout(), tr) is None
