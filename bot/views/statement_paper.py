"""The statement on paper: what stands on its pages, oldest row first."""

from dataclasses import dataclass
from itertools import pairwise

from bot.i18n import Translator, plain
from bot.pictures.statement_page import ROWS, Pair, PaperRow, StatementPage
from bot.views.house_words import currency_name
from bot.views.statement_words import statement_words
from bot.views.typed import name_of
from market.money import Money
from market.statement import AccountStatement, StatementRow

ROWS_MAX = 400
HOUSE = "GigHaat"
_CLOSING = 4  # as many rows the closing balance and its parts take


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose statement it is, and when it was drawn up."""

    person_id: int
    name: str
    house_name: str
    now_ms: int


def statement_pages(
    of: AccountStatement, holder: Holder, tr: Translator
) -> tuple[StatementPage, ...]:
    """The pages; the first begins with the opening balance, the last ends with the closing one."""
    cuts = _cuts(len(of.rows))
    facts, last = _facts(of, holder, tr), len(cuts) - 1
    return tuple(
        StatementPage(
            title=tr.label("Account statement"),
            house=HOUSE,
            facts=facts,
            heads=_heads(tr),
            rows=tuple(_row(row, tr) for row in of.rows[start:end]),
            opening=_opening(of, tr) if number == 0 else None,
            closing=_closing(of, tr) if number == last else None,
            parts=_parts(of, tr) if number == last else (),
            foot=_foot(tr),
            number=tr.label("Page {number} of {all}", number=number + 1, all=last + 1),
        )
        for number, (start, end) in enumerate(cuts)
    )


def _cuts(count: int) -> list[tuple[int, int]]:
    """From which row to which each page goes."""
    ends = [0, min(count, ROWS - 1)]
    while count - ends[-2] + _CLOSING > ROWS - (len(ends) == 2):
        ends.append(min(count, ends[-1] + ROWS))
    return list(pairwise(ends))


def _facts(of: AccountStatement, holder: Holder, tr: Translator) -> tuple[Pair, ...]:
    until_ms = min(of.period.until_ms - 1, holder.now_ms)
    from_to = tr.label(
        "{first} to {last}", first=tr.date(of.period.from_ms), last=tr.date(until_ms)
    )
    made = tr.label(
        "{day}, {time} ({zone})",
        day=tr.date(holder.now_ms),
        time=tr.clock(holder.now_ms),
        zone=tr.zone,
    )
    return (
        (tr.label("Name on Telegram"), name_of(holder.name)),
        (
            tr.label("Account number"),
            tr.label("{n} at @{bot}", n=holder.person_id, bot=holder.house_name),
        ),
        (tr.label("Currency"), currency_name(of.currency, tr)),
        (tr.label("Period"), from_to),
        (tr.label("Drawn up"), made),
    )


def _heads(tr: Translator) -> tuple[str, str, str, str, str]:
    return (
        tr.label("Date"),
        tr.label("What"),
        tr.label("In"),
        tr.label("Out"),
        tr.label("Balance"),
    )


def _row(row: StatementRow, tr: Translator) -> PaperRow:
    line, minor = row.line, row.line.amount.minor
    moved = tr.figures(Money(abs(minor), line.amount.currency))
    words = plain(statement_words(line, tr)).strip()
    return PaperRow(
        date=tr.date(line.at_ms),
        time=tr.clock(line.at_ms),
        what=f"{words} ({moved})" if row.is_inner else words,
        came=moved if minor > 0 and not row.is_inner else "",
        went=moved if minor < 0 else "",
        balance=tr.figures(row.balance),
    )


def _opening(of: AccountStatement, tr: Translator) -> Pair:
    return (tr.label("Balance at the start"), _sum(of.opening.total, of, tr))


def _closing(of: AccountStatement, tr: Translator) -> Pair:
    return (tr.label("Balance at the end"), _sum(of.closing.total, of, tr))


def _parts(of: AccountStatement, tr: Translator) -> tuple[Pair, ...]:
    """What the closing balance consists of; what is nothing is not said."""
    held = of.closing
    parts = (
        (tr.label("of it ready to be withdrawn"), held.available),
        (tr.label("of it earned and clearing"), held.clearing),
        (tr.label("of it on its way to the account holder"), held.leaving),
        (tr.label("of it credit, to be spent at GigHaat"), held.credit),
        (tr.label("owed to GigHaat"), -held.owed),
    )
    return tuple((name, _sum(minor, of, tr)) for name, minor in parts if minor)


def _sum(minor: int, of: AccountStatement, tr: Translator) -> str:
    return tr.figures(Money(minor, of.currency))


def _foot(tr: Translator) -> str:
    return tr.label(
        "Made by machine from GigHaat's books, and so not signed. Money held for open orders is "
        "not included."
    )
