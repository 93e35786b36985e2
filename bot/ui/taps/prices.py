"""Prices: how an order is paid, coupons, tips. A code is two numbers, see `bot.ui.codes`."""

from bot.ui.callbacks import Tap, tag


@tag("ia")
class PayWith(Tap):
    """The quote once more, paid another way; `ways` and the code are `bot.ui.codes`'."""

    gig_id: int
    ways: int
    head: int
    tail: int


@tag("ib")
class PlacePaying(Tap):
    """Place the order on this version of the gig, paid that way."""

    gig_id: int
    gig_version_id: int
    ways: int
    head: int
    tail: int


@tag("ic")
class TypeCode(Tap):
    """Begin to type the code of a coupon for this gig."""

    gig_id: int
    ways: int


@tag("id")
class StartTip(Tap):
    """Begin to give a tip for completed work."""

    order_id: int


@tag("ie")
class PickTip(Tap):
    """So many Stars, inside the question for a tip."""

    stars: int


@tag("if")
class ShowCoupons(Tap):
    """A seller's coupons; `gig_id` is where he came from, 0 for the list of gigs."""

    gig_id: int


@tag("ig")
class StartCoupon(Tap):
    """Begin a coupon for one gig, or with 0 for all of the seller's."""

    gig_id: int


@tag("ih")
class StartHouseCoupon(Tap):
    """An operator begins a coupon that the house's budget pays."""


@tag("ii")
class PickWorth(Tap):
    """So many per cent off, inside the making of a coupon."""

    percent: int


@tag("ij")
class PickSpan(Tap):
    """Valid for so many days, inside the making of a coupon."""

    days: int


@tag("ik")
class StopCoupon(Tap):
    """No new orders with this coupon; `sure` 1 confirms."""

    coupon_id: int
    sure: int


@tag("il")
class ShowHouseCoupons(Tap):
    """The house's coupons, for operators."""
