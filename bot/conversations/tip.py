"""Giving a tip for completed work: one question, then its invoice."""

from dataclasses import dataclass

from bot.i18n import Translator
from bot.kit.flows import Done, Flow, Go, Next, Step
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import PickTip, StartTip
from bot.views.deliveries import wants_words
from bot.views.orders import order_screen
from bot.views.tips import tip_invoice_toast, tip_question
from bot.views.typed import name_of
from market import tip
from market.amounts import parse_amount
from market.money import Currency
from market.rights import By
from services.registry import Services

AMOUNT = "amount"


@dataclass(frozen=True, slots=True, kw_only=True)
class TipDraft:
    """For which order; the seller's name as it was shown."""

    order_id: int
    seller: str


def flow(_services: Services) -> Flow:
    """The flow."""
    return Flow(
        name="tip",
        by=By.PARTY,
        draft=TipDraft,
        steps={
            AMOUNT: Step(ask=_ask, wants=wants_words, text=on_amount, taps={PickTip: on_pick_tip})
        },
        entries={StartTip: on_start_tip},
        title=_title,
    )


def _title(tr: Translator) -> str:
    return tr.label("a tip")


def _ask(turn: Turn, draft: TipDraft) -> Screen:
    return tip_question(draft.seller, turn.tr)


async def on_start_tip(turn: Turn, tap: StartTip) -> Next:
    await turn.services.tips.may_tip(turn.person.id, tap.order_id)
    card = await turn.services.orders.card(turn.person.id, tap.order_id)
    return Go(AMOUNT, TipDraft(order_id=tap.order_id, seller=name_of(card.seller_name)))


async def on_amount(turn: Turn, draft: TipDraft, text: str) -> Next:
    low, high = tip.LEAST, tip.MOST
    amount = parse_amount(text, Currency.XTR, low_minor=low, high_minor=high)
    return await _offer(turn, draft, amount.minor)


async def on_pick_tip(turn: Turn, draft: TipDraft, tap: PickTip) -> Next:
    return await _offer(turn, draft, tap.stars)


async def _offer(turn: Turn, draft: TipDraft, minor: int) -> Next:
    await turn.services.tips.offer(turn.command, draft.order_id, minor=minor)
    card = await turn.services.orders.card(turn.person.id, draft.order_id)
    return Done(order_screen(card, turn.tr), tip_invoice_toast(turn.tr))
