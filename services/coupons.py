"""Coupons: sellers make their own, operators those of the house."""

from dataclasses import replace

from market.coupon import Coupon, CouponUse, HouseCoupons, NewCoupon, checked_coupon
from market.errors import CodeTaken, NotFound
from market.money import Currency
from market.policy import Policy
from services.attempts import retried
from services.couponing import budget_left
from services.gigs import in_good_standing
from services.operators import Operating, operator
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command

LIST_MAX = 50


class CouponService:
    """Who may make, see and stop which coupon. What a code is worth is `services.couponing`'s."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._operating = Operating(clock, policy)

    async def mine(self, person_id: int) -> tuple[CouponUse, ...]:
        """A seller's coupons, newest first."""
        async with self._storage.read() as uow:
            return await uow.coupons.of_maker(person_id, limit=LIST_MAX)

    async def of_house(self, person_id: int) -> HouseCoupons:
        """The house's; raises NotAnOperator."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            uses = await uow.coupons.of_maker(None, limit=LIST_MAX)
            left = [await budget_left(uow, currency) for currency in Currency]
            return HouseCoupons(uses, tuple(one for one in left if one.minor > 0))

    async def own(self, person_id: int, coupon_id: int) -> Coupon:
        """One that this person may stop; for others NotFound, the house's NotAnOperator."""
        async with self._storage.read() as uow:
            coupon = await uow.coupons.get(coupon_id)
            if coupon.is_of_house:
                await operator(uow, self._policy, person_id)
            elif coupon.seller_id != person_id:
                raise NotFound("coupon")
            return coupon

    @retried
    async def make(self, command: Command, new: NewCoupon) -> Coupon:
        """A seller's coupon for one of his gigs or all.

        Raises CodeUnfit, CouponUnfit, CodeTaken, NotFound, Standing or TermsNotAccepted.
        """
        mine = self._checked(replace(new, seller_id=command.person_id))
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            before = await uow.command(command, name="make_coupon", now_ms=now_ms)
            if before is not None:
                return await uow.coupons.get(int(before))
            in_good_standing(await uow.people.get(command.person_id))
            await _own_gig(uow, mine)
            return await self._added(uow, command, mine)

    @retried
    async def make_for_house(self, command: Command, new: NewCoupon) -> Coupon:
        """A coupon that the house's budget pays. Raises NotAnOperator and what `make` raises."""
        houses = self._checked(replace(new, seller_id=None, gig_id=None))
        async with self._storage.begin() as uow:
            detail = f"coupon {houses.code}"
            if not await self._operating.is_first(uow, command, act="make_coupon", detail=detail):
                return await _known(uow, houses)
            return await self._added(uow, command, houses)

    async def _added(self, uow: UnitOfWork, command: Command, new: NewCoupon) -> Coupon:
        coupon = await uow.coupons.add(new, made_by=command.person_id, now_ms=self._clock.now_ms())
        if coupon is None:
            raise CodeTaken(new.code)
        await uow.result(command, str(coupon.id))
        return coupon

    def _checked(self, new: NewCoupon) -> NewCoupon:
        day_ms = self._policy.windows.day_ms
        return checked_coupon(new, now_ms=self._clock.now_ms(), day_ms=day_ms)

    @retried
    async def stop(self, command: Command, coupon_id: int) -> Coupon:
        """No new orders with it; placed ones keep it. A seller's own, an operator the house's.

        Raises NotFound for others.
        """
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            coupon = await uow.coupons.get(coupon_id)
            if coupon.is_of_house:
                await self._operating.is_first(
                    uow, command, act="stop_coupon", detail=f"coupon {coupon.code}"
                )
            elif coupon.seller_id != command.person_id:
                raise NotFound("coupon")
            await uow.coupons.stop(coupon_id, now_ms=now_ms)
            return await uow.coupons.get(coupon_id)


async def _own_gig(uow: UnitOfWork, new: NewCoupon) -> None:
    if new.gig_id is not None:
        gig = await uow.gigs.get(new.gig_id)
        if gig.seller_id != new.seller_id:
            raise NotFound("gig")


async def _known(uow: UnitOfWork, new: NewCoupon) -> Coupon:
    found = await uow.coupons.find(new.code, seller_id=0)
    assert found is not None, "a repeated command made it before"
    return found
