"""A week of deadlines: what stands on the picture, and the screen that shows it."""

from datetime import date, datetime, time

from markupsafe import Markup

from bot.i18n import Translator
from bot.i18n.formats import zone_info
from bot.pictures.week_card import DayPicture, Entry, WeekCardPicture
from bot.ui.screen import Button, Picture, Screen
from bot.ui.taps import ShowBoard, ShowOrder, ShowWeek
from bot.views.codes import order_code
from bot.views.moments import moment
from bot.views.order_state import SIGNS, state_name
from bot.views.typed import one_line
from market.calendar import Day, Week
from market.read import BoardLine
from market.states import Role

ENTRIES_MAX = 4
LISTED_MAX = 9
TITLE_MAX = 36
WEEKS_MAX = 52
Rows = tuple[tuple[Button, ...], ...]


def week_picture(week: Week, tr: Translator) -> WeekCardPicture:
    """The picture in the reader's language and zone."""
    return WeekCardPicture(
        title=_title(week, tr), days=tuple(_day_picture(day, tr) for day in week.days)
    )


def _title(week: Week, tr: Translator) -> str:
    first, last = tr.short_date(week.from_ms), tr.short_date(week.until_ms - 1)
    return tr.label("{first} to {last}", first=first, last=last)


def _day_picture(day: Day, tr: Translator) -> DayPicture:
    left_out = len(day.lines) - ENTRIES_MAX
    more = ""
    if left_out > 0:
        more = tr.n("and {n} more", "and {n} more", left_out).striptags()
    return DayPicture(
        name=tr.weekday(_noon_ms(day.date, tr)),
        entries=tuple(_entry(line, tr) for line in day.lines[:ENTRIES_MAX]),
        more=more,
        is_work_day=day.is_work_day,
        is_today=day.is_today,
        is_over=day.is_over,
    )


def _noon_ms(day: date, tr: Translator) -> int:
    return int(datetime.combine(day, time(12), zone_info(tr.zone)).timestamp() * 1_000)


def _entry(line: BoardLine, tr: Translator) -> Entry:
    kind = "sell" if line.role is Role.SELLER else "buy"
    return Entry(
        time="" if line.until_ms is None else tr.clock(line.until_ms),
        text=f"{order_code(line.order_id)} {one_line(line.title, TITLE_MAX)}",
        kind="late" if line.is_late else kind,
    )


def week_screen(
    week: Week, tr: Translator, *, weeks_on: int, now_ms: int, picture: Picture | None
) -> Screen:
    """The picture with the nearest deadlines in words, and the weeks before and after."""
    lines = [line for day in week.days for line in day.lines]
    text = Markup("\n").join([_head(week, len(lines), tr), *_listed(lines, now_ms, tr)])
    return Screen(text=text, rows=_rows(lines, weeks_on, tr), media=picture)


def _head(week: Week, count: int, tr: Translator) -> Markup:
    title = _title(week, tr)
    if not count:
        return tr("📅 <b>{week}</b>\nNo deadline in this week.", week=title)
    return tr.n(
        "📅 <b>{week}</b>\n{n} deadline. <i>Green: you sell; blue: you buy; red: late.</i>",
        "📅 <b>{week}</b>\n{n} deadlines. <i>Green: you sell; blue: you buy; red: late.</i>",
        count,
        week=title,
    )


def _listed(lines: list[BoardLine], now_ms: int, tr: Translator) -> list[Markup]:
    return [
        tr(
            "{sign} {when}: {code} {state}",
            sign="⚠️" if line.is_late else SIGNS[line.state],
            when=moment(line.until_ms or 0, tr.when(line.until_ms or 0, now_ms)),
            code=order_code(line.order_id),
            state=state_name(line.state, tr),
        )
        for line in lines[:LISTED_MAX]
    ]


def _rows(lines: list[BoardLine], weeks_on: int, tr: Translator) -> Rows:
    orders = [
        Button(label=order_code(line.order_id), tap=ShowOrder(line.order_id))
        for line in lines[:LISTED_MAX]
    ]
    rows = [tuple(orders[start : start + 3]) for start in range(0, len(orders), 3)]
    turns = []
    if weeks_on > 0:
        turns.append(Button(label=tr.label("Week before"), tap=ShowWeek(weeks_on - 1)))
    if weeks_on < WEEKS_MAX:
        turns.append(Button(label=tr.label("Next week"), tap=ShowWeek(weeks_on + 1)))
    board = Button(label=tr.label("My orders"), tap=ShowBoard(0, 0))
    return (*rows, tuple(turns), (board,))
