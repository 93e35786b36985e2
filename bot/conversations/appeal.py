"""Appealing against a verdict: one message that says why it is wrong."""

from dataclasses import dataclass

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import StartAppeal
from bot.views.codes import order_code
from bot.views.deliveries import wants_words
from bot.views.dispute_asks import appeal_question, appealed_toast
from bot.views.orders import order_screen
from bot.views.ways import foreseen
from market.asking import may_begin
from market.dispute_guards import may_appeal
from market.rights import By
from market.states import Event
from services.registry import Services

WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealDraft:
    """Which verdict, as it was seen."""

    order_id: int
    version: int


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="appeal",
        by=By.PARTY,
        draft=AppealDraft,
        steps={WORDS: Step(ask=_ask, wants=wants_words, text=on_words)},
        entries={StartAppeal: on_start_appeal},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("your appeal")


def _ask(turn: Turn, draft: AppealDraft) -> Screen:
    policy = turn.policy
    code = order_code(draft.order_id)
    return appeal_question(code, policy.windows, policy.limits.note_max, turn.tr)


async def on_start_appeal(turn: Turn, tap: StartAppeal) -> Next:
    card = await turn.services.orders.card(turn.person.id, tap.order_id)
    may_begin(card.order, card.viewer, (Event.APPEAL,), version_seen=tap.version)
    may_appeal(card.order, foreseen(card, Event.APPEAL))
    return Go(WORDS, AppealDraft(order_id=tap.order_id, version=tap.version))


async def on_words(turn: Turn, draft: AppealDraft, text: str) -> Next:
    card = await turn.services.disputes.appeal(
        turn.command, draft.order_id, version=draft.version, text=text
    )
    return Done(order_screen(card, turn.tr), appealed_toast(turn.tr))
