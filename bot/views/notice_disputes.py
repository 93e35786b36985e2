"""Notices about disputes: who said what, the verdict and its reasons, appeals, the end."""

from collections.abc import Callable

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Screen
from bot.views.notice_requests import NOTE_MAX, actor, with_note
from bot.views.order_buttons import order_rows
from bot.views.order_state import headline
from bot.views.orders import next_words, title_words
from bot.views.reading import Reading
from bot.views.shares import shares_words
from bot.views.typed import name_of, quoted
from market.notices import Message
from market.read import OrderCard
from market.states import Role

Draw = Callable[[Message, Reading, Translator], Screen | None]


def dispute_opened(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """Who opened it, why, and the words of the first statement."""
    card = reading.card
    if card is None:
        return None
    head = tr("⚖️ <b>{name} has opened a dispute.</b>", name=actor(card, message))
    return _screen(_with_statement(with_note(head, message, tr), reading, tr), card, tr)


def statement_added(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """One more statement, in its words."""
    card = reading.card
    if card is None:
        return None
    head = tr("💬 <b>{name} has spoken in the dispute.</b>", name=actor(card, message))
    return _screen(_with_statement(head, reading, tr), card, tr)


def _with_statement(head: Markup, reading: Reading, tr: Translator) -> Markup:
    statement = reading.statement
    if statement is None:
        return head
    words = quoted(statement.text, NOTE_MAX) if statement.text.strip() else Markup()
    count = len(statement.files)
    files = Markup("📎 {}").format(tr.n("{n} file", "{n} files", count)) if count else Markup()
    return Markup("\n").join(part for part in (head, words, files) if part)


def _screen(fact: Markup, card: OrderCard, tr: Translator) -> Screen:
    state = Markup("{}\n{}").format(headline(card, tr), next_words(card, tr))
    text = Markup("\n\n").join([fact, title_words(card, tr), state])
    return Screen(text=text, rows=order_rows(card, tr))


def verdict(card: OrderCard, message: Message, tr: Translator) -> Markup:
    """The reasons; the amounts follow with the state, or stand here when that has moved on."""
    head = with_note(tr("📜 <b>An operator has decided the dispute.</b>"), message, tr)
    dispute, minor = card.order.dispute, message.facts.get("minor")
    if not isinstance(minor, int) or (dispute is not None and dispute.has_verdict):
        return head
    return Markup("{}\n{}").format(head, shares_words(card, minor, tr))


def appealed(card: OrderCard, message: Message, tr: Translator) -> Markup:
    name = actor(card, message)
    head = tr("⚖️ <b>{name} has appealed against the verdict.</b>", name=name)
    return with_note(head, message, tr)


def ended(_card: OrderCard, message: Message, tr: Translator) -> Markup:
    return with_note(tr("⚖️ <b>The dispute is over.</b>"), message, tr)


def reopened(card: OrderCard, message: Message, tr: Translator) -> Markup:
    if card.viewer is Role.BUYER:
        return tr("⚖️ <b>An operator has opened your order again, as a dispute.</b>")
    head = tr(
        "⚖️ <b>{buyer} reports a problem, and an operator has opened the order again, as a "
        "dispute.</b> The money is held once more.",
        buyer=name_of(card.buyer_name),
    )
    return with_note(head, message, tr)


def reopen_refused(_card: OrderCard, message: Message, tr: Translator) -> Markup:
    head = tr("📜 <b>An operator has looked at the problem and leaves the order as it is.</b>")
    return with_note(head, message, tr, fact="reason")
