"""What the flows around disputes ask: the reason, statements, an appeal, a late problem."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import LeaveFlow
from bot.views.codes import order_code
from bot.views.deliveries import Collected, collecting_screen
from bot.views.reasons import dispute_reasons, reason_label, reason_rows
from bot.views.typed import one_line
from market.deadlines import Windows
from market.gig import Limits
from market.states import Role


def reason_question(collected: Collected, role: Role, windows: Windows, tr: Translator) -> Screen:
    """What is wrong, as buttons, and what a dispute means."""
    head = tr(
        "⚖️ <b>What is wrong?</b> Order {code}\n{title}",
        code=order_code(collected.order_id),
        title=one_line(collected.title),
    )
    means = tr(
        "How a dispute goes: you say what happened, the other side has {heard} to answer, and an "
        "operator decides within about {decide} who gets which part. The money stays held all the "
        "time. Either of you can still give in or appeal.",
        heard=tr.span(windows.evidence_ms),
        decide=tr.span(windows.decide_ms),
    )
    rows = reason_rows(dispute_reasons(role), tr)
    return Screen(text=Markup("{}\n\n{}").format(head, means), rows=(*rows, (_later(tr),)))


def wants_reason(tr: Translator) -> Markup:
    """A file came before the reason."""
    return tr("First the reason, please: tap one of the buttons below. Then send everything else.")


def dispute_question(collected: Collected, reason: str, limits: Limits, tr: Translator) -> Screen:
    """What happened, in words and files; only Done opens the dispute."""
    head = tr(
        "⚖️ <b>Your side</b>, order {code}\nReason: {reason}",
        code=order_code(collected.order_id),
        reason=reason_label(reason, tr),
    )
    ask = tr(
        "Please write what happened, in at least {least} characters, and send what proves it: up "
        "to {most} files. The other side and an operator read all of it. Press <b>Done</b> to "
        "open the dispute; before that, nothing happens.",
        least=limits.statement_least,
        most=collected.files_max,
    )
    return collecting_screen(Markup("{}\n\n{}").format(head, ask), collected, tr)


def statement_question(collected: Collected, tr: Translator) -> Screen:
    """An answer to the other side, or more."""
    head = tr(
        "⚖️ <b>Your side</b>, order {code}\n{title}",
        code=order_code(collected.order_id),
        title=one_line(collected.title),
    )
    ask = tr(
        "Please write what you have to say and send what proves it: up to {most} files. The other "
        "side and an operator read all of it. Press <b>Done</b> when everything is here; what is "
        "sent cannot be changed.",
        most=collected.files_max,
    )
    return collecting_screen(Markup("{}\n\n{}").format(head, ask), collected, tr)


def appeal_question(code: str, windows: Windows, most: int, tr: Translator) -> Screen:
    """Why another operator should look."""
    text = tr(
        "⚖️ <b>Your appeal</b>, order {code}\nPlease write in one message why the verdict is wrong "
        "(at most {most} characters). Another operator then looks at everything, within about "
        "{span}, and has the last word: it may be better or worse for you. The money stays held "
        "until then.",
        code=code,
        most=tr.number(most),
        span=tr.span(windows.decide_ms),
    )
    return Screen(text=text, rows=((_later(tr),),))


def reopen_question(code: str, limits: Limits, tr: Translator) -> Screen:
    """What turned out to be wrong with accepted work."""
    text = tr(
        "⚖️ <b>A problem with order {code}</b>\nPlease write in one message what is wrong, in at "
        "least {least} characters. An operator decides whether the order is opened again as a "
        "dispute; the money is then held once more and both sides are heard. You will read the "
        "answer here.",
        code=code,
        least=limits.statement_least,
    )
    return Screen(text=text, rows=((_later(tr),),))


def opened_toast(tr: Translator) -> str:
    """The other side and operators have been told."""
    return tr.label("The dispute is open. Everybody concerned has been told.")


def said_toast(tr: Translator) -> str:
    """The statement is kept."""
    return tr.label("Your statement is kept; the other side can read it.")


def appealed_toast(tr: Translator) -> str:
    """Another operator will look."""
    return tr.label("Your appeal is in. Another operator will look.")


def reopen_asked_toast(tr: Translator) -> str:
    """An operator will read it."""
    return tr.label("An operator will look at it and answer you here.")


def moved_on_note(tr: Translator) -> Markup:
    """The order has changed under the statement."""
    return tr(
        "✏️ The order has changed while you were writing. Nothing is lost: look below, and press "
        "<b>Done</b> once more if you still want to open the dispute."
    )


def _later(tr: Translator) -> Button:
    return Button(label=tr.label("Later"), tap=LeaveFlow())
