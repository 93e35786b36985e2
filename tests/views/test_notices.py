"""Every notice in both languages, and what is not said any more when an order has moved on."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import translator
from bot.ui.screen import Album, Invoice, Relay, Screen
from bot.views.notices import NOTICES, render
from bot.views.reading import Reading
from market.deadlines import DAY_MS
from market.gig import units
from market.notices import Message, Notice
from market.read import OrderCard
from market.requests import Kind, Request
from market.states import Event, Outcome, Role, State
from tests.support.samples import NOW_MS, POLICY, gig_card, person, request, statement, thread
from tests.views.approved import approved
from tests.views.dispute_cards import STAGES
from tests.views.order_cards import card_in, event, review

B, S = Role.BUYER, Role.SELLER
ABOUT_ORDERS = [
    (Notice.INVOICE, State.AWAITING_PAYMENT, B),
    (Notice.ORDER_PAID_BUYER, State.AWAITING_REQUIREMENTS, B),
    (Notice.ORDER_PAID_SELLER, State.AWAITING_REQUIREMENTS, S),
    (Notice.ORDER_EXPIRED, State.EXPIRED, B),
    (Notice.ORDER_CANCELLED, State.CANCELLED, B),
    (Notice.ORDER_CANCELLED, State.CANCELLED, S),
    (Notice.REQUIREMENTS_READY, State.IN_PROGRESS, S),
    (Notice.DELIVERY, State.DELIVERED, B),
    (Notice.CHANGES_ASKED, State.REVISION_REQUESTED, S),
    (Notice.WORK_RESUMED, State.IN_PROGRESS, B),
    (Notice.ORDER_ACCEPTED, State.COMPLETED, S),
    (Notice.ORDER_AUTO_BUYER, State.COMPLETED, B),
    (Notice.ORDER_AUTO_SELLER, State.COMPLETED, S),
    (Notice.REVIEW_REQUEST, State.COMPLETED, B),
    (Notice.REVIEW_REQUEST, State.COMPLETED, S),
    (Notice.FUNDS_CLEARED, State.CLEARED, S),
    (Notice.NUDGE_REQUIREMENTS, State.AWAITING_REQUIREMENTS, B),
    (Notice.NUDGE_ACCEPT, State.DELIVERED, B),
    (Notice.UNREACHABLE, State.IN_PROGRESS, B),
    (Notice.UNREACHABLE, State.DELIVERED, S),
    (Notice.DELIVERY_FILES, State.DELIVERED, B),
    (Notice.REQUIREMENT_FILES, State.IN_PROGRESS, S),
]
ALARMS = (
    "dead_update",
    "stuck_payment",
    "dead_notice",
    "dead_refund",
    "place_gone",
    "odd_refund",
    "audit",
    "something_new",
)


def in_dispute(role: Role, stage: str, **changes: Any) -> OrderCard:
    """The order in a dispute at a stage."""
    card = card_in(State.DISPUTED, role)
    return replace(card, order=replace(card.order, dispute=STAGES[stage], **changes))


def while_asked(role: Role, state: State, live: Request) -> OrderCard:
    """The order while something is being asked."""
    card = card_in(state, role)
    return replace(card, order=replace(card.order, request=live, clock_at_ms=live.until_ms))


def split_card(role: Role) -> OrderCard:
    """The order after both agreed on halves."""
    card = card_in(State.COMPLETED, role)
    ended = event(Event.AGREE_CANCEL, State.DELIVERED, State.COMPLETED)
    order = replace(card.order, outcome=Outcome.SPLIT, released_minor=125)
    return replace(card, order=order, history=(ended,))


def charged_back() -> OrderCard:
    """A completed order whose payment is gone, as its seller sees it."""
    card = card_in(State.COMPLETED, S)
    return replace(card, order=replace(card.order, was_charged_back=True, released_minor=0))


SPLIT = Request(kind=Kind.CANCEL, by=S, until_ms=NOW_MS + DAY_MS, minor=125)
ENDED = {"state": "completed", "event": "agree_cancel"}
BETWEEN: dict[str, tuple[Notice, OrderCard, dict[str, Any]]] = {
    "time_asked": (
        Notice.TIME_ASKED,
        while_asked(B, State.IN_PROGRESS, request()),
        {"days": 2, "by": "seller"},
    ),
    "time_given": (Notice.TIME_GIVEN, card_in(State.IN_PROGRESS, S), {"by": "buyer"}),
    "cancel_asked_buyer": (
        Notice.CANCEL_ASKED,
        while_asked(B, State.DELIVERED, SPLIT),
        {"by": "seller", "minor": 125},
    ),
    "cancel_asked_seller": (
        Notice.CANCEL_ASKED,
        while_asked(S, State.IN_PROGRESS, replace(SPLIT, by=B, minor=0)),
        {"by": "buyer"},
    ),
    "request_refused_buyer": (
        Notice.REQUEST_REFUSED,
        card_in(State.DELIVERED, B),
        {"by": "seller"},
    ),
    "request_refused_seller": (
        Notice.REQUEST_REFUSED,
        card_in(State.IN_PROGRESS, S),
        {"by": "buyer"},
    ),
    "request_lapsed_buyer": (
        Notice.REQUEST_LAPSED,
        card_in(State.DELIVERED, B),
        {"by": "clock", "state": "delivered"},
    ),
    "request_lapsed_seller": (
        Notice.REQUEST_LAPSED,
        card_in(State.IN_PROGRESS, S),
        {"by": "clock", "state": "in_progress"},
    ),
    "request_ended_late_buyer": (
        Notice.REQUEST_LAPSED,
        card_in(State.CANCELLED, B, cancelled_by=Event.LAPSE),
        {"by": "clock", "state": "cancelled"},
    ),
    "request_ended_late_seller": (
        Notice.REQUEST_LAPSED,
        card_in(State.CANCELLED, S, cancelled_by=Event.LAPSE),
        {"by": "clock", "state": "cancelled"},
    ),
    "request_taken_back_buyer": (
        Notice.REQUEST_TAKEN_BACK,
        card_in(State.DELIVERED, B),
        {"by": "seller"},
    ),
    "request_taken_back_seller": (
        Notice.REQUEST_TAKEN_BACK,
        card_in(State.IN_PROGRESS, S),
        {"by": "buyer"},
    ),
    "looks_longer": (Notice.LOOKS_LONGER, card_in(State.DELIVERED, S), {"days": 1}),
    "dispute_opened_buyer": (
        Notice.DISPUTE_OPENED,
        in_dispute(B, "by_seller"),
        {"by": "seller", "note": "unfair", "statement": 1},
    ),
    "dispute_opened_seller": (
        Notice.DISPUTE_OPENED,
        in_dispute(S, "opened"),
        {"by": "buyer", "note": "copied", "statement": 1},
    ),
    "statement_added_buyer": (
        Notice.STATEMENT_ADDED,
        in_dispute(B, "heard"),
        {"by": "seller", "statement": 1},
    ),
    "statement_added_seller": (
        Notice.STATEMENT_ADDED,
        in_dispute(S, "heard"),
        {"by": "buyer", "statement": 1},
    ),
    "verdict_buyer": (Notice.VERDICT, in_dispute(B, "split"), {"by": "operator", "minor": 125}),
    "verdict_seller": (Notice.VERDICT, in_dispute(S, "refund"), {"by": "operator", "minor": 0}),
    "verdict_appealed_already": (
        Notice.VERDICT,
        in_dispute(B, "appealed"),
        {"by": "operator", "minor": 125},
    ),
    "verdict_appealed_buyer": (
        Notice.VERDICT_APPEALED,
        in_dispute(B, "appealed"),
        {"by": "seller"},
    ),
    "verdict_appealed_seller": (
        Notice.VERDICT_APPEALED,
        in_dispute(S, "appealed"),
        {"by": "buyer"},
    ),
    "dispute_ended_buyer": (
        Notice.DISPUTE_ENDED,
        card_in(State.REFUNDED, B, cancelled_by=Event.CONCEDE_SELLER),
        {"by": "seller", "note": ""},
    ),
    "dispute_ended_seller": (
        Notice.DISPUTE_ENDED,
        card_in(State.REFUNDED, S, cancelled_by=Event.FALLBACK),
        {"by": "clock", "note": ""},
    ),
    "order_reopened_buyer": (
        Notice.ORDER_REOPENED,
        in_dispute(B, "opened", was_reopened=True),
        {"by": "operator"},
    ),
    "order_reopened_seller": (
        Notice.ORDER_REOPENED,
        in_dispute(S, "opened", was_reopened=True),
        {"by": "operator"},
    ),
    "reopen_refused": (
        Notice.REOPEN_REFUSED,
        card_in(State.COMPLETED, B),
        {"reason": "The file opens & prints <well>."},
    ),
    "order_split_buyer": (Notice.ORDER_SPLIT, split_card(B), ENDED | {"by": "seller"}),
    "order_split_seller": (Notice.ORDER_SPLIT, split_card(S), ENDED | {"by": "buyer"}),
    "order_ended_together": (
        Notice.ORDER_SPLIT,
        card_in(State.CANCELLED, S, cancelled_by=Event.AGREE_CANCEL),
        {"by": "buyer", "state": "cancelled"},
    ),
    "payment_taken_back": (Notice.PAYMENT_TAKEN_BACK, charged_back(), {"by": "provider"}),
    "claim_rejected": (
        Notice.CLAIM_REJECTED,
        card_in(State.AWAITING_PAYMENT, B),
        {"by": "operator", "note": "No such <TrxID>."},
    ),
    "claim_rejected_clock": (
        Notice.CLAIM_REJECTED,
        card_in(State.AWAITING_PAYMENT, B),
        {"by": "clock", "note": ""},
    ),
}


def reading(card: OrderCard | None = None, **changes: Any) -> Reading:
    """What the sending side knows about the sample order."""
    base = Reading(
        card=card,
        gig=None,
        thread=None,
        intent_id="0123456789abcdef0123456789abcdef",
        policy=POLICY,
        bot_username="gighaat_bot",
        now_ms=NOW_MS,
        person=person(),
    )
    return replace(base, **changes)


def message(notice: Notice, **facts: Any) -> Message:
    """A notice with the facts that the services write."""
    known = {"event": "x", "by": "buyer", "version": 3, "note": "Greener <please>."}
    about_files = {"delivery": 2, "from": 0, "count": 2}
    return Message(
        notice=notice, key="k", person_id=1, order_id=42, facts=known | about_files | facts
    )


def test_every_notice_has_words() -> None:
    """A notice of the market without words here would never reach anybody."""
    assert set(NOTICES) == set(Notice)


@pytest.mark.parametrize(("notice", "state", "role"), ABOUT_ORDERS)
def test_notices_about_orders(notice: Notice, state: State, role: Role) -> None:
    """The fact first, then the order as it stands with its buttons."""
    card = card_in(state, role)
    if notice in {Notice.ORDER_AUTO_BUYER, Notice.ORDER_AUTO_SELLER}:
        card = replace(card, order=replace(card.order, outcome=Outcome.AUTO))
    show(f"{notice}_{role}", message(notice), reading(card))


def show(name: str, sent: Message, known: Reading) -> None:
    """Compare with the approved notice."""

    def draw(tr: Any) -> Screen | Album | Relay | Invoice:
        shown = render(sent, known, tr)
        assert shown is not None, "there is something to say"
        return shown

    approved(f"ordering/notices/{name}", draw)


@pytest.mark.parametrize("name", BETWEEN)
def test_notices_between_the_parties(name: str) -> None:
    """Requests, disputes and their ends: who did what, the exact amounts, what happens next."""
    notice, card, facts = BETWEEN[name]
    told = statement() if "statement" in facts else None
    show(name, message(notice, **facts), reading(card, statement=told))


def test_late_reminder() -> None:
    """A late delivery is said to be so late, with the way out once there is one."""
    card = card_in(State.IN_PROGRESS, B)
    due = NOW_MS - 3 * DAY_MS
    late = replace(card, order=replace(card.order, due_at_ms=due, clock_at_ms=due + 7 * DAY_MS))
    show("nudge_late", message(Notice.NUDGE_LATE), reading(late))


def test_the_sellers_reminder() -> None:
    """Before his deadline the seller reads how long is left; afterwards nothing."""
    card = card_in(State.IN_PROGRESS, S)
    ahead = replace(card.order, due_at_ms=NOW_MS + DAY_MS)
    show("due_soon", message(Notice.DUE_SOON), reading(replace(card, order=ahead)))
    late = replace(card, order=replace(card.order, due_at_ms=NOW_MS - 1))
    assert render(message(Notice.DUE_SOON), reading(late), translator("en")) is None


def test_work_resumed_by_the_clock() -> None:
    """When the clock resumed the work, nobody claims that the seller did."""
    card = card_in(State.IN_PROGRESS, B)
    show("work_resumed_clock", message(Notice.WORK_RESUMED, by="clock"), reading(card))


def test_reviews_shown() -> None:
    """Both reviews stand there once both have written."""
    mine = review(B, stars=4)
    card = replace(
        card_in(State.COMPLETED, B), mine=mine, reviews=(mine, review(S)), may_review=False
    )
    show("review_shown", message(Notice.REVIEW_SHOWN), reading(card))


@pytest.mark.parametrize("order_id", [None, 42])
def test_refund_sent(order_id: int | None) -> None:
    """How much went back, and where to find it."""
    sent = message(Notice.REFUND_SENT, amount_minor=250, currency="XTR", order=order_id)
    show(f"refund_sent_{order_id}", sent, reading())


@pytest.mark.parametrize("why", ["payer", "amount", "unknown", "expired", "cancelled", "completed"])
def test_payment_returned(why: str) -> None:
    """Why a payment could not be used."""
    sent = message(Notice.PAYMENT_RETURNED, amount_minor=250, currency="XTR", order=42, why=why)
    show(f"payment_returned_{why}", sent, reading())


def test_restored() -> None:
    """What may be missing since when, and that payments are not."""
    sent = message(Notice.RESTORED, until_ms=NOW_MS - DAY_MS)
    show("restored", sent, reading())


@pytest.mark.parametrize("notice", [Notice.SUPPORT_ASKED, Notice.SUPPORT_ANSWERED])
def test_support(notice: Notice) -> None:
    """The message that it is about, and the way to answer."""
    number = 1 if notice is Notice.SUPPORT_ASKED else 2
    show(notice, message(notice, thread=7, number=number), reading(thread=thread()))


def test_support_without_an_order() -> None:
    """A question about nothing in particular."""
    asked = message(Notice.SUPPORT_ASKED, thread=7, number=1)
    show("support_asked_alone", asked, reading(thread=thread(order_id=None)))


@pytest.mark.parametrize("what", ALARMS)
def test_alarms(what: str) -> None:
    """Each alarm says what happened to what, and leads to the page where it can be looked at."""
    sent = message(Notice.ALARM, what=what, about="17", detail="Bad Request: <boom>")
    show(f"alarm_{what}", sent, reading())


def test_announcement() -> None:
    """The post of a gig is the selling area's."""
    sent = Message(notice=Notice.GIG_ANNOUNCEMENT, key="k", chat_id=-1, gig_id=16)
    shown = render(sent, reading(gig=gig_card()), translator("bn"))
    assert isinstance(shown, Screen)


@pytest.mark.parametrize(
    ("notice", "state"),
    [
        (Notice.INVOICE, State.AWAITING_REQUIREMENTS),
        (Notice.INVOICE, State.EXPIRED),
        (Notice.NUDGE_REQUIREMENTS, State.IN_PROGRESS),
        (Notice.NUDGE_ACCEPT, State.COMPLETED),
        (Notice.NUDGE_LATE, State.DELIVERED),
        (Notice.DUE_SOON, State.DELIVERED),
        (Notice.REVIEW_REQUEST, State.CANCELLED),
    ],
)
def test_what_is_over_is_not_said(notice: Notice, state: State) -> None:
    """An invoice, a reminder or a question that has become pointless is not sent."""
    assert render(message(notice), reading(card_in(state, B)), translator("en")) is None


def test_reminders_of_an_older_version_are_not_sent() -> None:
    """A reminder about an earlier delivery is not one about the present one."""
    old = message(Notice.NUDGE_ACCEPT, version=2)
    assert render(old, reading(card_in(State.DELIVERED, B)), translator("en")) is None


@pytest.mark.parametrize("notice", list(Notice))
def test_without_its_subject_nothing_is_said(notice: Notice) -> None:
    """A notice whose order, gig or thread cannot be read does not fail the sending."""
    facts: dict[str, Any] = {"amount_minor": 250, "currency": "XTR", "order": None}
    facts |= {"why": "unknown", "what": "x"}
    if notice is Notice.RESTORED:
        facts["until_ms"] = NOW_MS
    shown = render(message(notice, **facts), reading(), translator("bn"))
    free = {Notice.REPORT_SETTLED, Notice.REFUND_SENT, Notice.PAYMENT_RETURNED, Notice.ALARM}
    free |= {Notice.CREDIT_GIVEN, Notice.REFUND_KEPT, Notice.RESTORED}
    assert (shown is not None) == (notice in free)


def test_a_notice_that_comes_late_shows_the_present_state() -> None:
    """Facts from the event, buttons from the present: an accepted delivery has no Accept."""
    card = card_in(State.COMPLETED, B)
    shown = render(message(Notice.DELIVERY), reading(card), translator("en"))
    assert isinstance(shown, Screen)
    assert "has delivered" in shown.text
    assert "Completed" in shown.text
    assert "Accept" not in [button.label for row in shown.rows for button in row]


def test_parcels_of_a_delivery() -> None:
    """Facts say which of the files one call carries."""
    card = card_in(State.DELIVERED, B)
    sent = message(Notice.DELIVERY_FILES, **{"from": 1, "count": 1})
    shown = render(sent, reading(card), translator("en"))
    assert isinstance(shown, Album)
    assert [file.file_id for file in shown.files] == ["file-5"]


LETTERS = ("ক্ষ", "ত্রী", "স্ত্র", "🇧🇩", "👨\u200d👩\u200d👧", "é", "x ", "কী ")


@given(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=40))
def test_invoices_fit(letters: list[str]) -> None:
    """Title and description keep Telegram's limits and end between letters as readers see them."""
    title = "".join(letters)
    wholes = {"".join(letters[:end]).strip() for end in range(len(letters) + 1)}
    card = card_in(State.AWAITING_PAYMENT, B)
    card = replace(card, gig=replace(card.gig, title=title), seller_name=title)
    for language in ("bn", "en"):
        shown = render(message(Notice.INVOICE), reading(card), translator(language))
        assert isinstance(shown, Invoice)
        assert units(shown.title) <= 32
        assert units(shown.description) <= 255
        assert shown.title.removesuffix("…") in wholes
