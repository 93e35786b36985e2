"""Words that withdrawals and payouts share: ways, rates, states."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.typed import one_line, quoted
from bot.views.wallets import wallet_name
from market.money import Currency, Money
from market.payout_read import Guard
from market.payout_terms import MICRO, Way
from market.withdrawal import Withdrawal, WithdrawalState

# As buttons count; only ever append.
WAYS = (Way.BKASH, Way.NAGAD, Way.BANK, Way.CRYPTO_PAY)
CURRENCIES = (Currency.XTR, Currency.BDT, Currency.USD, Currency.USDT)
SIGNS = {
    WithdrawalState.REQUESTED: "⏳",
    WithdrawalState.APPROVED: "⏳",
    WithdrawalState.SENDING: "📤",
    WithdrawalState.PAID: "✅",
    WithdrawalState.FAILED: "⚠️",
    WithdrawalState.RETURNED: "↩️",
    WithdrawalState.CANCELLED: "✖️",
}
_STEPS_MOST = 6
REASON_MAX = 500


def way_name(way: Way, tr: Translator) -> str:
    """Where the money goes."""
    return wallet_name(way.value, tr) if way.is_manual else "Crypto Pay"


def way_at(number: int) -> Way | None:
    """The way behind a button's number."""
    return WAYS[number] if 0 <= number < len(WAYS) else None


def currency_at(number: int) -> Currency | None:
    """The currency behind a button's number."""
    return CURRENCIES[number] if 0 <= number < len(CURRENCIES) else None


def target_words(way: Way, account: str, tr: Translator) -> Markup:
    """BKash 017•••678; Crypto Pay knows the account by itself."""
    name = way_name(way, tr)
    if not account:
        return Markup("{}").format(name)
    return Markup("{} <code>{}</code>").format(name, account)


def reason_words(way: Way, reason: str, tr: Translator) -> Markup:
    """Why it did not go: an operator's own words, or what a rail said, in ours."""
    if way.is_manual:
        return quoted(reason, REASON_MAX)
    match reason:
        case "no_account":
            return tr(
                "You are not known to @CryptoBot yet: open @CryptoBot, press Start there, and ask "
                "for the withdrawal once more."
            )
        case "amount":
            return tr("@CryptoBot does not send this amount. Please choose another one.")
        case _:
            return tr("@CryptoBot would not send it: {why}", why=one_line(reason, REASON_MAX))


def rate_words(micro: int, source: Currency, target: Currency, tr: Translator) -> str:
    """What so many whole units of the source bring: ৳1.58 for 1 ⭐, or for 10 where it is finer."""
    count = next(
        (10**power for power in range(_STEPS_MOST) if 10**power * micro % MICRO == 0),
        10**_STEPS_MOST,
    )
    brings = Money(count * micro // MICRO, target)
    return tr.label(
        "{amount} for {count}", amount=tr.money(brings), count=tr.money(Money(count, source))
    )


def state_label(state: WithdrawalState, tr: Translator) -> str:
    """The state as its person and operators read it."""
    names = {
        WithdrawalState.REQUESTED: tr.label("Waiting to be sent"),
        WithdrawalState.APPROVED: tr.label("Approved, waiting to be sent"),
        WithdrawalState.SENDING: tr.label("Being sent"),
        WithdrawalState.PAID: tr.label("Sent"),
        WithdrawalState.FAILED: tr.label("Could not be sent"),
        WithdrawalState.RETURNED: tr.label("Came back"),
        WithdrawalState.CANCELLED: tr.label("Taken back by its person"),
    }
    return names[state]


def is_held(guard: Guard, now_ms: int) -> bool:
    """Something stops this person's payouts."""
    return guard.stopped_ms is not None or now_ms < guard.until_ms


def exchange_words(withdrawal: Withdrawal, tr: Translator) -> Markup | None:
    """What was exchanged, at which rate, and since when that rate counted."""
    if withdrawal.rate_micro is None or withdrawal.rate_ms is None:
        return None
    source, amount = withdrawal.source, withdrawal.amount
    rate = rate_words(withdrawal.rate_micro, source.currency, amount.currency, tr)
    return tr(
        "Exchanged: {source} into {amount}. Rate: {rate}, set on {date}.",
        source=tr.money(source),
        amount=tr.money(amount),
        rate=rate,
        date=tr.date(withdrawal.rate_ms),
    )
