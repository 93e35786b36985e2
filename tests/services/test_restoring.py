"""After a backup was given back: nothing leaves, and who is at work hears of it."""

from market.memory import Newest
from market.notices import Notice
from market.states import State
from services.restoring import Restored, Restoring
from tests.support.payouts import Till
from tests.support.town import Town


async def test_people_at_work_are_told(town: Town) -> None:
    """Both sides of a running order hear until when the house worked; money stays."""
    await town.services.upkeep.beat()
    worked_ms = town.clock.now_ms()
    await town.order_in(State.IN_PROGRESS)
    town.clock.advance(1_000)
    told = await Restoring(town.storage, town.clock).restored()
    await town.drain()
    assert (worked_ms, 2) == (told.until_ms, told.people)
    for person in (town.buyer, town.seller):
        assert Notice.RESTORED in town.messenger.notices(person)
    stops = await town.services.house.stops(town.operator.id)
    assert stops.safe_since_ms == town.clock.now_ms()


async def test_an_empty_house_is_safe_too(town: Town) -> None:
    """Nobody is at work, and it never worked."""
    told = await Restoring(town.storage, town.clock).restored()
    assert Restored(None, 0, Newest()) == told


async def test_where_the_memory_ends(town: Town) -> None:
    """Orders as they changed last, the newest numbers, and the newest update."""
    till = await Till(town).opened()
    await till.requested()
    order = await town.order_in(State.IN_PROGRESS)
    at_ms = town.clock.now_ms()
    async with town.storage.begin() as uow:
        await uow.inbox.store(((77, "{}"),), bot_id=1, now_ms=at_ms)
    newest = (await Restoring(town.storage, town.clock).restored()).newest
    (last, *_) = newest.orders
    assert (last.order_id, last.state) == (order.id, "in_progress")
    assert (newest.order_id, newest.withdrawal_id) == (order.id, 1)
    assert (newest.update_id, newest.update_ms, newest.waiting) == (77, at_ms, 1)
