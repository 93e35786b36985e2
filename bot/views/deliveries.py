"""Collecting what one party sends the other: a delivery, an answer, the changes wanted."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import ClearFiles, FinishFiles, LeaveFlow
from bot.views.codes import order_code
from bot.views.typed import one_line, quoted

TEXT_MAX = 600
QUESTION_MAX = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What has come in so far: in which flow (a number in `bot.ui.flows`), for which order."""

    flow: int
    order_id: int
    version: int
    title: str
    text: str
    files: int
    files_max: int
    is_album: bool


def delivery_question(collected: Collected, tr: Translator) -> Screen:
    """Send text and files, then press Done."""
    head = tr(
        "📦 <b>Your delivery</b> for order {code}\n{title}",
        code=order_code(collected.order_id),
        title=one_line(collected.title),
    )
    ask = tr(
        "Send your text and up to {most} files here, in as many messages as you like. Press "
        "<b>Done</b> when everything is here: only then does the buyer get it.",
        most=collected.files_max,
    )
    return collecting_screen(Markup("{}\n\n{}").format(head, ask), collected, tr)


def requirements_question(collected: Collected, question: str, tr: Translator) -> Screen:
    """The seller's question; text, files or both answer it."""
    head = tr(
        "📝 <b>The seller's question</b> for order {code}", code=order_code(collected.order_id)
    )
    asked = quoted(question, QUESTION_MAX) if question else Markup.escape(one_line(collected.title))
    ask = tr(
        "Write your answer here; you can add up to {most} files. Press <b>Done</b> when "
        "everything is here: the work then begins.",
        most=collected.files_max,
    )
    return collecting_screen(Markup("{}\n{}\n\n{}").format(head, asked, ask), collected, tr)


def changes_question(left: int, most: int, tr: Translator) -> Screen:
    """What should be different, in one message."""
    text = tr.n(
        "🔁 <b>What should be different?</b>\nPlease write it in one message, as exactly as you "
        "can (at most {most} characters). This uses the {n} round of changes left.",
        "🔁 <b>What should be different?</b>\nPlease write it in one message, as exactly as you "
        "can (at most {most} characters). This uses one of the {n} rounds of changes left.",
        left,
        most=tr.number(most),
    )
    return Screen(text=text, rows=((_later(tr),),))


def delivered_toast(collected: Collected, tr: Translator) -> str:
    """The sum of what was sent."""
    return tr.label("Delivered: {what}.", what=_sum(collected, tr))


def answered_toast(collected: Collected, tr: Translator) -> str:
    """The sum of what was sent."""
    return tr.label("Sent to the seller: {what}.", what=_sum(collected, tr))


def changes_toast(tr: Translator) -> str:
    """The seller has been told."""
    return tr.label("The seller now knows what you would like changed.")


def cancelled_toast(tr: Translator) -> str:
    """The order ended."""
    return tr.label("The order is cancelled.")


def collected_before_toast(tr: Translator) -> str:
    """*Done* once more, when nothing is collected: it was sent, cleared, or kept for later."""
    return tr.label("This button sends nothing any more. This is how the order stands now.")


def wants_things(tr: Translator) -> Markup:
    """A sticker, a contact, a place or a round video came."""
    return tr(
        "I cannot pass this kind of message on. Please send text, photos, videos, audio, voice "
        "messages or files; stickers, contacts, locations and round videos cannot be delivered."
    )


def wants_words(tr: Translator) -> Markup:
    """Something else than words came."""
    return tr("Here I need words: please write them in a text message.")


def too_many_left_out(left_out: int, most: int, tr: Translator) -> Markup:
    """More files came than fit; said before anything is sent."""
    return tr.n(
        "{n} file was left out: at most {most} can go at a time. Press “Done” again to send "
        "the others.",
        "{n} files were left out: at most {most} can go at a time. Press “Done” again to send "
        "the others.",
        left_out,
        most=most,
    )


def caption_left_out(tr: Translator) -> Markup:
    """The file is taken, its caption is too long to be added."""
    return tr("The file is here, but its caption is too long to be added; please shorten the text.")


def collecting_screen(head: Markup, collected: Collected, tr: Translator) -> Screen:
    """The question with what has come in so far, and *Done* once there is something."""
    parts = [head]
    if collected.text or collected.files:
        parts.append(tr("<b>Here so far:</b> {what}", what=_sum(collected, tr)))
    if collected.text:
        parts.append(quoted(collected.text, TEXT_MAX))
    if collected.is_album:
        parts.append(tr("The other files of this album are being added."))
    return Screen(text=Markup("\n\n").join(parts), rows=_rows(collected, tr))


def _sum(collected: Collected, tr: Translator) -> Markup:
    files = tr.n("{n} file", "{n} files", collected.files)
    if not collected.text:
        return files
    return tr("a text and {files}", files=files) if collected.files else tr("a text")


def _rows(collected: Collected, tr: Translator) -> tuple[tuple[Button, ...], ...]:
    later = _later(tr)
    if not collected.text and not collected.files:
        return ((later,),)
    matter = (collected.flow, collected.order_id, collected.version)
    done = Button(label=tr.label("Done"), tap=FinishFiles(*matter), style="success")
    clear = Button(label=tr.label("Start again"), tap=ClearFiles(*matter))
    return ((done,), (clear, later))


def _later(tr: Translator) -> Button:
    return Button(label=tr.label("Later"), tap=LeaveFlow())
