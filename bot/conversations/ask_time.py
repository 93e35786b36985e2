"""A seller asks for more time: how many days, then why. The buyer answers with one tap."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import AskMoreTime, PickDays, StepBack
from bot.views.asking import (
    asked_toast,
    days_question,
    time_effect,
    time_intro,
    time_words_question,
)
from bot.views.deliveries import wants_words
from bot.views.orders import order_screen
from bot.views.ways import foreseen
from market.amounts import parse_count
from market.asking import may_begin
from market.errors import NumberOutOfRange
from market.request_guards import MORE_DAYS_MOST, asks_time
from market.rights import By
from market.states import Event
from services.registry import Services

DAYS, WORDS = "days", "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeDraft:
    """Which order, as it was seen; `intro` and `effect` are what was said about it."""

    order_id: int
    version: int
    intro: str
    days: int = 0
    effect: str = ""


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="ask_time",
        by=By.PARTY,
        draft=TimeDraft,
        steps={
            DAYS: Step(
                ask=_ask_days, wants=wants_words, text=on_days, taps={PickDays: on_pick_days}
            ),
            WORDS: Step(ask=_ask_words, wants=wants_words, text=on_words, taps={StepBack: on_back}),
        },
        entries={AskMoreTime: on_ask_more_time},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("asking for more time")


def _ask_days(turn: Turn, draft: TimeDraft) -> Screen:
    return days_question(Markup(draft.intro), turn.tr)  # noqa: S704 - made by time_intro


def _ask_words(turn: Turn, draft: TimeDraft) -> Screen:
    return time_words_question(Markup(draft.effect), turn.tr)  # noqa: S704 - made by time_effect


async def on_ask_more_time(turn: Turn, tap: AskMoreTime) -> Next:
    card = await turn.services.orders.card(turn.person.id, tap.order_id)
    may_begin(card.order, card.viewer, (Event.ASK_TIME,), version_seen=tap.version)
    asks_time(card.order, foreseen(card, Event.ASK_TIME, days=1))
    intro = str(time_intro(card, turn.tr))
    return Go(DAYS, TimeDraft(order_id=tap.order_id, version=tap.version, intro=intro))


async def on_days(turn: Turn, draft: TimeDraft, text: str) -> Next:
    return await _with_days(turn, draft, parse_count(text, low=1, high=MORE_DAYS_MOST))


async def on_pick_days(turn: Turn, draft: TimeDraft, tap: PickDays) -> Next:
    if not 1 <= tap.days <= MORE_DAYS_MOST:
        raise NumberOutOfRange(1, MORE_DAYS_MOST)
    return await _with_days(turn, draft, tap.days)


async def _with_days(turn: Turn, draft: TimeDraft, days: int) -> Next:
    card = await turn.services.orders.card(turn.person.id, draft.order_id)
    effect = str(time_effect(card, days, turn.tr))
    return Go(WORDS, replace(draft, days=days, effect=effect))


async def on_back(_turn: Turn, draft: TimeDraft, _tap: StepBack) -> Next:
    return Go(DAYS, draft)


async def on_words(turn: Turn, draft: TimeDraft, text: str) -> Next:
    card = await turn.services.orders.ask_time(
        turn.command, draft.order_id, version=draft.version, days=draft.days, note=text
    )
    return Done(order_screen(card, turn.tr), asked_toast(turn.tr))
