"""Prices on screens: the quote with its parts and choices, coupons, tips."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import Translator, translator
from bot.ui.callbacks import decode, encode
from bot.ui.codes import packed, paying_of, unpacked, ways_of
from bot.ui.taps import PlacePaying
from bot.views import coupons, tips
from bot.views.notice_house import payment_returned
from bot.views.notices import render
from bot.views.order_confirms import cancel_confirm
from bot.views.order_parts import history_part
from bot.views.orders import order_screen
from bot.views.pricing import paid_here_toast
from bot.views.problems import problem
from bot.views.quotes import quote_screen
from bot.views.reading import Reading
from bot.views.shares import shares_words
from bot.views.statement_words import statement_words
from bot.views.timeline import timeline_screen
from market import errors
from market.cases import Moment
from market.contract import Order
from market.coupon import CODE_LEAST, CODE_MOST, Coupon, CouponUse, HouseCoupons
from market.deadlines import DAY_MS
from market.errors import Why
from market.money import Currency, Money
from market.notices import Message, Notice
from market.paying import Paying, Purse
from market.read import OrderCard, OrderQuote, StatementLine
from market.states import Event, Outcome, Role, State
from tests.support.samples import NOW_MS, POLICY, gig_card, order, order_card, stars, terms
from tests.views.approved import approved
from tests.views.desk_cards import story
from tests.views.order_cards import event

XTR, BDT = Currency.XTR, Currency.BDT
EN = translator("en")
CODES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=3, max_size=22)


def quote(draft: Order, purse: Purse, paying: Paying) -> OrderQuote:
    """The sample gig, quoted."""
    return OrderQuote(gig_card(), stars(250), NOW_MS, draft=draft, purse=purse, paying=paying)


def draft(**parts: int) -> Order:
    """An unpaid order of the sample gig with a coupon and a fee, as named."""
    own = {name: parts.pop(name) for name in list(parts) if name.startswith("from_")}
    return order(State.DRAFT, terms=terms(coupon_id=1, **parts), **own)


def test_a_quote_with_everything() -> None:
    """Each part has its line, the sum stands last, every choice can be undone."""
    shown = quote(
        draft(coupon_minor=50, buyer_fee_minor=12, from_credit_minor=40, from_earned_minor=30),
        Purse(40, 30),
        Paying(use_earned=True, code="EID20"),
    )
    approved("prices/quote_all", lambda tr: quote_screen(shown, tr, POLICY))


def test_a_quote_with_choices_left() -> None:
    """Credit is switched off, earnings are not ticked: both are offered."""
    shown = quote(draft(), Purse(40, 30), Paying(use_credit=False))
    approved("prices/quote_choices", lambda tr: quote_screen(shown, tr, POLICY))


def test_a_quote_that_balances_pay() -> None:
    """Nothing is left to pay, so nothing is said about paying in time."""
    shown = quote(draft(from_credit_minor=250), Purse(300, 0), Paying())
    approved("prices/quote_paid", lambda tr: quote_screen(shown, tr, POLICY))


@pytest.mark.parametrize(
    ("role", "words"),
    [(Role.BUYER, "paid from the buyer"), (Role.PROVIDER, "payment arrived")],
)
def test_histories_tell_what_paid(role: Role, words: str) -> None:
    """Where the balances paid for all, no payment has arrived, for anybody who reads it."""
    paid = replace(
        event(Event.PAID, State.AWAITING_PAYMENT, State.AWAITING_REQUIREMENTS), role=role
    )
    card = order_card(Role.OPERATOR, order(State.AWAITING_REQUIREMENTS), history=(paid,))
    told = replace(story(), timeline=(Moment(NOW_MS, paid),))
    assert words in str(history_part(card, EN))
    assert words in timeline_screen(told, 0, EN).text
    others = {"paid from the buyer", "payment arrived"} - {words}
    assert not [one for one in others if one in timeline_screen(told, 0, EN).text]


@given(CODES)
def test_a_code_travels_in_a_button(code: str) -> None:
    """Any code comes back as it was, leading zeros too, with the other choices."""
    head, tail = packed(code)
    for paying in (Paying(code=code), Paying(code=code, use_credit=False, use_earned=True)):
        assert paying == paying_of(ways_of(paying), head, tail)


@pytest.mark.parametrize("numbers", [(0, 0), (-5, 7), (1, 0), (5, 5)])
def test_other_numbers_are_no_code(numbers: tuple[int, int]) -> None:
    """What no button of ours carries is read without failing."""
    assert unpacked(*numbers) == ""


def mixed(state: State, **changes: Any) -> OrderCard:
    """The buyer's card of an order of which 100 were charged, 150 paid from credit."""
    paid = order(state, from_credit_minor=150, **changes)
    charged: dict[str, Any] = {"paid_ms": NOW_MS - DAY_MS, "rail": "stars", "charge_id": "charge-1"}
    return order_card(of=replace(paid, **charged))


def balanced(state: State, **changes: Any) -> OrderCard:
    """The buyer's card of an order that was paid from credit wholly."""
    whole = order(state, from_credit_minor=250, **changes)
    return order_card(of=replace(whole, paid_ms=NOW_MS - DAY_MS, rail=None, charge_id=None))


def test_what_goes_back_of_a_mixed_payment() -> None:
    """The charge goes to Telegram, the rest to the balance here: on order, confirm and share."""
    ended = mixed(State.CANCELLED)
    approved("prices/order_mixed_back", lambda tr: order_screen(ended, tr))
    waiting = mixed(State.AWAITING_REQUIREMENTS)
    approved("prices/cancel_mixed", lambda tr: cancel_confirm(waiting, tr))
    approved("prices/share_mixed", lambda tr: str(shares_words(mixed(State.DISPUTED), 0, tr)))


def test_what_goes_back_to_the_balance() -> None:
    """Nothing was charged, nothing leaves the house."""
    approved("prices/order_balance_back", lambda tr: order_screen(balanced(State.REFUNDED), tr))


def test_a_chargeback_of_a_part() -> None:
    """The seller keeps the rest, and reads what he lost."""
    taken = order(
        State.COMPLETED,
        from_credit_minor=150,
        was_charged_back=True,
        taken_minor=100,
        released_minor=250,
        completed_ms=NOW_MS,
        outcome=Outcome.ACCEPTED,
    )
    card = order_card(Role.SELLER, of=replace(taken, rail="stars", charge_id="c", paid_ms=1))
    approved("prices/order_part_taken", lambda tr: order_screen(card, tr))


def reading(card: OrderCard | None) -> Reading:
    """What a notice is rendered from."""
    return Reading(
        card=card,
        gig=None,
        thread=None,
        intent_id=None,
        policy=POLICY,
        bot_username="gighaat_bot",
        now_ms=NOW_MS,
        person=None,
    )


def notice(kind: Notice, card: OrderCard | None, tr: Translator, **facts: Any) -> Any:
    """One notice as it is sent."""
    message = Message(notice=kind, key="k", person_id=1, facts=facts)
    return render(message, reading(card), tr)


def test_paid_from_balance() -> None:
    """The buyer's notice names no payment that came."""
    card = balanced(State.AWAITING_REQUIREMENTS)
    approved("prices/paid_here", lambda tr: notice(Notice.ORDER_PAID_BUYER, card, tr))
    approved("prices/paid_here_toast", paid_here_toast)


@pytest.mark.parametrize("kind", [Notice.TIP_INVOICE, Notice.TIP_GIVEN, Notice.TIP_RECEIVED])
def test_tips_are_told(kind: Notice) -> None:
    """The invoice, the buyer's and the seller's notice; none without its order."""
    facts: dict[str, Any] = {"amount_minor": 50, "currency": "XTR", "intent": "i1"}
    facts["clear_at_ms"] = NOW_MS + 21 * DAY_MS
    card = order_card(of=order(State.COMPLETED))
    approved(f"prices/{kind}", lambda tr: notice(kind, card, tr, **facts))
    assert notice(kind, None, translator("en"), **facts) is None


def test_the_question_for_a_tip() -> None:
    """Four amounts, or one's own."""
    approved("prices/tip_question", lambda tr: tips.tip_question("Rahim Uddin", tr))
    approved("prices/tip_toast", tips.tip_invoice_toast)


def test_the_tip_button_is_the_buyers() -> None:
    """For completed work of the last month, unless its payment was taken back."""
    done = order(State.COMPLETED, completed_ms=NOW_MS - DAY_MS, outcome=Outcome.ACCEPTED)
    cards = {
        "buyer": order_card(of=done),
        "seller": order_card(Role.SELLER, of=done),
        "late": order_card(of=replace(done, completed_ms=NOW_MS - 31 * DAY_MS)),
        "taken": order_card(of=replace(done, was_charged_back=True)),
    }
    tr = translator("en")
    has = {name: "🎁 Give a tip" in _labels(order_screen(card, tr)) for name, card in cards.items()}
    assert has == {"buyer": True, "seller": False, "late": False, "taken": False}


def _labels(screen: Any) -> list[str]:
    return [button.label for row in screen.rows for button in row]


def coupon(**changes: Any) -> Coupon:
    """20 % off, of the sample seller, for a week more."""
    base = Coupon(
        id=7,
        code="EID20",
        seller_id=2,
        percent_bp=2_000,
        from_ms=NOW_MS - DAY_MS,
        until_ms=NOW_MS + 7 * DAY_MS,
        made_by=2,
        made_ms=NOW_MS - DAY_MS,
    )
    return replace(base, **changes)


USES = (
    CouponUse(coupon(), 3, 150),
    CouponUse(coupon(code="FIFTY", percent_bp=None, amount_minor=50, currency=XTR), 0, 0),
    CouponUse(coupon(code="OLD", uses_most=10, stopped_ms=NOW_MS), 1, 9),
)


@pytest.mark.parametrize(("name", "gig_id"), [("gig", 16), ("all", 0)])
def test_makers_see_their_coupons(name: str, gig_id: int) -> None:
    """Worth, end and uses of each; live ones can be stopped."""

    def draw(tr: Translator) -> Any:
        return coupons.coupons_screen(USES, tr, now_ms=NOW_MS, gig_id=gig_id)

    approved(f"prices/coupons_{name}", draw)


def test_operators_see_the_houses_coupons() -> None:
    """Caps, first days and what the budgets can still give; an empty budget is said."""
    coming = coupon(code="SOON", currency=BDT, most_minor=10_000, from_ms=NOW_MS + DAY_MS)
    of = HouseCoupons((CouponUse(coming, 0, 0), *USES), (stars(40), Money(50_000, BDT)))
    approved("prices/coupons_house", lambda tr: coupons.house_screen(of, tr, now_ms=NOW_MS))
    empty = HouseCoupons((), ())
    approved("prices/coupons_no_budget", lambda tr: coupons.house_screen(empty, tr, now_ms=NOW_MS))


def test_coupons_begin_with_none() -> None:
    """An empty list says so."""
    approved(
        "prices/coupons_none",
        lambda tr: coupons.coupons_screen((), tr, now_ms=NOW_MS, gig_id=0),
    )


def test_stopping_is_asked_twice() -> None:
    """What stopping means, and the way back to the right list."""
    house = coupon(seller_id=None, currency=XTR)
    approved("prices/coupon_stop", lambda tr: coupons.stop_confirm(coupon(), tr))
    approved("prices/coupon_stop_house", lambda tr: coupons.stop_confirm(house, tr))
    approved("prices/coupon_stopped", coupons.stopped_toast)
    approved("prices/coupon_made", coupons.made_toast)


def test_the_questions_of_a_coupon() -> None:
    """Code, worth, uses, days."""
    approved("prices/coupon_code", coupons.code_question)
    approved("prices/coupon_worth", lambda tr: coupons.worth_question(tr, stars(50)))
    approved("prices/coupon_uses", coupons.uses_question)
    approved("prices/coupon_span", coupons.span_question)


def test_the_questions_of_a_coupon_of_the_house() -> None:
    """Currency, cap and first day besides."""
    first_ms = NOW_MS + DAY_MS
    approved("prices/coupon_currency", coupons.currency_question)
    approved("prices/coupon_cap", lambda tr: coupons.cap_question(tr, Money(5_000, BDT)))
    approved("prices/coupon_first", coupons.first_question)
    approved("prices/coupon_not_that_day", lambda tr: str(coupons.not_that_day(tr)))
    approved("prices/coupon_span_later", lambda tr: coupons.span_question(tr, from_ms=first_ms))
    approved("prices/coupon_made_later", lambda tr: coupons.made_toast(tr, from_ms=first_ms))


@pytest.mark.parametrize("why", list(Why))
def test_every_refusal_of_a_coupon_has_words(why: Why) -> None:
    """The code and why it gives nothing."""
    refusal = errors.CouponRefused("EID20", why)
    approved(f"prices/refused_{why}", lambda tr: str(problem(refusal, tr)))


@pytest.mark.parametrize("why", ["short", "tip"])
def test_a_payment_that_goes_back_says_why(why: str) -> None:
    """The balance had become short, or the tip was paid before."""
    facts = {"amount_minor": 150, "currency": "XTR", "charge": "c", "order": 42, "why": why}
    message = Message(notice=Notice.PAYMENT_RETURNED, key="k", person_id=1, facts=facts)
    approved(f"prices/returned_{why}", lambda tr: payment_returned(message, reading(None), tr))


@pytest.mark.parametrize(("name", "minor"), [("given", -50), ("got", 50)])
def test_tips_stand_in_the_statement(name: str, minor: int) -> None:
    """From the buyer's credit, into the seller's clearing."""
    line = StatementLine(at_ms=NOW_MS, code="P9", amount=stars(minor), account="x", order_id=42)
    approved(f"prices/statement_tip_{name}", lambda tr: str(statement_words(line, tr)))


@pytest.mark.parametrize("code", ["Z" * CODE_MOST, "9" * CODE_MOST, "Z" * 11, "A" * CODE_LEAST])
def test_the_longest_code_fits_a_button(code: str) -> None:
    """Whatever may be a code can be carried and read back."""
    head, tail = packed(code)
    tap = PlacePaying(10**9, 10**9, 3, head, tail)
    assert decode(encode(tap)) == tap
    assert unpacked(head, tail) == code
