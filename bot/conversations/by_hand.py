"""What operators write about money by hand: why it was not found, how it was sent back, why not."""

from dataclasses import dataclass

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import WriteByHand
from bot.views.claims import claim_screen
from bot.views.hand_words import (
    REJECT,
    SENT,
    WAYS,
    refund_screen,
    words_question,
    written_toast,
)
from bot.views.judging import wants_a_reason
from market.claims import PENDING
from market.errors import NotConfirmed, NotFound, OutgoingStopped, WrongState
from market.rights import By
from market.states import Event
from services.registry import Services

WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsDraft:
    """About which claim, and what is written (bot.views.hand_words)."""

    claim_id: int
    how: int
    wallet: str


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="by_hand",
        by=By.OPERATOR,
        draft=WordsDraft,
        steps={WORDS: Step(ask=_ask, wants=wants_a_reason, text=on_words)},
        entries={WriteByHand: on_write},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("a payment by hand")


def _ask(turn: Turn, draft: WordsDraft) -> Screen:
    return words_question(draft.how, draft.wallet, turn.policy.limits.reason_max, turn.tr)


async def on_write(turn: Turn, tap: WriteByHand) -> Next:
    if tap.how not in WAYS:
        raise NotFound("way")
    wallet = await _wallet(turn, tap)
    return Go(WORDS, WordsDraft(claim_id=tap.claim_id, how=tap.how, wallet=wallet))


async def _wallet(turn: Turn, tap: WriteByHand) -> str:
    """Before anything is written: it still waits, and money may leave."""
    if tap.how == REJECT:
        claim = (await turn.services.claim_desk.card(turn.person.id, tap.claim_id)).claim
        if not claim.state.is_live:
            raise WrongState(Event.CLAIM_REJECT, claim.state)
        return claim.wallet
    card = await turn.services.hand_refunds.card(turn.person.id, tap.claim_id)
    if card.refund.state != PENDING:
        raise WrongState(Event.CLAIM, card.refund.state)
    if card.is_stopped and tap.how == SENT:
        raise OutgoingStopped
    if not card.may_be_sent and tap.how == SENT:
        raise NotConfirmed
    return card.refund.claim.wallet


async def on_words(turn: Turn, draft: WordsDraft, text: str) -> Next:
    return Done(await _written(turn, draft, text), written_toast(draft.how, turn.tr))


async def _written(turn: Turn, draft: WordsDraft, text: str) -> Screen:
    desk, refunds = turn.services.claim_desk, turn.services.hand_refunds
    if draft.how == REJECT:
        claim = await desk.reject(turn.command, draft.claim_id, reason=text)
        return claim_screen(claim, turn.tr)
    if draft.how == SENT:
        card = await refunds.sent(turn.command, draft.claim_id, reference=text)
    else:
        card = await refunds.give_up(turn.command, draft.claim_id, reason=text)
    return refund_screen(card, turn.tr)
