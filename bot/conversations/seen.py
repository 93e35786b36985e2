"""An operator types the amount that stands on the statement, and confirms it."""

from dataclasses import dataclass, replace

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import ConfirmSeen, StartSeeing
from bot.views.claims import (
    amount_question,
    claim_screen,
    seen_confirm,
    seen_toast,
    wants_amount,
    wants_booking,
)
from market.amounts import parse_amount
from market.claims import Claim, ClaimState
from market.errors import AnotherOperator, WrongState
from market.money import MINOR_MAX, Currency, Money
from market.rights import By
from market.states import Event
from services.registry import Services

AMOUNT, CONFIRM = "amount", "confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenDraft:
    """Which claim, and the amount as it was typed."""

    claim_id: int
    wallet: str
    reference: str
    currency: str
    minor: int = 0


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="seen",
        by=By.OPERATOR,
        draft=SeenDraft,
        steps={
            AMOUNT: Step(ask=_ask_amount, wants=wants_amount, text=on_amount),
            CONFIRM: Step(
                ask=_ask_confirm,
                wants=wants_booking,
                text=on_amount,
                taps={ConfirmSeen: on_confirm},
            ),
        },
        entries={StartSeeing: on_start_seeing},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("an amount on the statement")


def _ask_amount(turn: Turn, draft: SeenDraft) -> Screen:
    return amount_question(draft.wallet, draft.reference, turn.tr)


def _ask_confirm(turn: Turn, draft: SeenDraft) -> Screen:
    saw = Money(draft.minor, Currency(draft.currency))
    return seen_confirm(draft.claim_id, (draft.wallet, draft.reference), saw, turn.tr)


async def on_start_seeing(turn: Turn, tap: StartSeeing) -> Next:
    card = await turn.services.claim_desk.card(turn.person.id, tap.claim_id)
    claim = card.claim
    _may_see(claim, turn.person.id)
    draft = SeenDraft(
        claim_id=claim.id,
        wallet=claim.wallet,
        reference=claim.reference,
        currency=card.order.terms.price.currency,
    )
    return Go(AMOUNT, draft)


def _may_see(claim: Claim, person_id: int) -> None:
    if not claim.state.is_live:
        raise WrongState(Event.CLAIM, claim.state)
    if claim.state is ClaimState.SEEN and claim.seen_by == person_id:
        raise AnotherOperator


async def on_amount(_turn: Turn, draft: SeenDraft, text: str) -> Next:
    """Raises AmountUnreadable, AmountOutOfRange."""
    saw = parse_amount(text, Currency(draft.currency), low_minor=1, high_minor=MINOR_MAX)
    return Go(CONFIRM, replace(draft, minor=saw.minor))


async def on_confirm(turn: Turn, draft: SeenDraft, _tap: ConfirmSeen) -> Next:
    card = await turn.services.claim_desk.see(turn.command, draft.claim_id, minor=draft.minor)
    return Done(claim_screen(card, turn.tr), seen_toast(card.claim.state, turn.tr))
