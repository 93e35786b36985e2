"""What the house keeps about people, in words. It must stay true to the schema and the sweeps."""

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.terms_text import operator_words
from market.policy import Policy


def privacy_text(tr: Translator, policy: Policy) -> Markup:
    """One page."""
    return Markup("\n\n").join(
        [_kept(tr, policy), _seen(tr, policy), _how_long(tr, policy), _rights(tr)]
    )


def _kept(tr: Translator, policy: Policy) -> Markup:
    return tr(
        "<b>Privacy</b>\n\n"
        "<b>What we keep</b>\n"
        "• your Telegram number (id), name, username and language, as Telegram gives them\n"
        "• your settings, and when you agreed to the terms\n"
        "• your gigs, orders, deliveries, reviews and messages to us\n"
        "• what you write in orders and disputes, what you report, when you are away\n"
        "• payments, withdrawals, and the transfer numbers that belong to them\n"
        "• the account you want your money on, and the last digits of the number you paid from\n"
        "• your PIN, if you set one, in a form that nobody can read back\n"
        "Names, accounts and digits are stored encrypted. Files stay with Telegram; we keep only "
        "their addresses and, of deliveries, a fingerprint as evidence. We never see your card. "
        "{operator} is responsible for all of it.",
        operator=operator_words(tr, policy),
    )


def _seen(tr: Translator, policy: Policy) -> Markup:
    seen = tr(
        "<b>Who sees it</b>\n"
        "Everyone: your gigs, your name on them and your reviews. The other side of an order: "
        "that order. The operators: orders and messages when they help or when something goes "
        "wrong; what they do is logged. Telegram carries all messages. Nobody else: no "
        "advertising, no analytics, nothing is sold."
    )
    if not policy.takes_usdt:
        return seen
    carried = tr(
        "@CryptoBot learns how much USDT comes from you or goes to you, and your Telegram number."
    )
    return Markup("{} {}").format(seen, carried)


def _how_long(tr: Translator, policy: Policy) -> Markup:
    windows = policy.windows
    return tr(
        "<b>How long</b>\n"
        "• raw messages to the bot: {inbox}\n"
        "• unfinished drafts: {draft}\n"
        "• what is written and sent in an order: {texts} after its end\n"
        "• the digits of the number you paid from: {digits}\n"
        "• gigs, reviews and conversations with us: as long as your account exists\n"
        "• the books (who paid whom how much): as long as accounting law asks, without your name "
        "once your data is deleted",
        inbox=tr.span(windows.inbox_keep_ms),
        draft=tr.span(windows.draft_ms),
        texts=tr.span(windows.texts_keep_ms),
        digits=tr.span(windows.digits_keep_ms),
    )


def _rights(tr: Translator) -> Markup:
    return tr(
        "<b>Your say</b>\n"
        "/deletemydata deletes your name, accounts and texts at once, as soon as your orders have "
        "ended and no money of yours is left here. Ask us with /support to see or correct what we "
        "keep about you. To stop all messages, block the bot."
    )
