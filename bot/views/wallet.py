"""The wallet: what is held, clearing and available, and what moved, in plain words."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    GoHome,
    ShowOrder,
    ShowPin,
    ShowShelves,
    ShowStatement,
    ShowTrust,
    ShowWithdrawals,
    StartSelling,
    StartSupport,
    StartWithdrawal,
)
from bot.views.codes import order_code
from bot.views.means import clearing_lines, means, payout_lines
from bot.views.order_money import percent, priced
from bot.views.order_state import until
from bot.views.statement_words import statement_words
from bot.views.statements import NEWEST
from market.money import Currency, Money
from market.policy import Policy
from market.rail_cards import OpenWays
from market.read import Balance, StatementLine, Wallet
from market.statement import LATEST

Rows = tuple[tuple[Button, ...], ...]
PAYSUPPORT = 1
# Postings between two purses of one person: the balance is the same before and after.
_INNER = frozenset({"P7", "P17", "P19"})


def wallet_screen(wallet: Wallet, tr: Translator, policy: Policy, *, now_ms: int) -> Screen:
    """Balances, when more becomes available, and what moved last."""
    parts = [tr("💰 <b>Wallet</b>")]
    parts += [_balance(one, tr, policy) for one in wallet.balances if _is_used(one)]
    parts += [
        part for part in (_coming(wallet, tr, now_ms), _statement(wallet, tr, now_ms)) if part
    ]
    return Screen(text=Markup("\n\n").join(parts), rows=_rows(wallet, tr))


def is_empty(wallet: Wallet) -> bool:
    """No money has moved yet."""
    return not wallet.lines and not any(map(_is_used, wallet.balances))


def empty_wallet(ways: OpenWays, tr: Translator, policy: Policy) -> Screen:
    """How money comes here, and from here into one's hand."""
    text = tr(
        "💰 <b>Wallet</b>\n\n"
        "No money has moved here yet. This is how it comes:\n\n"
        "1. A buyer orders your gig and pays with {means}. The money is <b>held</b>.\n"
        "2. The buyer accepts your delivery. Your share, after the {percent}% fee, is "
        "<b>clearing</b>:\n{clearing}\n"
        "3. Then your earnings are <b>available</b>. {in_hand}",
        means=means(ways, tr),
        percent=percent(policy.fee_bp, tr),
        clearing=clearing_lines(ways, tr, policy),
        in_hand=payout_lines(ways, tr, policy),
    )
    sell = Button(label=tr.label("Sell"), tap=StartSelling(), style="primary")
    browse = Button(label=tr.label("Browse gigs"), tap=ShowShelves())
    return Screen(text=text, rows=((sell, browse), (_trust(tr), _home(tr))))


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
    if wallet.next_clear_ms <= now_ms:
        return tr("The next amount becomes available at any moment.")
    return tr("Next amount available: {until}", until=until(wallet.next_clear_ms, now_ms, tr))


def _statement(wallet: Wallet, tr: Translator, now_ms: int) -> Markup | None:
    if not wallet.lines:
        return None
    lines = [_line(line, tr, now_ms) for line in wallet.lines if not _is_told(line, wallet.lines)]
    return Markup("\n").join([tr("<b>Statement</b>"), *lines])


def _is_told(line: StatementLine, lines: tuple[StatementLine, ...]) -> bool:
    """What left one of the person's purses for another one is told by what arrived there."""
    return line.amount.minor < 0 and line.code in _INNER and _arrived(line) in map(_side, lines)


def _side(line: StatementLine) -> tuple[object, ...]:
    return line.at_ms, line.code, line.order_id, line.amount


def _arrived(line: StatementLine) -> tuple[object, ...]:
    return line.at_ms, line.code, line.order_id, Money(-line.amount.minor, line.amount.currency)


def _line(line: StatementLine, tr: Translator, now_ms: int) -> Markup:
    plus = "+" if line.amount.minor > 0 and line.code not in _INNER else ""
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
        (_trust(tr),),
        (Button(label=tr.label("🔐 My PIN"), tap=ShowPin()), ask),
        (_home(tr),),
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


def _trust(tr: Translator) -> Button:
    """Whether the house has what it owes."""
    return Button(label=tr.label("What we hold, what we owe"), tap=ShowTrust())


def _home(tr: Translator) -> Button:
    return Button(label=tr.label("Main menu"), tap=GoHome())
