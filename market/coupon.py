"""Coupons: what a code is, what it is worth on a price, and when it helps.

A seller's coupon makes his price lower. A coupon of the house is paid from its budget, so the
seller gets his price. Who has used one is `services.coupons`' to say.
"""

import re
import unicodedata
from dataclasses import dataclass, replace

from market.errors import CodeUnfit, CouponRefused, CouponUnfit, Why
from market.money import MINOR_MAX, Currency, Money
from market.split import BP

CODE_LEAST, CODE_MOST = 3, 20
DAYS_MOST = 366
USES_MOST = 100_000
_LATIN = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")
_LEFT_OUT = re.compile(r"[\s_-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCoupon:
    """A coupon as its maker wants it: so much per cent, or an amount, off the price.

    Without `seller_id` the house pays. `most_minor` is the most that per cent may come to,
    `uses_most` how many orders it may serve.
    """

    code: str
    seller_id: int | None = None
    gig_id: int | None = None
    percent_bp: int | None = None
    amount_minor: int | None = None
    currency: Currency | None = None
    most_minor: int | None = None
    uses_most: int | None = None
    from_ms: int
    until_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Coupon(NewCoupon):
    """A stored coupon."""

    id: int
    made_by: int
    made_ms: int
    stopped_ms: int | None = None

    @property
    def is_of_house(self) -> bool:
        """The house pays for it."""
        return self.seller_id is None

    def is_live(self, now_ms: int) -> bool:
        """Buyers may use it now, numbers aside."""
        return self.stopped_ms is None and self.from_ms <= now_ms < self.until_ms


@dataclass(frozen=True, slots=True)
class CouponUse:
    """A coupon with how many orders have used it, and what it took off them altogether."""

    coupon: Coupon
    uses: int
    given_minor: int


@dataclass(frozen=True, slots=True)
class HouseCoupons:
    """The house's coupons, and what its budgets can still give, empty ones left out."""

    uses: tuple[CouponUse, ...]
    left: tuple[Money, ...]


def code_of(text: str) -> str:
    """How a code is compared: no spaces or hyphens, capitals, Latin digits.

    Raises CodeUnfit.
    """
    bare = _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text)).translate(_LATIN).upper()
    if not (CODE_LEAST <= len(bare) <= CODE_MOST and bare.isascii() and bare.isalnum()):
        raise CodeUnfit(CODE_LEAST, CODE_MOST)
    return bare


def checked_coupon(new: NewCoupon, *, now_ms: int, day_ms: int) -> NewCoupon:
    """The coupon with its code as compared; raises CodeUnfit or CouponUnfit."""
    if not _has_worth(new):
        raise CouponUnfit("worth")
    if not max(now_ms, new.from_ms) < new.until_ms <= new.from_ms + DAYS_MOST * day_ms:
        raise CouponUnfit("dates")
    if new.uses_most is not None and not 1 <= new.uses_most <= USES_MOST:
        raise CouponUnfit("uses")
    if new.currency is None and (new.seller_id is None or new.amount_minor is not None):
        raise CouponUnfit("currency")
    return replace(new, code=code_of(new.code))


def _has_worth(new: NewCoupon) -> bool:
    match new:
        case NewCoupon(percent_bp=int() as percent_bp, amount_minor=None):
            return 1 <= percent_bp <= BP
        case NewCoupon(percent_bp=None, amount_minor=int() as amount_minor):
            return 1 <= amount_minor <= MINOR_MAX
        case _:
            return False


def fits(coupon: Coupon, price: Money, *, gig_id: int, now_ms: int) -> None:
    """Raises CouponRefused where the coupon is not for this gig, money or moment."""
    why = _unfit(coupon, price, gig_id=gig_id, now_ms=now_ms)
    if why is not None:
        raise CouponRefused(coupon.code, why)


def _unfit(coupon: Coupon, price: Money, *, gig_id: int, now_ms: int) -> Why | None:
    match coupon:
        case Coupon(stopped_ms=int()):
            return Why.STOPPED
        case Coupon(from_ms=from_ms) if now_ms < from_ms:
            return Why.NOT_YET
        case Coupon(until_ms=until_ms) if now_ms >= until_ms:
            return Why.OVER
        case Coupon(gig_id=int() as only) if only != gig_id:
            return Why.OTHER_GIG
        case Coupon(currency=Currency() as only) if only is not price.currency:
            return Why.OTHER_CURRENCY
        case _:
            return None


def worth(coupon: Coupon, price: Money, *, least_minor: int) -> int:
    """What it takes off the price: floored, never more than leaves `least_minor` to the seller.

    Raises CouponRefused when that is nothing.
    """
    part = price.minor * (coupon.percent_bp or 0) // BP
    wanted = part if coupon.amount_minor is None else coupon.amount_minor
    ceiling = price.minor if coupon.is_of_house else price.minor - least_minor
    minor = min(wanted, ceiling, wanted if coupon.most_minor is None else coupon.most_minor)
    if minor < 1:
        raise CouponRefused(coupon.code, Why.SMALL)
    return minor
