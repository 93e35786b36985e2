"""The picture of a week of deadlines: seven days under each other, and the SVG of it."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template

from bot.pictures.wrap import cut, drawable, written

WIDTH = 800
_TOP, _ROW, _ENTRY, _FOOT = 96, 58, 40, 24
_COLOURS = {"late": "#b3261e", "sell": "#1f6f54", "buy": "#1f5fa8"}
_INK, _PALE_INK = "#2b2118", "#9a8f84"
_TIME_X, _TEXT_X, _TEXT_WIDTH = 236, 372, 396


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One deadline: its time, what is due, and whether it is 'sell', 'buy' or 'late'."""

    time: str
    text: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPicture:
    """One day, with those of its deadlines that are drawn; `more` speaks of the others."""

    name: str
    entries: tuple[Entry, ...]
    more: str
    is_work_day: bool
    is_today: bool
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCardPicture:
    """All texts are ready to read."""

    title: str
    days: tuple[DayPicture, ...]


@cache
def _template() -> Template:
    return Template(files("bot.pictures").joinpath("week_card.svg").read_text("utf-8"))


def week_card_svg(week: WeekCardPicture) -> str:
    """The week as SVG, as high as its days need."""
    parts, y = [], _TOP
    for day in week.days:
        parts.append(_day(day, y))
        y += _height(day)
    return _template().substitute(
        height=y + _FOOT,
        inner=y - _TOP,
        title=written(cut(drawable(week.title), line_em=20)),
        days="\n    ".join(parts),
    )


def _height(day: DayPicture) -> int:
    lines = len(day.entries) + bool(day.more)
    return max(_ROW, lines * _ENTRY + _ROW - _ENTRY)


def _day(day: DayPicture, y: int) -> str:
    height = _height(day)
    ink = _PALE_INK if day.is_over else _INK
    weight = 700 if day.is_today else 500
    name = written(cut(drawable(day.name), line_em=8.2))
    shade = _shade(day, y, height)
    line = f'<path d="M24 {y}h752" stroke="#2b2118" stroke-opacity=".14" stroke-width="1.5"/>'
    style = f'font-size="24" font-weight="{weight}" fill="{ink}"'
    head = f'<text x="40" y="{y + 38}" {style}>{name}</text>'
    rows = [_entry(entry, y + 38 + number * _ENTRY) for number, entry in enumerate(day.entries)]
    if day.more:
        rows.append(_more(day.more, y + 38 + len(day.entries) * _ENTRY))
    return "".join([shade, line, head, *rows])


def _shade(day: DayPicture, y: int, height: int) -> str:
    """Today is lit, days off are grey."""
    if day.is_today:
        fill, opacity = "#ffd54a", ".34"
    elif not day.is_work_day:
        fill, opacity = "#2b2118", ".06"
    else:
        return ""
    return (
        f'<rect x="24" y="{y}" width="752" height="{height}" fill="{fill}" '
        f'fill-opacity="{opacity}"/>'
    )


def _entry(entry: Entry, y: int) -> str:
    colour = _COLOURS[entry.kind]
    time = written(cut(drawable(entry.time), line_em=6.4))
    text = written(cut(drawable(entry.text), line_em=_TEXT_WIDTH / 22))
    return (
        f'<circle cx="{_TIME_X - 16}" cy="{y - 8}" r="7" fill="{colour}"/>'
        f'<text x="{_TIME_X}" y="{y}" font-size="21" font-weight="600" fill="{colour}">{time}'
        "</text>"
        f'<text x="{_TEXT_X}" y="{y}" font-size="22" font-weight="500" fill="{_INK}">{text}</text>'
    )


def _more(words: str, y: int) -> str:
    text = written(cut(drawable(words), line_em=20))
    return f'<text x="{_TEXT_X}" y="{y}" font-size="20" fill="{_PALE_INK}">{text}</text>'
