"""The inbox of raw updates, and sessions."""

from dataclasses import replace

from market.read import DeadRow
from services.ports import Storage
from services.rows import InboxRow, SessionRow
from storage import OpenStorage

BOT = 42


async def _store(storage: Storage, *updates: tuple[int, str], now_ms: int = 1) -> None:
    async with storage.begin() as unit:
        await unit.inbox.store(updates, bot_id=BOT, now_ms=now_ms)


async def _pending(storage: Storage, *, after_id: int = 0, now_ms: int = 9) -> list[InboxRow]:
    async with storage.read() as unit:
        return list(await unit.inbox.pending(after_id=after_id, now_ms=now_ms, limit=9))


async def test_an_update_is_stored_once(storage: OpenStorage) -> None:
    """The same id with the same text is known; with another text it is another update."""
    await _store(storage, (5, "one"), (6, "two"))
    await _store(storage, (5, "one"), (5, "other"))
    assert [row.raw for row in await _pending(storage)] == ["one", "two", "other"]


async def test_pending_goes_on_after_a_row(storage: OpenStorage) -> None:
    """Rows come in the order they were stored, from any point on."""
    await _store(storage, (5, "one"), (6, "two"))
    one, two = await _pending(storage)
    assert [two] == await _pending(storage, after_id=one.id)


async def test_a_secret_is_blotted_out_and_known_again(storage: OpenStorage) -> None:
    """What was written in it is gone; when Telegram brings it once more, it is no news."""
    await _store(storage, (5, '{"text":"4071"}'))
    (row,) = await _pending(storage)
    async with storage.begin() as unit:
        await unit.inbox.blot(row.id)
    assert [one.raw for one in await _pending(storage)] == ["{}"]
    await _store(storage, (5, '{"text":"4071"}'))
    assert [one.id for one in await _pending(storage)] == [row.id]


async def test_a_done_update_is_not_pending(storage: OpenStorage) -> None:
    """What was handled does not come again."""
    await _store(storage, (5, "one"))
    (row,) = await _pending(storage)
    async with storage.begin() as unit:
        await unit.inbox.done(row.id, now_ms=2)
    assert await _pending(storage) == []


async def test_a_failed_update_comes_again_later(storage: OpenStorage) -> None:
    """It waits for its moment; only counting tries are counted."""
    await _store(storage, (5, "one"))
    (row,) = await _pending(storage)
    async with storage.begin() as unit:
        await unit.inbox.again(row.id, at_ms=20, error="oops", counts=True)
        await unit.inbox.again(row.id, at_ms=20, error="down", counts=False)
    assert await _pending(storage, now_ms=19) == []
    assert [replace(row, attempts=1)] == await _pending(storage, now_ms=20)


async def test_a_dead_update_is_listed(storage: OpenStorage) -> None:
    """Operators see it with its error."""
    await _store(storage, (5, "one"))
    (row,) = await _pending(storage)
    async with storage.begin() as unit:
        await unit.inbox.dead(row.id, error="three tries", now_ms=7)
        dead = await unit.inbox.dead_rows(limit=9)
    assert (DeadRow(row.id, "update", "three tries", 7),) == dead
    assert await _pending(storage) == []


async def test_pruning_keeps_what_waits(storage: OpenStorage) -> None:
    """Old finished rows go, waiting rows and the newest row stay."""
    await _store(storage, (5, "done"), (6, "waits"), (7, "newest"))
    done, waits, newest = await _pending(storage)
    async with storage.begin() as unit:
        await unit.inbox.done(done.id, now_ms=2)
        await unit.inbox.done(newest.id, now_ms=2)
        assert await unit.inbox.prune(1) == 0
        assert await unit.inbox.prune(100) == 1
    assert [waits] == await _pending(storage)


async def test_a_session_is_saved_loaded_and_dropped(storage: OpenStorage) -> None:
    """One row per chat and person, the last saving counts."""
    row = SessionRow(
        chat_id=-5,
        telegram_id=6,
        flow="gig",
        step="title",
        draft='{"a": 1}',
        kept="{}",
        updated_ms=10,
    )
    moved = replace(row, flow=None, step=None, updated_ms=11)
    async with storage.begin() as unit:
        assert await unit.inbox.session(-5, 6) is None
        await unit.inbox.save_session(row)
        await unit.inbox.save_session(moved)
        assert moved == await unit.inbox.session(-5, 6)
        assert await unit.inbox.session(-5, 7) is None
        await unit.inbox.drop_session(-5, 6)
        assert await unit.inbox.session(-5, 6) is None


async def test_old_sessions_expire(storage: OpenStorage) -> None:
    """Sessions untouched since then are gone; the answer counts them."""
    row = SessionRow(
        chat_id=1, telegram_id=1, flow="f", step="s", draft="{}", kept="{}", updated_ms=10
    )
    async with storage.begin() as unit:
        await unit.inbox.save_session(row)
        await unit.inbox.save_session(replace(row, chat_id=2, updated_ms=20))
        assert await unit.inbox.expire_sessions(20) == 1
        assert await unit.inbox.session(1, 1) is None
        assert await unit.inbox.session(2, 1) is not None
