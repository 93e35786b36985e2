"""The invoice of an order, while it waits for its payment."""

from bot.i18n import Translator
from bot.ui.screen import Button, Invoice
from bot.ui.taps import ShowOrder
from bot.views.codes import order_code
from bot.views.excerpt import excerpt
from bot.views.reading import Reading
from bot.views.typed import name_of, one_line
from market.notices import Message
from market.read import OrderCard
from market.states import State

TITLE_MAX = 32
DESCRIPTION_MAX = 255


def invoice(_message: Message, reading: Reading, tr: Translator) -> Invoice | None:
    """None once the order is paid, cancelled or expired."""
    card, intent_id = reading.card, reading.intent_id
    if card is None or intent_id is None or card.order.state is not State.AWAITING_PAYMENT:
        return None
    price = card.order.terms.price
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
