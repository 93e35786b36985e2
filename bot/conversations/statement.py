"""Speaking in a dispute: words and evidence, in as many messages as it takes."""

from bot.conversations.collecting import (
    COLLECT,
    Collection,
    collected,
    collecting,
    empty,
    unsaid,
)
from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, taken_up
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import FinishFiles, SpeakUp
from bot.views.dispute_asks import said_toast, statement_question
from bot.views.disputes import dispute_screen
from bot.views.ways import foreseen
from market.asking import may_begin
from market.dispute_guards import undecided
from market.rights import By
from market.states import Event
from services.registry import Services

NAME = "statement"


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name=NAME,
        by=By.PARTY,
        draft=Collection,
        steps=collecting(NAME, _ask, on_finish_files),
        entries={SpeakUp: on_speak_up},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("your statement")


def _ask(turn: Turn, draft: Collection) -> Screen:
    return statement_question(collected(turn, draft, NAME), turn.tr)


async def on_speak_up(turn: Turn, tap: SpeakUp) -> Next:
    card = await turn.services.orders.card(turn.person.id, tap.order_id)
    order = card.order
    may_begin(order, card.viewer, (Event.TESTIFY,), version_seen=order.version)
    undecided(order, foreseen(card, Event.TESTIFY))
    return Go(COLLECT, taken_up(NAME, Collection, order_id=order.id) or empty(card))


async def on_finish_files(turn: Turn, draft: Collection, _tap: FinishFiles) -> Next:
    question = unsaid(turn, draft)
    if question is not None:
        return question
    disputes = turn.services.disputes
    await disputes.testify(turn.command, draft.order_id, text=draft.text, files=draft.files)
    card = await disputes.card(turn.person.id, draft.order_id)
    return Done(dispute_screen(card, turn.tr), said_toast(turn.tr))
