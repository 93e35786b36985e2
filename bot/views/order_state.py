"""The state of an order in two or three words, and moments as a deadline reads."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.ways import is_very_late
from market.read import OrderCard
from market.states import State
from market.waiting import next_steps

SIGNS = {
    State.DRAFT: "✏️",
    State.AWAITING_PAYMENT: "💳",
    State.PAYMENT_REVIEW: "🔎",
    State.AWAITING_REQUIREMENTS: "📝",
    State.IN_PROGRESS: "🛠",
    State.DELIVERED: "📦",
    State.REVISION_REQUESTED: "🔁",
    State.DISPUTED: "⚖️",
    State.COMPLETED: "✅",
    State.CLEARED: "✅",
    State.CANCELLED: "✖️",
    State.REFUNDED: "↩️",
    State.EXPIRED: "⌛",
}


def state_name(state: State, tr: Translator) -> str:
    """The state as it stands on lists."""
    names = {
        State.DRAFT: tr.label("Not placed yet"),
        State.AWAITING_PAYMENT: tr.label("Waiting for payment"),
        State.PAYMENT_REVIEW: tr.label("Payment being checked"),
        State.AWAITING_REQUIREMENTS: tr.label("Waiting for the requirements"),
        State.IN_PROGRESS: tr.label("In progress"),
        State.DELIVERED: tr.label("Delivered"),
        State.REVISION_REQUESTED: tr.label("Changes asked"),
        State.DISPUTED: tr.label("In dispute"),
        State.COMPLETED: tr.label("Completed"),
        State.CLEARED: tr.label("Completed and settled"),
        State.CANCELLED: tr.label("Cancelled"),
        State.REFUNDED: tr.label("Refunded"),
        State.EXPIRED: tr.label("Expired"),
    }
    return names[state]


def headline(card: OrderCard, tr: Translator) -> Markup:
    """Sign, state, and whose turn it is or that the work is late."""
    order = card.order
    sign, name = SIGNS[order.state], state_name(order.state, tr)
    if is_very_late(card):
        return tr("⚠️ <b>{state}, very late</b>", state=name)
    if order.is_late(card.now_ms):
        return tr("⚠️ <b>{state}, late</b>", state=name)
    if card.viewer in next_steps(order):
        return tr("{sign} <b>{state}: your turn</b>", sign=sign, state=name)
    return tr("{sign} <b>{state}</b>", sign=sign, state=name)


def until(ms: int | None, now_ms: int, tr: Translator) -> Markup:
    """A deadline: the moment on the reader's clock, and how long that is from now."""
    moment = now_ms if ms is None else ms
    when = tr.when(moment, now_ms)
    if moment <= now_ms:
        return Markup.escape(when)
    return tr("{when} (in {span})", when=when, span=tr.span(moment - now_ms))
