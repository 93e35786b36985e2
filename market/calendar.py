"""A week of deadlines as a value: seven days from Sunday on, in the reader's time zone.

Work days are those of Bangladesh, Sunday to Thursday. The picture of it is drawn elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from market.board import moment_ms
from market.read import BoardLine

DAYS = 7
_FRIDAY, _SATURDAY = 4, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day with the orders due on it, the earliest first."""

    date: date
    is_work_day: bool
    is_today: bool
    is_over: bool
    lines: tuple[BoardLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven days; it begins at `from_ms` and ends before `until_ms`."""

    from_ms: int
    until_ms: int
    days: tuple[Day, ...]


def week_span(now_ms: int, zone: tzinfo, *, weeks_on: int = 0) -> tuple[int, int]:
    """From when until when the week runs that is `weeks_on` weeks after the present one."""
    sunday = _sunday(_date(now_ms, zone)) + timedelta(weeks=weeks_on)
    return _midnight_ms(sunday, zone), _midnight_ms(sunday + timedelta(days=DAYS), zone)


def week_of(lines: Iterable[BoardLine], *, now_ms: int, zone: tzinfo, weeks_on: int = 0) -> Week:
    """The week with those of the lines whose moment lies in it."""
    from_ms, until_ms = week_span(now_ms, zone, weeks_on=weeks_on)
    today, sunday = _date(now_ms, zone), _date(from_ms, zone)
    due = [line for line in lines if from_ms <= moment_ms(line) < until_ms]
    due.sort(key=lambda line: (moment_ms(line), line.order_id))
    dates = [sunday + timedelta(days=number) for number in range(DAYS)]
    by_date = {one: [line for line in due if _date(moment_ms(line), zone) == one] for one in dates}
    days = tuple(_day(one, today, tuple(by_date[one])) for one in dates)
    return Week(from_ms=from_ms, until_ms=until_ms, days=days)


def _day(one: date, today: date, lines: tuple[BoardLine, ...]) -> Day:
    return Day(
        date=one,
        is_work_day=one.weekday() not in {_FRIDAY, _SATURDAY},
        is_today=one == today,
        is_over=one < today,
        lines=lines,
    )


def _sunday(day: date) -> date:
    return day - timedelta(days=day.isoweekday() % DAYS)


def _date(at_ms: int, zone: tzinfo) -> date:
    return datetime.fromtimestamp(at_ms / 1_000, zone).date()


def _midnight_ms(day: date, zone: tzinfo) -> int:
    return int(datetime.combine(day, time.min, zone).timestamp() * 1_000)
