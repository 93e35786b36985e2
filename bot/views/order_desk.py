"""What operators can do from an order: the dispute, both people, payments, all that happened."""

from bot.i18n import Translator
from bot.ui.screen import Button
from bot.ui.taps import (
    EnterChargeback,
    ShowCase,
    ShowClaim,
    ShowPerson,
    ShowTimeline,
)
from bot.views.excerpt import excerpt
from bot.views.seen import party_name
from market.order import allowed
from market.read import OrderCard
from market.states import Event, Role, State

LABEL_MAX = 34


def operator_buttons(card: OrderCard, tr: Translator) -> list[Button]:
    """Nothing for the parties."""
    if card.viewer is not Role.OPERATOR:
        return []
    order = card.order
    made = []
    if order.dispute is not None:
        made.append(Button(label=tr.label("The dispute"), tap=ShowCase(order.id), style="primary"))
    made.append(Button(label=tr.label("🗒 All that happened"), tap=ShowTimeline(order.id, 0)))
    for role in (Role.BUYER, Role.SELLER):
        label = excerpt(f"👤 {party_name(card, role)}", LABEL_MAX)
        made.append(Button(label=label, tap=ShowPerson(order.party(role))))
    if card.claim_id is not None:
        made.append(Button(label=tr.label("💳 The payment"), tap=ShowClaim(card.claim_id)))
    return [*made, *_chargeback(card, tr)]


def _chargeback(card: OrderCard, tr: Translator) -> list[Button]:
    order = card.order
    is_open = order.state is State.CLEARED or Event.CHARGEBACK in allowed(order, Role.PROVIDER)
    if order.was_charged_back or order.charge_id is None or not is_open:
        return []
    label = tr.label("Payment was taken back…")
    return [Button(label=label, tap=EnterChargeback(order.id, 0), style="danger")]
