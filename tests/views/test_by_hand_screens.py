"""Money by hand on screens: paying, claims and refunds at the desk, what owners set up."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from bot.i18n import translator
from bot.ui.screen import Screen
from bot.views import by_hand, claims, hand_words, rails
from bot.views.notices import render
from bot.views.order_money import money_words
from bot.views.orders import order_screen
from bot.views.queues import queue_screen
from bot.views.quotes import quote_screen
from bot.views.reading import Reading
from market.claims import ByHand, Claim, ClaimState
from market.deadlines import DAY_MS, HOUR_MS
from market.desk import OrderLine
from market.gig import CATEGORY_KEYS, Fulfilment
from market.money import Currency, Money
from market.notices import Message, Notice
from market.rail_cards import ByHandCard, ClaimCard, HandRefundCard, Setup
from market.rails import CategoryPolicy, Wallet
from market.read import OrderCard, OrderQuote
from market.states import Role, State
from tests.support.samples import (
    BUYER_ID,
    NOW_MS,
    OPERATOR_ID,
    POLICY,
    gig_card,
    order,
    person,
    terms,
)
from tests.views.approved import approved
from tests.views.order_cards import card_in

TAKA = Money(120_050, Currency.BDT)
BKASH = Wallet(
    name="bkash",
    currency=Currency.BDT,
    number="01711-000001",
    holder="Olivia <Khan>",
    instructions="Personal number: Send Money & nothing else.",
    is_open=True,
    changed_by=OPERATOR_ID,
    changed_ms=NOW_MS,
)
BANK = replace(BKASH, name="bank", number="1234567890, Sonali, Mirpur", instructions="")
CLAIM = Claim(
    id=7,
    wallet="bkash",
    reference="9AB1C2D3E4",
    order_id=42,
    person_id=BUYER_ID,
    digits="4321",
    created_ms=NOW_MS - HOUR_MS,
    state=ClaimState.WAITING,
)
DECIDED: dict[str, Any] = {"decided_by": OPERATOR_ID, "decided_ms": NOW_MS, "seen_by": OPERATOR_ID}
STATES = {
    "waiting": CLAIM,
    "seen": replace(CLAIM, state=ClaimState.SEEN, seen_minor=5, seen_by=OPERATOR_ID),
    "paid": replace(CLAIM, state=ClaimState.PAID, seen_minor=TAKA.minor, **DECIDED),
    "landed": replace(CLAIM, state=ClaimState.LANDED, seen_minor=120_000, **DECIDED),
    "rejected": replace(CLAIM, state=ClaimState.REJECTED, reason="Not <there>.", **DECIDED),
    "replaced": replace(CLAIM, state=ClaimState.REJECTED, decided_ms=NOW_MS, digits=""),
}


def in_taka(card: OrderCard) -> OrderCard:
    """The same order, priced in taka."""
    terms = replace(card.order.terms, price=TAKA)
    gig = replace(card.gig, price=TAKA)
    return replace(card, order=replace(card.order, terms=terms), gig=gig)


def paying(state: State = State.AWAITING_PAYMENT, *wallets: Wallet) -> ByHandCard:
    """What the buyer pays by."""
    return ByHandCard(card=in_taka(card_in(state, Role.BUYER)), wallets=wallets, claim=None)


def claimed(claim: Claim = CLAIM, **changes: Any) -> ClaimCard:
    """A claim at the desk."""
    state = State.PAYMENT_REVIEW if claim.state.is_live else State.AWAITING_PAYMENT
    card = in_taka(card_in(state, Role.OPERATOR))
    shown = ClaimCard(
        claim=claim,
        order=card.order,
        title=card.gig.title,
        buyer_name="Ayesha <3",
        wallet=BKASH,
        refusals=0,
        names={OPERATOR_ID: "Olivia"},
        now_ms=NOW_MS,
    )
    return replace(shown, **changes)


def going_back(state: str = "pending", *, is_frozen: bool = False) -> HandRefundCard:
    """A refund at the desk."""
    refund = ByHand(
        claim=STATES["paid"],
        rail="manual:bkash",
        amount=TAKA,
        state=state,
        promised_ms=NOW_MS - HOUR_MS,
        reference="8ZZ9Y8X7W6" if state == "sent" else "",
    )
    return HandRefundCard(refund=refund, buyer_name="Ayesha <3", is_frozen=is_frozen, now_ms=NOW_MS)


def test_where_to_send_the_money() -> None:
    """Two wallets; none; not any more."""
    now, review = State.AWAITING_PAYMENT, State.PAYMENT_REVIEW
    approved("rails/by-hand", lambda tr: by_hand.by_hand_screen(paying(now, BKASH, BANK), tr))
    approved("rails/by-hand-nowhere", lambda tr: by_hand.by_hand_screen(paying(now), tr))
    approved("rails/by-hand-review", lambda tr: by_hand.by_hand_screen(paying(review, BKASH), tr))
    approved(
        "rails/by-hand-over", lambda tr: by_hand.by_hand_screen(paying(State.EXPIRED, BKASH), tr)
    )
    approved("rails/by-hand-notice", lambda tr: by_hand.by_hand_notice(paying(now).card, tr))


def test_a_quote_in_taka_says_how_it_is_paid() -> None:
    """Who sends what where, who looks for it, and how it goes back; not when nothing is left."""
    price = Money(TAKA.minor, Currency.BDT)
    draft = order(State.DRAFT, terms=terms(price=price))
    quote = OrderQuote(gig_card(price=price), price, NOW_MS, draft=draft)
    approved("rails/quote", lambda tr: quote_screen(quote, tr, POLICY))
    covered = replace(quote, draft=replace(draft, from_credit_minor=TAKA.minor))
    assert "by hand" not in quote_screen(covered, translator("en"), POLICY).text


def test_what_a_claim_asks() -> None:
    """The number of the payment, then the sender's digits."""
    for wallet in ("bkash", "nagad", "bank"):
        approved(
            f"rails/claim-reference-{wallet}",
            partial(by_hand.reference_question, wallet, TAKA),
        )
    approved("rails/claim-digits", lambda tr: by_hand.digits_question("bkash", "9AB1C2D3E4", tr))
    approved("rails/claim-toast", by_hand.claimed_toast)


@pytest.mark.parametrize("state", [State.AWAITING_PAYMENT, State.PAYMENT_REVIEW])
@pytest.mark.parametrize("role", [Role.BUYER, Role.SELLER, Role.OPERATOR])
def test_an_order_in_taka(state: State, role: Role) -> None:
    """The order's screen before it is paid."""
    card = replace(in_taka(card_in(state, role)), claim_id=7 if role is Role.OPERATOR else None)
    approved(f"rails/taka-{state}-{role}", lambda tr: order_screen(card, tr))


def test_taka_go_back_by_hand() -> None:
    """Not to any Stars."""
    card = in_taka(card_in(State.CANCELLED, Role.BUYER))
    card = replace(card, order=replace(card.order, paid_ms=NOW_MS))
    approved("rails/taka-goes-back", lambda tr: Screen(text=money_words(card, tr)))


@pytest.mark.parametrize("name", STATES)
def test_a_claim_at_the_desk(name: str) -> None:
    """What was said and where to look, or what became of it; the amount due is not there."""
    card = claimed(STATES[name], refusals=2 if name == "waiting" else 0)
    approved(f"rails/claim-{name}", lambda tr: claims.claim_screen(card, tr))


def test_claims_in_their_queue() -> None:
    """Waiting, for a second operator, after the review, and a review without a claim."""
    late = replace(claimed(), order=in_taka(card_in(State.EXPIRED, Role.OPERATOR)).order)
    order = card_in(State.PAYMENT_REVIEW, Role.OPERATOR).order

    def draw(tr: Any) -> Screen:
        lines = [claims.claim_line(one, tr) for one in (claimed(), claimed(STATES["seen"]), late)]
        lines.append(claims.refund_line(going_back(), tr))
        return queue_screen(2, lines, 0, tr)

    approved("rails/claims-queue", draw)
    assert OrderLine(order, "x").proposal is None


def test_typing_what_was_seen() -> None:
    """Nothing is filled in; the typed amount is confirmed."""
    named = ("bkash", "9AB1C2D3E4")
    approved("rails/seen-amount", lambda tr: claims.amount_question(*named, tr))
    approved("rails/seen-confirm", lambda tr: claims.seen_confirm(7, named, TAKA, tr))
    for state in ClaimState:
        approved(f"rails/seen-toast-{state}", partial(claims.seen_toast, state))
    landed = claimed(STATES["landed"])
    approved("rails/send-back", lambda tr: claims.send_back_confirm(landed, tr))


@pytest.mark.parametrize("state", ["pending", "sent", "void"])
def test_a_refund_at_the_desk(state: str) -> None:
    """To whom, from which payment, and what to type."""
    approved(
        f"rails/hand-refund-{state}", lambda tr: hand_words.refund_screen(going_back(state), tr)
    )


def test_a_refund_of_a_frozen_house() -> None:
    """Nothing is to be sent now."""
    card = going_back(is_frozen=True)
    approved("rails/hand-refund-frozen", lambda tr: hand_words.refund_screen(card, tr))


@pytest.mark.parametrize("how", hand_words.WAYS)
def test_what_operators_write(how: int) -> None:
    """Who reads it and what it does."""
    approved(
        f"rails/by-hand-words-{how}", lambda tr: hand_words.words_question(how, "bank", 500, tr)
    )
    approved(f"rails/by-hand-written-{how}", lambda tr: hand_words.written_toast(how, tr))


def setup(*, is_owner: bool = True, is_free: bool = True) -> Setup:
    """What owners have set up."""
    decided = CategoryPolicy(
        category="lessons",
        fulfilment=Fulfilment.NON_DIGITAL,
        reason="Lessons happen in a <classroom>.",
        text_version=1,
        operator_id=OPERATOR_ID,
        at_ms=NOW_MS - DAY_MS,
    )
    categories = [(key, decided if is_free and key == "lessons" else None) for key in CATEGORY_KEYS]
    return Setup(
        wallets=(BKASH, replace(BANK, is_open=False)) if is_free else (),
        categories=tuple(categories),
        takes_usdt=is_free,
        is_owner=is_owner,
    )


def test_ways_to_pay() -> None:
    """Wallets and categories, for an owner, for another operator, and before anything is there."""
    approved("rails/rails", lambda tr: rails.rails_screen(setup(), tr))
    approved("rails/rails-operator", lambda tr: rails.rails_screen(setup(is_owner=False), tr))
    approved("rails/rails-empty", lambda tr: rails.rails_screen(setup(is_free=False), tr))


@pytest.mark.parametrize("key", ["lessons", "design"])
def test_what_a_category_is(key: str) -> None:
    """What was decided and why; the other way."""
    approved(
        f"rails/fulfilment-{key}", lambda tr: rails.fulfilment_screen(key, setup(), tr, NOW_MS)
    )


def test_deciding_a_category() -> None:
    """The policy whole, then the reason; for both directions."""
    approved("rails/fulfilment-policy", lambda tr: rails.policy_question("lessons", tr))
    for is_free in (True, False):
        approved(
            f"rails/fulfilment-reason-{int(is_free)}",
            partial(rails.reason_question, "lessons", 20, 500, is_free=is_free),
        )
    approved("rails/fulfilment-toast", rails.decided_toast)


def test_entering_a_wallet() -> None:
    """Four questions."""
    approved("rails/wallet-number", lambda tr: rails.number_question("bank", tr))
    approved("rails/wallet-holder", lambda tr: rails.holder_question("bkash", tr))
    approved("rails/wallet-words", lambda tr: rails.instructions_question("bkash", 600, tr))
    typed = ("01711-000001", "Olivia <Khan>", "Send Money")
    approved("rails/wallet-preview", lambda tr: rails.wallet_preview("bkash", typed, tr))
    approved("rails/wallet-toast", rails.wallet_saved_toast)
    assert POLICY.limits.reason_max == 500


def told(notice: Notice, card: OrderCard | None = None, **facts: Any) -> Any:
    """How the notice is drawn for one reader."""
    known = {"by": "operator", "version": 3, "note": "", "amount_minor": 120_000, "currency": "BDT"}
    sent = Message(notice=notice, key="k", person_id=1, order_id=42, facts=known | facts)
    reading = Reading(
        card=card,
        gig=None,
        thread=None,
        intent_id="0123456789abcdef0123456789abcdef",
        policy=POLICY,
        bot_username="gighaat_bot",
        now_ms=NOW_MS,
        person=person(),
    )
    return lambda tr: render(sent, reading, tr)


def test_notices_of_money_by_hand() -> None:
    """Another amount came; it waits to be paid; it went back, or could not."""
    for role in (Role.BUYER, Role.SELLER):
        card = in_taka(card_in(State.AWAITING_PAYMENT, role))
        approved(f"rails/landed-{role}", told(Notice.PAYMENT_LANDED, card))
    unpaid = in_taka(card_in(State.AWAITING_PAYMENT, Role.BUYER))
    approved("rails/notice-invoice", told(Notice.INVOICE, unpaid))
    back: dict[str, Any] = {"order": 42, "rail": "manual:bkash"}
    approved("rails/notice-sent", told(Notice.REFUND_SENT, reference="8ZZ9Y8X7W6", **back))
    approved("rails/notice-kept", told(Notice.REFUND_KEPT, **back | {"note": "Closed <number>."}))
    approved("rails/notice-returned", told(Notice.PAYMENT_RETURNED, why="expired", **back))


@pytest.mark.parametrize("what", ["claim_second", "claim_differs"])
def test_alarms_about_claims(what: str) -> None:
    """The way to the claim."""
    approved(f"rails/alarm-{what}", told(Notice.ALARM, what=what, about="7"))
