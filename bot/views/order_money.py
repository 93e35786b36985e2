"""What an order costs and brings, in words: the price, the fee, what is held, what goes back."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.way_back import to_where
from market.contract import Order, Terms
from market.money import Money
from market.policy import Policy
from market.postings import released
from market.read import OrderCard
from market.split import BP
from market.states import Role, State

_UNPAID = {State.DRAFT, State.AWAITING_PAYMENT, State.PAYMENT_REVIEW}
_ENDED = {State.CANCELLED, State.REFUNDED, State.EXPIRED}
_SETTLED = {State.COMPLETED, State.CLEARED}


def priced(amount: Money, tr: Translator, policy: Policy) -> Markup:
    """250 ⭐ (≈ ৳400); nothing is nothing in any money."""
    approx = tr.approx_taka(amount, policy)
    if not approx or not amount.minor:
        return Markup.escape(tr.money(amount))
    return tr("{amount} ({approx})", amount=tr.money(amount), approx=approx)


def net_of(order: Order) -> Money:
    """What the seller receives when everything is released."""
    return Money(released(order).seller_minor, order.terms.price.currency)


def fee_words(terms: Terms, fee_minor: int, gross_minor: int, tr: Translator) -> Markup:
    """The fee as per cent of the seller's part; as an amount where the least fee applies."""
    if fee_minor == gross_minor * terms.fee_bp // BP:
        return tr("the {percent}% fee", percent=percent(terms.fee_bp, tr))
    return tr("the fee of {fee}", fee=tr.money(Money(fee_minor, terms.price.currency)))


def percent(fee_bp: int, tr: Translator) -> str:
    """10 for 1,000 basis points, 12.5 for 1,250."""
    return tr.number(fee_bp // 100) if fee_bp % 100 == 0 else tr.rating(fee_bp // 10)


def charged_back_words(card: OrderCard, tr: Translator) -> Markup | None:
    """The provider took the payment back."""
    if not card.order.was_charged_back:
        return None
    price = tr.money(card.order.charge)
    if card.viewer is Role.SELLER and card.order.taken_minor:
        return tr(
            "⚠️ <b>{price} of the buyer's payment were taken back through the provider.</b> Your "
            "part is less by what our fee did not cover. Questions? /paysupport",
            price=price,
        )
    if card.viewer is Role.SELLER:
        return tr(
            "⚠️ <b>The buyer's payment of {price} was taken back through the provider.</b> Nothing "
            "from this order can be paid out. Questions? /paysupport",
            price=price,
        )
    return tr(
        "⚠️ <b>The payment of {price} was taken back through the provider.</b> Questions? "
        "/paysupport",
        price=price,
    )


def money_words(card: OrderCard, tr: Translator) -> Markup:
    """What this reader pays, has paid, receives or gets back."""
    match card.viewer:
        case Role.BUYER:
            return _buyers(card, tr)
        case Role.SELLER:
            return _sellers(card, tr)
        case _:
            return _everybodys(card, tr)


def _buyers(card: OrderCard, tr: Translator) -> Markup:
    order = card.order
    price = priced(order.terms.due, tr, card.policy)
    if order.state in _UNPAID:
        return tr("💰 You pay {price}. It is held until you accept the work.", price=price)
    if order.state is State.DISPUTED:
        return tr("💰 You paid {price}. It is held until the dispute is decided.", price=price)
    if order.state.is_funded:
        return tr("💰 You paid {price}. It is held until you accept the work.", price=price)
    if order.state in _SETTLED or order.was_charged_back:
        return tr("💰 You paid {price}.", price=price)
    if order.paid_ms is None and order.charge_id is None:
        return tr("💰 Nothing was charged.")
    return whole_back(order, tr, card.policy)


def whole_back(order: Order, tr: Translator, policy: Policy) -> Markup:
    """All of it goes back: the charge the way it came, the rest to the balances here."""
    charge, due = order.charge, order.terms.due
    price, where = priced(due, tr, policy), to_where(due.currency, tr)
    if charge == due:
        return tr("💰 The whole {price} goes back {where}.", price=price, where=where)
    if not charge.minor:
        return tr("💰 The whole {price} comes back to your balance here.", price=price)
    return tr(
        "💰 {charge} goes back {where}, {rest} comes back to your balance here.",
        charge=tr.money(charge),
        where=where,
        rest=tr.money(due - charge),
    )


def _sellers(card: OrderCard, tr: Translator) -> Markup:
    order, shares = card.order, released(card.order)
    if order.state in _ENDED or not shares.seller_minor:
        return tr("💰 You receive nothing for this order.")
    fee = fee_words(order.terms, shares.fee_minor, shares.seller_minor + shares.fee_minor, tr)
    net = priced(net_of(order), tr, card.policy)
    held = tr.money(order.terms.price)
    match order.state:
        case State.DISPUTED:
            return tr("💰 {held} is held until the dispute is decided.", held=held)
        case State.CLEARED:
            return tr("💰 You earned {net} after {fee}.", net=net, fee=fee)
        case state if state.is_funded:
            return tr(
                "💰 You receive {net} after {fee}. {held} is held now.", net=net, fee=fee, held=held
            )
        case _:
            return tr("💰 You receive {net} after {fee}.", net=net, fee=fee)


def _everybodys(card: OrderCard, tr: Translator) -> Markup:
    order, shares = card.order, released(card.order)
    currency = order.terms.price.currency
    return tr(
        "💰 Price {price}, fee {fee}, seller's share {net}; held now {held}.",
        price=tr.money(order.terms.price),
        fee=tr.money(Money(shares.fee_minor, currency)),
        net=tr.money(net_of(order)),
        held=tr.money(Money(order.held_minor, currency)),
    )
