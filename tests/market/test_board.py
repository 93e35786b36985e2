"""The work board's order and filters, and the week of deadlines."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from market.board import BoardFilter, in_order, shown
from market.calendar import week_of, week_span
from market.deadlines import DAY_MS, HOUR_MS
from market.read import BoardLine
from market.states import Role, State
from tests.support.orders import PRICE

DHAKA = ZoneInfo("Asia/Dhaka")
WEDNESDAY = datetime(2026, 11, 25, 15, 0, tzinfo=DHAKA)
NOW_MS = int(WEDNESDAY.timestamp() * 1_000)
LINE = BoardLine(
    order_id=1,
    title="Logo",
    role=Role.SELLER,
    state=State.IN_PROGRESS,
    price=PRICE,
    until_ms=NOW_MS + DAY_MS,
    is_late=False,
    waits_for_me=False,
)
LATE = replace(LINE, order_id=2, until_ms=NOW_MS - DAY_MS, is_late=True, waits_for_me=True)
MINE = replace(LINE, order_id=3, until_ms=NOW_MS + HOUR_MS, waits_for_me=True)
BOUGHT = replace(LINE, order_id=4, role=Role.BUYER, state=State.DISPUTED, until_ms=None)
UNREAD = replace(BOUGHT, order_id=5, unread=2)
LINES = (BOUGHT, UNREAD, LINE, MINE, LATE)


def test_what_waits_for_the_reader_comes_first() -> None:
    """His turn, then unread messages, then the rest; within each the nearest moment."""
    assert [line.order_id for line in in_order(LINES)] == [2, 3, 5, 1, 4]


@pytest.mark.parametrize(
    ("which", "ids"),
    [
        (BoardFilter.ALL, [4, 5, 1, 3, 2]),
        (BoardFilter.MY_TURN, [3, 2]),
        (BoardFilter.SELLING, [1, 3, 2]),
        (BoardFilter.BUYING, [4, 5]),
        (BoardFilter.LATE, [2]),
    ],
)
def test_filters_keep_the_order(which: BoardFilter, ids: list[int]) -> None:
    """A filter takes lines away and moves none."""
    assert ids == [line.order_id for line in shown(LINES, which)]


def test_a_week_runs_from_sunday_to_saturday() -> None:
    """Sunday to Thursday are work days; today and the days before it are marked."""
    week = week_of((), now_ms=NOW_MS, zone=DHAKA)
    assert [day.date for day in week.days] == [date(2026, 11, 22 + n) for n in range(7)]
    assert [day.is_work_day for day in week.days] == [True] * 5 + [False] * 2
    assert [day.is_today for day in week.days] == [False] * 3 + [True] + [False] * 3
    assert [day.is_over for day in week.days] == [True] * 3 + [False] * 4
    assert (week.from_ms, week.until_ms) == week_span(NOW_MS, DHAKA)
    assert week.until_ms - week.from_ms == 7 * DAY_MS


def test_deadlines_stand_on_their_days() -> None:
    """Each order on the day of its moment, the earliest first; others do not appear."""
    evening = replace(LINE, order_id=6, until_ms=NOW_MS + 8 * HOUR_MS)
    week = week_of((evening, *LINES), now_ms=NOW_MS, zone=DHAKA)
    assert [[line.order_id for line in day.lines] for day in week.days] == [
        [],
        [],
        [2],
        [3, 6],
        [1],
        [],
        [],
    ]


def test_the_week_is_that_of_the_readers_zone() -> None:
    """At one moment it may be Sunday in Dhaka and still Saturday elsewhere."""
    sunday_ms = int(datetime(2026, 11, 22, 1, 0, tzinfo=DHAKA).timestamp() * 1_000)
    there = week_of((), now_ms=sunday_ms, zone=DHAKA).days[0]
    here = week_of((), now_ms=sunday_ms, zone=UTC).days[-1]
    assert (there.date, there.is_today) == (date(2026, 11, 22), True)
    assert (here.date, here.is_today) == (date(2026, 11, 21), True)


def test_other_weeks_follow_and_precede() -> None:
    """The next week begins where this one ends, also over a change of the clocks."""
    for zone in (DHAKA, ZoneInfo("Europe/Berlin"), timezone(timedelta(hours=-9, minutes=-30))):
        spans = [week_span(NOW_MS, zone, weeks_on=number) for number in range(-8, 9)]
        assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]]
    later = week_of(
        (replace(LINE, until_ms=NOW_MS + 7 * DAY_MS),), now_ms=NOW_MS, zone=DHAKA, weeks_on=1
    )
    assert [len(day.lines) for day in later.days] == [0, 0, 0, 1, 0, 0, 0]
    assert not any(day.is_today or day.is_over for day in later.days)
