"""Tips: how much, the invoice, and what both hear of it."""

from bot.i18n import Translator
from bot.ui.screen import Button, Invoice, Screen
from bot.ui.taps import LeaveFlow, PickTip, ShowOrder, ShowWallet
from bot.views.codes import order_code
from bot.views.excerpt import excerpt
from bot.views.order_state import until
from bot.views.reading import Reading
from bot.views.typed import name_of, one_line
from market.money import Currency, Money
from market.notices import Message
from market.read import OrderCard
from market.tip import LEAST, MOST

PICKS = (25, 50, 100, 250)
TITLE_MAX, DESCRIPTION_MAX = 32, 255


def tip_question(seller: str, tr: Translator) -> Screen:
    """How many Stars; the seller gets all of them."""
    text = tr(
        "🎁 <b>A tip for {seller}?</b>\nA tip is paid in Stars with an invoice of its own, and "
        "all of it goes to the seller: there is no fee. Tap, or write how many Stars, from {low} "
        "to {high}.",
        seller=seller,
        low=tr.number(LEAST),
        high=tr.number(MOST),
    )
    picks = [_pick(stars, tr) for stars in PICKS]
    rows = (tuple(picks[:2]), tuple(picks[2:]))
    return Screen(text=text, rows=(*rows, (Button(label=tr.label("Not now"), tap=LeaveFlow()),)))


def _pick(stars: int, tr: Translator) -> Button:
    return Button(label=tr.money(Money(stars, Currency.XTR)), tap=PickTip(stars))


def tip_invoice_toast(tr: Translator) -> str:
    """The invoice is a message of its own."""
    return tr.label("The invoice of your tip is coming.")


def tip_invoice(message: Message, reading: Reading, tr: Translator) -> Invoice | None:
    """The invoice itself; a tip that was paid meanwhile is declined at its checkout."""
    card = reading.card
    if card is None:
        return None
    amount = _amount(message)
    back = Button(label=tr.label("Open the order"), tap=ShowOrder(card.order.id))
    return Invoice(
        title=one_line(tr.label("A tip for {seller}", seller=name_of(card.seller_name)), TITLE_MAX),
        description=excerpt(_description(card, tr), DESCRIPTION_MAX),
        payload=str(message.facts["intent"]),
        amount=amount,
        pay_label=tr.label("Pay {price}", price=tr.money(amount)),
        rows=((back,),),
    )


def _description(card: OrderCard, tr: Translator) -> str:
    return tr.label(
        "For order {code}, {title}. All of it goes to {seller}. A tip is not held and does not "
        "come back.",
        code=order_code(card.order.id),
        title=one_line(card.gig.title),
        seller=name_of(card.seller_name),
    )


def tip_given(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """The buyer's thanks have arrived."""
    card = reading.card
    if card is None:
        return None
    text = tr(
        "🎁 <b>Your tip of {amount} has arrived.</b> {seller} has been told.",
        amount=tr.money(_amount(message)),
        seller=name_of(card.seller_name),
    )
    return Screen(text=text, rows=((_order(card, tr),),))


def tip_received(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """The seller hears how much, and from when on he may withdraw it."""
    card = reading.card
    if card is None:
        return None
    clear_at_ms = message.facts["clear_at_ms"]
    assert isinstance(clear_at_ms, int), "a paid tip clears at a moment"
    text = tr(
        "🎁 <b>{buyer} gave you a tip of {amount}.</b> All of it is yours. It is clearing now and "
        "becomes available {when}.",
        buyer=name_of(card.buyer_name),
        amount=tr.money(_amount(message)),
        when=until(clear_at_ms, reading.now_ms, tr),
    )
    wallet = Button(label=tr.label("Wallet"), tap=ShowWallet(0))
    return Screen(text=text, rows=((_order(card, tr), wallet),))


def _order(card: OrderCard, tr: Translator) -> Button:
    return Button(label=tr.label("Open the order"), tap=ShowOrder(card.order.id))


def _amount(message: Message) -> Money:
    minor = message.facts["amount_minor"]
    assert isinstance(minor, int), "a tip has an amount"
    return Money(minor, Currency(str(message.facts["currency"])))
