"""How an order ended without work: who cancelled it and why, or that nobody paid."""

from collections.abc import Callable

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.reasons import note_words
from bot.views.typed import name_of
from market.change import OrderEvent
from market.read import OrderCard
from market.states import Event, Role, State

REASON_MAX = 500
_ENDS = {State.CANCELLED, State.REFUNDED}


def cancelled(card: OrderCard, tr: Translator) -> Markup:
    """The reason in a sentence, and the seller's own words where there are some."""
    last = _last(card)
    if last is None:
        return tr("The order is cancelled.")
    sentence = _REASONS[last.event](card, last, tr)
    if not last.note:
        return sentence
    return Markup("{}\n{}").format(sentence, note_words(last.note, REASON_MAX, tr))


def expired(card: OrderCard, tr: Translator) -> Markup:
    """Nobody paid in time."""
    if card.viewer is Role.BUYER:
        return tr("No payment arrived in time. You can order the gig again whenever you like.")
    return tr("No payment arrived in time, so there is nothing for you to do.")


def _last(card: OrderCard) -> OrderEvent | None:
    ends = [event for event in card.history if event.dst in _ENDS]
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


def _agreed(_card: OrderCard, _last: OrderEvent, tr: Translator) -> Markup:
    return tr("You both agreed to end the order.")


def _unanswered(card: OrderCard, _last: OrderEvent, tr: Translator) -> Markup:
    buyer, seller = name_of(card.buyer_name), name_of(card.seller_name)
    if card.viewer is Role.SELLER:
        return tr(
            "{buyer} asked to end the late order, and no answer came in time. So it was cancelled.",
            buyer=buyer,
        )
    return tr(
        "The order was late and {seller} did not answer the request to end it. So it was "
        "cancelled.",
        seller=seller,
    )


def _gave_in(card: OrderCard, _last: OrderEvent, tr: Translator) -> Markup:
    if card.viewer is Role.SELLER:
        return tr("You gave in, and the dispute is over.")
    return tr("{seller} gave in, and the dispute is over.", seller=name_of(card.seller_name))


def _decided(_card: OrderCard, _last: OrderEvent, tr: Translator) -> Markup:
    return tr("An operator has decided the dispute: everything goes back.")


def _undecided(_card: OrderCard, _last: OrderEvent, tr: Translator) -> Markup:
    return tr("The dispute stayed undecided for too long, so everything goes back.")


def _taken_back(_card: OrderCard, _last: OrderEvent, tr: Translator) -> Markup:
    return tr("The payment was taken back through the provider, so the order has ended.")


_REASONS: dict[Event, Callable[[OrderCard, OrderEvent, Translator], Markup]] = {
    Event.CANCEL_UNPAID: _unpaid,
    Event.BUYER_CANCEL_EARLY: _early,
    Event.REQ_TIMEOUT: _silent,
    Event.SELLER_CANCEL: _seller,
    Event.LATE_CANCEL: _late,
    Event.ABANDON: _abandoned,
    Event.AGREE_CANCEL: _agreed,
    Event.LAPSE: _unanswered,
    Event.CONCEDE_SELLER: _gave_in,
    Event.RESOLVE_REFUND: _decided,
    Event.FALLBACK: _undecided,
    Event.CHARGEBACK: _taken_back,
}
