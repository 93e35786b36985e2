"""Where money goes back to, in words: the way it came."""

from bot.i18n import Translator
from market.money import Currency


def to_where(currency: Currency, tr: Translator) -> str:
    """Comes after "goes back" and the like."""
    match currency:
        case Currency.XTR:
            return tr.label("to your Telegram Stars")
        case Currency.USDT:
            return tr.label("to your wallet in @CryptoBot")
        case _:
            return tr.label("to the number that it came from")


def find_it(currency: Currency, tr: Translator) -> str:
    """Where to look when it has arrived."""
    match currency:
        case Currency.XTR:
            return tr.label("You will find them in Telegram under Settings, My Stars.")
        case Currency.USDT:
            return tr.label("You will find it in @CryptoBot under Wallet.")
        case _:
            return tr.label("It may take a little until your own wallet shows it.")
