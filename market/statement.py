"""A person's account statement in one currency: a month or everything, before, rows, after.

All accounts of the person count: what clears, what may be withdrawn, credit, what is on its way
out, and what is owed. Money held for orders belongs to nobody yet and is not in it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from market.money import Currency, Money
from market.read import StatementLine

LATEST, EVER = -1, 0
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Moves:
    """Since when and until when money moved in a currency."""

    currency: Currency
    first_ms: int
    last_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Purses:
    """What the accounts held at a moment, minor units; `owed` is what is owed to the house."""

    available: int = 0
    clearing: int = 0
    credit: int = 0
    leaving: int = 0
    owed: int = 0

    @property
    def total(self) -> int:
        """The balance of the statement."""
        return self.available + self.clearing + self.credit + self.leaving - self.owed


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One transfer and the balance after it; `is_inner`: between two accounts of the person."""

    line: StatementLine
    balance: Money
    is_inner: bool


@dataclass(frozen=True, slots=True)
class Period:
    """A month by its number, or with EVER everything; from a moment until before another."""

    month: int
    from_ms: int
    until_ms: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asks for: a currency (None: the one used last) and a month of his zone.

    `month` is a number, LATEST or EVER.
    """

    currency: Currency | None
    month: int
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Part:
    """Which of the rows are read."""

    offset: int
    limit: int
    newest_first: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountStatement:
    """A page of the statement, or all of it; `months` are those of the first and last move."""

    currency: Currency
    currencies: tuple[Currency, ...]
    period: Period
    months: tuple[int, int]
    opening: Purses
    closing: Purses
    rows: tuple[StatementRow, ...]
    page: int
    has_more: bool


def month_of(at_ms: int, zone: tzinfo) -> int:
    """The number of the month in which a moment lies: twelve a year."""
    day = datetime.fromtimestamp(at_ms / 1_000, zone)
    return day.year * _YEAR + day.month - 1


def first_day(month: int) -> date:
    """The day on which a month begins."""
    year, rest = divmod(month, _YEAR)
    return date(year, rest + 1, 1)


def period_of(month: int, moves: Moves, zone: tzinfo) -> Period:
    """The month, brought to one in which money may have moved; EVER is from first to last."""
    if month == EVER:
        return Period(EVER, moves.first_ms, moves.last_ms + 1)
    first, last = months_of(moves, zone)
    known = last if month == LATEST else min(max(first, month), last)
    return Period(known, _begins_ms(known, zone), _begins_ms(known + 1, zone))


def months_of(moves: Moves, zone: tzinfo) -> tuple[int, int]:
    """The months of the first and of the last move."""
    return month_of(moves.first_ms, zone), month_of(moves.last_ms, zone)


def moves_in(moves: tuple[Moves, ...], currency: Currency | None) -> Moves:
    """Those in the currency; where there are none, those in the currency used last."""
    wanted = [one for one in moves if one.currency is currency]
    return wanted[0] if wanted else max(moves, key=lambda one: one.last_ms)


def _begins_ms(month: int, zone: tzinfo) -> int:
    return int(datetime.combine(first_day(month), time.min, zone).timestamp() * 1_000)
