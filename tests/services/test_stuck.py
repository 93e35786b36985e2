"""The list of what should have moved on long ago."""

from collections import Counter
from dataclasses import replace

import pytest

from market.deadlines import HOUR_MS, MINUTE_MS
from market.errors import NotAnOperator
from market.notices import Notice
from market.payout_terms import BY_HAND, Way
from market.states import Event, State
from market.trust import StuckRow
from services.payout_rows import Wait
from storage import OpenStorage
from tests.support.by_hand import claimed, paid_by_hand, take_taka
from tests.support.feed import FakeFeed
from tests.support.payouts import Till
from tests.support.town import POLICY, Town


async def _told(town: Town) -> list[str]:
    await town.drain()
    messages = [row.message for row in town.messenger.sent if row.message is not None]
    return [
        str(one.facts["detail"])
        for one in messages
        if one.notice is Notice.ALARM and one.facts["what"] == "stuck"
    ]


async def test_a_house_in_order_has_an_empty_list(town: Town) -> None:
    """Nothing is said when nothing is stuck."""
    await town.order_in(State.CLEARED)
    await town.drain()
    assert await town.services.stuck.tell() == 0
    assert await _told(town) == []


async def test_an_update_that_waits_is_told_once(town: Town) -> None:
    """After a minute it stands in the list; the same list is told again after six hours only."""
    await town.services.stuck.tell()
    await town.services.intake.store([{"update_id": 1}], bot_id=7)
    assert await town.services.stuck.tell() == 0
    town.clock.advance(MINUTE_MS)
    for _ in range(2):
        assert await town.services.stuck.tell() == 1
    assert await _told(town) == ["inbox=1"]
    town.clock.advance(6 * HOUR_MS)
    await town.services.stuck.tell()
    assert await _told(town) == ["inbox=1", "inbox=1"]
    row = (await town.services.intake.pending(after_id=0, limit=10))[0]
    await town.services.intake.finish(row, None, drop=False)
    assert await town.services.stuck.tell() == 0
    assert await _told(town) == ["inbox=1", "inbox=1"]


async def test_a_list_that_grew_is_told_at_once(town: Town) -> None:
    """Another stuck thing changes the list; when all is well again, that is not said."""
    await town.services.stuck.tell()
    await town.services.intake.store([{"update_id": 1}], bot_id=7)
    await town.heard()
    await town.drain()
    town.clock.advance(70 * HOUR_MS)
    assert await town.services.stuck.look() == {"disputes": 1, "inbox": 1}
    await town.services.stuck.tell()
    await town.drain()
    row = (await town.services.intake.pending(after_id=0, limit=10))[0]
    await town.services.intake.finish(row, None, drop=False)
    await town.services.stuck.tell()
    assert await _told(town) == ["disputes=1 inbox=1", "disputes=1"]


async def test_a_house_that_starts_says_nothing_of_what_waits(town: Town) -> None:
    """After an outage updates and notices are old and go their way at once."""
    await town.services.intake.store([{"update_id": 1}], bot_id=7)
    town.clock.advance(HOUR_MS)
    assert await town.services.stuck.tell() == 0
    assert await town.services.stuck.tell() == 1


async def test_a_sweep_that_hangs_is_in_the_list(town: Town) -> None:
    """It began half an hour ago and has not ended; after days it is no sweep of the house."""
    async with town.storage.begin() as uow:
        await uow.upkeep.sweep_started("feed", every_ms=MINUTE_MS, now_ms=town.clock.now_ms())
    assert await town.services.stuck.look() == {}
    town.clock.advance(30 * MINUTE_MS)
    assert await town.services.stuck.look() == {"sweeps": 1}
    town.clock.advance(48 * HOUR_MS)
    assert await town.services.stuck.look() == {}


async def test_money_that_nobody_can_book_is_in_the_list(town: Town) -> None:
    """A line of the Stars list that is open for ten minutes."""
    feed = FakeFeed()
    feed.add("odd", 5, kind="nobody")
    try:
        await town.services.reconciler.feed(feed)
    except* ValueError:
        town.clock.advance(10 * MINUTE_MS)
    assert (await town.services.stuck.look())["feed"] == 1


async def test_each_row_is_named_with_its_reason(storage: OpenStorage) -> None:
    """Which, why and since when, what waits longest first; nobody but operators reads it."""
    town = Town(storage, replace(POLICY, payout_ways=BY_HAND | {Way.CRYPTO_PAY}))
    await town.settle_in()
    till = await Till(town).opened()
    asked = await till.ripe(way=Way.CRYPTO_PAY)
    await town.services.sending_out.start()
    sent_ms = town.clock.now_ms()
    waits = Wait(sent_ms + HOUR_MS, "the app has too few coins")
    till.rail.next = [waits]
    await till.drain()
    town.clock.advance(11 * MINUTE_MS)
    rows = await town.services.stuck.rows(town.operator.id)
    row = StuckRow(
        kind="sending",
        number=asked.id,
        name="crypto_pay",
        why="the app has too few coins",
        since_ms=sent_ms,
    )
    assert row in rows
    with pytest.raises(NotAnOperator):
        await town.services.stuck.rows(town.buyer.id)


async def test_the_rows_are_those_that_are_counted(town: Town) -> None:
    """One by one, of every kind that a house has."""
    await take_taka(town)
    order, claim = await paid_by_hand(town)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    waiting = await claimed(town, trx="7ZZ1C2D3E4")
    disputed = await town.heard()
    await town.services.intake.store([{"update_id": 1}], bot_id=7)
    async with town.storage.begin() as uow:
        await uow.upkeep.sweep_started(
            "feed", every_ms=1, now_ms=town.clock.now_ms() + 60 * HOUR_MS
        )
    town.clock.advance(70 * HOUR_MS)
    feed = FakeFeed()
    feed.add("odd", 5, kind="nobody")
    with pytest.raises(ExceptionGroup):
        await town.services.reconciler.feed(feed)
    town.clock.advance(10 * MINUTE_MS)
    rows = await town.services.stuck.rows(town.operator.id)
    assert await town.services.stuck.look() == Counter(row.kind for row in rows)
    named = {(row.kind, row.number, row.name) for row in rows if row.kind != "outbox"}
    assert {
        ("inbox", 1, ""),
        ("hand_refunds", claim.id, "manual:bkash"),
        ("claims", waiting.order_id, ""),
        ("disputes", disputed.id, ""),
        ("wallets", None, "manual:bkash"),
        ("sweeps", None, "feed"),
        ("feed", None, "odd"),
    } <= named
