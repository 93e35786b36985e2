"""Requests, time and the ways out of an order, as both parties read them, with exact amounts."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import Translator, plain, translator
from bot.ui.screen import Screen
from bot.ui.taps import (
    AgreeRequest,
    AskMoreTime,
    CancelOrder,
    ExplainCancel,
    GiveTime,
    LookLonger,
    OpenDispute,
    ProposeEnd,
    RefuseRequest,
    ShowDeliveries,
    ShowWaysOut,
    TakeBackRequest,
)
from bot.views import asking
from bot.views.order_confirms import more_words_question, seller_effect
from bot.views.order_files import history_screen
from bot.views.orders import order_screen, title_words
from bot.views.reasons import CANCELLING
from bot.views.requests import (
    agree_confirm,
    ended_toast,
    refused_toast,
    taken_back_toast,
    time_given_toast,
)
from bot.views.shares import shares_words
from bot.views.ways_out import ways_out_screen
from market.deadlines import DAY_MS, HOUR_MS
from market.read import OrderCard
from market.requests import Kind, Request
from market.states import Event, Outcome, Role, State
from tests.support.samples import NOW_MS, request, terms
from tests.views.approved import approved
from tests.views.order_cards import card_in, event

B, S, OP = Role.BUYER, Role.SELLER, Role.OPERATOR
ROLES = (B, S, OP)
HALF = Request(kind=Kind.CANCEL, by=S, until_ms=NOW_MS + 2 * DAY_MS, minor=125)
ALL_BACK = replace(HALF, by=B, minor=0)


def asked(card: OrderCard, live: Request) -> OrderCard:
    """The card while something is being asked, with a note."""
    kind = Event.ASK_TIME if live.kind is Kind.TIME else Event.ASK_CANCEL
    note = event(kind, card.order.state, card.order.state, note="I was ill, <sorry>.")
    order = replace(card.order, request=live, clock_at_ms=live.until_ms, paused_ms=NOW_MS + DAY_MS)
    return replace(card, order=order, history=(*card.history, note), has_room=True)


def late(card: OrderCard, by_ms: int) -> OrderCard:
    """The delivery is late by so much."""
    due = NOW_MS - by_ms
    return replace(card, order=replace(card.order, due_at_ms=due, clock_at_ms=due + 7 * DAY_MS))


def taps_of(screen: Screen) -> list[type]:
    """The kinds of a screen's buttons."""
    return [type(button.tap) for row in screen.rows for button in row]


def en() -> Translator:
    """An English reader."""
    return translator("en")


@pytest.mark.parametrize("role", ROLES)
def test_more_time_asked(role: Role) -> None:
    """How many days, until when the answer is awaited, what silence does, and the new deadline."""
    card = asked(card_in(State.IN_PROGRESS, role), request())
    approved(f"requests/time_{role}", lambda tr: order_screen(card, tr))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.DELIVERED, State.REVISION_REQUESTED])
def test_an_end_with_a_split_proposed(state: State, role: Role) -> None:
    """The exact parts, the credit rule, the answer's deadline, and what silence does."""
    card = asked(card_in(state, role), HALF)
    approved(f"requests/split_{state}_{role}", lambda tr: order_screen(card, tr))


@pytest.mark.parametrize("role", ROLES)
def test_all_back_of_a_late_order(role: Role) -> None:
    """Silence ends a late order whose buyer wants everything back."""
    card = asked(late(card_in(State.IN_PROGRESS, role), HOUR_MS), ALL_BACK)
    approved(f"requests/all_back_late_{role}", lambda tr: order_screen(card, tr))


def test_silence_ends_only_late_orders() -> None:
    """When the delivery is due after the wait, silence lets the proposal lapse."""
    card = asked(card_in(State.IN_PROGRESS, S), replace(ALL_BACK, until_ms=NOW_MS + DAY_MS))
    assert "the proposal lapses" in plain(order_screen(card, en()).text)
    due = replace(card.order, due_at_ms=NOW_MS + HOUR_MS)
    assert "the order is cancelled" in plain(order_screen(replace(card, order=due), en()).text)


def test_who_asked_can_take_back_and_the_other_answers() -> None:
    """The buttons of a live request are for the right side."""
    mine = taps_of(order_screen(asked(card_in(State.DELIVERED, S), HALF), en()))
    others = taps_of(order_screen(asked(card_in(State.DELIVERED, B), HALF), en()))
    assert TakeBackRequest in mine
    assert {AgreeRequest, RefuseRequest} <= set(others)
    assert AgreeRequest not in mine
    time = taps_of(order_screen(asked(card_in(State.IN_PROGRESS, B), request()), en()))
    assert GiveTime in time


def test_nothing_is_asked_twice() -> None:
    """While a request lives neither more time nor an end nor a longer look is offered."""
    time = asked(card_in(State.IN_PROGRESS, S), request())
    assert AskMoreTime not in taps_of(order_screen(time, en()))
    assert ProposeEnd not in taps_of(ways_out_screen(time, en()))
    look = asked(card_in(State.DELIVERED, B), HALF)
    assert LookLonger not in taps_of(order_screen(look, en()))


@pytest.mark.parametrize("role", [B, S])
def test_agreeing_says_the_parts_again(role: Role) -> None:
    """Before money moves by agreement the parts stand there once more."""
    card = asked(card_in(State.DELIVERED, role), replace(HALF, by=role.other))
    approved(f"requests/agree_{role}", lambda tr: agree_confirm(card, title_words(card, tr), tr))


@pytest.mark.parametrize("role", [B, S])
@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.DELIVERED, State.REVISION_REQUESTED])
def test_ways_out(state: State, role: Role) -> None:
    """Every way that is open now, from when the others are, and what each does to the money."""
    card = card_in(state, role)
    approved(f"requests/ways_{state}_{role}", lambda tr: ways_out_screen(card, tr))


@pytest.mark.parametrize("role", [B, S])
def test_ways_out_of_very_late_work(role: Role) -> None:
    """A day after the deadline the buyer can cancel at once, and a dispute is possible."""
    card = late(card_in(State.IN_PROGRESS, role), 2 * DAY_MS)
    approved(f"requests/ways_very_late_{role}", lambda tr: ways_out_screen(card, tr))
    taps = taps_of(ways_out_screen(card, en()))
    assert (CancelOrder in taps, ExplainCancel in taps) == (role is B, role is S)
    assert OpenDispute in taps


def test_ways_out_while_something_is_asked() -> None:
    """A live request is named instead of a second one."""
    card = asked(card_in(State.DELIVERED, B), HALF)
    approved("requests/ways_asked", lambda tr: ways_out_screen(card, tr))


def test_a_first_look_comes_before_a_dispute() -> None:
    """Within the first hour of a delivery the dispute's moment is said, without a button."""
    card = card_in(State.DELIVERED, B)
    fresh = replace(card, order=replace(card.order, entered_ms=NOW_MS))
    approved("requests/ways_first_look", lambda tr: ways_out_screen(fresh, tr))
    assert OpenDispute not in taps_of(order_screen(fresh, en()))
    assert OpenDispute in taps_of(order_screen(card, en()))


def test_a_refusal_opens_the_way_to_a_dispute() -> None:
    """Work in time may be disputed once a request was refused."""
    card = card_in(State.IN_PROGRESS, S)
    refused = replace(card, order=replace(card.order, was_refused=True))
    seen = [OpenDispute in taps_of(order_screen(one, en())) for one in (card, refused)]
    assert seen == [False, True]


def test_one_way_out_is_asked_directly() -> None:
    """Where cancelling is the only way, no list of ways comes before its question."""
    for role in (B, S):
        taps = taps_of(order_screen(card_in(State.AWAITING_REQUIREMENTS, role), en()))
        assert (CancelOrder in taps, ShowWaysOut in taps) == (True, False)


def test_questions_for_time() -> None:
    """How many days, then why, under what the buyer will read."""
    card = card_in(State.IN_PROGRESS, S)
    approved("requests/ask_days", lambda tr: asking.days_question(asking.time_intro(card, tr), tr))
    approved(
        "requests/ask_time_words",
        lambda tr: asking.time_words_question(asking.time_effect(card, 3, tr), tr),
    )


def test_questions_for_an_end() -> None:
    """Which part, then why, under the exact parts."""
    card = card_in(State.IN_PROGRESS, B)
    price = card.order.terms.price
    approved(
        "requests/ask_share",
        lambda tr: asking.share_question(asking.share_intro(card, tr), price, tr),
    )
    approved(
        "requests/ask_end_words",
        lambda tr: asking.end_words_question(shares_words(card, 125, tr), tr),
    )


def test_look_longer() -> None:
    """Until when silence would not count, for each choice."""
    card = card_in(State.DELIVERED, B)
    approved("requests/look_longer", lambda tr: asking.look_longer_screen(card, tr))
    used = replace(card, order=replace(card.order, longer_looks=1))
    assert LookLonger not in taps_of(order_screen(used, en()))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("minor", [0, 125, 250])
def test_parts(minor: int, role: Role) -> None:
    """Who gets what, fee and credit rule included, from each side."""
    card = card_in(State.IN_PROGRESS, role)
    approved(
        f"requests/parts_{minor}_{role}", lambda tr: Screen(text=shares_words(card, minor, tr))
    )


@given(st.integers(min_value=10, max_value=10_000), st.data())
def test_parts_named_are_the_parts_posted(price: int, data: Any) -> None:
    """What the buyer and the seller are told, and the fee, sum up to the price."""
    minor = data.draw(st.integers(min_value=1, max_value=price - 1))
    card = card_in(State.IN_PROGRESS, OP)
    money = replace(card.order.terms.price, minor=price)
    card = replace(card, order=replace(card.order, terms=terms(price=money)))
    first = plain(shares_words(card, minor, en())).splitlines()[0].replace(",", "")
    named = [int(word) for word in first.split() if word.isdigit()]
    assert sum(named) == price


@pytest.mark.parametrize("reason", [CANCELLING[0], CANCELLING[-1]])
def test_a_reason_and_more_words(reason: str) -> None:
    """A picked reason stands alone; another one needs words."""
    card = card_in(State.IN_PROGRESS, S)
    approved(
        f"requests/cancel_words_{reason}",
        lambda tr: more_words_question(seller_effect(card, tr), reason, tr),
    )


def test_a_picked_reason_is_read_in_the_readers_language() -> None:
    """The note keeps the reason's key; each reader reads it in his own language."""
    card = card_in(State.CANCELLED, B)
    told = replace(card.history[0], note="no_time\nMy exam is <near>.")
    card = replace(card, history=(told,))
    approved("requests/cancelled_with_reason", lambda tr: order_screen(card, tr))


@pytest.mark.parametrize("role", [B, S])
def test_every_version_with_what_was_asked(role: Role) -> None:
    """Each delivery with its time, the wish before it, and the first signs of its evidence."""
    card = card_in(State.DELIVERED, role)
    approved(
        f"requests/versions_{role}", lambda tr: history_screen(card, title_words(card, tr), tr)
    )
    assert ShowDeliveries in taps_of(order_screen(card, en()))


@pytest.mark.parametrize("role", [B, S])
@pytest.mark.parametrize("minor", [1, 125])
def test_completed_by_agreement(minor: int, role: Role) -> None:
    """A split order says both parts, for ever."""
    card = card_in(State.COMPLETED, role)
    ended = event(Event.AGREE_CANCEL, State.DELIVERED, State.COMPLETED)
    order = replace(card.order, outcome=Outcome.SPLIT, released_minor=minor)
    card = replace(card, order=order, history=(ended,))
    approved(f"requests/completed_split_{minor}_{role}", lambda tr: order_screen(card, tr))
    done = replace(card, order=replace(order, state=State.CLEARED, clock_at_ms=None))
    approved(f"requests/cleared_split_{minor}_{role}", lambda tr: order_screen(done, tr))


@pytest.mark.parametrize("role", ROLES)
def test_payment_taken_back(role: Role) -> None:
    """A chargeback is shown to everybody, on completed and on cancelled orders."""
    card = card_in(State.COMPLETED, role)
    order = replace(card.order, was_charged_back=True, released_minor=0)
    card = replace(card, order=order)
    approved(f"requests/charged_back_completed_{role}", lambda tr: order_screen(card, tr))
    gone = card_in(State.CANCELLED, role, cancelled_by=Event.CHARGEBACK)
    gone = replace(gone, order=replace(gone.order, was_charged_back=True))
    approved(f"requests/charged_back_cancelled_{role}", lambda tr: order_screen(gone, tr))


@pytest.mark.parametrize("role", ROLES)
def test_absences_that_moved_a_deadline(role: Role) -> None:
    """Who is away until when, and by how much deadlines have moved."""
    card = card_in(State.DELIVERED, role)
    order = replace(card.order, absent_ms=3 * DAY_MS)
    away = replace(card, order=order, away_until_ms=NOW_MS + DAY_MS)
    approved(f"requests/away_{role}", lambda tr: order_screen(away, tr))


def test_short_answers() -> None:
    """Toasts fit and speak both languages."""
    card = card_in(State.DELIVERED, B)
    lines = {
        "given": time_given_toast,
        "ended": ended_toast,
        "refused": refused_toast,
        "taken_back": taken_back_toast,
        "asked": asking.asked_toast,
        "longer": lambda tr: asking.longer_toast(card, tr),
    }
    for name, draw in lines.items():
        approved(f"requests/lines/{name}", draw)
