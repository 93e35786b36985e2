"""Reporting a problem with a completed order while its money clears: one message."""

from dataclasses import dataclass

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import AskReopen
from bot.views.codes import order_code
from bot.views.deliveries import wants_words
from bot.views.dispute_asks import reopen_asked_toast, reopen_question
from bot.views.orders import order_screen
from bot.views.ways import may_ask_reopen
from market.errors import NotYours, ReopenedBefore, WrongState
from market.rights import By
from market.states import Event, Role, State
from services.registry import Services

WORDS = "words"


@dataclass(frozen=True, slots=True)
class ReopenDraft:
    """Which order."""

    order_id: int


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="reopen",
        by=By.PARTY,
        draft=ReopenDraft,
        steps={WORDS: Step(ask=_ask, wants=wants_words, text=on_words)},
        entries={AskReopen: on_ask_reopen},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("the problem that you report")


def _ask(turn: Turn, draft: ReopenDraft) -> Screen:
    return reopen_question(order_code(draft.order_id), turn.policy.limits, turn.tr)


async def on_ask_reopen(turn: Turn, tap: AskReopen) -> Next:
    card = await turn.services.orders.card(turn.person.id, tap.order_id)
    if card.viewer is not Role.BUYER:
        raise NotYours(Event.REOPEN)
    if card.order.state is not State.COMPLETED:
        raise WrongState(Event.REOPEN, card.order.state)
    if not may_ask_reopen(card):
        raise ReopenedBefore
    return Go(WORDS, ReopenDraft(tap.order_id))


async def on_words(turn: Turn, draft: ReopenDraft, text: str) -> Next:
    card = await turn.services.disputes.ask_reopen(turn.command, draft.order_id, text=text)
    return Done(order_screen(card, turn.tr), reopen_asked_toast(turn.tr))
