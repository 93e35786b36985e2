"""A live request between the parties: what is asked, until when, what silence does, the answers."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import AgreeRequest, GiveTime, RefuseRequest, ShowOrder, ShowRoom, TakeBackRequest
from bot.views.order_state import until
from bot.views.seen import party_name
from bot.views.shares import mine_of, shares_words
from bot.views.typed import quoted
from market.contract import Order
from market.read import OrderCard
from market.requests import Kind, Request
from market.states import Event, Role, State

NOTE_MAX = 500
_ASKS = {Event.ASK_CANCEL, Event.ASK_TIME}


def live_request(card: OrderCard) -> Request:
    """The request that the screen is about."""
    assert card.order.request is not None, "a request waits for its answer"
    return card.order.request


def request_words(card: OrderCard, tr: Translator) -> Markup:
    """All of it, for either party or an operator."""
    request = live_request(card)
    lines = [_asked(card, request, tr)]
    note = request_note(card)
    if note:
        lines.append(quoted(note, NOTE_MAX))
    if request.kind is Kind.CANCEL:
        lines.append(tr("<b>If it is agreed:</b>"))
        lines.append(shares_words(card, request.minor, tr))
    lines += [_silence(card, request, tr), _meanwhile(card, tr)]
    return Markup("\n").join(lines)


def request_note(card: OrderCard) -> str:
    """What was written with the request."""
    notes = [event.note for event in card.history if event.event in _ASKS]
    return notes[-1] if notes else ""


def due_when_given(order: Order, days: int, now_ms: int, day_ms: int) -> int:
    """The deadline if the buyer gives the seller that many days now."""
    return max(order.due_at_ms or now_ms, now_ms) + days * day_ms


def _asked(card: OrderCard, request: Request, tr: Translator) -> Markup:
    name, answerer = party_name(card, request.by), party_name(card, request.by.other)
    moment = until(request.until_ms, card.now_ms, tr)
    if request.kind is Kind.TIME:
        return _time_asked(card, request, tr)
    if card.viewer is request.by:
        return tr(
            "🤝 You propose to end the order. {name} can answer until {until}.",
            name=answerer,
            until=moment,
        )
    if card.viewer is request.by.other:
        return tr(
            "🤝 {name} proposes to end the order. Please answer by {until}.",
            name=name,
            until=moment,
        )
    return tr(
        "🤝 {name} proposes to end the order. {other} can answer until {until}.",
        name=name,
        other=answerer,
        until=moment,
    )


def _time_asked(card: OrderCard, request: Request, tr: Translator) -> Markup:
    days = tr.n("{n} day", "{n} days", request.days)
    moment = until(request.until_ms, card.now_ms, tr)
    if card.viewer is Role.SELLER:
        return tr(
            "⏳ You ask for {days} more. {buyer} can answer until {until}.",
            days=days,
            buyer=party_name(card, Role.BUYER),
            until=moment,
        )
    due = due_when_given(card.order, request.days, card.now_ms, card.policy.windows.day_ms)
    return tr(
        "⏳ {seller} asks for {days} more; the delivery would then be due {due}. The answer is "
        "expected by {until}.",
        seller=party_name(card, Role.SELLER),
        days=days,
        due=tr.when(due, card.now_ms),
        until=moment,
    )


def _silence(card: OrderCard, request: Request, tr: Translator) -> Markup:
    if request.kind is Kind.TIME:
        return tr("Without an answer the request lapses, and the deadline stays as it is.")
    if ends_by_silence(card.order, request):
        return tr(
            "Without an answer and without a delivery by then, the order is cancelled and the "
            "whole {price} goes back to {buyer}.",
            price=tr.money(card.order.terms.price),
            buyer=party_name(card, Role.BUYER),
        )
    return tr("Without an answer the proposal lapses, and the order goes on.")


def ends_by_silence(order: Order, request: Request) -> bool:
    """The buyer wants everything back, and the work will be late when the wait is over."""
    is_all = request.by is Role.BUYER and request.kind is Kind.CANCEL and request.minor == 0
    is_work = order.state is State.IN_PROGRESS and order.due_at_ms is not None
    return is_all and is_work and (order.due_at_ms or 0) < request.until_ms


def _meanwhile(card: OrderCard, tr: Translator) -> Markup:
    match card.order.state:
        case State.DELIVERED:
            return tr("Until then, silence does not count as acceptance.")
        case State.REVISION_REQUESTED:
            return tr("Until then, the work does not resume by itself.")
        case _:
            return _still_due(card, tr)


def _still_due(card: OrderCard, tr: Translator) -> Markup:
    due = tr.when(card.order.due_at_ms or card.now_ms, card.now_ms)
    if card.order.is_late(card.now_ms):
        return tr("The delivery was due {due} and is still awaited.", due=due)
    return tr("The delivery time goes on meanwhile: due {due}.", due=due)


def request_buttons(card: OrderCard, tr: Translator) -> list[Button]:
    """Agree and no for who is asked, taking back for who asked; nothing for others."""
    request, order = card.order.request, card.order
    if request is None or card.viewer not in {request.by, request.by.other}:
        return []
    if card.viewer is request.by:
        back = TakeBackRequest(order.id, order.version)
        return [Button(label=tr.label("Take the request back"), tap=back)]
    no = Button(label=tr.label("No"), tap=RefuseRequest(order.id, order.version))
    made = [_agree(card, request, tr), no]
    if card.has_room:
        made.append(Button(label=tr.label("Talk first"), tap=ShowRoom(order.id, 0)))
    return made


def _agree(card: OrderCard, request: Request, tr: Translator) -> Button:
    order = card.order
    if request.kind is Kind.TIME:
        days = tr.n("{n} day", "{n} days", request.days)
        label = tr.label("Agree: {days} more", days=days)
        return Button(label=label, tap=GiveTime(order.id, order.version), style="success")
    mine = tr.money(mine_of(card, request.minor))
    label = tr.label("Agree: you get {amount}", amount=mine)
    return Button(label=label, tap=AgreeRequest(order.id, order.version, 0), style="success")


def agree_confirm(card: OrderCard, title: Markup, tr: Translator) -> Screen:
    """Agreeing to an end moves the money: the exact parts once more."""
    question = tr("Agree and end the order? This is what happens at once and cannot be undone:")
    parts = shares_words(card, live_request(card).minor, tr)
    yes = AgreeRequest(card.order.id, card.order.version, 1)
    sure = Button(label=tr.label("Yes, end the order"), tap=yes, style="success")
    back = Button(label=tr.label("Back"), tap=ShowOrder(card.order.id))
    text = Markup("{}\n\n{}\n{}").format(title, question, parts)
    return Screen(text=text, rows=((sure,), (back,)))


def time_given_toast(tr: Translator) -> str:
    """The buyer agreed to more days."""
    return tr.label("Agreed: the deadline has moved.")


def ended_toast(tr: Translator) -> str:
    """Both agreed to end the order."""
    return tr.label("Agreed: the order has ended.")


def refused_toast(tr: Translator) -> str:
    """The other side has been told."""
    return tr.label("You said no; the order goes on as it was.")


def taken_back_toast(tr: Translator) -> str:
    """The request is gone."""
    return tr.label("Taken back; the order goes on as it was.")
