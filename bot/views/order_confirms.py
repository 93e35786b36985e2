"""Are you sure? What accepting or cancelling does to the money, before it happens."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import (
    AcceptDelivery,
    CancelOrder,
    ExplainCancel,
    LeaveFlow,
    ShowOrder,
    SkipStep,
    StepBack,
)
from bot.views.order_money import net_of, priced, whole_back
from bot.views.orders import title_words
from bot.views.reasons import CANCELLING, OTHER, reason_label, reason_rows
from bot.views.typed import name_of
from bot.views.way_back import to_where
from market.rails import MANUAL, rail_of
from market.read import OrderCard
from market.states import Role


def accept_confirm(card: OrderCard, tr: Translator) -> Screen:
    """Accepting releases the held money; it cannot be taken back."""
    question = tr(
        "Accept the delivery? The held {price} is then released and {seller} is paid. This "
        "cannot be undone, so please look at everything first.",
        price=priced(card.order.terms.price, tr, card.policy),
        seller=name_of(card.seller_name),
    )
    yes = AcceptDelivery(card.order.id, card.order.version, 1)
    sure = Button(label=tr.label("Yes, accept"), tap=yes, style="success")
    return _confirm(card, question, sure, tr)


def cancel_confirm(card: OrderCard, tr: Translator) -> Screen:
    """What cancelling costs and sends back; sellers of a paid order give a reason next."""
    if card.viewer is Role.SELLER and card.order.state.is_funded:
        begin = ExplainCancel(card.order.id, card.order.version)
        next_step = Button(label=tr.label("Go on and give the reason"), tap=begin, style="danger")
        return _confirm(card, seller_effect(card, tr), next_step, tr)
    yes = CancelOrder(card.order.id, card.order.version, 1)
    sure = Button(label=tr.label("Yes, cancel"), tap=yes, style="danger")
    return _confirm(card, _effect(card, tr), sure, tr)


def seller_effect(card: OrderCard, tr: Translator) -> Markup:
    """What a seller's cancelling does."""
    return tr(
        "Cancel this order? The whole {price} goes back to {buyer}, and you will not receive "
        "your {net}. It counts against you: cancelled orders stay on your record. This cannot be "
        "undone.",
        price=tr.money(card.order.terms.price),
        buyer=name_of(card.buyer_name),
        net=tr.money(net_of(card.order)),
    )


def reason_question(effect: Markup, tr: Translator) -> Screen:
    """The seller's reason, read by the buyer: a button, or own words at once."""
    ask = tr("Why? Tap a reason, or write it in one message; the buyer will read it.")
    keep = Button(label=tr.label("Do not cancel"), tap=LeaveFlow())
    rows = reason_rows(CANCELLING, tr)
    return Screen(text=Markup("{}\n\n{}").format(effect, ask), rows=(*rows, (keep,)))


def more_words_question(effect: Markup, reason: str, tr: Translator) -> Screen:
    """A sentence for the buyer beside the reason; only then the order ends."""
    said = tr("Reason: {reason}", reason=reason_label(reason, tr))
    ask = _more_words(reason, tr)
    alone = Button(label=tr.label("Cancel with this reason"), tap=SkipStep(), style="danger")
    back = Button(label=tr.label("Another reason, please"), tap=StepBack())
    keep = Button(label=tr.label("Do not cancel"), tap=LeaveFlow())
    rows = ((back, keep),) if reason == OTHER else ((alone,), (back, keep))
    return Screen(text=Markup("{}\n\n{}\n{}").format(effect, said, ask), rows=rows)


def _more_words(reason: str, tr: Translator) -> Markup:
    if reason == OTHER:
        return tr("Please write it in a sentence for the buyer; with that the order is cancelled.")
    return tr("Add a sentence for the buyer, and the order is cancelled. The reason alone will do.")


def _effect(card: OrderCard, tr: Translator) -> Markup:
    if not card.order.state.is_funded:
        return tr("Cancel this order? Nothing was charged and nothing will be.")
    if card.order.charge != card.order.terms.due:
        return Markup("{}\n{}").format(
            tr("Cancel this order? The work ends, and this cannot be undone."),
            whole_back(card.order, tr, card.policy),
        )
    if rail_of(card.order.terms.price.currency) == MANUAL:
        return tr(
            "Cancel this order? An operator sends the whole {price} back to the number that it "
            "came from, usually within a day, and the work ends. This cannot be undone.",
            price=priced(card.order.terms.price, tr, card.policy),
        )
    return tr(
        "Cancel this order? The whole {price} goes back {where}, usually within minutes, and the "
        "work ends. This cannot be undone.",
        price=priced(card.order.terms.due, tr, card.policy),
        where=to_where(card.order.terms.price.currency, tr),
    )


def _confirm(card: OrderCard, question: Markup, sure: Button, tr: Translator) -> Screen:
    back = Button(label=tr.label("Back"), tap=ShowOrder(card.order.id))
    text = Markup("{}\n\n{}").format(title_words(card, tr), question)
    return Screen(text=text, rows=((sure,), (back,)))
