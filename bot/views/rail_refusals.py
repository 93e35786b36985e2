"""Words for refusals around rails: references, claims, wallets, currencies; `problems` has all."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.wallets import reference_example, reference_name
from market import errors
from market.errors import MarketError
from market.money import Currency
from market.rails import WALLETS


def _unfit(error: errors.ClaimUnfit, tr: Translator) -> Markup:
    if error.wallet not in WALLETS:
        return tr("I cannot find that. It may be gone.")
    return tr(
        "That does not look like a {what}. It looks like {example}; please type it as it stands "
        "in the message.",
        what=reference_name(error.wallet, tr),
        example=reference_example(error.wallet),
    )


def _digits(_error: errors.DigitsUnfit, tr: Translator) -> Markup:
    return tr("I need the last four digits of the number that you sent it from, for example 4321.")


def _taken(_error: errors.ClaimTaken, tr: Translator) -> Markup:
    return tr(
        "This payment was claimed before and does not count twice. Please check the number; if it "
        "is yours, write to /paysupport."
    )


def _too_many(error: errors.TooManyClaims, tr: Translator) -> Markup:
    return tr(
        "You can tell us of {limit} payments a day at most. Please try again tomorrow, or write "
        "to /paysupport.",
        limit=error.limit,
    )


def _closed(error: errors.CurrencyClosed, tr: Translator) -> Markup:
    if error.currency == Currency.BDT:
        return tr("Taka is not taken for this at the moment.")
    if error.currency == Currency.XTR:
        return tr("This order is paid in Stars, with its invoice.")
    return tr("{currency} is not taken for this at the moment.", currency=error.currency)


def _no_wallet(_error: errors.NoWallet, tr: Translator) -> Markup:
    return tr("No money can be sent there at the moment. Please open the order for other ways.")


def _unread(_error: errors.PolicyUnread, tr: Translator) -> Markup:
    return tr("The wording has changed since. Please read and accept the new one.")


def _unconfirmed(_error: errors.NotConfirmed, tr: Translator) -> Markup:
    return tr("That is much money: another operator has to confirm it before it is sent.")


RAIL_REFUSALS: dict[type[MarketError], Callable[[Any, Translator], Markup]] = {
    errors.ClaimUnfit: _unfit,
    errors.DigitsUnfit: _digits,
    errors.ClaimTaken: _taken,
    errors.TooManyClaims: _too_many,
    errors.CurrencyClosed: _closed,
    errors.NoWallet: _no_wallet,
    errors.PolicyUnread: _unread,
    errors.NotConfirmed: _unconfirmed,
}
