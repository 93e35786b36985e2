"""Alarms to operators: what happened, about what, and the way to it."""

from collections.abc import Callable

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.callbacks import Tap
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    ShowAdmin,
    ShowCase,
    ShowClaim,
    ShowDraw,
    ShowGuard,
    ShowHandRefund,
    ShowMoney,
    ShowOrder,
    ShowPayout,
    ShowReport,
    ShowStops,
    ShowStuck,
)
from bot.views.codes import order_code
from bot.views.desk import AUDIT, DESK, NOTICES, REFUNDS, RUNNING, UPDATES
from bot.views.draws import DRAWS, draw_alarms
from bot.views.hand_seconds import REFUNDS as BY_HAND
from bot.views.hand_seconds import second_alarms
from bot.views.house_alarms import STUCK, house_alarms, stuck_words
from bot.views.payout_log import GUARDS, PAYOUTS, payout_alarms
from bot.views.reading import Reading
from bot.views.reasons import note_words
from bot.views.report_words import report_label, strikes_words
from bot.views.typed import quoted
from market.notices import Message
from market.reports import Subject

DETAIL_MAX = 800
REPORT = "report_"
_PAGES = {
    "dead_update": UPDATES,
    "stuck_payment": UPDATES,
    "dead_notice": NOTICES,
    "place_gone": NOTICES,
    "dead_refund": REFUNDS,
    "odd_refund": REFUNDS,
    "audit": AUDIT,
    "sweep": RUNNING,
    "clock": RUNNING,
    "clock_right": RUNNING,
}
_MONEY = frozenset(
    {
        "feed_open",
        "balance",
        "short",
        "refunds_short",
        "stars_extra",
        "exchanged_out",
        "exchange_undone",
        "unattributed",
        "odd_payment",
        "unexplained",
        "sent_unknown",
    }
)
_CLAIMS = frozenset({"claim_second", "claim_differs"})
_STOPS = frozenset({"frozen", "thawed", "safe_mode_left"})
_CASES = frozenset({"dispute", "dispute_waits", "appeal", "verdict_waits"})
_ORDERS = frozenset({"claim", "claim_waits", "fallback", "chargeback", "unlisted"})
_WAYS: tuple[tuple[frozenset[str], Callable[[int], Tap]], ...] = (
    (_CASES, ShowCase),
    (_ORDERS, ShowOrder),
    (_CLAIMS, ShowClaim),
    (BY_HAND, ShowHandRefund),
    (DRAWS, ShowDraw),
    (PAYOUTS, ShowPayout),
    (GUARDS, ShowGuard),
)


def alarm(message: Message, reading: Reading, tr: Translator) -> Screen:
    """To operators: something needs a look."""
    what, about = str(message.facts.get("what")), str(message.facts.get("about") or "")
    text = tr("🚨 <b>{what}</b> {about}", what=_words(what, tr), about=_about(what, about, tr))
    detail = str(message.facts.get("detail") or "")
    if detail:
        text = Markup("{}\n{}").format(text, _detail(what, detail, tr))
    kept_ms = message.facts.get("kept_ms")
    if isinstance(kept_ms, int):
        when = tr.when(kept_ms, reading.now_ms)
        since = tr("<i>Since {when}; until now nobody could be told.</i>", when=when)
        text = Markup("{}\n{}").format(text, since)
    look = Button(label=tr.label("Have a look"), tap=_way(what, about))
    return Screen(text=text, rows=((look,),))


def _detail(what: str, detail: str, tr: Translator) -> Markup:
    if what == f"{REPORT}{Subject.STRIKES}":
        return strikes_words(detail, tr)
    if what.startswith(REPORT):
        return note_words(detail, DETAIL_MAX, tr)
    if what == STUCK:
        return stuck_words(detail, tr)
    return quoted(detail, DETAIL_MAX)


def _number(about: str) -> int:
    return int(about) if about.isascii() and about.isdigit() else 0


def _about(what: str, about: str, tr: Translator) -> Markup:
    number = _number(about)
    if number and what in _CASES | _ORDERS:
        return tr("Order {code}", code=order_code(number))
    if number and (what in _CLAIMS | PAYOUTS | GUARDS | BY_HAND | DRAWS or what.startswith(REPORT)):
        return tr("No. {number}", number=number)
    return Markup.escape(about)


def _way(what: str, about: str) -> Tap:
    number = _number(about)
    found = next((made for known, made in _WAYS if number and what in known), None)
    if found is not None:
        return found(number)
    if number and what.startswith(REPORT):
        return ShowReport(number)
    if what in _MONEY:
        return ShowMoney(0)
    if what == STUCK:
        return ShowStuck()
    return ShowStops() if what in _STOPS else ShowAdmin(_PAGES.get(what, DESK))


def _words(what: str, tr: Translator) -> Markup:
    if what.removeprefix(REPORT) in set(Subject) and what.startswith(REPORT):
        return Markup.escape(report_label(Subject(what.removeprefix(REPORT)), tr))
    words = _of_the_house(tr) | _of_orders(tr) | house_alarms(tr) | payout_alarms(tr)
    words |= second_alarms(tr) | draw_alarms(tr)
    return words.get(what) or tr("Something needs a look.")


def _of_the_house(tr: Translator) -> dict[str, Markup]:
    return {
        "dead_update": tr("An update could not be handled, three times."),
        "stuck_payment": tr("A payment has arrived and cannot be booked."),
        "dead_notice": tr("A notice could not be sent."),
        "dead_refund": tr("A refund could not be sent."),
        "place_gone": tr("A connected group or channel cannot be reached."),
        "odd_refund": tr("A refund was made that the house never promised."),
        "audit": tr("The books are not right: money has stopped going out."),
        "dead_bill": tr("An invoice could not be made. The buyer can ask for another one."),
        "odd_payment": tr(
            "Money has come in that belongs to no order we know, or that we cannot book."
        ),
    }


def _of_orders(tr: Translator) -> dict[str, Markup]:
    return {
        "claim": tr("A buyer says that the money was sent by hand. Please look for it."),
        "claim_waits": tr("A payment by hand still waits to be found. The buyer waits."),
        "dispute": tr("A dispute was opened. Both sides are being heard."),
        "dispute_waits": tr(
            "A dispute still waits. If nobody decides, the buyer is refunded in the end."
        ),
        "appeal": tr("A verdict was appealed. Another operator has the last word."),
        "claim_second": tr("Much money was sent by hand; a second operator has to see it, too."),
        "claim_differs": tr("Two operators saw different amounts of the same payment."),
        "verdict_waits": tr("A verdict waits for a second operator."),
        "fallback": tr("Nobody decided a dispute in time: the buyer gets everything back."),
        "chargeback": tr("A payment was taken back through the provider."),
    }
