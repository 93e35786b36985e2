"""The outbox: unique keys, lanes in order, leases, tries, dead rows."""

import asyncio

import pytest

from market.notices import Message, Notice
from market.read import DeadRow
from market.states import Event, Role, State
from services.ports import Storage
from storage import OpenStorage
from tests.storage.conftest import Raw
from tests.support.walk import START_MS, Market, move, order_at

NOW = 1_000


def _to(key: str, person_id: int) -> Message:
    return Message(notice=Notice.REVIEW_REQUEST, key=key, person_id=person_id, facts={"n": 1})


async def _queue(storage: Storage, *messages: Message) -> None:
    async with storage.begin() as unit:
        for message in messages:
            await unit.outbox.add(message, now_ms=NOW)


async def _claim(storage: Storage, now_ms: int = NOW, limit: int = 9) -> dict[str, int]:
    """Keys and ids of the rows claimed now, with a lease of 10 ms."""
    async with storage.begin() as unit:
        rows = await unit.outbox.claim(now_ms, lease_ms=10, limit=limit)
    return {row.message.key: row.id for row in rows if row.message is not None}


async def test_a_key_is_queued_once(storage: OpenStorage, market: Market) -> None:
    """The second row with a key is refused, even after the first went out."""
    message = _to("a", market.buyer.id)
    async with storage.begin() as unit:
        assert await unit.outbox.add(message, now_ms=NOW)
        assert not await unit.outbox.add(message, now_ms=NOW)
        (row,) = await unit.outbox.claim(NOW, lease_ms=10, limit=9)
        await unit.outbox.done(row.id, now_ms=NOW)
        assert not await unit.outbox.add(message, now_ms=NOW)


async def test_a_message_comes_back_whole(storage: OpenStorage, market: Market) -> None:
    """Facts, place and silence survive the database."""
    message = Message(
        notice=Notice.GIG_ANNOUNCEMENT,
        key="post",
        chat_id=-100,
        topic_id=7,
        gig_id=market.gig.id,
        facts={"title": "লোগো", "list": [1, None]},
        silent=True,
    )
    await _queue(storage, message)
    async with storage.begin() as unit:
        (row,) = await unit.outbox.claim(NOW, lease_ms=10, limit=9)
    assert message == row.message
    assert (row.lane, row.kind, row.attempts, row.created_ms) == ("chat:-100", "notice", 0, NOW)


async def test_a_lane_goes_out_in_order(storage: OpenStorage, market: Market) -> None:
    """At most one row per lane is out; the next one comes after it is done."""
    buyer, seller = market.buyer.id, market.seller.id
    await _queue(storage, _to("b1", buyer), _to("b2", buyer), _to("s1", seller))
    first = await _claim(storage)
    assert list(first) == ["b1", "s1"]
    assert await _claim(storage) == {}
    async with storage.begin() as unit:
        await unit.outbox.done(first["b1"], now_ms=NOW)
    assert list(await _claim(storage)) == ["b2"]


async def test_a_lease_that_ends_frees_the_row(storage: OpenStorage, market: Market) -> None:
    """A row whose worker died is claimed again when its lease is over."""
    await _queue(storage, _to("a", market.buyer.id))
    await _claim(storage)
    assert await _claim(storage, NOW + 9) == {}
    assert list(await _claim(storage, NOW + 10)) == ["a"]


async def test_a_waiting_row_holds_its_lane_only(storage: OpenStorage, market: Market) -> None:
    """A try for later keeps the rows behind it; only counting tries are counted."""
    buyer, seller = market.buyer.id, market.seller.id
    await _queue(storage, _to("b1", buyer), _to("b2", buyer), _to("s1", seller))
    rows = await _claim(storage, limit=1)
    async with storage.begin() as unit:
        await unit.outbox.again(rows["b1"], at_ms=NOW + 50, error="slow down", counts=False)
    assert list(await _claim(storage)) == ["s1"]
    async with storage.begin() as unit:
        (row,) = await unit.outbox.claim(NOW + 50, lease_ms=1, limit=1)
        assert (rows["b1"], 0) == (row.id, row.attempts)
        await unit.outbox.again(row.id, at_ms=NOW + 60, error="oops", counts=True)
        (row,) = await unit.outbox.claim(NOW + 60, lease_ms=1, limit=1)
        assert (rows["b1"], 1) == (row.id, row.attempts)


async def test_a_dead_row_frees_its_lane_and_can_be_revived(
    storage: OpenStorage, market: Market
) -> None:
    """Dead rows are listed with their error; reviving queues them anew, once."""
    await _queue(storage, _to("b1", market.buyer.id), _to("b2", market.buyer.id))
    rows = await _claim(storage)
    async with storage.begin() as unit:
        await unit.outbox.dead(rows["b1"], error="refused", now_ms=NOW)
        dead = await unit.outbox.dead_rows("notice", limit=9)
    assert (DeadRow(rows["b1"], "review_request", "refused", NOW),) == dead
    assert list(await _claim(storage)) == ["b2"]
    async with storage.begin() as unit:
        assert await unit.outbox.revive(rows["b1"], now_ms=NOW)
        assert not await unit.outbox.revive(rows["b1"], now_ms=NOW)
        assert await unit.outbox.dead_rows("notice", limit=9) == ()


async def test_a_dead_refund_is_failed_until_revived(
    storage: OpenStorage, market: Market, raw: Raw
) -> None:
    """The refund's state follows its outbox row; the money stays promised."""
    order = await order_at(storage, market, State.IN_PROGRESS)
    await move(storage, order.id, Event.SELLER_CANCEL, Role.SELLER)
    async with storage.begin() as unit:
        rows = await unit.outbox.claim(START_MS, lease_ms=1, limit=99)
        (refund,) = [row for row in rows if row.kind == "refund"]
        await unit.outbox.dead(refund.id, error="no", now_ms=NOW)
        assert await unit.ledger.audit() == ()
        assert len(await unit.outbox.dead_rows("refund", limit=9)) == 1
    assert (await raw("SELECT state FROM refund"))[0][0] == "failed"
    async with storage.begin() as unit:
        await unit.outbox.revive(refund.id, now_ms=NOW)
    assert (await raw("SELECT state FROM refund"))[0][0] == "pending"


async def test_the_next_moment_is_that_of_a_lane_head(storage: OpenStorage, market: Market) -> None:
    """Rows behind a waiting one do not count; an empty outbox has no moment."""
    async with storage.read() as unit:
        assert await unit.outbox.next_ms() is None
    await _queue(storage, _to("b1", market.buyer.id), _to("b2", market.buyer.id))
    rows = await _claim(storage)
    async with storage.begin() as unit:
        assert await unit.outbox.next_ms() == NOW + 10
        await unit.outbox.again(rows["b1"], at_ms=NOW + 70, error="", counts=True)
        assert await unit.outbox.next_ms() == NOW + 70


async def test_two_workers_never_claim_the_same_row(storage: OpenStorage, market: Market) -> None:
    """Claims at once share the rows out."""
    people = [market.buyer.id, market.seller.id]
    await _queue(storage, *(_to(f"k{n}", people[n % 2]) for n in range(6)))
    claims = await asyncio.gather(*(_claim(storage, limit=1) for _ in range(4)))
    keys = [key for claim in claims for key in claim]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("counts", [True, False])
async def test_a_finished_row_is_left_alone(
    counts: bool, storage: OpenStorage, market: Market
) -> None:
    """A worker that comes too late changes nothing."""
    await _queue(storage, _to("a", market.buyer.id))
    rows = await _claim(storage)
    async with storage.begin() as unit:
        await unit.outbox.done(rows["a"], now_ms=NOW)
        await unit.outbox.again(rows["a"], at_ms=NOW, error="late", counts=counts)
        await unit.outbox.dead(rows["a"], error="late", now_ms=NOW)
    assert await _claim(storage, NOW + 99) == {}
