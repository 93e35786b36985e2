"""Being away: which days, what stands still meanwhile and what goes on, who is told."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from markupsafe import Markup

from bot.i18n import Translator
from bot.i18n.formats import local, zone_info
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    EndAway,
    KeepAway,
    LeaveFlow,
    PickDay,
    ShowBoard,
    ShowDays,
    ShowOrder,
    ShowSettings,
    StartAway,
)
from bot.views.codes import order_code
from bot.views.reading import Reading
from bot.views.typed import name_of, one_line
from market.absence import Absence
from market.notices import Message
from market.policy import Policy
from market.read import GigCard, OrderCard
from market.states import Role

DAYS_SHOWN = 10
Rows = tuple[tuple[Button, ...], ...]


def today_of(now_ms: int, tr: Translator) -> date:
    """The day on the reader's calendar."""
    return local(now_ms, tr.zone).date()


def begins_ms(day: date, tr: Translator) -> int:
    """When the day begins on the reader's clock."""
    return int(datetime.combine(day, time.min, zone_info(tr.zone)).timestamp() * 1_000)


def _last_day(until_ms: int, tr: Translator) -> str:
    return tr.day(until_ms - 1)


def away_screen(absences: tuple[Absence, ...], tr: Translator, now_ms: int) -> Screen:
    """What is declared, and the ways to declare and to end."""
    parts = [tr("🌴 <b>Being away</b>")]
    parts += [_declared(one, tr, now_ms) for one in absences]
    if not absences:
        parts.append(
            tr(
                "You are here. When you go away for some days, tell me: deadlines that wait for "
                "your answer stand still, and buyers see when you are back."
            )
        )
    ends = tuple((_end(one, tr, now_ms),) for one in absences)
    start = Button(label=tr.label("I am going away"), tap=StartAway(), style="primary")
    back = Button(label=tr.label("Back"), tap=ShowSettings())
    return Screen(text=Markup("\n\n").join(parts), rows=(*ends, (start, back)))


def _declared(absence: Absence, tr: Translator, now_ms: int) -> Markup:
    last = _last_day(absence.until_ms, tr)
    if absence.covers(now_ms):
        return tr("You are away now, the last day is {last}.", last=last)
    return tr("You will be away from {first} to {last}.", first=tr.day(absence.from_ms), last=last)


def _end(absence: Absence, tr: Translator, now_ms: int) -> Button:
    if absence.covers(now_ms):
        return Button(label=tr.label("I am back"), tap=EndAway(absence.id), style="success")
    label = tr.label("Not going on {first}", first=tr.day(absence.from_ms))
    return Button(label=label, tap=EndAway(absence.id))


def ended_toast(tr: Translator, *, had_begun: bool) -> str:
    """The absence is over, or never was."""
    if had_begun:
        return tr.label("Welcome back. Deadlines run again; what they gained they keep.")
    return tr.label("Taken back: you are here on those days.")


def first_question(today: date, page: int, policy: Policy, tr: Translator) -> Screen:
    """From which day on; by a button or typed."""
    text = tr(
        "🌴 <b>Which is your first day away?</b>\nTap it, or type it: 24 Nov, 24/11, tomorrow …"
    )
    near = () if page > 0 else (tr.label("Today"), tr.label("Tomorrow"))
    return Screen(text=text, rows=_days(today, page, policy.absence_ahead_days, tr, near))


def last_question(first: date, page: int, policy: Policy, tr: Translator) -> Screen:
    """Until which day; that day is still away."""
    text = tr(
        "🌴 You are away from <b>{first}</b>. <b>Which is your last day away?</b>\nTap it, or type "
        "it. One absence lasts {days} days at most.",
        first=_named(first, tr),
        days=policy.absence_days,
    )
    return Screen(text=text, rows=_days(first, page, policy.absence_days - 1, tr, ()))


def _days(start: date, page: int, most: int, tr: Translator, near: tuple[str, ...]) -> Rows:
    """Ten days at a time, two in a row; the first ones may have names of their own."""
    begin = max(0, page) * DAYS_SHOWN
    numbers = range(begin, min(begin + DAYS_SHOWN, most + 1))
    buttons = [_day(start + timedelta(days=number), tr) for number in numbers]
    buttons[: len(near)] = [
        replace(button, label=label) for button, label in zip(buttons, near, strict=False)
    ]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    turns = []
    if page > 0:
        turns.append(Button(label=tr.label("Earlier days"), tap=ShowDays(page - 1)))
    if begin + DAYS_SHOWN <= most:
        turns.append(Button(label=tr.label("Later days"), tap=ShowDays(page + 1)))
    turns.append(Button(label=tr.label("Never mind"), tap=LeaveFlow()))
    return (*rows, tuple(turns))


def _day(day: date, tr: Translator) -> Button:
    return Button(label=_named(day, tr), tap=PickDay(day.toordinal()))


def _named(day: date, tr: Translator) -> str:
    return tr.day(begins_ms(day, tr))


def not_a_day(tr: Translator) -> Markup:
    """What was typed is no day."""
    return tr("I cannot read this as a day. Please tap one, or type it like 24 Nov or 24/11.")


def wants_a_tap(tr: Translator) -> Markup:
    """Both days are known; something was typed."""
    return tr(
        "Both days are here already. Please tap a button: yes, or other days to choose again."
    )


def before_first(tr: Translator) -> Markup:
    """The last day lies before the first."""
    return tr("That is before your first day away. Please pick a later one.")


def confirm_screen(first: date, last: date, policy: Policy, tr: Translator) -> Screen:
    """What it stops and what it does not, before it is declared."""
    head = tr(
        "🌴 <b>Away from {first} to {last}</b>, back on {back}.",
        first=_named(first, tr),
        last=_named(last, tr),
        back=_named(last + timedelta(days=1), tr),
    )
    most = tr.span(policy.windows.absence_most_ms)
    parts = [head, _stops(most, tr), _goes_on(tr)]
    keep = Button(label=tr.label("Yes, I am away then"), tap=KeepAway(), style="primary")
    other = Button(label=tr.label("Other days"), tap=StartAway())
    rows = ((keep,), (other, Button(label=tr.label("Never mind"), tap=LeaveFlow())))
    return Screen(text=Markup("\n\n").join(parts), rows=rows)


def _stops(most: str, tr: Translator) -> Markup:
    return tr(
        "<b>This stands still</b> (up to {most} for each order):\n"
        "• your time to look at deliveries and to answer sellers' questions\n"
        "• your time to answer what the other side asks, and to speak in a dispute\n"
        "• your delivery time of orders placed from now on; buyers see that you are away before "
        "they order",
        most=most,
    )


def _goes_on(tr: Translator) -> Markup:
    return tr(
        "<b>This goes on:</b>\n"
        "• your delivery time of orders that you have already; there, ask the buyer for more time\n"
        "• everything that waits for others; messages and orders still reach you\n\n"
        "The other sides of your open orders are told at once."
    )


def declared_toast(tr: Translator) -> str:
    """It is declared."""
    return tr.label("Noted. Have a good time!")


def away_words(card: GigCard, tr: Translator, now_ms: int) -> Markup:
    """On a gig's card; empty while its seller is here and stays."""
    if card.away_until_ms is None:
        return away_soon_words(card, tr)
    return tr(
        "🌴 The seller is away; the delivery time begins on {back}.",
        back=tr.when(card.away_until_ms, now_ms),
    )


def away_soon_words(card: GigCard, tr: Translator) -> Markup:
    """An absence to come stops the delivery time of what is ordered now; empty without one."""
    if card.away_soon is None:
        return Markup()
    return tr(
        "🌴 The seller is away from {first} to {last}; these days do not count as delivery time.",
        first=tr.day(card.away_soon.from_ms),
        last=_last_day(card.away_soon.until_ms, tr),
    )


def away_notice(message: Message, reading: Reading, tr: Translator) -> Screen | None:
    """To the other side of an order; one message for all orders with that person."""
    card = reading.card
    from_ms, until_ms = message.facts.get("from_ms"), message.facts.get("until_ms")
    if card is None or not isinstance(from_ms, int) or not isinstance(until_ms, int):
        return None
    head = tr(
        "🌴 <b>{name} is away from {first} to {last}.</b>",
        name=_other(card),
        first=tr.day(from_ms),
        last=_last_day(until_ms, tr),
    )
    parts = [head, _which(card, message.facts.get("more"), tr), _meaning(card, tr)]
    look = Button(label=tr.label("Open the order"), tap=ShowOrder(card.order.id))
    board = Button(label=tr.label("My orders"), tap=ShowBoard(0, 0))
    return Screen(text=Markup("\n").join(parts), rows=((look, board),))


def _other(card: OrderCard) -> str:
    return name_of(card.seller_name if card.viewer is Role.BUYER else card.buyer_name)


def _which(card: OrderCard, more: object, tr: Translator) -> Markup:
    facts = {"code": order_code(card.order.id), "title": one_line(card.gig.title)}
    if not isinstance(more, int) or not more:
        return tr("This is about order {code}, {title}.", **facts)
    return tr.n(
        "This is about order {code}, {title}, and {n} other order.",
        "This is about order {code}, {title}, and {n} other orders.",
        more,
        **facts,
    )


def _meaning(card: OrderCard, tr: Translator) -> Markup:
    if card.viewer is Role.BUYER:
        return tr(
            "Delivery dates agreed before stay as they are. Where an answer is waited for, it may "
            "come later; your order shows every date."
        )
    return tr(
        "Where this buyer's answer is waited for, the clock stands still meanwhile; your order "
        "shows every date."
    )
