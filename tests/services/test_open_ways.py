"""What everybody may read of a house: by what it is paid, and what it pays out by."""

from dataclasses import replace

from market.gig import Fulfilment
from market.money import Currency
from market.payout_terms import Way
from market.rail_cards import OpenWays
from market.rails import POLICY_VERSION
from storage import OpenStorage
from tests.support.by_hand import take_taka
from tests.support.payouts import Till
from tests.support.town import POLICY, Town


async def ways(town: Town) -> OpenWays:
    """As anybody reads them now."""
    return await town.services.rails.open_ways()


async def test_a_new_house_takes_stars_and_pays_nothing_out(town: Town) -> None:
    """Nobody has decided anything yet."""
    assert await ways(town) == OpenWays()
    assert (await ways(town)).takes_stars_only


async def test_a_rate_opens_the_ways_out(town: Town) -> None:
    """To all wallets; once money lies in some, to those."""
    till = Till(town)
    await till.rate("1.58", Currency.BDT)
    found = await ways(town)
    assert found.ways_out == (Way.BKASH, Way.NAGAD, Way.BANK)
    assert [(rate.target, rate.micro) for rate in found.rates] == [(Currency.BDT, 158_000_000)]
    assert found.takes_stars_only
    await till.fund(Way.NAGAD, 50_000)
    assert (await ways(town)).ways_out == (Way.NAGAD,)


async def test_taka_come_by_open_wallets(town: Town) -> None:
    """For work that is not digital; taka that came in can go out without a rate."""
    await take_taka(town)
    found = await ways(town)
    assert (found.categories, found.wallets, found.takes_usdt) == (("lessons",), ("bkash",), False)
    assert Way.BKASH in found.ways_out
    assert not found.takes_stars_only
    await town.services.rails.open_wallet(town.command(town.operator), "bkash", is_open=False)
    assert (await ways(town)).wallets == ()


async def test_a_wallet_without_work_for_it_takes_nothing(town: Town) -> None:
    """While every category is digital, Stars are all that pays."""
    await take_taka(town)
    await town.services.rails.decide(
        town.command(town.operator),
        "lessons",
        Fulfilment.DIGITAL,
        reason="Lessons are given in the chat from now on.",
        version=POLICY_VERSION,
    )
    assert await ways(town) == OpenWays()


async def test_crypto_pay_where_it_is_set_up(storage: OpenStorage) -> None:
    """USDT come in for work that is not digital, and go out at a rate or as they came."""
    town = Town(storage, replace(POLICY, takes_usdt=True, payout_ways=frozenset(Way)))
    await town.settle_in()
    assert await ways(town) == OpenWays()
    await Till(town).rate("0.013", Currency.USDT)
    assert (await ways(town)).ways_out == (Way.CRYPTO_PAY,)
    assert not (await ways(town)).takes_usdt
    await take_taka(town)
    found = await ways(town)
    assert found.takes_usdt
    assert set(Way) == set(found.ways_out)
