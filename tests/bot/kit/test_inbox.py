"""The long-polling loop: what is asked, when it is confirmed, and what trouble does."""

import asyncio
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram.ext import filters

from bot.kit import inbox as module
from bot.kit.client import ALLOWED
from bot.kit.routing import Checkout, checkout, service
from bot.kit.turn import Turn
from market.rights import By
from tests.bot.kit.conftest import Desktop, Running
from tests.support.telegram import Answer, Person, Script, refused


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

    running = desktop.application([service(desktop.services, filters.TEXT, on_text, by=By.ANYBODY)])
    await serve(desktop, running, feed, feed.is_dry)
    return seen


async def serve(desktop: Desktop, running: Running, script: Script, until: asyncio.Event) -> None:
    """Run an inbox until that happens and nothing is in hand any more."""
    desktop.telegram.script = script
    await running.application.initialize()
    inbox = running.inbox()
    loop = asyncio.create_task(inbox.run())
    async with asyncio.timeout(60):
        await until.wait()
        while not inbox.is_idle():  # noqa: ASYNC110 - it looks from outside
            await asyncio.sleep(0.005)
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
    await inbox.finish(5)


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


async def test_ids_may_go_on_below_the_offset(desktop: Desktop) -> None:
    """An empty answer has confirmed all before it: the next fetch names no offset any more."""
    ann = Person()
    first, second = ann.says("a"), ann.says("b") | {"update_id": 3}
    assert await run(desktop, Feed(updates(first), updates(), updates(second))) == ["a", "b"]
    offsets = [call.get("offset") for call in desktop.telegram.named("getUpdates")]
    assert [None, first["update_id"] + 1, None, 4] == offsets[:4]


async def test_an_update_that_nobody_can_read_stops_no_other(desktop: Desktop) -> None:
    """It is dead, operators see it, and what came with it is handled."""
    broken = {"update_id": 5, "message": {"message_id": "?"}}
    assert await run(desktop, Feed(updates(broken, Person().says("a")))) == ["a"]
    assert await desktop.services.intake.pending(after_id=0, limit=9) == ()


async def test_half_an_emoji_is_stored(desktop: Desktop) -> None:
    """A text that is no text for a database must not hold up its batch for ever."""
    raws = (Person().says("half \ud83d"), Person(12).says("b"))
    assert "b" in await run(desktop, Feed(updates(*raws)))


async def test_a_checkout_does_not_wait_for_the_disk(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is answered while storing it hangs, and only once when storing succeeds."""
    store, answered, asked = desktop.services.intake.store, asyncio.Event(), list[str]()

    async def slow(*args: Any, **kwargs: Any) -> None:
        await answered.wait()
        await store(*args, **kwargs)

    async def check(one: Checkout) -> None:
        asked.append(one.intent_id)

    feed = Feed(updates(Person().checks_out("i1")))

    def script(method: str, data: dict[str, Any]) -> Answer | None:
        if method == "answerPreCheckoutQuery":
            answered.set()
        return feed(method, data)

    monkeypatch.setattr(type(desktop.services.intake), "store", staticmethod(slow))
    running = desktop.application([checkout(desktop.services, check)])
    await serve(desktop, running, script, feed.is_dry)
    assert asked == ["i1"]
    assert await desktop.services.intake.pending(after_id=0, limit=9) == ()


async def test_a_full_house_still_answers_checkouts(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When no more updates fit into memory the fetching goes on, and what waits is not lost."""
    monkeypatch.setattr(module, "WAITING_MAX", 2)
    gate, seen, all_seen = asyncio.Event(), list[int](), asyncio.Event()

    async def on_text(turn: Turn) -> None:
        await gate.wait()
        seen.append(turn.person.telegram_id)
        if len(seen) == 6:
            all_seen.set()

    async def check(_one: Checkout) -> None:
        gate.set()

    crowd = [updates(Person(number).says("x")) for number in range(20, 26)]
    feed = Feed(*crowd, updates(Person(30).checks_out("i1")))
    routes = [
        checkout(desktop.services, check),
        service(desktop.services, filters.TEXT, on_text, by=By.ANYBODY),
    ]
    running = desktop.application(routes)
    await serve(desktop, running, feed, all_seen)
    assert sorted(seen) == list(range(20, 26))


async def test_a_second_process_stands_by(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another process is in charge nothing is fetched or taken; afterwards this one is."""
    answers, seen = [False, False], asyncio.Event()

    async def in_charge(_self: object) -> bool:
        return answers.pop() if answers else True

    async def on_text(_turn: Turn) -> None:
        assert answers == []
        seen.set()

    monkeypatch.setattr(module, "STANDBY_S", 0.0)
    monkeypatch.setattr(type(desktop.services.intake), "in_charge", in_charge)
    await desktop.services.intake.store([Person().says("left behind")], bot_id=7)
    running = desktop.application([service(desktop.services, filters.TEXT, on_text, by=By.ANYBODY)])
    with capture_logs() as logs:
        await serve(desktop, running, Feed(), seen)
    assert [line["event"] for line in logs if line["event"] == "standing_by"] == ["standing_by"]


async def test_a_flooders_updates_outlive_a_failing_read(
    desktop: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits in the database comes in order, also when reading it fails now and then."""
    pending, calls = desktop.services.intake.pending, [0]

    async def sometimes(*args: Any, **kwargs: Any) -> Any:
        calls[0] += 1
        if calls[0] % 3 == 0:
            raise OSError("disk")
        return await pending(*args, **kwargs)

    monkeypatch.setattr(module, "LANE_MAX", 2)
    monkeypatch.setattr(type(desktop.services.intake), "pending", staticmethod(sometimes))
    ann = Person()
    raws = [ann.says(f"{number}") for number in range(30)]
    assert await run(desktop, Feed(updates(*raws), updates())) == [f"{n}" for n in range(30)]
