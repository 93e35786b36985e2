"""Refunds by hand that need two operators: what each of them reads and may do."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button
from bot.ui.taps import ConfirmRefund, ProposeRefund
from bot.views.typed import name_of
from bot.views.wallets import wallet_name
from market.rail_cards import HandRefundCard

REFUNDS = frozenset({"refund_second", "refund_may_go", "hand_refund", "hand_refund_waits"})
Rows = tuple[tuple[Button, ...], ...]


def second_words(card: HandRefundCard, tr: Translator) -> Markup:
    """Why it may not be sent yet."""
    proposal = card.proposal
    if proposal is None:
        return tr(
            "It is more than you send alone within a day, so two operators look. Find the payment "
            "in the statement; if all is right, propose it, and another operator confirms it "
            "before anybody sends."
        )
    when = tr.when(proposal.proposed_ms, card.now_ms)
    if card.is_author:
        return tr(
            "You proposed it {when}. Another operator has to confirm it; please do not send it "
            "yet.",
            when=when,
        )
    return tr(
        "{name} proposed {when} to send <b>{amount}</b> back to <b>{buyer}</b> by <b>{wallet}</b>. "
        "Look into the statement yourself, then confirm it.",
        name=_name(card, proposal.proposed_by),
        when=when,
        amount=tr.money(card.refund.amount),
        buyer=name_of(card.buyer_name),
        wallet=wallet_name(card.refund.claim.wallet, tr),
    )


def agreed_words(card: HandRefundCard, tr: Translator) -> Markup | None:
    """Both names, once two agree."""
    proposal = card.proposal
    if proposal is None or not proposal.is_confirmed:
        return None
    return tr(
        "✅ {one} proposed it, {other} confirmed it.",
        one=_name(card, proposal.proposed_by),
        other=_name(card, proposal.ended_by),
    )


def second_buttons(card: HandRefundCard, tr: Translator) -> Rows:
    """Proposing, or confirming what another one proposed."""
    claim_id, proposal = card.refund.claim.id, card.proposal
    if proposal is None:
        propose = Button(
            label=tr.label("Propose to send it"), tap=ProposeRefund(claim_id), style="primary"
        )
        return ((propose,),)
    if card.is_author:
        return ()
    label = tr.label("Confirm: {amount}", amount=tr.money(card.refund.amount))
    confirm = ConfirmRefund(claim_id, proposal.id)
    return ((Button(label=label, tap=confirm, style="danger"),),)


def todo_line(card: HandRefundCard, tr: Translator) -> Markup | None:
    """In the queue: what it waits for, where it is two operators'."""
    if card.may_be_sent:
        return None
    if card.proposal is None:
        return tr("More than one sends alone within a day: two operators have to agree.")
    return tr("Waits for a second operator.")


def _name(card: HandRefundCard, person_id: int | None) -> str:
    return name_of(card.names.get(person_id or 0, ""))


def proposed_toast(tr: Translator) -> str:
    """Another one is asked."""
    return tr.label("Proposed. Another operator is being told.")


def confirmed_toast(tr: Translator) -> str:
    """It may be sent."""
    return tr.label("Confirmed: it may be sent.")


def second_alarms(tr: Translator) -> dict[str, Markup]:
    """What happened, by the alarm's name."""
    return {
        "refund_second": tr("Much money is to go back by hand; a second operator confirms it."),
        "refund_may_go": tr("A second operator has confirmed a refund by hand: it may be sent."),
        "hand_refund": tr("Money has to go back by hand. The buyer waits for it."),
        "hand_refund_waits": tr("A refund by hand still waits to be sent. The buyer waits, too."),
    }
