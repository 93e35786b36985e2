"""Reasons that are picked by a button: kept as a key, read in the reader's language.

A note that begins with a key and may go on with own words on the next lines is read here.
"""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button
from bot.ui.taps import PickReason
from bot.views.typed import quoted
from market.states import Role

OTHER = "other"
CANCELLING = ("no_time", "cannot", "unclear", "buyer_asked", OTHER)
OF_BUYERS = ("different", "quality", "incomplete", "late", "copied", "silent", OTHER)
OF_SELLERS = ("more_asked", "unfair", "silent", OTHER)
OF_REPORTS = ("outside", "scam", "rude", "spam", "stolen", OTHER)
IN_ROW = 2
Rows = tuple[tuple[Button, ...], ...]


def dispute_reasons(role: Role) -> tuple[str, ...]:
    """What this party may say is wrong."""
    return OF_BUYERS if role is Role.BUYER else OF_SELLERS


def reason_label(key: str, tr: Translator) -> str:
    """The reason in a few words; unknown keys read as another reason."""
    labels = {
        "no_time": tr.label("I have no time for it"),
        "cannot": tr.label("I cannot do this work"),
        "unclear": tr.label("The requirements are unclear"),
        "buyer_asked": tr.label("The buyer asked for it"),
        "different": tr.label("Not what was agreed"),
        "quality": tr.label("Poor quality"),
        "incomplete": tr.label("Something is missing"),
        "late": tr.label("Too late"),
        "copied": tr.label("Copied from elsewhere"),
        "silent": tr.label("No answer any more"),
        "more_asked": tr.label("More is asked than was agreed"),
        "unfair": tr.label("Good work is not accepted"),
        "outside": tr.label("Pays or meets elsewhere"),
        "scam": tr.label("Deceives people"),
        "rude": tr.label("Insults or threatens"),
        "spam": tr.label("Advertising"),
        "stolen": tr.label("Stolen work"),
    }
    return labels.get(key) or tr.label("Another reason")


def reason_rows(reasons: tuple[str, ...], tr: Translator) -> Rows:
    """Each reason as a button, two in a row."""
    buttons = [
        Button(label=reason_label(key, tr), tap=PickReason(number))
        for number, key in enumerate(reasons)
    ]
    starts = range(0, len(buttons), IN_ROW)
    return tuple(tuple(buttons[start : start + IN_ROW]) for start in starts)


def note_of(key: str, words: str) -> str:
    """The note that is kept: the key, then own words if there are any."""
    return f"{key}\n{words}" if words.strip() else key


def note_words(note: str, most: int, tr: Translator) -> Markup:
    """A note as its reader reads it: a reason's label, or what was typed, or both."""
    key, _, words = note.partition("\n")
    if key not in {*CANCELLING, *OF_BUYERS, *OF_SELLERS, *OF_REPORTS}:
        return quoted(note, most)
    reason = tr("Reason: {reason}", reason=reason_label(key, tr))
    return Markup("{}\n{}").format(reason, quoted(words, most)) if words.strip() else reason
