"""Parts of an order's screen: the requirements, the deliveries, the changes asked, its history."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.typed import quoted
from market.change import OrderEvent
from market.read import Delivery, OrderCard
from market.states import Event, State

PART_MAX = 700
QUESTION_MAX = 300
HISTORY_MAX = 12
_BEFORE_ANSWER = {State.DRAFT, State.AWAITING_PAYMENT, State.AWAITING_REQUIREMENTS}
_WITH_CHANGES = {State.REVISION_REQUESTED, State.IN_PROGRESS}


def requirements_part(card: OrderCard, tr: Translator) -> Markup | None:
    """The seller's question, and the buyer's answer once it is there."""
    question, answer = card.gig.question, card.answer
    if answer is not None:
        files = _files(len(answer.files), tr)
        head = tr("📝 <b>Requirements</b>{files}", files=files)
        return _with_quote(head, answer.text)
    if question is None or card.order.state not in _BEFORE_ANSWER:
        return None
    return _with_quote(tr("📝 <b>The seller's question</b>"), question)


def changes_part(card: OrderCard, tr: Translator) -> Markup | None:
    """What the buyer would like changed, while that is open."""
    if not card.asked or card.order.state not in _WITH_CHANGES:
        return None
    return _with_quote(tr("🔁 <b>Changes asked</b>"), card.asked)


def deliveries_part(card: OrderCard, tr: Translator) -> Markup | None:
    """One line for each delivery, the words of the last one."""
    if not card.deliveries:
        return None
    lines = [_delivery_line(delivery, card.now_ms, tr) for delivery in card.deliveries]
    return _with_quote(Markup("\n").join(lines), card.deliveries[-1].text)


def _delivery_line(delivery: Delivery, now_ms: int, tr: Translator) -> Markup:
    return tr(
        "📦 <b>Delivery {number}</b>, {when}{files}",
        number=delivery.number,
        when=tr.when(delivery.at_ms, now_ms),
        files=_files(len(delivery.files), tr),
    )


def history_part(card: OrderCard, tr: Translator) -> Markup | None:
    """The last events, for operators."""
    lines = [_event_line(event, card.now_ms, tr) for event in card.history[-HISTORY_MAX:]]
    if not lines:
        return None
    return Markup("\n").join([tr("🗒 <b>What happened</b>"), *lines])


def _event_line(event: OrderEvent, now_ms: int, tr: Translator) -> Markup:
    return tr("{when}: {what}", when=tr.when(event.at_ms, now_ms), what=event_name(event.event, tr))


def event_name(event: Event, tr: Translator) -> str:
    """An event in two or three words."""
    names = {
        Event.CREATE: tr.label("order opened"),
        Event.SUBMIT: tr.label("order placed"),
        Event.PAID: tr.label("payment arrived"),
        Event.EXPIRE: tr.label("expired without a payment"),
        Event.CANCEL_UNPAID: tr.label("cancelled before the payment"),
        Event.REQUIREMENTS: tr.label("requirements answered"),
        Event.REQ_TIMEOUT: tr.label("cancelled: requirements not answered"),
        Event.BUYER_CANCEL_EARLY: tr.label("cancelled by the buyer"),
        Event.SELLER_CANCEL: tr.label("cancelled by the seller"),
        Event.DELIVER: tr.label("delivered"),
        Event.REVISE: tr.label("changes asked"),
        Event.RESUME: tr.label("work resumed"),
        Event.ACCEPT: tr.label("accepted by the buyer"),
        Event.AUTO_COMPLETE: tr.label("accepted by silence"),
        Event.LATE_CANCEL: tr.label("cancelled by the buyer: late"),
        Event.ABANDON: tr.label("cancelled: no delivery came"),
        Event.CLEAR: tr.label("money available to the seller"),
    }
    return names[event]


def _files(count: int, tr: Translator) -> Markup:
    return tr.n(", {n} file", ", {n} files", count) if count else Markup()


def _with_quote(head: Markup, text: str) -> Markup:
    return Markup("{}\n{}").format(head, quoted(text, PART_MAX)) if text.strip() else head
