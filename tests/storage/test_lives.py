"""Whole lives of orders: what is stored is what the market made, and the books stay right."""

import pytest

from market.absence import Absence, stopped
from market.contract import Order
from market.deadlines import DAY_MS, DEFAULT, HOUR_MS
from market.read import PartyFigures
from market.states import Event, Role, State
from market.table import TRANSITIONS
from storage import OpenStorage
from tests.storage.conftest import Raw
from tests.support.lives import (
    DELIVERED,
    DISPUTED,
    HEARD,
    ROADS,
    WORK,
    Step,
    change_of,
    found,
    lived,
    take,
)
from tests.support.walk import START_MS, draft


@pytest.mark.parametrize("road", ROADS)
async def test_every_step_is_stored_as_it_was_made(road: str, storage: OpenStorage) -> None:
    """After each step the stored order and its last event are the market's; the audit is clean."""
    town = await found(storage)
    async with storage.begin() as unit:
        order = await unit.orders.add(draft(town.market))
    for step in ROADS[road]:
        made = change_of(order, step, town)
        order = await take(storage, order.id, step, town)
        async with storage.read() as unit:
            assert order == await unit.orders.get(order.id)
            assert made.event == (await unit.orders.history(order.id))[-1]
            assert await unit.ledger.audit() == ()


def test_the_roads_pass_every_event() -> None:
    """No event of the table is left out."""
    passed = {step.event for road in ROADS.values() for step in road}
    assert {row.event for row in TRANSITIONS} == passed


async def test_a_request_is_stored_with_its_stopped_clock(storage: OpenStorage) -> None:
    """Who asks what until when comes back whole, and is gone when it was taken back."""
    town = await found(storage)
    asked = await lived(storage, town, (*WORK, Step(Event.ASK_TIME, Role.SELLER, days=2)))
    async with storage.read() as unit:
        stored = await unit.orders.get(asked.id)
    assert asked.request is not None
    assert (asked.request, asked.paused_ms) == (stored.request, stored.paused_ms)
    again = await take(storage, asked.id, Step(Event.TAKE_BACK, Role.SELLER), town)
    async with storage.read() as unit:
        assert (await unit.orders.get(asked.id)).request is None
    assert again.paused_ms is None


async def test_an_outage_moves_requests_and_disputes(storage: OpenStorage) -> None:
    """The end of a wait, the clock that stands still and the moments of a dispute all move."""
    town = await found(storage)
    asked = await lived(storage, town, (*DELIVERED, Step(Event.ASK_CANCEL, Role.BUYER)))
    disputed = await lived(storage, town, DISPUTED)
    over = await lived(storage, town, ROADS["buyer gives in"][:-1])
    async with storage.begin() as unit:
        assert await unit.orders.shift_clocks(100) == 3
        later, hears = await unit.orders.get(asked.id), await unit.orders.get(disputed.id)
        past = await unit.orders.get(over.id)
    assert asked.request
    assert asked.paused_ms
    assert later.request
    assert disputed.dispute
    assert (asked.request.until_ms + 100, asked.paused_ms + 100) == (
        later.request.until_ms,
        later.paused_ms,
    )
    assert later.clock_at_ms == later.request.until_ms
    assert hears.dispute
    assert (disputed.dispute.evidence_by_ms + 100, disputed.dispute.decide_by_ms + 100) == (
        hears.dispute.evidence_by_ms,
        hears.dispute.decide_by_ms,
    )
    assert over.dispute == past.dispute


async def absent(storage: OpenStorage, order: Order, person_id: int, *, days: int) -> Order:
    """The order as it is stored after its clocks were stopped: what was recorded, nothing else."""
    away = Absence(
        id=1,
        person_id=person_id,
        from_ms=START_MS,
        until_ms=START_MS + days * DAY_MS,
        declared_ms=START_MS,
    )
    made = stopped(order, away, now_ms=START_MS, windows=DEFAULT)
    assert made
    assert made.order
    async with storage.begin() as unit:
        await unit.record(made, now_ms=START_MS)
    async with storage.read() as unit:
        stored = await unit.orders.get(order.id)
    assert made.order == stored
    return stored


async def test_an_absence_is_recorded_without_an_event(storage: OpenStorage) -> None:
    """Clocks, the request's end and the counted days move; state and version stay."""
    town = await found(storage)
    order = await lived(storage, town, (*DELIVERED, Step(Event.ASK_CANCEL, Role.SELLER)))
    stored = await absent(storage, order, order.buyer_id, days=3)
    assert (stored.absent_ms, stored.version) == (3 * DAY_MS, order.version)


async def test_an_absence_gives_time_to_speak(storage: OpenStorage) -> None:
    """In a dispute the times to speak and to decide move without an event, the last exit stays."""
    town = await found(storage)
    order = await lived(storage, town, DISPUTED)
    stored = await absent(storage, order, order.seller_id, days=2)
    assert stored.dispute
    assert order.dispute
    assert order.dispute.evidence_by_ms + 2 * DAY_MS == stored.dispute.evidence_by_ms
    assert order.clock_at_ms == stored.clock_at_ms


async def test_disputes_that_wait_for_operators(storage: OpenStorage) -> None:
    """Undecided and appealed ones, the nearest decide-by first; a verdict waits for nobody."""
    town = await found(storage)
    later = await lived(storage, town, (*DELIVERED, Step(Event.DISPUTE, Role.BUYER, DAY_MS)))
    sooner = await lived(storage, town, DISPUTED)
    decided = await lived(storage, town, (*HEARD, Step(Event.DECIDE, Role.OPERATOR, HOUR_MS)))
    async with storage.read() as unit:
        assert (sooner.id, later.id) == await unit.orders.disputed(limit=9)
        assert (sooner.id,) == await unit.orders.disputed(limit=1)
    await take(storage, decided.id, Step(Event.APPEAL, Role.BUYER, 9 * DAY_MS // 8), town)
    async with storage.read() as unit:
        assert (sooner.id, later.id, decided.id) == await unit.orders.disputed(limit=9)


async def test_orders_that_go_on(storage: OpenStorage) -> None:
    """Placed and not completed, of either party; drafts and ends are left out."""
    town = await found(storage)
    working = await lived(storage, town, WORK)
    disputed = await lived(storage, town, DISPUTED)
    await lived(storage, town, ())
    await lived(storage, town, ROADS["plain"])
    async with storage.read() as unit:
        for party in (town.market.buyer, town.market.seller):
            assert (working.id, disputed.id) == await unit.orders.live_of(party.id)
        assert await unit.orders.live_of(town.operators[0].id) == ()


async def test_figures_tell_how_orders_ended(storage: OpenStorage) -> None:
    """Completed, given up, late and disputed orders are counted for each side."""
    town = await found(storage)
    for road in ("plain", "seller gives up", "late", "verdict: refund", "buyer gives in"):
        await lived(storage, town, ROADS[road])
    async with storage.read() as unit:
        bought = await unit.orders.figures(town.market.buyer.id)
        sold = await unit.orders.figures(town.market.seller.id)
        nothing = await unit.orders.figures(town.operators[0].id)
    assert PartyFigures(2, 0, 0, 0, 2, 1) == bought
    assert PartyFigures(0, 2, 1, 1, 2, 1) == sold
    assert PartyFigures(0, 0, 0, 0, 0, 0) == nothing


async def test_a_refunded_order_closes_its_escrow(storage: OpenStorage, raw: Raw) -> None:
    """Its account takes nothing any more."""
    town = await found(storage)
    order = await lived(storage, town, ROADS["no verdict"])
    rows = await raw(f"SELECT closed FROM account WHERE order_id = {order.id}")
    assert (order.state, [tuple(row) for row in rows]) == (State.REFUNDED, [(1,)])
