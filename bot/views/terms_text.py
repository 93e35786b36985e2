"""The terms of the house, page by page. A change of meaning needs a new TERMS_VERSION."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.order_money import percent
from market.money import Currency, Money
from market.people import TERMS_VERSION
from market.policy import Policy


def terms_pages(tr: Translator, policy: Policy) -> tuple[Markup, ...]:
    """All pages, in the order of reading."""
    return (
        _house(tr, policy),
        _ordering(tr, policy),
        _delivering(tr, policy),
        _earning(tr, policy),
        _refunds(tr),
        _forbidden(tr),
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


def _ordering(tr: Translator, policy: Policy) -> Markup:
    windows = policy.windows
    return tr(
        "<b>4. Ordering and paying</b>\n"
        "Gigs are paid in Telegram Stars, the whole price at once. The price that you see is the "
        "price that you pay; buyers pay no fee to us. An order that is not paid within {pay} "
        "expires and costs nothing.\n\n"
        "<b>5. Where the money is meanwhile</b>\n"
        "We hold the Stars for the order until you accept the delivery. Until then they belong "
        "neither to the seller nor to us.\n\n"
        "<b>6. The seller's question</b>\n"
        "Some gigs begin with a question. The work starts with your answer. Without an answer for "
        "{requirements}, and after two reminders, the order is cancelled and you get all of the "
        "money back.",
        pay=tr.span(windows.pay_ms),
        requirements=tr.span(windows.requirements_ms),
    )


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


def _earning(tr: Translator, policy: Policy) -> Markup:
    windows = policy.windows
    return tr(
        "<b>11. Our fee</b>\n"
        "From the price of a completed order we keep {fee}%, at least {least}. Publishing "
        "gigs is free. A cancelled order costs nobody a fee.\n\n"
        "<b>12. When earnings clear</b>\n"
        "Earnings clear {clearing} after acceptance, and no sooner than {hold} after the buyer "
        "paid: a payment in Stars can be reversed until then. Until a seller has {first} "
        "cleared orders, the first of these times is {factor} times as long. Your Wallet shows "
        "the day.\n\n"
        "<b>13. Getting paid</b>\n"
        "Cleared earnings are yours. You withdraw them in the Wallet; the rate, the fee and when "
        "it is sent are shown before you confirm. We may ask who you are before we pay out. "
        "You pay your own taxes.",
        fee=percent(policy.fee_bp, tr),
        least=tr.money(Money(policy.fee_least_minor, Currency.XTR)),
        clearing=tr.span(windows.clearing_ms),
        hold=tr.span(windows.charge_hold_ms),
        first=policy.new_seller_orders,
        factor=policy.new_seller_factor,
    )


def _refunds(tr: Translator) -> Markup:
    return tr(
        "<b>14. Refunds</b>\n"
        "An order that is cancelled before acceptance is paid back in full: the same Stars, to "
        "the same Telegram account. The same holds for a payment that came twice or too late. "
        "After acceptance there is no refund, unless the law or our decision in a dispute says "
        "so.\n\n"
        "<b>15. Questions about a payment</b>\n"
        "Send /paysupport. We look into every case and answer in this chat. Telegram's support "
        "and Telegram's bot support cannot help with purchases made in this bot.\n\n"
        "<b>16. Disagreements</b>\n"
        "Talk to each other first. If that does not help, write to /support from the order. We "
        "read the order, the deliveries and what both sides say, and decide what happens to the "
        "money that we hold. Your rights by law stay untouched.",
    )


def _forbidden(tr: Translator) -> Markup:
    return tr(
        "<b>17. What is not allowed</b>\n"
        "• anything illegal where you, the other side or we are\n"
        "• sexual content, weapons, drugs, gambling, fake papers\n"
        "• hacking, stolen accounts or data, spam, fake followers and reviews\n"
        "• work that is somebody else's, or that helps to deceive somebody\n"
        "• hate, threats, harassment, anything that harms children\n"
        "• goods to be shipped and services in person: only digital work is sold here\n"
        "• paying or asking to be paid outside of the bot\n"
        "• investments, loans, selling Stars or money exchange\n\n"
        "<b>18. What we do then</b>\n"
        "We may take a gig down, pause or close an account, and cancel its open orders; buyers "
        "get back what we hold for them. We say why, and you can answer with /support.\n\n"
        "<b>19. What we answer for</b>\n"
        "We keep the books exactly and the market running as well as we can. We do not make the "
        "gigs and cannot promise that every one is good. As far as the law allows, we answer up "
        "to the price of the order concerned.",
    )
