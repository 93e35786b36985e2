"""Reporting a gig, a person, a review or a room: which of them, why, and what happens then."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import GoHome, LeaveFlow, ShowOrder, SkipStep
from bot.views.reading import Reading
from bot.views.reasons import OF_REPORTS, reason_label, reason_rows
from bot.views.revising import revise_button
from bot.views.typed import quoted
from market.notices import Message
from market.reports import Subject

SUBJECTS = (Subject.GIG, Subject.PERSON, Subject.REVIEW, Subject.ROOM)
GIG, PERSON, REVIEW, ROOM = range(4)
ANSWER_MAX = 500


def reason_question(subject: Subject, tr: Translator) -> Screen:
    """Why, by a button."""
    text = tr(
        "🚩 <b>{what}: what is wrong?</b>\nOnly operators read reports, never the other person.",
        what=_subject(subject, tr),
    )
    return Screen(text=text, rows=(*reason_rows(OF_REPORTS, tr), (_later(tr),)))


def words_question(subject: Subject, reason: str, most: int, tr: Translator) -> Screen:
    """The details, or none where the reason says enough."""
    text = tr(
        "🚩 <b>{what}: {reason}</b>\nPlease tell the operators in one message what happened (at "
        "most {most} characters).",
        what=_subject(subject, tr),
        reason=reason_label(reason, tr),
        most=tr.number(most),
    )
    skip = Button(label=tr.label("Send without words"), tap=SkipStep())
    return Screen(text=text, rows=((skip,), (_later(tr),)))


def wants_reason(tr: Translator) -> Markup:
    """Words came before the reason."""
    return tr("First the reason, please: tap one of the buttons below. Then you can write.")


def reported_screen(order_id: int, tr: Translator, *, is_new: bool) -> Screen:
    """What happens next."""
    text = tr(
        "🚩 <b>Thank you, the operators have your report.</b>\nThey look at the oldest first and "
        "write to you here what came of it. Nobody else learns of it."
    )
    if not is_new:
        text = tr(
            "🚩 <b>Your report is with the operators already.</b> They will write to you here "
            "what came of it."
        )
    return Screen(text=text, rows=((_back(order_id, tr),),))


def settled_notice(message: Message, reading: Reading, tr: Translator) -> Screen:
    """An operator has looked at the report, the appeal, or the gig that was put right."""
    text = _looked(message.facts.get("subject"), tr)
    answer = str(message.facts.get("reason") or "")
    if answer:
        text = Markup("{}\n{}").format(text, quoted(answer, ANSWER_MAX))
    order_id = 0 if reading.card is None else reading.card.order.id
    back, about = _back(order_id, tr), message.facts.get("about")
    if message.facts.get("subject") == Subject.GIG_AGAIN and isinstance(about, int):
        return Screen(text=text, rows=((revise_button(about, tr), back),))
    return Screen(text=text, rows=((back,),))


def _looked(subject: object, tr: Translator) -> Markup:
    match subject:
        case Subject.STANDING:
            return tr("⚖️ <b>An operator has looked at your appeal.</b>")
        case Subject.GIG_AGAIN:
            return tr("🚫 <b>An operator has looked at your gig again. It stays down for now.</b>")
        case _:
            return tr("🚩 <b>An operator has looked at your report.</b>")


def _subject(subject: Subject, tr: Translator) -> str:
    names = {
        Subject.GIG: tr.label("The gig"),
        Subject.PERSON: tr.label("The person"),
        Subject.REVIEW: tr.label("The review"),
        Subject.ROOM: tr.label("The conversation"),
    }
    return names[subject]


def _back(order_id: int, tr: Translator) -> Button:
    if order_id:
        return Button(label=tr.label("Open the order"), tap=ShowOrder(order_id))
    return Button(label=tr.label("Main menu"), tap=GoHome())


def _later(tr: Translator) -> Button:
    return Button(label=tr.label("Later"), tap=LeaveFlow())
