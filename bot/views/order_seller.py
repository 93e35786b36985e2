"""What happens next in an order, as its seller reads it: one answer per state."""

from collections.abc import Callable

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.dispute_words import dispute_next
from bot.views.order_ends import cancelled, expired
from bot.views.order_money import net_of
from bot.views.order_outcomes import outcome_words
from bot.views.order_state import until
from bot.views.typed import name_of
from bot.views.ways import is_very_late, may_leave_from
from market.read import OrderCard
from market.states import State


def seller_next(card: OrderCard, tr: Translator) -> Markup:
    """What to do or to wait for, by when, and what silence does."""
    return _NEXT[card.order.state](card, tr)


def _draft(_card: OrderCard, tr: Translator) -> Markup:
    return tr("The order is not placed yet.")


def _payment(card: OrderCard, tr: Translator) -> Markup:
    return tr(
        "{buyer} can pay until {until}. Please start only after the payment; I will tell you "
        "as soon as it arrives.",
        buyer=name_of(card.buyer_name),
        until=until(card.order.clock_at_ms, card.now_ms, tr),
    )


def _review(card: OrderCard, tr: Translator) -> Markup:
    return tr(
        "{buyer} says that the payment was sent; operators are looking for it. Please start only "
        "when I tell you that it has arrived.",
        buyer=name_of(card.buyer_name),
    )


def _requirements(card: OrderCard, tr: Translator) -> Markup:
    return tr(
        "The order is paid. {buyer} has until {until} to answer your question; your {days} "
        "start with the answer. Without one the order is cancelled and the money goes back.",
        buyer=name_of(card.buyer_name),
        until=until(card.order.clock_at_ms, card.now_ms, tr),
        days=tr.n("{n} day", "{n} days", card.order.terms.delivery_days),
    )


def _progress(card: OrderCard, tr: Translator) -> Markup:
    order = card.order
    if order.is_late(card.now_ms):
        return _late(card, tr)
    return tr(
        "Please deliver by {until}: tap <b>Deliver</b> and send text and files here.",
        until=until(order.due_at_ms, card.now_ms, tr),
    )


def _late(card: OrderCard, tr: Translator) -> Markup:
    order = card.order
    assert order.due_at_ms is not None, "late means that a deadline has passed"
    facts = {
        "due": tr.when(order.due_at_ms, card.now_ms),
        "until": until(order.clock_at_ms, card.now_ms, tr),
    }
    if is_very_late(card):
        return tr(
            "The delivery was due {due}, and {buyer} can cancel at any moment now. Please deliver "
            "at once or ask for more time. If nothing has come by {until}, the order is cancelled "
            "automatically and the money goes back.",
            buyer=name_of(card.buyer_name),
            **facts,
        )
    return tr(
        "The delivery was due {due}. Please deliver now: from {leave} the buyer can cancel. If "
        "nothing has come by {until}, the order is cancelled automatically and the money goes "
        "back.",
        leave=until(may_leave_from(card), card.now_ms, tr),
        **facts,
    )


def _delivered(card: OrderCard, tr: Translator) -> Markup:
    return tr(
        "Now {buyer} looks at your delivery and accepts it or asks for changes. Silence until "
        "{until} counts as acceptance.",
        buyer=name_of(card.buyer_name),
        until=until(card.order.clock_at_ms, card.now_ms, tr),
    )


def _changes(card: OrderCard, tr: Translator) -> Markup:
    return tr(
        "Read what {buyer} would like changed and tap <b>Resume work</b>; otherwise it resumes "
        "by itself {until}. From then you have what was left of the delivery time, and at "
        "least {least}.",
        buyer=name_of(card.buyer_name),
        until=until(card.order.clock_at_ms, card.now_ms, tr),
        least=tr.span(card.policy.windows.changes_least_ms),
    )


def _completed(card: OrderCard, tr: Translator) -> Markup:
    words = outcome_words(card, tr)
    if not net_of(card.order).minor:
        return words
    clearing = tr(
        "{net} becomes available {until}; until then it is clearing.",
        net=tr.money(net_of(card.order)),
        until=until(card.order.clock_at_ms, card.now_ms, tr),
    )
    return Markup("{}\n{}").format(words, clearing)


def _cleared(card: OrderCard, tr: Translator) -> Markup:
    if not net_of(card.order).minor:
        return tr("Everything about this order is settled.")
    return tr(
        "{net} from this order is available in your wallet.", net=tr.money(net_of(card.order))
    )


_NEXT: dict[State, Callable[[OrderCard, Translator], Markup]] = {
    State.DRAFT: _draft,
    State.AWAITING_PAYMENT: _payment,
    State.PAYMENT_REVIEW: _review,
    State.AWAITING_REQUIREMENTS: _requirements,
    State.IN_PROGRESS: _progress,
    State.DELIVERED: _delivered,
    State.REVISION_REQUESTED: _changes,
    State.DISPUTED: dispute_next,
    State.COMPLETED: _completed,
    State.CLEARED: _cleared,
    State.CANCELLED: cancelled,
    State.REFUNDED: cancelled,
    State.EXPIRED: expired,
}
