"""Words for refusals about withdrawals and payouts; `problems` has all."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.payout_words import way_name
from market import errors
from market.errors import MarketError
from market.money import Currency, Money
from market.payout_terms import Way

_SURELY_PAST_MS = 0


def _details(error: errors.DetailsUnreadable, tr: Translator) -> Markup:
    if error.way == Way.BANK:
        return tr(
            "Please write your name, the bank, the branch and the account number in one message."
        )
    return tr(
        "That is no {wallet} number. Please write all 11 digits, such as {example}.",
        wallet=way_name(Way(error.way), tr),
        example=tr.digits("01712345678"),
    )


def _used(_error: errors.ReferenceUsed, tr: Translator) -> Markup:
    return tr("Another payout has this reference already. Please look once more.")


def _asked(_error: errors.StillAsked, tr: Translator) -> Markup:
    return tr("The provider is being asked about it just now. Please try again in a minute.")


def _frozen(error: errors.PayoutsFrozen, tr: Translator) -> Markup:
    if error.until_ms is None:
        return tr("Payouts of this account are stopped until an operator has looked into it.")
    return tr(
        "Payouts of this account are on hold until {when}, because it was changed or its PIN was "
        "forgotten.",
        when=tr.when(error.until_ms, _SURELY_PAST_MS),
    )


def _too_many(error: errors.TooManyWithdrawals, tr: Translator) -> Markup:
    return tr(
        "You have asked for {limit} withdrawals within a day, the most possible. Please come back "
        "tomorrow.",
        limit=error.limit,
    )


def _nothing(error: errors.NothingToWithdraw, tr: Translator) -> Markup:
    return tr(
        "There is not enough for a withdrawal that way now. The smallest is {least}.",
        least=tr.money(Money(error.least_minor, Currency(error.currency))),
    )


def _closed(error: errors.WayClosed, tr: Translator) -> Markup:
    return tr("{way}: nothing can be sent there at the moment.", way=way_name(Way(error.way), tr))


def _rate(_error: errors.RateChanged, tr: Translator) -> Markup:
    return tr("The rate has just changed. Please look at the new amounts.")


def _rate_unfit(_error: errors.RateUnfit, tr: Translator) -> Markup:
    return tr("I cannot read this as a rate. Please send a number, such as {n}.", n="1.58")


def _own(_error: errors.OwnWithdrawal, tr: Translator) -> Markup:
    return tr("This is your own withdrawal, so another operator has to see to it.")


def _owner(_error: errors.NotAnOwner, tr: Translator) -> Markup:
    return tr("Only owners of the house can do that.")


PAYOUT_REFUSALS: dict[type[MarketError], Callable[[Any, Translator], Markup]] = {
    errors.DetailsUnreadable: _details,
    errors.ReferenceUsed: _used,
    errors.StillAsked: _asked,
    errors.PayoutsFrozen: _frozen,
    errors.TooManyWithdrawals: _too_many,
    errors.NothingToWithdraw: _nothing,
    errors.WayClosed: _closed,
    errors.RateChanged: _rate,
    errors.RateUnfit: _rate_unfit,
    errors.OwnWithdrawal: _own,
    errors.NotAnOwner: _owner,
}
