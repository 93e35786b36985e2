"""Delivering: text and several files, in as many messages as it takes; *Done* hands them over."""

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
from bot.ui.taps import FinishFiles, StartDelivery
from bot.views.deliveries import delivered_toast, delivery_question
from bot.views.orders import order_screen
from market.rights import By
from market.states import Event
from services.registry import Services

NAME = "deliver"


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name=NAME,
        by=By.PARTY,
        draft=Collection,
        steps=collecting(NAME, _ask, on_finish_files),
        entries={StartDelivery: on_start_delivery},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("your delivery")


def _ask(turn: Turn, draft: Collection) -> Screen:
    return delivery_question(collected(turn, draft, NAME), turn.tr)


async def on_start_delivery(turn: Turn, tap: StartDelivery) -> Next:
    return await begun(
        turn, flow=NAME, event=Event.DELIVER, order_id=tap.order_id, version=tap.version
    )


async def on_finish_files(turn: Turn, draft: Collection, _tap: FinishFiles) -> Next:
    question = unsaid(turn, draft)
    if question is not None:
        return question
    card = await turn.services.orders.deliver(
        turn.command, draft.order_id, version=draft.version, text=draft.text, files=draft.files
    )
    return Done(order_screen(card, turn.tr), delivered_toast(collected(turn, draft, NAME), turn.tr))
