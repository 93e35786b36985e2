"""The questions of a withdrawal: which way, which account, how much, and everything once more."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    ChangeAccount,
    ConfirmWithdrawal,
    GoHome,
    LeaveFlow,
    PickWay,
    ShowWallet,
    ShowWithdrawals,
    StartSupport,
    StepBack,
    TakeAll,
)
from bot.views.order_state import until
from bot.views.payout_words import CURRENCIES, WAYS, rate_words, target_words, way_name
from bot.views.pins import offer_button, offer_words
from market.money import Money
from market.payout_read import Guard, PayoutOption, WithdrawOffer
from market.payout_terms import PayoutTerms, Quote, Way

PAYSUPPORT = 1
Rows = tuple[tuple[Button, ...], ...]


def way_question(offer: WithdrawOffer, tr: Translator) -> Screen:
    """Every way that is open, with the rate of today."""
    has = " + ".join(tr.money(money) for money in offer.balances)
    head = tr("💸 <b>Withdraw</b>\nYou can withdraw {amount}. Where should it go?", amount=has)
    shown = [option for option in offer.options if option.is_open]
    lines = [line for line in (_rate_line(option, tr) for option in shown) if line is not None]
    text = Markup("\n\n").join([head, Markup("\n").join(dict.fromkeys(lines))]) if lines else head
    rows = tuple((_way_button(option, offer, tr),) for option in shown)
    return Screen(text=text, rows=(*rows, (_later(tr),)))


def _way_button(option: PayoutOption, offer: WithdrawOffer, tr: Translator) -> Button:
    name = way_name(option.way, tr)
    if len(offer.balances) > 1:
        has = next(one for one in offer.balances if one.currency is option.source)
        name = tr.label("{way}, from {amount}", way=name, amount=tr.money(has))
    tap = PickWay(WAYS.index(option.way), CURRENCIES.index(option.source))
    return Button(label=name, tap=tap)


def _rate_line(option: PayoutOption, tr: Translator) -> Markup | None:
    """The rate with its date, for everybody to see before anything is chosen."""
    rate = option.rate
    if rate is None:
        return None
    return tr(
        "Rate: {rate}, set on {date}.",
        rate=rate_words(rate.micro, rate.source, rate.target, tr),
        date=tr.date(rate.set_ms),
    )


def account_question(way: Way, freeze_ms: int, tr: Translator, *, has_one: bool) -> Screen:
    """Number or bank account; a changed one holds payouts back for a while."""
    if way is Way.BANK:
        ask = tr(
            "🏦 <b>Which bank account?</b>\nPlease write in one message: your name as the bank "
            "knows it, the bank and its branch, and the account number."
        )
    else:
        ask = tr(
            "📱 <b>Which {wallet} number?</b>\nPlease write your own personal number, such as "
            "{example}. Check it twice: what is sent to a wrong number rarely comes back.",
            wallet=way_name(way, tr),
            example=tr.digits("01712345678"),
        )
    safe = tr("It is kept encrypted; only the operator who sends the money sees it whole.")
    parts = [ask, safe]
    if has_one:
        parts.append(
            tr(
                "⚠️ A new account holds all your payouts back for {span}, so that nobody else can "
                "send your money elsewhere.",
                span=tr.span(freeze_ms),
            )
        )
    return Screen(text=Markup("\n\n").join(parts), rows=((_later(tr),),))


def wants_account(tr: Translator) -> Markup:
    """Something else came."""
    return tr("Please write the account as a text.")


def amount_question(option: PayoutOption, tr: Translator) -> Screen:
    """How much of the balance; the limits are those of the way."""
    low, high = (Money(minor, option.source) for minor in (option.low_minor, option.high_minor))
    text = tr(
        "💸 <b>How much?</b>\nTo {target}\nFrom {low} to {high}; write a number, or take all.",
        target=target_words(option.way, option.account or "", tr),
        low=tr.money(low),
        high=tr.money(high),
    )
    line = _rate_line(option, tr)
    if line is not None:
        text = Markup("\n\n").join([text, line])
    all_of_it = Button(
        label=tr.label("All: {amount}", amount=tr.money(high)), tap=TakeAll(), style="primary"
    )
    other = Button(label=tr.label("Another account"), tap=ChangeAccount())
    back = Button(label=tr.label("Back"), tap=StepBack())
    others = (other, back) if option.way.is_manual else (back,)
    return Screen(text=text, rows=((all_of_it,), others, (_later(tr),)))


def wants_amount(tr: Translator) -> Markup:
    """Something else came."""
    return tr("Please write how much, as a number.")


def sure_question(
    option: PayoutOption, quote: Quote, offer: WithdrawOffer, tr: Translator
) -> Screen:
    """What leaves, what arrives, what it costs, when; nothing has happened yet."""
    lines = [
        tr("💸 <b>Is this right?</b>"),
        tr("To: {target}", target=target_words(option.way, option.account or "", tr)),
        tr("From your wallet: {amount}", amount=tr.money(quote.source)),
        *_exchange_lines(option, quote, tr),
        tr("Fee: {fee}", fee=tr.money(quote.fee) if quote.fee.minor else tr.label("none")),
        tr("You receive: <b>{amount}</b>", amount=tr.money(quote.net)),
    ]
    parts = [Markup("\n").join(lines), when_words(option.way, offer, tr)]
    parts += [] if offer.has_pin else [offer_words(tr)]
    yes = Button(
        label=tr.label("Withdraw {amount}", amount=tr.money(quote.source)),
        tap=ConfirmWithdrawal(),
        style="primary",
    )
    back = Button(label=tr.label("Another amount"), tap=StepBack())
    rows: Rows = ((yes,), *_pin_row(offer, tr), (back, _later(tr)))
    return Screen(text=Markup("\n\n").join(parts), rows=rows)


def _pin_row(offer: WithdrawOffer, tr: Translator) -> Rows:
    """The way to a first PIN."""
    return () if offer.has_pin else ((offer_button(tr),),)


def _exchange_lines(option: PayoutOption, quote: Quote, tr: Translator) -> tuple[Markup, ...]:
    line = _rate_line(option, tr)
    if line is None:
        return ()
    return (line, tr("Exchanged: {amount}", amount=tr.money(quote.amount)))


def when_words(way: Way, offer: WithdrawOffer, tr: Translator) -> Markup:
    """When it is sent, by whom, and until when one may change one's mind."""
    parts = []
    if offer.is_first:
        parts.append(
            tr(
                "This is your first withdrawal: it is sent from {until} on. The wait protects you "
                "if somebody else should get into your account.",
                until=until(offer.from_ms, offer.now_ms, tr),
            )
        )
    if way.is_manual:
        parts.append(tr("An operator sends it by hand, as a rule within a day."))
    else:
        parts.append(
            tr(
                "It goes to your @CryptoBot wallet by itself. Please open @CryptoBot once before, "
                "or it cannot arrive."
            )
        )
    parts.append(tr("Until it is being sent you can take it back."))
    return Markup(" ").join(parts)


def wants_yes(tr: Translator) -> Markup:
    """Something was typed instead of tapped."""
    return tr("Please use the buttons: nothing has been withdrawn yet.")


def rate_changed(tr: Translator) -> Markup:
    """Another rate counts since the amounts were shown."""
    return tr("The rate has just changed. These are the new amounts:")


def nothing_screen(tr: Translator) -> Screen:
    """There is no available money."""
    text = tr(
        "💸 <b>Nothing can be withdrawn yet.</b>\nWhat you earn becomes available when an order "
        "has been accepted and its clearing time is over; your wallet shows when."
    )
    return Screen(text=text, rows=((_wallet(tr), _home(tr)),))


def held_screen(guard: Guard, now_ms: int, tr: Translator) -> Screen:
    """Something stops the person's payouts."""
    ask = Button(label=tr.label("Ask about a payment"), tap=StartSupport(PAYSUPPORT, 0))
    return Screen(text=held_words(guard, now_ms, tr), rows=((ask,), (_wallet(tr), _home(tr))))


def held_words(guard: Guard, now_ms: int, tr: Translator) -> Markup:
    """Why, and until when."""
    if guard.stopped_ms is not None:
        return tr(
            "🧊 <b>Your payouts are stopped</b>, because you said it was not you. An "
            "operator looks into it and writes to you. Your money stays here."
        )
    return tr(
        "🧊 <b>Your payouts are on hold until {until}</b>, because your account was changed or "
        "your PIN was forgotten. Your money stays here.",
        until=until(guard.until_ms, now_ms, tr),
    )


def account_kept_screen(way: Way, guard: Guard, now_ms: int, tr: Translator) -> Screen:
    """The new account is kept, and payouts wait."""
    head = tr("📱 <b>Your {wallet} account is changed.</b>", wallet=way_name(way, tr))
    text = Markup("{}\n\n{}").format(head, held_words(guard, now_ms, tr))
    return Screen(text=text, rows=((_wallet(tr), _home(tr)),))


def closed_screen(offer: WithdrawOffer, terms: tuple[PayoutTerms, ...], tr: Translator) -> Screen:
    """There is money, but not enough of it, or no way is open for it now."""
    has = " + ".join(tr.money(money) for money in offer.balances)
    least = ", ".join(
        tr.money(Money(one.least_minor, one.currency)) for one in terms if _is_offered(one, offer)
    )
    if not least:
        text = tr(
            "💸 <b>No way is open for {amount} at the moment.</b>\nAn owner of the house sets the "
            "rate for payouts. Please try again later, or ask us.",
            amount=has,
        )
    else:
        text = tr(
            "💸 <b>{amount} cannot be withdrawn at the moment.</b>\nThe smallest withdrawal is "
            "{least}. If you have more than that, the house is just short of funds; please try "
            "again later, or ask us.",
            amount=has,
            least=least,
        )
    ask = Button(label=tr.label("Ask about a payment"), tap=StartSupport(PAYSUPPORT, 0))
    return Screen(text=text, rows=((ask,), (_wallet(tr), _home(tr))))


def _is_offered(terms: PayoutTerms, offer: WithdrawOffer) -> bool:
    return any(option.terms.currency is terms.currency for option in offer.options)


def requested_toast(tr: Translator) -> str:
    """It is asked for."""
    return tr.label("Asked for. I will write to you when it has been sent.")


def _later(tr: Translator) -> Button:
    return Button(label=tr.label("Not now"), tap=LeaveFlow())


def _wallet(tr: Translator) -> Button:
    return Button(label=tr.label("Wallet"), tap=ShowWallet(0))


def _home(tr: Translator) -> Button:
    return Button(label=tr.label("Main menu"), tap=GoHome())


def history_button(tr: Translator) -> Button:
    """The own withdrawals."""
    return Button(label=tr.label("My withdrawals"), tap=ShowWithdrawals(0))
