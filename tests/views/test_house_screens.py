"""Screens about the house's own money, in both languages."""

from dataclasses import replace

import pytest
from markupsafe import Markup

from bot.i18n import Translator, translator
from bot.ui.taps import WriteOff
from bot.views import (
    admin,
    house_alarms,
    stops,
    stuck,
    treasury,
    treasury_asks,
    treasury_words,
    trust,
)
from bot.views.notices import render
from bot.views.reading import Reading
from market import house_postings, ledger
from market.deadlines import HOUR_MS, MINUTE_MS
from market.ledger import Account, Transfer
from market.money import Currency, Money
from market.notices import Message, Notice
from market.payout_terms import Rate
from market.read import DeadRow
from market.solvency import Solvency, Trust
from market.treasury import Coffers, Debt, HouseLine, Treasury
from market.trust import Check, Held, Outgoing, Position, Stops, StuckRow
from tests.support.samples import NOW_MS, POLICY, person
from tests.views.approved import Shown, approved
from tests.views.test_operating import QUIET

XTR = Currency.XTR
STARS = Position(
    currency="XTR",
    held=12_340,
    owed=12_000,
    in_orders=8_000,
    in_wallets=3_500,
    going_back=100,
    earned=3_000,
    exchanged=0,
    lent=0,
)
TAKA = replace(
    STARS,
    currency="BDT",
    exchanged=-200_000,
    held=800_000,
    owed=0,
    earned=0,
    in_orders=0,
    in_wallets=0,
    going_back=0,
)
SHORT = replace(STARS, held=8_500, exchanged=2_000)
GONE = replace(STARS, held=10_000, exchanged=2_340)
RATE = Rate(
    id=1,
    source=Currency.XTR,
    target=Currency.BDT,
    micro=158_000_000,
    set_ms=NOW_MS - HOUR_MS,
    set_by=3,
)
CHECK = Check(
    rail="stars",
    currency="XTR",
    reported_minor=12_340,
    stored_minor=12_340,
    in_flight_minor=100,
    at_ms=NOW_MS - MINUTE_MS,
)
WRONG = replace(CHECK, reported_minor=12_500)
ITSELF = replace(CHECK, rail="crypto_pay", currency="BDT")
COUNTED = replace(CHECK, rail="manual:bkash", currency="BDT", operator_id=3)
AT_TELEGRAM = Held(rail="stars", currency="XTR", minor=12_340)
AT_BKASH = Held(rail="manual:bkash", currency="BDT", minor=500_000)
AT_BANK = Held(rail="manual:bank", currency="BDT", minor=300_000)
FINE = Trust(
    solvency=Solvency((STARS,), ()),
    held=(AT_TELEGRAM,),
    checks=(CHECK,),
    audited_ms=NOW_MS - MINUTE_MS,
    is_right=True,
)
BOTH = replace(
    FINE,
    solvency=Solvency((TAKA, GONE), (RATE,)),
    held=(AT_BANK, AT_BKASH, replace(AT_TELEGRAM, minor=10_000)),
    checks=(replace(CHECK, reported_minor=10_000, stored_minor=10_000), COUNTED),
)
FREE = Stops(frozen_by="", safe_since_ms=None, unread=(), outgoing=())
STUCK_ROWS = tuple(
    StuckRow(kind=kind, number=number, name=name, why=why, since_ms=since_ms)
    for kind, number, name, why, since_ms in (
        ("wallets", None, "manual:bkash", "", None),
        ("sending", 5, "crypto_pay", "401: <UNAUTHORIZED>", NOW_MS - 26 * HOUR_MS),
        ("hand_refunds", 7, "manual:nagad", "", NOW_MS - 25 * HOUR_MS),
        ("claims", 42, "", "", NOW_MS - HOUR_MS),
        ("disputes", 43, "", "", NOW_MS - HOUR_MS),
        ("sweeps", None, "backup", "OSError: disk full", NOW_MS - HOUR_MS),
        ("feed", None, "stx1", "nobody", NOW_MS - HOUR_MS),
        ("inbox", 9, "", "", NOW_MS - MINUTE_MS),
        ("outbox", 8, "order_paid", "flood", NOW_MS - MINUTE_MS),
    )
)
REFUND = Outgoing(
    kind="refund",
    rail="stars",
    currency="XTR",
    minor=250,
    person_id=7,
    order_id=42,
    since_ms=NOW_MS - HOUR_MS,
)
PAYOUT = replace(REFUND, kind="payout", rail="bkash", currency="BDT", minor=50_000, order_id=None)
WAITING = replace(FREE, outgoing=(REFUND, PAYOUT))
SAFE = replace(WAITING, safe_since_ms=NOW_MS - HOUR_MS)


def _line(number: int, act: str, debit: Account, credit: Account, minor: int = 5_000) -> HouseLine:
    transfer = Transfer("P25", debit, credit, Money(minor, debit.currency))
    return HouseLine(
        id=number,
        act=act,
        at_ms=NOW_MS - number * MINUTE_MS,
        transfer=transfer,
        is_corrected=number == 2,
    )


BDT = Currency.BDT
BKASH = ledger.provider("manual:bkash", BDT)
LINES = (
    _line(1, "capital", BKASH, ledger.capital(BDT)),
    _line(2, "budget", ledger.capital(BDT), ledger.promo(BDT)),
    _line(3, "taken_back", ledger.receivable(7, XTR), ledger.provider("stars", XTR), 250),
)
UNKNOWN = replace(
    _line(4, "unattributed", ledger.provider("stars", XTR), ledger.suspense("stars", XTR), 10),
    goes_back="gift",
)
BACK = _line(
    5, "suspense_returned", ledger.suspense("stars", XTR), ledger.refunding("stars", XTR), 10
)
DRAWN = _line(6, "draw_exchanged", ledger.exchange(BDT), BKASH)
PAGE = Treasury(
    positions=(TAKA, STARS),
    held=(
        Held(rail="manual:bank", currency="BDT", minor=300_000),
        Held(rail="manual:bkash", currency="BDT", minor=500_000),
        Held(rail="stars", currency="XTR", minor=12_340),
    ),
    purses=(),
    coffers=(
        Coffers(
            currency="BDT",
            fees=0,
            from_stars=5_530,
            capital=500_000,
            promo=100_000,
            goodwill=0,
            costs=0,
            losses=0,
            unknown=0,
        ),
        Coffers(
            currency="XTR",
            fees=340,
            capital=0,
            promo=0,
            goodwill=40,
            costs=3,
            losses=0,
            unknown=10,
        ),
    ),
    debts=(Debt(person_id=7, name="Ayesha", currency="XTR", minor=250),),
    checks=(CHECK, replace(WRONG, rail="manual:bkash", currency="BDT", reported_minor=499_000)),
    lines=LINES,
    is_owner=True,
    is_frozen=False,
    now_ms=NOW_MS,
)
OTHERS = replace(PAGE, is_owner=False, debts=PAGE.debts)
BARE = replace(PAGE, positions=(), held=(), coffers=(), debts=(), checks=(), lines=())
FAILED = replace(
    QUIET,
    failed_refunds=(
        DeadRow(7, "refund", "USER_DEACTIVATED", NOW_MS - HOUR_MS),
        DeadRow(8, "payout", "no answer", NOW_MS - HOUR_MS),
    ),
)


def _stuck(*rows: StuckRow) -> object:
    return lambda tr: stuck.stuck_screen(rows, tr, NOW_MS)


def _stops(state: Stops, *, is_owner: bool = True) -> object:
    return lambda tr: stops.stops_screen(state, tr, NOW_MS, is_owner=is_owner)


def _trust(state: Trust) -> object:
    return lambda tr: trust.trust_screen(state, tr, NOW_MS)


def _money(page: Treasury, number: int) -> object:
    return lambda tr: treasury.money_screen(page, number, tr)


SCREENS = {
    "trust": _trust(FINE),
    "trust_even": _trust(
        replace(
            FINE,
            solvency=Solvency((replace(STARS, held=12_000),), ()),
            held=(replace(AT_TELEGRAM, minor=12_000),),
        )
    ),
    "trust_empty": _trust(
        replace(FINE, solvency=Solvency((), ()), held=(), checks=(), audited_ms=None)
    ),
    "trust_exchanged": _trust(BOTH),
    "trust_refunds_short": _trust(
        replace(
            BOTH,
            solvency=Solvency((TAKA, SHORT), (RATE,)),
            held=(AT_BANK, AT_BKASH, replace(AT_TELEGRAM, minor=8_500)),
        )
    ),
    "trust_short": _trust(
        replace(
            BOTH,
            solvency=Solvency((replace(TAKA, exchanged=0), SHORT), ()),
            held=(AT_BANK, AT_BKASH, replace(AT_TELEGRAM, minor=8_500)),
            checks=(WRONG, COUNTED, ITSELF),
            is_right=False,
        )
    ),
    "stuck_nothing": _stuck(),
    "stuck": _stuck(*STUCK_ROWS),
    "stops_none": _stops(FREE),
    "stops_operator": _stops(replace(WAITING, frozen_by="operator")),
    "stops_audit": _stops(replace(WAITING, frozen_by="audit"), is_owner=False),
    "stops_wrong": _stops(replace(WAITING, frozen_by="audit", is_wrong=True)),
    "stops_wrong_operator": _stops(
        replace(WAITING, frozen_by="audit", is_wrong=True), is_owner=False
    ),
    "stops_safe": _stops(SAFE),
    "stops_safe_unread": _stops(replace(SAFE, unread=("stars", "crypto_pay"))),
    "stops_many": _stops(replace(FREE, outgoing=(REFUND,) * 21)),
    "safe_mode_confirm": lambda tr: stops.safe_mode_confirm(SAFE, tr),
    "frozen_toast": stops.frozen_toast,
    "left_toast": stops.left_toast,
    "money_sums": _money(PAGE, 0),
    "money_sums_operator": _money(OTHERS, 9),
    "money_sums_empty": _money(BARE, 0),
    "money_debts": _money(PAGE, 1),
    "money_debts_operator": _money(OTHERS, 1),
    "money_debts_none": _money(BARE, 1),
    "money_lines": _money(PAGE, 2),
    "money_lines_operator": _money(OTHERS, 2),
    "money_lines_none": _money(BARE, 2),
    "write_off": lambda tr: treasury.write_off_confirm(WriteOff(7, 250, 0, 0), tr),
    "correct": lambda tr: treasury.correct_confirm(LINES[0], tr, NOW_MS),
    "return_unknown": lambda tr: treasury.return_confirm(UNKNOWN, tr, NOW_MS),
    "money_lines_unknown": _money(replace(PAGE, lines=(UNKNOWN, BACK, DRAWN)), 2),
    "money_lines_unknown_operator": _money(replace(OTHERS, lines=(UNKNOWN,)), 2),
    "money_done_toast": treasury.done_toast,
    "failed_refunds": lambda tr: admin.admin_screen(FAILED, 3, tr, NOW_MS),
    "give_up": lambda tr: admin.give_up_confirm(7, tr),
    "given_up_toast": admin.given_up_toast,
    "ask_person": lambda tr: treasury_asks.person_question(treasury.GIVE, tr),
    "ask_amount": lambda tr: treasury_asks.amount_question(treasury.GIVE, "BDT", "Ayesha", tr),
    "ask_looked": lambda tr: treasury_asks.amount_question(treasury.LOOKED, "bKash, BDT", "", tr),
    "ask_why": lambda tr: treasury_asks.why_question("Ayesha", tr),
    "ask_sure": lambda tr: treasury_asks.sure_question(
        treasury.GIVE, "BDT", (5_000, "BDT"), ("Ayesha", "Sorry for <that>"), tr
    ),
}


@pytest.mark.parametrize("name", SCREENS)
def test_screens(name: str) -> None:
    """As approved."""
    draw = SCREENS[name]
    approved(f"house/{name}", draw)  # type: ignore[arg-type]


@pytest.mark.parametrize("act", range(treasury.GIVE + 1))
def test_every_act_says_what_it_is(act: int) -> None:
    """Its question explains it and offers the places."""
    choices = (("manual:bkash", "BDT"), ("", "XTR"), ("crypto_pay", "USDT"))
    approved(f"house/act_{act}", lambda tr: treasury_asks.purse_question(act, choices, tr))


ALARMS = [*house_alarms.house_alarms(translator("en"))]


@pytest.mark.parametrize("what", ALARMS)
def test_alarms(what: str) -> None:
    """What happened, and the way to it."""
    details = {"stuck": "inbox=3 wallets=1 odd=2", "unlisted": "stx1", "balance": "249 ≠ 250 XTR"}
    about = "42" if what == "unlisted" else "Olivia"
    facts: dict[str, object] = {"what": what, "about": about, "detail": details.get(what, "")}
    message = Message(notice=Notice.ALARM, key="k", person_id=1, facts=facts)
    approved(f"house/alarm_{what}", lambda tr: _rendered(message, tr))


def test_an_alarm_that_was_kept_says_since_when() -> None:
    """Nobody could be told before."""
    facts: dict[str, object] = {"what": "sweep", "about": "backup", "detail": "OSError: disk full"}
    facts["kept_ms"] = NOW_MS - 26 * HOUR_MS
    message = Message(notice=Notice.ALARM, key="k", person_id=1, facts=facts)
    approved("house/alarm_kept", lambda tr: _rendered(message, tr))


@pytest.mark.parametrize("note", ["", "Sorry for the wait"])
def test_credit_is_told(note: str) -> None:
    """How much, what it is good for, and why."""
    facts = {"amount_minor": 5_000, "currency": "BDT", "note": note}
    message = Message(notice=Notice.CREDIT_GIVEN, key="k", person_id=1, facts=facts)
    name = "house/credit_given" + ("_why" if note else "")
    approved(name, lambda tr: _rendered(message, tr))


def _rendered(message: Message, tr: Translator) -> Shown:
    reading = Reading(
        card=None,
        gig=None,
        thread=None,
        intent_id=None,
        policy=POLICY,
        bot_username="gighaat_bot",
        now_ms=NOW_MS,
        person=person(),
    )
    shown = render(message, reading, tr)
    assert shown is not None
    return shown


@pytest.mark.parametrize("language", ["en", "bn"])
def test_every_posting_has_words(language: str) -> None:
    """No account and no act of the house is shown by its code."""
    tr = translator(language)
    accounts = (
        ledger.receivable(1, BDT),
        ledger.credit(1, BDT),
        ledger.escrow(1, BDT),
        ledger.refunding("stars", BDT),
        ledger.suspense("manual:bkash", BDT),
        ledger.fee_pending(BDT),
        ledger.fee_income(BDT),
        ledger.payout_fee(BDT),
        ledger.promo(BDT),
        ledger.goodwill(BDT),
        ledger.capital(BDT),
        ledger.provider_fee("stars", BDT),
        ledger.loss(BDT),
        ledger.exchange(BDT),
        ledger.provider("manual:bkash", BDT),
    )
    for account in accounts:
        assert ":" not in treasury_words.account_words(account, tr)
    for act in house_postings.CORRECTABLE:
        words = treasury_words.line_words(_line(1, act, BKASH, ledger.capital(BDT)), tr, NOW_MS)
        assert isinstance(words, Markup)
        assert act not in words or act in {"budget", "capital", "goodwill"}
