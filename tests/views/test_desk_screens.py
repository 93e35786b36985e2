"""The operators' desk in both languages: queues, cases, verdicts, people, reports, the log."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from markupsafe import Markup

from bot.i18n import Translator, plain, translator
from bot.ui.screen import Screen
from bot.views import acts, case, desk, judging, person_card, queues, report_card, timeline, verdict
from market.desk import PersonLine
from market.gig import GigState, units
from market.people import Standing
from market.reports import Subject
from market.states import State
from tests.support.samples import (
    NOTHING_WAITS,
    NOW_MS,
    POLICY,
    dispute,
    gig_card,
    order,
    person,
    stars,
    thread,
)
from tests.views import desk_cards as cards
from tests.views.approved import TEXT_MAX, Shown, approved
from tests.views.dispute_cards import HEARD, STAGES

Draw = Callable[[Translator], Shown]
APPEALED = replace(HEARD, verdict_minor=125, verdict_by=3, appealed_by=HEARD.by)
READER = acts.Reader(names=cards.NAMES, is_operator=True, now_ms=NOW_MS)
CHOSEN = verdict.Verdict(
    order_id=42,
    price=stars(250),
    effect=Markup("…"),
    after=Markup("…"),
    reason="Both <are> right.",
)


def _queue(number: int, lines: Callable[[Translator], list[queues.Line]], page: int = 0) -> Draw:
    return lambda tr: queues.queue_screen(number, lines(tr), page, tr)


def _disputes(tr: Translator) -> list[queues.Line]:
    lines = [
        cards.order_line(HEARD),
        cards.order_line(dispute()),
        cards.order_line(dispute(evidence_by_ms=NOW_MS - 1)),
        cards.order_line(HEARD, proposal=cards.proposal(3)),
        cards.order_line(APPEALED),
    ]
    return [queues.order_line(line, desk.DISPUTES, tr, NOW_MS) for line in lines]


def _claims(tr: Translator) -> list[queues.Line]:
    line = replace(cards.order_line(None), order=order(State.PAYMENT_REVIEW))
    return [queues.order_line(line, desk.CLAIMS, tr, NOW_MS)]


def _reports(tr: Translator) -> list[queues.Line]:
    made = [cards.report_line(subject) for subject in (*Subject, *Subject)]
    return [queues.report_line(one, tr, NOW_MS) for one in made]


def _threads(tr: Translator) -> list[queues.Line]:
    return [queues.thread_line(one, tr, NOW_MS) for one in (thread(), thread(lines=()))]


def _verdict(
    ask: Callable[[verdict.Verdict, Translator], Shown], minor: int, **how: object
) -> Draw:
    """A step of the flow with what the flow would have said of the money."""

    def draw(tr: Translator) -> Shown:
        one = cards.case(**how).card  # type: ignore[arg-type]
        effect = Markup("\n").join(verdict.shares_lines(one, minor, tr))
        return ask(replace(CHOSEN, effect=effect, after=verdict.what_follows(one, tr)), tr)

    return draw


SCREENS: dict[str, Draw] = {
    "desk_calm": lambda tr: desk.desk_screen(NOTHING_WAITS, tr),
    "desk_busy": lambda tr: desk.desk_screen(cards.BUSY, tr),
    "queue_disputes": _queue(desk.DISPUTES, _disputes),
    "queue_claims": _queue(desk.CLAIMS, _claims),
    "queue_reports": _queue(desk.REPORTS, _reports),
    "queue_reports_last": _queue(desk.REPORTS, _reports, 99),
    "queue_support": _queue(desk.SUPPORT, _threads),
    "queue_empty": _queue(desk.APPEALS, lambda _tr: []),
    "person": lambda tr: person_card.person_screen(cards.person_card(), cards.NAMES, 3, tr),
    "person_new": lambda tr: person_card.person_screen(cards.newcomer(), cards.NAMES, 3, tr),
    "person_banned": lambda tr: person_card.person_screen(
        cards.newcomer(
            person=person(standing=Standing.BANNED), standings=(cards.BANNED, cards.PAUSED)
        ),
        cards.NAMES,
        3,
        tr,
    ),
    "person_oneself": lambda tr: person_card.person_screen(cards.newcomer(), cards.NAMES, 1, tr),
    "found": lambda tr: person_card.found_screen(
        "#16", [PersonLine(person(), "Ayesha"), PersonLine(person(id=2), "Rahim & b")], tr
    ),
    "found_nobody": lambda tr: person_card.found_screen("<5>", [], tr),
    "log": lambda tr: acts.log_screen(cards.ACTS, READER, 0, tr),
    "log_older": lambda tr: acts.log_screen(cards.ACTS * 3, READER, 1, tr),
    "log_empty": lambda tr: acts.log_screen((), replace(READER, is_operator=False), 5, tr),
    "timeline": lambda tr: timeline.timeline_screen(cards.story(), 0, tr),
    "timeline_middle": lambda tr: timeline.timeline_screen(cards.story(15), 1, tr),
    "timeline_oldest": lambda tr: timeline.timeline_screen(cards.story(15), 99, tr),
    "case_proposed": lambda tr: case.case_screen(cards.case(proposal=cards.proposal(4)), tr),
    "case_own_proposal": lambda tr: case.case_screen(cards.case(proposal=cards.proposal(3)), tr),
    "case_own_verdict": lambda tr: case.case_screen(cards.case(APPEALED, may_speak=False), tr),
    "case_judge_confirms": lambda tr: case.case_screen(
        cards.case(APPEALED, may_speak=False, proposal=cards.proposal(4)), tr
    ),
    "case_alone": lambda tr: case.case_screen(cards.case(APPEALED), tr),
    "case_over": lambda tr: case.case_screen(cards.case(order=_over()), tr),
    "second_confirm": lambda tr: case.second_confirm(cards.case().card, 125, tr),
    "verdict_part": lambda tr: verdict.share_question(42, stars(250), tr),
    "verdict_reasons": _verdict(lambda one, tr: verdict.reason_question(one, 2_000, tr), 125),
    "verdict_sure_refund": _verdict(verdict.sure_question, 0),
    "verdict_sure_release": _verdict(verdict.sure_question, 250),
    "verdict_sure_second": _verdict(verdict.sure_question, 125, needs_second=True),
    "verdict_sure_last": _verdict(verdict.sure_question, 125, now=APPEALED),
    "verdict_said": verdict.said_toast,
    "verdict_proposed": verdict.proposed_toast,
    "verdict_things_changed": lambda tr: Screen(text=verdict.things_changed(tr)),
    "verdict_wants": lambda tr: Screen(text=verdict.wants_reasons(tr)),
    "pause_days": lambda tr: judging.days_question("Rahim <b>", 365, tr),
    "pause_reason": lambda tr: judging.standing_question("Rahim", 0, 7, 500, tr),
    "ban_reason": lambda tr: judging.standing_question("Rahim", 1, 0, 500, tr),
    "free_reason": lambda tr: judging.standing_question("Rahim", 2, 0, 500, tr),
    "contest": lambda tr: judging.contest_question(20, tr),
    "contested": judging.contested_screen,
    "chargeback": lambda tr: judging.chargeback_first(order(), tr),
    "chargeback_completed": lambda tr: judging.chargeback_first(order(State.COMPLETED), tr),
    "chargeback_cleared": lambda tr: judging.chargeback_first(order(State.CLEARED), tr),
    "chargeback_sure": lambda tr: judging.chargeback_second(order(), tr),
    "chargeback_entered": judging.entered_toast,
    "settled": judging.settled_toast,
    "settled_before": judging.settled_before_toast,
    "reopened": judging.reopened_toast,
    "stands": judging.stands_toast,
    "wants_a_reason": lambda tr: Screen(text=judging.wants_a_reason(tr)),
    "report_settled": lambda tr: report_card.report_screen(cards.closed_card(), POLICY, tr, NOW_MS),
    "reopen_confirm": lambda tr: report_card.reopen_confirm(cards.report_card(Subject.REOPEN), tr),
}


def _over() -> object:
    return replace(order(State.REFUNDED), dispute=HEARD)


@pytest.mark.parametrize("name", SCREENS)
def test_screens(name: str) -> None:
    """Each screen reads as approved, in both languages."""
    approved(f"desk/{name}", SCREENS[name])


@pytest.mark.parametrize("stage", STAGES)
def test_cases(stage: str) -> None:
    """A dispute at every stage, as an operator finds it."""
    approved(f"desk/case_{stage}", lambda tr: case.case_screen(cards.case(STAGES[stage]), tr))


@pytest.mark.parametrize("subject", list(Subject))
def test_reports(subject: Subject) -> None:
    """What a report says and what can be done about it."""
    card = cards.report_card(subject)
    approved(
        f"desk/report_{subject}", lambda tr: report_card.report_screen(card, POLICY, tr, NOW_MS)
    )


@pytest.mark.parametrize("how", judging.WAYS)
def test_settling(how: int) -> None:
    """Each way of settling says who reads the words and what they do."""
    approved(f"desk/settle_{how}", lambda tr: judging.settle_question(how, "A <logo>", 500, tr))


@pytest.mark.parametrize("state", list(GigState))
def test_judged_gigs(state: GigState) -> None:
    """A gig on the desk can be taken down, or put back."""
    card = gig_card(state=state)
    approved(f"desk/gig_{state}", lambda tr: report_card.judged_gig_screen(card, POLICY, tr))


@pytest.mark.parametrize("language", ["en", "bn"])
def test_a_long_story_fits_into_messages(language: str) -> None:
    """However much was said, no page is longer than Telegram takes."""
    tr, full = translator(language), cards.story(200)
    for page in range(22):
        shown = timeline.timeline_screen(full, page, tr)
        assert units(plain(shown.text)) <= TEXT_MAX


def test_lists_show_each_thing_once() -> None:
    """Disputes and appeals are two queues of one list."""
    lines = [cards.order_line(HEARD), cards.order_line(APPEALED)]
    found = {
        queue: [queues.belongs(line, queue) for line in lines]
        for queue in (desk.DISPUTES, desk.APPEALS)
    }
    assert found == {desk.DISPUTES: [True, False], desk.APPEALS: [False, True]}
