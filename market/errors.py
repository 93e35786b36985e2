"""Expected refusals. They carry values and no prose: `bot.views.problems` has the words.

Those of an order stand in `order_errors`; all have their names here.
"""

from dataclasses import dataclass

from market.house_errors import NotCovered, NotOwed, NotReconciled, OutgoingStopped
from market.order_errors import (
    AnotherAnswers,
    AnotherOperator,
    CheckoutLive,
    Decided,
    GigUnavailable,
    NoChangesLeft,
    NoLongerLooks,
    NoRequest,
    NotDecided,
    NotHeard,
    NotLate,
    NotYours,
    OwnGig,
    OwnOrder,
    PaymentMismatch,
    ReopenedBefore,
    RequestLive,
    RoomClosed,
    Stale,
    TooEarly,
    TooManyDisputes,
    TooManyOpenOrders,
    TooManyOrders,
    TooManyRequests,
    WrongState,
)
from market.payout_errors import (
    DetailsUnreadable,
    NotAnOwner,
    NothingToWithdraw,
    OwnWithdrawal,
    PayoutsFrozen,
    RateChanged,
    RateUnfit,
    ReferenceUsed,
    StillAsked,
    TooManyWithdrawals,
    WayClosed,
)
from market.pin_errors import PinEasy, PinLocked, PinNeeded, PinUnfit, PinWrong
from market.price_errors import (
    CodeTaken,
    CodeUnfit,
    CouponRefused,
    CouponUnfit,
    TipUnfit,
    Why,
)
from market.privacy import StillNeeded
from market.rail_errors import (
    ClaimTaken,
    ClaimUnfit,
    CurrencyClosed,
    DigitsUnfit,
    NotConfirmed,
    NoWallet,
    PolicyUnread,
    TooManyClaims,
)
from market.refusal import MarketError

__all__ = [
    "AbsenceUnfit",
    "AlreadyAnswered",
    "AlreadyReviewed",
    "AmountOutOfRange",
    "AmountUnreadable",
    "AnotherAnswers",
    "AnotherOperator",
    "AskedBefore",
    "Busy",
    "CheckoutLive",
    "ClaimTaken",
    "ClaimUnfit",
    "CodeTaken",
    "CodeUnfit",
    "Conflict",
    "CouponRefused",
    "CouponUnfit",
    "CurrencyClosed",
    "Decided",
    "DetailsUnreadable",
    "DigitsUnfit",
    "GigUnavailable",
    "InsufficientFunds",
    "MarketError",
    "MixedCurrencies",
    "NoChangesLeft",
    "NoLongerLooks",
    "NoRequest",
    "NoWallet",
    "NoWords",
    "NotAnOperator",
    "NotAnOwner",
    "NotConfirmed",
    "NotCovered",
    "NotDecided",
    "NotFound",
    "NotHeard",
    "NotLate",
    "NotOwed",
    "NotReconciled",
    "NotYours",
    "NothingToSend",
    "NothingToWithdraw",
    "NumberOutOfRange",
    "OutgoingStopped",
    "OwnGig",
    "OwnOrder",
    "OwnWithdrawal",
    "PaymentMismatch",
    "PayoutsFrozen",
    "PinEasy",
    "PinLocked",
    "PinNeeded",
    "PinUnfit",
    "PinWrong",
    "PolicyUnread",
    "RateChanged",
    "RateUnfit",
    "ReferenceUsed",
    "ReopenedBefore",
    "RequestLive",
    "ReviewClosed",
    "RoomClosed",
    "Stale",
    "Standing",
    "StillAsked",
    "StillNeeded",
    "TermsNotAccepted",
    "TextTooLong",
    "TextTooShort",
    "TipUnfit",
    "TooEarly",
    "TooManyClaims",
    "TooManyDisputes",
    "TooManyFiles",
    "TooManyOpenOrders",
    "TooManyOrders",
    "TooManyQuickReplies",
    "TooManyRequests",
    "TooManyWithdrawals",
    "WayClosed",
    "Why",
    "WrongState",
]


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
class TooManyFiles(MarketError):
    """More files than one delivery or answer takes."""

    limit: int


@dataclass
class NoWords(MarketError):
    """A message of which nothing would be seen."""


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
