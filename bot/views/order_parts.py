"""Parts of an order's screen: the requirements, the deliveries, the changes asked, its history."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.event_names import happened
from bot.views.seen import party_name
from bot.views.typed import one_line, quoted
from market.change import OrderEvent
from market.read import Delivery, OrderCard
from market.states import Event, Role, State

PART_MAX = 700
QUESTION_MAX = 300
HISTORY_MAX = 12
ASKED_MAX = 80
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
    """What the buyer would like changed, while that is open, and which round it is."""
    if not card.asked or card.order.state not in _WITH_CHANGES:
        return None
    head = tr(
        "🔁 <b>Changes asked</b>, round {number} of {included}",
        number=max(1, card.order.revisions_used),
        included=card.order.terms.revisions,
    )
    return _with_quote(head, card.asked)


def deliveries_part(card: OrderCard, tr: Translator) -> Markup | None:
    """The last delivery in words, with what was asked before it; how many there are."""
    if not card.deliveries:
        return None
    last = card.deliveries[-1]
    lines = [delivery_line(last, card.now_ms, tr)]
    asked = asked_before(card, last.number)
    if asked:
        lines.append(tr("after: {asked}", asked=one_line(asked, ASKED_MAX)))
    if len(card.deliveries) > 1:
        earlier = tr.n("{n} earlier version", "{n} earlier versions", len(card.deliveries) - 1)
        lines.append(earlier)
    return _with_quote(Markup("\n").join(lines), last.text)


def asked_before(card: OrderCard, number: int) -> str:
    """The changes that delivery `number` answers, empty for the first one."""
    notes = [event.note for event in card.history if event.event is Event.REVISE]
    return notes[number - 2] if 2 <= number <= len(notes) + 1 else ""


def delivery_line(delivery: Delivery, now_ms: int, tr: Translator) -> Markup:
    """Its number, when it came, and how many files it has."""
    return tr(
        "📦 <b>Delivery {number}</b>, {when}{files}",
        number=delivery.number,
        when=tr.when(delivery.at_ms, now_ms),
        files=_files(len(delivery.files), tr),
    )


def away_part(card: OrderCard, tr: Translator) -> Markup | None:
    """Who is away until when, and by how much absences have moved deadlines."""
    if card.order.state.is_final:
        return None
    lines = []
    if card.away_until_ms is not None and card.viewer is not Role.OPERATOR:
        name = party_name(card, card.viewer.other)
        back = tr.when(card.away_until_ms, card.now_ms)
        lines.append(tr("🌴 {name} is away until {when}.", name=name, when=back))
    if card.order.absent_ms:
        span = tr.span(card.order.absent_ms)
        lines.append(
            tr("🌴 Declared absences have moved deadlines of this order by {span}.", span=span)
        )
    return Markup("\n").join(lines) if lines else None


def history_part(card: OrderCard, tr: Translator) -> Markup | None:
    """The last events, for operators."""
    lines = [_event_line(event, card.now_ms, tr) for event in card.history[-HISTORY_MAX:]]
    if not lines:
        return None
    return Markup("\n").join([tr("🗒 <b>What happened</b>"), *lines])


def _event_line(event: OrderEvent, now_ms: int, tr: Translator) -> Markup:
    return tr("{when}: {what}", when=tr.when(event.at_ms, now_ms), what=happened(event, tr))


def _files(count: int, tr: Translator) -> Markup:
    return tr.n(", {n} file", ", {n} files", count) if count else Markup()


def _with_quote(head: Markup, text: str) -> Markup:
    return Markup("{}\n{}").format(head, quoted(text, PART_MAX)) if text.strip() else head
