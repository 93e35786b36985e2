"""What reports are called and what they say, for lists, cards and alarms."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.reasons import note_words
from market.reports import Report, Subject


def report_label(subject: Subject, tr: Translator) -> str:
    """What it is about, in a few words."""
    labels = {
        Subject.GIG: tr.label("Report of a gig"),
        Subject.PERSON: tr.label("Report of a person"),
        Subject.REVIEW: tr.label("Report of a review"),
        Subject.ROOM: tr.label("Report of messages"),
        Subject.STRIKES: tr.label("Contact data, three times"),
        Subject.REOPEN: tr.label("Wish to reopen"),
        Subject.STANDING: tr.label("Appeal of a pause or ban"),
        Subject.FIRST_GIG: tr.label("First gig of a seller"),
        Subject.GIG_AGAIN: tr.label("Gig put right"),
    }
    return labels[subject]


def report_said(report: Report, most: int, tr: Translator) -> Markup | None:
    """What its reporter wrote, or what the house counted."""
    if report.subject is Subject.STRIKES:
        return strikes_words(report.words, tr)
    return note_words(report.words, most, tr) if report.words.strip() else None


def strikes_words(words: str, tr: Translator) -> Markup:
    """What the house counted."""
    count = int(words) if words.isascii() and words.isdigit() else 3
    return tr.n(
        "{n} message with contact data was sent in spite of the warning.",
        "{n} messages with contact data were sent in spite of the warning.",
        count,
    )
