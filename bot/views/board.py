"""The work board: all orders of a person, what waits for him first, finished ones apart."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import ROW_MAX, Button, Screen
from bot.ui.taps import (
    FilterBoard,
    GoHome,
    ShowBoard,
    ShowOrder,
    ShowShelves,
    ShowWeek,
    StartSelling,
)
from bot.views.codes import order_code
from bot.views.excerpt import excerpt
from bot.views.moments import deadline
from bot.views.order_state import SIGNS, state_name
from bot.views.typed import one_line
from market.board import BoardFilter
from market.read import Board, BoardLine
from market.states import Role

LABEL_MAX = 34
FILTERS = (
    BoardFilter.ALL,
    BoardFilter.MY_TURN,
    BoardFilter.SELLING,
    BoardFilter.BUYING,
    BoardFilter.LATE,
)
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """How the board is looked at: the finished orders, or those that go on and pass a filter."""

    finished: bool
    which: BoardFilter


def filter_at(number: int) -> BoardFilter:
    """The filter behind a button's number; an unknown one shows everything."""
    return FILTERS[number] if 0 <= number < len(FILTERS) else BoardFilter.ALL


def board_screen(
    board: Board,
    tr: Translator,
    *,
    now_ms: int,
    finished: bool = False,
    which: BoardFilter = BoardFilter.ALL,
) -> Screen:
    """One line and one button for each order."""
    looked = Looked(finished=finished, which=which)
    parts = [_head(looked, tr), *_groups(board, now_ms, tr)]
    if not board.lines:
        parts.append(_empty(looked, tr))
    return Screen(text=Markup("\n\n").join(parts), rows=_rows(board, looked, tr))


def _head(looked: Looked, tr: Translator) -> Markup:
    if looked.finished:
        return tr("📋 <b>Finished orders</b>")
    if looked.which is BoardFilter.ALL:
        return tr("📋 <b>My orders</b>")
    return tr("📋 <b>My orders</b>: {filter}", filter=_filter_name(looked.which, tr))


def _empty(looked: Looked, tr: Translator) -> Markup:
    if looked.finished:
        return tr("No order is finished yet.")
    match looked.which:
        case BoardFilter.MY_TURN:
            return tr("Nothing waits for you. Well done!")
        case BoardFilter.LATE:
            return tr("Nothing is late.")
        case BoardFilter.SELLING | BoardFilter.BUYING:
            return tr("No orders of this kind at the moment.")
        case BoardFilter.ALL:
            return tr(
                "No orders at the moment. Find something to order, or offer a gig yourself: your "
                "orders will show up here, the most urgent first."
            )


def _groups(board: Board, now_ms: int, tr: Translator) -> list[Markup]:
    mine = [line for line in board.lines if line.waits_for_me]
    others = [line for line in board.lines if not line.waits_for_me]
    groups = []
    if mine:
        groups.append(_group(tr("<b>Waiting for you</b>"), mine, now_ms, tr))
    if others:
        head = tr("<b>Waiting for others</b>") if mine else None
        groups.append(_group(head, others, now_ms, tr))
    return groups


def _group(head: Markup | None, lines: list[BoardLine], now_ms: int, tr: Translator) -> Markup:
    words = [_line(line, now_ms, tr) for line in lines]
    return Markup("\n\n").join(words) if head is None else Markup("\n").join([head, *words])


def _line(line: BoardLine, now_ms: int, tr: Translator) -> Markup:
    facts = {
        "sign": SIGNS[line.state],
        "code": order_code(line.order_id),
        "title": one_line(line.title, 60),
        "state": _state(line, now_ms, tr),
    }
    if line.role is Role.BUYER:
        words = tr("{sign} {code} {title}\n      you buy · {state}", **facts)
    else:
        words = tr("{sign} {code} {title}\n      you sell · {state}", **facts)
    return Markup("").join([words, *_notes(line, tr)])


def _notes(line: BoardLine, tr: Translator) -> list[Markup]:
    """What is asked within the order, and new messages."""
    notes = []
    if line.has_request:
        asked = tr("🤝 your answer is asked for")
        notes.append(asked if line.waits_for_me else tr("🤝 an answer is waited for"))
    if line.unread:
        notes.append(tr.n("💬 {n} new message", "💬 {n} new messages", line.unread))
    return [Markup("\n      {}").format(Markup(" · ").join(notes))] if notes else []


def _state(line: BoardLine, now_ms: int, tr: Translator) -> Markup:
    state = state_name(line.state, tr)
    if line.is_late:
        return tr("⚠️ <b>late</b> · {state}", state=state)
    if line.until_ms is None:
        return Markup.escape(state)
    moment = deadline(line.until_ms, now_ms, tr)
    return tr("{state} · due {until}", state=state, until=moment)


def _rows(board: Board, looked: Looked, tr: Translator) -> Rows:
    lines = [(_open(line),) for line in board.lines]
    pages = _pages(board, looked, tr)
    is_bare = not board.lines and not looked.finished and looked.which is BoardFilter.ALL
    starts = _starts(tr) if is_bare else ()
    filters = () if is_bare or looked.finished else _filters(looked.which, tr)
    last = (_tab(looked, tr), _home(tr))
    return (*lines, *((pages,) if pages else ()), *filters, *starts, last)


def _open(line: BoardLine) -> Button:
    sign = "⚠️" if line.is_late else SIGNS[line.state]
    news = " 💬" if line.unread else ""
    label = excerpt(f"{sign} {order_code(line.order_id)} {one_line(line.title)}", LABEL_MAX)
    return Button(label=f"{label}{news}", tap=ShowOrder(line.order_id))


def _pages(board: Board, looked: Looked, tr: Translator) -> tuple[Button, ...]:
    made = []
    if board.page:
        back = _page(looked, board.page - 1)
        made.append(Button(label=tr.label("Previous page"), tap=back))
    if board.has_more:
        more = _page(looked, board.page + 1)
        made.append(Button(label=tr.label("Next page"), tap=more))
    return tuple(made)


def _page(looked: Looked, page: int) -> ShowBoard | FilterBoard:
    if looked.finished:
        return ShowBoard(1, page)
    return FilterBoard(FILTERS.index(looked.which), page)


def _filters(chosen: BoardFilter, tr: Translator) -> Rows:
    """All filters, the chosen one marked, and the week's picture."""
    buttons = [
        Button(
            label=_filter_name(which, tr),
            tap=FilterBoard(number, 0),
            style="success" if which is chosen else None,
        )
        for number, which in enumerate(FILTERS)
    ]
    buttons.append(Button(label=tr.label("📅 This week"), tap=ShowWeek(0)))
    starts = range(0, len(buttons), ROW_MAX)
    return tuple(tuple(buttons[start : start + ROW_MAX]) for start in starts)


def _filter_name(which: BoardFilter, tr: Translator) -> str:
    names = {
        BoardFilter.ALL: tr.label("All"),
        BoardFilter.MY_TURN: tr.label("My turn"),
        BoardFilter.SELLING: tr.label("Selling"),
        BoardFilter.BUYING: tr.label("Buying"),
        BoardFilter.LATE: tr.label("Late"),
    }
    return names[which]


def _starts(tr: Translator) -> Rows:
    browse = Button(label=tr.label("Browse gigs"), tap=ShowShelves(), style="primary")
    return ((browse, Button(label=tr.label("Sell"), tap=StartSelling())),)


def _tab(looked: Looked, tr: Translator) -> Button:
    label = tr.label("Open orders") if looked.finished else tr.label("Finished orders")
    return Button(label=label, tap=ShowBoard(int(not looked.finished), 0))


def _home(tr: Translator) -> Button:
    return Button(label=tr.label("Main menu"), tap=GoHome())
