"""Declaring an absence: the first day, the last day, and what it does, before it is declared."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.i18n import Translator
from bot.i18n.dates import names_one_day, read_day
from bot.kit.flows import Done, Flow, Go, Next, Stay, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import KeepAway, PickDay, ShowDays, StartAway
from bot.views.absence import (
    away_screen,
    before_first,
    begins_ms,
    confirm_screen,
    declared_toast,
    first_question,
    last_question,
    not_a_day,
    today_of,
    wants_a_tap,
)
from market.errors import AbsenceUnfit
from market.rights import By
from services.registry import Services

FIRST, LAST, SURE = "first", "last", "sure"


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayDraft:
    """Both days by their ordinals, 0 before they are known; `page` of the days shown."""

    first: int = 0
    last: int = 0
    page: int = 0


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="absence",
        by=By.ANYBODY,
        draft=AwayDraft,
        steps={
            FIRST: Step(
                ask=_ask_first,
                wants=not_a_day,
                text=on_first_typed,
                taps={PickDay: on_first, ShowDays: on_days_of_first},
            ),
            LAST: Step(
                ask=_ask_last,
                wants=not_a_day,
                text=on_last_typed,
                taps={PickDay: on_last, ShowDays: on_days_of_last},
            ),
            SURE: Step(ask=_ask_sure, wants=wants_a_tap, taps={KeepAway: on_keep}),
        },
        entries={StartAway: on_start},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("your absence")


def _ask_first(turn: Turn, draft: AwayDraft) -> Screen:
    return first_question(today_of(turn.now_ms, turn.tr), draft.page, turn.policy, turn.tr)


def _ask_last(turn: Turn, draft: AwayDraft) -> Screen:
    return last_question(date.fromordinal(draft.first), draft.page, turn.policy, turn.tr)


def _ask_sure(turn: Turn, draft: AwayDraft) -> Screen:
    first, last = date.fromordinal(draft.first), date.fromordinal(draft.last)
    return confirm_screen(first, last, turn.policy, turn.tr)


async def on_start(_turn: Turn, _tap: StartAway) -> Next:
    return Go(FIRST, AwayDraft())


async def on_days_of_first(_turn: Turn, draft: AwayDraft, tap: ShowDays) -> Next:
    return Go(FIRST, replace(draft, page=max(0, tap.page)))


async def on_days_of_last(_turn: Turn, draft: AwayDraft, tap: ShowDays) -> Next:
    return Go(LAST, replace(draft, page=max(0, tap.page)))


async def on_first(turn: Turn, draft: AwayDraft, tap: PickDay) -> Next:
    return _with_first(turn, draft, tap.ordinal)


async def on_first_typed(turn: Turn, draft: AwayDraft, text: str) -> Next:
    day = read_day(text, today_of(turn.now_ms, turn.tr))
    return Stay(not_a_day(turn.tr)) if day is None else _with_first(turn, draft, day.toordinal())


def _with_first(turn: Turn, draft: AwayDraft, ordinal: int) -> Next:
    """Raises AbsenceUnfit for a day that is over or too far off."""
    today, ahead = today_of(turn.now_ms, turn.tr).toordinal(), turn.policy.absence_ahead_days
    if ordinal < today:
        raise AbsenceUnfit("past", 0)
    if ordinal > today + ahead:
        raise AbsenceUnfit("far", ahead)
    return Go(LAST, replace(draft, first=ordinal, page=0))


async def on_last(turn: Turn, draft: AwayDraft, tap: PickDay) -> Next:
    return _with_last(turn, draft, tap.ordinal)


async def on_last_typed(turn: Turn, draft: AwayDraft, text: str) -> Next:
    """A date that would lie before the first day away means the next such day after it."""
    first = date.fromordinal(draft.first)
    day = read_day(text, today_of(turn.now_ms, turn.tr))
    if day is not None and day < first and not names_one_day(text):
        day = read_day(text, first)
    return Stay(not_a_day(turn.tr)) if day is None else _with_last(turn, draft, day.toordinal())


def _with_last(turn: Turn, draft: AwayDraft, ordinal: int) -> Next:
    if ordinal < draft.first:
        return Stay(before_first(turn.tr))
    if ordinal - draft.first >= turn.policy.absence_days:
        raise AbsenceUnfit("long", turn.policy.absence_days)
    return Go(SURE, replace(draft, last=ordinal, page=0))


async def on_keep(turn: Turn, draft: AwayDraft, _tap: KeepAway) -> Next:
    back = date.fromordinal(draft.last) + timedelta(days=1)
    first = date.fromordinal(draft.first)
    await turn.services.absences.declare(
        turn.command, from_ms=begins_ms(first, turn.tr), until_ms=begins_ms(back, turn.tr)
    )
    absences = await turn.services.absences.of(turn.person.id)
    return Done(away_screen(absences, turn.tr, turn.now_ms), declared_toast(turn.tr))
