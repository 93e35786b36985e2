"""The state of an order in two or three words, and moments as a deadline reads."""

from markupsafe import Markup

from bot.i18n import Translator
from market.contract import Order
from market.states import Role, State

SIGNS = {
    State.DRAFT: "✏️",
    State.AWAITING_PAYMENT: "💳",
    State.AWAITING_REQUIREMENTS: "📝",
    State.IN_PROGRESS: "🛠",
    State.DELIVERED: "📦",
    State.REVISION_REQUESTED: "🔁",
    State.COMPLETED: "✅",
    State.CLEARED: "✅",
    State.CANCELLED: "✖️",
    State.EXPIRED: "⌛",
}
_TURNS = {
    State.AWAITING_PAYMENT: Role.BUYER,
    State.AWAITING_REQUIREMENTS: Role.BUYER,
    State.DELIVERED: Role.BUYER,
    State.IN_PROGRESS: Role.SELLER,
    State.REVISION_REQUESTED: Role.SELLER,
}


def state_name(state: State, tr: Translator) -> str:
    """The state as it stands on lists."""
    names = {
        State.DRAFT: tr.label("Not placed yet"),
        State.AWAITING_PAYMENT: tr.label("Waiting for payment"),
        State.AWAITING_REQUIREMENTS: tr.label("Waiting for the requirements"),
        State.IN_PROGRESS: tr.label("In progress"),
        State.DELIVERED: tr.label("Delivered"),
        State.REVISION_REQUESTED: tr.label("Changes asked"),
        State.COMPLETED: tr.label("Completed"),
        State.CLEARED: tr.label("Completed and settled"),
        State.CANCELLED: tr.label("Cancelled"),
        State.EXPIRED: tr.label("Expired"),
    }
    return names[state]


def is_turn_of(role: Role, state: State) -> bool:
    """The next step in this state is this role's."""
    return _TURNS.get(state) is role


def headline(order: Order, role: Role, now_ms: int, tr: Translator) -> Markup:
    """Sign, state, and whose turn it is or that the work is late."""
    sign, name = SIGNS[order.state], state_name(order.state, tr)
    if order.is_late(now_ms):
        return tr("⚠️ <b>{state}, late</b>", state=name)
    if is_turn_of(role, order.state):
        return tr("{sign} <b>{state}: your turn</b>", sign=sign, state=name)
    return tr("{sign} <b>{state}</b>", sign=sign, state=name)


def until(ms: int | None, now_ms: int, tr: Translator) -> Markup:
    """A deadline: the moment on the reader's clock, and how long that is from now."""
    moment = now_ms if ms is None else ms
    when = tr.when(moment, now_ms)
    if moment <= now_ms:
        return Markup.escape(when)
    return tr("{when} (in {span})", when=when, span=tr.span(moment - now_ms))
