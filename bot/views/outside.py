"""What was found in a message to the other side, and why such things are better said here."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import ChangeWords, LeaveRoom, SendAnyway
from bot.views.typed import one_line, quoted
from market.gig import units
from market.outside import Finding, Trace

SHOWN_MAX = 3
FOUND_MAX = 60
WORDS_MAX = 3_000
COPY_MAX = 256


def warning_screen(
    words: str, findings: tuple[Finding, ...], tr: Translator, *, is_third: bool
) -> Screen:
    """Nothing was sent yet: what was found, what is lost outside, and both ways on."""
    parts = [
        tr("✋ <b>Not sent yet.</b> I found in your message:"),
        Markup("\n").join(_found(one, tr) for one in findings[:SHOWN_MAX]),
        tr(
            "Keep it here: what you agree, pay and send here is held, kept as evidence and can be "
            "decided by an operator. Outside, nobody can help you. If it belongs to the work, send "
            "it anyway."
        ),
    ]
    if is_third:
        parts.append(tr("This would be your third such message: an operator will look at it."))
    parts.append(quoted(words, WORDS_MAX))
    change = Button(label=tr.label("Change it"), tap=ChangeWords(), style="primary")
    anyway = Button(label=tr.label("Send it anyway"), tap=SendAnyway())
    return Screen(text=Markup("\n\n").join(parts), rows=((change, anyway),))


def change_screen(words: str, order_id: int, tr: Translator) -> Screen:
    """The words once more, to be copied and changed."""
    text = tr(
        "✏️ Here is what you wrote. Send it again as you would like it; the first version is not "
        "sent.\n{words}",
        words=quoted(words, WORDS_MAX),
    )
    leave = Button(label=tr.label("Leave the room"), tap=LeaveRoom(order_id))
    if not words or units(words) > COPY_MAX:
        return Screen(text=text, rows=((leave,),))
    copy = Button(label=tr.label("Copy my text"), copy=words, style="primary")
    return Screen(text=text, rows=((copy, leave),))


def _found(finding: Finding, tr: Translator) -> Markup:
    return tr(
        "• {kind}: <i>{text}</i>",
        kind=_kind(finding.kind, tr),
        text=one_line(finding.text, FOUND_MAX),
    )


def _kind(kind: Trace, tr: Translator) -> str:
    names = {
        Trace.PHONE: tr.label("a phone number"),
        Trace.EMAIL: tr.label("an e-mail address"),
        Trace.HANDLE: tr.label("a user name"),
        Trace.LINK: tr.label("a link"),
        Trace.WALLET: tr.label("a wallet address"),
        Trace.OUTSIDE: tr.label("an invitation to meet or pay elsewhere"),
    }
    return names[kind]


def outside_words(tr: Translator) -> Markup:
    """To the reader of a message that was sent all the same."""
    return tr(
        "⚠️ GigHaat protects only what is agreed and paid here. If you pay or meet elsewhere, "
        "nobody can get your money back."
    )
