"""May this person order this gig now, and on which terms."""

from market.contract import Order, Terms
from market.errors import GigUnavailable, OwnGig, TooManyOpenOrders
from market.gig import Gig, GigState
from market.order import create
from market.people import Standing
from market.policy import Policy
from services.gigs import in_good_standing
from services.ports import UnitOfWork


async def may_order(uow: UnitOfWork, policy: Policy, *, buyer_id: int, gig: Gig) -> None:
    """Raises GigUnavailable, OwnGig, Standing, TermsNotAccepted or TooManyOpenOrders."""
    await _available(uow, gig)
    if gig.seller_id == buyer_id:
        raise OwnGig
    in_good_standing(await uow.people.get(buyer_id))
    if await uow.orders.open_of_buyer(buyer_id) >= policy.limits.open_orders_max:
        raise TooManyOpenOrders(policy.limits.open_orders_max)


async def _available(uow: UnitOfWork, gig: Gig) -> None:
    seller = await uow.people.get(gig.seller_id)
    if gig.state is not GigState.ACTIVE or seller.standing is not Standing.GOOD:
        raise GigUnavailable(gig.id)


async def draft(uow: UnitOfWork, policy: Policy, *, buyer_id: int, gig: Gig, now_ms: int) -> Order:
    """Row 1 of the table: the order with its terms frozen, not yet stored."""
    return create(
        0,
        parties=(buyer_id, gig.seller_id),
        gig=(gig.id, gig.version_id, gig.package_id),
        terms=await _terms(uow, policy, gig),
        now_ms=now_ms,
    )


async def _terms(uow: UnitOfWork, policy: Policy, gig: Gig) -> Terms:
    cleared = await uow.orders.cleared_of_seller(gig.seller_id)
    factor = policy.new_seller_factor if cleared < policy.new_seller_orders else 1
    return Terms(
        price=gig.price,
        fee_bp=policy.fee_bp,
        fee_least_minor=policy.fee_least_minor,
        delivery_days=gig.delivery_days,
        revisions=gig.revisions,
        clearing_ms=policy.windows.clearing_ms * factor,
        charge_hold_ms=policy.windows.charge_hold_ms,
        asks_requirements=gig.question is not None,
    )
