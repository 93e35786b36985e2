"""Conditions of asking the other party, answering, and taking a request back."""

from market.contract import Act, Order
from market.errors import (
    AmountOutOfRange,
    AnotherAnswers,
    NoRequest,
    NumberOutOfRange,
    RequestLive,
    TooEarly,
)
from market.requests import Kind, Request
from market.states import Role

MORE_DAYS_MOST = 30


def asks_cancel(order: Order, act: Act) -> None:
    """The seller's part lies between nothing and less than everything (for that, accept)."""
    _none_live(order)
    price = order.terms.price
    if not 0 <= act.minor < price.minor:
        raise AmountOutOfRange(0, price.minor - 1, price.currency)


def asks_time(order: Order, act: Act) -> None:
    """The seller asks for whole days."""
    _none_live(order)
    if not 1 <= act.days <= MORE_DAYS_MOST:
        raise NumberOutOfRange(1, MORE_DAYS_MOST)


def answers_cancel(order: Order, act: Act) -> None:
    """A proposal to end the order is live, and the other party made it."""
    _from_other(order, act, Kind.CANCEL)


def answers_time(order: Order, act: Act) -> None:
    """The seller's wish for more time is live."""
    _from_other(order, act, Kind.TIME)


def answers(order: Order, act: Act) -> None:
    """Something that the other party asked is live."""
    _from_other(order, act, None)


def takes_back(order: Order, act: Act) -> None:
    """Only the one who asked takes a request back."""
    if live(order).by is not act.role:
        raise NoRequest


def lapsed(order: Order, act: Act) -> None:
    """The time to answer is over."""
    if act.now_ms < live(order).until_ms:
        raise TooEarly(live(order).until_ms)


def ends_late_order(order: Order, act: Act) -> bool:
    """Nobody answered a buyer who wants her money back for late work: then she gets it."""
    asked = order.request
    wants_all = asked is not None and asked.by is Role.BUYER and asked.minor == 0
    return wants_all and order.is_late(act.now_ms)


def all_goes_back(order: Order, _act: Act) -> bool:
    """The live proposal leaves nothing to the seller."""
    return order.request is None or order.request.minor == 0


def live(order: Order) -> Request:
    """The request that waits for an answer; raises NoRequest."""
    if order.request is None:
        raise NoRequest
    return order.request


def _none_live(order: Order) -> None:
    if order.request is not None:
        raise RequestLive(order.request.until_ms)


def _from_other(order: Order, act: Act, kind: Kind | None) -> None:
    asked = live(order)
    if kind is not None and asked.kind is not kind:
        raise NoRequest
    if asked.by is act.role:
        raise AnotherAnswers
