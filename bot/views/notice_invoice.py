"""The invoice of an order, while it waits for its payment."""

from bot.i18n import Translator
from bot.ui.screen import Button, Invoice, Screen
from bot.ui.taps import ShowOrder
from bot.views.by_hand import by_hand_notice
from bot.views.by_link import by_link_notice
from bot.views.codes import order_code
from bot.views.excerpt import excerpt
from bot.views.reading import Reading
from bot.views.typed import name_of, one_line
from market import rails
from market.notices import Message
from market.rails import rail_of
from market.read import OrderCard
from market.states import State

TITLE_MAX = 32
DESCRIPTION_MAX = 255


def invoice(_message: Message, reading: Reading, tr: Translator) -> Invoice | Screen | None:
    """None once the order is paid, cancelled or expired."""
    card, intent_id = reading.card, reading.intent_id
    if card is None or intent_id is None or card.order.state is not State.AWAITING_PAYMENT:
        return None
    match rail_of(card.order.terms.price.currency):
        case rails.CRYPTO_PAY:
            return by_link_notice(card, tr)
        case rails.MANUAL:
            return by_hand_notice(card, tr)
        case _:
            return _in_stars(card, intent_id, tr)


def _in_stars(card: OrderCard, intent_id: str, tr: Translator) -> Invoice:
    price = card.order.charge
    back = Button(label=tr.label("Open the order"), tap=ShowOrder(card.order.id))
    return Invoice(
        title=one_line(card.gig.title, TITLE_MAX),
        description=excerpt(_description(card, tr), DESCRIPTION_MAX),
        payload=intent_id,
        amount=price,
        pay_label=tr.label("Pay {price}", price=tr.money(price)),
        rows=((back,),),
    )


def _description(card: OrderCard, tr: Translator) -> str:
    return tr.label(
        "Order {code}. Seller: {seller}. {title}. The money is held until you accept the work.",
        code=order_code(card.order.id),
        seller=name_of(card.seller_name),
        title=one_line(card.gig.title),
    )
