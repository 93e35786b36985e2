"""After a backup was given back: nothing leaves, and who is at work hears of it."""

from market.notices import Notice
from market.states import State
from services.restoring import Restored, Restoring
from tests.support.town import Town


async def test_people_at_work_are_told(town: Town) -> None:
    """Both sides of a running order hear until when the house worked; money stays."""
    await town.services.upkeep.beat()
    worked_ms = town.clock.now_ms()
    await town.order_in(State.IN_PROGRESS)
    town.clock.advance(1_000)
    told = await Restoring(town.storage, town.clock).restored()
    await town.drain()
    assert Restored(until_ms=worked_ms, people=2) == told
    for person in (town.buyer, town.seller):
        assert Notice.RESTORED in town.messenger.notices(person)
    stops = await town.services.house.stops(town.operator.id)
    assert stops.safe_since_ms == town.clock.now_ms()


async def test_an_empty_house_is_safe_too(town: Town) -> None:
    """Nobody is at work, and it never worked."""
    assert Restored(None, 0) == await Restoring(town.storage, town.clock).restored()
