"""Coupons, and what orders have used of them."""

from dataclasses import fields

from market.coupon import Coupon, CouponUse, NewCoupon
from market.errors import NotFound
from market.money import Currency
from storage.queries import Row, Sql

_NEW = tuple(one.name for one in fields(NewCoupon))
_PLAIN = tuple(one.name for one in fields(Coupon) if one.name != "currency")


class Coupons:
    """services.repositories.Coupons."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def add(self, new: NewCoupon, *, made_by: int, now_ms: int) -> Coupon | None:
        values = {name: getattr(new, name) for name in _NEW}
        row = await self._sql.one("coupon_add", **values, made_by=made_by, made_ms=now_ms)
        return None if row is None else _coupon(row)

    async def get(self, coupon_id: int) -> Coupon:
        row = await self._sql.one(
            "coupon_locked" if self._sql.writing else "coupon_get", id=coupon_id
        )
        if row is None:
            raise NotFound("coupon")
        return _coupon(row)

    async def find(self, code: str, *, seller_id: int) -> Coupon | None:
        row = await self._sql.one("coupon_find", code=code, seller_id=seller_id)
        return None if row is None else _coupon(row)

    async def of_maker(self, seller_id: int | None, *, limit: int) -> tuple[CouponUse, ...]:
        rows = await self._sql.rows("coupons_of_maker", seller_id=seller_id or 0, row_limit=limit)
        return tuple(CouponUse(_coupon(row), row["uses"], int(row["given"])) for row in rows)

    async def uses(self, coupon_id: int) -> int:
        return int(await self._sql.value("coupon_uses", coupon_id=coupon_id))

    async def has_used(self, coupon_id: int, buyer_id: int) -> bool:
        count = await self._sql.value("coupon_used", coupon_id=coupon_id, buyer_id=buyer_id)
        return bool(count)

    async def promised(self, currency: Currency) -> int:
        return int(await self._sql.value("coupons_promised", currency=currency))

    async def stop(self, coupon_id: int, *, now_ms: int) -> None:
        await self._sql.run("coupon_stop", id=coupon_id, now_ms=now_ms)


def _coupon(row: Row) -> Coupon:
    currency = row["currency"]
    return Coupon(
        currency=None if currency is None else Currency(currency),
        **{name: row[name] for name in _PLAIN},
    )
