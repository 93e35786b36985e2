"""Words for refusals around requests, disputes, rooms, absences and reviews; `problems` has all."""

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from bot.i18n import Translator
from market import errors
from market.errors import MarketError

_NO_NOW_MS = 0


def _request_live(error: errors.RequestLive, tr: Translator) -> Markup:
    return tr(
        "Something is being asked already. Please wait for the answer, until {when} at most, or "
        "take it back.",
        when=tr.when(error.until_ms, _NO_NOW_MS),
    )


def _no_request(_error: errors.NoRequest, tr: Translator) -> Markup:
    return tr("Nothing is waiting for an answer any more.")


def _another_answers(_error: errors.AnotherAnswers, tr: Translator) -> Markup:
    return tr("You asked this yourself, so the other side has to answer.")


def _not_late(error: errors.NotLate, tr: Translator) -> Markup:
    return tr(
        "A dispute is possible when the delivery is late, from {when}, or after a request was "
        "refused.",
        when=tr.when(error.due_at_ms, _NO_NOW_MS),
    )


def _not_heard(error: errors.NotHeard, tr: Translator) -> Markup:
    return tr(
        "Both sides have to be heard first. A verdict is possible from {when}.",
        when=tr.when(error.until_ms, _NO_NOW_MS),
    )


def _decided(_error: errors.Decided, tr: Translator) -> Markup:
    return tr("There is a verdict already. What is left is to appeal or to give in.")


def _not_decided(_error: errors.NotDecided, tr: Translator) -> Markup:
    return tr("There is no verdict to appeal against, or the time for it is over.")


def _own_order(_error: errors.OwnOrder, tr: Translator) -> Markup:
    return tr("This is your own order, so another operator has to decide.")


def _reopened(_error: errors.ReopenedBefore, tr: Translator) -> Markup:
    return tr("This order cannot be opened again: that is possible once, and not after a split.")


def _no_longer_looks(_error: errors.NoLongerLooks, tr: Translator) -> Markup:
    return tr("You have taken more time for this delivery already; that is possible once.")


def _another_operator(_error: errors.AnotherOperator, tr: Translator) -> Markup:
    return tr("Here another operator has to speak.")


def _requests(error: errors.TooManyRequests, tr: Translator) -> Markup:
    return tr(
        "You have asked {limit} times in this order, the most possible. Please talk in the order, "
        "or ask an operator.",
        limit=error.limit,
    )


def _disputes(error: errors.TooManyDisputes, tr: Translator) -> Markup:
    return tr(
        "You have {limit} undecided disputes, the most allowed at a time. Please wait until one is "
        "decided.",
        limit=error.limit,
    )


def _room_closed(error: errors.RoomClosed, tr: Translator) -> Markup:
    if error.closed_ms is None:
        return tr("You can write to each other here once the order is paid.")
    return tr(
        "Messages in this order closed on {date}. Questions? /support",
        date=tr.date(error.closed_ms),
    )


def _absence(error: errors.AbsenceUnfit, tr: Translator) -> Markup:
    match error.why:
        case "past":
            return tr("That time is over already. Please choose days from today on.")
        case "far":
            return tr("Please begin within the next {days} days.", days=error.days)
        case "long":
            return tr("One absence can last {days} days at most.", days=error.days)
        case "year":
            return tr("All absences of a year can last {days} days at most.", days=error.days)
        case _:
            return tr("You have already declared an absence on some of these days.")


def _asked_before(_error: errors.AskedBefore, tr: Translator) -> Markup:
    return tr("You have asked this before; an operator looks at it once.")


def _quick_replies(error: errors.TooManyQuickReplies, tr: Translator) -> Markup:
    return tr("You have {limit} quick replies, the most there can be.", limit=error.limit)


def _answered(_error: errors.AlreadyAnswered, tr: Translator) -> Markup:
    return tr("This review has been answered already; that is possible once.")


def _still_needed(error: errors.StillNeeded, tr: Translator) -> Markup:
    if error.runs_house:
        return tr("Whoever runs this house cannot be forgotten.")
    return tr(
        "Not yet: an order is open, or money of yours is here or under way. /deletemydata says "
        "what has to end first."
    )


def _orders_an_hour(error: errors.TooManyOrders, tr: Translator) -> Markup:
    return tr(
        "You have placed {limit} orders within an hour, the most allowed. Please go on a little "
        "later.",
        limit=error.limit,
    )


REFUSALS: dict[type[MarketError], Callable[[Any, Translator], Markup]] = {
    errors.RequestLive: _request_live,
    errors.NoRequest: _no_request,
    errors.AnotherAnswers: _another_answers,
    errors.NotLate: _not_late,
    errors.NotHeard: _not_heard,
    errors.Decided: _decided,
    errors.NotDecided: _not_decided,
    errors.OwnOrder: _own_order,
    errors.ReopenedBefore: _reopened,
    errors.NoLongerLooks: _no_longer_looks,
    errors.AnotherOperator: _another_operator,
    errors.TooManyRequests: _requests,
    errors.TooManyDisputes: _disputes,
    errors.RoomClosed: _room_closed,
    errors.AbsenceUnfit: _absence,
    errors.AskedBefore: _asked_before,
    errors.TooManyQuickReplies: _quick_replies,
    errors.AlreadyAnswered: _answered,
    errors.StillNeeded: _still_needed,
    errors.TooManyOrders: _orders_an_hour,
}
