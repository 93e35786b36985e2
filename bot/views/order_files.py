"""What came with deliveries and answers, in full, and every version of the work in a list."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import ROW_MAX, Button, Screen
from bot.ui.taps import ShowFiles, ShowOrder
from bot.views.codes import order_code
from bot.views.order_parts import asked_before, delivery_line
from bot.views.typed import one_line, quoted
from market.read import Delivery, OrderCard

WORDS_MAX = 3_000
ASKED_MAX = 150
DIGEST_SIGNS = 8


def words_screen(card: OrderCard, number: int, tr: Translator) -> Screen:
    """Delivery `number` in words (0: the requirements), after its files."""
    code = order_code(card.order.id)
    if number == 0:
        head = tr("📝 Requirements of order {code}", code=code)
    else:
        head = tr("📦 Delivery {number} of order {code}", number=number, code=code)
    parts = [head, *_about(card, number, tr)]
    text = _text_of(card, number)
    if text.strip():
        parts.append(quoted(text, WORDS_MAX))
    back = Button(label=tr.label("Open the order"), tap=ShowOrder(card.order.id))
    return Screen(text=Markup("\n").join(parts), rows=((back,),))


def history_screen(card: OrderCard, title: Markup, tr: Translator) -> Screen:
    """Every delivery: when it came, after which wish, with which evidence."""
    lines = [
        Markup("\n").join([delivery_line(one, card.now_ms, tr), *_about(card, one.number, tr)])
        for one in card.deliveries
    ]
    note = tr("All versions stay here for both of you, as long as the order exists.")
    buttons = [_open(card, one, tr) for one in card.deliveries]
    starts = range(0, len(buttons), ROW_MAX)
    rows = [tuple(buttons[start : start + ROW_MAX]) for start in starts]
    back = Button(label=tr.label("Open the order"), tap=ShowOrder(card.order.id))
    return Screen(text=Markup("\n\n").join([title, *lines, note]), rows=(*rows, (back,)))


def _open(card: OrderCard, delivery: Delivery, tr: Translator) -> Button:
    label = tr.label("📎 Delivery {number}", number=delivery.number)
    return Button(label=label, tap=ShowFiles(card.order.id, delivery.number))


def _about(card: OrderCard, number: int, tr: Translator) -> list[Markup]:
    """What was asked before a delivery, and the first signs of its fingerprint."""
    asked, lines = asked_before(card, number), []
    if asked:
        lines.append(tr("after: {asked}", asked=one_line(asked, ASKED_MAX)))
    digest = next((one.digest for one in card.deliveries if one.number == number), "")
    if digest:
        seal = Markup("<code>{}</code>").format(digest[:DIGEST_SIGNS])
        lines.append(tr("evidence: {digest}", digest=seal))
    return lines


def _text_of(card: OrderCard, number: int) -> str:
    if number == 0:
        return card.answer.text if card.answer else ""
    return next((one.text for one in card.deliveries if one.number == number), "")
