"""Words for every refusal of market.errors: what is wrong, by how much, and what would work.

Each fits into a toast (200 units), because a refused tap is answered by one.
"""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from bot.i18n import Translator
from bot.views.house_refusals import HOUSE_REFUSALS
from bot.views.payout_refusals import PAYOUT_REFUSALS
from bot.views.pin_refusals import PIN_REFUSALS
from bot.views.price_refusals import PRICE_REFUSALS
from bot.views.rail_refusals import RAIL_REFUSALS
from bot.views.refusals import REFUSALS
from market import errors
from market.errors import MarketError
from market.money import Currency, Money
from market.states import Event

_SURELY_PAST_MS = 0


def problem(error: MarketError, tr: Translator) -> Markup:
    """The refusal in a sentence or two."""
    return WORDS[type(error)](error, tr)


def _mixed(_error: errors.MixedCurrencies, tr: Translator) -> Markup:
    return tr("These amounts are in different currencies and cannot be added.")


def _unreadable(_error: errors.AmountUnreadable, tr: Translator) -> Markup:
    return tr("I cannot read this as an amount. Please send a plain number, such as {n}.", n=250)


def _amount(error: errors.AmountOutOfRange, tr: Translator) -> Markup:
    currency = Currency(error.currency)
    low, high = (tr.money(Money(one, currency)) for one in (error.low_minor, error.high_minor))
    if currency.exponent:
        return tr("Please give an amount from {low} to {high}.", low=low, high=high)
    return tr("Please give a whole amount from {low} to {high}.", low=low, high=high)


def _number(error: errors.NumberOutOfRange, tr: Translator) -> Markup:
    return tr("Please give a whole number from {low} to {high}.", low=error.low, high=error.high)


def _too_long(error: errors.TextTooLong, tr: Translator) -> Markup:
    return tr.n(
        "That is {n} character too long; the limit is {limit}.",
        "That is {n} characters too long; the limit is {limit}.",
        error.length - error.limit,
        limit=tr.number(error.limit),
    )


def _too_short(error: errors.TextTooShort, tr: Translator) -> Markup:
    return tr.n(
        "A little more, please: {n} character is missing; at least {limit} are needed.",
        "A little more, please: {n} characters are missing; at least {limit} are needed.",
        error.limit - error.length,
        limit=tr.number(error.limit),
    )


def _not_found(error: errors.NotFound, tr: Translator) -> Markup:
    match error.what:
        case "order":
            return tr("There is no such order among yours.")
        case "gig":
            return tr("This gig does not exist, or not any more.")
        case "intent":
            return tr("This invoice is no longer valid. Please open the order for a new one.")
        case _:
            return tr("I cannot find that. It may be gone.")


def _not_yours(_error: errors.NotYours, tr: Translator) -> Markup:
    return tr("That is for the other side of this order to do.")


def _wrong_state(error: errors.WrongState, tr: Translator) -> Markup:
    if error.event == Event.PAID:
        return tr("This order does not wait for a payment any more.")
    return tr("That is not possible any more: things have moved on. This is how they are now.")


def _stale(_error: errors.Stale, tr: Translator) -> Markup:
    return tr("That button was old: something has changed since. This is how it is now.")


def _early(error: errors.TooEarly, tr: Translator) -> Markup:
    return tr("That is possible from {when}.", when=tr.when(error.from_ms, _SURELY_PAST_MS))


def _checkout(error: errors.CheckoutLive, tr: Translator) -> Markup:
    return tr(
        "A payment for this order is just under way. Please try again after {when}.",
        when=tr.when(error.until_ms, _SURELY_PAST_MS),
    )


def _no_changes(error: errors.NoChangesLeft, tr: Translator) -> Markup:
    if not error.included:
        return tr(
            "This gig includes no changes. If something is wrong, propose an end or open a dispute."
        )
    return tr.n(
        "The {n} round of changes is used. If something is wrong, propose an end or open a "
        "dispute.",
        "All {n} rounds of changes are used. If something is wrong, propose an end or open a "
        "dispute.",
        error.included,
    )


def _mismatch(error: errors.PaymentMismatch, tr: Translator) -> Markup:
    if error.what == "payer":
        return tr("Only the buyer who placed this order can pay for it.")
    if error.what == "short":
        return tr(
            "Your balance here no longer holds what this order was to take from it. Please cancel "
            "it and order again."
        )
    if error.what == "tip":
        return tr("This tip has been paid already. Thank you!")
    return tr("This invoice no longer fits its order. Please open the order for a new one.")


def _own(_error: errors.OwnGig, tr: Translator) -> Markup:
    return tr("This is your own gig; you cannot order it from yourself.")


def _unavailable(_error: errors.GigUnavailable, tr: Translator) -> Markup:
    return tr("This gig takes no new orders at the moment.")


def _too_many(error: errors.TooManyOpenOrders, tr: Translator) -> Markup:
    return tr(
        "You have {limit} open orders, the most allowed at a time. Please finish one first.",
        limit=error.limit,
    )


def _too_many_files(error: errors.TooManyFiles, tr: Translator) -> Markup:
    return tr(
        "At most {limit} files can go at a time. Press <b>Done</b> with what is here, or put "
        "several into one zip file.",
        limit=error.limit,
    )


def _no_words(_error: errors.NoWords, tr: Translator) -> Markup:
    return tr("There are no words in this message that I can see. Please write them.")


def _nothing(_error: errors.NothingToSend, tr: Translator) -> Markup:
    return tr("Nothing is here yet: please send a text or a file first.")


def _terms(_error: errors.TermsNotAccepted, tr: Translator) -> Markup:
    return tr("Please read and accept our terms first: /terms")


def _standing(error: errors.Standing, tr: Translator) -> Markup:
    if error.standing == "banned":
        return tr("Your account is closed for orders and gigs. Questions? /support")
    return tr("Your account is paused for now. Questions? /support")


def _reviewed(_error: errors.AlreadyReviewed, tr: Translator) -> Markup:
    return tr("You have reviewed this order already. Thank you!")


def _review_closed(error: errors.ReviewClosed, tr: Translator) -> Markup:
    return tr("Reviews of this order closed on {date}.", date=tr.date(error.closed_ms))


def _funds(_error: errors.InsufficientFunds, tr: Translator) -> Markup:
    return tr("There is not enough money there for that. Nothing has been moved.")


def _conflict(_error: errors.Conflict, tr: Translator) -> Markup:
    return tr("Somebody was faster just now. This is how it is now.")


def _busy(_error: errors.Busy, tr: Translator) -> Markup:
    return tr("There is a lot going on right now. Please try again in a moment.")


def _operators(_error: errors.NotAnOperator, tr: Translator) -> Markup:
    return tr("Only operators can do that.")


def _stopped(_error: errors.OutgoingStopped, tr: Translator) -> Markup:
    return tr("Money does not go out at the moment: an operator is checking the books first.")


WORDS: dict[type[MarketError], Callable[[Any, Translator], Markup]] = {
    errors.MixedCurrencies: _mixed,
    errors.AmountUnreadable: _unreadable,
    errors.AmountOutOfRange: _amount,
    errors.NumberOutOfRange: _number,
    errors.TextTooLong: _too_long,
    errors.TextTooShort: _too_short,
    errors.NotFound: _not_found,
    errors.NotYours: _not_yours,
    errors.WrongState: _wrong_state,
    errors.Stale: _stale,
    errors.TooEarly: _early,
    errors.CheckoutLive: _checkout,
    errors.NoChangesLeft: _no_changes,
    errors.PaymentMismatch: _mismatch,
    errors.OwnGig: _own,
    errors.GigUnavailable: _unavailable,
    errors.TooManyOpenOrders: _too_many,
    errors.TooManyFiles: _too_many_files,
    errors.NoWords: _no_words,
    errors.NothingToSend: _nothing,
    errors.TermsNotAccepted: _terms,
    errors.Standing: _standing,
    errors.AlreadyReviewed: _reviewed,
    errors.ReviewClosed: _review_closed,
    errors.InsufficientFunds: _funds,
    errors.Conflict: _conflict,
    errors.Busy: _busy,
    errors.NotAnOperator: _operators,
    errors.OutgoingStopped: _stopped,
    **REFUSALS,
    **RAIL_REFUSALS,
    **HOUSE_REFUSALS,
    **PRICE_REFUSALS,
    **PAYOUT_REFUSALS,
    **PIN_REFUSALS,
}
