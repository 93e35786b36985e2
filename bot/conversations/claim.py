"""Saying that money was sent by hand: the number of the payment, the sender's last digits."""

from dataclasses import dataclass, replace

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Stay, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import StartClaim
from bot.views.by_hand import (
    claimed_toast,
    digits_question,
    reference_question,
    wants_digits,
    wants_reference,
)
from bot.views.orders import order_screen
from bot.views.problems import problem
from bot.views.wallets import wallet_at
from market.asking import may_begin
from market.errors import ClaimTaken, ClaimUnfit, DigitsUnfit, NoWallet
from market.money import Currency, Money
from market.rights import By
from market.states import Event
from services.claims import Said
from services.registry import Services

REFERENCE, DIGITS = "reference", "digits"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDraft:
    """What the order needs, and what was typed so far."""

    order_id: int
    version: int
    wallet: str
    due_minor: int
    currency: str
    reference: str = ""


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="claim",
        by=By.PARTY,
        draft=ClaimDraft,
        steps={
            REFERENCE: Step(ask=_ask_reference, wants=wants_reference, text=on_reference),
            DIGITS: Step(ask=_ask_digits, wants=wants_digits, text=on_digits),
        },
        entries={StartClaim: on_start_claim},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("a payment that you sent")


def _ask_reference(turn: Turn, draft: ClaimDraft) -> Screen:
    due = Money(draft.due_minor, Currency(draft.currency))
    return reference_question(draft.wallet, due, turn.tr)


def _ask_digits(turn: Turn, draft: ClaimDraft) -> Screen:
    return digits_question(draft.wallet, draft.reference, turn.tr)


async def on_start_claim(turn: Turn, tap: StartClaim) -> Next:
    paying = await turn.services.claims.by_hand(turn.person.id, tap.order_id)
    card, wallet = paying.card, wallet_at(tap.wallet)
    may_begin(card.order, card.viewer, (Event.CLAIM,), version_seen=tap.version)
    if wallet not in {one.name for one in paying.wallets}:
        raise NoWallet
    draft = ClaimDraft(
        order_id=tap.order_id,
        version=tap.version,
        wallet=wallet,
        due_minor=paying.due.minor,
        currency=paying.due.currency,
    )
    return Go(REFERENCE, draft)


async def on_reference(turn: Turn, draft: ClaimDraft, text: str) -> Next:
    try:
        reference = await turn.services.claims.reference(
            turn.command, draft.order_id, wallet=draft.wallet, text=text
        )
    except (ClaimUnfit, ClaimTaken) as refused:
        return Stay(problem(refused, turn.tr))
    return Go(DIGITS, replace(draft, reference=reference))


async def on_digits(turn: Turn, draft: ClaimDraft, text: str) -> Next:
    said = Said(wallet=draft.wallet, reference=draft.reference, digits=text)
    try:
        card = await turn.services.claims.claim(
            turn.command, draft.order_id, version=draft.version, said=said
        )
    except DigitsUnfit as refused:
        return Stay(problem(refused, turn.tr))
    except ClaimTaken as refused:
        return Go(REFERENCE, draft, problem(refused, turn.tr))
    return Done(order_screen(card, turn.tr), claimed_toast(turn.tr))
