"""The work board: all orders of a person, what waits for him first, finished ones apart."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import GoHome, ShowBoard, ShowOrder, ShowShelves, StartSelling
from bot.views.codes import order_code
from bot.views.excerpt import excerpt
from bot.views.order_state import SIGNS, state_name, until
from bot.views.typed import one_line
from market.read import Board, BoardLine
from market.states import Role

LABEL_MAX = 34
Rows = tuple[tuple[Button, ...], ...]


def board_screen(board: Board, tr: Translator, *, finished: bool, now_ms: int) -> Screen:
    """One line and one button for each order."""
    parts = [_head(finished, tr), *_groups(board, now_ms, tr)]
    if not board.lines:
        parts.append(_empty(finished, tr))
    return Screen(text=Markup("\n\n").join(parts), rows=_rows(board, finished, tr))


def _head(finished: bool, tr: Translator) -> Markup:  # noqa: FBT001 - which of two tabs
    return tr("📋 <b>Finished orders</b>") if finished else tr("📋 <b>My orders</b>")


def _empty(finished: bool, tr: Translator) -> Markup:  # noqa: FBT001 - which of two tabs
    if finished:
        return tr("No order is finished yet.")
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
        return tr("{sign} {code} {title}\n      you buy · {state}", **facts)
    return tr("{sign} {code} {title}\n      you sell · {state}", **facts)


def _state(line: BoardLine, now_ms: int, tr: Translator) -> Markup:
    state = state_name(line.state, tr)
    if line.is_late:
        return tr("⚠️ <b>late</b> · {state}", state=state)
    if line.until_ms is None:
        return Markup.escape(state)
    moment = until(line.until_ms, now_ms, tr)
    return tr("{state} · due {until}", state=state, until=moment)


def _rows(board: Board, finished: bool, tr: Translator) -> Rows:  # noqa: FBT001 - which tab
    lines = [(_open(line),) for line in board.lines]
    pages = _pages(board, finished, tr)
    starts = _starts(tr) if not board.lines and not finished else ()
    return (*lines, *((pages,) if pages else ()), *starts, (_tab(finished, tr), _home(tr)))


def _open(line: BoardLine) -> Button:
    sign = "⚠️" if line.is_late else SIGNS[line.state]
    label = excerpt(f"{sign} {order_code(line.order_id)} {one_line(line.title)}", LABEL_MAX)
    return Button(label=label, tap=ShowOrder(line.order_id))


def _pages(board: Board, finished: bool, tr: Translator) -> tuple[Button, ...]:  # noqa: FBT001
    made = []
    if board.page:
        back = ShowBoard(int(finished), board.page - 1)
        made.append(Button(label=tr.label("Previous page"), tap=back))
    if board.has_more:
        more = ShowBoard(int(finished), board.page + 1)
        made.append(Button(label=tr.label("Next page"), tap=more))
    return tuple(made)


def _starts(tr: Translator) -> Rows:
    browse = Button(label=tr.label("Browse gigs"), tap=ShowShelves(), style="primary")
    return ((browse, Button(label=tr.label("Sell"), tap=StartSelling())),)


def _tab(finished: bool, tr: Translator) -> Button:  # noqa: FBT001 - which of two tabs
    label = tr.label("Open orders") if finished else tr.label("Finished orders")
    return Button(label=label, tap=ShowBoard(int(not finished), 0))


def _home(tr: Translator) -> Button:
    return Button(label=tr.label("Main menu"), tap=GoHome())
