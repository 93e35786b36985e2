"""Paying by a link of Crypto Pay, as the buyer sees it: the link, and what happens then."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import ShowInvoice, ShowOrder, StartSupport
from bot.views.codes import order_code
from bot.views.order_state import until
from bot.views.typed import one_line
from market.bill import BillState
from market.read import OrderCard

PAYSUPPORT = 1


def by_link_notice(card: OrderCard, tr: Translator) -> Screen | None:
    """The link as a message; None while it is being made, for then it follows by itself."""
    if card.bill is None or card.bill.is_coming():
        return None
    head = tr(
        "💎 <b>{due} for order {code}</b>\n{title}",
        due=tr.money(card.order.charge),
        code=order_code(card.order.id),
        title=one_line(card.gig.title),
    )
    text = Markup("{}\n\n{}").format(head, payment_words(card, tr))
    look = Button(label=tr.label("Open the order"), tap=ShowOrder(card.order.id))
    ask = Button(label=tr.label("Ask an operator"), tap=StartSupport(PAYSUPPORT, card.order.id))
    pay = tuple((button,) for button in pay_buttons(card, tr))
    return Screen(text=text, rows=(*pay, (look, ask)))


def payment_words(card: OrderCard, tr: Translator) -> Markup:
    """What the buyer has to do now, and what happens then."""
    match _state(card):
        case BillState.OPEN:
            return _pay(card, tr)
        case BillState.ASKED:
            return tr(
                "Your payment link is on its way; it comes here in a moment. Nothing has been "
                "charged yet."
            )
        case BillState.PAID:
            return tr(
                "@CryptoBot says that you have paid. If the order does not begin within minutes, "
                "please ask an operator."
            )
        case BillState.REFUSED:
            return tr(
                "⚠️ @CryptoBot could not make your payment link. Operators know. Nothing was "
                "charged; please try again in a while, or ask an operator."
            )
        case _:
            return tr(
                "The payment link has run out. Nothing was charged. Get a new one with the button "
                "below; without a payment by {until} the order expires by itself.",
                until=until(card.order.clock_at_ms, card.now_ms, tr),
            )


def _pay(card: OrderCard, tr: Translator) -> Markup:
    assert card.bill is not None, "an open bill is there"
    return tr(
        "Please pay {due} by {until}: the button opens @CryptoBot, a wallet inside Telegram, "
        "where you confirm the payment. It has to come from your own account there. I see it by "
        "myself within seconds and write to you; nothing has to be sent to me. Without a payment "
        "the order expires by itself.",
        due=tr.money(card.order.charge),
        until=until(card.bill.expires_ms or card.order.clock_at_ms, card.now_ms, tr),
    )


def pay_buttons(card: OrderCard, tr: Translator) -> list[Button]:
    """The link, or the way to a new one."""
    match _state(card):
        case BillState.OPEN:
            assert card.bill is not None, "an open bill is there"
            pay = tr.label("Pay {due} in @CryptoBot", due=tr.money(card.order.charge))
            return [Button(label=pay, url=card.bill.url, style="primary")]
        case BillState.OVER | BillState.REFUSED:
            again = tr.label("Get a new payment link")
            return [Button(label=again, tap=ShowInvoice(card.order.id), style="primary")]
        case _:
            return []


def _state(card: OrderCard) -> BillState:
    """Where the bill stands as of now: a link whose time is up has run out."""
    bill = card.bill
    if bill is None:
        return BillState.ASKED
    if bill.state is BillState.OPEN and not bill.is_payable(card.now_ms):
        return BillState.OVER
    return bill.state
