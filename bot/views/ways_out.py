"""How an order can be ended now: every way that is open, and what it does to the money first."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import CancelOrder, ExplainCancel, OpenDispute, ProposeEnd, ShowOrder
from bot.views.order_money import net_of
from bot.views.order_state import until
from bot.views.orders import title_words
from bot.views.seen import party_name
from bot.views.shares import shares_words
from bot.views.ways import disputable_from, may_leave_from, may_propose
from market.order import allowed
from market.read import OrderCard
from market.states import Event, Role, State

Way = tuple[Markup, Button | None]


def ways_out_screen(card: OrderCard, tr: Translator) -> Screen:
    """One paragraph and one button for each way."""
    mine = allowed(card.order, card.viewer)
    ways = [way(card, tr) for event, way in _WAYS if event in mine]
    head = tr("✖️ <b>How this order can end</b>\nNothing happens before you tap a button below.")
    parts = [title_words(card, tr), head, *(words for words, _ in ways)]
    rows = [(button,) for _, button in ways if button is not None]
    back = Button(label=tr.label("Back"), tap=ShowOrder(card.order.id))
    return Screen(text=Markup("\n\n").join(parts), rows=(*rows, (back,)))


def _leave(card: OrderCard, tr: Translator) -> Way:
    from_ms = may_leave_from(card)
    assert from_ms is not None, "the table lets the buyer leave work in progress"
    effect = shares_words(card, 0, tr)
    if card.now_ms < from_ms:
        words = tr(
            "<b>Cancel because it is late</b>: possible from {when}, if nothing has been delivered "
            "by then.",
            when=until(from_ms, card.now_ms, tr),
        )
        return Markup("{}\n{}").format(words, effect), None
    words = tr("<b>Cancel now</b>: the delivery is late enough for that.")
    tap = CancelOrder(card.order.id, card.order.version, 1)
    price = tr.money(card.order.terms.price)
    label = tr.label("Cancel now: {price} back", price=price)
    return Markup("{}\n{}").format(words, effect), Button(label=label, tap=tap, style="danger")


def _cancel(card: OrderCard, tr: Translator) -> Way:
    tap = ExplainCancel(card.order.id, card.order.version)
    button = Button(label=tr.label("Cancel and give the reason"), tap=tap, style="danger")
    words = tr(
        "<b>Cancel alone</b>\nThe whole {price} goes back to {buyer}, and you will not receive "
        "your {net}. You give a reason, which {buyer} reads. It counts against you: cancelled "
        "orders stay on your record.",
        price=tr.money(card.order.terms.price),
        buyer=party_name(card, Role.BUYER),
        net=tr.money(net_of(card.order)),
    )
    return words, button


def _propose(card: OrderCard, tr: Translator) -> Way:
    head = tr("<b>End it together</b>")
    if not may_propose(card):
        moment = until(card.order.clock_at_ms, card.now_ms, tr)
        words = tr("Something is being asked already; it waits until {until}.", until=moment)
        return Markup("{}\n{}").format(head, words), None
    words = tr(
        "You propose which part of {price} the seller keeps, from nothing to most of it, and see "
        "the exact amounts first. {name} can answer within {span}; until then nothing ends and "
        "you can take it back.",
        price=tr.money(card.order.terms.price),
        name=party_name(card, card.viewer.other),
        span=tr.span(card.policy.windows.request_ms),
    )
    tap = ProposeEnd(card.order.id, card.order.version)
    button = Button(label=tr.label("Propose an end together"), tap=tap, style="primary")
    return Markup("{}\n{}").format(head, words), button


def _dispute(card: OrderCard, tr: Translator) -> Way:
    head = tr("<b>Open a dispute</b>")
    from_ms = disputable_from(card)
    if card.now_ms < from_ms:
        return Markup("{}\n{}").format(head, _dispute_later(card, from_ms, tr)), None
    words = tr(
        "You both say what happened, then an operator decides who gets which part. The money "
        "stays held until then."
    )
    tap = OpenDispute(card.order.id, card.order.version)
    button = Button(label=tr.label("Open a dispute"), tap=tap)
    return Markup("{}\n{}").format(head, words), button


def _dispute_later(card: OrderCard, from_ms: int, tr: Translator) -> Markup:
    moment = until(from_ms, card.now_ms, tr)
    if card.order.state is State.DELIVERED:
        return tr("Possible from {when}, after a first look at the delivery.", when=moment)
    return tr(
        "Possible when the delivery is late, from {when}, or after a request was refused.",
        when=moment,
    )


_WAYS = (
    (Event.LATE_CANCEL, _leave),
    (Event.ASK_CANCEL, _propose),
    (Event.DISPUTE, _dispute),
    (Event.SELLER_CANCEL, _cancel),
)
