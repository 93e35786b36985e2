"""Refusals, the wallet, reviews, collecting, the apology; and what holds for all of them."""

import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import Translator, plain, translator
from bot.ui.screen import Screen
from bot.views import deliveries
from bot.views.apology import apology_screen
from bot.views.codes import order_code
from bot.views.order_files import words_screen
from bot.views.orders import order_screen
from bot.views.problems import WORDS, problem
from bot.views.quotes import invoice_toast, quote_screen
from bot.views.reviews import (
    late_review_toast,
    no_review_toast,
    stars_question,
    thanks_screen,
    wants_stars,
    words_question,
)
from bot.views.statement_words import statement_words
from bot.views.typed import cleaned, name_of
from bot.views.wallet import empty_wallet, is_empty, wallet_screen
from market import errors
from market.deadlines import DAY_MS
from market.errors import MarketError
from market.house_errors import BooksWrong
from market.money import Currency, Money
from market.order_errors import TooManyOrders
from market.privacy import StillNeeded
from market.read import (
    Answer,
    Balance,
    Delivery,
    OrderCard,
    OrderQuote,
    StatementLine,
    Wallet,
)
from market.states import Role, State
from tests.support.means import STARS_OUT
from tests.support.samples import NOW_MS, POLICY, gig, gig_card, stars
from tests.views.approved import approved, check, rendered
from tests.views.order_cards import card_in, review

PROBLEMS: dict[str, MarketError] = {
    "mixed": errors.MixedCurrencies("XTR", "BDT"),
    "unreadable": errors.AmountUnreadable("<abc>"),
    "amount": errors.AmountOutOfRange(10, 10_000, "XTR"),
    "number": errors.NumberOutOfRange(1, 60),
    "too_long": errors.TextTooLong(2_017, 2_000),
    "too_short": errors.TextTooShort(7, 8),
    "no_order": errors.NotFound("order"),
    "no_gig": errors.NotFound("gig"),
    "no_intent": errors.NotFound("intent"),
    "no_thing": errors.NotFound("thread"),
    "not_yours": errors.NotYours("deliver"),
    "wrong_state": errors.WrongState("deliver", "cancelled"),
    "unpayable": errors.WrongState("paid", "expired"),
    "stale": errors.Stale(2, 3),
    "early": errors.TooEarly(NOW_MS + DAY_MS),
    "checkout": errors.CheckoutLive(NOW_MS + 60_000),
    "no_changes": errors.NoChangesLeft(2),
    "changes_never": errors.NoChangesLeft(0),
    "payer": errors.PaymentMismatch("payer"),
    "amount_paid": errors.PaymentMismatch("amount"),
    "short": errors.PaymentMismatch("short"),
    "tip_paid": errors.PaymentMismatch("tip"),
    "coupon": errors.CouponRefused("EID20", errors.Why.UNKNOWN),
    "coupon_worth": errors.CouponUnfit("worth"),
    "coupon_dates": errors.CouponUnfit("dates"),
    "code": errors.CodeUnfit(3, 22),
    "code_taken": errors.CodeTaken("EID20"),
    "tip": errors.TipUnfit(),
    "own": errors.OwnGig(),
    "unavailable": errors.GigUnavailable(16),
    "open_orders": errors.TooManyOpenOrders(10),
    "files": errors.TooManyFiles(20),
    "no_words": errors.NoWords(),
    "nothing": errors.NothingToSend(),
    "terms": errors.TermsNotAccepted(1),
    "paused": errors.Standing("paused"),
    "banned": errors.Standing("banned"),
    "reviewed": errors.AlreadyReviewed(),
    "review_closed": errors.ReviewClosed(NOW_MS),
    "funds": errors.InsufficientFunds("L:user:1:earned:XTR"),
    "conflict": errors.Conflict(),
    "busy": errors.Busy(),
    "operators": errors.NotAnOperator(),
    "stopped": errors.OutgoingStopped(),
    "books_wrong": BooksWrong(),
    "not_reconciled": errors.NotReconciled(),
    "not_covered": errors.NotCovered(50_000, "BDT"),
    "not_owed": errors.NotOwed(0, "XTR"),
    "request_live": errors.RequestLive(NOW_MS + DAY_MS),
    "no_request": errors.NoRequest(),
    "another_answers": errors.AnotherAnswers(),
    "not_late": errors.NotLate(NOW_MS + DAY_MS),
    "not_heard": errors.NotHeard(NOW_MS + DAY_MS),
    "decided": errors.Decided(),
    "not_decided": errors.NotDecided(),
    "own_order": errors.OwnOrder(),
    "reopened": errors.ReopenedBefore(),
    "longer_looks": errors.NoLongerLooks(),
    "another_operator": errors.AnotherOperator(),
    "requests": errors.TooManyRequests(3),
    "orders_an_hour": TooManyOrders(5),
    "still_needed": StillNeeded(orders=2, has_money=True, runs_house=False),
    "disputes": errors.TooManyDisputes(4),
    "room_closed": errors.RoomClosed(NOW_MS),
    "room_not_open": errors.RoomClosed(None),
    "absence_past": errors.AbsenceUnfit("past", 0),
    "absence_far": errors.AbsenceUnfit("far", 60),
    "absence_long": errors.AbsenceUnfit("long", 30),
    "absence_year": errors.AbsenceUnfit("year", 60),
    "absence_overlaps": errors.AbsenceUnfit("overlaps", 0),
    "asked_before": errors.AskedBefore(),
    "quick_replies": errors.TooManyQuickReplies(10),
    "answered": errors.AlreadyAnswered(),
    "claim_unfit": errors.ClaimUnfit("bkash"),
    "claim_unfit_bank": errors.ClaimUnfit("bank"),
    "claim_unfit_nowhere": errors.ClaimUnfit("cash"),
    "digits": errors.DigitsUnfit(),
    "claim_taken": errors.ClaimTaken(),
    "claims": errors.TooManyClaims(3),
    "no_taka": errors.CurrencyClosed("BDT"),
    "only_stars": errors.CurrencyClosed("XTR"),
    "no_usdt": errors.CurrencyClosed("USDT"),
    "no_wallet": errors.NoWallet(),
    "policy_unread": errors.PolicyUnread(1),
    "not_confirmed": errors.NotConfirmed(),
    "pin_unfit": errors.PinUnfit(4, 8),
    "pin_easy": errors.PinEasy(),
    "pin_needed": errors.PinNeeded(),
    "pin_wrong": errors.PinWrong(4),
    "pin_wrong_last": errors.PinWrong(1),
    "pin_locked": errors.PinLocked(NOW_MS + DAY_MS),
    "payout_digits": errors.DetailsUnreadable("bkash"),
    "payout_bank": errors.DetailsUnreadable("bank"),
    "payout_reference": errors.ReferenceUsed(),
    "payouts_frozen": errors.PayoutsFrozen(NOW_MS + DAY_MS),
    "payouts_stopped": errors.PayoutsFrozen(None),
    "withdrawals": errors.TooManyWithdrawals(3),
    "nothing_to_withdraw": errors.NothingToWithdraw(64, "XTR"),
    "way_closed": errors.WayClosed("nagad"),
    "rate_changed": errors.RateChanged(),
    "rate_unfit": errors.RateUnfit(),
    "own_withdrawal": errors.OwnWithdrawal(),
    "still_asked": errors.StillAsked(),
    "owners": errors.NotAnOwner(),
    "amount_taka": errors.AmountOutOfRange(5_000, 10_000_000, "BDT"),
}
EMPTY = Wallet((), (), 0, has_more=False, next_clear_ms=None)


def test_every_refusal_has_words() -> None:
    """Each class of market.errors is worded, and each is among the approved ones."""
    assert set(WORDS) == set(MarketError.__subclasses__())
    assert {type(error) for error in PROBLEMS.values()} == set(WORDS)


@pytest.mark.parametrize("name", PROBLEMS)
def test_refusals(name: str) -> None:
    """What is wrong, by how much, from when; short enough for a toast."""
    approved(f"ordering/problems/{name}", lambda tr: plain(problem(PROBLEMS[name], tr)))


def balance(**changes: Any) -> Balance:
    """Stars in every place."""
    base = Balance("XTR", held_for_me=250, paid_held=100, clearing=225, available=450, credit=250)
    return replace(base, **changes)


def moved(code: str, minor: int, order_id: int | None = 42) -> StatementLine:
    """One line of the statement, a day ago."""
    account = "L:user:1:credit:XTR"
    return StatementLine(NOW_MS - DAY_MS, code, stars(minor), account, order_id)


STATEMENT = (
    moved("P7", 225),
    moved("P7", -225),
    moved("P5", 225),
    moved("P14", -250, None),
    moved("P10", 250),
    moved("P2", -250),
    moved("P1", 250, None),
    moved("P99", 1),
)


def test_wallet() -> None:
    """What is available, clearing and held, and a page of the statement in plain words."""
    full = Wallet((balance(),), STATEMENT, 1, has_more=True, next_clear_ms=NOW_MS + DAY_MS)
    approved("ordering/wallet", lambda tr: wallet_screen(full, tr, POLICY, now_ms=NOW_MS))


def test_what_moves_between_own_purses_is_one_line() -> None:
    """It has no sign, for it makes nobody richer; what cannot be paired is told as it is."""
    lines = (*STATEMENT[:3], moved("P17", -40), moved("P19", -7))
    wallet = Wallet((balance(),), lines, 0, has_more=False, next_clear_ms=NOW_MS)
    shown = plain(wallet_screen(wallet, translator("en"), POLICY, now_ms=NOW_MS).text)
    assert "225 ⭐ order #16: available now" in shown
    assert "+225 ⭐ order #16: available now" not in shown
    assert "no longer clearing" not in shown
    assert "−40 ⭐ set aside" in shown
    assert "−7 ⭐ no longer on its way" in shown
    assert "becomes available at any moment" in shown


def test_wallet_of_two_currencies() -> None:
    """Currencies stand apart and are never added."""
    taka = Balance("BDT", 0, 0, 0, 12_345_678, 0)
    both = Wallet((balance(credit=0), taka), (), 0, has_more=False, next_clear_ms=None)
    approved("ordering/wallet_two", lambda tr: wallet_screen(both, tr, POLICY, now_ms=NOW_MS))


def test_empty_wallet() -> None:
    """An empty wallet says how money comes."""
    assert is_empty(EMPTY)
    assert not is_empty(replace(EMPTY, balances=(balance(),)))
    approved("ordering/wallet_empty", lambda tr: empty_wallet(STARS_OUT, tr, POLICY))


def test_postings_have_words() -> None:
    """Every posting that touches a person's accounts is told in words, not by its code."""
    for code in ("P1", "P2", "P5", "P7", "P10", "P14"):
        assert code not in statement_words(moved(code, 1), translator("en"))


def test_review_questions() -> None:
    """Stars by a tap, then words or none."""
    approved("ordering/review_stars", lambda tr: stars_question(42, gig().title, tr))
    approved("ordering/review_words", lambda tr: words_question(4, 1_000, tr))


def test_thanks_for_a_hidden_review() -> None:
    """The writer reads when the review will be shown."""
    mine = review(Role.BUYER, visible_from_ms=NOW_MS + 13 * DAY_MS)
    card = replace(card_in(State.COMPLETED, Role.BUYER), mine=mine, may_review=False)
    approved("ordering/review_thanks", lambda tr: thanks_screen(card, tr))


def test_hidden_reviews_stay_hidden() -> None:
    """The other side's review is not shown before its time, even if it came with the card."""
    theirs = review(Role.SELLER, stars=1, visible_from_ms=NOW_MS + DAY_MS)
    card = replace(card_in(State.COMPLETED, Role.BUYER), reviews=(theirs,))
    assert "★☆☆☆☆" not in order_screen(card, translator("en")).text


def test_order_with_both_reviews() -> None:
    """Both reviews stand on the order's screen."""
    mine = review(Role.SELLER, stars=3)
    both = (mine, review(Role.BUYER))
    card = replace(card_in(State.CLEARED, Role.SELLER), mine=mine, reviews=both, may_review=False)
    approved("ordering/order_with_reviews", lambda tr: order_screen(card, tr))


def collected(files: int = 0, text: str = "", *, is_album: bool = False) -> deliveries.Collected:
    """What has come in for order 42."""
    return deliveries.Collected(
        flow=2,
        order_id=42,
        version=3,
        title=gig().title,
        text=text,
        files=files,
        files_max=20,
        is_album=is_album,
    )


@pytest.mark.parametrize(
    ("name", "files", "text", "is_album"),
    [("empty", 0, "", False), ("album", 1, "", True), ("full", 2, "Here <it> is", False)],
)
def test_collecting(name: str, files: int, text: str, is_album: bool) -> None:
    """What is here so far; Done appears when there is something to send."""
    now = collected(files, text, is_album=is_album)
    approved(f"ordering/collect_delivery_{name}", lambda tr: deliveries.delivery_question(now, tr))
    approved(
        f"ordering/collect_answer_{name}",
        lambda tr: deliveries.requirements_question(now, "Which <colours>?", tr),
    )


def test_answer_without_a_question() -> None:
    """An order whose gig asks nothing any more is named by its title."""
    screen = deliveries.requirements_question(collected(), "", translator("bn"))
    assert gig().title in screen.text


def test_changes_question() -> None:
    """What should be different, and what it uses up."""
    approved("ordering/changes", lambda tr: deliveries.changes_question(2, 2_000, tr))


def test_short_answers() -> None:
    """Toasts and notes of the flows fit and speak both languages."""
    card = card_in(State.COMPLETED, Role.BUYER)
    written = replace(card, mine=review(Role.BUYER))
    lines = {
        "delivered": lambda tr: deliveries.delivered_toast(collected(3, "x"), tr),
        "answered": lambda tr: deliveries.answered_toast(collected(0, "x"), tr),
        "files_only": lambda tr: deliveries.answered_toast(collected(1), tr),
        "changes_asked": deliveries.changes_toast,
        "cancelled": deliveries.cancelled_toast,
        "collected_before": deliveries.collected_before_toast,
        "wants_things": lambda tr: plain(deliveries.wants_things(tr)),
        "wants_words": lambda tr: plain(deliveries.wants_words(tr)),
        "too_many": lambda tr: plain(deliveries.too_many_left_out(5, 20, tr)),
        "caption": lambda tr: plain(deliveries.caption_left_out(tr)),
        "invoice": invoice_toast,
        "reviewed": lambda tr: no_review_toast(written, tr),
        "no_review": lambda tr: no_review_toast(card, tr),
        "late_review": late_review_toast,
        "wants_stars": lambda tr: plain(wants_stars(tr)),
    }
    for name, draw in lines.items():
        approved(f"ordering/lines/{name}", draw)


def test_apology() -> None:
    """Sorry, what it means, and the code."""
    approved("ordering/apology", lambda tr: apology_screen("K7Q2", tr))


def test_codes() -> None:
    """Order 367 is #A7 in every language."""
    assert [order_code(number) for number in (1, 42, 367)] == ["#1", "#16", "#A7"]


@pytest.mark.parametrize("role", [Role.BUYER, Role.SELLER, Role.OPERATOR])
@pytest.mark.parametrize("state", State)
def test_longest_texts_fit(state: State, role: Role) -> None:
    """With the longest titles, names, answers and notes every screen stays under 4,096 units."""
    for language in ("bn", "en"):
        tr = translator(language)
        check(order_screen(longest(state, role), tr))
        check(words_screen(longest(state, role), 12, tr))


def longest(state: State, role: Role) -> OrderCard:
    """A card full to the brim."""
    note = "ক্ষ" * 660
    card = card_in(state, role)
    many = tuple(Delivery(i, i, note, (), NOW_MS) for i in range(1, 13))
    told = tuple(replace(event, note=note) for event in card.history) * 12
    return replace(
        card,
        gig=gig(title="ক্ষ" * 26, question="ক" * 300),
        buyer_name="নাম" * 40,
        seller_name="নাম" * 40,
        answer=Answer(note, ()),
        deliveries=many,
        asked=note,
        history=told,
        reviews=(review(Role.BUYER), review(Role.SELLER)),
    )


HOSTILE = st.text(alphabet='<>&"/ bia=\u202e\u0000\n{}%ক', max_size=40)


@given(HOSTILE)
def test_typed_text_changes_no_entities(text: str) -> None:
    """Whatever people type is shown as typed: the tags of a screen are ours alone."""
    tr = translator("en")
    for make in (_hostile_order, _hostile_quote):
        assert tags(make(text, tr)) == tags(make("plain words", tr))


def _hostile_order(text: str, tr: Translator) -> Screen:
    card = card_in(State.REVISION_REQUESTED, Role.OPERATOR)
    first = replace(card.deliveries[0], text=f"{text}.")
    card = replace(
        card,
        gig=gig(title=f"{text}."),
        buyer_name=text,
        seller_name=text,
        answer=Answer(f"{text}.", ()),
        deliveries=(first,),
        asked=f"{text}.",
    )
    return order_screen(card, tr)


def _hostile_quote(text: str, tr: Translator) -> Screen:
    card = replace(gig_card(title=text), seller_name=text)
    return quote_screen(OrderQuote(card, stars(250), NOW_MS), tr, POLICY)


def tags(screen: Screen) -> list[str]:
    """All tags of a screen's text, in order."""
    return re.findall(r"<[^>]*>", str(screen.text))


def test_names_are_cleaned() -> None:
    """Names cannot turn our words around or break the line."""
    assert name_of("Ra\u202ehim\nUddin\u0007") == "Rahim Uddin"
    assert name_of(" \n ") == "…"
    assert name_of("\u200b\u3164") == "…"
    assert cleaned("ক্\u200dষ") == "ক্\u200dষ"


def test_money_is_in_the_readers_digits() -> None:
    """The same price in Bengali and in Latin digits."""
    quote = OrderQuote(gig_card(), Money(250, Currency.XTR), NOW_MS)
    shown = [rendered(quote_screen(quote, translator(one), POLICY)) for one in ("en", "bn")]
    assert ["250 ⭐ (≈\u00a0৳400)" in shown[0], "২৫০ ⭐ (≈\u00a0৳৪০০)" in shown[1]] == [True, True]
