"""Refusals around prices: coupons, balances, tips. `errors` names them all."""

from dataclasses import dataclass
from enum import StrEnum

from market.refusal import MarketError


class Why(StrEnum):
    """Why a coupon does not help here."""

    UNKNOWN = "unknown"
    NOT_YET = "not_yet"
    OVER = "over"
    STOPPED = "stopped"
    OTHER_GIG = "other_gig"
    OTHER_CURRENCY = "other_currency"
    USED = "used"
    USED_UP = "used_up"
    BUDGET = "budget"
    SMALL = "small"


@dataclass
class CouponRefused(MarketError):
    """The code gives nothing off this price, for that reason."""

    code: str
    why: Why


@dataclass
class CodeUnfit(MarketError):
    """A code is letters and digits, so many of them."""

    least: int
    most: int


@dataclass
class CodeTaken(MarketError):
    """A live coupon of the same maker has this code."""

    code: str


@dataclass
class CouponUnfit(MarketError):
    """Dates, worth or number of uses make no coupon."""

    what: str


@dataclass
class TipUnfit(MarketError):
    """No tip can be given for this order (any more)."""
