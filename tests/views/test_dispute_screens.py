"""Disputes as their parties read them: each stage, both sides, exact amounts before each tap."""

from dataclasses import replace

import pytest

from bot.i18n import Translator, translator
from bot.ui.screen import Screen
from bot.ui.taps import AskReopen, GiveIn, ShowDispute, ShowEvidence, SpeakUp, StartAppeal
from bot.views import dispute_asks
from bot.views.deliveries import Collected
from bot.views.disputes import (
    dispute_screen,
    evidence_album,
    evidence_screen,
    gave_in_toast,
    give_in_confirm,
)
from bot.views.event_names import event_name
from bot.views.orders import order_screen
from market.deadlines import DEFAULT
from market.states import Event, Outcome, Role, State
from tests.support.samples import NOW_MS, POLICY, file, statement
from tests.views.approved import approved, check
from tests.views.dispute_cards import STAGES, dispute_card
from tests.views.order_cards import REFUNDS, card_in, event

B, S, OP = Role.BUYER, Role.SELLER, Role.OPERATOR
LIMITS = POLICY.limits


def taps_of(screen: Screen) -> list[type]:
    """The kinds of a screen's buttons."""
    return [type(button.tap) for row in screen.rows for button in row]


def en() -> Translator:
    """An English reader."""
    return translator("en")


def collected(text: str = "", files: int = 0) -> Collected:
    """What has come in for a statement."""
    return Collected(
        flow=10,
        order_id=42,
        version=3,
        title="A logo & more",
        text=text,
        files=files,
        files_max=20,
        is_album=False,
    )


@pytest.mark.parametrize("role", [B, S])
@pytest.mark.parametrize("stage", STAGES)
def test_each_stage(stage: str, role: Role) -> None:
    """Both statements, deadlines, the verdict in exact amounts, and what the reader can do."""
    card = dispute_card(role, STAGES[stage])
    approved(f"disputes/{stage}_{role}", lambda tr: dispute_screen(card, tr))


@pytest.mark.parametrize("role", [B, S, OP])
@pytest.mark.parametrize("stage", STAGES)
def test_each_stage_on_the_order(stage: str, role: Role) -> None:
    """The order's own screen says how the dispute stands and what silence does."""
    card = card_in(State.DISPUTED, role)
    card = replace(card, order=replace(card.order, dispute=STAGES[stage]))
    approved(f"disputes/order_{stage}_{role}", lambda tr: order_screen(card, tr))


def test_who_may_do_what() -> None:
    """Speak until the verdict, then appeal; give in at any time; operators look elsewhere."""
    buttons = {
        stage: taps_of(dispute_screen(dispute_card(S, now), en())) for stage, now in STAGES.items()
    }
    assert SpeakUp in buttons["opened"]
    assert SpeakUp in buttons["heard"]
    assert (SpeakUp in buttons["split"], StartAppeal in buttons["split"]) == (False, True)
    assert StartAppeal not in buttons["appealed"]
    assert all(GiveIn in taps for taps in buttons.values())
    operators = taps_of(dispute_screen(dispute_card(OP, STAGES["opened"]), en()))
    assert GiveIn not in operators


def test_a_dispute_that_is_over_stays_readable() -> None:
    """After its end there is nothing to do any more, and everything can be read."""
    card = dispute_card(B, STAGES["split"])
    over = replace(card, order=replace(card.order, state=State.COMPLETED, outcome=Outcome.SPLIT))
    approved("disputes/over", lambda tr: dispute_screen(over, tr))
    order = card_in(State.COMPLETED, B)
    order = replace(order, order=replace(order.order, dispute=STAGES["split"]))
    assert ShowDispute in taps_of(order_screen(order, en()))


@pytest.mark.parametrize("role", [B, S])
def test_giving_in_asks_first(role: Role) -> None:
    """The exact parts before the dispute ends."""
    card = dispute_card(role, STAGES["heard"])
    approved(f"disputes/give_in_{role}", lambda tr: give_in_confirm(card, tr))


def test_evidence_in_full() -> None:
    """A statement's files with a caption, then its words."""
    card = dispute_card(S, STAGES["opened"])
    approved("disputes/evidence", lambda tr: evidence_screen(card, statement(), tr))
    approved("disputes/evidence_files", lambda tr: evidence_album(42, 1, (file(),), tr))
    bare = statement(text="")
    approved("disputes/evidence_bare", lambda tr: evidence_screen(card, bare, tr))


def test_longest_dispute_fits() -> None:
    """Many long statements stay within a message, each still readable in full by a button."""
    note = "ক্ষ" * 660
    told = tuple(statement(number=n, text=note) for n in range(1, 15))
    for now in STAGES.values():
        card = dispute_card(B, now, statements=told, buyer_name="নাম" * 40)
        for language in ("bn", "en"):
            screen = dispute_screen(card, translator(language))
            check(screen)
            assert ShowEvidence in taps_of(screen)
            check(evidence_screen(card, told[0], translator(language)))


@pytest.mark.parametrize("role", [B, S])
@pytest.mark.parametrize("ended_by", REFUNDS)
def test_each_refund(ended_by: Event, role: Role) -> None:
    """Both read why everything went back."""
    card = card_in(State.REFUNDED, role, cancelled_by=ended_by)
    approved(f"disputes/refunded_{ended_by}_{role}", lambda tr: order_screen(card, tr))


@pytest.mark.parametrize("role", [B, S])
@pytest.mark.parametrize(
    ("ended_by", "minor"),
    [(Event.CONCEDE_BUYER, 250), (Event.RESOLVE_RELEASE, 250), (Event.RESOLVE_SPLIT, 125)],
)
def test_each_release(ended_by: Event, minor: int, role: Role) -> None:
    """Both read how the dispute ended and who got which part."""
    card = card_in(State.COMPLETED, role)
    outcome = Outcome.SPLIT if minor < 250 else Outcome.RELEASED
    order = replace(card.order, outcome=outcome, released_minor=minor, dispute=STAGES["split"])
    last = event(ended_by, State.DISPUTED, State.COMPLETED)
    card = replace(card, order=order, history=(last,))
    approved(f"disputes/completed_{ended_by}_{role}", lambda tr: order_screen(card, tr))


def test_a_problem_can_be_reported_while_the_money_clears() -> None:
    """Once, until the money clears, never after a split or a chargeback."""
    card = card_in(State.COMPLETED, B)
    cases = {
        "fresh": (card.order, True),
        "seller": (card.order, False),
        "split": (replace(card.order, outcome=Outcome.SPLIT), False),
        "reopened": (replace(card.order, was_reopened=True), False),
        "charged_back": (replace(card.order, was_charged_back=True), False),
        "clear": (replace(card.order, clock_at_ms=NOW_MS), False),
    }
    for name, (order, is_offered) in cases.items():
        seen = replace(card, order=order, viewer=S if name == "seller" else B)
        taps = taps_of(order_screen(seen, en()))
        assert (AskReopen in taps, name) == (is_offered, name)


@pytest.mark.parametrize("role", [B, S])
def test_what_is_wrong(role: Role) -> None:
    """Reasons as buttons, and what a dispute means, before anything is written."""
    approved(
        f"disputes/ask_reason_{role}",
        lambda tr: dispute_asks.reason_question(collected(), role, DEFAULT, tr),
    )


def test_questions() -> None:
    """Statements, appeal and a late problem say what happens next and who reads it."""
    full = collected("The <logo> is copied.", 2)
    screens = {
        "ask_statement": lambda tr: dispute_asks.statement_question(full, tr),
        "ask_dispute": lambda tr: dispute_asks.dispute_question(collected(), "copied", LIMITS, tr),
        "ask_dispute_full": lambda tr: dispute_asks.dispute_question(full, "other", LIMITS, tr),
        "ask_appeal": lambda tr: dispute_asks.appeal_question("#16", DEFAULT, 2_000, tr),
        "ask_reopen": lambda tr: dispute_asks.reopen_question("#16", LIMITS, tr),
        "moved_on": lambda tr: Screen(text=dispute_asks.moved_on_note(tr)),
        "wants_reason": lambda tr: Screen(text=dispute_asks.wants_reason(tr)),
    }
    for name, draw in screens.items():
        approved(f"disputes/{name}", draw)


def test_short_answers() -> None:
    """Toasts fit and speak both languages."""
    lines = {
        "opened": dispute_asks.opened_toast,
        "said": dispute_asks.said_toast,
        "appealed": dispute_asks.appealed_toast,
        "reopen_asked": dispute_asks.reopen_asked_toast,
        "gave_in": gave_in_toast,
    }
    for name, draw in lines.items():
        approved(f"disputes/lines/{name}", draw)


@pytest.mark.parametrize("kind", Event)
def test_every_event_has_a_name(kind: Event) -> None:
    """Histories and timelines can name each event in both languages."""
    for language in ("bn", "en"):
        assert event_name(kind, translator(language))
