"""What an order costs, line by line: coupon, buyer's fee, balances; and the buttons to choose."""

from dataclasses import replace

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.codes import packed, ways_of
from bot.ui.screen import Button
from bot.ui.taps import PayWith, PlaceOrder, PlacePaying, ShowGig, TypeCode
from bot.views.order_money import priced
from market.contract import Order
from market.money import Money
from market.paying import AS_USUAL, Paying
from market.policy import Policy
from market.read import OrderQuote

Rows = tuple[tuple[Button, ...], ...]


def price_words(quote: OrderQuote, tr: Translator, policy: Policy) -> Markup:
    """What is paid in all, after its parts where there are any."""
    draft = quote.draft
    charge = quote.price if draft is None else draft.charge
    lines = [] if draft is None else _parts(draft, quote.paying.code, tr)
    if not lines:
        price = priced(charge, tr, policy)
        return tr("💰 <b>You pay {price}.</b> Nothing else is added.", price=price)
    first = tr("💰 Price: {price}", price=tr.money(quote.price))
    return Markup("\n").join([first, *lines, _total(charge, tr, policy)])


def _total(charge: Money, tr: Translator, policy: Policy) -> Markup:
    if not charge.minor:
        return tr("<b>Nothing is left to pay.</b> The order begins as soon as you place it.")
    price = priced(charge, tr, policy)
    return tr("<b>You pay {price} now.</b> Nothing else is added.", price=price)


def _parts(draft: Order, code: str, tr: Translator) -> list[Markup]:
    terms = draft.terms

    def money(minor: int) -> str:
        return tr.money(Money(minor, terms.price.currency))

    off = terms.coupon_minor + terms.seller_coupon_minor
    lines = [
        (off, tr("🏷 Coupon {code}: −{amount}", code=code, amount=money(off))),
        (
            terms.buyer_fee_minor,
            tr("➕ Service fee: {amount}", amount=money(terms.buyer_fee_minor)),
        ),
        (
            draft.from_credit_minor,
            tr("🎟 From your credit here: −{amount}", amount=money(draft.from_credit_minor)),
        ),
        (
            draft.from_earned_minor,
            tr("💼 From your earnings: −{amount}", amount=money(draft.from_earned_minor)),
        ),
    ]
    return [words for minor, words in lines if minor]


def way_back_words(draft: Order | None, tr: Translator) -> Markup | None:
    """Before paying: what becomes of the balances' parts when the order ends without work."""
    if draft is None or not (draft.from_credit_minor or draft.from_earned_minor):
        return None
    return tr("• What you pay from here comes back here: credit as credit, earnings as earnings.")


def quote_rows(quote: OrderQuote, tr: Translator) -> Rows:
    """Order; coupon; credit and earnings where there are any; back."""
    gig, switches = quote.card.gig, _switches(quote, tr)
    back = Button(label=tr.label("Back"), tap=ShowGig(gig.id, 0))
    return ((_order(quote, tr),), (_coupon(quote, tr),), *((one,) for one in switches), (back,))


def _order(quote: OrderQuote, tr: Translator) -> Button:
    gig, draft, paying = quote.card.gig, quote.draft, quote.paying
    charge = quote.price if draft is None else draft.charge
    label = tr.label("Order and pay {price}", price=tr.money(charge))
    if not charge.minor:
        label = tr.label("Place the order")
    tap = PlacePaying(gig.id, gig.version_id, ways_of(paying), *packed(paying.code))
    usual = PlaceOrder(gig.id, gig.version_id)
    return Button(label=label, tap=usual if paying == AS_USUAL else tap, style="success")


def _coupon(quote: OrderQuote, tr: Translator) -> Button:
    paying = quote.paying
    if paying.code:
        return _again(quote, replace(paying, code=""), tr.label("Without the coupon"))
    tap = TypeCode(quote.card.gig.id, ways_of(paying))
    return Button(label=tr.label("🏷 I have a coupon"), tap=tap)


def _switches(quote: OrderQuote, tr: Translator) -> list[Button]:
    paying, purse, made = quote.paying, quote.purse, []
    if purse.credit_minor:
        other = replace(paying, use_credit=not paying.use_credit)
        made.append(_again(quote, other, _credit_label(quote, tr)))
    if purse.earned_minor:
        other = replace(paying, use_earned=not paying.use_earned)
        made.append(_again(quote, other, _earned_label(quote, tr)))
    return made


def _credit_label(quote: OrderQuote, tr: Translator) -> str:
    if quote.paying.use_credit:
        return tr.label("🎟 Keep my credit")
    amount = Money(quote.purse.credit_minor, quote.price.currency)
    return tr.label("🎟 Use my credit ({amount})", amount=tr.money(amount))


def _earned_label(quote: OrderQuote, tr: Translator) -> str:
    if quote.paying.use_earned:
        return tr.label("💼 Keep my earnings")
    amount = Money(quote.purse.earned_minor, quote.price.currency)
    return tr.label("💼 Use my earnings ({amount})", amount=tr.money(amount))


def _again(quote: OrderQuote, paying: Paying, label: str) -> Button:
    tap = PayWith(quote.card.gig.id, ways_of(paying), *packed(paying.code))
    return Button(label=label, tap=tap)


def code_question(tr: Translator) -> Markup:
    """The buyer types the code of a coupon."""
    return tr("🏷 <b>Your coupon</b>\nPlease send me its code, as it stands on the coupon.")


def paid_here_toast(tr: Translator) -> str:
    """Nothing was left to charge."""
    return tr.label("Paid from your balance here.")
