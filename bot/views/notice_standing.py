"""Notices about what operators decided on a person or a gig: what, why, what still works."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    AppealStanding,
    GoHome,
    ShowBoard,
    ShowGig,
    ShowMyGigs,
    ShowWallet,
)
from bot.views.reading import Reading
from bot.views.revising import revise_button
from bot.views.typed import one_line, quoted
from market.gig import GigState
from market.notices import Message
from market.people import Standing

REASON_MAX = 500


def standing_changed(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """Paused, banned or free again, and the way to appeal."""
    standing = message.facts.get("standing")
    if standing not in set(Standing):
        return None
    is_free = standing == Standing.GOOD
    parts = [_headed(_head(message, reading, tr), message)]
    if not is_free:
        parts += [_still_works(tr), _appeal_words(tr)]
    text = Markup("\n\n").join(parts)
    return Screen(text=text, rows=_free_rows(tr) if is_free else _held_rows(tr))


def _head(message: Message, reading: Reading, tr: Translator) -> Markup:
    until_ms = message.facts.get("until_ms")
    match message.facts.get("standing"):
        case Standing.GOOD:
            return tr("🟢 <b>Your account is free again.</b> You can sell and order as before.")
        case Standing.PAUSED if isinstance(until_ms, int):
            return tr(
                "⏸ <b>An operator has paused your account until {when}.</b> It ends by itself.",
                when=tr.when(until_ms, reading.now_ms),
            )
        case Standing.PAUSED:
            return tr("⏸ <b>An operator has paused your account.</b>")
        case _:
            return tr("⛔ <b>An operator has closed your account for new gigs and orders.</b>")


def _still_works(tr: Translator) -> Markup:
    return tr(
        "You cannot offer gigs or place orders now. What is under way goes on: you can deliver, "
        "accept, answer, talk in the order and open or answer disputes. Your wallet stays yours."
    )


def _appeal_words(tr: Translator) -> Markup:
    return tr("If you think that this is wrong, you can appeal once.")


def _held_rows(tr: Translator) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button(label=tr.label("Appeal"), tap=AppealStanding(), style="primary"),),
        (
            Button(label=tr.label("My orders"), tap=ShowBoard(0, 0)),
            Button(label=tr.label("Wallet"), tap=ShowWallet(0)),
        ),
    )


def _free_rows(tr: Translator) -> tuple[tuple[Button, ...], ...]:
    return ((Button(label=tr.label("Main menu"), tap=GoHome()),),)


def gig_taken_down(message: Message, _reading: Reading, tr: Translator) -> Screen | None:
    """To the seller: a gig was taken down, or put back."""
    title = message.facts.get("title")
    if not isinstance(title, str):
        return None
    name = one_line(title)
    if message.facts.get("state") == GigState.ACTIVE:
        head = tr("🟢 <b>Your gig takes orders again:</b> {title}", title=name)
        return Screen(text=_headed(head, message), rows=((_look(message, tr),),))
    head = tr("🚫 <b>An operator has taken your gig down:</b> {title}", title=name)
    after = tr(
        "It takes no new orders; orders under way go on as before. Put right what the reason "
        "names, and an operator looks at it again. Or write to /support if you see it differently."
    )
    again = revise_button(_gig_id(message), tr)
    mine = Button(label=tr.label("My gigs"), tap=ShowMyGigs())
    text = Markup("{}\n\n{}").format(_headed(head, message), after)
    return Screen(text=text, rows=((again, mine),))


def _look(message: Message, tr: Translator) -> Button:
    return Button(label=tr.label("Show my gig"), tap=ShowGig(_gig_id(message), 0))


def _gig_id(message: Message) -> int:
    gig_id = message.facts.get("gig")
    return gig_id if isinstance(gig_id, int) else 0


def _headed(head: Markup, message: Message) -> Markup:
    """The fact with the operator's reason."""
    reason = str(message.facts.get("reason") or "")
    return Markup("{}\n{}").format(head, quoted(reason, REASON_MAX)) if reason else head
