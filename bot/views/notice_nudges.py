"""Reminders: how long is left, and what silence does. None when no longer needed."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Screen
from bot.views.order_buttons import order_rows
from bot.views.order_parts import requirements_part
from bot.views.orders import next_words, title_words
from bot.views.reading import Reading
from market.notices import Message
from market.read import OrderCard
from market.states import State


def nudge_requirements(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """The seller's question still waits."""
    card = _if_still(State.AWAITING_REQUIREMENTS, message, reading)
    if card is None:
        return None
    fact = tr("⏰ <b>The seller still needs your answer: {left} left.</b>", left=_left(card, tr))
    return _screen(fact, card, tr, requirements_part(card, tr))


def nudge_accept(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """The delivery still waits to be looked at."""
    card = _if_still(State.DELIVERED, message, reading)
    if card is None:
        return None
    fact = tr("⏰ <b>Your delivery is waiting for you: {left} left.</b>", left=_left(card, tr))
    return _screen(fact, card, tr, None)


def nudge_late(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """The delivery is late; the buyer may decide."""
    card = _if_still(State.IN_PROGRESS, message, reading)
    if card is None or card.order.due_at_ms is None:
        return None
    late = tr.span(max(0, card.now_ms - card.order.due_at_ms))
    return _screen(tr("⏰ <b>The delivery is {late} late.</b>", late=late), card, tr, None)


def due_soon(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """The seller's own deadline comes near."""
    card = _if_still(State.IN_PROGRESS, message, reading)
    if card is None or card.order.due_at_ms is None or card.order.is_late(card.now_ms):
        return None
    left = tr.span(card.order.due_at_ms - card.now_ms)
    fact = tr("⏰ <b>Your delivery is due soon: {left} left.</b>", left=left)
    return _screen(fact, card, tr, None)


def _if_still(state: State, message: Message, reading: Reading) -> OrderCard | None:
    card = reading.card
    if card is None or card.order.state is not state:
        return None
    return card if message.facts.get("version") == card.order.version else None


def _left(card: OrderCard, tr: Translator) -> str:
    until_ms = card.now_ms if card.order.clock_at_ms is None else card.order.clock_at_ms
    return tr.span(max(0, until_ms - card.now_ms))


def _screen(fact: Markup, card: OrderCard, tr: Translator, part: Markup | None) -> Screen:
    said = [fact, title_words(card, tr), part, next_words(card, tr)]
    text = Markup("\n\n").join(words for words in said if words is not None)
    return Screen(text=text, rows=order_rows(card, tr))
