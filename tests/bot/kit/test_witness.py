"""Which updates tell the time: those that came just now."""

from typing import Any

import pytest

from bot.kit.client import PAGE_MOST
from bot.kit.witness import Witness
from tests.support.clock import SettableClock

DATE = 1_790_000_000


def message(date: int = DATE) -> dict[str, Any]:
    """An update with a message of that moment."""
    return {"update_id": 1, "message": {"date": date}}


class Telegram:
    """Answers fetches by script; each takes some time."""

    def __init__(self) -> None:
        self.clock, self.steady = SettableClock(0), SettableClock(0)
        self.witness = Witness(self.clock, self.steady.now_ms)

    async def fetched(self, *updates: dict[str, Any], takes_ms: int = 0) -> None:
        async def fetch() -> list[dict[str, Any]]:
            self.steady.advance(takes_ms)
            return list(updates)

        assert await self.witness.hears(fetch()) == list(updates)


async def test_what_comes_after_silence_is_fresh() -> None:
    """The newest date of the answer, in milliseconds."""
    telegram = Telegram()
    await telegram.fetched()
    await telegram.fetched(message(), message(DATE + 5), takes_ms=30_000)
    assert telegram.clock.told == [(DATE + 5) * 1_000]


async def test_what_had_piled_up_is_not_fresh() -> None:
    """The first answer, and the one after a full page, may be a day old."""
    telegram = Telegram()
    await telegram.fetched(*[message()] * PAGE_MOST)
    await telegram.fetched(message())
    assert telegram.clock.told == []
    await telegram.fetched(message())
    assert telegram.clock.told == [DATE * 1_000]


async def test_after_a_pause_nothing_is_fresh() -> None:
    """Between two fetches something may have waited, and while the machine slept."""
    telegram = Telegram()
    await telegram.fetched()
    telegram.steady.advance(10_001)
    await telegram.fetched(message())
    await telegram.fetched(message(), takes_ms=40_001)
    assert telegram.clock.told == []


async def test_a_fetch_that_failed_begins_anew() -> None:
    """What waited meanwhile is in the next answer."""
    telegram = Telegram()

    async def broken() -> list[dict[str, Any]]:
        raise OSError("no route")

    await telegram.fetched()
    with pytest.raises(OSError, match="no route"):
        await telegram.witness.hears(broken())
    await telegram.fetched(message())
    assert telegram.clock.told == []


@pytest.mark.parametrize(
    ("update", "told"),
    [
        ({"my_chat_member": {"date": DATE}}, [DATE * 1_000]),
        ({"callback_query": {"message": {"date": DATE}}}, []),
        ({"message": {"date": "soon"}}, []),
    ],
)
async def test_what_people_do_has_a_date(update: dict[str, Any], told: list[int]) -> None:
    """Joining and leaving has one; a tap has only its button's."""
    telegram = Telegram()
    await telegram.fetched()
    await telegram.fetched(update)
    assert told == telegram.clock.told
