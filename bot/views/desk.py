"""The operators' desk: what waits for them, by kind, and the ways to everything else of theirs."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    GoHome,
    ShowAdmin,
    ShowHouseCoupons,
    ShowLog,
    ShowMoney,
    ShowQueue,
    ShowRails,
    ShowRates,
)
from market.desk import Queues

# The numbers of the queues in buttons; only ever append.
(
    DISPUTES,
    APPEALS,
    CLAIMS,
    REPORTS,
    STRIKES,
    FIRST_GIGS,
    REOPEN,
    STANDING,
    SUPPORT,
    HAND_REFUNDS,
    PAYOUTS,
    DRAWS,
) = range(12)
DESK, UPDATES, NOTICES, REFUNDS, AUDIT, RUNNING = range(6)
IN_ROW = 2
Rows = tuple[tuple[Button, ...], ...]


def queue_name(queue: int, tr: Translator) -> str:
    """The queue in a word or two, with its sign."""
    names = {
        DISPUTES: tr.label("⚖️ Disputes"),
        APPEALS: tr.label("📜 Appeals"),
        CLAIMS: tr.label("💳 Payments to find"),
        REPORTS: tr.label("🚩 Reports"),
        STRIKES: tr.label("📵 Contact data"),
        FIRST_GIGS: tr.label("🌱 First gigs"),
        REOPEN: tr.label("🔓 Wishes to reopen"),
        STANDING: tr.label("🙋 Appeals of people"),
        SUPPORT: tr.label("💬 Support"),
        HAND_REFUNDS: tr.label("↩️ Refunds by hand"),
        PAYOUTS: tr.label("📤 Payouts"),
        DRAWS: tr.label("🏦 Draws and goodwill to confirm"),
    }
    return names[queue]


def desk_screen(queues: Queues, tr: Translator) -> Screen:
    """Every queue that is not empty with its count; then the house, the log, the main menu."""
    counts, dead = _counts(queues), _dead(queues)
    waiting = [(queue, count) for queue, count in counts.items() if count]
    lines = [_line(queue_name(queue, tr), count, queues.most, tr) for queue, count in waiting]
    lines += [_line(_dead_name(page, tr), dead[page], queues.most, tr) for page in dead]
    text = tr("<b>The desk</b>\nThis waits for an operator, the oldest first in every queue:")
    if not lines:
        lines, text = [tr("Nothing waits. Good.")], tr("<b>The desk</b>")
    text = Markup("{}\n\n{}\n\n{}").format(text, Markup("\n").join(lines), _hint(tr))
    buttons = [
        Button(label=_counted(queue_name(queue, tr), count, queues.most, tr), tap=tap)
        for queue, count in waiting
        for tap in [ShowQueue(queue, 0)]
    ]
    buttons += [Button(label=_dead_name(page, tr), tap=ShowAdmin(page)) for page in dead]
    return Screen(text=text, rows=(*_rows(buttons), *_last(tr)))


def _counts(queues: Queues) -> dict[int, int]:
    return {
        DISPUTES: queues.disputes,
        APPEALS: queues.appeals,
        CLAIMS: queues.claims,
        REPORTS: queues.reports,
        STRIKES: queues.strikes,
        FIRST_GIGS: queues.first_gigs,
        REOPEN: queues.reopen,
        STANDING: queues.standing,
        SUPPORT: queues.threads,
        HAND_REFUNDS: queues.hand_refunds,
        PAYOUTS: queues.payouts,
        DRAWS: queues.draws,
    }


def _dead(queues: Queues) -> dict[int, int]:
    """Pages of what was given up, where there is anything."""
    pages = {
        UPDATES: queues.dead_updates,
        NOTICES: queues.dead_notices,
        REFUNDS: queues.failed_refunds,
    }
    return {page: count for page, count in pages.items() if count}


def _dead_name(page: int, tr: Translator) -> str:
    names = {
        UPDATES: tr.label("⚠️ Updates given up"),
        NOTICES: tr.label("⚠️ Notices given up"),
        REFUNDS: tr.label("⚠️ Failed refunds"),
    }
    return names[page]


def _line(name: str, count: int, most: int, tr: Translator) -> Markup:
    return Markup("{}: <b>{}</b>").format(name, counted(count, most, tr))


def _counted(name: str, count: int, most: int, tr: Translator) -> str:
    return f"{name} ({counted(count, most, tr)})"


def counted(count: int, most: int, tr: Translator) -> str:
    """A count that ends at `most`."""
    number = tr.number(min(count, most))
    return tr.label("{number} or more", number=number) if count >= most else number


def _hint(tr: Translator) -> Markup:
    return tr(
        "<i>Find somebody: {command} with a Telegram id, an own number or an order's code.</i>",
        command="/admin 123",
    )


def _rows(buttons: list[Button]) -> Rows:
    starts = range(0, len(buttons), IN_ROW)
    return tuple(tuple(buttons[start : start + IN_ROW]) for start in starts)


def _last(tr: Translator) -> Rows:
    return (
        (
            Button(label=tr.label("How the house runs"), tap=ShowAdmin(RUNNING)),
            Button(label=tr.label("The log"), tap=ShowLog(0)),
        ),
        (
            Button(label=tr.label("Ways to pay"), tap=ShowRails()),
            Button(label=tr.label("💱 Rates"), tap=ShowRates()),
        ),
        (
            Button(label=tr.label("The house's money"), tap=ShowMoney(0)),
            Button(label=tr.label("🏷 Coupons"), tap=ShowHouseCoupons()),
        ),
        (
            Button(label=tr.label("Look again"), tap=ShowAdmin(DESK)),
            Button(label=tr.label("Main menu"), tap=GoHome()),
        ),
    )


def desk_button(tr: Translator) -> Button:
    """The way back to the desk."""
    return Button(label=tr.label("The desk"), tap=ShowAdmin(DESK))
