"""May this person order this gig now, and on which terms."""

from dataclasses import dataclass, replace

from market import ledger
from market.contract import Order, Terms
from market.deadlines import HOUR_MS
from market.errors import GigUnavailable, OwnGig, TooManyOpenOrders, TooManyOrders
from market.gig import Gig, GigState
from market.money import Currency
from market.order import create
from market.paying import AS_USUAL, Paying, Purse, buyers_fee, from_balances, is_short
from market.people import Standing
from market.policy import Policy
from market.rails import STARS, rail_of
from services.couponing import with_coupon
from services.gigs import in_good_standing
from services.ports import UnitOfWork
from services.rails import is_taken


async def may_order(uow: UnitOfWork, policy: Policy, *, buyer_id: int, gig: Gig) -> None:
    """Let nobody order what cannot be ordered or paid.

    Raises GigUnavailable, CurrencyClosed, OwnGig, Standing, TermsNotAccepted or TooManyOpenOrders.
    """
    await _available(uow, gig)
    await is_taken(uow, policy, gig.category, gig.price.currency)
    if gig.seller_id == buyer_id:
        raise OwnGig
    in_good_standing(await uow.people.get(buyer_id))
    if await uow.orders.open_of_buyer(buyer_id) >= policy.limits.open_orders_max:
        raise TooManyOpenOrders(policy.limits.open_orders_max)


async def not_too_fast(uow: UnitOfWork, policy: Policy, *, buyer_id: int, now_ms: int) -> None:
    """Raise TooManyOrders for who has placed enough within the last hour."""
    limit = policy.orders_an_hour
    if limit is None:
        return
    if await uow.orders.placed_since(buyer_id, now_ms - HOUR_MS) >= limit:
        raise TooManyOrders(limit)


async def _available(uow: UnitOfWork, gig: Gig) -> None:
    seller = await uow.people.get(gig.seller_id)
    if gig.state is not GigState.ACTIVE or seller.standing is not Standing.GOOD:
        raise GigUnavailable(gig.id)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who wants to order what, and pay how."""

    buyer_id: int
    gig: Gig
    paying: Paying = AS_USUAL


async def draft(uow: UnitOfWork, policy: Policy, wanted: Wanted, *, now_ms: int) -> Order:
    """Row 1 of the table: the order with its terms frozen, not yet stored.

    Raises CodeUnfit or CouponRefused for a code that gives nothing.
    """
    gig, paying = wanted.gig, wanted.paying
    terms = await _terms(uow, policy, gig)
    if paying.code:
        use = (wanted.buyer_id, paying.code, now_ms)
        terms = await with_coupon(uow, policy, terms, gig=gig, use=use)
    order = create(
        0,
        parties=(wanted.buyer_id, gig.seller_id),
        gig=(gig.id, gig.version_id, gig.package_id),
        terms=_with_fee(terms, policy),
        now_ms=now_ms,
    )
    held = await purse(uow, wanted.buyer_id, gig.price.currency)
    return from_balances(order, held, paying)


async def purse(uow: UnitOfWork, person_id: int, currency: Currency) -> Purse:
    """What the person could pay with here; inside `begin` it stays so until the commit."""
    return Purse(
        credit_minor=await uow.ledger.holds(ledger.credit(person_id, currency)),
        earned_minor=await uow.ledger.holds(ledger.earned(person_id, currency)),
    )


async def is_covered(uow: UnitOfWork, order: Order) -> bool:
    """The balances and the coupon's budget still hold what the order is to take from them."""
    currency, coupon_minor = order.terms.price.currency, order.terms.coupon_minor
    if not (order.from_credit_minor or order.from_earned_minor or coupon_minor):
        return True
    if is_short(order, await purse(uow, order.buyer_id, currency)):
        return False
    return await uow.ledger.holds(ledger.promo(currency)) >= coupon_minor


def _with_fee(terms: Terms, policy: Policy) -> Terms:
    """The buyer's fee is taken on the price that the seller sells for."""
    fee = buyers_fee(
        terms.price.minor, fee_bp=policy.buyer_fee_bp, least_minor=policy.buyer_fee_least_minor
    )
    return replace(terms, buyer_fee_minor=fee)


async def _terms(uow: UnitOfWork, policy: Policy, gig: Gig) -> Terms:
    cleared = await uow.orders.cleared_of_seller(gig.seller_id)
    factor = policy.new_seller_factor if cleared < policy.new_seller_orders else 1
    clearing_ms, hold_ms = _clearing(policy, gig.price.currency)
    return Terms(
        price=gig.price,
        fee_bp=policy.fee_bp,
        fee_least_minor=policy.fee_least_minor,
        delivery_days=gig.delivery_days,
        revisions=gig.revisions,
        clearing_ms=clearing_ms * factor,
        charge_hold_ms=hold_ms,
        asks_requirements=gig.question is not None,
    )


def _clearing(policy: Policy, currency: Currency) -> tuple[int, int]:
    """After completion, and after the charge: only Stars can be taken back long afterwards."""
    windows = policy.windows
    if rail_of(currency) == STARS:
        return windows.clearing_ms, windows.charge_hold_ms
    return windows.firm_clearing_ms, 0
