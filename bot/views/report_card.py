"""A report as operators see it: what, who, and what can be done; and a gig that is judged."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    ChangeStanding,
    JudgeGig,
    ReopenOrder,
    SettleFine,
    SettleReport,
    ShowJudgedGig,
    ShowOrder,
    ShowPerson,
    ShowQueue,
    ShowReport,
    ShowTimeline,
)
from bot.views import gig_text
from bot.views.codes import order_code
from bot.views.desk import FIRST_GIGS, REOPEN, REPORTS, STANDING, STRIKES, queue_name
from bot.views.judging import (
    ANSWER,
    REFUSE_REOPEN,
    REMOVE_REVIEW,
    RESTORE,
    STILL_DOWN,
    TAKE_DOWN,
)
from bot.views.order_state import state_name
from bot.views.person_card import FREE, gig_sign
from bot.views.report_words import report_label, report_said
from bot.views.typed import name_of, quoted
from market.contract import Order
from market.desk import ReportCard
from market.gig import Gig, GigState
from market.policy import Policy
from market.read import GigCard
from market.reports import Subject
from market.review import Review

SAID_MAX, ANSWER_MAX, GIG_MAX = 1_500, 500, 900
_QUEUES = {
    Subject.STRIKES: STRIKES,
    Subject.FIRST_GIG: FIRST_GIGS,
    Subject.REOPEN: REOPEN,
    Subject.STANDING: STANDING,
}
Rows = tuple[tuple[Button, ...], ...]


def report_screen(card: ReportCard, policy: Policy, tr: Translator, now_ms: int) -> Screen:
    """The report with what it is about; what is settled shows its answer and no acts."""
    report = card.report
    parts = [
        _head(card, tr, now_ms),
        report_said(report, SAID_MAX, tr),
        _gig_part(card.gig, policy, tr),
        _review_part(card.review, tr),
        _order_part(card.order, tr),
        _settled(card, tr, now_ms) if report.closed_ms is not None else _hint(card, tr),
    ]
    text = Markup("\n\n").join(part for part in parts if part)
    acts = _acts(card, tr) if report.closed_ms is None else ()
    queue = _QUEUES.get(report.subject, REPORTS)
    back = Button(label=queue_name(queue, tr), tap=ShowQueue(queue, 0))
    return Screen(text=text, rows=(*acts, *_ways(card, tr), (back,)))


def _head(card: ReportCard, tr: Translator, now_ms: int) -> Markup:
    report = card.report
    lines = [
        tr(
            "<b>{what}</b>, no. {number}, {when}",
            what=report_label(report.subject, tr),
            number=report.id,
            when=tr.when(report.at_ms, now_ms),
        )
    ]
    if card.name:
        lines.append(tr("About: {name}", name=name_of(card.name)))
    if report.reporter_id is None:
        lines.append(tr("The house itself asks for a look."))
    else:
        lines.append(tr("From: {name}", name=name_of(card.reporter_name)))
    return Markup("\n").join(lines)


def _gig_part(gig: Gig | None, policy: Policy, tr: Translator) -> Markup:
    if gig is None:
        return Markup()
    description = quoted(gig.description, GIG_MAX)
    return Markup("{} {}\n{}\n{}").format(
        gig_sign(gig), gig_text.heading(gig, tr), description, gig_text.facts(gig, tr, policy)
    )


def _review_part(review: Review | None, tr: Translator) -> Markup:
    """What everybody reads, or will read."""
    if review is None:
        return Markup()
    stars = Markup.escape(tr.stars(review.stars))
    if not review.words.strip():
        return stars
    return Markup("{}\n{}").format(stars, quoted(review.words, SAID_MAX))


def _order_part(order: Order | None, tr: Translator) -> Markup:
    if order is None:
        return Markup()
    code, state = order_code(order.id), state_name(order.state, tr)
    return tr(
        "Order {code}, {price}: {state}", code=code, price=tr.money(order.terms.price), state=state
    )


def _settled(card: ReportCard, tr: Translator, now_ms: int) -> Markup:
    assert card.report.closed_ms is not None, "it is settled"
    head = tr("✅ Settled {when}", when=tr.when(card.report.closed_ms, now_ms))
    if not card.report.answer:
        return head
    return Markup("{}\n{}").format(head, quoted(card.report.answer, ANSWER_MAX))


def _hint(card: ReportCard, tr: Translator) -> Markup | None:
    """What the acts below do."""
    match card.report.subject:
        case Subject.FIRST_GIG:
            return tr("The gig is public. Does it keep the rules, and is it the seller's own work?")
        case Subject.GIG_AGAIN:
            return tr(
                "The gig was taken down, and its seller has changed it. Put it back, or say what "
                "is still wrong; the seller reads it and can change it once more."
            )
        case Subject.REOPEN:
            return tr(
                "Reopening holds the money again and begins a dispute in which both are heard. "
                "Refusing leaves the order as it is; the buyer reads your reason."
            )
        case Subject.STANDING:
            return tr(
                "Free the person, or answer why it stays as it is. Who decided first does not "
                "answer, unless the house has one operator only."
            )
        case Subject.STRIKES:
            return tr(
                "Look at the person's orders and messages. Pausing and banning is on the person's "
                "card."
            )
        case _:
            return tr("Whoever reported it reads your answer, and nobody else.")


def _acts(card: ReportCard, tr: Translator) -> Rows:
    number = card.report.id
    match card.report.subject:
        case Subject.FIRST_GIG:
            return ((_fine(number, tr), _take_down(number, tr)),)
        case Subject.GIG:
            return ((_answer(number, tr), _take_down(number, tr)),)
        case Subject.GIG_AGAIN:
            still = SettleReport(number, STILL_DOWN)
            wrong = Button(label=tr.label("Still wrong…"), tap=still, style="danger")
            return ((_put_back(card.report.about_id, tr), wrong),)
        case Subject.REVIEW:
            remove = SettleReport(number, REMOVE_REVIEW)
            away = Button(label=tr.label("Remove the review…"), tap=remove, style="danger")
            return ((_answer(number, tr), away),)
        case Subject.STRIKES:
            return ((_fine(number, tr),),)
        case Subject.REOPEN:
            again = Button(label=tr.label("Reopen"), tap=ReopenOrder(number, 0), style="primary")
            refuse = SettleReport(number, REFUSE_REOPEN)
            return ((again, Button(label=tr.label("Refuse…"), tap=refuse)),)
        case Subject.STANDING:
            free = ChangeStanding(card.report.about_id, FREE)
            return (
                (Button(label=tr.label("Free…"), tap=free, style="success"), _answer(number, tr)),
            )
        case _:
            return ((_answer(number, tr),),)


def _fine(number: int, tr: Translator) -> Button:
    return Button(label=tr.label("Fine"), tap=SettleFine(number), style="success")


def _answer(number: int, tr: Translator) -> Button:
    return Button(label=tr.label("Settle…"), tap=SettleReport(number, ANSWER), style="primary")


def _take_down(number: int, tr: Translator) -> Button:
    tap = SettleReport(number, TAKE_DOWN)
    return Button(label=tr.label("Take the gig down…"), tap=tap, style="danger")


def _put_back(gig_id: int, tr: Translator) -> Button:
    tap = JudgeGig(gig_id, RESTORE)
    return Button(label=tr.label("Put it back…"), tap=tap, style="success")


def _ways(card: ReportCard, tr: Translator) -> Rows:
    """To the person, the gig, the order and all that happened in it."""
    ways: list[Button] = []
    about = _about(card)
    if about is not None:
        ways.append(Button(label=tr.label("The person"), tap=ShowPerson(about)))
    if card.gig is not None:
        ways.append(Button(label=tr.label("The gig"), tap=ShowJudgedGig(card.gig.id)))
    if card.report.reporter_id not in {None, about}:
        ways.append(
            Button(label=tr.label("Who reports"), tap=ShowPerson(card.report.reporter_id or 0))
        )
    if card.order is None:
        return (tuple(ways),) if ways else ()
    order_id = card.order.id
    order = (
        Button(label=tr.label("Open the order"), tap=ShowOrder(order_id)),
        Button(label=tr.label("🗒 All that happened"), tap=ShowTimeline(order_id, 0)),
    )
    return (*((tuple(ways),) if ways else ()), order)


def _about(card: ReportCard) -> int | None:
    """The person whom it concerns; the other party of a reported conversation."""
    report, order = card.report, card.order
    if card.gig is not None:
        return card.gig.seller_id
    if report.subject is Subject.ROOM and order is not None:
        is_buyer = report.reporter_id == order.buyer_id
        return order.seller_id if is_buyer else order.buyer_id
    return None if report.subject is Subject.REOPEN else report.about_id


def reopen_confirm(card: ReportCard, tr: Translator) -> Screen:
    """What reopening does, before it happens."""
    order = card.order
    assert order is not None, "a wish to reopen is about an order"
    text = tr(
        "🔓 <b>Reopen order {code}?</b>\n{price} is held again, nothing of it reaches the seller "
        "for now, and a dispute begins: both sides are heard, then an operator decides. This is "
        "possible once.",
        code=order_code(order.id),
        price=tr.money(order.terms.price),
    )
    yes = ReopenOrder(card.report.id, 1)
    sure = Button(label=tr.label("Yes, reopen it"), tap=yes, style="danger")
    back = Button(label=tr.label("Back"), tap=ShowReport(card.report.id))
    return Screen(text=text, rows=((sure,), (back,)))


def judged_gig_screen(card: GigCard, policy: Policy, tr: Translator) -> Screen:
    """A gig as operators see it, whatever its state."""
    gig = card.gig
    seller = gig_text.seller_line(card.seller_name, card.rating, tr)
    number = tr("Gig no. {number}: {state}", number=gig.id, state=gig_state(gig, tr))
    parts = [number, _gig_part(gig, policy, tr), seller]
    if gig.state is GigState.TAKEN_DOWN:
        act = _put_back(gig.id, tr)
    else:
        label, tap = tr.label("Take the gig down…"), JudgeGig(gig.id, TAKE_DOWN)
        act = Button(label=label, tap=tap, style="danger")
    person = Button(label=tr.label("The person"), tap=ShowPerson(gig.seller_id))
    return Screen(text=Markup("\n\n").join(parts), rows=((act,), (person,)))


def gig_state(gig: Gig, tr: Translator) -> str:
    """Whether it takes orders, in words."""
    match gig.state:
        case GigState.ACTIVE:
            return tr.label("takes orders")
        case GigState.PAUSED:
            return tr.label("paused by its seller")
        case GigState.TAKEN_DOWN:
            return tr.label("taken down by operators")
