"""The first sentence of notices about requests: more time, an end together, and the answers."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.reasons import note_words
from bot.views.seen import party_name
from bot.views.typed import name_of
from market.notices import Message
from market.read import OrderCard
from market.states import Role, State

NOTE_MAX = 1_000


def actor(card: OrderCard, message: Message) -> str:
    """The name of the party who caused the event; the reader's other side where it was nobody."""
    by = Role(str(message.facts.get("by", card.viewer.other)))
    role = by if by in {Role.BUYER, Role.SELLER} else card.viewer.other
    return party_name(card, role)


def with_note(head: Markup, message: Message, tr: Translator, *, fact: str = "note") -> Markup:
    """The head, then what was written with the event, if anything was."""
    note = str(message.facts.get(fact, ""))
    if not note.strip():
        return head
    return Markup("{}\n{}").format(head, note_words(note, NOTE_MAX, tr))


def time_asked(card: OrderCard, message: Message, tr: Translator) -> Markup:
    days = message.facts.get("days", 0)
    return tr.n(
        "⏳ <b>{seller} asks for {n} day more.</b>",
        "⏳ <b>{seller} asks for {n} days more.</b>",
        days if isinstance(days, int) else 0,
        seller=name_of(card.seller_name),
    )


def time_given(card: OrderCard, _message: Message, tr: Translator) -> Markup:
    return tr("✅ <b>{buyer} gives you more time.</b>", buyer=name_of(card.buyer_name))


def end_asked(card: OrderCard, message: Message, tr: Translator) -> Markup:
    return tr("🤝 <b>{name} proposes to end the order.</b>", name=actor(card, message))


def refused(card: OrderCard, message: Message, tr: Translator) -> Markup:
    name = actor(card, message)
    return tr("✋ <b>{name} said no to your request.</b> The order goes on as it was.", name=name)


def lapsed(_card: OrderCard, message: Message, tr: Translator) -> Markup:
    if message.facts.get("state") == State.CANCELLED:
        return tr("✖️ <b>No answer and no delivery came, so the late order is cancelled.</b>")
    return tr("⌛ <b>No answer came in time, so the request has lapsed.</b>")


def taken_back(card: OrderCard, message: Message, tr: Translator) -> Markup:
    name = actor(card, message)
    return tr("↩️ <b>{name} took the request back.</b> The order goes on as it was.", name=name)


def looks_longer(card: OrderCard, message: Message, tr: Translator) -> Markup:
    days = message.facts.get("days", 0)
    return tr.n(
        "🔎 <b>{buyer} takes {n} day more to look at your delivery.</b>",
        "🔎 <b>{buyer} takes {n} days more to look at your delivery.</b>",
        days if isinstance(days, int) else 0,
        buyer=name_of(card.buyer_name),
    )


def ended_together(_card: OrderCard, _message: Message, tr: Translator) -> Markup:
    return tr("🤝 <b>You both agreed, and the order has ended.</b>")


def claim_rejected(_card: OrderCard, message: Message, tr: Translator) -> Markup:
    head = tr("🔎 <b>Your payment has not been found.</b> You can pay now, or tell us again.")
    return with_note(head, message, tr)


def payment_taken_back(card: OrderCard, _message: Message, tr: Translator) -> Markup:
    price = tr.money(card.order.terms.price)
    return tr("⚠️ <b>A payment of {price} was taken back.</b>", price=price)
