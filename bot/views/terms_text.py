"""The terms of the house, page by page. A change of meaning needs a new TERMS_VERSION."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.categories import category_name
from bot.views.means import (
    back_words,
    buyers_fee,
    clearing_lines,
    hand_words,
    means,
    payout_lines,
)
from bot.views.order_money import percent
from market.money import Currency, Money
from market.people import TERMS_VERSION
from market.policy import Policy
from market.rail_cards import OpenWays


def terms_pages(ways: OpenWays, tr: Translator, policy: Policy) -> tuple[Markup, ...]:
    """All pages, in the order of reading."""
    return (
        _house(tr, policy),
        _ordering(ways, tr, policy),
        _delivering(tr, policy),
        _earning(ways, tr, policy),
        _refunds(ways, tr),
        _forbidden(ways, tr),
    )


def operator_words(tr: Translator, policy: Policy) -> Markup:
    """Who runs the house, and where they are reached."""
    name = policy.operator_name or tr("the operator of this bot")
    if not policy.operator_contact:
        return tr("{name} (write to /support)", name=name)
    return tr("{name} ({contact})", name=name, contact=policy.operator_contact)


def _house(tr: Translator, policy: Policy) -> Markup:
    return tr(
        "<b>Terms of GigHaat, version {version}</b>\n\n"
        "<b>1. Who we are</b>\n"
        "GigHaat is a market inside Telegram, run by {operator}. Sellers offer gigs, buyers order "
        "them. The agreement about the work is between the buyer and the seller. We keep the "
        "market, hold the money meanwhile and help when something goes wrong. Telegram is not a "
        "party to it.\n\n"
        "<b>2. Who may take part</b>\n"
        "You are 18 or older, or a parent or guardian has agreed. One person, one account. You "
        "are responsible for what is done with your Telegram account.\n\n"
        "<b>3. Changes of these terms</b>\n"
        "When the terms change, we ask for your consent again. An order keeps the price, the fee "
        "and the times that it was placed with.",
        version=TERMS_VERSION,
        operator=operator_words(tr, policy),
    )


def _ordering(ways: OpenWays, tr: Translator, policy: Policy) -> Markup:
    windows = policy.windows
    return tr(
        "<b>4. Ordering and paying</b>\n"
        "The whole price of a gig is paid at once, with {means}. {buyers_fee} Credit that you have "
        "here pays first, unless you switch that off; earnings pay only when you say so. "
        "{expiry}\n\n"
        "<b>5. Where the money is meanwhile</b>\n"
        "We hold it for the order until you accept the delivery. Until then it belongs neither to "
        "the seller nor to us. What we hold and what we owe, anybody can see under /trust.\n\n"
        "<b>6. The seller's question</b>\n"
        "Some gigs begin with a question. The work starts with your answer. Without an answer for "
        "{requirements}, and after two reminders, the order is cancelled and you get all of the "
        "money back.",
        means=means(ways, tr),
        buyers_fee=buyers_fee(tr, policy),
        expiry=_expiry(ways, tr, policy),
        requirements=tr.span(windows.requirements_ms),
    )


def _expiry(ways: OpenWays, tr: Translator, policy: Policy) -> Markup:
    words = tr(
        "An order that is not paid within {pay} expires and costs nothing.",
        pay=tr.span(policy.windows.pay_ms),
    )
    by_hand = hand_words(ways, tr, policy)
    return words if by_hand is None else Markup("{} {}").format(words, by_hand)


def _delivering(tr: Translator, policy: Policy) -> Markup:
    windows = policy.windows
    return tr(
        "<b>7. Delivery and acceptance</b>\n"
        "The seller delivers in this chat. You then accept, or ask for changes as often as the gig "
        "includes. Accepting releases the money and cannot be taken back. If you say nothing for "
        "{accept}, the delivery counts as accepted; we remind you before.\n\n"
        "<b>8. When a seller is late</b>\n"
        "From {late} after the deadline on, the buyer may cancel. After {abandon} without a "
        "delivery the order is cancelled by itself. Both times the buyer gets everything back.\n\n"
        "<b>9. Rights to the work</b>\n"
        "With acceptance the buyer may use the work as the gig describes it; unless the gig says "
        "otherwise, fully and without limit in time. The seller vouches that the work is his or "
        "her own or may be passed on.\n\n"
        "<b>10. Reviews</b>\n"
        "Both sides may review an order for {review} after it is completed. Reviews are honest "
        "and are about the order. We remove insults, private data and paid reviews.",
        accept=tr.span(windows.accept_ms),
        late=tr.span(windows.late_cancel_ms),
        abandon=tr.span(windows.abandon_ms),
        review=tr.span(windows.review_ms),
    )


def _earning(ways: OpenWays, tr: Translator, policy: Policy) -> Markup:
    return tr(
        "<b>11. Our fee</b>\n"
        "From the price of a completed order we keep {fee}%, at least {least}. Publishing "
        "gigs is free. A cancelled order costs nobody a fee; a tip goes to the seller whole.\n\n"
        "<b>12. When earnings clear</b>\n"
        "Earnings become available:\n{clearing}\nYour Wallet shows the day.\n\n"
        "<b>13. Getting paid</b>\n"
        "Cleared earnings are yours. {in_hand}\nWe may ask who you are before we pay out. You pay "
        "your own taxes.",
        fee=percent(policy.fee_bp, tr),
        least=tr.money(Money(policy.fee_least_minor, Currency.XTR)),
        clearing=clearing_lines(ways, tr, policy),
        in_hand=payout_lines(ways, tr, policy),
    )


def _refunds(ways: OpenWays, tr: Translator) -> Markup:
    return tr(
        "<b>14. Refunds</b>\n"
        "An order that is cancelled before acceptance is paid back in full, and so is a payment "
        "that came twice or too late. {back} What was paid from a balance comes back to it. A "
        "payment goes back whole or not at all: where you get a part of it, that part stays here "
        "as credit, and pays for other orders. After acceptance there is no refund, unless the "
        "law or our decision in a dispute says so.\n\n"
        "<b>15. Questions about a payment</b>\n"
        "Send /paysupport. We look into every case and answer in this chat. Telegram's support "
        "and Telegram's bot support cannot help with purchases made in this bot.\n\n"
        "<b>16. Disagreements</b>\n"
        "Talk to each other first. If that does not help, open a dispute from the order. We read "
        "the order, the deliveries and what both sides say, and decide what happens to the money "
        "that we hold. Your rights by law stay untouched.",
        back=back_words(ways, tr),
    )


def _forbidden(ways: OpenWays, tr: Translator) -> Markup:
    return tr(
        "<b>17. What is not allowed</b>\n"
        "• anything illegal where you, the other side or we are\n"
        "• sexual content, weapons, drugs, gambling, fake papers\n"
        "• hacking, stolen accounts or data, spam, fake followers and reviews\n"
        "• work that is somebody else's, or that helps to deceive somebody\n"
        "• hate, threats, harassment, anything that harms children\n"
        "• {in_person}\n"
        "• paying or asking to be paid outside of the bot\n"
        "• investments, loans, selling Stars or money exchange\n\n"
        "<b>18. What we do then</b>\n"
        "We may take a gig down, pause or close an account, and cancel its open orders; buyers "
        "get back what we hold for them. We say why, and you can answer with /support.\n\n"
        "<b>19. What we answer for</b>\n"
        "We keep the books exactly and the market running as well as we can. We do not make the "
        "gigs and cannot promise that every one is good. As far as the law allows, we answer up "
        "to the price of the order concerned.",
        in_person=_in_person(ways, tr),
    )


def _in_person(ways: OpenWays, tr: Translator) -> Markup:
    if not ways.categories:
        return tr("goods to be shipped and services in person: only digital work is sold here")
    names = ", ".join(category_name(key, tr) for key in ways.categories)
    return tr("goods to be shipped, and services in person outside of: {names}", names=names)
