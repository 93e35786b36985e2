"""A queue of the desk as a list, oldest first: what waits, what to do, until when."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.callbacks import Tap
from bot.ui.screen import Button, Screen
from bot.ui.taps import ShowCase, ShowOrder, ShowQueue, ShowReport, ShowThread
from bot.views.codes import order_code
from bot.views.desk import APPEALS, CLAIMS, desk_button, queue_name
from bot.views.excerpt import excerpt
from bot.views.order_state import until
from bot.views.report_words import report_label, report_said
from bot.views.typed import name_of, one_line
from market.desk import OrderLine, ReportLine
from market.dispute import Dispute
from market.read import Thread

PAGE = 8
WORDS_MAX = 100
LABEL_MAX = 34


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits: its words, and the way to it."""

    words: Markup
    label: str
    tap: Tap


def queue_screen(queue: int, lines: Sequence[Line], page: int, tr: Translator) -> Screen:
    """A page of the queue; a page beyond the end shows the last one."""
    last = max(0, (len(lines) - 1) // PAGE)
    shown = min(max(page, 0), last)
    here = lines[shown * PAGE : (shown + 1) * PAGE]
    head = Markup("<b>{}</b>").format(queue_name(queue, tr))
    parts = [head, *(line.words for line in here)] if here else [head, tr("Nothing waits. Good.")]
    buttons = [(Button(label=excerpt(line.label, LABEL_MAX), tap=line.tap),) for line in here]
    turns = _turns(queue, shown, last, tr)
    rows = (*buttons, *((turns,) if turns else ()), (desk_button(tr),))
    return Screen(text=Markup("\n\n").join(parts), rows=rows)


def _turns(queue: int, page: int, last: int, tr: Translator) -> tuple[Button, ...]:
    made = []
    if page:
        made.append(Button(label=tr.label("Previous page"), tap=ShowQueue(queue, page - 1)))
    if page < last:
        made.append(Button(label=tr.label("Next page"), tap=ShowQueue(queue, page + 1)))
    return tuple(made)


def order_line(line: OrderLine, queue: int, tr: Translator, now_ms: int) -> Line:
    """An order in dispute or with a payment to find."""
    order, code = line.order, order_code(line.order.id)
    title = one_line(line.title)
    todo = _claim(line, tr, now_ms) if queue == CLAIMS else _todo(line, tr, now_ms)
    price = tr.money(order.terms.price)
    words = Markup("{} <b>{}</b>, {}\n{}").format(code, title, price, todo)
    tap = ShowOrder(order.id) if queue == CLAIMS else ShowCase(order.id)
    return Line(words, f"{code} {title}", tap)


def _claim(line: OrderLine, tr: Translator, now_ms: int) -> Markup:
    return tr(
        "The buyer says that it is paid. Look for the money by {until}.",
        until=until(line.order.clock_at_ms, now_ms, tr),
    )


def _todo(line: OrderLine, tr: Translator, now_ms: int) -> Markup:
    dispute = line.order.dispute
    assert dispute is not None, "the queue holds disputes"
    if line.proposal is not None:
        return tr(
            "A verdict waits for a second operator, by {until}.",
            until=until(dispute.decide_by_ms, now_ms, tr),
        )
    if dispute.appealed_by is not None:
        return tr(
            "Appealed: say the last word by {until}.",
            until=until(dispute.decide_by_ms, now_ms, tr),
        )
    return _hearing(dispute, tr, now_ms)


def _hearing(dispute: Dispute, tr: Translator, now_ms: int) -> Markup:
    if not dispute.both_said and now_ms < dispute.evidence_by_ms:
        moment = until(dispute.evidence_by_ms, now_ms, tr)
        return tr("The other side is being heard until {until}.", until=moment)
    moment = until(dispute.decide_by_ms, now_ms, tr)
    if dispute.both_said:
        return tr("Both have spoken: decide by {until}.", until=moment)
    return tr("One side stayed silent: decide by {until}.", until=moment)


def belongs(line: OrderLine, queue: int) -> bool:
    """Disputes and appeals are two queues of one list."""
    dispute = line.order.dispute
    is_appealed = dispute is not None and dispute.appealed_by is not None
    return is_appealed is (queue == APPEALS)


def report_line(line: ReportLine, tr: Translator, now_ms: int) -> Line:
    """Anything that people or the house itself brought before operators, and about whom."""
    report = line.report
    label = report_label(report.subject, tr)
    number = tr.label("{what}, no. {number}", what=label, number=report.id)
    head = tr("<b>{what}</b>, {when}", what=number, when=tr.when(report.at_ms, now_ms))
    name = name_of(line.name) if line.name else ""
    about = ": ".join(part for part in (name, one_line(line.title, WORDS_MAX)) if part)
    parts = [head, Markup.escape(about), report_said(report, WORDS_MAX, tr)]
    words = Markup("\n").join(part for part in parts if part)
    return Line(words, number, ShowReport(report.id))


def thread_line(thread: Thread, tr: Translator, now_ms: int) -> Line:
    """Somebody asks."""
    name, said = name_of(thread.person_name), thread.lines[-1] if thread.lines else None
    if said is None:
        return Line(Markup("<b>{}</b>").format(name), name, ShowThread(thread.id))
    when = tr.when(said.at_ms, now_ms)
    words = Markup("<b>{}</b>, {}\n{}").format(name, when, one_line(said.text, WORDS_MAX))
    return Line(words, tr.label("Answer {name}", name=name), ShowThread(thread.id))
