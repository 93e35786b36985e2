"""What a typed code takes off a price. Making and stopping coupons is `services.coupons`'."""

from dataclasses import replace

from market import ledger
from market.contract import Terms
from market.coupon import Coupon, code_of, fits, worth
from market.errors import CouponRefused, Why
from market.gig import Gig
from market.money import Currency, Money
from market.policy import Policy
from services.ports import UnitOfWork


async def with_coupon(
    uow: UnitOfWork, policy: Policy, terms: Terms, *, gig: Gig, use: tuple[int, str, int]
) -> Terms:
    """The terms with what the code gives; `use` is buyer, code and moment.

    Raises CodeUnfit or CouponRefused. The uses of a coupon are counted by its orders, so one that
    expires unpaid or ends without work gives its use back.
    """
    buyer_id, typed, now_ms = use
    coupon = await _found(uow, code_of(typed), seller_id=gig.seller_id)
    fits(coupon, terms.price, gig_id=gig.id, now_ms=now_ms)
    await _has_uses(uow, coupon, buyer_id)
    least_minor, _ = policy.price_limits(terms.price.currency)
    minor = worth(coupon, terms.price, least_minor=least_minor)
    if not coupon.is_of_house:
        price = Money(terms.price.minor - minor, terms.price.currency)
        return replace(terms, price=price, seller_coupon_minor=minor, coupon_id=coupon.id)
    await _has_budget(uow, coupon, Money(minor, terms.price.currency))
    return replace(terms, coupon_minor=minor, coupon_id=coupon.id)


async def _found(uow: UnitOfWork, code: str, *, seller_id: int) -> Coupon:
    found = await uow.coupons.find(code, seller_id=seller_id)
    if found is None:
        raise CouponRefused(code, Why.UNKNOWN)
    return await uow.coupons.get(found.id)


async def _has_uses(uow: UnitOfWork, coupon: Coupon, buyer_id: int) -> None:
    if await uow.coupons.has_used(coupon.id, buyer_id):
        raise CouponRefused(coupon.code, Why.USED)
    most = coupon.uses_most
    if most is not None and await uow.coupons.uses(coupon.id) >= most:
        raise CouponRefused(coupon.code, Why.USED_UP)


async def budget_left(uow: UnitOfWork, currency: Currency) -> Money:
    """What unpaid orders were promised is not given away twice."""
    budget = await uow.ledger.holds(ledger.promo(currency))
    return Money(budget - await uow.coupons.promised(currency), currency)


async def _has_budget(uow: UnitOfWork, coupon: Coupon, wanted: Money) -> None:
    left = await budget_left(uow, wanted.currency)
    if left.minor < wanted.minor:
        raise CouponRefused(coupon.code, Why.BUDGET)
