"""What came with a delivery or an answer, in full: the words that the order's screen cut."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import ShowOrder
from bot.views.codes import order_code
from bot.views.typed import quoted
from market.read import OrderCard

WORDS_MAX = 3_000


def words_screen(card: OrderCard, number: int, tr: Translator) -> Screen:
    """Delivery `number` in words (0: the requirements), after its files."""
    code = order_code(card.order.id)
    if number == 0:
        head = tr("📝 Requirements of order {code}", code=code)
    else:
        head = tr("📦 Delivery {number} of order {code}", number=number, code=code)
    text = _text_of(card, number)
    body = Markup("{}\n{}").format(head, quoted(text, WORDS_MAX)) if text.strip() else head
    back = Button(label=tr.label("Open the order"), tap=ShowOrder(card.order.id))
    return Screen(text=body, rows=((back,),))


def _text_of(card: OrderCard, number: int) -> str:
    if number == 0:
        return card.answer.text if card.answer else ""
    return next((one.text for one in card.deliveries if one.number == number), "")
