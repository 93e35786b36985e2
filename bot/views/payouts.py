"""Withdrawals as operators see them: what to send where, who has it, what became of it."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    ApprovePayout,
    PutPayoutBack,
    ShowPayout,
    ShowPerson,
    ShowQueue,
    ShowReceipt,
    StartPaid,
    StartUnpaid,
    TakePayout,
)
from bot.views.desk import PAYOUTS, desk_button
from bot.views.order_state import until
from bot.views.payout_word import rail_words, word_buttons
from bot.views.payout_words import (
    SIGNS,
    exchange_words,
    is_held,
    reason_words,
    state_label,
    target_words,
    way_name,
)
from bot.views.person_words import operator_name
from bot.views.queues import Line
from bot.views.safe_words import safe_words, was_sent_label
from bot.views.typed import name_of
from market.money import Money
from market.payout_read import PayoutCard, PayoutLine
from market.people import Standing
from market.withdrawal import Withdrawal, WithdrawalState

NOT_SENT, CAME_BACK = 0, 1
Rows = tuple[tuple[Button, ...], ...]
_ENDED = frozenset({WithdrawalState.FAILED, WithdrawalState.RETURNED, WithdrawalState.CANCELLED})


def payout_line(line: PayoutLine, tr: Translator, now_ms: int) -> Line:
    """One withdrawal in the queue."""
    one, name = line.withdrawal, name_of(line.name)
    words = tr(
        "{sign} <b>{amount}</b> to {way}, {name}: {state}",
        sign=SIGNS[one.state],
        amount=tr.money(one.net),
        way=way_name(one.way, tr),
        name=name,
        state=state_label(one.state, tr),
    )
    if one.from_ms > now_ms:
        waits = tr("Not before {until}.", until=until(one.from_ms, now_ms, tr))
        words = Markup("{}\n{}").format(words, waits)
    label = tr.label("{amount}, {name}", amount=tr.money(one.net), name=name)
    return Line(words, label, ShowPayout(one.id))


def payout_screen(card: PayoutCard, tr: Translator) -> Screen:
    """Everything that is needed to send it, and nothing more."""
    one = card.withdrawal
    head = tr(
        "{sign} <b>Payout no. {number}: {state}</b>\n<b>{amount}</b> to {target}",
        sign=SIGNS[one.state],
        number=one.id,
        state=state_label(one.state, tr),
        amount=tr.money(one.net),
        target=target_words(one.way, card.account, tr),
    )
    parts = [head, _who(card, tr), Markup("\n").join(_facts(card, tr)), _todo(card, tr)]
    return Screen(text=Markup("\n\n").join(parts), rows=(*_acts(card, tr), *_ways(card, tr)))


def _who(card: PayoutCard, tr: Translator) -> Markup:
    """Whose money it is, and what speaks for a second look."""
    lines = [tr("For {name}, person no. {number}", name=name_of(card.name), number=card.person.id)]
    if card.person.standing is Standing.PAUSED:
        lines.append(tr("⏸ Paused"))
    if card.person.standing is Standing.BANNED:
        lines.append(tr("⛔ Banned"))
    if not card.has_arrived:
        lines.append(tr("🌱 First withdrawal of this person"))
    return Markup("\n").join(lines)


def _facts(card: PayoutCard, tr: Translator) -> list[Markup]:
    one, now_ms = card.withdrawal, card.now_ms
    lines = [tr("Asked for {when}", when=tr.when(one.requested_ms, now_ms))]
    exchange = exchange_words(one, tr)
    lines += [] if exchange is None else [exchange]
    if one.fee.minor:
        lines.append(tr("Fee of the house: {fee}", fee=tr.money(one.fee)))
    if one.approved_by is not None:
        name = operator_name(one.approved_by, card.names, tr)
        lines.append(tr("Approved by {name}", name=name))
    if one.operator_id is not None:
        lines.append(
            tr("In the hands of {name}", name=operator_name(one.operator_id, card.names, tr))
        )
    if one.reference:
        lines.append(tr("Reference: <code>{reference}</code>", reference=one.reference))
    if one.note and one.state in _ENDED:
        lines.append(reason_words(one.way, one.note, tr))
    return lines


def _todo(card: PayoutCard, tr: Translator) -> Markup:
    """What comes next, and whose turn it is."""
    one = card.withdrawal
    if not one.state.is_open:
        return tr("There is nothing to do here.")
    if card.is_own:
        return tr("This is your own withdrawal, so another operator has to see to it.")
    if one.state is WithdrawalState.SENDING:
        return _sending(card, tr)
    if (card.is_safe and one.way.is_manual) or is_held(card.guard, card.now_ms):
        return _not_now(card, tr)
    if one.needs_approval and one.state is WithdrawalState.REQUESTED:
        return tr("It needs two operators: one approves it, another one sends it.")
    if one.from_ms > card.now_ms:
        return tr("Not before {until}.", until=until(one.from_ms, card.now_ms, tr))
    if not one.way.is_manual:
        return tr("{way} sends it by itself.", way=way_name(one.way, tr))
    return tr(
        "There are {funds} for this way, all open payouts subtracted. Take it, then you see the "
        "whole account and nobody else sends it meanwhile.",
        funds=tr.money(Money(card.funds.till_minor, one.amount.currency)),
    )


def _not_now(card: PayoutCard, tr: Translator) -> Markup:
    if card.is_safe:
        return safe_words(tr)
    return tr("🧊 This person's payouts are stopped. Please do not send it now.")


def _sending(card: PayoutCard, tr: Translator) -> Markup:
    one = card.withdrawal
    if not one.way.is_manual:
        return rail_words(card, tr)
    if not card.is_holder:
        return tr("Somebody is sending it. Ask before you do anything: it must not go twice.")
    return tr(
        "Send exactly <b>{amount}</b> to {target} in your app, once. Then tap the first button: I "
        "ask for the reference, what it cost, and a picture.",
        amount=tr.money(one.net),
        target=target_words(one.way, card.account, tr),
    )


def _acts(card: PayoutCard, tr: Translator) -> Rows:
    one = card.withdrawal
    if card.is_own:
        return ()
    match one.state:
        case WithdrawalState.REQUESTED | WithdrawalState.APPROVED:
            return (*_begin(card, tr), (_unpaid(one, tr),))
        case WithdrawalState.SENDING if one.way.is_manual:
            return _finish(card, tr)
        case WithdrawalState.SENDING:
            return word_buttons(card, tr)
        case WithdrawalState.PAID if one.way.is_manual:
            back = StartUnpaid(one.id, one.version, CAME_BACK)
            return ((Button(label=tr.label("It came back…"), tap=back),),)
        case _:
            return ()


def _begin(card: PayoutCard, tr: Translator) -> Rows:
    """Approve or take it, as far as this operator may now."""
    one = card.withdrawal
    if is_held(card.guard, card.now_ms) and not card.is_safe:
        return ()
    if one.needs_approval and one.state is WithdrawalState.REQUESTED:
        approve = ApprovePayout(one.id, one.version)
        return ((Button(label=tr.label("Approve it"), tap=approve, style="primary"),),)
    if card.is_safe and one.way.is_manual:
        return () if card.is_approver else (_was_sent(one, tr),)
    is_by_itself = not one.way.is_manual and not one.needs_approval
    if card.is_approver or is_by_itself or card.now_ms < one.from_ms:
        return ()
    label = tr.label("I send it") if one.way.is_manual else tr.label("Let it go")
    return ((Button(label=label, tap=TakePayout(one.id, one.version), style="primary"),),)


def _was_sent(one: Withdrawal, tr: Translator) -> tuple[Button, ...]:
    tap = StartPaid(one.id, one.version)
    return (Button(label=was_sent_label(tr), tap=tap, style="primary"),)


def _unpaid(one: Withdrawal, tr: Translator) -> Button:
    tap = StartUnpaid(one.id, one.version, NOT_SENT)
    return Button(label=tr.label("It cannot be sent…"), tap=tap)


def _finish(card: PayoutCard, tr: Translator) -> Rows:
    one = card.withdrawal
    back = Button(
        label=tr.label("I have not sent it: back to the queue"),
        tap=PutPayoutBack(one.id, one.version, 0),
    )
    if not card.is_holder:
        return ((back,),) if card.is_owner else ()
    paid = Button(
        label=tr.label("I have sent it…"), tap=StartPaid(one.id, one.version), style="primary"
    )
    return ((paid,), (_unpaid(one, tr),), (back,))


def _ways(card: PayoutCard, tr: Translator) -> Rows:
    one = card.withdrawal
    person = Button(label=name_of(card.name), tap=ShowPerson(card.person.id))
    queue = Button(label=tr.label("📤 Payouts"), tap=ShowQueue(PAYOUTS, 0))
    row = [person, queue, desk_button(tr)]
    if one.evidence is None:
        return (tuple(row),)
    picture = Button(label=tr.label("The picture"), tap=ShowReceipt(one.id))
    return ((picture,), tuple(row))


def receipt_screen(card: PayoutCard, tr: Translator) -> Screen | None:
    """The picture of a sending."""
    one = card.withdrawal
    if one.evidence is None:
        return None
    text = tr(
        "Payout no. {number}, {amount}: <code>{reference}</code>",
        number=one.id,
        amount=tr.money(one.net),
        reference=one.reference,
    )
    back = Button(label=tr.label("Back"), tap=ShowPayout(one.id))
    return Screen(text=text, rows=((back,),), media=one.evidence)


def put_back_confirm(card: PayoutCard, tr: Translator) -> Screen:
    """Asked once more: what was sent must not go back."""
    one = card.withdrawal
    text = tr(
        "📤 <b>Put payout no. {number} back?</b>\nOnly if nothing was sent: {amount} would go "
        "twice. If you are not sure, look into the wallet's history first.",
        number=one.id,
        amount=tr.money(one.net),
    )
    yes = Button(
        label=tr.label("Nothing was sent, put it back"),
        tap=PutPayoutBack(one.id, one.version, 1),
        style="danger",
    )
    no = Button(label=tr.label("Back"), tap=ShowPayout(one.id))
    return Screen(text=text, rows=((yes,), (no,)))


def approved_toast(tr: Translator) -> str:
    """Another operator sends it."""
    return tr.label("Approved. Another operator sends it.")


def taken_toast(tr: Translator) -> str:
    """It is this operator's to send."""
    return tr.label("It is yours now: nobody else sends it.")


def put_back_toast(tr: Translator) -> str:
    """Anybody may take it."""
    return tr.label("It is in the queue again.")
