"""Daily summaries: the hour, the day's facts, silence when there is nothing to say."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from market.deadlines import DAY_MS, HOUR_MS
from market.errors import NumberOutOfRange
from market.notices import Notice
from market.people import Person
from market.states import State
from services.digests import next_at
from tests.support.town import Town


def _digests(town: Town) -> list[dict[str, Any]]:
    messages = [row.message for row in town.messenger.sent if row.message is not None]
    return [message.facts for message in messages if message.notice is Notice.DIGEST]


async def _morning(town: Town) -> None:
    town.clock.advance(DAY_MS)
    await town.services.upkeep.digest()
    await town.drain()


@pytest.mark.parametrize(
    ("hour", "zone", "now", "expected"),
    [
        (8, "Asia/Dhaka", "2026-11-24T01:59:59", "2026-11-24T02:00:00"),
        (8, "Asia/Dhaka", "2026-11-24T02:00:00", "2026-11-25T02:00:00"),
        (0, "UTC", "2026-11-24T23:00:00", "2026-11-25T00:00:00"),
        (9, "Europe/Berlin", "2026-10-24T12:00:00", "2026-10-25T08:00:00"),
    ],
)
def test_the_hour_is_the_readers_own(hour: int, zone: str, now: str, expected: str) -> None:
    """Eight in Dhaka is two in Greenwich; a change to winter time moves it along."""
    now_ms, at_ms = (
        int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1_000)
        for text in (now, expected)
    )
    assert at_ms == next_at(hour, ZoneInfo(zone), now_ms=now_ms)


async def _choose(town: Town, person: Person, hour: int | None) -> Person:
    return await town.services.digests.choose_hour(town.command(person), hour)


async def test_a_summary_comes_daily_with_what_waits(town: Town) -> None:
    """Counts and nearest deadlines; it comes once a day."""
    order = await town.order_in(State.IN_PROGRESS)
    await town.say(town.buyer, order.id, "Hello")
    await _choose(town, town.seller, 8)
    await _morning(town)
    (facts,) = _digests(town)
    assert (
        facts["waiting"],
        facts["late"],
        facts["unread"],
        facts["soon"],
        facts["open"],
    ) == (1, 0, 1, 0, 1)
    assert [(order.id, "seller", order.due_at_ms)] == [
        (line["order"], line["role"], line["until_ms"]) for line in facts["nearest"]
    ]
    await town.services.upkeep.digest()
    await town.drain()
    assert len(_digests(town)) == 1
    await _morning(town)
    assert len(_digests(town)) == 2


async def test_nothing_to_say_is_no_message(town: Town) -> None:
    """Without orders, or with only distant ones of others, nothing comes."""
    await town.order_in(State.IN_PROGRESS)
    await _choose(town, town.operator, 8)
    await _choose(town, town.buyer, 8)
    await _morning(town)
    assert _digests(town) == []


async def test_a_summary_may_be_switched_off(town: Town) -> None:
    """None is never; hours outside the day are refused; a repeated key has no effect."""
    await town.order_in(State.IN_PROGRESS)
    await _choose(town, town.seller, 8)
    command = town.command(town.seller)
    for _ in range(2):
        person = await town.services.digests.choose_hour(command, None)
    assert (person.digest_hour, person.next_digest_ms) == (None, None)
    with pytest.raises(NumberOutOfRange):
        await _choose(town, town.seller, 24)
    await _morning(town)
    assert _digests(town) == []


async def test_another_zone_moves_the_hour(town: Town) -> None:
    """Whoever moves from Dhaka to Greenwich gets the summary six hours later."""
    before = await _choose(town, town.seller, 20)
    after = await town.services.people.choose_zone(town.command(town.seller), "UTC")
    assert before.next_digest_ms is not None
    assert after.next_digest_ms is not None
    assert (after.next_digest_ms - before.next_digest_ms) % DAY_MS == 6 * HOUR_MS


async def test_a_sweep_that_comes_second_tells_nothing(town: Town) -> None:
    """Another sweep was faster: the summary is not due any more."""
    await town.order_in(State.IN_PROGRESS)
    await _choose(town, town.seller, 8)
    await town.services.upkeep._digest(town.seller.id)
    await town.services.upkeep._digest(town.operator.id)
    await town.drain()
    assert _digests(town) == []
