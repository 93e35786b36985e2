"""Updates on their way in, with their sessions."""

from typing import Any

from market.notices import Notice
from services.intake import Finished
from services.rows import InboxRow, SessionRow
from tests.support.town import Town

_SESSION = SessionRow(
    chat_id=5, telegram_id=6, flow="sell", step="title", draft="{}", kept="{}", updated_ms=1
)


async def _stored(town: Town, *updates: dict[str, Any]) -> list[InboxRow]:
    await town.services.intake.store(updates, bot_id=7)
    return list(await town.services.intake.pending(after_id=0, limit=10))


async def test_updates_are_stored_once_and_in_order(town: Town) -> None:
    """The same update twice is one row; another one with the same id is not."""
    one, other = {"update_id": 1, "message": {"text": "ক"}}, {"update_id": 1, "message": {}}
    await _stored(town, one, other)
    rows = await _stored(town, one)
    assert [row.raw for row in rows] == [
        '{"update_id":1,"message":{"text":"ক"}}',
        '{"update_id":1,"message":{}}',
    ]
    after = await town.services.intake.pending(after_id=rows[0].id, limit=10)
    assert [rows[1]] == list(after)


async def test_a_row_is_finished_with_its_session(town: Town) -> None:
    """Saving, leaving alone and dropping the session each end the row."""
    intake = town.services.intake
    first, second, third = await _stored(town, *({"update_id": n} for n in (1, 2, 3)))
    await intake.finish(first, _SESSION, drop=False)
    assert await intake.session(5, 6) == _SESSION
    await intake.finish_all([Finished(second, None, drop=False)])
    assert await intake.session(5, 6) == _SESSION
    await intake.finish_all([Finished(third, _SESSION, drop=True)])
    assert await intake.session(5, 6) is None
    assert await intake.pending(after_id=0, limit=10) == ()


async def _fail(town: Town, *, counts: bool) -> bool:
    (row,) = await town.services.intake.pending(after_id=0, limit=10)
    is_dead = await town.services.intake.failed(row, "boom", counts=counts)
    town.clock.advance(town.windows.inbox_retry_ms[-1])
    return is_dead


async def test_an_update_is_given_up_after_three_tries(town: Town) -> None:
    """Two back-offs, then it is dead and operators are told."""
    await _stored(town, {"update_id": 1, "message": {"text": "x"}})
    assert [await _fail(town, counts=True) for _ in range(3)] == [False, False, True]
    await town.drain()
    report = await town.services.house.report(town.operator.id)
    assert [row.error for row in report.dead_updates] == ["boom"]
    assert town.messenger.notices(town.operator) == [Notice.ALARM]


async def test_a_failed_row_waits_for_its_back_off(town: Town) -> None:
    """It is not handed out before its time."""
    (row,) = await _stored(town, {"update_id": 1})
    await town.services.intake.failed(row, "boom", counts=True)
    assert await town.services.intake.pending(after_id=0, limit=10) == ()
    town.clock.advance(town.windows.inbox_retry_ms[0])
    assert len(await town.services.intake.pending(after_id=0, limit=10)) == 1


async def test_a_fault_of_the_process_uses_up_no_try(town: Town) -> None:
    """A database or network that is away never kills an update."""
    await _stored(town, {"update_id": 1})
    assert not any([await _fail(town, counts=False) for _ in range(9)])
    (row,) = await town.services.intake.pending(after_id=0, limit=10)
    assert row.attempts == 0


async def test_facts_about_money_are_never_given_up(town: Town) -> None:
    """A payment update is tried for ever; operators are told once that it is stuck."""
    await _stored(town, {"update_id": 1, "message": {"successful_payment": {}}})
    assert not any([await _fail(town, counts=True) for _ in range(9)])
    await town.drain()
    assert town.messenger.notices(town.operator) == [Notice.ALARM]


async def test_one_process_is_in_charge(town: Town) -> None:
    """The storage tells; the only process with this database is."""
    assert await town.services.intake.in_charge()
