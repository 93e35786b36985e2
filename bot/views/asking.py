"""What the flows of requests ask: how many days more and why, which part for the seller and why."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import LeaveFlow, LookLonger, PickDays, PickShare, ShowOrder, StepBack
from bot.views.order_state import until
from bot.views.orders import title_words
from bot.views.requests import due_when_given
from bot.views.seen import party_name
from market.guards import LONGER_LOOK_DAYS
from market.money import Money
from market.read import OrderCard
from market.request_guards import MORE_DAYS_MOST
from market.states import Role

DAYS = (1, 2, 3, 7)
LOOKS = (1, 3, LONGER_LOOK_DAYS)
PERCENTS = (0, 25, 50, 75)


def time_intro(card: OrderCard, tr: Translator) -> Markup:
    """What asking for time does."""
    return tr(
        "⏳ <b>How many days more do you need?</b>\nThe delivery is due {due}. {buyer} is asked "
        "and can say no within {span}; until there is an answer, the deadline stays as it is, and "
        "you can still deliver.",
        due=until(card.order.due_at_ms, card.now_ms, tr),
        buyer=party_name(card, Role.BUYER),
        span=tr.span(card.policy.windows.request_ms),
    )


def days_question(intro: Markup, tr: Translator) -> Screen:
    """Days as buttons, or typed."""
    ask = tr("Tap a number or write one, from 1 to {most}.", most=MORE_DAYS_MOST)
    buttons = [_days(count, tr) for count in DAYS]
    rows = (tuple(buttons[:2]), tuple(buttons[2:]), (_later(tr),))
    return Screen(text=Markup("{}\n\n{}").format(intro, ask), rows=rows)


def _days(count: int, tr: Translator) -> Button:
    days = tr.n("{n} day", "{n} days", count)
    return Button(label=tr.label("{days} more", days=days), tap=PickDays(count))


def time_effect(card: OrderCard, days: int, tr: Translator) -> Markup:
    """What the buyer will be asked to agree to."""
    due = due_when_given(card.order, days, card.now_ms, card.policy.windows.day_ms)
    return tr.n(
        "⏳ You ask for {n} day more: the delivery would then be due {due}.",
        "⏳ You ask for {n} days more: the delivery would then be due {due}.",
        days,
        due=tr.when(due, card.now_ms),
    )


def time_words_question(effect: Markup, tr: Translator) -> Screen:
    """Why; the buyer reads it."""
    ask = tr("Please write in one message why; the buyer reads it with your request.")
    return Screen(text=Markup("{}\n\n{}").format(effect, ask), rows=(_again(tr),))


def look_longer_screen(card: OrderCard, tr: Translator) -> Screen:
    """Until when silence would not count, for each choice."""
    order = card.order
    text = tr(
        "🔎 <b>More time to look</b>\nNow silence counts as acceptance from {until}. You can take "
        "more time once for this delivery; {seller} is told. Nothing else changes, and it costs "
        "nothing.",
        until=until(order.clock_at_ms, card.now_ms, tr),
        seller=party_name(card, Role.SELLER),
    )
    choices = Markup("\n").join(_look_words(card, days, tr) for days in LOOKS)
    row = tuple(_look(card, days, tr) for days in LOOKS)
    back = Button(label=tr.label("Back"), tap=ShowOrder(order.id))
    parts = [title_words(card, tr), text, choices]
    return Screen(text=Markup("\n\n").join(parts), rows=(row, (back,)))


def _look_words(card: OrderCard, days: int, tr: Translator) -> Markup:
    until_ms = (card.order.clock_at_ms or card.now_ms) + days * card.policy.windows.day_ms
    moment = tr.when(until_ms, card.now_ms)
    return tr.n("• {n} day more: until {when}", "• {n} days more: until {when}", days, when=moment)


def _look(card: OrderCard, days: int, tr: Translator) -> Button:
    label = tr.label("{days} more", days=tr.n("{n} day", "{n} days", days))
    return Button(label=label, tap=LookLonger(card.order.id, card.order.version, days))


def longer_toast(card: OrderCard, tr: Translator) -> str:
    """The new moment."""
    moment = tr.when(card.order.clock_at_ms or card.now_ms, card.now_ms)
    return tr.label("You have until {when} to look.", when=moment)


def share_intro(card: OrderCard, tr: Translator) -> Markup:
    """What proposing an end means."""
    return tr(
        "{question}\nAll of it goes back the way it came; a part of it stays here as credit, "
        "because payments are sent back whole or not at all. You see the exact amounts before "
        "anything is sent.",
        question=_whose_part(card, tr),
    )


def _whose_part(card: OrderCard, tr: Translator) -> Markup:
    price = tr.money(card.order.terms.price)
    if card.viewer is Role.SELLER:
        return tr(
            "🤝 <b>Which part of {price} do you keep?</b>\nThe rest goes back to {buyer}.",
            price=price,
            buyer=party_name(card, Role.BUYER),
        )
    return tr(
        "🤝 <b>Which part of {price} does {seller} keep?</b>\nThe rest goes back to you.",
        price=price,
        seller=party_name(card, Role.SELLER),
    )


def share_question(intro: Markup, price: Money, tr: Translator) -> Screen:
    """The seller's part as buttons, or typed."""
    most = tr.money(Money(price.minor - 1, price.currency))
    ask = tr("Tap a part or write an amount, from 0 to {most}.", most=most)
    nothing = Button(label=tr.label("Nothing: all goes back"), tap=PickShare(PERCENTS[0]))
    parts = tuple(_part(percent, price, tr) for percent in PERCENTS[1:])
    text = Markup("{}\n\n{}").format(intro, ask)
    return Screen(text=text, rows=((nothing,), parts, (_later(tr),)))


def share_of(price_minor: int, percent: int) -> int:
    """A part of the price in minor units, floored."""
    return price_minor * percent // 100


def _part(percent: int, price: Money, tr: Translator) -> Button:
    amount = tr.money(Money(share_of(price.minor, percent), price.currency))
    label = tr.label("{percent}%: {amount}", percent=percent, amount=amount)
    return Button(label=label, tap=PickShare(percent))


def end_words_question(effect: Markup, tr: Translator) -> Screen:
    """The exact parts, and why; the other side reads it."""
    head = tr("🤝 <b>This is what you propose:</b>")
    ask = tr(
        "Please write in one message why; the other side reads it with your proposal. Nothing "
        "moves before the other side agrees, and you can take it back until then."
    )
    return Screen(text=Markup("{}\n{}\n\n{}").format(head, effect, ask), rows=(_again(tr),))


def asked_toast(tr: Translator) -> str:
    """The other side has been asked."""
    return tr.label("The other side has been asked.")


def _again(tr: Translator) -> tuple[Button, ...]:
    return Button(label=tr.label("Change it"), tap=StepBack()), _later(tr)


def _later(tr: Translator) -> Button:
    return Button(label=tr.label("Later"), tap=LeaveFlow())
