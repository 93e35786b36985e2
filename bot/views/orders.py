"""The screen of one order, for its buyer, its seller and operators."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Screen
from bot.views.codes import order_code
from bot.views.event_names import event_name
from bot.views.order_buttons import order_rows
from bot.views.order_buyer import buyer_next
from bot.views.order_money import charged_back_words, money_words
from bot.views.order_parts import (
    away_part,
    changes_part,
    deliveries_part,
    history_part,
    requirements_part,
)
from bot.views.order_seller import seller_next
from bot.views.order_state import headline, until
from bot.views.requests import request_words
from bot.views.reviews import reviews_part
from bot.views.seen import Seen
from bot.views.typed import name_of, one_line
from market.order import clock_event
from market.read import OrderCard
from market.states import Role, State


def order_screen(card: OrderCard, tr: Translator) -> Screen:
    """Everything about the order that its reader needs now."""
    parts = [
        title_words(card, tr),
        Markup("{}\n{}").format(headline(card, tr), next_words(card, tr)),
        money_words(card, tr),
        charged_back_words(card, tr),
        away_part(card, tr),
        changes_part(card, tr),
        deliveries_part(card, tr),
        requirements_part(card, tr),
        reviews_part(card, tr),
        history_part(card, tr) if card.viewer is Role.OPERATOR else None,
    ]
    text = Markup("\n\n").join(part for part in parts if part is not None)
    return Screen(text=text, rows=order_rows(card, tr))


def title_words(card: Seen, tr: Translator) -> Markup:
    """The gig's title, the order's code and the other side."""
    facts = {"title": one_line(card.gig.title), "code": order_code(card.order.id)}
    match card.viewer:
        case Role.BUYER:
            seller = name_of(card.seller_name)
            return tr("<b>{title}</b>\nOrder {code}. Seller: {seller}", seller=seller, **facts)
        case Role.SELLER:
            buyer = name_of(card.buyer_name)
            return tr("<b>{title}</b>\nOrder {code}. Buyer: {buyer}", buyer=buyer, **facts)
        case _:
            return tr(
                "<b>{title}</b>\nOrder {code}. Buyer: {buyer}. Seller: {seller}",
                buyer=name_of(card.buyer_name),
                seller=name_of(card.seller_name),
                **facts,
            )


def next_words(card: OrderCard, tr: Translator) -> Markup:
    """What happens next, by when, and what silence does."""
    if card.order.request is not None:
        return request_words(card, tr)
    match card.viewer:
        case Role.BUYER:
            return buyer_next(card, tr)
        case Role.SELLER:
            return seller_next(card, tr)
        case _:
            return _operator_next(card, tr)


def _operator_next(card: OrderCard, tr: Translator) -> Markup:
    if card.order.clock_at_ms is None:
        return tr("Nothing follows by itself.")
    if card.order.state is State.DRAFT:
        return tr("The order is not placed yet.")
    return tr(
        "If nothing else happens, {until}: {what}.",
        until=until(card.order.clock_at_ms, card.now_ms, tr),
        what=event_name(clock_event(card.order), tr),
    )
