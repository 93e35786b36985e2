"""How updates reach the bot: numbering, waiting, confirming, subscribing, webhooks."""

import asyncio
import time
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.sandbox.bare_bot import Bot, Refusal

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person


async def test_a_poll_waits_and_wakes_at_once(bot: Bot, ann: "Person") -> None:
    """A long poll ends with the first update, long before its time."""
    await bot.updates()
    waiting = asyncio.ensure_future(bot.updates(timeout=50))
    await asyncio.sleep(0.1)
    assert not waiting.done()
    await ann.says("hello")
    found = await asyncio.wait_for(waiting, 20)
    assert [update["message"]["text"] for update in found] == ["hello"]


async def test_a_poll_without_updates_lasts_its_time(bot: Bot) -> None:
    """With nothing to tell, the answer is empty after the time-out and not before."""
    started = time.perf_counter()
    assert await bot.updates(timeout=1) == []
    assert time.perf_counter() - started > 0.9


async def test_updates_come_again_until_confirmed(bot: Bot, ann: "Person") -> None:
    """Only a higher offset confirms; numbers go up by one."""
    await ann.says("two")
    first = await bot.call("getUpdates")
    assert first == await bot.call("getUpdates")
    numbers = [update["update_id"] for update in first]
    assert [numbers[0], numbers[0] + 1] == numbers
    assert first[1:] == await bot.call("getUpdates", offset=numbers[1])
    assert first[1:] == await bot.call("getUpdates")
    assert await bot.call("getUpdates", offset=numbers[1] + 1) == []


async def test_a_negative_offset_forgets_the_rest(bot: Bot, ann: "Person") -> None:
    """Minus two keeps the last two, and the earlier ones are gone."""
    for text in ("a", "b", "c"):
        await ann.says(text)
    last = await bot.call("getUpdates", offset=-2)
    assert [update["message"]["text"] for update in last] == ["b", "c"]
    assert last == await bot.call("getUpdates")


async def test_limits_are_clamped(bot: Bot, ann: "Person") -> None:
    """A limit below 1 counts as 1 and one above 100 as 100."""
    for number in range(105):
        await ann.says(str(number))
    assert len(await bot.call("getUpdates", limit=0)) == 1
    assert len(await bot.call("getUpdates", limit=500)) == 100


async def test_the_older_poll_ends_with_conflict(bot: Bot) -> None:
    """A second poll takes over; the first one gets 409."""
    older = asyncio.ensure_future(bot.raw("getUpdates", timeout=10))
    await asyncio.sleep(0.1)
    assert await bot.call("getUpdates") == []
    answer = await asyncio.wait_for(older, 2)
    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: terminated by other getUpdates request")


async def test_subscriptions_are_remembered(bot: Bot, ann: "Person", forum: int) -> None:
    """The list holds for later polls; a malformed one changes nothing; empty means default."""
    await bot.updates(allowed_updates=["callback_query"])
    await ann.says("unseen")
    assert await bot.updates(allowed_updates="[broken") == []
    await ann.says("unseen too")
    assert await bot.updates(allowed_updates=[]) == []
    await ann.says("seen")
    assert [list(update)[1] for update in await bot.updates()] == ["message"]


async def test_chat_member_must_be_asked_for(
    bot: Bot, sandbox: "Sandbox", ann: "Person", forum: int
) -> None:
    """Other people's comings and goings are told only when subscribed to by name."""
    await sandbox.member(ann.id, act="leave", chat=forum)
    assert not [one for one in await bot.updates() if "chat_member" in one]
    await bot.updates(allowed_updates=["chat_member"])
    await sandbox.member(ann.id, act="join", chat=forum)
    (update,) = await bot.updates()
    assert update["chat_member"]["new_chat_member"]["status"] == "member"


async def test_a_webhook_gets_updates_with_the_secret(bot: Bot, ann: "Person") -> None:
    """Updates are posted in order, again after a failure, and polling is refused meanwhile."""
    got: list[tuple[str | None, dict[str, Any]]] = []
    complete = asyncio.Event()

    async def hook(request: web.Request) -> web.Response:
        got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        if len(got) == 3:
            complete.set()
        return web.Response(status=500 if len(got) == 1 else 200)

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await bot.call("setWebhook", url=address, secret_token="abc", drop_pending_updates=True)
    await ann.says("one")
    await ann.says("two")
    await asyncio.wait_for(complete.wait(), 5)
    texts = [update["message"]["text"] for _, update in got]
    assert texts == ["one", "one", "two"]
    assert {"abc"} == {secret for secret, _ in got}
    assert (await bot.refused("getUpdates")).code == 409
    assert address == (await bot.call("getWebhookInfo"))["url"]
    await bot.call("deleteWebhook")
    assert await bot.call("getUpdates") == []
    await runner.cleanup()


async def test_wrong_webhooks(bot: Bot) -> None:
    """A secret with strange letters and an address that is none are refused."""
    wrong = await bot.refused("setWebhook", url="https://example.org", secret_token="a b")
    assert Refusal(400, "Bad Request: secret token contains unallowed characters") == wrong
    wrong = await bot.refused("setWebhook", url="ftp://example.org")
    assert Refusal(400, "Bad Request: invalid webhook URL specified") == wrong
    wrong = await bot.refused("setWebhook", url="https://example.org", secret_token="a" * 257)
    assert Refusal(400, "Bad Request: secret token is too long") == wrong
