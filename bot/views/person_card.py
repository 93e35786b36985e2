"""A person as operators see him: standing and history, figures, reports, orders, gigs."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import ChangeStanding, ShowJudgedGig, ShowOrder, ShowPerson, ShowReport
from bot.views.codes import order_code
from bot.views.desk import desk_button
from bot.views.excerpt import excerpt
from bot.views.order_state import SIGNS, state_name
from bot.views.person_words import change_line, figures_words, stands
from bot.views.report_words import report_label
from bot.views.typed import name_of, one_line
from market.desk import PersonCard, PersonLine
from market.gig import Gig, GigState
from market.people import Standing
from market.read import BoardLine
from market.reports import Report

PAUSE, BAN, FREE = range(3)
HISTORY_MOST, REPORTS_MOST, ORDERS_MOST, GIGS_MOST = 5, 4, 6, 6
TITLE_MAX, LABEL_MAX = 50, 34
_SIGNS = {GigState.ACTIVE: "🟢", GigState.PAUSED: "⏸", GigState.TAKEN_DOWN: "🚫"}
Rows = tuple[tuple[Button, ...], ...]


def person_screen(
    card: PersonCard, names: dict[int, str], viewer_id: int, tr: Translator
) -> Screen:
    """Everything that operators may know, and what they can do about it."""
    parts = [
        _head(card, tr),
        _stands(card, names, tr),
        Markup("👥 {}").format(figures_words(card, tr)),
        _reports(card, tr),
        _orders(card, tr),
        _gigs(card, tr),
    ]
    text = Markup("\n\n").join(part for part in parts if part)
    acts = () if card.person.id == viewer_id else _acts(card, tr)
    rows = (*acts, *_report_rows(card, tr), *_order_rows(card), *_gig_rows(card))
    return Screen(text=text, rows=(*rows, (desk_button(tr),)))


def _head(card: PersonCard, tr: Translator) -> Markup:
    person, contact = card.person, card.contact
    username = Markup(" @{}").format(contact.username) if contact.username else Markup()
    known = tr(
        "no. {number}, Telegram {telegram}, here since {date}",
        number=person.id,
        telegram=str(person.telegram_id),  # Latin digits, to be copied
        date=tr.date(person.created_ms),
    )
    lines = [Markup("👤 <b>{}</b>{}").format(name_of(contact.name), username), known]
    if person.unreachable_ms is not None:
        when = tr.when(person.unreachable_ms, card.now_ms)
        lines.append(tr("🔕 Has blocked the bot since {when}", when=when))
    for absence in card.absences[:1]:
        until = tr.when(absence.until_ms, card.now_ms)
        lines.append(
            tr(
                "🌴 Away from {start} to {end}",
                start=tr.when(absence.from_ms, card.now_ms),
                end=until,
            )
        )
    return Markup("\n").join(lines)


def _stands(card: PersonCard, names: dict[int, str], tr: Translator) -> Markup:
    history = [change_line(one, names, tr, card.now_ms) for one in card.standings[:HISTORY_MOST]]
    return Markup("\n").join([stands(card, tr), *history])


def _reports(card: PersonCard, tr: Translator) -> Markup:
    if not card.reports:
        return Markup()
    lines = [_report(one, card.now_ms, tr) for one in card.reports[:REPORTS_MOST]]
    head = tr.n("🚩 {n} report", "🚩 {n} reports", len(card.reports))
    return Markup("\n").join([head, *lines])


def _report(report: Report, now_ms: int, tr: Translator) -> Markup:
    facts = {"what": report_label(report.subject, tr), "when": tr.when(report.at_ms, now_ms)}
    if report.closed_ms is None:
        return tr("{when}: {what}, open", **facts)
    return tr("{when}: {what}, settled", **facts)


def _orders(card: PersonCard, tr: Translator) -> Markup:
    lines = [
        Markup("{} {} {}: {}").format(
            SIGNS[one.state],
            order_code(one.order_id),
            one_line(one.title, TITLE_MAX),
            state_name(one.state, tr),
        )
        for one in card.orders[:ORDERS_MOST]
    ]
    return Markup("\n").join([tr("📋 Orders"), *lines]) if lines else Markup()


def _gigs(card: PersonCard, tr: Translator) -> Markup:
    lines = [
        Markup("{} {}, {}").format(
            gig_sign(one), one_line(one.title, TITLE_MAX), tr.money(one.price)
        )
        for one in card.gigs[:GIGS_MOST]
    ]
    return Markup("\n").join([tr("🏷 Gigs"), *lines]) if lines else Markup()


def gig_sign(gig: Gig) -> str:
    """Whether it takes orders, as a sign."""
    return _SIGNS[gig.state]


def _acts(card: PersonCard, tr: Translator) -> Rows:
    person_id = card.person.id
    pause = Button(label=tr.label("Pause…"), tap=ChangeStanding(person_id, PAUSE))
    ban = Button(label=tr.label("Ban…"), tap=ChangeStanding(person_id, BAN), style="danger")
    free = Button(label=tr.label("Free…"), tap=ChangeStanding(person_id, FREE), style="success")
    match card.person.standing:
        case Standing.GOOD:
            return ((pause, ban),)
        case Standing.PAUSED:
            return ((free, pause, ban),)
        case Standing.BANNED:
            return ((free,),)


def _report_rows(card: PersonCard, tr: Translator) -> Rows:
    waiting = [one for one in card.reports if one.closed_ms is None][:REPORTS_MOST]
    return tuple(
        (Button(label=f"🚩 {report_label(one.subject, tr)}", tap=ShowReport(one.id)),)
        for one in waiting
    )


def _order_rows(card: PersonCard) -> Rows:
    buttons = [_order_button(one) for one in card.orders[:ORDERS_MOST]]
    starts = range(0, len(buttons), 3)
    return tuple(tuple(buttons[start : start + 3]) for start in starts)


def _order_button(line: BoardLine) -> Button:
    label = f"{SIGNS[line.state]} {order_code(line.order_id)}"
    return Button(label=label, tap=ShowOrder(line.order_id))


def _gig_rows(card: PersonCard) -> Rows:
    return tuple(
        (
            Button(
                label=excerpt(f"{gig_sign(one)} {one_line(one.title)}", LABEL_MAX),
                tap=ShowJudgedGig(one.id),
            ),
        )
        for one in card.gigs[:GIGS_MOST]
    )


def found_screen(words: str, lines: Sequence[PersonLine], tr: Translator) -> Screen:
    """Several people fit, or nobody."""
    if not lines:
        text = tr("Nobody is found under “{words}”.", words=one_line(words))
        return Screen(text=text, rows=((desk_button(tr),),))
    people = tuple(
        (
            Button(
                label=excerpt(f"👤 {name_of(line.name)}, {line.person.telegram_id}", LABEL_MAX),
                tap=ShowPerson(line.person.id),
            ),
        )
        for line in lines
    )
    text = tr("These people fit “{words}”:", words=one_line(words))
    return Screen(text=text, rows=(*people, (desk_button(tr),)))
