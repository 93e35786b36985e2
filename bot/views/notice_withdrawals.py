"""Notices about withdrawals: sent, not sent, came back, the account was changed."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import ShowWallet, ShowWithdrawal, StartSupport, StartWithdrawal, StopPayouts
from bot.views.order_state import until
from bot.views.payout_words import reason_words, target_words, way_name
from bot.views.reading import Reading
from bot.views.withdraw_asks import PAYSUPPORT
from market.money import Currency, Money
from market.notices import Message
from market.payout_terms import Way


def withdrawal_paid(message: Message, _reading: Reading, tr: Translator) -> Screen | None:
    """The money is out; where to look for it."""
    if "withdrawal" not in message.facts:
        return None
    text = tr(
        "✅ <b>{amount} was sent to {way}.</b>\nReference: <code>{reference}</code>. Please look "
        "there; if it has not arrived within an hour, ask us.",
        amount=_amount(message, tr),
        way=way_name(_way(message), tr),
        reference=str(message.facts.get("reference")),
    )
    return Screen(text=text, rows=_rows(message, tr))


def withdrawal_failed(message: Message, _reading: Reading, tr: Translator) -> Screen | None:
    """It could not be sent, and why."""
    if "withdrawal" not in message.facts:
        return None
    text = tr(
        "⚠️ <b>Your withdrawal to {way} could not be sent.</b> {amount} is available in your "
        "wallet again.",
        way=way_name(_way(message), tr),
        amount=_amount(message, tr),
    )
    return Screen(text=_with_reason(text, message, tr), rows=_rows(message, tr))


def withdrawal_returned(message: Message, _reading: Reading, tr: Translator) -> Screen | None:
    """It was sent and came back."""
    if "withdrawal" not in message.facts:
        return None
    text = tr(
        "↩️ <b>Your withdrawal to {way} came back to us.</b> {amount} is available in your wallet.",
        way=way_name(_way(message), tr),
        amount=_amount(message, tr),
    )
    return Screen(text=_with_reason(text, message, tr), rows=_rows(message, tr))


def account_changed(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """To whoever has the person's Telegram open, wherever that is."""
    if "until_ms" not in message.facts:
        return None
    text = tr(
        "🔐 <b>Your account for payouts was changed</b> to {target}. For your safety nothing is "
        "sent before {until}.\n\nWas it not you? Then stop your payouts now.",
        target=target_words(_way(message), str(message.facts.get("account")), tr),
        until=until(_number(message, "until_ms"), reading.now_ms, tr),
    )
    stop = Button(label=tr.label("It was not me"), tap=StopPayouts(0), style="danger")
    wallet = Button(label=tr.label("Wallet"), tap=ShowWallet(0))
    return Screen(text=text, rows=((stop,), (wallet,)))


def payouts_freed(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """Operators have looked."""
    if "until_ms" not in message.facts:
        return None
    until_ms = _number(message, "until_ms")
    if until_ms > reading.now_ms:
        text = tr(
            "🔓 <b>An operator has looked into it: your payouts can go again</b> from {until} on.",
            until=until(until_ms, reading.now_ms, tr),
        )
    else:
        text = tr("🔓 <b>An operator has looked into it: your payouts can go again.</b>")
    withdraw = Button(label=tr.label("Withdraw"), tap=StartWithdrawal())
    wallet = Button(label=tr.label("Wallet"), tap=ShowWallet(0))
    return Screen(text=text, rows=((withdraw, wallet),))


def _with_reason(text: Markup, message: Message, tr: Translator) -> Markup:
    reason = str(message.facts.get("reason") or "")
    if not reason:
        return text
    return Markup("{}\n{}").format(text, reason_words(_way(message), reason, tr))


def _way(message: Message) -> Way:
    return Way(str(message.facts.get("way")))


def _amount(message: Message, tr: Translator) -> str:
    return tr.money(
        Money(_number(message, "amount_minor"), Currency(str(message.facts["currency"])))
    )


def _number(message: Message, name: str) -> int:
    number = message.facts.get(name)
    assert isinstance(number, int), "notices about withdrawals carry their figures"
    return number


def _rows(message: Message, tr: Translator) -> tuple[tuple[Button, ...], ...]:
    number = _number(message, "withdrawal")
    show = Button(label=tr.label("The withdrawal"), tap=ShowWithdrawal(number))
    ask = Button(label=tr.label("Ask about a payment"), tap=StartSupport(PAYSUPPORT, 0))
    return ((show, ask),)
