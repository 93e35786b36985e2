"""The first sentence of each notice about an order: what happened, to this reader."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.order_money import net_of, priced
from bot.views.typed import name_of, quoted
from market.notices import Message
from market.read import OrderCard
from market.states import Role

NOTE_MAX = 2_000


def paid_buyer(card: OrderCard, _message: Message, tr: Translator) -> Markup:
    charge = card.order.charge
    if not charge.minor:
        return tr("✅ <b>Your order is paid from your balance here.</b>")
    price = priced(charge, tr, card.policy)
    return tr("✅ <b>Your payment of {price} has arrived.</b>", price=price)


def paid_seller(card: OrderCard, _message: Message, tr: Translator) -> Markup:
    buyer, price = name_of(card.buyer_name), tr.money(card.order.terms.price)
    return tr("🎉 <b>A new order: {buyer} has paid {price}.</b>", buyer=buyer, price=price)


def expired(_card: OrderCard, _message: Message, tr: Translator) -> Markup:
    return tr("⌛ <b>The order has expired.</b>")


def cancelled(_card: OrderCard, _message: Message, tr: Translator) -> Markup:
    return tr("✖️ <b>The order is cancelled.</b>")


def requirements(card: OrderCard, _message: Message, tr: Translator) -> Markup:
    buyer = name_of(card.buyer_name)
    return tr("📝 <b>{buyer} has answered your question. You can begin.</b>", buyer=buyer)


def delivery(card: OrderCard, _message: Message, tr: Translator) -> Markup:
    return tr("📦 <b>{seller} has delivered.</b>", seller=name_of(card.seller_name))


def changes(card: OrderCard, message: Message, tr: Translator) -> Markup:
    head = tr("🔁 <b>{buyer} asks for changes.</b>", buyer=name_of(card.buyer_name))
    return Markup("{}\n{}").format(head, quoted(str(message.facts.get("note", "")), NOTE_MAX))


def resumed(card: OrderCard, message: Message, tr: Translator) -> Markup:
    if message.facts.get("by") == Role.CLOCK:
        return tr("🛠 <b>The work on your changes has begun.</b>")
    return tr("🛠 <b>{seller} is working on your changes.</b>", seller=name_of(card.seller_name))


def accepted(card: OrderCard, _message: Message, tr: Translator) -> Markup:
    return tr("🎉 <b>{buyer} has accepted your delivery.</b>", buyer=name_of(card.buyer_name))


def auto_buyer(_card: OrderCard, _message: Message, tr: Translator) -> Markup:
    return tr("✅ <b>The delivery now counts as accepted.</b>")


def auto_seller(_card: OrderCard, _message: Message, tr: Translator) -> Markup:
    return tr("🎉 <b>The buyer said nothing, so your delivery counts as accepted.</b>")


def review_asked(card: OrderCard, tr: Translator) -> Markup:
    if card.viewer is Role.BUYER:
        seller = name_of(card.seller_name)
        return tr(
            "⭐ <b>How was working with {seller}?</b> Three short questions; the first: how good "
            "is the work?",
            seller=seller,
        )
    return tr(
        "⭐ <b>How was working with {buyer}?</b> It takes one tap.",
        buyer=name_of(card.buyer_name),
    )


def reviews_shown(_card: OrderCard, _message: Message, tr: Translator) -> Markup:
    return tr("⭐ <b>Both of you have written: here are the reviews.</b>")


def cleared(card: OrderCard, _message: Message, tr: Translator) -> Markup:
    net = priced(net_of(card.order), tr, card.policy)
    return tr("💰 <b>{net} is now available in your wallet.</b>", net=net)


def unreachable(card: OrderCard, _message: Message, tr: Translator) -> Markup:
    other = card.seller_name if card.viewer is Role.BUYER else card.buyer_name
    return tr(
        "📵 <b>{name} does not receive my messages at the moment.</b> All deadlines of your "
        "order stay as agreed, and your money is safe.",
        name=name_of(other),
    )
