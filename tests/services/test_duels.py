"""Two wishes for the same order, eight callers at once: one of them happens, and only once.

Many orders per pair, on both databases; `test_rivals` has the races with more sides to them.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

import pytest

from market.contract import Order
from market.deadlines import HOUR_MS
from market.errors import MarketError
from market.gig import Gig, Limits
from market.people import Person
from market.states import Event, State
from storage import OpenStorage
from tests.support.deeds import VERDICTS, Wanted, doing
from tests.support.town import POLICY, Town

CALLERS, ORDERS, MANY = 8, 30, 200
CLOCK = "clock"
Who = str
Ready = Callable[[Town, Gig], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Duel:
    """From where, whether the clock's moment has come, and which two wishes meet."""

    ready: Ready
    one: tuple[Who, Event]
    other: tuple[Who, Event]
    is_due: bool = False


async def _delivered(town: Town, gig: Gig) -> int:
    return (await town.order_in(State.DELIVERED, gig)).id


async def _asked_by_buyer(town: Town, gig: Gig) -> int:
    order = await town.order_in(State.IN_PROGRESS, gig)
    await town.ask_cancel(town.buyer, order.id, 100)
    return order.id


async def _asked_by_seller(town: Town, gig: Gig) -> int:
    order = await town.order_in(State.IN_PROGRESS, gig)
    await town.ask_cancel(town.seller, order.id)
    return order.id


async def _in_dispute(town: Town, gig: Gig) -> int:
    order = await town.order_in(State.DELIVERED, gig)
    town.clock.advance(HOUR_MS)
    await town.open_dispute(order.id)
    await town.testify(town.seller, order.id)
    return order.id


async def _decided(town: Town, gig: Gig) -> int:
    order_id = await _in_dispute(town, gig)
    await town.decide(order_id, 100)
    return order_id


DUELS = {
    "accept or silence": Duel(
        _delivered, ("buyer", Event.ACCEPT), (CLOCK, Event.AUTO_COMPLETE), is_due=True
    ),
    "dispute or silence": Duel(
        _delivered, ("buyer", Event.DISPUTE), (CLOCK, Event.AUTO_COMPLETE), is_due=True
    ),
    "accept or cancel": Duel(_delivered, ("buyer", Event.ACCEPT), ("seller", Event.SELLER_CANCEL)),
    "agree or refuse": Duel(
        _asked_by_buyer, ("seller", Event.AGREE_CANCEL), ("seller", Event.REFUSE)
    ),
    "agree or lapse": Duel(
        _asked_by_buyer, ("seller", Event.AGREE_CANCEL), (CLOCK, Event.LAPSE), is_due=True
    ),
    "deliver or agree": Duel(
        _asked_by_seller, ("seller", Event.DELIVER), ("buyer", Event.AGREE_CANCEL)
    ),
    "decide or give in": Duel(
        _in_dispute, ("operator", Event.DECIDE), ("seller", Event.CONCEDE_SELLER)
    ),
    "give in or carry out": Duel(
        _decided, ("buyer", Event.CONCEDE_BUYER), (CLOCK, Event.RESOLVE_SPLIT), is_due=True
    ),
}


async def _busy_town(storage: OpenStorage) -> tuple[Town, Gig]:
    """A town in which one buyer has very many orders."""
    many = Limits(open_orders_max=1_000)
    policy = replace(POLICY, limits=many, open_disputes=1_000, first_gigs=0)
    town = Town(storage, policy)
    await town.settle_in()
    return town, await town.gig()


async def _come_due(town: Town, ids: list[int]) -> None:
    """Reminders have been read, then all that is waited for is over."""
    town.clock.advance(24 * HOUR_MS)
    while await town.services.upkeep.nudge():
        await town.drain()
    orders = [await town.order(order_id) for order_id in ids]
    town.clock.set(max(order.clock_at_ms or 0 for order in orders))


def _call(town: Town, order: Order, wish: tuple[Who, Event]) -> Awaitable[object]:
    who, event = wish
    if who == CLOCK:
        return town.services.upkeep._lapse(order.id)
    person: Person = getattr(town, who)
    minor = 100 if event in VERDICTS else 0
    wanted = Wanted(event=event, order_id=order.id, version=order.version, minor=minor)
    return doing(wanted)(town.services, town.command(person))


async def _fight(town: Town, order_id: int, duel: Duel) -> None:
    order = await town.order(order_id)
    wishes = (duel.one, duel.other) * (CALLERS // 2)
    calls = [_call(town, order, wish) for wish in wishes]
    ended = await asyncio.gather(*calls, return_exceptions=True)
    failures = [one for one in ended if isinstance(one, BaseException)]
    assert [one for one in failures if not isinstance(one, MarketError)] == []
    assert (await town.order(order_id)).version == order.version + 1
    async with town.storage.read() as uow:
        last = (await uow.orders.history(order_id))[-1]
    assert last.event in {duel.one[1], duel.other[1]}


async def _fight_all(storage: OpenStorage, duel: Duel, *, orders: int) -> None:
    town, gig = await _busy_town(storage)
    ids = [await duel.ready(town, gig) for _ in range(orders)]
    if duel.is_due:
        await _come_due(town, ids)
    for order_id in ids:
        await _fight(town, order_id, duel)
    async with storage.read() as uow:
        assert await uow.ledger.audit() == ()


@pytest.mark.parametrize("duel", DUELS.values(), ids=DUELS.keys())
async def test_one_of_two_wishes_happens(storage: OpenStorage, duel: Duel) -> None:
    """Each of 30 orders takes one step; the losers are refused, and the books are right."""
    await _fight_all(storage, duel, orders=ORDERS)


@pytest.mark.proof
@pytest.mark.parametrize("duel", DUELS.values(), ids=DUELS.keys())
async def test_one_of_two_wishes_happens_two_hundred_times(
    storage: OpenStorage, duel: Duel
) -> None:
    """The same with 200 orders."""
    await _fight_all(storage, duel, orders=MANY)
