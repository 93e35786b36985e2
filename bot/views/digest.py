"""The day's summary: at which hour it comes, and what it says."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import ROW_MAX, Button, Screen
from bot.ui.taps import ChooseDigestHour, ShowBoard, ShowDigestHours, ShowOrder, ShowSettings
from bot.views.codes import order_code
from bot.views.moments import deadline
from bot.views.order_state import SIGNS
from bot.views.reading import Reading
from bot.views.typed import one_line
from market.notices import Message
from market.people import Person
from market.states import State

HOURS = (7, 8, 9, 18, 21)
NEVER = -1
TITLE_MAX = 50


def hours_screen(person: Person, tr: Translator) -> Screen:
    """The hours to choose from, the present one marked."""
    text = tr(
        "☀️ <b>A summary of your day</b>\n\nOne message a day: what waits for you, what is due, "
        "what is new. On days with nothing to say I stay silent. At which hour of your clock?"
    )
    buttons = [_hour(hour, person, tr) for hour in HOURS]
    buttons.append(_choice(tr.label("Never"), NEVER, is_on=person.digest_hour is None))
    starts = range(0, len(buttons), ROW_MAX)
    rows = tuple(tuple(buttons[start : start + ROW_MAX]) for start in starts)
    back = Button(label=tr.label("Back"), tap=ShowSettings())
    return Screen(text=text, rows=(*rows, (back,)))


def _hour(hour: int, person: Person, tr: Translator) -> Button:
    return _choice(tr.hour(hour), hour, is_on=person.digest_hour == hour)


def _choice(label: str, hour: int, *, is_on: bool) -> Button:
    return Button(label=label, tap=ChooseDigestHour(hour), style="success" if is_on else None)


def hour_toast(person: Person, tr: Translator) -> str:
    """After the choice."""
    if person.digest_hour is None:
        return tr.label("No daily summary.")
    return tr.label("Your summary comes daily at {hour}.", hour=tr.hour(person.digest_hour))


def digest_notice(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """The summary as it was when it was due; the buttons lead to the orders as they are now."""
    facts = message.facts
    counts = _counts(facts, tr)
    if not counts:
        return None
    nearest = [one for one in _list(facts.get("nearest")) if isinstance(one, dict)]
    parts = [Markup("\n").join([tr("☀️ <b>Your day at GigHaat</b>"), *counts])]
    if nearest:
        lines = [_line(one, reading.now_ms, tr) for one in nearest]
        parts.append(Markup("\n").join([tr("<b>Next deadlines</b>"), *lines]))
    return Screen(text=Markup("\n\n").join(parts), rows=_rows(nearest, tr))


def _counts(facts: dict[str, object], tr: Translator) -> list[Markup]:
    waiting, late, unread, soon = (
        _number(facts.get(name)) for name in ("waiting", "late", "unread", "soon")
    )
    lines = (
        waiting and tr.n("👉 {n} order waits for you", "👉 {n} orders wait for you", waiting),
        late and tr.n("⚠️ {n} order is late", "⚠️ {n} orders are late", late),
        soon and tr.n("⏰ {n} is due within a day", "⏰ {n} are due within a day", soon),
        unread and tr.n("💬 {n} new message", "💬 {n} new messages", unread),
    )
    return [line for line in lines if line]


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _line(one: dict[str, object], now_ms: int, tr: Translator) -> Markup:
    return tr(
        "{sign} {code} {title} · {until}",
        sign=SIGNS[State(str(one["state"]))],
        code=order_code(_number(one["order"])),
        title=one_line(str(one["title"]), TITLE_MAX),
        until=deadline(_number(one["until_ms"]), now_ms, tr),
    )


def _rows(nearest: list[dict[str, object]], tr: Translator) -> tuple[tuple[Button, ...], ...]:
    orders = [
        Button(label=order_code(_number(one["order"])), tap=ShowOrder(_number(one["order"])))
        for one in nearest
    ]
    starts = range(0, len(orders), ROW_MAX)
    rows = tuple(tuple(orders[start : start + ROW_MAX]) for start in starts)
    board = Button(label=tr.label("My orders"), tap=ShowBoard(0, 0), style="primary")
    hour = Button(label=tr.label("Change the hour"), tap=ShowDigestHours())
    return (*rows, (board, hour))
