"""How an order ended without work: who cancelled it and why, or that nobody paid."""

from collections.abc import Callable

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.typed import name_of, quoted
from market.change import OrderEvent
from market.read import OrderCard
from market.states import Event, Role, State

REASON_MAX = 500


def cancelled(card: OrderCard, tr: Translator) -> Markup:
    """The reason in a sentence, and the seller's own words where there are some."""
    last = _last(card)
    if last is None:
        return tr("The order is cancelled.")
    sentence = _REASONS[last.event](card, last, tr)
    if not last.note:
        return sentence
    return Markup("{}\n{}").format(sentence, quoted(last.note, REASON_MAX))


def expired(card: OrderCard, tr: Translator) -> Markup:
    """Nobody paid in time."""
    if card.viewer is Role.BUYER:
        return tr("No payment arrived in time. You can order the gig again whenever you like.")
    return tr("No payment arrived in time, so there is nothing for you to do.")


def _last(card: OrderCard) -> OrderEvent | None:
    ends = [event for event in card.history if event.dst is State.CANCELLED]
    return ends[-1] if ends and ends[-1].event in _REASONS else None


def _unpaid(card: OrderCard, last: OrderEvent, tr: Translator) -> Markup:
    if last.role is card.viewer:
        return tr("You cancelled before the payment.")
    who = card.buyer_name if last.role is Role.BUYER else card.seller_name
    return tr("{name} cancelled before the payment.", name=name_of(who))


def _early(card: OrderCard, _last: OrderEvent, tr: Translator) -> Markup:
    if card.viewer is Role.BUYER:
        return tr("You cancelled before the work began.")
    return tr("{buyer} cancelled before the work began.", buyer=name_of(card.buyer_name))


def _silent(card: OrderCard, _last: OrderEvent, tr: Translator) -> Markup:
    if card.viewer is Role.BUYER:
        return tr("You did not answer the seller's question in time, so the order was cancelled.")
    return tr("The buyer did not answer the question in time, so the order was cancelled.")


def _seller(card: OrderCard, _last: OrderEvent, tr: Translator) -> Markup:
    if card.viewer is Role.SELLER:
        return tr("You cancelled this order.")
    return tr("{seller} cancelled this order.", seller=name_of(card.seller_name))


def _late(card: OrderCard, _last: OrderEvent, tr: Translator) -> Markup:
    if card.viewer is Role.BUYER:
        return tr("You cancelled because the delivery was late.")
    return tr("{buyer} cancelled because the delivery was late.", buyer=name_of(card.buyer_name))


def _abandoned(_card: OrderCard, _last: OrderEvent, tr: Translator) -> Markup:
    return tr("No delivery came for a long time, so the order was cancelled automatically.")


_REASONS: dict[Event, Callable[[OrderCard, OrderEvent, Translator], Markup]] = {
    Event.CANCEL_UNPAID: _unpaid,
    Event.BUYER_CANCEL_EARLY: _early,
    Event.REQ_TIMEOUT: _silent,
    Event.SELLER_CANCEL: _seller,
    Event.LATE_CANCEL: _late,
    Event.ABANDON: _abandoned,
}
