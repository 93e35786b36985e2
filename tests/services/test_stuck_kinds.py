"""Each kind of what is stuck, at its limit: not a moment before, and gone when it moves on."""

import pytest

from market.deadlines import DAY_MS, DEFAULT, MINUTE_MS
from market.money import Currency, Money
from tests.support.by_hand import TAKA, claimed, see, take_taka
from tests.support.payouts import Till
from tests.support.town import Town


async def _stuck(town: Town, *kinds: str) -> dict[str, int]:
    """What of these is in the list."""
    return {name: n for name, n in (await town.services.stuck.look()).items() if name in kinds}


async def test_notices_that_do_not_leave_are_stuck(town: Town) -> None:
    """After a quarter of an hour in the outbox; what has left is not."""
    await town.placed()
    await town.drain()
    await town.placed()
    town.clock.advance(15 * MINUTE_MS - 1)
    assert await _stuck(town, "outbox") == {}
    town.clock.advance(1)
    assert await _stuck(town, "outbox") == {"outbox": 1}
    await town.drain()
    assert await _stuck(town, "outbox") == {}


async def test_payouts_that_hang_are_stuck(town: Town) -> None:
    """Ten minutes after somebody has taken it; neither one that only waits nor a paid one."""
    till = await Till(town).opened()
    asked = await till.ripe()
    town.clock.advance(DAY_MS)
    assert await _stuck(town, "sending") == {}
    taken = await till.do("take", asked)
    town.clock.advance(10 * MINUTE_MS - 1)
    assert await _stuck(town, "sending") == {}
    town.clock.advance(1)
    assert await _stuck(town, "sending") == {"sending": 1}
    await till.pay(taken.withdrawal)
    assert await _stuck(town, "sending") == {}


async def test_claims_that_nobody_looks_for_are_stuck(town: Town) -> None:
    """When the time to find the money is over; one that is found is not."""
    await take_taka(town)
    claim = await claimed(town)
    town.clock.advance(DEFAULT.claim_review_ms - 1)
    assert await _stuck(town, "claims") == {}
    town.clock.advance(1)
    assert await _stuck(town, "claims") == {"claims": 1}
    await see(town, claim, TAKA.minor)
    assert await _stuck(town, "claims") == {}


@pytest.mark.parametrize("rail", ["manual:bkash", "manual:nagad", "manual:bank"])
async def test_wallets_that_nobody_looks_into_are_stuck(town: Town, rail: str) -> None:
    """Where money has moved and no balance was typed for a day; each wallet by itself."""
    treasury, taka = town.services.treasury, Money(5_000, Currency.BDT)
    assert await _stuck(town, "wallets") == {}
    for one in (rail, "manual:other"):
        await treasury.put_in(town.command(town.operator), rail=one, amount=taka)
    assert await _stuck(town, "wallets") == {"wallets": 2}
    await treasury.looked(town.command(town.operator), rail=rail, amount=taka)
    assert await _stuck(town, "wallets") == {"wallets": 1}
    town.clock.advance(DAY_MS - 1)
    assert await _stuck(town, "wallets") == {"wallets": 1}
    town.clock.advance(1)
    assert await _stuck(town, "wallets") == {"wallets": 2}
