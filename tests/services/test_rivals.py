"""Rival commands on the same orders at once: one winner each, the money right, no deadlock."""

import asyncio
from collections import Counter
from collections.abc import Awaitable

from market.deadlines import DAY_MS, HOUR_MS
from market.errors import MarketError, Stale, WrongState
from market.money import Currency, Money
from market.states import Event, State
from services.rows import PaidOutcome
from tests.support.town import POLICY, Town

ORDERS = POLICY.limits.open_orders_max


async def _wins(rivals: list[Awaitable[object]]) -> tuple[int, list[type]]:
    """How many succeeded, and which refusals the others got."""
    ended = await asyncio.gather(*rivals, return_exceptions=True)
    refusals = [type(one) for one in ended if isinstance(one, BaseException)]
    return len(ended) - len(refusals), refusals


async def _delivered(town: Town) -> list[int]:
    gig = await town.gig()
    return [(await town.order_in(State.DELIVERED, gig)).id for _ in range(ORDERS)]


async def test_accepting_cancelling_and_silence_have_one_winner(town: Town) -> None:
    """Buyer's two devices, the seller and two sweeps at once: each order ends once, exactly."""
    ids = await _delivered(town)
    town.clock.advance(24 * HOUR_MS)
    await town.services.upkeep.nudge()
    await town.drain()
    town.clock.advance(2 * DAY_MS)
    version = (await town.order(ids[0])).version

    def act(order_id: int, event: Event) -> Awaitable[object]:
        who = town.seller if event is Event.SELLER_CANCEL else town.buyer
        return town.services.orders.act(town.command(who), order_id, event=event, version=version)

    events = (Event.ACCEPT, Event.SELLER_CANCEL, Event.ACCEPT, Event.SELLER_CANCEL)
    rivals = [act(order_id, event) for order_id in ids for event in events]
    sweeps = [town.services.upkeep.lapse() for _ in range(2)]
    ended = await asyncio.gather(*rivals, *sweeps, return_exceptions=True)
    failures = {type(one) for one in ended if isinstance(one, BaseException)}
    assert failures <= {Stale, WrongState}
    await town.drain()
    states = Counter([(await town.order(order_id)).state for order_id in ids])
    assert len(ids) == states[State.COMPLETED] + states[State.CANCELLED]
    assert states[State.CANCELLED] == len(town.stars.calls)
    held = await town.balances(town.seller)
    assert 225 * states[State.COMPLETED] == held.get("clearing", 0)
    assert await town.balances(town.buyer) == {}


async def test_one_of_many_accepts_wins(town: Town) -> None:
    """Eight taps from eight devices release the money once."""
    order = await town.order_in(State.DELIVERED)
    rivals: list[Awaitable[object]] = [
        town.services.orders.act(
            town.command(town.buyer), order.id, event=Event.ACCEPT, version=order.version
        )
        for _ in range(8)
    ]
    assert (1, [Stale] * 7) == await _wins(rivals)
    assert await town.balances(town.seller) == {"clearing": 225}


async def test_the_same_tap_eight_times_is_one_command(town: Town) -> None:
    """One key, sent eight times at once, succeeds eight times and acts once."""
    order, command = await town.order_in(State.DELIVERED), town.command(town.buyer)
    rivals: list[Awaitable[object]] = [
        town.services.orders.act(command, order.id, event=Event.ACCEPT, version=order.version)
        for _ in range(8)
    ]
    assert await _wins(rivals) == (8, [])
    assert await town.balances(town.seller) == {"clearing": 225}


async def test_payment_and_expiry_have_one_winner(town: Town) -> None:
    """Either the order is paid and held, or it expired and the money goes back."""
    gig = await town.gig()
    orders = [await town.placed(gig) for _ in range(ORDERS)]
    town.clock.advance(town.windows.pay_ms)
    ended = await asyncio.gather(
        *(town.pay(order) for order in orders),
        *(town.services.upkeep.lapse() for _ in range(2)),
        *(town.pay(order, charge_id=f"again-{order.id}") for order in orders),
    )
    await town.drain()
    paid = [one for one in ended if isinstance(one, PaidOutcome) and one.accepted]
    states = Counter([(await town.order(order.id)).state for order in orders])
    assert len(paid) == states[State.AWAITING_REQUIREMENTS]
    assert 2 * len(orders) - len(paid) == len(town.stars.calls)
    held = await town.balances(town.buyer)
    assert 250 * len(paid) == held.get("paid_held", 0)


async def test_the_same_charge_at_once_lands_once(town: Town) -> None:
    """A payment update delivered four times in parallel is one fact."""
    order = await town.placed()
    ended = await asyncio.gather(*(town.pay(order, charge_id="c") for _ in range(4)))
    assert Counter({False: 1, True: 3}) == Counter(one.repeated for one in ended)
    assert await town.balances(town.buyer) == {"paid_held": 250}


async def test_one_key_places_one_order(town: Town) -> None:
    """A double tap on *Order* from two workers makes one order."""
    gig, command = await town.gig(price=Money(10, Currency.XTR)), town.command(town.buyer)
    orders = await asyncio.gather(
        *(town.services.orders.place(command, gig.id, gig.version_id) for _ in range(4))
    )
    assert len({order.id for order in orders}) == 1


async def test_a_newcomer_arrives_once(town: Town) -> None:
    """Two updates of a newcomer handled at once make one person."""
    ended = await asyncio.gather(
        *(
            town.services.people.arrive(808, name="N", username=None, language_code="bn")
            for _ in range(4)
        )
    )
    assert len({person.id for person in ended}) == 1


def test_refusals_are_market_errors() -> None:
    """Losers of a race get a refusal that has words."""
    assert all(issubclass(refusal, MarketError) for refusal in (Stale, WrongState))
