"""The statement as CSV, for tables: one row per transfer, Latin digits, decimals with a point."""

import csv
import io

from bot.i18n import Translator, plain
from bot.i18n.formats import local
from bot.views.codes import order_code
from bot.views.statement_words import statement_words
from market.statement import AccountStatement, StatementRow

ROWS_MAX = 5_000
_MARK = b"\xef\xbb\xbf"  # by it Excel knows that the file is UTF-8


def statement_csv(of: AccountStatement, tr: Translator) -> bytes:
    """The file, oldest row first; times are of the reader's zone."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_heads(tr))
    writer.writerows(_cells(row, tr) for row in of.rows)
    return _MARK + text.getvalue().encode()


def _heads(tr: Translator) -> list[str]:
    return [
        tr.label("Date ({zone})", zone=tr.zone),
        tr.label("What"),
        tr.label("Of order"),
        tr.label("Currency"),
        tr.label("In"),
        tr.label("Out"),
        tr.label("Between your own accounts"),
        tr.label("Balance"),
    ]


def _cells(row: StatementRow, tr: Translator) -> list[str]:
    line, minor = row.line, row.line.amount.minor
    sums = (
        minor if minor > 0 and not row.is_inner else 0,
        -minor if minor < 0 else 0,
        minor if row.is_inner else 0,
    )
    places = line.amount.currency.exponent
    return [
        f"{local(line.at_ms, tr.zone):%Y-%m-%d %H:%M:%S}",
        plain(statement_words(line, tr)).strip(),
        order_code(line.order_id) if line.order_id else "",
        line.amount.currency.value,
        *[decimal(one, places) if one else "" for one in sums],
        decimal(row.balance.minor, places),
    ]


def decimal(minor: int, places: int) -> str:
    """Minor units with a point and all places: 1200.50."""
    whole, part = divmod(abs(minor), 10**places)
    return ("-" if minor < 0 else "") + (f"{whole}.{part:0{places}d}" if places else f"{whole}")
