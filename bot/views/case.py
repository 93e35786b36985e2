"""A dispute as operators see it: both sides, both people in figures, who is silent, the verdict."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import DecideCase, SecondVerdict, ShowCase, ShowPerson, ShowQueue, ShowTimeline
from bot.views.desk import APPEALS, DISPUTES
from bot.views.dispute_words import dispute_of
from bot.views.disputes import dispute_screen
from bot.views.order_state import until
from bot.views.orders import title_words
from bot.views.person_words import figures_words
from bot.views.seen import party_name
from bot.views.typed import name_of, quoted
from bot.views.verdict import shares_lines, takes_effect
from market.cases import DisputeCard
from market.change import OrderEvent
from market.desk import Case
from market.dispute import Proposal
from market.states import Event, Role, State

REASON_MAX = 300
Rows = tuple[tuple[Button, ...], ...]


def case_screen(case: Case, tr: Translator) -> Screen:
    """Everything that a verdict needs, and the ways to say it."""
    shown = dispute_screen(case.card, tr)
    parts = [
        shown.text,
        _appeal(case.card, tr),
        _silent(case.card, tr),
        _people(case, tr),
        _proposed(case, tr),
        _who_decides(case, tr),
    ]
    text = Markup("\n\n").join(part for part in parts if part is not None)
    return Screen(text=text, rows=(*_acts(case, tr), *_around(case, tr), *shown.rows, _last(tr)))


def second_confirm(card: DisputeCard, minor: int, tr: Translator) -> Screen:
    """Another operator's verdict once more before it is said."""
    head = tr("📜 <b>Confirm this verdict?</b> Both sides will read it with its reasons.")
    body = Markup("\n").join([head, *shares_lines(card, minor, tr), takes_effect(card, tr)])
    yes = SecondVerdict(card.order.id, card.order.version, minor, 1)
    sure = Button(label=tr.label("Confirm the verdict"), tap=yes, style="success")
    back = Button(label=tr.label("Back"), tap=ShowCase(card.order.id))
    return Screen(
        text=Markup("{}\n\n{}").format(title_words(card, tr), body), rows=((sure,), (back,))
    )


def _appeal(card: DisputeCard, tr: Translator) -> Markup | None:
    """The words of the appeal."""
    dispute = dispute_of(card)
    if dispute.appealed_by is None:
        return None
    happened = (moment.what for moment in reversed(card.timeline))
    said = (one for one in happened if isinstance(one, OrderEvent) and one.event is Event.APPEAL)
    note = next((one.note for one in said), "")
    head = tr("📜 <b>{name} appeals</b>", name=party_name(card, dispute.appealed_by))
    return Markup("{}\n{}").format(head, quoted(note, REASON_MAX)) if note else head


def _silent(card: DisputeCard, tr: Translator) -> Markup | None:
    if card.order.state is not State.DISPUTED:
        return None
    names = [party_name(card, role) for role in sorted(dispute_of(card).unheard)]
    return tr("🔇 Silent so far: {name}", name=", ".join(names)) if names else None


def _people(case: Case, tr: Translator) -> Markup:
    lines = [
        Markup("👤 <b>{}</b>: {}").format(name_of(one.contact.name), figures_words(one, tr))
        for one in (case.buyer, case.seller)
    ]
    return Markup("\n").join(lines)


def _proposed(case: Case, tr: Translator) -> Markup | None:
    proposal, card = case.card.proposal, case.card
    if proposal is None:
        return None
    head = tr(
        "📜 <b>{name} proposes</b>, {when}",
        name=name_of(case.names.get(proposal.operator_id, "")),
        when=tr.when(proposal.at_ms, card.now_ms),
    )
    lines = [head, *shares_lines(card, proposal.minor, tr), quoted(proposal.reason, REASON_MAX)]
    return Markup("\n").join(lines)


def _who_decides(case: Case, tr: Translator) -> Markup | None:
    """Whose turn it is among the operators, where that is not the reader's."""
    card = case.card
    if card.order.state is not State.DISPUTED:
        return None
    if card.proposal is not None and _is_own(card.proposal, card):
        return tr("Your verdict waits until another operator confirms it.")
    if not card.may_speak:
        return _had_a_part(card, tr)
    waits = _heard_from(card)
    if waits is not None:
        return tr("A verdict is possible from {until}.", until=until(waits, card.now_ms, tr))
    return None


def _is_own(proposal: Proposal, card: DisputeCard) -> bool:
    return proposal.operator_id == card.viewer_id


def _had_a_part(card: DisputeCard, tr: Translator) -> Markup:
    """The first judges do not speak again; they may confirm what another says."""
    if card.proposal is None:
        return tr("You had a part in the first verdict; after an appeal another operator decides.")
    return tr("You had a part in the first verdict, so you can only confirm what another decides.")


def _heard_from(card: DisputeCard) -> int | None:
    """From when a first verdict may be said; None when it may be said now."""
    dispute = dispute_of(card)
    if dispute.appealed_by or dispute.both_said or card.now_ms >= dispute.evidence_by_ms:
        return None
    return dispute.evidence_by_ms


def _is_decidable(case: Case) -> bool:
    card = case.card
    if card.order.state is not State.DISPUTED or card.viewer is not Role.OPERATOR:
        return False
    return not dispute_of(card).has_verdict and _heard_from(card) is None


def _acts(case: Case, tr: Translator) -> Rows:
    card = case.card
    if not _is_decidable(case):
        return ()
    proposal, made = card.proposal, []
    if proposal is not None and not _is_own(proposal, card):
        tap = SecondVerdict(card.order.id, card.order.version, proposal.minor, 0)
        made.append(Button(label=tr.label("Confirm"), tap=tap, style="success"))
    if card.may_speak:
        made.append(_decide(card, tr))
    return (tuple(made),) if made else ()


def _decide(card: DisputeCard, tr: Translator) -> Button:
    tap = DecideCase(card.order.id, card.order.version)
    if card.proposal is not None:
        return Button(label=tr.label("Decide differently…"), tap=tap)
    return Button(label=tr.label("Decide…"), tap=tap, style="primary")


def _around(case: Case, tr: Translator) -> Rows:
    order = case.card.order
    timeline = Button(label=tr.label("🗒 All that happened"), tap=ShowTimeline(order.id, 0))
    people = tuple(
        Button(label=f"👤 {name_of(one.contact.name)}"[:40], tap=ShowPerson(one.person.id))
        for one in (case.buyer, case.seller)
    )
    return ((timeline,), people)


def _last(tr: Translator) -> tuple[Button, ...]:
    return (
        Button(label=tr.label("⚖️ Disputes"), tap=ShowQueue(DISPUTES, 0)),
        Button(label=tr.label("📜 Appeals"), tap=ShowQueue(APPEALS, 0)),
    )
