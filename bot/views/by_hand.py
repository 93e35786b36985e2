"""Paying by hand, as the buyer sees it: where to send how much, and what is asked afterwards."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import LeaveFlow, ShowByHand, ShowOrder, StartClaim, StartSupport
from bot.views.codes import order_code
from bot.views.order_state import until
from bot.views.typed import one_line
from bot.views.wallets import (
    NUMBER_MAX,
    reference_example,
    reference_name,
    wallet_name,
    wallet_number,
    wallet_words,
)
from market.claims import ClaimState
from market.money import Money
from market.rail_cards import ByHandCard
from market.read import OrderCard
from market.states import State

PAYSUPPORT = 1
LABEL_MAX = 40


def by_hand_screen(paying: ByHandCard, tr: Translator) -> Screen:
    """The exact amount, the wallets, and what happens after the money was sent."""
    card, order = paying.card, paying.card.order
    back = Button(label=tr.label("Open the order"), tap=ShowOrder(order.id))
    if order.state is not State.AWAITING_PAYMENT:
        return Screen(text=_not_now(card, tr), rows=((back,),))
    if not paying.wallets:
        ask = Button(label=tr.label("Ask an operator"), tap=StartSupport(PAYSUPPORT, order.id))
        return Screen(text=_nowhere(tr), rows=((ask, back),))
    parts = [_how_much(paying, tr), *(wallet_words(one, tr) for one in paying.wallets)]
    parts += [_afterwards(card, tr), _exactly(tr)]
    rows = tuple(row for one in paying.wallets for row in _rows(card, one.name, one.number, tr))
    return Screen(text=Markup("\n\n").join(parts), rows=(*rows, (back,)))


def _how_much(paying: ByHandCard, tr: Translator) -> Markup:
    order = paying.card.order
    return tr(
        "💵 <b>Send exactly {due}</b> by {until}. Put <code>{code}</code> where the reference or "
        "note goes, if there is room for one.",
        due=tr.money(paying.due),
        until=until(order.clock_at_ms, paying.card.now_ms, tr),
        code=order_code(order.id),
    )


def _afterwards(card: OrderCard, tr: Translator) -> Markup:
    return tr(
        "Then tap the button below. I ask for the number of the payment and the last four digits "
        "of the number that you sent it from. An operator looks for it in our own statement, "
        "usually within {span}, and then your order begins. Screenshots are not needed: nobody "
        "goes by them.",
        span=tr.span(card.policy.windows.claim_review_ms),
    )


def _exactly(tr: Translator) -> Markup:
    return tr(
        "Another amount does not pay the order: it stays here as your credit. Send it from your "
        "own number only, and only to the numbers that stand here; we never write you others."
    )


def _rows(
    card: OrderCard, wallet: str, number: str, tr: Translator
) -> tuple[tuple[Button, ...], ...]:
    name, order = wallet_name(wallet, tr), card.order
    sent = StartClaim(order.id, order.version, wallet_number(wallet))
    label = tr.label("I have sent it: {wallet}", wallet=name)
    copy = tr.label("Copy the number: {wallet}", wallet=name)
    return (
        (Button(label=label, tap=sent, style="primary"),),
        (Button(label=copy, copy=one_line(number, NUMBER_MAX)),),
    )


def _not_now(card: OrderCard, tr: Translator) -> Markup:
    if card.order.state is State.PAYMENT_REVIEW:
        return tr("You have told us already that it was sent; operators are looking for it.")
    return tr("This order does not wait for a payment any more.")


def _nowhere(tr: Translator) -> Markup:
    return tr(
        "💵 Just now there is no number to send the money to. Please ask an operator; the order "
        "waits, and nothing is lost."
    )


def by_hand_notice(card: OrderCard, tr: Translator) -> Screen:
    """In place of an invoice: the order waits, and the way to the numbers."""
    order = card.order
    text = tr(
        "💵 <b>{due} for order {code}</b>\n{title}\n\nPlease send it by {until}. The numbers to "
        "send it to, and what to do afterwards, are behind the button.",
        due=tr.money(order.charge),
        code=order_code(order.id),
        title=one_line(card.gig.title),
        until=until(order.clock_at_ms, card.now_ms, tr),
    )
    how = Button(label=tr.label("How to pay"), tap=ShowByHand(order.id), style="primary")
    look = Button(label=tr.label("Open the order"), tap=ShowOrder(order.id))
    return Screen(text=text, rows=((how,), (look,)))


def pay_button(card: OrderCard, tr: Translator) -> Button:
    """The buyer's first button while the order waits for money sent by hand."""
    tap = ShowByHand(card.order.id)
    return Button(label=tr.label("How to pay"), tap=tap, style="primary")


def payment_words(card: OrderCard, tr: Translator) -> Markup:
    """What the buyer has to do now."""
    return tr(
        "Please send {due} by {until}; “How to pay” shows where to. Nothing has been paid yet; "
        "without a payment the order expires by itself.",
        due=tr.money(card.order.charge),
        until=until(card.order.clock_at_ms, card.now_ms, tr),
    )


def reference_question(wallet: str, due: Money, tr: Translator) -> Screen:
    """Step 1: the number of the payment."""
    text = tr(
        "💵 <b>{wallet}: {due}</b>\nPlease type the {what} of your payment, as it stands in the "
        "message or in the app, for example {example}.",
        due=tr.money(due),
        wallet=wallet_name(wallet, tr),
        what=reference_name(wallet, tr),
        example=reference_example(wallet),
    )
    return Screen(text=text, rows=(_later(tr),))


def digits_question(wallet: str, reference: str, tr: Translator) -> Screen:
    """Step 2: the sender's last four digits."""
    text = tr(
        "🔢 <b>{wallet}, {reference}</b>\nAnd the last four digits of the number that you sent it "
        "from. They are kept encrypted; only operators compare them with the statement.",
        wallet=wallet_name(wallet, tr),
        reference=reference,
    )
    return Screen(text=text, rows=(_later(tr),))


def wants_reference(tr: Translator) -> Markup:
    """Something else than words came."""
    return tr("Here I need the number of the payment in words, not a picture.")


def wants_digits(tr: Translator) -> Markup:
    """Something else than digits came."""
    return tr("Here I need four digits.")


def claimed_toast(tr: Translator) -> str:
    """What happens next."""
    return tr.label("Noted. Operators are looking for it; I will write to you.")


def claim_state(state: ClaimState, tr: Translator) -> str:
    """What became of a claim, for operators."""
    names = {
        ClaimState.WAITING: tr.label("waits for an operator"),
        ClaimState.SEEN: tr.label("waits for a second operator"),
        ClaimState.PAID: tr.label("arrived and paid the order"),
        ClaimState.LANDED: tr.label("arrived, but did not pay the order"),
        ClaimState.REJECTED: tr.label("not found"),
    }
    return names[state]


def _later(tr: Translator) -> tuple[Button, ...]:
    return (Button(label=tr.label("Later"), tap=LeaveFlow()),)
