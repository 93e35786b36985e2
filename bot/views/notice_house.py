"""Notices about money sent back and support; alarms are in `alarms`."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import AnswerThread, GoHome, ShowBoard, ShowOrder, ShowThread, StartSupport
from bot.views.codes import order_code
from bot.views.notice_by_hand import sent_under
from bot.views.order_money import priced
from bot.views.reading import Reading
from bot.views.typed import name_of, quoted
from bot.views.way_back import find_it, to_where
from market.money import Currency, Money
from market.notices import Message
from market.read import Thread

WORDS_MAX = 2_000
PAYSUPPORT = 1


def refund_sent(message: Message, reading: Reading, tr: Translator) -> Screen:
    """The provider has taken the refund."""
    currency = _currency(message)
    text = tr(
        "↩️ <b>{amount} went back {where}.</b> {find}",
        amount=_amount(message, reading, tr),
        where=to_where(currency, tr),
        find=find_it(currency, tr),
    )
    parts = [part for part in (text, sent_under(message, tr)) if part is not None]
    return Screen(text=Markup("\n").join(parts), rows=_money_rows(message, tr))


def payment_returned(message: Message, reading: Reading, tr: Translator) -> Screen:
    """A payment that could not be used: it goes back whole."""
    text = tr(
        "↩️ <b>Your payment of {amount} could not be used.</b> {why} The whole amount goes back "
        "{where}; I will write to you when it has been sent.",
        amount=_amount(message, reading, tr),
        where=to_where(_currency(message), tr),
        why=_why(str(message.facts.get("why")), tr),
    )
    return Screen(text=text, rows=_money_rows(message, tr))


def _why(why: str, tr: Translator) -> Markup:
    match why:
        case "payer":
            return tr("Only the buyer who placed the order can pay for it.")
        case "amount" | "unknown" | "hold":
            return tr("It does not belong to an open order.")
        case "expired":
            return tr("The order had expired before it arrived; you can order again.")
        case "short":
            return tr("Your balance here no longer held what the order was to take from it.")
        case "tip":
            return tr("This tip had been paid already.")
        case "cancelled":
            return tr("The order had been cancelled before it arrived.")
        case _:
            return tr("The order had been paid already.")


def _amount(message: Message, reading: Reading, tr: Translator) -> Markup:
    minor = message.facts.get("amount_minor")
    assert isinstance(minor, int), "notices about money carry an amount"
    return priced(Money(minor, _currency(message)), tr, reading.policy)


def _currency(message: Message) -> Currency:
    return Currency(str(message.facts.get("currency")))


def _money_rows(message: Message, tr: Translator) -> tuple[tuple[Button, ...], ...]:
    order_id = message.facts.get("order")
    number = order_id if isinstance(order_id, int) else 0
    ask = Button(label=tr.label("Ask about a payment"), tap=StartSupport(PAYSUPPORT, number))
    if not number:
        return ((ask, Button(label=tr.label("Main menu"), tap=GoHome())),)
    return ((Button(label=tr.label("Open the order"), tap=ShowOrder(number)), ask),)


def restored(message: Message, reading: Reading, tr: Translator) -> Screen:
    """The house came back from a backup: what was done after it may be missing."""
    until_ms = message.facts.get("until_ms")
    assert isinstance(until_ms, int), "a house with orders has worked"
    text = tr(
        "🧰 <b>Please look at your orders.</b>\n\n"
        "GigHaat had to be restored from a backup of {moment}. What you did after that may be "
        "missing: a delivery, an answer, a press of a button. If so, please do it again.\n\n"
        "Payments are not lost: I compare them with the providers now. Deadlines have been moved "
        "by the time that I was away.",
        moment=tr.when(until_ms, reading.now_ms),
    )
    board = Button(label=tr.label("My orders"), tap=ShowBoard(0, 0), style="primary")
    ask = Button(label=tr.label("Something is missing"), tap=StartSupport(0, 0))
    return Screen(text=text, rows=((board, ask),))


def support_asked(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """To operators: somebody asks."""
    thread = reading.thread
    if thread is None:
        return None
    head = _asked_head(thread, tr)
    answer = Button(label=tr.label("Answer"), tap=AnswerThread(thread.id), style="primary")
    return _thread_screen(head, message, thread, (answer, _whole(thread, tr)))


def support_answered(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """To the person who asked."""
    thread = reading.thread
    if thread is None:
        return None
    reply = Button(label=tr.label("Write back"), tap=AnswerThread(thread.id), style="primary")
    head = tr("💬 <b>An operator has answered you.</b>")
    return _thread_screen(head, message, thread, (reply, _whole(thread, tr)))


def _asked_head(thread: Thread, tr: Translator) -> Markup:
    name = name_of(thread.person_name)
    if thread.order_id is None:
        return tr("💬 <b>{name} asks.</b>", name=name)
    code = order_code(thread.order_id)
    return tr("💬 <b>{name} asks about order {code}.</b>", name=name, code=code)


def _thread_screen(
    head: Markup, message: Message, thread: Thread, row: tuple[Button, ...]
) -> Screen:
    number = message.facts.get("number")
    lines = thread.lines
    if isinstance(number, int) and 1 <= number <= len(lines):
        lines = lines[number - 1 : number]
    said = quoted(lines[-1].text, WORDS_MAX) if lines else Markup()
    return Screen(text=Markup("{}\n\n{}").format(head, said), rows=(row,))


def _whole(thread: Thread, tr: Translator) -> Button:
    return Button(label=tr.label("The whole conversation"), tap=ShowThread(thread.id))
