"""A seller cancels a paid order: what that does to the money stands first, then the reason."""

from dataclasses import dataclass, replace

from markupsafe import Markup

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, OnTap, Stay, Step
from bot.kit.turn import Turn
from bot.ui.callbacks import Tap
from bot.ui.screen import Screen
from bot.ui.taps import ExplainCancel, PickReason, SkipStep, StepBack
from bot.views.deliveries import cancelled_toast, wants_words
from bot.views.dispute_asks import wants_reason
from bot.views.order_confirms import more_words_question, reason_question, seller_effect
from bot.views.orders import order_screen
from bot.views.reasons import CANCELLING, OTHER, note_of
from market.asking import may_begin
from market.gig import checked
from market.rights import By
from market.states import Event
from services.registry import Services

REASON, WORDS = "reason", "words"
REASON_LEAST = 3
KEY_MAX = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelDraft:
    """Which order, as it was seen; `effect` is what was said about the money."""

    order_id: int
    version: int
    effect: str
    reason: str = ""


def flow(_services: Services) -> Flow:
    """The flow."""
    own_words: dict[type[Tap], OnTap] = {SkipStep: on_skip, StepBack: on_back}
    return Flow(
        name="cancel",
        by=By.PARTY,
        draft=CancelDraft,
        steps={
            REASON: Step(
                ask=_ask, wants=wants_words, text=on_reason, taps={PickReason: on_pick_reason}
            ),
            WORDS: Step(ask=_ask_words, wants=wants_words, text=on_words, taps=own_words),
        },
        entries={ExplainCancel: on_explain_cancel},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("cancelling an order")


def _ask(turn: Turn, draft: CancelDraft) -> Screen:
    return reason_question(Markup(draft.effect), turn.tr)  # noqa: S704 - made by seller_effect


def _ask_words(turn: Turn, draft: CancelDraft) -> Screen:
    effect = Markup(draft.effect)  # noqa: S704 - made by seller_effect
    return more_words_question(effect, draft.reason, turn.tr)


async def on_explain_cancel(turn: Turn, tap: ExplainCancel) -> Next:
    card = await turn.services.orders.card(turn.person.id, tap.order_id)
    may_begin(card.order, card.viewer, (Event.SELLER_CANCEL,), version_seen=tap.version)
    effect = str(seller_effect(card, turn.tr))
    return Go(REASON, CancelDraft(order_id=tap.order_id, version=tap.version, effect=effect))


async def on_pick_reason(turn: Turn, draft: CancelDraft, tap: PickReason) -> Next:
    if not 0 <= tap.reason < len(CANCELLING):
        return Stay(wants_reason(turn.tr))
    return Go(WORDS, replace(draft, reason=CANCELLING[tap.reason]))


async def on_reason(turn: Turn, draft: CancelDraft, text: str) -> Next:
    return await _cancel(turn, draft, checked_words(turn, text))


async def on_words(turn: Turn, draft: CancelDraft, text: str) -> Next:
    return await _cancel(turn, draft, note_of(draft.reason, checked_words(turn, text)))


async def on_skip(turn: Turn, draft: CancelDraft, _tap: SkipStep) -> Next:
    """A reason of one's own needs words; the others stand alone."""
    if draft.reason == OTHER:
        return Stay(wants_words(turn.tr))
    return await _cancel(turn, draft, draft.reason)


async def on_back(_turn: Turn, draft: CancelDraft, _tap: StepBack) -> Next:
    return Go(REASON, replace(draft, reason=""))


def checked_words(turn: Turn, text: str) -> str:
    """The seller's own words; a single sign is no reason."""
    return checked(text, least=REASON_LEAST, most=turn.policy.limits.note_max - KEY_MAX)


async def _cancel(turn: Turn, draft: CancelDraft, note: str) -> Next:
    card = await turn.services.orders.act(
        turn.command, draft.order_id, event=Event.SELLER_CANCEL, version=draft.version, note=note
    )
    return Done(order_screen(card, turn.tr), cancelled_toast(turn.tr))
