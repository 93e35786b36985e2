"""Reporting a gig, a person, a review or a room: the reason by a button, then words or none."""

from dataclasses import dataclass, replace

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Stay, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import PickReason, SkipStep, StartReport
from bot.views.deliveries import wants_words
from bot.views.reasons import OF_REPORTS, note_of
from bot.views.reports import (
    SUBJECTS,
    reason_question,
    reported_screen,
    wants_reason,
    words_question,
)
from market.errors import NotFound
from market.gig import checked
from market.reports import Subject
from market.rights import By
from services.registry import Services

REASON, WORDS = "reason", "words"
KEY_MAX = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDraft:
    """What is reported; `about_order` is 0 where it concerns no order."""

    subject: str
    about_id: int
    about_order: int
    reason: str = ""


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="report",
        by=By.ANYBODY,
        draft=ReportDraft,
        steps={
            REASON: Step(ask=_ask_reason, wants=wants_reason, taps={PickReason: on_pick_reason}),
            WORDS: Step(ask=_ask_words, wants=wants_words, text=on_words, taps={SkipStep: on_skip}),
        },
        entries={StartReport: on_start_report},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("your report")


def _ask_reason(turn: Turn, draft: ReportDraft) -> Screen:
    return reason_question(Subject(draft.subject), turn.tr)


def _ask_words(turn: Turn, draft: ReportDraft) -> Screen:
    most = turn.policy.limits.note_max - KEY_MAX
    return words_question(Subject(draft.subject), draft.reason, most, turn.tr)


async def on_start_report(turn: Turn, tap: StartReport) -> Next:
    """What was tapped stays: it is what the report is about."""
    if not 0 <= tap.subject < len(SUBJECTS):
        raise NotFound("subject")
    turn.keep_tapped()
    draft = ReportDraft(
        subject=SUBJECTS[tap.subject], about_id=tap.about_id, about_order=tap.order_id
    )
    return Go(REASON, draft)


async def on_pick_reason(turn: Turn, draft: ReportDraft, tap: PickReason) -> Next:
    if not 0 <= tap.reason < len(OF_REPORTS):
        return Stay(wants_reason(turn.tr))
    return Go(WORDS, replace(draft, reason=OF_REPORTS[tap.reason]))


async def on_words(turn: Turn, draft: ReportDraft, text: str) -> Next:
    words = checked(text, least=0, most=turn.policy.limits.note_max - KEY_MAX)
    is_new = await _file(turn, draft, note_of(draft.reason, words))
    order_id = draft.about_order if draft.subject == Subject.ROOM else 0
    return Done(reported_screen(order_id, turn.tr, is_new=is_new))


async def on_skip(turn: Turn, draft: ReportDraft, _tap: SkipStep) -> Next:
    return await on_words(turn, draft, "")


async def _file(turn: Turn, draft: ReportDraft, words: str) -> bool:
    reports, about_id = turn.services.reports, draft.about_id
    match Subject(draft.subject):
        case Subject.GIG:
            return await reports.gig(turn.command, about_id, words=words)
        case Subject.PERSON:
            return await reports.person(turn.command, about_id, words=words)
        case Subject.ROOM:
            return await reports.room(turn.command, about_id, words=words)
        case _:
            order_id = draft.about_order
            return await reports.review(turn.command, order_id, about_id, words=words)
