"""Who hears alarms, and what becomes of those that nobody can read."""

from dataclasses import replace

import pytest

from market.deadlines import DAY_MS
from market.notices import Notice
from market.people import Person
from services.alarms import Alarm, raise_alarm
from services.rows import Unreachable
from storage import OpenStorage
from tests.support.town import OPERATOR_TELEGRAM_ID, POLICY, Town

OWNER = 777
OWNED = replace(POLICY, owners=frozenset({OWNER}))
GONE = Unreachable("bot was blocked by the user")


@pytest.fixture
async def house(storage: OpenStorage) -> Town:
    """A house with an owner who runs nothing; nobody of the staff has written to it yet."""
    return Town(storage, OWNED)


async def _raise(town: Town, what: str, once: str = "") -> None:
    async with town.storage.begin() as uow:
        alarm = Alarm(what=what, about="x", once=once)
        await raise_alarm(uow, town.policy, alarm, now_ms=town.clock.now_ms())


async def _told(town: Town) -> list[tuple[int | None, object, object]]:
    """Who was told what, and since when nobody could be, as it arrived."""
    await town.services.upkeep.tell_kept()
    await town.drain()
    rows = [row.message for row in town.messenger.sent if row.message is not None]
    alarms = [one for one in rows if one.notice is Notice.ALARM]
    town.messenger.sent.clear()
    return [(one.person_id, one.facts["what"], one.facts.get("kept_ms")) for one in alarms]


async def _operator(town: Town) -> Person:
    return await town.citizen(OPERATOR_TELEGRAM_ID, name="Operator")


async def test_owners_hear_what_is_theirs(house: Town) -> None:
    """Wrong books, missing money, work that fails; the rest is for operators alone."""
    owner, operator = await house.citizen(OWNER), await _operator(house)
    for what in ("audit", "short", "balance", "sweep", "clock"):
        await _raise(house, what)
        told = await _told(house)
        assert {operator.id, owner.id} == {person_id for person_id, *_ in told}
    await _raise(house, "dispute")
    assert await _told(house) == [(operator.id, "dispute", None)]


async def test_an_owner_stands_in_where_no_operator_has_come(house: Town) -> None:
    """Somebody hears it."""
    owner = await house.citizen(OWNER)
    await _raise(house, "dispute")
    assert await _told(house) == [(owner.id, "dispute", None)]


async def test_an_alarm_without_readers_waits_for_the_first_who_writes(house: Town) -> None:
    """It is told once, with the moment at which it was raised."""
    since_ms = house.clock.now_ms()
    for _ in range(2):
        await _raise(house, "audit")
    assert await _told(house) == []
    house.clock.advance(DAY_MS)
    operator = await _operator(house)
    assert await _told(house) == [(operator.id, "audit", since_ms)]
    assert await _told(house) == []


async def test_an_alarm_whose_readers_all_are_gone_waits_for_one_to_come_back(house: Town) -> None:
    """Those who blocked the bot hear it when they write again; what another one read is told."""
    operator, second = await _operator(house), await house.second()
    house.messenger.next[Notice.ALARM] = [GONE]
    await _raise(house, "dispute")
    ((left_id, *_),) = await _told(house)
    house.messenger.next[Notice.ALARM] = [GONE, GONE]
    house.clock.advance(DAY_MS)
    since_ms = house.clock.now_ms()
    await _raise(house, "dispute", once="again")
    assert await _told(house) == []
    assert await _told(house) == []
    house.clock.advance(DAY_MS)
    back = operator if left_id == second.id else second
    await house.citizen(back.telegram_id)
    assert await _told(house) == [(back.id, "dispute", since_ms)]


async def test_a_kept_alarm_can_miss_its_reader_again(house: Town) -> None:
    """Its first moment stays."""
    since_ms = house.clock.now_ms()
    await _raise(house, "audit")
    operator = await _operator(house)
    house.messenger.next[Notice.ALARM] = [GONE]
    house.clock.advance(DAY_MS)
    assert await _told(house) == []
    await house.citizen(operator.telegram_id)
    assert await _told(house) == [(operator.id, "audit", since_ms)]


async def test_two_processes_tell_it_once(house: Town) -> None:
    """Whoever comes second finds it gone."""
    await _raise(house, "audit")
    async with house.storage.read() as uow:
        (kept,) = await uow.upkeep.kept_alarms(limit=9)
    operator = await _operator(house)
    assert len(await _told(house)) == 1
    assert not await house.services.upkeep._tell_kept(kept)
    assert await _told(house) == []
    assert operator.unreachable_ms is None


async def test_an_alarm_that_nobody_comes_for_is_forgotten(house: Town) -> None:
    """After half a year."""
    await _raise(house, "audit")
    house.clock.advance(house.windows.texts_keep_ms + 1)
    await house.services.upkeep.prune()
    await _operator(house)
    assert await _told(house) == []
