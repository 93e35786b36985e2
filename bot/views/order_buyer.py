"""What happens next in an order, as its buyer reads it: one answer per state."""

from collections.abc import Callable

from markupsafe import Markup

from bot.i18n import Translator
from bot.views import by_hand, by_link
from bot.views.dispute_words import dispute_next
from bot.views.order_ends import cancelled, expired
from bot.views.order_outcomes import outcome_words, problem_words
from bot.views.order_state import until
from bot.views.typed import name_of, quoted
from bot.views.ways import changes_left, is_very_late, may_leave_from
from market import rails
from market.rails import rail_of
from market.read import OrderCard
from market.states import Event, State

REFERENCE_MAX = 100


def buyer_next(card: OrderCard, tr: Translator) -> Markup:
    """What to do or to wait for, by when, and what silence does."""
    return _NEXT[card.order.state](card, tr)


def _draft(_card: OrderCard, tr: Translator) -> Markup:
    return tr("The order is not placed yet.")


def _payment(card: OrderCard, tr: Translator) -> Markup:
    match rail_of(card.order.terms.price.currency):
        case rails.CRYPTO_PAY:
            return by_link.payment_words(card, tr)
        case rails.MANUAL:
            return by_hand.payment_words(card, tr)
        case _:
            return _invoice(card, tr)


def _invoice(card: OrderCard, tr: Translator) -> Markup:
    return tr(
        "Please pay with the invoice in this chat by {until}. Nothing has been charged yet; "
        "without a payment the order expires by itself.",
        until=until(card.order.clock_at_ms, card.now_ms, tr),
    )


def _review(card: OrderCard, tr: Translator) -> Markup:
    words = tr(
        "You told us that you have paid. Operators are looking for the money, usually within "
        "{span}. If nobody has found it by {until}, you are asked to pay or to tell us again; the "
        "order stays yours.",
        span=tr.span(card.policy.windows.claim_review_ms),
        until=until(card.order.clock_at_ms, card.now_ms, tr),
    )
    said = [event.note for event in card.history if event.event is Event.CLAIM]
    return Markup("{}\n{}").format(words, quoted(said[-1], REFERENCE_MAX)) if said else words


def _requirements(card: OrderCard, tr: Translator) -> Markup:
    days = card.order.terms.delivery_days
    facts = {
        "until": until(card.order.clock_at_ms, card.now_ms, tr),
        "days": tr.n("{n} day", "{n} days", days),
        "price": tr.money(card.order.terms.due),
    }
    if not card.order.charge.minor:
        return tr(
            "The order is paid. Please answer the seller's question by {until}; the delivery time "
            "of {days} starts with your answer. Without an answer the order is cancelled and "
            "{price} goes back to you.",
            **facts,
        )
    return tr(
        "Your payment has arrived. Please answer the seller's question by {until}; the "
        "delivery time of {days} starts with your answer. Without an answer the order is "
        "cancelled and {price} goes back to you.",
        **facts,
    )


def _progress(card: OrderCard, tr: Translator) -> Markup:
    order = card.order
    if order.is_late(card.now_ms):
        return _late(card, tr)
    return tr(
        "{seller} is at work. The delivery is due {until}; I will write to you as soon as it is "
        "here.",
        seller=name_of(card.seller_name),
        until=until(order.due_at_ms, card.now_ms, tr),
    )


def _late(card: OrderCard, tr: Translator) -> Markup:
    order = card.order
    assert order.due_at_ms is not None, "late means that a deadline has passed"
    facts = {
        "due": tr.when(order.due_at_ms, card.now_ms),
        "price": tr.money(order.terms.due),
        "until": until(order.clock_at_ms, card.now_ms, tr),
    }
    if is_very_late(card):
        return tr(
            "The delivery was due {due}. You can cancel now and get {price} back, or go on "
            "waiting. If nothing comes by {until}, the order is cancelled automatically and "
            "your money goes back.",
            **facts,
        )
    return tr(
        "The delivery was due {due}; the seller can still deliver. From {leave} you can cancel "
        "and get {price} back.",
        leave=until(may_leave_from(card), card.now_ms, tr),
        **facts,
    )


def _delivered(card: OrderCard, tr: Translator) -> Markup:
    silence = tr(
        "If you say nothing by {until}, the delivery counts as accepted and the seller is paid.",
        until=until(card.order.clock_at_ms, card.now_ms, tr),
    )
    return Markup("{}\n{}").format(_choice(card, tr), silence)


def _choice(card: OrderCard, tr: Translator) -> Markup:
    left, included = changes_left(card), card.order.terms.revisions
    if left:
        return tr(
            "Please look at the delivery: accept it, or ask for changes ({left} of {included} "
            "left).",
            left=left,
            included=included,
        )
    if included:
        return tr(
            "Please look at the delivery and accept it. All rounds of changes are used; if "
            "something is wrong, propose an end together or open a dispute."
        )
    return tr(
        "Please look at the delivery and accept it. This gig includes no changes; if something "
        "is wrong, propose an end together or open a dispute."
    )


def _changes(card: OrderCard, tr: Translator) -> Markup:
    return tr(
        "{seller} knows what you would like changed. The work goes on by {until} at the "
        "latest; from then the seller has at least {least} for the new delivery.",
        seller=name_of(card.seller_name),
        until=until(card.order.clock_at_ms, card.now_ms, tr),
        least=tr.span(card.policy.windows.changes_least_ms),
    )


def _completed(card: OrderCard, tr: Translator) -> Markup:
    problem = problem_words(card, tr)
    words = outcome_words(card, tr)
    return words if problem is None else Markup("{}\n{}").format(words, problem)


def _cleared(card: OrderCard, tr: Translator) -> Markup:
    settled = tr("Everything about this order is settled.")
    return Markup("{}\n{}").format(outcome_words(card, tr), settled)


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
