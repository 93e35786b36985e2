"""Asking for changes: one message that says what should be different."""

from dataclasses import dataclass

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import AskChanges
from bot.views.deliveries import changes_question, changes_toast, wants_words
from bot.views.orders import order_screen
from bot.views.ways import changes_left
from market.asking import may_begin
from market.errors import NoChangesLeft
from market.rights import By
from market.states import Event
from services.registry import Services

WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesDraft:
    """Which delivery, as it was seen."""

    order_id: int
    version: int
    left: int


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="changes",
        by=By.PARTY,
        draft=ChangesDraft,
        steps={WORDS: Step(ask=_ask, wants=wants_words, text=on_words)},
        entries={AskChanges: on_ask_changes},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("the changes you would like")


def _ask(turn: Turn, draft: ChangesDraft) -> Screen:
    return changes_question(draft.left, turn.policy.limits.note_max, turn.tr)


async def on_ask_changes(turn: Turn, tap: AskChanges) -> Next:
    card = await turn.services.orders.card(turn.person.id, tap.order_id)
    may_begin(card.order, card.viewer, (Event.REVISE,), version_seen=tap.version)
    left = changes_left(card)
    if not left:
        raise NoChangesLeft(card.order.terms.revisions)
    return Go(WORDS, ChangesDraft(order_id=tap.order_id, version=tap.version, left=left))


async def on_words(turn: Turn, draft: ChangesDraft, text: str) -> Next:
    card = await turn.services.orders.act(
        turn.command, draft.order_id, event=Event.REVISE, version=draft.version, note=text
    )
    return Done(order_screen(card, turn.tr), changes_toast(turn.tr))
