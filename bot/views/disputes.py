"""The dispute of an order as its parties see it: both sides, the verdict, appeal and giving in."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import ROW_MAX, Album, Button, Screen
from bot.ui.taps import GiveIn, ShowDispute, ShowEvidence, ShowOrder, SpeakUp, StartAppeal
from bot.views.codes import order_code
from bot.views.dispute_words import dispute_next, dispute_of
from bot.views.orders import title_words
from bot.views.programs import beside_programs
from bot.views.reasons import note_words
from bot.views.seen import Seen, party_name
from bot.views.shares import mine_of, shares_words
from bot.views.typed import quoted
from market.cases import DisputeCard
from market.change import OrderEvent
from market.files import FileRef
from market.read import Statement
from market.states import Event, Role, State

SHOWN_MOST = 5
SAID_MAX = 350
REASON_MAX = 500
WHOLE_MAX = 3_000
BUTTONS_MOST = 9
_VERDICTS = {Event.DECIDE, Event.RESOLVE_REFUND, Event.RESOLVE_RELEASE, Event.RESOLVE_SPLIT}
_OPENED = {Event.DISPUTE, Event.REOPEN}
Rows = tuple[tuple[Button, ...], ...]


def dispute_screen(card: DisputeCard, tr: Translator) -> Screen:
    """What was said, what was decided, what comes next and what the reader can do."""
    parts = [
        title_words(card, tr),
        _head(card, tr),
        *(_said(one, card, SAID_MAX, tr) for one in card.statements[-SHOWN_MOST:]),
        _reasoned(card, tr),
        _follows(card, tr),
    ]
    text = Markup("\n\n").join(part for part in parts if part is not None)
    return Screen(text=text, rows=_rows(card, tr))


def _head(card: DisputeCard, tr: Translator) -> Markup:
    dispute = dispute_of(card)
    when = tr.when(dispute.opened_ms, card.now_ms)
    if dispute.by is card.viewer:
        head = tr("⚖️ <b>You opened a dispute</b> {when}.", when=when)
    else:
        name = party_name(card, dispute.by)
        head = tr("⚖️ <b>{name} opened a dispute</b> {when}.", name=name, when=when)
    opened = _last(card, _OPENED)
    # The words of a wish to reopen are the first statement; they are not said twice.
    if opened is None or opened.event is Event.REOPEN:
        return head
    return Markup("{}\n{}").format(head, note_words(opened.note, REASON_MAX, tr))


def _last(card: DisputeCard, events: set[Event]) -> OrderEvent | None:
    found = [
        moment.what
        for moment in card.timeline
        if isinstance(moment.what, OrderEvent) and moment.what.event in events
    ]
    return found[-1] if found else None


def _said(statement: Statement, card: DisputeCard, most: int, tr: Translator) -> Markup:
    head = tr(
        "💬 <b>{name}</b>, {when}{files}",
        name=party_name(card, statement.role),
        when=tr.when(statement.at_ms, card.now_ms),
        files=_files(len(statement.files), tr),
    )
    if not statement.text.strip():
        return head
    return Markup("{}\n{}").format(head, quoted(statement.text, most))


def _files(count: int, tr: Translator) -> Markup:
    return tr.n(", {n} file", ", {n} files", count) if count else Markup()


def _reasoned(card: DisputeCard, tr: Translator) -> Markup | None:
    """Why the operator decided so; empty for what the clock carried out."""
    reasons = _last(card, _VERDICTS)
    if reasons is None or not reasons.note:
        verdict = _last(card, {Event.DECIDE})
        reasons = verdict if reasons is not None else None
    if reasons is None or not reasons.note:
        return None
    head = tr("📜 <b>The operator's reasons</b>")
    return Markup("{}\n{}").format(head, quoted(reasons.note, REASON_MAX))


def _follows(card: DisputeCard, tr: Translator) -> Markup:
    if card.order.state is State.DISPUTED:
        return dispute_next(card, tr)
    return tr("This dispute is over. The order's page says how it ended.")


def _rows(card: DisputeCard, tr: Translator) -> Rows:
    is_party = card.viewer in {Role.BUYER, Role.SELLER}
    acts = _acts(card, tr) if is_party and card.order.state is State.DISPUTED else []
    evidence = _evidence(card, tr)
    starts = range(0, len(evidence), ROW_MAX)
    files = [tuple(evidence[start : start + ROW_MAX]) for start in starts]
    back = Button(label=tr.label("Open the order"), tap=ShowOrder(card.order.id))
    return (*((one,) for one in acts), *files, (back,))


def _acts(card: DisputeCard, tr: Translator) -> list[Button]:
    dispute, order = dispute_of(card), card.order
    made = []
    if dispute.has_verdict:
        appeal = StartAppeal(order.id, order.version)
        made.append(Button(label=tr.label("Appeal"), tap=appeal, style="primary"))
    elif card.viewer in dispute.unheard:
        label = tr.label("Say your side")
        made.append(Button(label=label, tap=SpeakUp(order.id), style="primary"))
    else:
        made.append(Button(label=tr.label("Add to what you said"), tap=SpeakUp(order.id)))
    give = GiveIn(order.id, order.version, 0)
    mine = tr.money(mine_of(card, conceded_minor(card)))
    label = tr.label("Give in: you get {amount}", amount=mine)
    return [*made, Button(label=label, tap=give, style="danger")]


def conceded_minor(seen: Seen) -> int:
    """The seller's part of the price when the reader gives in."""
    return seen.order.terms.price.minor if seen.viewer is Role.BUYER else 0


def _evidence(card: DisputeCard, tr: Translator) -> list[Button]:
    """Statements with files, or longer than the screen shows."""
    told = [one for one in card.statements if one.files or len(one.text) > SAID_MAX]
    return [
        Button(
            label=tr.label("📎 Statement {number}", number=one.number),
            tap=ShowEvidence(card.order.id, one.number),
        )
        for one in told[-BUTTONS_MOST:]
    ]


def give_in_confirm(card: DisputeCard, tr: Translator) -> Screen:
    """Giving in ends the dispute at once: the exact parts before it happens."""
    question = tr("Give in and end the dispute? This happens at once and cannot be undone:")
    parts = shares_words(card, conceded_minor(card), tr)
    yes = GiveIn(card.order.id, card.order.version, 1)
    sure = Button(label=tr.label("Yes, give in"), tap=yes, style="danger")
    back = Button(label=tr.label("Back"), tap=ShowDispute(card.order.id))
    text = Markup("{}\n\n{}\n{}").format(title_words(card, tr), question, parts)
    return Screen(text=text, rows=((sure,), (back,)))


def evidence_album(order_id: int, number: int, files: tuple[FileRef, ...], tr: Translator) -> Album:
    """A part of a statement's files."""
    code = order_code(order_id)
    caption = tr("⚖️ Statement {number}, dispute about order {code}", number=number, code=code)
    return Album(files=files, caption=beside_programs(caption, files, tr))


def evidence_screen(card: DisputeCard, statement: Statement, tr: Translator) -> Screen:
    """A statement in full, after its files."""
    body = _said(statement, card, WHOLE_MAX, tr)
    back = Button(label=tr.label("The dispute"), tap=ShowDispute(card.order.id))
    return Screen(text=body, rows=((back,),))


def gave_in_toast(tr: Translator) -> str:
    """The dispute is over."""
    return tr.label("The dispute is over.")
