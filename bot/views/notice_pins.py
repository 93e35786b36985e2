"""Notices about a PIN and about much money that was asked for; it may have been another one."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import RememberPin, ShowPin, ShowWithdrawal, StopPayouts
from bot.views.order_state import until
from bot.views.payout_words import target_words
from bot.views.reading import Reading
from market.money import Currency, Money
from market.notices import Message
from market.payout_terms import Way


def pin_changed(message: Message, _reading: Reading, tr: Translator) -> Screen | None:
    """To whoever has the person's Telegram open, wherever that is."""
    words = {
        "set": tr("🔐 <b>A PIN was set for your payouts.</b>"),
        "changed": tr("🔐 <b>Your PIN for payouts was changed.</b>"),
        "removed": tr("🔐 <b>Your PIN for payouts was removed.</b>"),
    }
    text = words.get(str(message.facts.get("what")))
    return None if text is None else _asked(text, tr, _own(tr))


def pin_locked(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """Somebody has tried too often."""
    moment = _until(message, reading, tr)
    if moment is None:
        return None
    text = tr(
        "🔒 <b>Five wrong tries: your PIN is locked until {until}.</b>\nSmall withdrawals to the "
        "account that you have are still possible.",
        until=moment,
    )
    return _asked(text, tr, _own(tr))


def pin_forgotten(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """It goes, unless somebody says that he did not ask for that."""
    moment = _until(message, reading, tr)
    if moment is None:
        return None
    text = tr(
        "🔐 <b>Somebody says that you have forgotten your PIN.</b>\nIt stays until {until}, then "
        "it is gone. Until then none of your payouts leaves.",
        until=moment,
    )
    keep = Button(label=tr.label("Keep my PIN after all"), tap=RememberPin())
    return _asked(text, tr, keep)


def pin_reset(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """It is gone."""
    if _until(message, reading, tr) is None:
        return None
    text = tr("🔓 <b>Your forgotten PIN is gone.</b> Your payouts can go again; set a new one.")
    return _asked(text, tr, _own(tr))


def large_withdrawal(message: Message, _reading: Reading, tr: Translator) -> Screen | None:
    """Much money was asked for."""
    facts = message.facts
    minor, number = facts.get("amount_minor"), facts.get("withdrawal")
    if not isinstance(minor, int) or not isinstance(number, int):
        return None
    text = tr(
        "💸 <b>A withdrawal of {amount} was asked for</b>, to {target}.",
        amount=tr.money(Money(minor, Currency(str(facts["currency"])))),
        target=target_words(Way(str(facts["way"])), str(facts["account"]), tr),
    )
    show = Button(label=tr.label("The withdrawal"), tap=ShowWithdrawal(number))
    return _asked(text, tr, show)


def _asked(text: Markup, tr: Translator, button: Button) -> Screen:
    """Whoever it was not stops everything until operators have looked."""
    question = tr("Was it not you? Then stop your payouts now.")
    stop = Button(label=tr.label("It was not me"), tap=StopPayouts(0), style="danger")
    return Screen(text=Markup("{}\n\n{}").format(text, question), rows=((stop,), (button,)))


def _own(tr: Translator) -> Button:
    return Button(label=tr.label("🔐 My PIN"), tap=ShowPin())


def _until(message: Message, reading: Reading, tr: Translator) -> str | None:
    moment = message.facts.get("until_ms")
    return until(moment, reading.now_ms, tr) if isinstance(moment, int) else None
