"""What operators are asked when they judge people, gigs, reports, payments taken back."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import EnterChargeback, LeaveFlow, PickDays, ShowOrder
from bot.views.codes import order_code
from bot.views.person_card import BAN, FREE, PAUSE
from bot.views.typed import name_of, one_line
from market.contract import Order
from market.states import State

# How a report is settled, or a gig judged, as buttons count; only ever append, 5 is gone.
ANSWER, TAKE_DOWN, REMOVE_REVIEW, REFUSE_REOPEN, RESTORE, STILL_DOWN = 0, 1, 2, 3, 4, 6
WAYS = (ANSWER, TAKE_DOWN, REMOVE_REVIEW, REFUSE_REOPEN, RESTORE, STILL_DOWN)
PAUSES = (1, 7, 30)


def days_question(name: str, most: int, tr: Translator) -> Screen:
    """For how long."""
    text = tr(
        "⏸ <b>Pause {name} for how long?</b>\nNo new gigs and no new orders meanwhile; what is "
        "under way can be finished, and the wallet stays open. It ends by itself. Tap a number of "
        "days or write one, up to {most}.",
        name=name_of(name),
        most=most,
    )
    one = Button(label=tr.label("1 day"), tap=PickDays(PAUSES[0]))
    others = [
        Button(label=tr.label("{count} days", count=days), tap=PickDays(days))
        for days in PAUSES[1:]
    ]
    return Screen(text=text, rows=((one, *others), (_later(tr),)))


def standing_question(name: str, act: int, days: int, most: int, tr: Translator) -> Screen:
    """Why; the person reads it."""
    shown = name_of(name)
    heads = {
        PAUSE: tr.n(
            "⏸ <b>Pause {name} for {n} day</b>",
            "⏸ <b>Pause {name} for {n} days</b>",
            days,
            name=shown,
        ),
        BAN: tr(
            "⛔ <b>Ban {name}</b>\nNo new gigs and orders until an operator frees the person; "
            "what is under way can be finished, and the wallet stays open.",
            name=shown,
        ),
        FREE: tr(
            "🟢 <b>Free {name}</b>\nNew gigs and orders are possible again at once.", name=shown
        ),
    }
    reader = tr("The person reads the reason and can appeal.")
    if act == FREE:
        reader = tr("The person reads the reason.")
    return _asking(heads[act], reader, most, tr)


def _asking(head: Markup, reader: Markup, most: int, tr: Translator) -> Screen:
    ask = tr("Please write it in one message, at most {most} characters.", most=tr.number(most))
    text = Markup("{}\n\n{} {}").format(head, reader, ask)
    return Screen(text=text, rows=((_later(tr),),))


def settle_question(how: int, title: str, most: int, tr: Translator) -> Screen:
    """The reason or the answer; who reads it, and what it does."""
    match how:
        case 1:
            head = tr("🚫 <b>Take this gig down</b>\n{title}", title=one_line(title))
            reader = tr(
                "It leaves its shelf and takes no new orders; orders under way go on. The seller "
                "reads the reason."
            )
        case 2:
            head = tr("🗑 <b>Remove this review</b>")
            reader = tr("Nobody sees it any more. Its author reads the reason.")
        case 3:
            head = tr("🔒 <b>Leave the order as it is</b>\n{title}", title=one_line(title))
            reader = tr("The buyer reads the reason.")
        case 4:
            head = tr("🟢 <b>Put this gig back</b>\n{title}", title=one_line(title))
            reader = tr("It takes orders again at once. The seller reads the reason.")
        case 6:
            head = tr("🚫 <b>Leave this gig down</b>\n{title}", title=one_line(title))
            reader = tr("The seller reads what is still wrong and can change the gig once more.")
        case _:
            head = tr("🚩 <b>Settle this report</b>\n{title}", title=one_line(title))
            reader = tr("Whoever reported it reads your answer: what you found, what you did.")
    return _asking(head, reader, most, tr)


def contest_question(least: int, tr: Translator) -> Screen:
    """A person appeals against a pause or ban."""
    text = tr(
        "🙋 <b>Your appeal</b>\nPlease write in one message, in at least {least} characters, why "
        "this should be looked at again. You can do so once; an operator answers you here.",
        least=least,
    )
    return Screen(text=text, rows=((_later(tr),),))


def contested_screen(tr: Translator) -> Screen:
    """What happens next."""
    text = tr(
        "🙋 <b>Your appeal is with the operators.</b>\nSomebody else than who decided looks at it, "
        "where there is somebody else, and answers you here. Until then everything stays as it is."
    )
    return Screen(text=text)


def chargeback_first(order: Order, tr: Translator) -> Screen:
    """What entering it does."""
    text = tr(
        "⚠️ <b>Payment of order {code} taken back?</b>\nEnter this only when the provider itself "
        "shows that {price} was taken back. {what} It cannot be undone here.",
        code=order_code(order.id),
        price=tr.money(order.terms.price),
        what=_chargeback_effect(order, tr),
    )
    on = EnterChargeback(order.id, 1)
    return _chargeback(order, text, Button(label=tr.label("Go on"), tap=on, style="danger"), tr)


def chargeback_second(order: Order, tr: Translator) -> Screen:
    """Once more."""
    text = tr(
        "⚠️ <b>Sure?</b> Order {code}: {what}",
        code=order_code(order.id),
        what=_chargeback_effect(order, tr),
    )
    on = EnterChargeback(order.id, 2)
    label = tr.label("Yes, it was taken back")
    return _chargeback(order, text, Button(label=label, tap=on, style="danger"), tr)


def _chargeback_effect(order: Order, tr: Translator) -> Markup:
    if order.held_minor:
        return tr("The order ends as cancelled; the seller receives nothing, nothing is sent back.")
    if order.state is State.CLEARED:
        return tr("The seller keeps what he has earned; the buyer owes the house all of it.")
    return tr(
        "The order stays completed and is flagged; what has not reached the seller yet is taken "
        "from it, the rest is what the buyer owes the house."
    )


def _chargeback(order: Order, text: Markup, button: Button, tr: Translator) -> Screen:
    back = Button(label=tr.label("Back"), tap=ShowOrder(order.id))
    return Screen(text=text, rows=((button,), (back,)))


def entered_toast(tr: Translator) -> str:
    """The chargeback stands in the books."""
    return tr.label("Entered. The seller is being told.")


def settled_toast(tr: Translator) -> str:
    """Whoever it concerns is told."""
    return tr.label("Settled. Whoever it concerns is being told.")


def settled_before_toast(tr: Translator) -> str:
    """Another operator was faster."""
    return tr.label("This was settled already. This is how it is now.")


def reopened_toast(tr: Translator) -> str:
    """A dispute began."""
    return tr.label("Reopened. Both sides are being told.")


def stands_toast(tr: Translator) -> str:
    """The person is told."""
    return tr.label("Done. The person is being told.")


def wants_a_reason(tr: Translator) -> Markup:
    """Something else than words came."""
    return tr("Here I need your reason in words.")


def _later(tr: Translator) -> Button:
    return Button(label=tr.label("Later"), tap=LeaveFlow())
