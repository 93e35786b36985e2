"""Settling in words: reports, wishes to reopen, gigs taken down or put back."""

from dataclasses import dataclass

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import JudgeGig, SettleReport
from bot.views.judging import (
    ANSWER,
    REFUSE_REOPEN,
    REMOVE_REVIEW,
    RESTORE,
    STILL_DOWN,
    TAKE_DOWN,
    settle_question,
    settled_before_toast,
    settled_toast,
    wants_a_reason,
)
from bot.views.report_card import judged_gig_screen, report_screen
from bot.views.report_words import report_label
from market.desk import ReportCard
from market.errors import NotAnOperator, NotFound, NotYours, OwnOrder, WrongState
from market.gig import Gig
from market.reports import Subject
from market.rights import By
from services.registry import Services

WORDS = "words"
_FITS = {
    TAKE_DOWN: frozenset({Subject.GIG, Subject.FIRST_GIG}),
    REMOVE_REVIEW: frozenset({Subject.REVIEW}),
    REFUSE_REOPEN: frozenset({Subject.REOPEN}),
    STILL_DOWN: frozenset({Subject.GIG_AGAIN}),
    ANSWER: frozenset(Subject) - {Subject.REOPEN, Subject.GIG_AGAIN},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleDraft:
    """What is judged, and how (bot.views.judging)."""

    how: int
    title: str
    report_id: int = 0
    gig_id: int = 0


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="settle",
        by=By.OPERATOR,
        draft=SettleDraft,
        steps={WORDS: Step(ask=_ask, wants=wants_a_reason, text=on_words)},
        entries={SettleReport: on_settle_report, JudgeGig: on_judge_gig},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("what you were settling")


def _ask(turn: Turn, draft: SettleDraft) -> Screen:
    return settle_question(draft.how, draft.title, turn.policy.limits.reason_max, turn.tr)


async def on_settle_report(turn: Turn, tap: SettleReport) -> Next:
    card = await turn.services.desk.report_card(turn.person.id, tap.report_id)
    if card.report.closed_ms is not None:
        return Done(_report(turn, card), settled_before_toast(turn.tr))
    if card.report.subject not in _FITS.get(tap.how, ()):
        raise NotFound("way")
    _not_own(turn, card)
    gig = card.gig
    title = gig.title if gig is not None else report_label(card.report.subject, turn.tr)
    draft = SettleDraft(
        how=tap.how, title=title, report_id=tap.report_id, gig_id=gig.id if gig else 0
    )
    return Go(WORDS, draft)


def _not_own(turn: Turn, card: ReportCard) -> None:
    """Before anything is written: operators judge neither themselves nor their own orders."""
    order, me = card.order, turn.person.id
    if order is not None and me in {order.buyer_id, order.seller_id}:
        raise OwnOrder
    is_own_gig = card.gig is not None and card.gig.seller_id == me
    if is_own_gig or card.report.reporter_id == me:
        raise NotYours("report")


async def on_judge_gig(turn: Turn, tap: JudgeGig) -> Next:
    gig = await _gig(turn, tap.gig_id)
    if tap.how not in {TAKE_DOWN, RESTORE}:
        raise NotFound("way")
    return Go(WORDS, SettleDraft(how=tap.how, title=gig.title, gig_id=gig.id))


async def _gig(turn: Turn, gig_id: int) -> Gig:
    if not turn.is_operator:
        raise NotAnOperator
    gig = (await turn.services.gigs.card(gig_id)).gig
    if gig.seller_id == turn.person.id:
        raise NotYours("gig")
    return gig


async def on_words(turn: Turn, draft: SettleDraft, text: str) -> Next:
    try:
        await _write(turn, draft, text)
    except WrongState:
        return Done(await _shown(turn, draft), settled_before_toast(turn.tr))
    return Done(await _shown(turn, draft), settled_toast(turn.tr))


async def _write(turn: Turn, draft: SettleDraft, text: str) -> None:
    of, command, number = turn.services, turn.command, draft.report_id
    match draft.how:
        case 1:
            await of.desk.take_down(command, draft.gig_id, reason=text)
        case 2:
            await _remove(turn, number, text)
        case 3:
            await of.disputes.refuse_reopen(command, number, reason=text)
        case 4:
            await of.desk.restore(command, draft.gig_id, reason=text)
        case _:
            await of.desk.settle(command, number, answer=text)


async def _remove(turn: Turn, report_id: int, reason: str) -> None:
    """The review goes, and its reporter hears of it in the same words."""
    desk = turn.services.desk
    report = (await desk.report_card(turn.person.id, report_id)).report
    assert report.order_id is not None, "a review is an order's"
    await turn.services.reviews.remove(
        turn.command, report.order_id, report.about_id, reason=reason
    )
    await desk.settle(turn.command, report_id, answer=reason)


async def _shown(turn: Turn, draft: SettleDraft) -> Screen:
    desk = turn.services.desk
    if draft.report_id:
        return _report(turn, await desk.report_card(turn.person.id, draft.report_id))
    return judged_gig_screen(await turn.services.gigs.card(draft.gig_id), turn.policy, turn.tr)


def _report(turn: Turn, card: ReportCard) -> Screen:
    return report_screen(card, turn.policy, turn.tr, turn.now_ms)
