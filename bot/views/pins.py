"""The PIN in words: what it is for, typing it, forgetting it, and what the person hears of it."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    ForgetPin,
    LeaveFlow,
    RememberPin,
    ShowPin,
    ShowWallet,
    StartPin,
    StartWithdrawal,
)
from bot.views.order_state import until
from market.money import Money
from market.payout_terms import PayoutTerms
from market.pin import LEAST, MOST, PinCard
from market.policy import Policy

# What StartPin begins, as buttons count; only ever append.
KEEP, REMOVE = range(2)
SURE = 1
Rows = tuple[tuple[Button, ...], ...]


def pin_screen(card: PinCard, policy: Policy, tr: Translator) -> Screen:
    """Whether there is one, what asks for it, and what can be done."""
    parts = [_head(card, tr), _for_what(policy.open_payouts, tr)]
    if card.now_ms < card.locked_until_ms:
        moment = until(card.locked_until_ms, card.now_ms, tr)
        parts.append(tr("🔒 Too many wrong tries: it is locked until {until}.", until=moment))
    if card.reset_ms is not None:
        moment = until(card.reset_ms, card.now_ms, tr)
        parts.append(
            tr(
                "⏳ Somebody said that it is forgotten. It stays until {until}, and no payout "
                "leaves before that.",
                until=moment,
            )
        )
    return Screen(text=Markup("\n\n").join(parts), rows=(*_acts(card, tr), _ways(tr)))


def _head(card: PinCard, tr: Translator) -> Markup:
    if not card.is_set:
        return tr("🔐 <b>You have no PIN yet.</b>")
    when = tr.when(card.set_ms, card.now_ms)
    return tr("🔐 <b>You have a PIN</b>, set {when}.", when=when)


def _for_what(terms: tuple[PayoutTerms, ...], tr: Translator) -> Markup:
    limits = (tr.money(Money(one.pin_minor, one.currency)) for one in terms)
    return tr(
        "I ask for it before your account for payouts changes, and before more than {limits} is "
        "withdrawn within a day. So nobody who gets hold of your Telegram gets your money.",
        limits=tr.label(" or ").join(limits),
    )


def _acts(card: PinCard, tr: Translator) -> Rows:
    if not card.is_set:
        begin = Button(label=tr.label("Set a PIN"), tap=StartPin(KEEP), style="primary")
        return ((begin,),)
    change = Button(label=tr.label("Change it"), tap=StartPin(KEEP))
    remove = Button(label=tr.label("Remove it"), tap=StartPin(REMOVE))
    if card.reset_ms is None:
        last = Button(label=tr.label("I have forgotten it"), tap=ForgetPin(0))
    else:
        last = Button(label=tr.label("Keep my PIN after all"), tap=RememberPin(), style="primary")
    return ((change, remove), (last,))


def _ways(tr: Translator) -> tuple[Button, ...]:
    withdraw = Button(label=tr.label("Withdraw"), tap=StartWithdrawal())
    return withdraw, Button(label=tr.label("Wallet"), tap=ShowWallet(0))


def new_question(tr: Translator) -> Screen:
    """Ask for the first one, or for another one."""
    text = tr(
        "🔐 <b>Your new PIN</b>\nPlease type {least} to {most} digits that nobody guesses: not "
        "your number, not 1234.",
        least=LEAST,
        most=MOST,
    )
    return _asked(text, tr, (_later(tr),))


def old_question(tr: Translator) -> Screen:
    """The one that counts now."""
    text = tr("🔐 <b>Your PIN, please</b>\nThe one that you have now.")
    return _asked(text, tr, _forgotten(tr))


def money_question(tr: Translator) -> Screen:
    """Before money leaves."""
    text = tr("🔐 <b>Your PIN, please</b>\nNothing has been changed or withdrawn yet.")
    return _asked(text, tr, _forgotten(tr))


def _asked(text: Markup, tr: Translator, row: tuple[Button, ...]) -> Screen:
    taken_away = tr(
        "I delete your message as soon as I have read it. What I keep cannot be read back, not "
        "even by us."
    )
    return Screen(text=Markup("{}\n\n{}").format(text, taken_away), rows=(row,))


def _forgotten(tr: Translator) -> tuple[Button, ...]:
    return Button(label=tr.label("I have forgotten it"), tap=ForgetPin(0)), _later(tr)


def _later(tr: Translator) -> Button:
    return Button(label=tr.label("Not now"), tap=LeaveFlow())


def wants_pin(tr: Translator) -> Markup:
    """Something else came."""
    return tr("Please type the digits as a message.")


def not_taken_away(tr: Translator) -> Markup:
    """Telegram did not let the bot delete it."""
    return tr("⚠️ I could not delete your message with the PIN. Please delete it yourself, now.")


def forget_confirm(reset_ms: int, tr: Translator) -> Screen:
    """What forgetting means."""
    text = tr(
        "🔐 <b>Forgotten your PIN?</b>\nIt is removed after {span}, and you can set a new one. "
        "Until then none of your payouts leaves, for it might be somebody else who asks. You get "
        "a message about it, and can stop it at any time.",
        span=tr.span(reset_ms),
    )
    yes = Button(label=tr.label("Yes, remove it"), tap=ForgetPin(SURE), style="danger")
    return Screen(text=text, rows=((yes,), (Button(label=tr.label("No"), tap=ShowPin()),)))


def kept_toast(tr: Translator) -> str:
    """The PIN counts from now on."""
    return tr.label("Your PIN is set.")


def removed_toast(tr: Translator) -> str:
    """Nothing is asked any more."""
    return tr.label("Your PIN is gone.")


def forgotten_toast(tr: Translator) -> str:
    """It goes after a while."""
    return tr.label("Noted. Your payouts wait until then.")


def remembered_toast(tr: Translator) -> str:
    """It stays."""
    return tr.label("Your PIN stays.")


def offer_words(tr: Translator) -> Markup:
    """Said to people who withdraw and have none."""
    return tr("🔐 A PIN keeps your money yours, even when somebody gets hold of your Telegram.")


def offer_button(tr: Translator) -> Button:
    """The way to the first one."""
    return Button(label=tr.label("Set a PIN"), tap=StartPin(KEEP))
