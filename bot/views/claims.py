"""Claims as operators see them: what to look for in which statement, and what to type."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    ConfirmSeen,
    LeaveFlow,
    SendBack,
    ShowClaim,
    ShowHandRefund,
    ShowOrder,
    ShowPerson,
    ShowQueue,
    StartSeeing,
    WriteByHand,
)
from bot.views.by_hand import claim_state
from bot.views.codes import order_code
from bot.views.desk import CLAIMS, desk_button
from bot.views.hand_seconds import todo_line
from bot.views.hand_words import REJECT
from bot.views.order_state import until
from bot.views.queues import Line
from bot.views.typed import name_of, one_line, quoted
from bot.views.wallets import reference_name, wallet_name, wallet_words
from market.claims import Claim, ClaimState
from market.money import Money
from market.rail_cards import ClaimCard, HandRefundCard
from market.states import State

REASON_MAX = 500
Rows = tuple[tuple[Button, ...], ...]


def claim_line(card: ClaimCard, tr: Translator) -> Line:
    """A claim in the queue; the amount due is not told."""
    claim, code = card.claim, order_code(card.order.id)
    words = tr(
        "{code} <b>{wallet}</b>, {reference}\n{todo}",
        code=code,
        wallet=wallet_name(claim.wallet, tr),
        reference=claim.reference,
        todo=_todo(card, tr),
    )
    return Line(words, f"{code} {claim.reference}", ShowClaim(claim.id))


def _todo(card: ClaimCard, tr: Translator) -> Markup:
    if card.claim.state is ClaimState.SEEN:
        return tr("A second operator has to look for it, too.")
    if card.order.state is State.PAYMENT_REVIEW:
        moment = until(card.order.clock_at_ms, card.now_ms, tr)
        return tr("The buyer says that it is paid. Look for the money by {until}.", until=moment)
    return tr("Nobody looked in time. If the money is there, it still counts.")


def claim_screen(card: ClaimCard, tr: Translator) -> Screen:
    """What the buyer said, where to look, and what to do with it."""
    parts = [_said(card, tr), None if card.wallet is None else wallet_words(card.wallet, tr)]
    parts += [_warning(card, tr), _state(card, tr)]
    text = Markup("\n\n").join(part for part in parts if part is not None)
    return Screen(text=text, rows=(*_acts(card.claim, tr), *_ways(card, tr)))


def _said(card: ClaimCard, tr: Translator) -> Markup:
    claim = card.claim
    what = reference_name(claim.wallet, tr)
    return tr(
        "💳 <b>Payment to find</b>, order {code}\n{title}\nBuyer: {buyer}\n"
        "{what}: <code>{reference}</code>\nSender's number ends in {digits}\nSaid {when}",
        code=order_code(card.order.id),
        title=one_line(card.title),
        buyer=name_of(card.buyer_name),
        what=what[:1].upper() + what[1:],
        reference=claim.reference,
        digits=claim.digits or "…",
        when=tr.when(claim.created_ms, card.now_ms),
    )


def _warning(card: ClaimCard, tr: Translator) -> Markup | None:
    if not card.refusals:
        return None
    return tr.n(
        "⚠️ {n} reference of this person was refused at once.",
        "⚠️ {n} references of this person were refused at once.",
        card.refusals,
    )


def _state(card: ClaimCard, tr: Translator) -> Markup:
    claim = card.claim
    if claim.state is ClaimState.WAITING:
        return tr(
            "Look into the wallet's own statement, not at screenshots or messages: number of the "
            "payment, sender's digits, amount. Then type the amount that you see. Exactly what is "
            "due starts the order; any other amount becomes the buyer's credit here."
        )
    if claim.state is ClaimState.SEEN:
        return tr(
            "{name} has seen the money. It is much, so a second operator types what stands on the "
            "statement, without knowing the first amount.",
            name=_by(card, claim.seen_by),
        )
    return _ended(card, tr)


def _ended(card: ClaimCard, tr: Translator) -> Markup:
    claim, currency = card.claim, card.order.terms.price.currency
    if claim.decided_by is None:
        return tr("A newer claim of the buyer took its place.")
    line = tr("This payment: <b>{state}</b>", state=claim_state(claim.state, tr))
    if claim.decided_ms is not None:
        when = tr.when(claim.decided_ms, card.now_ms)
        line = tr("{line}, {when}, {name}", line=line, when=when, name=_by(card, claim.decided_by))
    if claim.seen_minor is not None:
        amount = tr.money(Money(claim.seen_minor, currency))
        line = Markup("{}\n{}").format(line, tr("Seen: {amount}", amount=amount))
    return Markup("{}\n{}").format(line, quoted(claim.reason, REASON_MAX)) if claim.reason else line


def _by(card: ClaimCard, person_id: int | None) -> str:
    return name_of(card.names.get(person_id or 0, ""))


def _acts(claim: Claim, tr: Translator) -> Rows:
    if claim.state.is_live:
        see = Button(
            label=tr.label("Type the amount that I see…"),
            tap=StartSeeing(claim.id),
            style="primary",
        )
        return ((see,), (Button(label=tr.label("Not found…"), tap=WriteByHand(claim.id, REJECT)),))
    if claim.state is ClaimState.LANDED:
        back = Button(label=tr.label("Send it back…"), tap=SendBack(claim.id, 0))
        return ((back,),)
    return ()


def _ways(card: ClaimCard, tr: Translator) -> Rows:
    order = Button(label=tr.label("Open the order"), tap=ShowOrder(card.order.id))
    buyer = Button(label=tr.label("The buyer"), tap=ShowPerson(card.claim.person_id))
    queue = Button(label=tr.label("💳 Payments to find"), tap=ShowQueue(CLAIMS, 0))
    return ((order, buyer), (queue, desk_button(tr)))


def amount_question(wallet: str, reference: str, tr: Translator) -> Screen:
    """Which amount stands on the statement? Nothing is filled in."""
    text = tr(
        "🔎 <b>{wallet}, {reference}</b>\nWhich amount stands on the statement for this payment? "
        "Please type it as you see it there.",
        wallet=wallet_name(wallet, tr),
        reference=reference,
    )
    return Screen(text=text, rows=(_later(tr),))


def seen_confirm(claim_id: int, named: tuple[str, str], saw: Money, tr: Translator) -> Screen:
    """The amount once more, since money moves by it; `named` are wallet and reference."""
    wallet, reference = named
    text = tr(
        "{wallet}, {reference}: you saw <b>{amount}</b> on the statement. It is booked as that "
        "and cannot be changed here.",
        amount=tr.money(saw),
        reference=reference,
        wallet=wallet_name(wallet, tr),
    )
    book = Button(label=tr.label("Yes, book it"), tap=ConfirmSeen(), style="success")
    again = Button(label=tr.label("Type it again"), tap=StartSeeing(claim_id))
    return Screen(text=text, rows=((book,), (again, *_later(tr))))


def wants_amount(tr: Translator) -> Markup:
    """Something else than an amount came."""
    return tr("Here I need the amount in figures, as it stands on the statement.")


def wants_booking(tr: Translator) -> Markup:
    """Neither yes nor another amount."""
    return tr("Please tap one of the buttons, or type the amount again.")


def seen_toast(state: ClaimState, tr: Translator) -> str:
    """What the typed amount did."""
    match state:
        case ClaimState.PAID:
            return tr.label("Booked: the order is paid, and both sides are being told.")
        case ClaimState.LANDED:
            return tr.label("Booked as the buyer's credit; the order is not paid by it.")
        case ClaimState.SEEN:
            return tr.label("Kept. A second operator has to see it, too.")
        case _:
            return tr.label("The two amounts differ. Please both look at the statement again.")


def send_back_confirm(card: ClaimCard, tr: Translator) -> Screen:
    """Money that landed goes back to its sender, if it is still there."""
    minor = card.claim.seen_minor or 0
    text = tr(
        "↩️ <b>Send {amount} back to {buyer}?</b>\nDo so when the buyer asked for it. It leaves "
        "the buyer's credit now and waits among the refunds until an operator has sent it.",
        amount=tr.money(Money(minor, card.order.terms.price.currency)),
        buyer=name_of(card.buyer_name),
    )
    yes = Button(label=tr.label("Yes, send it back"), tap=SendBack(card.claim.id, 1))
    return Screen(text=text, rows=((yes,), (_back(card.claim.id, tr),)))


def _back(claim_id: int, tr: Translator) -> Button:
    return Button(label=tr.label("Back"), tap=ShowClaim(claim_id))


def _later(tr: Translator) -> tuple[Button, ...]:
    return (Button(label=tr.label("Later"), tap=LeaveFlow()),)


def refund_line(card: HandRefundCard, tr: Translator) -> Line:
    """A refund in the queue."""
    claim, amount = card.refund.claim, tr.money(card.refund.amount)
    words = tr(
        "{code} <b>{amount}</b> to {buyer}, {wallet}\nPromised {when}",
        code=order_code(claim.order_id),
        amount=amount,
        buyer=name_of(card.buyer_name),
        wallet=wallet_name(claim.wallet, tr),
        when=tr.when(card.refund.promised_ms, card.now_ms),
    )
    todo = todo_line(card, tr)
    words = words if todo is None else Markup("{}\n{}").format(words, todo)
    return Line(words, f"{order_code(claim.order_id)} {amount}", ShowHandRefund(claim.id))
