"""A clock that cannot be believed moves nobody's money; ledger time never goes back."""

from dataclasses import replace

from market.deadlines import DAY_MS, HOUR_MS
from market.notices import Notice
from market.payout_terms import Way
from market.states import Event, State
from market.withdrawal import WithdrawalState
from storage import OpenStorage
from tests.support.payouts import Till
from tests.support.town import POLICY, START_MS, Town


def _alarms(town: Town) -> list[object]:
    facts = [row.message.facts for row in town.messenger.sent if row.message is not None]
    return [one["what"] for one in facts if str(one.get("what")).startswith("clock")]


async def test_a_clock_that_jumps_ahead_clears_nothing(town: Town) -> None:
    """A completed order waits until the clock is right, and clears at its own time."""
    order = await town.order_in(State.COMPLETED)
    town.clock.advance(60 * DAY_MS)
    town.clock.is_right = False
    assert await town.services.upkeep.lapse() == 0
    assert await town.balances(town.seller) == {"clearing": 225}
    town.clock.set(START_MS + 20 * DAY_MS)
    town.clock.is_right = True
    await town.services.upkeep.lapse()
    assert await town.balances(town.seller) == {"clearing": 225}
    town.clock.advance(DAY_MS)
    await town.services.upkeep.lapse()
    assert State.CLEARED is (await town.order(order.id)).state


async def test_nothing_is_done_by_the_clock_alone(town: Town) -> None:
    """No reminder, no draft or update forgotten, no text erased, no PIN reset, no tip cleared."""
    await town.order_in(State.DELIVERED)
    await town.services.intake.store([{"update_id": 1}], bot_id=7)
    town.clock.advance(365 * DAY_MS)
    town.clock.is_right = False
    services = town.services
    sweeps = (
        services.upkeep.lapse,
        services.upkeep.nudge,
        services.upkeep.expire_drafts,
        services.upkeep.prune,
        services.tips.clear,
        services.privacy.retain,
        services.pins.reset,
        services.sending_out.start,
    )
    assert [await sweep() for sweep in sweeps] == [0] * len(sweeps)


async def test_a_withdrawal_does_not_become_ripe(storage: OpenStorage) -> None:
    """Its rail is called when the clock is right."""
    town = Town(storage, replace(POLICY, payout_ways=frozenset({Way.CRYPTO_PAY})))
    await town.settle_in()
    till = await Till(town).opened()
    asked = await till.ripe(way=Way.CRYPTO_PAY)
    town.clock.is_right = False
    assert await town.services.sending_out.start() == 0
    town.clock.is_right = True
    assert await town.services.sending_out.start() == 1
    assert WithdrawalState.SENDING is (await till.stored(asked.id)).state


async def test_operators_hear_of_it_once_and_when_it_is_over(town: Town) -> None:
    """Whatever looks how often."""
    watch = town.services.upkeep.watch_clock
    assert await watch()
    town.clock.is_right = False
    for _ in range(3):
        assert not await watch()
    town.clock.is_right = True
    for _ in range(3):
        assert await watch()
    await town.drain()
    assert _alarms(town) == ["clock", "clock_right"]
    await town.services.upkeep._tell_clock("")  # another process was faster
    await town.drain()
    assert _alarms(town) == ["clock", "clock_right"]


async def test_a_wrong_moment_is_no_heartbeat(town: Town) -> None:
    """After a restart the time that was jumped over counts as an outage: clocks move with it."""
    order = await town.order_in(State.COMPLETED)
    await town.services.upkeep.beat()
    town.clock.advance(60 * DAY_MS)
    town.clock.is_right = False
    await town.services.upkeep.beat()
    town.clock.is_right = True
    assert await town.services.upkeep.mend_outage() == 60 * DAY_MS
    assert await town.services.upkeep.lapse() == 0
    assert State.COMPLETED is (await town.order(order.id)).state


async def test_ledger_time_never_goes_back(town: Town) -> None:
    """What is booked after the clock was set back has the moment of what was booked before it."""
    first, second = await town.placed(), await town.placed()
    town.clock.advance(2 * HOUR_MS)
    await town.pay(first)
    paid_ms = town.clock.now_ms()
    town.clock.advance(-HOUR_MS)
    await town.pay(second)
    town.clock.advance(2 * HOUR_MS)
    await town.act(town.buyer, second.id, Event.BUYER_CANCEL_EARLY)
    async with town.storage.read() as uow:
        lines = await uow.ledger.statement(town.buyer.id, offset=0, limit=100)
    assert {line.at_ms for line in lines} == {paid_ms, paid_ms + HOUR_MS}
    assert Notice.ALARM not in town.messenger.notices(town.operator)
