"""Notices about money beside orders: credit that the house gave."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import ShowShelves, ShowWallet
from bot.views.reading import Reading
from bot.views.typed import quoted
from market.money import Currency, Money
from market.notices import Message

NOTE_MAX = 200


def credit_given(message: Message, _reading: Reading, tr: Translator) -> Screen:
    """Credit that can be spent here, and why."""
    minor = message.facts["amount_minor"]
    assert isinstance(minor, int), "an amount is whole minor units"
    amount = tr.money(Money(minor, Currency(str(message.facts["currency"]))))
    text = tr(
        "🎟 <b>{amount} were put into your wallet as credit.</b>\nYou can spend it on any order; "
        "it cannot be paid out.",
        amount=amount,
    )
    note = str(message.facts.get("note") or "")
    if note:
        text = Markup("{}\n{}").format(text, quoted(note, NOTE_MAX))
    wallet = Button(label=tr.label("Wallet"), tap=ShowWallet(0))
    browse = Button(label=tr.label("Browse gigs"), tap=ShowShelves())
    return Screen(text=text, rows=((wallet, browse),))
