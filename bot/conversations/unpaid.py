"""An operator says why a withdrawal could not be sent, or that its money came back."""

from dataclasses import dataclass

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import StartUnpaid
from bot.views import payout_asks as views
from bot.views.payout_asks import Asked
from bot.views.payouts import CAME_BACK, NOT_SENT, payout_screen
from market.errors import NotFound
from market.money import Currency, Money
from market.payout_terms import Way
from market.rights import By
from market.withdrawal import Doing, moved
from market.withdrawal import Step as Move
from services.registry import Services

WORDS = "words"
_MOVES = {NOT_SENT: Move.FAIL, CAME_BACK: Move.RETURN}


@dataclass(frozen=True, slots=True, kw_only=True)
class UnpaidDraft:
    """Which withdrawal, as it was seen, and what is said of it."""

    withdrawal_id: int
    version: int
    how: int
    way: Way
    currency: Currency
    minor: int


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="unpaid",
        by=By.OPERATOR,
        draft=UnpaidDraft,
        steps={WORDS: Step(ask=_ask, wants=views.wants_text, text=on_words)},
        entries={StartUnpaid: on_start},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("a payout that did not go")


def _ask(turn: Turn, draft: UnpaidDraft) -> Screen:
    asked = Asked(draft.withdrawal_id, Money(draft.minor, draft.currency), draft.way)
    return views.unpaid_question(asked, draft.how, turn.policy.limits.reason_max, turn.tr)


async def on_start(turn: Turn, tap: StartUnpaid) -> Next:
    """What would be refused is refused before anything is written."""
    move = _MOVES.get(tap.how)
    if move is None:
        raise NotFound("way")
    card = await turn.services.payouts.card(turn.person.id, tap.withdrawal_id)
    one = card.withdrawal
    doing = Doing(
        step=move,
        now_ms=turn.now_ms,
        by=turn.person.id,
        version_seen=tap.version,
        may_override=card.is_owner,
    )
    moved(one, doing)
    draft = UnpaidDraft(
        withdrawal_id=one.id,
        version=one.version,
        how=tap.how,
        way=one.way,
        currency=one.amount.currency,
        minor=one.net.minor,
    )
    return Go(WORDS, draft)


async def on_words(turn: Turn, draft: UnpaidDraft, text: str) -> Next:
    payouts = turn.services.payouts
    say = payouts.came_back if draft.how == CAME_BACK else payouts.fail
    card = await say(turn.command, draft.withdrawal_id, version=draft.version, reason=text)
    return Done(payout_screen(card, turn.tr), views.paid_toast(turn.tr))
