"""Refusals of the order: its states, its clocks, requests, disputes, and its two parties."""

from dataclasses import dataclass

from market.refusal import MarketError


@dataclass
class NotYours(MarketError):
    """The act exists, but another role may do it."""

    event: str


@dataclass
class WrongState(MarketError):
    """The order's present state knows no such event."""

    event: str
    state: str


@dataclass
class Stale(MarketError):
    """The button was drawn for an older version of the order."""

    seen: int
    now: int


@dataclass
class TooEarly(MarketError):
    """The act is allowed from a later moment on."""

    from_ms: int


@dataclass
class CheckoutLive(MarketError):
    """A checkout was approved moments ago; the money may already be on its way."""

    until_ms: int


@dataclass
class NoChangesLeft(MarketError):
    """All rounds of changes of the package are used."""

    included: int


@dataclass
class RequestLive(MarketError):
    """Something was asked already and still waits for its answer."""

    until_ms: int


@dataclass
class NoRequest(MarketError):
    """Nothing of that kind waits for an answer."""


@dataclass
class AnotherAnswers(MarketError):
    """Who asked cannot answer; only the other party can."""


@dataclass
class NotLate(MarketError):
    """Work in progress may be disputed when it is late or a request was refused."""

    due_at_ms: int


@dataclass
class NotHeard(MarketError):
    """A verdict waits until both have spoken or their time is over."""

    until_ms: int


@dataclass
class Decided(MarketError):
    """The dispute has its verdict; one may still appeal or give in."""


@dataclass
class NotDecided(MarketError):
    """There is no verdict (any more) to appeal against or to carry out."""


@dataclass
class OwnOrder(MarketError):
    """An operator never decides on an order of his own."""


@dataclass
class ReopenedBefore(MarketError):
    """An order is reopened once at most, and never after a split."""


@dataclass
class NoLongerLooks(MarketError):
    """The buyer has taken more time for this delivery before."""


@dataclass
class AnotherOperator(MarketError):
    """The house has another operator, and this is for him to do."""


@dataclass
class TooManyRequests(MarketError):
    """The person has asked the other side as often as one order allows."""

    limit: int


@dataclass
class TooManyDisputes(MarketError):
    """The person has opened as many undecided disputes as the house allows."""

    limit: int


@dataclass
class RoomClosed(MarketError):
    """The order's room opens with the payment and closes a while after the end."""

    closed_ms: int | None


@dataclass
class PaymentMismatch(MarketError):
    """Payer, hold, amount or currency is not what the order asks for."""

    what: str


@dataclass
class OwnGig(MarketError):
    """Nobody orders from oneself."""


@dataclass
class GigUnavailable(MarketError):
    """The gig takes no new orders."""

    gig_id: int


@dataclass
class TooManyOrders(MarketError):
    """The buyer has placed as many orders within an hour as the house allows."""

    limit: int


@dataclass
class TooManyOpenOrders(MarketError):
    """The buyer has as many unfinished orders as the house allows."""

    limit: int
