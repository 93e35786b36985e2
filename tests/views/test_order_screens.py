"""The order's screen in every state for every reader, and what stands around an order."""

from dataclasses import replace

import pytest

from bot.i18n import Translator, translator
from bot.ui.screen import Screen
from bot.ui.taps import (
    AcceptDelivery,
    AskChanges,
    CancelOrder,
    StartDelivery,
    StartSupport,
)
from bot.views.board import board_screen
from bot.views.order_confirms import (
    accept_confirm,
    cancel_confirm,
    reason_question,
    seller_effect,
)
from bot.views.order_files import words_screen
from bot.views.orders import order_screen
from bot.views.quotes import changed_note, quote_screen, terms_first
from market.deadlines import DAY_MS, HOUR_MS
from market.read import Board, BoardLine, OrderCard, OrderQuote
from market.states import Event, Outcome, Role, State
from market.table import TRANSITIONS
from tests.support.means import STARS_OUT
from tests.support.samples import NOW_MS, POLICY, gig_card, order, stars
from tests.views.approved import approved
from tests.views.order_cards import CANCELS, card_in

ROLES = (Role.BUYER, Role.SELLER, Role.OPERATOR)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", State)
def test_each_state_for_each_reader(state: State, role: Role) -> None:
    """Title, code, state, what follows by when, what it costs, and the buttons of the table."""
    card = card_in(state, role)
    approved(f"ordering/order_{state}_{role}", lambda tr: order_screen(card, tr))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("event", CANCELS)
def test_each_way_of_cancelling(event: Event, role: Role) -> None:
    """Both sides and operators read who ended the order and why."""
    card = card_in(State.CANCELLED, role, cancelled_by=event)
    approved(f"ordering/cancelled_{event}_{role}", lambda tr: order_screen(card, tr))


@pytest.mark.parametrize("role", [Role.BUYER, Role.SELLER])
@pytest.mark.parametrize("late_ms", [HOUR_MS, 3 * DAY_MS])
def test_late_work(late_ms: int, role: Role) -> None:
    """A late order says so; after the day of grace its buyer may cancel."""
    card = card_in(State.IN_PROGRESS, role)
    due = NOW_MS - late_ms
    card = replace(card, order=replace(card.order, due_at_ms=due, clock_at_ms=due + 7 * DAY_MS))
    name = f"ordering/late_{late_ms // HOUR_MS}h_{role}"
    approved(name, lambda tr: order_screen(card, tr))


def test_all_changes_used() -> None:
    """Without changes left the buyer is led to an operator, with the order attached."""
    card = card_in(State.DELIVERED, Role.BUYER)
    card = replace(card, order=replace(card.order, revisions_used=2))
    taps = [type(button.tap) for row in order_screen(card, tr_en()).rows for button in row]
    assert (AskChanges in taps, StartSupport in taps) == (False, True)
    approved("ordering/delivered_no_changes_left", lambda tr: order_screen(card, tr))


def test_accepted_by_silence() -> None:
    """Both are told that silence accepted the delivery."""
    card = card_in(State.COMPLETED, Role.BUYER)
    card = replace(card, order=replace(card.order, outcome=Outcome.AUTO))
    approved("ordering/completed_auto_buyer", lambda tr: order_screen(card, tr))


def test_buttons_never_exceed_the_table() -> None:
    """No reader is shown an act that the transition table does not give him."""
    acts = {
        AcceptDelivery: {Event.ACCEPT},
        AskChanges: {Event.REVISE},
        StartDelivery: {Event.DELIVER},
        CancelOrder: set(CANCELS),
    }
    for state in State:
        for role in ROLES:
            given = {row.event for row in TRANSITIONS if row.src is state and role in row.roles}
            for tap in taps_of(order_screen(card_in(state, role), tr_en())):
                assert type(tap) not in acts or acts[type(tap)] & given, (state, role, tap)


def taps_of(screen: Screen) -> list[object]:
    """The taps of a screen's buttons."""
    return [button.tap for row in screen.rows for button in row]


def tr_en() -> Translator:
    """An English reader in Dhaka."""
    return translator("en")


def test_accept_asks_first() -> None:
    """Accepting says what it does to the money before it happens."""
    card = card_in(State.DELIVERED, Role.BUYER)
    approved("ordering/confirm_accept", lambda tr: accept_confirm(card, tr))


@pytest.mark.parametrize(
    ("state", "role"),
    [
        (State.AWAITING_PAYMENT, Role.BUYER),
        (State.AWAITING_PAYMENT, Role.SELLER),
        (State.AWAITING_REQUIREMENTS, Role.BUYER),
        (State.IN_PROGRESS, Role.SELLER),
    ],
)
def test_cancel_asks_first(state: State, role: Role) -> None:
    """Cancelling says what it does to the money before it happens."""
    card = card_in(state, role)
    approved(f"ordering/confirm_cancel_{state}_{role}", lambda tr: cancel_confirm(card, tr))


def test_seller_is_asked_for_the_reason() -> None:
    """The reason is asked under the effect on the money."""
    card = card_in(State.IN_PROGRESS, Role.SELLER)
    approved("ordering/cancel_reason", lambda tr: reason_question(seller_effect(card, tr), tr))


@pytest.mark.parametrize("number", [0, 1])
def test_words_in_full(number: int) -> None:
    """The whole text of a delivery or of the requirements."""
    card = card_in(State.DELIVERED, Role.BUYER)
    approved(f"ordering/words_{number}", lambda tr: words_screen(card, number, tr))


def test_quote() -> None:
    """What the buyer pays, where the money stays, what silence does, what comes back."""
    quote = OrderQuote(gig_card(), stars(250), NOW_MS)
    approved("ordering/quote", lambda tr: quote_screen(quote, tr, POLICY))


def test_quote_of_a_bare_gig() -> None:
    """No changes, no question, one day, after the gig has changed."""
    quote = OrderQuote(gig_card(revisions=0, question=None, delivery_days=1), stars(10), NOW_MS)
    bare = replace(POLICY, poisha_per_star=None)
    approved("ordering/quote_bare", lambda tr: quote_screen(quote, tr, bare, changed_note(tr)))


def test_terms_come_back_to_the_quote() -> None:
    """Agreeing to the terms before an order leads on to that gig's quote."""
    approved("ordering/terms_first", lambda tr: terms_first(STARS_OUT, tr, POLICY, 16))


def test_board() -> None:
    """What waits for the reader stands first, with deadlines and the late mark."""
    board = Board((line(42), line(43, is_late=True), line(44, waits=False)), 0, has_more=True)
    approved("ordering/board", lambda tr: board_screen(board, tr, finished=False, now_ms=NOW_MS))


def line(order_id: int, *, is_late: bool = False, waits: bool = True) -> BoardLine:
    """A line of the board."""
    shown = order(State.IN_PROGRESS)
    until = NOW_MS - DAY_MS if is_late else NOW_MS + 2 * DAY_MS
    return BoardLine(
        order_id=order_id,
        title="I will draw a logo & more for your shop, by hand, in three colours",
        role=Role.SELLER if waits else Role.BUYER,
        state=shown.state,
        price=shown.terms.price,
        until_ms=until,
        is_late=is_late,
        waits_for_me=waits,
    )


@pytest.mark.parametrize("finished", [False, True])
def test_empty_board(finished: bool) -> None:
    """An empty board says what to do; the finished tab stays short."""
    empty = Board((), 0, has_more=False)
    name = "ordering/board_empty_finished" if finished else "ordering/board_empty"
    approved(name, lambda tr: board_screen(empty, tr, finished=finished, now_ms=NOW_MS))


def test_finished_board() -> None:
    """Finished orders, on their second page."""
    done = replace(line(42), state=State.CLEARED, until_ms=None, waits_for_me=False)
    board = Board((done,), 1, has_more=False)
    approved(
        "ordering/board_finished", lambda tr: board_screen(board, tr, finished=True, now_ms=NOW_MS)
    )


def test_history_is_for_operators() -> None:
    """Only operators see the order's events one by one."""
    buyer, operator = card_in(State.DELIVERED, Role.BUYER), card_in(State.DELIVERED, Role.OPERATOR)
    seen = ["What happened" in order_screen(card, tr_en()).text for card in (buyer, operator)]
    assert seen == [False, True]


def test_cancel_without_history() -> None:
    """A cancelled order whose history is not known still reads well."""
    card: OrderCard = replace(card_in(State.CANCELLED, Role.BUYER), history=())
    approved("ordering/cancelled_unknown", lambda tr: order_screen(card, tr))
