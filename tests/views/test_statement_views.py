"""The account statement: on screens, as CSV, and what stands on its pages of paper."""

import csv
import io
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import Translator, translator
from bot.ui.taps import SendStatement, ShowStatement
from bot.views import statements
from bot.views.statement_csv import decimal, statement_csv
from bot.views.statement_paper import Holder, statement_pages
from bot.views.statement_words import statement_words
from market.deadlines import DAY_MS
from market.money import Currency, Money
from market.read import StatementLine
from market.statement import (
    EVER,
    LATEST,
    AccountStatement,
    Moves,
    Purses,
    StatementRow,
    months_of,
    period_of,
)
from tests.support.samples import NOW_MS
from tests.views.approved import approved

BDT, ZONE = Currency.BDT, ZoneInfo("Asia/Dhaka")
MOVES = Moves(BDT, NOW_MS - 70 * DAY_MS, NOW_MS - DAY_MS)
THIS = period_of(LATEST, MOVES, ZONE)
HOLDER = Holder(person_id=42, name="Rahim <Uddin>", house_name="gighaat_bot", now_ms=NOW_MS)
OPENING = Purses(available=100_000)
CLOSING = Purses(available=100_050, clearing=20_000, credit=300, leaving=5_000, owed=1_000)


def row(code: str, minor: int, balance: int, *, is_inner: bool = False) -> StatementRow:
    """A transfer of a day ago."""
    line = StatementLine(NOW_MS - DAY_MS, code, Money(minor, BDT), "", 16)
    return StatementRow(line, Money(balance, BDT), is_inner=is_inner)


ROWS = (
    row("P5", 25_050, 125_050),
    row("P7", 25_050, 125_050, is_inner=True),
    row("P18", -700, 124_350),
)


def statement(**changes: Any) -> AccountStatement:
    """The present month, in taka."""
    base = AccountStatement(
        currency=BDT,
        currencies=(BDT, Currency.XTR),
        period=THIS,
        months=months_of(MOVES, ZONE),
        opening=OPENING,
        closing=CLOSING,
        rows=ROWS,
        page=0,
        has_more=False,
    )
    return replace(base, **changes)


MIDDLE = replace(statement(), period=period_of(THIS.month - 1, MOVES, ZONE), page=1, has_more=True)
SCREENS = {
    "month": statement(),
    "middle": MIDDLE,
    "ever": statement(period=period_of(EVER, MOVES, ZONE)),
    "only": statement(currencies=(BDT,), months=(THIS.month, THIS.month), rows=()),
}


@pytest.mark.parametrize("name", SCREENS)
def test_screens(name: str) -> None:
    """Both balances, a page of rows, the months and currencies beside, and the files."""

    def draw(tr: Translator) -> Any:
        return statements.statement_screen(SCREENS[name], tr, NOW_MS)

    approved(f"statement/{name}", draw)


def test_toasts_and_captions() -> None:
    """What is coming, and why it is not."""
    approved("statement/coming", statements.coming_toast)
    approved("statement/too_long", lambda tr: statements.too_long_toast(400, tr))
    approved("statement/caption", lambda tr: str(statements.file_caption(statement(), tr)))


def test_files_have_plain_names() -> None:
    """Currency and month; everything has no month."""
    names = [statements.file_name(SCREENS[name], "csv") for name in ("month", "ever")]
    assert names == ["gighaat-statement-bdt-2026-11.csv", "gighaat-statement-bdt.csv"]


def test_buttons_name_currencies_by_their_place() -> None:
    """A place that no button has means the currency used last."""
    found = [statements.currency_at(place) for place in (1, statements.NEWEST, 99)]
    assert found == [BDT, None, None]
    buttons = [
        b.tap for r in statements.statement_screen(MIDDLE, translator("en"), NOW_MS).rows for b in r
    ]
    assert ShowStatement(1, THIS.month, 0) in buttons
    assert SendStatement(1, THIS.month - 1, statements.PDF) in buttons


@pytest.mark.parametrize("language", ["bn", "en"])
def test_csv(language: str) -> None:
    """Excel's mark, a head in the reader's language, Latin figures with a point."""
    raw = statement_csv(statement(), translator(language))
    assert raw.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig")))
    assert len(head) == 8
    assert [cells[2:] for cells in rows] == [
        ["#G", "BDT", "250.50", "", "", "1250.50"],
        ["#G", "BDT", "", "", "250.50", "1250.50"],
        ["#G", "BDT", "", "7.00", "", "1243.50"],
    ]
    assert rows[0][0] == "2026-11-23 12:00:00"


def test_decimals() -> None:
    """All places of the currency, none where it has none."""
    assert [decimal(-5, 2), decimal(1_000_001, 6), decimal(250, 0)] == ["-0.05", "1.000001", "250"]


def test_a_row_without_an_order() -> None:
    """Its cell stays empty."""
    bare = replace(ROWS[0], line=replace(ROWS[0].line, order_id=None))
    rows = list(
        csv.reader(io.StringIO(statement_csv(statement(rows=(bare,)), translator("en")).decode()))
    )
    assert not rows[1][2]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, [0]),
        (15, [15]),
        (16, [16, 0]),
        (19, [19, 0]),
        (20, [19, 1]),
        (35, [19, 16]),
        (36, [19, 17, 0]),
    ],
)
def test_every_row_stands_on_a_page(count: int, expected: list[int]) -> None:
    """The first page begins with the opening balance, the last ends with the closing one."""
    of = statement(rows=(ROWS[0],) * count)
    pages = statement_pages(of, HOLDER, translator("en"))
    assert [len(page.rows) for page in pages] == expected
    assert [page.opening is not None for page in pages] == [True] + [False] * (len(pages) - 1)
    assert [page.closing is not None for page in pages] == [False] * (len(pages) - 1) + [True]
    assert pages[-1].number == f"Page {len(pages)} of {len(pages)}"


def test_what_stands_on_paper() -> None:
    """Who, which money, from when to when, the rows in fixed places, what the end consists of."""
    (page,) = statement_pages(statement(), HOLDER, translator("en"))
    assert [value for _, value in page.facts] == [
        "Rahim <Uddin>",
        "42 at @gighaat_bot",
        "Taka (৳)",
        "1 Nov 2026 to 24 Nov 2026",
        "24 Nov 2026, 12:00 (Asia/Dhaka)",
    ]
    assert [(one.came, one.went, one.balance) for one in page.rows] == [
        ("250.50", "", "1,250.50"),
        ("", "", "1,250.50"),
        ("", "7.00", "1,243.50"),
    ]
    assert page.rows[1].what == "order #G: available now (250.50)"
    assert page.closing == ("Balance at the end", "1,243.50")
    assert [value for _, value in page.parts] == ["1,000.50", "200.00", "50.00", "3.00", "−10.00"]


def test_paper_in_bengali() -> None:
    """Digits, months and words are Bengali."""
    (page,) = statement_pages(statement(), HOLDER, translator("bn"))
    assert page.title == "লেনদেনের বিবরণী"
    assert page.opening == ("শুরুর ব্যালেন্স", "১,০০০.০০")
    assert page.rows[0].date == "২৩ নভেম্বর ২০২৬"


RARE = {"P16": 250, "P23": 250, "P24": -250, "P24_off": 250, "P25": 250, "P26": -250}


@pytest.mark.parametrize("name", RARE)
def test_rare_postings_have_words(name: str) -> None:
    """What the house does by hand is told as well."""
    line = StatementLine(NOW_MS, name.removesuffix("_off"), Money(RARE[name], BDT), "", None)
    approved(f"statement/words_{name}", lambda tr: str(statement_words(line, tr)))
