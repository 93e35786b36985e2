"""Words for refusals about the house's own money; `problems` has all."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.house_words import sum_of
from market import errors
from market.errors import MarketError
from market.house_errors import BooksWrong


def _not_reconciled(_error: errors.NotReconciled, tr: Translator) -> Markup:
    return tr(
        "Telegram has not been asked yet what has left since the backup. That happens within five "
        "minutes; please try again then."
    )


def _books_wrong(_error: BooksWrong, tr: Translator) -> Markup:
    return tr("The books are still not right. Only an owner may let money leave all the same.")


def _not_covered(error: errors.NotCovered, tr: Translator) -> Markup:
    return tr(
        "At most {amount} can be taken out there. The rest belongs to people, or lies elsewhere.",
        amount=sum_of(error.free_minor, error.currency, tr),
    )


def _not_owed(error: errors.NotOwed, tr: Translator) -> Markup:
    return tr(
        "The person owes {amount} by now. Nothing was written off.",
        amount=sum_of(error.debt_minor, error.currency, tr),
    )


HOUSE_REFUSALS: dict[type[MarketError], Callable[[Any, Translator], Markup]] = {
    BooksWrong: _books_wrong,
    errors.NotReconciled: _not_reconciled,
    errors.NotCovered: _not_covered,
    errors.NotOwed: _not_owed,
}
