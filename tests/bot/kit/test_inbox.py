"""The long-polling loop: what is asked, when it is confirmed, and what trouble does."""

import asyncio
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram.ext import filters

from bot.kit import inbox as module
from bot.kit.client import ALLOWED
from bot.kit.routing import service
from bot.kit.turn import Turn
from tests.bot.kit.conftest import Desktop
from tests.support.telegram import Answer, Person, refused


class Feed:
    """getUpdates by script: answers in turn, then silence."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.is_dry = asyncio.Event()

    def __call__(self, method: str, _data: dict[str, Any]) -> Answer | None:
        if method != "getUpdates":
            return None
        if self.answers:
            return self.answers.pop(0)
        self.is_dry.set()
        return updates()


def updates(*raws: dict[str, Any]) -> Answer:
    """An answer of getUpdates."""
    return 200, {"ok": True, "result": list(raws)}


@pytest.fixture(autouse=True)
def _no_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FAULT_WAITS_S", (0.0,))
    monkeypatch.setattr(module, "CONFLICT_WAIT_S", 0.0)


async def run(desktop: Desktop, feed: Feed) -> list[str]:
    """Run an inbox until the feed is dry; answers the texts that were handled."""
    seen: list[str] = []

    async def on_text(turn: Turn) -> None:
        assert turn.incoming is not None
        seen.append(turn.incoming.text)

    desktop.telegram.script = feed
    running = desktop.application([service(desktop.services, filters.TEXT, on_text)])
    await running.application.initialize()
    inbox = running.inbox()
    loop = asyncio.create_task(inbox.run())
    async with asyncio.timeout(10):
        await feed.is_dry.wait()
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
    await inbox.finish(5)
    return seen


async def test_updates_are_confirmed_by_the_next_offset(desktop: Desktop) -> None:
    """The first fetch names no offset, the next one the id after the last stored update."""
    ann = Person()
    first, second = ann.says("a"), ann.says("b")
    assert await run(desktop, Feed(updates(first, second))) == ["a", "b"]
    asked = desktop.telegram.named("getUpdates")
    assert "offset" not in asked[0]
    assert asked[1]["offset"] == second["update_id"] + 1
    assert tuple(asked[0]["allowed_updates"]) == ALLOWED


async def test_nothing_is_confirmed_that_is_not_stored(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When storing fails the same updates are asked for again, and handled once."""
    raw, store, failures = Person().says("a"), desktop.services.intake.store, [OSError("disk")]

    async def sometimes(*args: Any, **kwargs: Any) -> None:
        if failures:
            raise failures.pop()
        await store(*args, **kwargs)

    monkeypatch.setattr(type(desktop.services.intake), "store", staticmethod(sometimes))
    assert await run(desktop, Feed(updates(raw), updates(raw))) == ["a"]
    assert "offset" not in desktop.telegram.named("getUpdates")[1]


async def test_the_same_update_twice_is_handled_once(desktop: Desktop) -> None:
    """Telegram may send an update again."""
    raw = Person().says("a")
    assert await run(desktop, Feed(updates(raw), updates(raw))) == ["a"]


async def test_a_second_poller_is_one_line(desktop: Desktop) -> None:
    """409: the operator reads one line, and the loop goes on when the other one has stopped."""
    conflict = refused(409, "Conflict: terminated by other getUpdates request")
    with capture_logs() as logs:
        seen = await run(desktop, Feed(conflict, conflict, updates(Person().says("a"))))
    told = [line["reason"] for line in logs if line["event"] == "fetching_failed"]
    assert (seen, told) == (["a"], ["another process fetches this bot's updates; stop one of them"])


async def test_an_outage_is_waited_out(desktop: Desktop) -> None:
    """Telegram's own errors and flood waits stop nothing."""
    feed = Feed(
        refused(502, "Bad Gateway"),
        refused(429, "Too Many Requests", retry_after=0.001),
        updates(Person().says("a")),
    )
    assert await run(desktop, feed) == ["a"]
