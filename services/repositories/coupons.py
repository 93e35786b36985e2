"""Coupons and what orders have used of them. Protocols only."""

from typing import Protocol

from market.coupon import Coupon, CouponUse, NewCoupon
from market.money import Currency


class Coupons(Protocol):
    """Coupons of sellers and of the house. Orders that ended without work count as no use."""

    async def add(self, new: NewCoupon, *, made_by: int, now_ms: int) -> Coupon | None:
        """None when a live coupon of the same maker has the code."""
        ...

    async def get(self, coupon_id: int) -> Coupon:
        """Raise NotFound. Inside `begin` the row is locked until the commit."""
        ...

    async def find(self, code: str, *, seller_id: int) -> Coupon | None:
        """The house's before the seller's, a live one before stopped ones."""
        ...

    async def of_maker(self, seller_id: int | None, *, limit: int) -> tuple[CouponUse, ...]:
        """A seller's, or without one the house's; newest first."""
        ...

    async def uses(self, coupon_id: int) -> int: ...
    async def has_used(self, coupon_id: int, buyer_id: int) -> bool: ...
    async def promised(self, currency: Currency) -> int:
        """What unpaid orders will take from the budget when they are paid."""
        ...

    async def stop(self, coupon_id: int, *, now_ms: int) -> None: ...
