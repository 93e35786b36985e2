"""Webhooks: lanes, back-off, what getWebhookInfo tells, and replies that are calls."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from sandbox import webhook
from sandbox.record import Record
from sandbox.schema import spec
from sandbox.updates import UpdateQueue
from sandbox.webhook import lane_of
from tests.sandbox.bare_bot import Bot

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person
    from sandbox.world import World

SOON, LOOK = 5.0, 0.01


@dataclass
class Hook:
    """The bot's side: keeps what comes, answers what the test wants."""

    url: str = ""
    got: list[dict[str, Any]] = field(default_factory=list)
    answer: Callable[[dict[str, Any]], web.Response] = lambda _update: web.Response()

    async def take(self, request: web.Request) -> web.Response:
        update = await request.json()
        self.got.append(update)
        return self.answer(update)

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got if "message" in update]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    """A server for the updates."""
    hook, app = Hook(), web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps of the back-off last as good as nothing."""
    monkeypatch.setattr(webhook, "RETRY_SECONDS", (0.0, 0.01))


async def until(fits: Callable[[], bool]) -> None:
    """Waits for something that happens in the server's task."""
    for _ in range(int(SOON / LOOK)):
        if fits():
            return
        await asyncio.sleep(LOOK)
    raise AssertionError("it did not happen in time")


async def test_a_chat_that_fails_does_not_hold_up_others(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person", hook: Hook
) -> None:
    """Order is kept within a chat; other chats go on meanwhile."""
    hook.answer = lambda update: web.Response(
        status=500 if update["message"]["from"]["id"] == ann.id and len(hook.got) < 6 else 200
    )
    await bot.call("setWebhook", url=hook.url, drop_pending_updates=True)
    await ann.says("a1")
    await ann.says("a2")
    await bob.says("b1")
    await until(lambda: hook.texts()[-1:] == ["a2"])
    assert hook.texts()[0] == "a1"
    assert hook.texts().index("b1") < hook.texts().index("a2")
    assert set(hook.texts()[:5]) == {"a1", "b1"}


async def test_the_info_tells_what_went_wrong(bot: Bot, ann: "Person", hook: Hook) -> None:
    """The error and its date stand in getWebhookInfo, with the number of updates that wait."""
    hook.answer = lambda _update: web.Response(status=404)
    await bot.call(
        "setWebhook",
        url=hook.url,
        max_connections=500,
        drop_pending_updates=True,
        allowed_updates=["message", "poll"],
    )
    await ann.says("one")
    await ann.says("two")
    await until(lambda: len(hook.got) > 1)
    info = await bot.call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 404 Not Found"
    assert info["last_error_date"] > 1_600_000_000
    assert info["pending_update_count"] == 2
    assert info["max_connections"] == 100
    assert info["allowed_updates"] == ["message", "poll"]
    assert info["has_custom_certificate"] is False
    await bot.call("deleteWebhook", drop_pending_updates=True)
    expected = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
    assert expected | {"allowed_updates": ["message", "poll"]} == await bot.call("getWebhookInfo")


async def test_nobody_listens(
    bot: Bot, ann: "Person", world: "World", unused_tcp_port: int
) -> None:
    """An address where nothing answers is told as a refused connection."""
    await bot.call("setWebhook", url=f"http://127.0.0.1:{unused_tcp_port}/")
    await ann.says("one")
    await until(lambda: world.webhook.error is not None)
    info = await bot.call("getWebhookInfo")
    assert info["last_error_message"] == "Connection refused"


async def test_redirections_are_not_followed(bot: Bot, ann: "Person", hook: Hook) -> None:
    """Telegram goes nowhere else: an update is not delivered until the address itself takes it."""
    elsewhere = {"Location": hook.url}
    hook.answer = lambda _update: web.Response(
        status=302 if len(hook.got) < 3 else 200, headers=elsewhere
    )
    await bot.call("setWebhook", url=hook.url, drop_pending_updates=True)
    await ann.says("one")
    await until(lambda: hook.texts() == ["one"] * 3)
    info = await bot.call("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 302 Found"


@pytest.mark.parametrize(
    "address", ["http://[", "http://x:99999/", "http://x:y/", "http://", "ftp://x"]
)
async def test_addresses_that_are_none(bot: Bot, address: str) -> None:
    """What cannot be called at all is refused at once."""
    refusal = await bot.refused("setWebhook", url=address)
    assert refusal.description == "Bad Request: invalid webhook URL specified"


async def test_a_name_that_cannot_be_looked_up(bot: Bot, ann: "Person", world: "World") -> None:
    """The lane goes on trying, and getWebhookInfo tells why nothing arrives."""
    await bot.call("setWebhook", url=f"http://{'a' * 100}.example/")
    await ann.says("one")
    await until(lambda: world.webhook.error is not None)
    assert (await bot.call("getWebhookInfo"))["pending_update_count"] == 2


async def test_a_reply_can_be_a_call(bot: Bot, ann: "Person", hook: Hook, world: "World") -> None:
    """A method in the reply is performed, as JSON and as a form; asking methods are not."""
    forms = {
        "json": web.json_response({"method": "sendMessage", "chat_id": ann.id, "text": "said"}),
        "form": web.Response(
            text=f"method=sendmessage&chat_id={ann.id}&text=formed",
            content_type="application/x-www-form-urlencoded",
        ),
        "wrong": web.json_response({"method": "sendMessage", "chat_id": 1, "text": "x"}),
        "asks": web.json_response({"method": "getMe"}),
        "stops": web.json_response({"method": "deleteWebhook"}),
        "noise": web.Response(text="thanks"),
    }
    hook.answer = lambda update: forms[update["message"]["text"]]
    await bot.call("setWebhook", url=hook.url, drop_pending_updates=True)
    for text in forms:
        await ann.says(text)
    await until(lambda: len(hook.got) == len(forms))
    await ann.sees("formed", within_s=SOON)
    calls = [(call.method, call.error) for call in world.calls]
    assert calls[-3:] == [
        ("sendMessage", None),
        ("sendMessage", None),
        ("sendMessage", "Bad Request: chat not found"),
    ]
    assert hook.url == (await bot.call("getWebhookInfo"))["url"]


async def test_setting_a_webhook_ends_the_poll(bot: Bot, hook: Hook) -> None:
    """A poll that waits gets 409, and the answers say what has changed."""
    poll = asyncio.ensure_future(bot.raw("getUpdates", timeout=10))
    await asyncio.sleep(0.1)
    said = [(await bot.raw("setWebhook", url=hook.url))["description"] for _ in range(2)]
    said += [(await bot.raw("deleteWebhook"))["description"] for _ in range(2)]
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    assert said == [
        "Webhook was set",
        "Webhook is already set",
        "Webhook was deleted",
        "Webhook is already deleted",
    ]


async def test_a_day_is_the_longest(bot: Bot, ann: "Person", world: "World") -> None:
    """What was not fetched within 24 hours of the sandbox's clock is gone."""
    now = world.clock
    await ann.says("old")
    world.clock = lambda: now() + 23 * 3600
    await ann.says("fresh")
    world.clock = lambda: now() + 24 * 3600 + 1
    found = await bot.call("getUpdates")
    assert [update["message"]["text"] for update in found] == ["fresh"]
    assert (await bot.call("getWebhookInfo"))["pending_update_count"] == 1


async def test_the_bot_may_say_when_to_come_again(
    bot: Bot, ann: "Person", hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Retry-After goes before the plan of the sandbox."""
    monkeypatch.setattr(webhook, "RETRY_SECONDS", (60.0,))
    monkeypatch.setattr(webhook, "RETRY_AFTER_MAX", 0.01)
    hook.answer = lambda _update: web.Response(
        status=503 if len(hook.got) == 1 else 200, headers={"Retry-After": "30"}
    )
    await bot.call("setWebhook", url=hook.url, drop_pending_updates=True)
    await ann.says("one")
    await until(lambda: hook.texts() == ["one", "one"])


@pytest.mark.parametrize("kind", sorted(set(spec().fields["Update"]) - {"update_id"}))
def test_every_kind_of_update_passes(kind: str) -> None:
    """Each kind of the data can be subscribed to by name and is delivered under it."""
    queue = UpdateQueue(Record(active=False), clock=lambda: 0.0)
    queue.subscribe([kind.upper()])
    queue.push(kind, payload={"id": "1"})
    queue.push("message" if kind != "message" else "poll", payload={})
    (update,) = queue.first(100)
    assert list(update) == ["update_id", kind]


def test_lanes() -> None:
    """Updates of one chat share a lane; without a chat it is the person's."""
    chat, person = {"id": -5}, {"id": 7}
    assert lane_of({"update_id": 1, "message": {"chat": chat, "from": person}}) == -5
    assert lane_of({"update_id": 1, "callback_query": {"message": {"chat": chat}}}) == -5
    assert lane_of({"update_id": 1, "inline_query": {"from": person}}) == 7
    assert lane_of({"update_id": 1, "poll_answer": {"user": person}}) == 7
    assert lane_of({"update_id": 1, "poll": {"id": "3"}}) is None
