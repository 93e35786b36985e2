"""What operators write about money by hand: reasons and references; refunds that they send."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import LeaveFlow, ShowClaim, ShowQueue, WriteByHand
from bot.views.codes import order_code
from bot.views.desk import HAND_REFUNDS, desk_button
from bot.views.hand_seconds import agreed_words, second_buttons, second_words
from bot.views.safe_words import safe_words, was_sent_label
from bot.views.typed import name_of
from bot.views.wallets import reference_name, wallet_name
from market.claims import PENDING
from market.rail_cards import HandRefundCard

# What is written, as buttons count; only ever append.
REJECT, SENT, GIVE_UP = range(3)
WAYS = (REJECT, SENT, GIVE_UP)


def refund_screen(card: HandRefundCard, tr: Translator) -> Screen:
    """How much goes where, and what to type when it was sent."""
    refund, claim = card.refund, card.refund.claim
    head = tr(
        "↩️ <b>Send {amount} back to {buyer}</b>\nOrder {code}, {wallet}\nIt came by "
        "<code>{reference}</code> from a number that ends in {digits}.",
        amount=tr.money(refund.amount),
        buyer=name_of(card.buyer_name),
        code=order_code(claim.order_id),
        wallet=wallet_name(claim.wallet, tr),
        reference=claim.reference,
        digits=claim.digits or "…",
    )
    text = Markup("{}\n\n{}").format(head, _todo(card, tr))
    return Screen(text=text, rows=(*_acts(card, tr), *_ways(card, tr)))


def _todo(card: HandRefundCard, tr: Translator) -> Markup:
    if card.refund.state == "sent":
        return tr("It was sent: <code>{reference}</code>", reference=card.refund.reference)
    if card.refund.state != PENDING:
        return tr("It was given up; the buyer keeps it here as credit.")
    if card.is_stopped:
        return tr("🧊 Money does not leave the house at the moment. Please do not send it now.")
    if not card.may_be_sent:
        return second_words(card, tr)
    todo = safe_words(tr) if card.is_safe else _send(tr)
    agreed = agreed_words(card, tr)
    return todo if agreed is None else Markup("{}\n{}").format(agreed, todo)


def _send(tr: Translator) -> Markup:
    return tr(
        "Find the payment in the statement and send the whole amount to the number that it came "
        "from, to no other. Then type the number of your sending."
    )


def _acts(card: HandRefundCard, tr: Translator) -> tuple[tuple[Button, ...], ...]:
    claim_id = card.refund.claim.id
    if card.refund.state != PENDING or card.is_stopped:
        return ()
    label = was_sent_label(tr) if card.is_safe else tr.label("I have sent it…")
    sent = Button(label=label, tap=WriteByHand(claim_id, SENT), style="primary")
    give_up = Button(label=tr.label("It cannot be sent…"), tap=WriteByHand(claim_id, GIVE_UP))
    first = ((sent,),) if card.may_be_sent else second_buttons(card, tr)
    return (*first, (give_up,))


def _ways(card: HandRefundCard, tr: Translator) -> tuple[tuple[Button, ...], ...]:
    claim = Button(label=tr.label("The payment"), tap=ShowClaim(card.refund.claim.id))
    queue = Button(label=tr.label("↩️ Refunds by hand"), tap=ShowQueue(HAND_REFUNDS, 0))
    return ((claim, queue), (desk_button(tr),))


def words_question(how: int, wallet: str, most: int, tr: Translator) -> Screen:
    """The reason or the reference; who reads it, and what it does."""
    ask = tr("Please write it in one message, at most {most} characters.", most=tr.number(most))
    match how:
        case 1:
            head = tr(
                "↩️ <b>The money was sent back</b>\nPlease type the {what} of the payment that "
                "you made. The buyer reads it.",
                what=reference_name(wallet, tr),
            )
            ask = Markup("")
        case 2:
            head = tr(
                "↩️ <b>The money cannot be sent</b>\nThe buyer keeps it here as credit and reads "
                "why."
            )
        case _:
            head = tr(
                "💳 <b>No such payment was found</b>\nThe buyer reads the reason and can pay or "
                "claim again."
            )
    text = Markup("{}\n\n{}").format(head, ask) if ask else head
    return Screen(text=text, rows=((Button(label=tr.label("Later"), tap=LeaveFlow()),),))


def written_toast(how: int, tr: Translator) -> str:
    """What was done."""
    if how == SENT:
        return tr.label("Booked. The buyer is being told.")
    return tr.label("Done. The buyer is being told.")
