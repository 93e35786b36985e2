"""What waits longer than it should, row by row: which, since when, why, and the way to it."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.callbacks import Tap
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    ShowAdmin,
    ShowCase,
    ShowHandRefund,
    ShowMoney,
    ShowOrder,
    ShowPayout,
    ShowStuck,
)
from bot.views.codes import order_code
from bot.views.desk import RUNNING, desk_button
from bot.views.excerpt import excerpt
from bot.views.house_alarms import stuck_names
from bot.views.house_words import rail_words
from market.trust import StuckRow

WHY_MAX = 200
BUTTONS_MOST, IN_ROW = 12, 2
_ROWS = {
    "sending": ShowPayout,
    "claims": ShowOrder,
    "disputes": ShowCase,
    "hand_refunds": ShowHandRefund,
}
_PAGES: dict[str, Tap] = {
    "feed": ShowMoney(0),
    "wallets": ShowMoney(0),
    "sweeps": ShowAdmin(RUNNING),
}
Rows = tuple[tuple[Button, ...], ...]
_ORDERS = frozenset({"claims", "disputes"})
_RAILS = frozenset({"sending", "wallets", "hand_refunds"})


def stuck_screen(rows: tuple[StuckRow, ...], tr: Translator, now_ms: int) -> Screen:
    """What waits longest comes first."""
    head = tr("⏳ <b>Waits longer than it should</b>")
    lines = [_line(row, tr, now_ms) for row in rows] or [tr("Nothing. Good.")]
    text = Markup("\n\n").join([head, *lines])
    again = Button(label=tr.label("Look again"), tap=ShowStuck())
    return Screen(text=text, rows=(*_buttons(rows, tr), (again, desk_button(tr))))


def _buttons(rows: tuple[StuckRow, ...], tr: Translator) -> Rows:
    """Each way once."""
    ways = {tap: Button(label=label, tap=tap) for label, tap in _ways(rows, tr)}
    buttons = tuple(ways.values())[:BUTTONS_MOST]
    starts = range(0, len(buttons), IN_ROW)
    return tuple(buttons[start : start + IN_ROW] for start in starts)


def _line(row: StuckRow, tr: Translator, now_ms: int) -> Markup:
    kind = stuck_names(tr).get(row.kind, row.kind)
    text = Markup("· {}: <b>{}</b>").format(kind, _which(row, tr))
    if row.since_ms is not None:
        since = tr("since {when}", when=tr.when(row.since_ms, now_ms))
        text = Markup("{}, {}").format(text, since)
    if row.why:
        text = Markup("{}\n<code>{}</code>").format(text, excerpt(row.why, WHY_MAX))
    return text


def _which(row: StuckRow, tr: Translator) -> str:
    name = rail_words(row.name, tr) if row.kind in _RAILS else row.name
    if row.number is None:
        return name
    number = order_code(row.number) if row.kind in _ORDERS else tr.number(row.number)
    return f"{number} ({name})" if name else number


def _ways(rows: tuple[StuckRow, ...], tr: Translator) -> list[tuple[str, Tap]]:
    """To the row itself, or to the page where such rows are looked at."""
    found: list[tuple[str, Tap]] = []
    for row in rows:
        if row.kind in _ROWS and row.number is not None:
            found.append((_button(row, tr), _ROWS[row.kind](row.number)))
        elif row.kind in _PAGES:
            found.append((_page(row.kind, tr), _PAGES[row.kind]))
    return found


def _button(row: StuckRow, tr: Translator) -> str:
    if row.kind in _ORDERS:
        return tr.label("Order {code}", code=order_code(row.number or 0))
    number = tr.number(row.number or 0)
    if row.kind == "sending":
        return tr.label("Payout {number}", number=number)
    return tr.label("Refund {number}", number=number)


def _page(kind: str, tr: Translator) -> str:
    return tr.label("How the house runs") if kind == "sweeps" else tr.label("The house's money")
