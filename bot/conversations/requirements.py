"""Answering the seller's question: text, files or both; *Done* sends them and the work begins."""

from bot.conversations.collecting import (
    Collection,
    begun,
    collected,
    collecting,
    unsaid,
)
from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Next
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import AnswerRequirements, FinishFiles
from bot.views.deliveries import answered_toast, requirements_question
from bot.views.orders import order_screen
from market.read import Answer
from market.rights import By
from market.states import Event
from services.registry import Services

NAME = "requirements"


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name=NAME,
        by=By.PARTY,
        draft=Collection,
        steps=collecting(NAME, _ask, on_finish_files),
        entries={AnswerRequirements: on_answer_requirements},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("your answer to the seller")


def _ask(turn: Turn, draft: Collection) -> Screen:
    return requirements_question(collected(turn, draft, NAME), draft.question, turn.tr)


async def on_answer_requirements(turn: Turn, tap: AnswerRequirements) -> Next:
    return await begun(
        turn, flow=NAME, event=Event.REQUIREMENTS, order_id=tap.order_id, version=tap.version
    )


async def on_finish_files(turn: Turn, draft: Collection, _tap: FinishFiles) -> Next:
    question = unsaid(turn, draft)
    if question is not None:
        return question
    answer = Answer(draft.text, draft.files)
    card = await turn.services.orders.answer(
        turn.command, draft.order_id, version=draft.version, answer=answer
    )
    return Done(order_screen(card, turn.tr), answered_toast(collected(turn, draft, NAME), turn.tr))
