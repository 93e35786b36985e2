"""Notices about money sent by hand: another amount came, a refund could not be sent."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import ShowWallet, StartSupport
from bot.views.codes import order_code
from bot.views.reading import Reading
from bot.views.typed import cleaned, name_of, quoted
from market.money import Currency, Money
from market.notices import Message
from market.read import OrderCard
from market.states import Role

NOTE_MAX = 500
PAYSUPPORT = 1


def amount_of(message: Message) -> Money:
    """What the notice is about."""
    minor = message.facts.get("amount_minor")
    assert isinstance(minor, int), "notices about money carry an amount"
    return Money(minor, Currency(str(message.facts.get("currency"))))


def payment_landed(card: OrderCard, message: Message, tr: Translator) -> Markup:
    """Another amount than what is due came by hand."""
    came, due = tr.money(amount_of(message)), tr.money(card.order.charge)
    if card.viewer is Role.SELLER:
        return tr(
            "🔎 <b>{buyer} sent another amount than is due.</b> The order is not paid yet; please "
            "start only when I tell you that it is.",
            buyer=name_of(card.buyer_name),
        )
    return tr(
        "🔎 <b>{came} has arrived, but {due} is due.</b> It is your credit here now, and the order "
        "still waits for its payment. You can send the whole {due}; or cancel the order and "
        "order again, then your credit is used first and only the rest is asked for. If you "
        "would rather have the money back, write to /paysupport.",
        came=came,
        due=due,
    )


def refund_kept(message: Message, _reading: Reading, tr: Translator) -> Screen:
    """A refund that operators could not send."""
    order_id = message.facts.get("order")
    number = order_id if isinstance(order_id, int) else 0
    text = tr(
        "↩️ <b>{amount} from order {code} could not be sent back to you.</b> It stays "
        "here as your credit, for other orders. The operator wrote:",
        amount=tr.money(amount_of(message)),
        code=order_code(number),
    )
    said = quoted(cleaned(str(message.facts.get("note") or "")), NOTE_MAX)
    wallet = Button(label=tr.label("My wallet"), tap=ShowWallet(0))
    ask = Button(label=tr.label("Ask about a payment"), tap=StartSupport(PAYSUPPORT, number))
    return Screen(text=Markup("{}\n{}").format(text, said), rows=((wallet, ask),))


def sent_under(message: Message, tr: Translator) -> Markup | None:
    """The reference of a refund that was sent by hand."""
    reference = str(message.facts.get("reference") or "")
    if not reference:
        return None
    return tr("It was sent as <code>{reference}</code>.", reference=reference)
