"""A seller cancels a paid order: what that does to the money stands first, then the reason."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import ExplainCancel
from bot.views.deliveries import cancelled_toast, wants_words
from bot.views.order_confirms import reason_question, seller_effect
from bot.views.orders import order_screen
from market.asking import may_begin
from market.gig import checked
from market.states import Event
from services.registry import Services

REASON = "reason"
REASON_LEAST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelDraft:
    """Which order, as it was seen; `effect` is what was said about the money."""

    order_id: int
    version: int
    effect: str


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="cancel",
        draft=CancelDraft,
        steps={REASON: Step(ask=_ask, wants=wants_words, text=on_reason)},
        entries={ExplainCancel: on_explain_cancel},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("cancelling an order")


def _ask(turn: Turn, draft: CancelDraft) -> Screen:
    return reason_question(Markup(draft.effect), turn.tr)  # noqa: S704 - made by seller_effect


async def on_explain_cancel(turn: Turn, tap: ExplainCancel) -> Next:
    card = await turn.services.orders.card(turn.person.id, tap.order_id)
    may_begin(card.order, card.viewer, (Event.SELLER_CANCEL,), version_seen=tap.version)
    effect = str(seller_effect(card, turn.tr))
    return Go(REASON, CancelDraft(order_id=tap.order_id, version=tap.version, effect=effect))


async def on_reason(turn: Turn, draft: CancelDraft, text: str) -> Next:
    reason = checked(text, least=REASON_LEAST, most=turn.policy.limits.note_max)
    card = await turn.services.orders.act(
        turn.command, draft.order_id, event=Event.SELLER_CANCEL, version=draft.version, note=reason
    )
    return Done(order_screen(card, turn.tr), cancelled_toast(turn.tr))
