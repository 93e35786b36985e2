"""What a house takes and pays out by just now: facts for the texts that everybody reads."""

from market.gig import CATEGORY_KEYS, Fulfilment
from market.money import Currency
from market.payout_terms import Rate, Way
from market.policy import Policy
from market.rail_cards import OpenWays
from market.rails import CategoryPolicy, default_fulfilment
from services.ports import UnitOfWork


async def open_ways(uow: UnitOfWork, policy: Policy) -> OpenWays:
    """From what owners have decided, entered and declared."""
    decided = await uow.rails.policies()
    categories = tuple(key for key in CATEGORY_KEYS if _is_free(key, decided.get(key)))
    wallets = tuple(one for one in await uow.rails.wallets() if one.is_open and categories)
    rates = await _rates(uow, policy)
    takes_usdt = policy.takes_usdt and bool(categories)
    brought = {rate.target for rate in rates} | {one.currency for one in wallets}
    brought |= {Currency.USDT} if takes_usdt else set()
    return OpenWays(
        categories=categories,
        wallets=tuple(one.name for one in wallets),
        takes_usdt=takes_usdt,
        ways_out=await _funded(uow, [way for way in _ways(policy) if way.currency in brought]),
        rates=rates,
    )


def _is_free(category: str, decided: CategoryPolicy | None) -> bool:
    kind = default_fulfilment(category) if decided is None else decided.fulfilment
    return kind is Fulfilment.NON_DIGITAL


def _ways(policy: Policy) -> list[Way]:
    return [way for way in Way if way in policy.payout_ways]


async def _rates(uow: UnitOfWork, policy: Policy) -> tuple[Rate, ...]:
    """What a Star brings, in each currency that there is a way for."""
    targets = dict.fromkeys(way.currency for way in _ways(policy))
    found = [await uow.rates.newest(Currency.XTR, target) for target in targets]
    return tuple(rate for rate in found if rate is not None)


async def _funded(uow: UnitOfWork, ways: list[Way]) -> tuple[Way, ...]:
    """Those that an owner has put money into; all of them where he has put none into any."""
    funded = [way for way in ways if (await uow.withdrawals.funds(way)).till_minor > 0]
    filled = {way.currency for way in funded}
    return tuple(way for way in ways if way in funded or way.currency not in filled)
