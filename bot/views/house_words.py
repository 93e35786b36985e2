"""Words that the pages about the house's money share: rails and currencies."""

from bot.i18n import Translator
from bot.views.wallets import wallet_name
from market.money import Currency, Money
from market.rails import WALLETS

_MANUAL = "manual:"


def rail_words(rail: str, tr: Translator) -> str:
    """Where the money lies, as people call it."""
    name = rail.removeprefix(_MANUAL)
    if name == "stars":
        return tr.label("Telegram Stars")
    if name == "bank":
        return tr.label("bank account")
    if name in WALLETS:
        return wallet_name(name, tr)
    return "Crypto Pay" if name == "crypto_pay" else name


def sum_of(minor: int, currency: str, tr: Translator) -> str:
    """An amount of a currency that is known by its code."""
    return tr.money(Money(minor, Currency(currency)))


def currency_name(currency: str, tr: Translator) -> str:
    """A currency as people call it."""
    names = {"XTR": tr.label("Telegram Stars"), "BDT": tr.label("Taka (৳)")}
    return names.get(currency, currency)
