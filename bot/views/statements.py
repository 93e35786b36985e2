"""The account statement as a screen: a currency, a month or everything, and the ways to a file."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import GoHome, SendStatement, ShowStatement, ShowWallet
from bot.views.house_words import currency_name
from bot.views.statement_words import statement_words
from market.money import Currency, Money
from market.statement import EVER, LATEST, AccountStatement, StatementRow, first_day

CSV, PDF = range(2)
NEWEST = -1
_ALL = tuple(Currency)
Rows = tuple[tuple[Button, ...], ...]


def place_of(currency: Currency) -> int:
    """The currency as buttons count."""
    return _ALL.index(currency)


def currency_at(place: int) -> Currency | None:
    """None for NEWEST and for places that no button of ours has."""
    return _ALL[place] if 0 <= place < len(_ALL) else None


def month_name(month: int, tr: Translator) -> str:
    """A month by its number."""
    day = first_day(month)
    return tr.month(day.year, day.month)


def period_name(of: AccountStatement, tr: Translator) -> str:
    """The month, or everything."""
    if of.period.month == EVER:
        return tr.label("from the first day on")
    return month_name(of.period.month, tr)


def statement_screen(of: AccountStatement, tr: Translator, now_ms: int) -> Screen:
    """Balances at both ends, and a page of what moved between them, newest first."""
    head = tr(
        "📄 <b>Statement: {currency}, {period}</b>\n"
        "At the start: {opening}\n"
        "At the end: <b>{closing}</b>",
        currency=currency_name(of.currency, tr),
        period=period_name(of, tr),
        opening=_sum(of.opening.total, of, tr),
        closing=_sum(of.closing.total, of, tr),
    )
    lines = [_line(row, tr, now_ms) for row in of.rows] or [tr("Nothing moved in this time.")]
    return Screen(
        text=Markup("\n\n").join([head, Markup("\n").join(lines), _what_counts(tr)]),
        rows=_rows(of, tr),
    )


def _sum(minor: int, of: AccountStatement, tr: Translator) -> str:
    return tr.money(Money(minor, of.currency))


def _what_counts(tr: Translator) -> Markup:
    return tr(
        "<i>This counts what you may withdraw, what is clearing, your credit, and what is on its "
        "way to you. Money held for open orders is not in it.</i>"
    )


def _line(row: StatementRow, tr: Translator, now_ms: int) -> Markup:
    line = row.line
    plus = "+" if line.amount.minor > 0 and not row.is_inner else ""
    return tr(
        "{when}: <b>{amount}</b> {what} → {balance}",
        when=tr.when(line.at_ms, now_ms),
        amount=plus + tr.money(line.amount),
        what=statement_words(line, tr),
        balance=tr.money(row.balance),
    )


def _rows(of: AccountStatement, tr: Translator) -> Rows:
    where, month = place_of(of.currency), of.period.month
    files = (
        Button(label=tr.label("PDF for a bank"), tap=SendStatement(where, month, PDF)),
        Button(label=tr.label("CSV for a table"), tap=SendStatement(where, month, CSV)),
    )
    back = Button(label=tr.label("Wallet"), tap=ShowWallet(0))
    home = Button(label=tr.label("Main menu"), tap=GoHome())
    choices = (_pages(of, tr), _months(of, tr), _currencies(of, tr), files, (back, home))
    return tuple(row for row in choices if row)


def _pages(of: AccountStatement, tr: Translator) -> tuple[Button, ...]:
    where, month = place_of(of.currency), of.period.month
    made = []
    if of.page:
        tap = ShowStatement(where, month, of.page - 1)
        made.append(Button(label=tr.label("Previous page"), tap=tap))
    if of.has_more:
        tap = ShowStatement(where, month, of.page + 1)
        made.append(Button(label=tr.label("Next page"), tap=tap))
    return tuple(made)


def _months(of: AccountStatement, tr: Translator) -> tuple[Button, ...]:
    """The months beside this one, and everything; or from everything back to the last month."""
    where, (first, last), month = place_of(of.currency), of.months, of.period.month
    if month == EVER:
        label = tr.label("By month")
        return (Button(label=label, tap=ShowStatement(where, LATEST, 0)),)
    around = [one for one in (month - 1, month + 1) if first <= one <= last]
    made = [Button(label=month_name(one, tr), tap=ShowStatement(where, one, 0)) for one in around]
    everything = Button(label=tr.label("Everything"), tap=ShowStatement(where, EVER, 0))
    return (*made, everything) if first < last else ()


def _currencies(of: AccountStatement, tr: Translator) -> tuple[Button, ...]:
    return tuple(
        Button(label=currency_name(one, tr), tap=ShowStatement(place_of(one), LATEST, 0))
        for one in of.currencies
        if one is not of.currency
    )


def too_long_toast(most: int, tr: Translator) -> str:
    """A file would have too many rows."""
    return tr.label(
        "That is more than {most} rows. Please choose a single month, or the CSV.",
        most=tr.number(most),
    )


def coming_toast(tr: Translator) -> str:
    """Drawing takes a moment."""
    return tr.label("Your file is coming.")


def file_caption(of: AccountStatement, tr: Translator) -> Markup:
    """What the file is."""
    return tr(
        "📄 Your statement: {currency}, {period}",
        currency=currency_name(of.currency, tr),
        period=period_name(of, tr),
    )


def file_name(of: AccountStatement, ending: str) -> str:
    """Latin letters and figures, for any computer."""
    if of.period.month == EVER:
        return f"gighaat-statement-{of.currency.lower()}.{ending}"
    return f"gighaat-statement-{of.currency.lower()}-{first_day(of.period.month):%Y-%m}.{ending}"
