"""Expected refusals. They carry values and no prose: `bot.views.problems` has the words."""

from dataclasses import dataclass


class MarketError(Exception):
    """Parent of every refusal that a person can be told about."""


@dataclass
class MixedCurrencies(MarketError):
    """Two amounts of different currencies were added."""

    one: str
    other: str


@dataclass
class AmountUnreadable(MarketError):
    """The text is no amount."""

    text: str


@dataclass
class AmountOutOfRange(MarketError):
    """The amount is readable but not allowed; both limits are in minor units of `currency`."""

    low_minor: int
    high_minor: int
    currency: str


@dataclass
class NumberOutOfRange(MarketError):
    """A plain number (days, revisions) is unreadable or not allowed."""

    low: int
    high: int


@dataclass
class TextTooLong(MarketError):
    """The text is longer than allowed, counted in UTF-16 units as Telegram counts."""

    length: int
    limit: int


@dataclass
class TextTooShort(MarketError):
    """The text is shorter than allowed."""

    length: int
    limit: int


@dataclass
class NotFound(MarketError):
    """There is no such thing, or it is not this person's to see."""

    what: str


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
class AbsenceUnfit(MarketError):
    """`why` is past, far, long, year or overlaps; `days` is the limit, 0 where none is meant."""

    why: str
    days: int


@dataclass
class AskedBefore(MarketError):
    """The operators were asked for it before; once is all."""


@dataclass
class TooManyQuickReplies(MarketError):
    """A person keeps so many sentences at most."""

    limit: int


@dataclass
class AlreadyAnswered(MarketError):
    """A review is answered once."""


@dataclass
class PaymentMismatch(MarketError):
    """Payer, amount or currency is not what the order asks for."""

    what: str


@dataclass
class OwnGig(MarketError):
    """Nobody orders from oneself."""


@dataclass
class GigUnavailable(MarketError):
    """The gig takes no new orders."""

    gig_id: int


@dataclass
class TooManyOpenOrders(MarketError):
    """The buyer has as many unfinished orders as the house allows."""

    limit: int


@dataclass
class TooManyFiles(MarketError):
    """More files than one delivery or answer takes."""

    limit: int


@dataclass
class NothingToSend(MarketError):
    """A delivery or an answer needs a text or a file."""


@dataclass
class TermsNotAccepted(MarketError):
    """The person has not accepted the terms of this version."""

    version: int


@dataclass
class Standing(MarketError):
    """The person is paused or banned."""

    standing: str


@dataclass
class AlreadyReviewed(MarketError):
    """One review per side and order."""


@dataclass
class ReviewClosed(MarketError):
    """The time for a review is over."""

    closed_ms: int


@dataclass
class InsufficientFunds(MarketError):
    """The account would go below zero."""

    account: str


@dataclass
class Conflict(MarketError):
    """Another command was faster; the caller reads again and shows the present state."""


@dataclass
class Busy(MarketError):
    """The database is locked by others or out of reach; the command may be tried again."""


@dataclass
class NotAnOperator(MarketError):
    """The act is for operators."""


@dataclass
class OutgoingStopped(MarketError):
    """The ledger's audit failed: no money leaves until an operator has looked."""
