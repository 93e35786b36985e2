"""The operators' log in words: who did what, about what, and why. Nobody can change it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import GoHome, ShowLog, ShowMoney
from bot.views.codes import order_code
from bot.views.desk import desk_button
from bot.views.house_alarms import house_acts
from bot.views.payout_log import payout_acts
from bot.views.person_words import operator_name
from bot.views.typed import one_line
from market.reports import Act

PAGE = 12
WHY_MAX = 120
_ABOUT = re.compile(
    r"(person|order|gig|report|row|thread|withdrawal) (\d+)(?: by \d+)?:?\s*(.*)", re.DOTALL
)
_VERDICTS = frozenset({"verdict", "confirm"})
Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who reads the log, when; `names` are the operators' by person id."""

    names: dict[int, str]
    is_operator: bool
    now_ms: int


def log_screen(acts: Sequence[Act], reader: Reader, page: int, tr: Translator) -> Screen:
    """A page of the log, newest first."""
    last = max(0, (len(acts) - 1) // PAGE)
    shown = min(max(page, 0), last)
    here = acts[shown * PAGE : (shown + 1) * PAGE]
    lines = [act_line(act, reader.names, tr, reader.now_ms) for act in here]
    head = tr("<b>The log</b>: the operators' acts of the last 30 days, newest first")
    body = Markup("\n").join(lines) if lines else tr("Nothing yet.")
    turns = _turns(shown, last, tr)
    home = Button(label=tr.label("Main menu"), tap=GoHome())
    back = desk_button(tr) if reader.is_operator else home
    money = Button(label=tr.label("The house's money"), tap=ShowMoney(0))
    ways = (back,) if reader.is_operator else (money, back)  # else an owner reads
    rows = (*((turns,) if turns else ()), ways)
    return Screen(text=Markup("{}\n\n{}").format(head, body), rows=rows)


def act_line(act: Act, names: dict[int, str], tr: Translator, now_ms: int) -> Markup:
    """One act: when, who, what, about what, why."""
    about, why = _parts(act, tr)
    line = tr(
        "<i>{when}</i> <b>{name}</b>: {what}{about}",
        when=tr.when(act.at_ms, now_ms),
        name=operator_name(act.operator_id, names, tr),
        what=act_name(act.act, tr),
        about=f" {about}" if about else "",
    )
    return Markup("{}: {}").format(line, one_line(why, WHY_MAX)) if why.strip() else line


def _parts(act: Act, tr: Translator) -> tuple[str, str]:
    """What the act was about, in words, and the rest of its detail."""
    found = _ABOUT.fullmatch(act.detail)
    if found is None:
        return "", act.detail
    kind, number, why = found[1], int(found[2]), found[3]
    if act.act in _VERDICTS:
        minor, _, reason = why.partition(" ")
        part = tr.label("seller's part {number}", number=int(minor) if minor.isdigit() else minor)
        why = f"{part}. {reason}" if reason else part
    return _thing(kind, number, tr), why


def _thing(kind: str, number: int, tr: Translator) -> str:
    match kind:
        case "order":
            return order_code(number)
        case "person":
            return tr.label("(person no. {number})", number=number)
        case "gig":
            return tr.label("(gig no. {number})", number=number)
        case "withdrawal":
            return tr.label("(payout no. {number})", number=number)
        case "report":
            return tr.label("(report no. {number})", number=number)
        case _:
            return tr.label("(no. {number})", number=number)


def act_name(act: str, tr: Translator) -> str:
    """What was done, in two or three words; one that is not known by its own name."""
    names = {
        "verdict": tr.label("verdict"),
        "confirm": tr.label("verdict confirmed"),
        "reopen": tr.label("order reopened"),
        "refuse_reopen": tr.label("reopening refused"),
        "chargeback": tr.label("chargeback entered"),
        "claim_reject": tr.label("no payment found"),
        "claim_seen": tr.label("amount on the statement"),
        "send_back": tr.label("payment to be sent back"),
        "refund_sent": tr.label("refund sent by hand"),
        "wallet": tr.label("wallet changed"),
        "category": tr.label("category decided"),
        "stand_paused": tr.label("paused"),
        "stand_banned": tr.label("banned"),
        "stand_good": tr.label("freed"),
        "gig_taken_down": tr.label("gig taken down"),
        "gig_active": tr.label("gig put back"),
        "settle": tr.label("report settled"),
        "remove_review": tr.label("review removed"),
        "support_answer": tr.label("support answered"),
        "support_close": tr.label("support closed"),
        "retry": tr.label("tried again"),
        "thaw": tr.label("money let out again"),
        **house_acts(tr),
        **payout_acts(tr),
        "link": tr.label("place connected"),
        "unlink": tr.label("place disconnected"),
    }
    return names.get(act, act)


def _turns(page: int, last: int, tr: Translator) -> tuple[Button, ...]:
    made = []
    if page:
        made.append(Button(label=tr.label("Newer"), tap=ShowLog(page - 1)))
    if page < last:
        made.append(Button(label=tr.label("Older"), tap=ShowLog(page + 1)))
    return tuple(made)
