"""Support: asking, answering, and the thread that holds both."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    AnswerThread,
    CloseThread,
    GoHome,
    LeaveFlow,
    ShowAdmin,
    ShowOrder,
)
from bot.views.codes import order_code
from bot.views.typed import name_of, quoted
from market.gig import units
from market.policy import Policy
from market.read import Thread, ThreadLine

_TEXT_ROOM = 3000
_LINE_MAX = 1200
Rows = tuple[tuple[Button, ...], ...]


def support_question(kind: str, order_id: int | None, tr: Translator, policy: Policy) -> Screen:
    """What is it about? `kind` 'paysupport' speaks of payments."""
    intro = _pay_intro(tr) if kind == "paysupport" else _intro(tr, policy)
    parts = [intro]
    if order_id is not None:
        parts.insert(0, tr("About order {code}", code=order_code(order_id)))
    leave = Button(label=tr.label("Not now"), tap=LeaveFlow())
    return Screen(text=Markup("\n\n").join(parts), rows=((leave,),))


def _intro(tr: Translator, policy: Policy) -> Markup:
    return tr(
        "<b>What can we do for you?</b>\n\nWrite it in one message: what happened, and what you "
        "expected. {operator} reads it and answers here.",
        operator=policy.operator_name or tr("The operator"),
    )


def _pay_intro(tr: Translator) -> Markup:
    return tr(
        "<b>What went wrong with the payment?</b>\n\nWrite it in one message: when you paid, how "
        "much, and for which order. We look it up and answer here. Telegram's own support "
        "cannot help with purchases made in this bot; we can."
    )


def wants_words(tr: Translator) -> Markup:
    """A file or a sticker came instead of a text."""
    return tr("I need it in words: please write a text message.")


def asked_screen(thread: Thread, tr: Translator) -> Screen:
    """The message has reached the operators."""
    text = tr(
        "<b>We have your message.</b>\n\nThe answer comes here, in this chat. You can add to it "
        "any time."
    )
    return Screen(text=text, rows=(*_person_rows(thread, tr), _home(tr)))


def thread_screen(thread: Thread, tr: Translator, *, is_operator: bool, now_ms: int) -> Screen:
    """What was said, newest last. Operators see who asks."""
    text = Markup("{}\n\n{}").format(
        _heading(thread, tr, is_operator=is_operator), _said(thread, tr, now_ms)
    )
    rows = _operator_rows(thread, tr) if is_operator else _person_rows(thread, tr)
    return Screen(text=text, rows=(*rows, _home(tr)))


def answer_question(person_name: str | None, tr: Translator) -> Screen:
    """An operator answers `person_name`; the person adds to the own thread (None)."""
    if person_name is None:
        text = tr("<b>What would you like to add?</b>\n\nWrite it in one message.")
    else:
        text = tr(
            "<b>Your answer to {name}</b>\n\nWrite it in one message. It is sent in your words.",
            name=name_of(person_name),
        )
    return Screen(text=text, rows=((Button(label=tr.label("Not now"), tap=LeaveFlow()),),))


def sent_toast(tr: Translator) -> str:
    """An answer or an addition went out."""
    return tr.label("Sent.")


def closed_toast(tr: Translator) -> str:
    """The thread was closed."""
    return tr.label("Closed. Thank you.")


def _heading(thread: Thread, tr: Translator, *, is_operator: bool) -> Markup:
    about = (
        tr("<b>Support about a payment</b>")
        if thread.kind == "paysupport"
        else tr("<b>Support</b>")
    )
    lines = [about]
    if is_operator:
        lines.append(tr("From: {name}", name=name_of(thread.person_name)))
    if thread.order_id is not None:
        lines.append(tr("About order {code}", code=order_code(thread.order_id)))
    if not thread.is_open:
        lines.append(tr("Closed"))
    return Markup("\n").join(lines)


def _said(thread: Thread, tr: Translator, now_ms: int) -> Markup:
    """As many of the last messages as fit."""
    shown: list[Markup] = []
    room = _TEXT_ROOM
    for line in reversed(thread.lines):
        text = _line(line, thread, tr, now_ms)
        room -= units(text)
        if room < 0 and shown:
            shown.append(Markup("…"))
            break
        shown.append(text)
    return Markup("\n\n").join(reversed(shown))


def _line(line: ThreadLine, thread: Thread, tr: Translator, now_ms: int) -> Markup:
    who = tr("The operator") if line.from_operator else name_of(thread.person_name)
    head = tr("<b>{who}</b>, {when}", who=who, when=tr.when(line.at_ms, now_ms))
    return Markup("{}\n{}").format(head, quoted(line.text, _LINE_MAX))


def _person_rows(thread: Thread, tr: Translator) -> Rows:
    if not thread.is_open:
        return ()
    add = Button(label=tr.label("Add to it"), tap=AnswerThread(thread.id))
    settled = Button(label=tr.label("It is settled"), tap=CloseThread(thread.id))
    return ((add, settled),)


def _operator_rows(thread: Thread, tr: Translator) -> Rows:
    order: Rows = ()
    if thread.order_id is not None:
        order = ((Button(label=tr.label("The order"), tap=ShowOrder(thread.order_id)),),)
    overview: Rows = ((Button(label=tr.label("Overview"), tap=ShowAdmin(0)),),)
    if not thread.is_open:
        return (*order, *overview)
    answer = Button(label=tr.label("Answer"), tap=AnswerThread(thread.id), style="primary")
    close = Button(label=tr.label("Close"), tap=CloseThread(thread.id))
    return ((answer, close), *order, *overview)


def _home(tr: Translator) -> tuple[Button, ...]:
    return (Button(label=tr.label("Main menu"), tap=GoHome()),)
