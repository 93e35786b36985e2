"""Pausing, banning and freeing somebody: how long, and why."""

from contextlib import suppress
from dataclasses import dataclass, replace

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import ChangeStanding, PickDays
from bot.views.judging import days_question, standing_question, stands_toast, wants_a_reason
from bot.views.person_card import BAN, FREE, PAUSE, person_screen
from market.amounts import parse_count
from market.errors import AnotherOperator, NotFound, NotYours, WrongState
from market.reports import Subject
from market.rights import By
from services.registry import Services
from services.standings import PAUSE_DAYS_MOST

DAYS, WORDS = "days", "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingDraft:
    """Whom it concerns, what is to be done (0 pause, 1 ban, 2 free) and for how long."""

    person_id: int
    name: str
    act: int
    days: int = 0


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="standing",
        by=By.OPERATOR,
        draft=StandingDraft,
        steps={
            DAYS: Step(
                ask=_ask_days, wants=wants_a_reason, text=on_days, taps={PickDays: on_pick_days}
            ),
            WORDS: Step(ask=_ask_words, wants=wants_a_reason, text=on_words),
        },
        entries={ChangeStanding: on_change_standing},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("a person's standing")


def _ask_days(turn: Turn, draft: StandingDraft) -> Screen:
    return days_question(draft.name, PAUSE_DAYS_MOST, turn.tr)


def _ask_words(turn: Turn, draft: StandingDraft) -> Screen:
    most = turn.policy.limits.reason_max
    return standing_question(draft.name, draft.act, draft.days, most, turn.tr)


async def on_change_standing(turn: Turn, tap: ChangeStanding) -> Next:
    card = await turn.services.desk.person_card(turn.person.id, tap.person_id)
    if tap.person_id == turn.person.id:
        raise NotYours("standing")
    if tap.act not in {PAUSE, BAN, FREE}:
        raise NotFound("act")
    draft = StandingDraft(person_id=tap.person_id, name=card.contact.name, act=tap.act)
    return Go(DAYS if tap.act == PAUSE else WORDS, draft)


async def on_pick_days(turn: Turn, draft: StandingDraft, tap: PickDays) -> Next:
    return await on_days(turn, draft, str(tap.days))


async def on_days(_turn: Turn, draft: StandingDraft, text: str) -> Next:
    days = parse_count(text, low=1, high=PAUSE_DAYS_MOST)
    return Go(WORDS, replace(draft, days=days))


async def on_words(turn: Turn, draft: StandingDraft, text: str) -> Next:
    desk, person_id = turn.services.desk, draft.person_id
    match draft.act:
        case 0:
            await desk.pause(turn.command, person_id, days=draft.days, reason=text)
        case 1:
            await desk.ban(turn.command, person_id, reason=text)
        case _:
            await _answer_appeal(turn, person_id, text)
            await desk.free(turn.command, person_id, reason=text)
    card = await desk.person_card(turn.person.id, person_id)
    screen = person_screen(card, await desk.names(), turn.person.id, turn.tr)
    return Done(screen, stands_toast(turn.tr))


async def _answer_appeal(turn: Turn, person_id: int, answer: str) -> None:
    """Freeing somebody grants the appeal; one's own decision leaves it to another operator."""
    desk = turn.services.desk
    for report in await desk.reports(turn.person.id, Subject.STANDING):
        if report.about_id == person_id:
            with suppress(AnotherOperator, WrongState):
                await desk.settle(turn.command, report.id, answer=answer)
