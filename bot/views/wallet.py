"""The wallet: what is held, clearing and available, and what moved, in plain words."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    GoHome,
    ShowOrder,
    ShowShelves,
    ShowStatement,
    ShowWithdrawals,
    StartSelling,
    StartSupport,
    StartWithdrawal,
)
from bot.views.codes import order_code
from bot.views.order_money import percent, priced
from bot.views.order_state import until
from bot.views.statement_words import statement_words
from bot.views.statements import NEWEST
from market.money import Currency, Money
from market.policy import Policy
from market.read import Balance, StatementLine, Wallet
from market.statement import LATEST

Rows = tuple[tuple[Button, ...], ...]
PAYSUPPORT = 1


def wallet_screen(wallet: Wallet, tr: Translator, policy: Policy, *, now_ms: int) -> Screen:
    """Balances, when more becomes available, and what moved last."""
    if not wallet.lines and not any(map(_is_used, wallet.balances)):
        return _empty(tr, policy)
    parts = [tr("💰 <b>Wallet</b>")]
    parts += [_balance(one, tr, policy) for one in wallet.balances if _is_used(one)]
    parts += [
        part for part in (_coming(wallet, tr, now_ms), _statement(wallet, tr, now_ms)) if part
    ]
    return Screen(text=Markup("\n\n").join(parts), rows=_rows(wallet, tr))


def _empty(tr: Translator, policy: Policy) -> Screen:
    text = tr(
        "💰 <b>Wallet</b>\n\n"
        "No money has moved here yet. This is how it comes:\n\n"
        "1. A buyer orders your gig and pays. The money is <b>held</b>.\n"
        "2. The buyer accepts your delivery. Your share, after the {percent}% fee, is "
        "<b>clearing</b> for {clearing}, and until {hold} after the payment, because a payment "
        "can be reversed until then.\n"
        "3. Then it is <b>available</b>.",
        percent=percent(policy.fee_bp, tr),
        clearing=tr.span(policy.windows.clearing_ms),
        hold=tr.span(policy.windows.charge_hold_ms),
    )
    sell = Button(label=tr.label("Sell"), tap=StartSelling(), style="primary")
    browse = Button(label=tr.label("Browse gigs"), tap=ShowShelves())
    return Screen(text=text, rows=((sell, browse), (_home(tr),)))


def _is_used(balance: Balance) -> bool:
    parts = (balance.held_for_me, balance.paid_held, balance.clearing, balance.available)
    return any(parts) or bool(balance.credit) or bool(balance.leaving)


def _balance(balance: Balance, tr: Translator, policy: Policy) -> Markup:
    def amount(minor: int) -> Markup:
        return priced(Money(minor, Currency(balance.currency)), tr, policy)

    lines = [tr("✅ Available: <b>{amount}</b>", amount=amount(balance.available))]
    if balance.clearing:
        lines.append(tr("⏳ Clearing: {amount}", amount=amount(balance.clearing)))
    if balance.leaving:
        lines.append(tr("💸 On its way to you: {amount}", amount=amount(balance.leaving)))
    if balance.held_for_me:
        lines.append(
            tr(
                "🔒 Held for your open orders, before the fee: {amount}",
                amount=amount(balance.held_for_me),
            )
        )
    if balance.paid_held:
        lines.append(tr("🛍 You paid, still held: {amount}", amount=amount(balance.paid_held)))
    if balance.credit:
        lines.append(tr("🎟 Credit here: {amount}", amount=amount(balance.credit)))
    return Markup("\n").join(lines)


def _coming(wallet: Wallet, tr: Translator, now_ms: int) -> Markup | None:
    """When more becomes available."""
    if wallet.next_clear_ms is None:
        return None
    return tr("Next amount available: {until}", until=until(wallet.next_clear_ms, now_ms, tr))


def _statement(wallet: Wallet, tr: Translator, now_ms: int) -> Markup | None:
    if not wallet.lines:
        return None
    lines = [_line(line, tr, now_ms) for line in wallet.lines]
    return Markup("\n").join([tr("<b>Statement</b>"), *lines])


def _line(line: StatementLine, tr: Translator, now_ms: int) -> Markup:
    plus = "+" if line.amount.minor > 0 else ""
    return tr(
        "{when}: <b>{amount}</b> {what}",
        when=tr.when(line.at_ms, now_ms),
        amount=plus + tr.money(line.amount),
        what=statement_words(line, tr),
    )


def _rows(wallet: Wallet, tr: Translator) -> Rows:
    numbers = dict.fromkeys(line.order_id for line in wallet.lines if line.order_id)
    orders = tuple(
        Button(label=tr.label("Order {code}", code=order_code(number)), tap=ShowOrder(number))
        for number in list(numbers)[:3]
    )
    ask = Button(label=tr.label("Ask about a payment"), tap=StartSupport(PAYSUPPORT, 0))
    return (
        *(row for row in (_leaving(wallet, tr), orders, _whole(wallet, tr)) if row),
        (ask, _home(tr)),
    )


def _leaving(wallet: Wallet, tr: Translator) -> tuple[Button, ...]:
    """Withdrawing, where there is or was something to withdraw."""
    history = Button(label=tr.label("My withdrawals"), tap=ShowWithdrawals(0))
    if any(balance.available for balance in wallet.balances):
        withdraw = Button(label=tr.label("Withdraw"), tap=StartWithdrawal(), style="primary")
        return (withdraw, history)
    was_asked = any(line.code == "P17" for line in wallet.lines)
    return (history,) if was_asked or any(one.leaving for one in wallet.balances) else ()


def _whole(wallet: Wallet, tr: Translator) -> tuple[Button, ...]:
    """The way to months, earlier lines and files."""
    label = tr.label("Statement: months, PDF, CSV")
    tap = ShowStatement(NEWEST, LATEST, 0)
    return (Button(label=label, tap=tap),) if wallet.lines else ()


def _home(tr: Translator) -> Button:
    return Button(label=tr.label("Main menu"), tap=GoHome())
