"""What an owner reads and accepts before a category may be paid outside of Telegram Stars.

A new wording gets a new number: market.rails.POLICY_VERSION.
"""

from markupsafe import Markup

from bot.i18n import Translator


def policy_text(tr: Translator) -> Markup:
    """Telegram's rules, what counts as digital, the law in Bangladesh, and who answers for it."""
    return Markup("\n\n").join((_telegram(tr), _grey(tr), _law(tr), _answers(tr)))


def _telegram(tr: Translator) -> Markup:
    return tr(
        "📜 <b>Before you allow money outside of Stars</b>\nTelegram's terms for bots allow only "
        "Stars for digital goods and services. What is digital follows the rules of Apple and "
        "Google: texts, pictures, code and files are; physical goods, work at a place, and "
        "lessons or advice from person to person at that very time are not, as a rule."
    )


def _grey(tr: Translator) -> Markup:
    return tr(
        "A logo or a script that is handed over as a file counts as digital when in doubt. If "
        "Telegram sees it otherwise than you, it can take Stars from the bot, hold them back, and "
        "mark the bot in public. Growth of channels, copied goods and gambling are forbidden "
        "however they are paid."
    )


def _law(tr: Translator) -> Markup:
    return tr(
        "🇧🇩 <b>In Bangladesh</b> the central bank wants money that is paid in advance for online "
        "orders kept by a licensed payment provider, not in the seller's or the market's own "
        "account (circular of 30 June 2021, letter of 29 August 2021). Collecting taka by "
        "“send money” to a private number is outside of that scheme. Dealing in virtual assets "
        "such as USDT is prohibited (September 2022); a later circular names up to seven years. "
        "In other countries holding money for others may need a licence."
    )


def _answers(tr: Translator) -> Markup:
    return tr(
        "You run this house, so you answer for it, not we who wrote the program. This is no legal "
        "advice; please ask somebody who knows the law where you are. Your decision, your reason, "
        "the time and this wording are kept."
    )
