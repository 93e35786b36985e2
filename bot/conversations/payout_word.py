"""An owner says what became of a payout that its rail does not tell about."""

from dataclasses import dataclass

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import StartWord
from bot.views import payout_asks
from bot.views import payout_word as views
from bot.views.payout_asks import Asked
from bot.views.payouts import payout_screen
from market.errors import NotFound, OwnWithdrawal, Stale, WrongState
from market.money import Currency, Money
from market.payout_terms import Way
from market.rights import By
from market.withdrawal import Step as Move
from market.withdrawal import WithdrawalState
from services.registry import Services

WORDS = "words"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordDraft:
    """About which withdrawal, as it was seen, and what is said of it."""

    withdrawal_id: int
    version: int
    how: int
    way: Way
    currency: Currency
    minor: int


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="payout_word",
        by=By.OWNER,
        draft=WordDraft,
        steps={WORDS: Step(ask=_ask, wants=payout_asks.wants_text, text=on_words)},
        entries={StartWord: on_start},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("a payout that its provider does not tell about")


def _ask(turn: Turn, draft: WordDraft) -> Screen:
    asked = Asked(draft.withdrawal_id, Money(draft.minor, draft.currency), draft.way)
    return payout_asks.word_question(asked, draft.how, turn.policy.limits.reason_max, turn.tr)


async def on_start(turn: Turn, tap: StartWord) -> Next:
    """Raises NotFound, WrongState, Stale, OwnWithdrawal, NotAnOperator."""
    if tap.how not in views.HOWS:
        raise NotFound("way")
    card = await turn.services.payouts.card(turn.person.id, tap.withdrawal_id)
    one = card.withdrawal
    if one.state is not WithdrawalState.SENDING or one.way.is_manual:
        raise WrongState(Move.PAY, one.state)
    if one.version != tap.version:
        raise Stale(tap.version, one.version)
    if card.is_own:
        raise OwnWithdrawal
    draft = WordDraft(
        withdrawal_id=one.id,
        version=one.version,
        how=tap.how,
        way=one.way,
        currency=one.amount.currency,
        minor=one.net.minor,
    )
    return Go(WORDS, draft)


async def on_words(turn: Turn, draft: WordDraft, text: str) -> Next:
    said = {"reference" if draft.how == views.SENT else "reason": text}
    card = await turn.services.payouts.say(
        turn.command, draft.withdrawal_id, version=draft.version, **said
    )
    return Done(payout_screen(card, turn.tr), views.said_toast(card, turn.tr))
