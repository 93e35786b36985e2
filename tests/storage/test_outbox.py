"""The outbox: unique keys, lanes in order, leases, tries, dead rows."""

import asyncio
from dataclasses import replace

import pytest

from market.notices import Message, Notice
from market.read import DeadRow
from market.states import Event, Role, State
from services.ports import Storage
from services.rows import ToRead
from storage import OpenStorage
from tests.storage.conftest import Raw
from tests.support.walk import PICTURE, START_MS, Market, move, order_at

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
        fold="room:7",
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


def _folded(key: str, person_id: int) -> Message:
    return replace(_to(key, person_id), fold="room:1")


async def _fold(storage: Storage, row_key: str) -> tuple[int, list[str]]:
    """Claim, fold the row of that key and finish it: what it stands for, what was claimed."""
    async with storage.begin() as unit:
        rows = await unit.outbox.claim(NOW, lease_ms=10, limit=9)
        keys = [row.message.key for row in rows if row.message]
        (row,) = [row for row in rows if row.message and row.message.key == row_key]
        more = await unit.outbox.fold(row, now_ms=NOW)
        await unit.outbox.done(row.id, now_ms=NOW)
    return more, keys


async def test_the_newest_of_a_fold_stands_for_the_older(
    storage: OpenStorage, market: Market
) -> None:
    """Older rows leave their places; others of the lane keep theirs, other lanes are untouched."""
    buyer, seller = market.buyer.id, market.seller.id
    await _queue(
        storage,
        _folded("b1", buyer),
        _to("b2", buyer),
        _folded("b3", buyer),
        _folded("b4", buyer),
        _to("b5", buyer),
        _folded("s1", seller),
    )
    assert await _fold(storage, "b2") == (0, ["b2", "s1"])
    assert await _fold(storage, "b4") == (2, ["b4"])
    assert await _fold(storage, "b5") == (0, ["b5"])
    async with storage.begin() as unit:
        (last,) = await unit.outbox.claim(NOW + 10, lease_ms=10, limit=9)
        assert await unit.outbox.fold(last, now_ms=NOW + 10) == 0
    assert last.message == _folded("s1", seller)


async def test_a_row_on_its_way_is_not_folded(storage: OpenStorage, market: Market) -> None:
    """It keeps its lane until it is settled; then the newer one goes, alone."""
    buyer = market.buyer.id
    await _queue(storage, _folded("b1", buyer))
    out = await _claim(storage)
    await _queue(storage, _folded("b2", buyer))
    assert await _claim(storage) == {}
    async with storage.begin() as unit:
        await unit.outbox.done(out["b1"], now_ms=NOW)
    assert await _fold(storage, "b2") == (0, ["b2"])


async def test_a_second_try_remembers_what_it_stands_for(
    storage: OpenStorage, market: Market
) -> None:
    """The count stays with the row, and goes over to a newer one that folds it."""
    buyer = market.buyer.id
    await _queue(storage, *(_folded(f"b{number}", buyer) for number in range(3)))
    for moment in (NOW, NOW + 20):
        async with storage.begin() as unit:
            (row,) = await unit.outbox.claim(moment, lease_ms=10, limit=9)
            assert await unit.outbox.fold(row, now_ms=moment) == 2
            await unit.outbox.again(row.id, at_ms=moment + 20, error="down", counts=True)
    async with storage.begin() as unit:
        assert await unit.outbox.next_ms() == NOW + 40
    await _queue(storage, _folded("b9", buyer))
    async with storage.begin() as unit:
        assert await unit.outbox.next_ms() == 0
    assert await _fold(storage, "b9") == (3, ["b9"])
    async with storage.begin() as unit:
        assert await unit.outbox.next_ms() is None


async def test_what_a_dead_worker_had_is_folded(storage: OpenStorage, market: Market) -> None:
    """When its lease is over the newer row may go at once and stands for it."""
    buyer = market.buyer.id
    await _queue(storage, _folded("b1", buyer))
    await _claim(storage)
    await _queue(storage, _folded("b2", buyer))
    async with storage.begin() as unit:
        assert await unit.outbox.next_ms() == NOW + 10
        (row,) = await unit.outbox.claim(NOW + 10, lease_ms=10, limit=9)
        assert await unit.outbox.fold(row, now_ms=NOW + 10) == 1
    assert row.message == _folded("b2", buyer)


async def test_files_to_read_are_rows_of_their_own(storage: OpenStorage, market: Market) -> None:
    """Once per file, in a lane of its own; such a row folds nothing."""
    order = await order_at(storage, market, State.DELIVERED)
    async with storage.begin() as unit:
        made = await unit.orders.add_delivery(order.id, text="", files=(PICTURE,), now_ms=NOW)
        file = ToRead(delivery_id=made.id, number=1, file_id="f1", size=10)
        for _ in range(2):
            await unit.outbox.add_fingerprint(file, now_ms=NOW)
        rows = await unit.outbox.claim(START_MS, lease_ms=1, limit=99)
        (row,) = [row for row in rows if row.kind == "fingerprint"]
        assert await unit.outbox.fold(row, now_ms=NOW) == 0
        await unit.outbox.dead(row.id, error="gone", now_ms=NOW)
        assert len(await unit.outbox.dead_rows("fingerprint", limit=9)) == 1
    assert (file, None, None) == (row.file, row.message, row.refund_person_id)
    assert f"fingerprint:{made.id}:1" == row.lane
