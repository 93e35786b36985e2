"""A page of an account statement on paper, A4: what stands on it, and the SVG of it."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template

from bot.pictures.wrap import cut, drawable, wrapped, written

WIDTH, HEIGHT = 595, 842
ROWS = 20
_LEFT, _RIGHT = 40, 555
_WHAT_X, _IN_X, _OUT_X = 122, 411, 483
_WHAT_EM, _DATE_EM, _SUM_EM = 20, 9.4, 7.6
_FACT_X, _FACT_TOP, _FACT_STEP, _FACT_EM = 170, 112, 17, 36
_ROW, _SIZE = 27, 9.5
_INK, _GREY, _GREEN = "#2b2118", "#75695e", "#1f6f54"
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """One transfer; of `came` and `went` at most one is filled."""

    date: str
    time: str
    what: str
    came: str
    went: str
    balance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    """All texts are ready to read; `heads` are date, what, in, out and balance.

    `opening` and `closing` are a label and a sum; the other pages have neither. `parts` says what
    the closing balance consists of.
    """

    title: str
    house: str
    facts: tuple[Pair, ...]
    heads: tuple[str, str, str, str, str]
    rows: tuple[PaperRow, ...]
    opening: Pair | None
    closing: Pair | None
    parts: tuple[Pair, ...]
    foot: str
    number: str


@cache
def _template() -> Template:
    return Template(files("bot.pictures").joinpath("statement_page.svg").read_text("utf-8"))


def statement_page_svg(page: StatementPage) -> str:
    """The page as SVG; names are escaped and cut to fit."""
    top = _FACT_TOP + len(page.facts) * _FACT_STEP + 14
    return _template().substitute(
        house=_clean(page.house, 20),
        title=_clean(page.title, 20),
        facts=_facts(page.facts),
        heads=_heads(page.heads, top),
        head_y=top,
        rows=_table(page, top + 24),
        foot=_clean(page.foot, 62),
        number=_clean(page.number, 12),
    )


def _clean(text: str, line_em: float) -> str:
    return written(cut(drawable(text), line_em=line_em))


def _facts(facts: tuple[Pair, ...]) -> str:
    lines = []
    for number, (name, value) in enumerate(facts):
        y = _FACT_TOP + number * _FACT_STEP
        lines.append(_text(_LEFT, y, _clean(name, 12), ink=_GREY))
        lines.append(_text(_FACT_X, y, _clean(value, _FACT_EM), weight=600))
    return "\n    ".join(lines)


def _heads(heads: tuple[str, ...], top: int) -> str:
    places = (_LEFT + 6, _WHAT_X, _IN_X, _OUT_X, _RIGHT - 6)
    return "\n    ".join(
        _text(x, top + 15, _clean(head, _SUM_EM), weight=600, ink="#ffffff", right=at > 1)
        for at, (x, head) in enumerate(zip(places, heads, strict=True))
    )


def _table(page: StatementPage, top: int) -> str:
    y, made = top, []
    if page.opening is not None:
        made.append(_sum(page.opening, y))
        y += _ROW
    for row in page.rows:
        made.append(_row(row, y))
        y += _ROW
    if page.closing is not None:
        made.append(_sum(page.closing, y))
        made += [_part(part, y + _ROW + at * 14) for at, part in enumerate(page.parts)]
    return "\n    ".join(made)


def _sum(pair: Pair, y: int) -> str:
    """A balance across the table, on a shade."""
    shade = f'<rect x="{_LEFT}" y="{y}" width="{_RIGHT - _LEFT}" height="{_ROW}" fill="#f1f7f4"/>'
    name = _text(_LEFT + 6, y + 17, _clean(pair[0], 40), weight=600)
    return shade + name + _text(_RIGHT - 6, y + 17, _clean(pair[1], 16), weight=700, right=True)


def _part(pair: Pair, y: int) -> str:
    name = _text(_LEFT + 6, y + 12, _clean(pair[0], 40), size=8.5, ink=_GREY)
    return name + _text(_RIGHT - 6, y + 12, _clean(pair[1], 16), size=8.5, ink=_GREY, right=True)


def _row(row: PaperRow, y: int) -> str:
    sums = ((row.came, _IN_X, _GREEN), (row.went, _OUT_X, _INK), (row.balance, _RIGHT - 6, _INK))
    line = f'<path d="M{_LEFT} {y + _ROW}h{_RIGHT - _LEFT}" stroke="#2b2118" stroke-opacity=".12"/>'
    cells = [
        line,
        _text(_LEFT + 6, y + 12, _clean(row.date, _DATE_EM), size=8.5),
        _text(_LEFT + 6, y + 22, _clean(row.time, _DATE_EM), size=7.5, ink=_GREY),
        _what(row.what, y),
        *[_text(x, y + 17, _clean(words, 12), ink=ink, right=True) for words, x, ink in sums],
    ]
    return "".join(cells)


def _what(words: str, y: int) -> str:
    """One line in the middle of the row, or two."""
    text = drawable(words)
    lines = wrapped(text, line_em=_WHAT_EM, most=2) or (cut(text, line_em=_WHAT_EM),)
    if len(lines) == 1:
        return _text(_WHAT_X, y + 17, written(lines[0]))
    return "".join(
        _text(_WHAT_X, y + 12 + 11 * at, written(one), size=8.5) for at, one in enumerate(lines)
    )


def _text(  # noqa: PLR0913 - how a text looks
    x: int,
    y: int,
    words: str,
    *,
    size: float = _SIZE,
    weight: int = 400,
    ink: str = _INK,
    right: bool = False,
) -> str:
    anchor = ' text-anchor="end"' if right else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{ink}"{anchor}>'
        f"{words}</text>"
    )
