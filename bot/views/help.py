"""How it all works, on one page; what it says of money follows what the house takes."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.ui.screen import Button, Screen
from bot.ui.taps import GoHome, ReadPrivacy, ReadTerms, ShowTrust, StartSupport
from bot.views.means import clearing_lines, hand_words, means, payout_lines
from bot.views.order_money import percent
from market.policy import Policy
from market.rail_cards import OpenWays


def help_screen(ways: OpenWays, tr: Translator, policy: Policy) -> Screen:
    """For buyers, for sellers, the money, the commands, and whom to ask."""
    parts = [_buying(ways, tr, policy), _selling(tr, policy), _money(ways, tr, policy)]
    text = Markup("\n\n").join([*parts, _commands(tr)])
    return Screen(
        text=text,
        rows=(
            (Button(label=tr.label("Write to us"), tap=StartSupport(0, 0), style="primary"),),
            (
                Button(label=tr.label("Terms"), tap=ReadTerms(0)),
                Button(label=tr.label("Privacy"), tap=ReadPrivacy()),
            ),
            (Button(label=tr.label("What we hold, what we owe"), tap=ShowTrust()),),
            (Button(label=tr.label("Main menu"), tap=GoHome()),),
        ),
    )


def _buying(ways: OpenWays, tr: Translator, policy: Policy) -> Markup:
    steps = tr(
        "<b>Buying</b>\n"
        "1. Pick a gig, order it and pay with {means}. We hold the money.\n"
        "2. Answer the seller's question, if there is one. The work starts then.\n"
        "3. The delivery comes here. Accept it, or ask for changes.\n"
        "4. If you say nothing for {accept} after a delivery, it counts as accepted. We remind "
        "you before.",
        means=means(ways, tr),
        accept=tr.span(policy.windows.accept_ms),
    )
    by_hand = hand_words(ways, tr, policy)
    return steps if by_hand is None else Markup("{}\n{}").format(steps, by_hand)


def _selling(tr: Translator, policy: Policy) -> Markup:
    return tr(
        "<b>Selling</b>\n"
        "1. Offer a gig: what you do, your price, your delivery time.\n"
        "2. As soon as somebody pays, you hear about it here. Deliver in this chat, with text "
        "and files.\n"
        "3. When the buyer accepts, the money is yours, less our fee of {fee}%.",
        fee=percent(policy.fee_bp, tr),
    )


def _money(ways: OpenWays, tr: Translator, policy: Policy) -> Markup:
    return tr(
        "<b>Your earnings</b>\nThey become available:\n{clearing}\n{in_hand}",
        clearing=clearing_lines(ways, tr, policy),
        in_hand=payout_lines(ways, tr, policy),
    )


def _commands(tr: Translator) -> Markup:
    return tr(
        "<b>Commands</b>\n"
        "/start main menu\n"
        "/browse gigs for sale\n"
        "/sell offer a gig\n"
        "/orders your orders\n"
        "/mygigs your gigs\n"
        "/wallet your money\n"
        "/settings language, time zone, daily summary, being away\n"
        "/support a question for us\n"
        "/paysupport a question about a payment\n"
        "/trust what we hold and what we owe\n"
        "/cancel leave what you are doing\n"
        "/terms and /privacy the small print"
    )
