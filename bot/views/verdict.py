"""Saying a verdict: which part the seller keeps, the exact amounts, the reasons, once more all."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import ConfirmVerdict, LeaveFlow, PickShare, StepBack
from bot.views.codes import order_code
from bot.views.seen import Seen, party_name
from bot.views.typed import quoted
from market.cases import DisputeCard
from market.money import Money
from market.postings import shares_of
from market.states import Role

NOTHING, ALL = 0, 100
PARTS = (25, 50, 75)
REASON_MAX = 1_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What has been chosen so far; `effect` and `after` are what was said of it."""

    order_id: int
    price: Money
    effect: Markup
    after: Markup
    reason: str


def minor_of(price: Money, percent: int) -> int:
    """A part of the price in minor units, floored."""
    return price.minor * percent // 100


def shares_lines(card: Seen, minor: int, tr: Translator) -> list[Markup]:
    """Exactly what buyer, seller and house get when the seller's part before the fee is `minor`."""
    shares, price = shares_of(card.order, minor), card.order.terms.price

    def money(amount: int) -> str:
        return tr.money(Money(amount, price.currency))

    buyer, seller = party_name(card, Role.BUYER), party_name(card, Role.SELLER)
    fee = tr("🏠 The house: {fee}", fee=money(shares.fee_minor))
    return [
        _buyers_line(buyer, money(shares.buyer_minor), tr, is_whole=minor == 0)
        if shares.buyer_minor
        else tr("🛒 {buyer}: nothing", buyer=buyer),
        tr(
            "🧰 {seller}: {net} ({gross} less the fee)",
            seller=seller,
            net=money(shares.seller_minor),
            gross=money(minor),
        )
        if minor
        else tr("🧰 {seller}: nothing", seller=seller),
        fee,
    ]


def _buyers_line(buyer: str, back: str, tr: Translator, *, is_whole: bool) -> Markup:
    if is_whole:
        return tr(
            "🛒 {buyer}: {back}, the whole payment back the way it came", buyer=buyer, back=back
        )
    return tr(
        "🛒 {buyer}: {back}, as credit here (payments are sent back whole or not at all)",
        buyer=buyer,
        back=back,
    )


def takes_effect(card: DisputeCard, tr: Translator) -> Markup:
    """What follows the verdict, and when."""
    dispute = card.order.dispute
    if dispute is not None and dispute.appealed_by is not None:
        return tr("After the appeal this is the last word: it is carried out at once.")
    return tr(
        "It takes effect after {span}, unless one of them appeals.",
        span=tr.span(card.policy.windows.appeal_ms),
    )


def what_follows(card: DisputeCard, tr: Translator) -> Markup:
    """The same, with the second operator above the house's limit."""
    after = takes_effect(card, tr)
    if not card.needs_second:
        return after
    currency = card.order.terms.price.currency
    limit = tr.money(Money(card.policy.second_operator(currency), currency))
    second = tr(
        "The price is above {limit}, so a second operator has to confirm the verdict first.",
        limit=limit,
    )
    return Markup("{}\n{}").format(second, after)


def share_question(order_id: int, price: Money, tr: Translator) -> Screen:
    """Refund, release or a part, as buttons; an amount may be typed."""
    text = tr(
        "📜 <b>Verdict on order {code}</b>\nWhich part of {price} does the seller get, before the "
        "fee? Tap one, or write an amount from 0 to {most}. You see the exact amounts before "
        "anything is said.",
        code=order_code(order_id),
        price=tr.money(price),
        most=tr.money(price),
    )
    whole = (
        Button(label=tr.label("Refund: all to the buyer"), tap=PickShare(NOTHING)),
        Button(label=tr.label("Release: all to the seller"), tap=PickShare(ALL)),
    )
    parts = tuple(_part(percent, price, tr) for percent in PARTS)
    return Screen(text=text, rows=((whole[0],), (whole[1],), parts, (_later(tr),)))


def _part(percent: int, price: Money, tr: Translator) -> Button:
    amount = tr.money(Money(minor_of(price, percent), price.currency))
    label = tr.label("{percent}%: {amount}", percent=percent, amount=amount)
    return Button(label=label, tap=PickShare(percent))


def reason_question(verdict: Verdict, most: int, tr: Translator) -> Screen:
    """The exact amounts, and why; both sides read the reasons."""
    ask = tr(
        "Please write the reasons in one message (at most {most} characters). Both sides read "
        "them word by word.",
        most=tr.number(most),
    )
    text = Markup("{}\n{}\n\n{}").format(_head(verdict, tr), verdict.effect, ask)
    return Screen(text=text, rows=((_change(tr), _later(tr)),))


def sure_question(verdict: Verdict, tr: Translator) -> Screen:
    """All of it once more; only the button says it."""
    ask = tr("Say it? To change the reasons, write them once more.")
    parts = [
        Markup("{}\n{}").format(_head(verdict, tr), verdict.effect),
        quoted(verdict.reason, REASON_MAX),
        verdict.after,
        ask,
    ]
    say = Button(label=tr.label("Say the verdict"), tap=ConfirmVerdict(), style="danger")
    return Screen(text=Markup("\n\n").join(parts), rows=((say,), (_change(tr), _later(tr))))


def _head(verdict: Verdict, tr: Translator) -> Markup:
    return tr("📜 <b>Verdict on order {code}</b>", code=order_code(verdict.order_id))


def said_toast(tr: Translator) -> str:
    """Both sides hear of it."""
    return tr.label("The verdict is said. Both sides are being told.")


def proposed_toast(tr: Translator) -> str:
    """A second operator is asked."""
    return tr.label("Kept. Another operator is asked to confirm it.")


def things_changed(tr: Translator) -> Markup:
    """Somebody spoke meanwhile; nothing typed is lost."""
    return tr(
        "✏️ Something was added to the dispute while you were writing. Your reasons are kept: look "
        "at what is new, then say the verdict once more."
    )


def wants_reasons(tr: Translator) -> Markup:
    """Something else than words came."""
    return tr("A verdict is given in words and by the buttons below.")


def _change(tr: Translator) -> Button:
    return Button(label=tr.label("Change the part"), tap=StepBack())


def _later(tr: Translator) -> Button:
    return Button(label=tr.label("Later"), tap=LeaveFlow())
