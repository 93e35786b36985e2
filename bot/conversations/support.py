"""Writing to the operators: /support and /paysupport, one flow with one question."""

from dataclasses import dataclass
from typing import Literal

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import StartSupport
from bot.views.support import asked_screen, support_question, wants_words
from market.rights import By
from services.registry import Services

MESSAGE = "message"
Kind = Literal["support", "paysupport"]


@dataclass(frozen=True, slots=True)
class SupportDraft:
    """What the message will be about."""

    kind: Kind
    order_id: int | None


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="support",
        by=By.ANYBODY,
        draft=SupportDraft,
        steps={MESSAGE: Step(ask=_ask, wants=wants_words, text=on_words)},
        commands={"support": on_support, "paysupport": on_paysupport},
        entries={StartSupport: on_start_support},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("your message to us")


def _ask(turn: Turn, draft: SupportDraft) -> Screen:
    return support_question(draft.kind, draft.order_id, turn.tr, turn.policy)


async def on_support(_turn: Turn) -> Next:
    return Go(MESSAGE, SupportDraft("support", None))


async def on_paysupport(_turn: Turn) -> Next:
    return Go(MESSAGE, SupportDraft("paysupport", None))


async def on_start_support(_turn: Turn, tap: StartSupport) -> Next:
    kind: Kind = "paysupport" if tap.kind else "support"
    return Go(MESSAGE, SupportDraft(kind, tap.order_id or None))


async def on_words(turn: Turn, draft: SupportDraft, text: str) -> Next:
    thread = await turn.services.support.ask(
        turn.command, kind=draft.kind, order_id=draft.order_id, text=text
    )
    return Done(asked_screen(thread, turn.tr))
