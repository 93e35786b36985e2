"""The sandbox's own time: dates, the 48 hours, questions that grow old, and the rate limits."""

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.client import Refused
from tests.sandbox.bare_bot import Bot, Refusal
from tests.sandbox.test_payments import INVOICE

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person

HOURS_MS = 3_600_000
BUTTON = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


def bad(description: str) -> Refusal:
    return Refusal(400, f"Bad Request: {description}")


async def test_time_moves_on_and_never_back(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """By so much or to so much ahead; messages get the date of the moved clock."""
    before = await bot.call("sendMessage", chat_id=ann.id, text="before")
    moved = await sandbox.clock(advance_ms=2 * HOURS_MS)
    assert moved["offset_ms"] == 2 * HOURS_MS
    after = await bot.call("sendMessage", chat_id=ann.id, text="after")
    assert 7_200 <= after["date"] - before["date"] <= 7_300
    assert (await sandbox.clock(offset_ms=3 * HOURS_MS))["offset_ms"] == 3 * HOURS_MS
    assert (await sandbox.get("clock"))["offset_ms"] == 3 * HOURS_MS
    for wrong in ({"advance_ms": -1}, {"offset_ms": 1}):
        with pytest.raises(Refused, match="never goes back"):
            await sandbox.post("clock", **wrong)
    with pytest.raises(Refused, match="give advance_ms or offset_ms"):
        await sandbox.post("clock")


@pytest.mark.parametrize(
    ("kind", "description"),
    [
        ("private", "message can't be deleted for everyone"),
        ("group", "message can't be deleted for everyone"),
        ("supergroup", "message can't be deleted"),
        ("channel", "message can't be deleted"),
    ],
)
async def test_messages_can_be_deleted_for_48_hours(
    bot: Bot, sandbox: "Sandbox", ann: "Person", kind: str, description: str
) -> None:
    """After that not even an administrator can, in any kind of chat."""
    chat_id = ann.id
    if kind != "private":
        made = await sandbox.chat(kind, title="Here", admins=[ann.id, "bot"])
        chat_id = made["id"]
    sent = [await bot.call("sendMessage", chat_id=chat_id, text="x") for _ in range(2)]
    numbers = [one["message_id"] for one in sent]
    await sandbox.clock(advance_ms=47 * HOURS_MS)
    await bot.call("deleteMessage", chat_id=chat_id, message_id=numbers[0])
    await sandbox.clock(advance_ms=HOURS_MS + 1_000)
    young = await bot.call("sendMessage", chat_id=chat_id, text="y")
    old = {"chat_id": chat_id, "message_id": numbers[1]}
    assert bad(description) == await bot.refused("deleteMessage", **old)
    both = [numbers[1], young["message_id"]]
    refusal = await bot.refused("deleteMessages", chat_id=chat_id, message_ids=both)
    assert bad(description) == refusal
    assert "y" in [one["text"] for one in await ann.at(chat_id).messages()]
    many = [*numbers[:1], young["message_id"]]
    await bot.call("deleteMessages", chat_id=chat_id, message_ids=many)


async def test_the_beginning_of_a_topic_stays(bot: Bot, forum: int) -> None:
    """The service message that opens a topic cannot be deleted."""
    topic = await bot.call("createForumTopic", chat_id=forum, name="Design")
    place = {"chat_id": forum, "message_id": topic["message_thread_id"]}
    assert bad("message can't be deleted") == await bot.refused("deleteMessage", **place)


async def test_a_tap_grows_old(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """When its minute has passed the person stops waiting, and the bot answers too late."""
    sent = await bot.call("sendMessage", chat_id=ann.id, text="x", reply_markup=BUTTON)
    tapping = asyncio.ensure_future(sandbox.tap(ann.id, message=sent["message_id"], label="Go"))
    query = await bot.update("callback_query")
    await sandbox.clock(advance_ms=61_000)
    with pytest.raises(Refused, match="did not answer"):
        await tapping
    refusal = await bot.refused("answerCallbackQuery", callback_query_id=query["id"])
    assert refusal.description.startswith("Bad Request: query is too old")


async def test_a_checkout_ends_after_its_seconds(
    bot: Bot, sandbox: "Sandbox", ann: "Person", world: Any
) -> None:
    """Unanswered for 10 s of the sandbox's time the payment fails on the payer's side."""
    world.settings = world.settings.__class__(token=world.settings.token, checkout_seconds=10.0)
    await bot.call("sendInvoice", chat_id=ann.id, **INVOICE)
    paying = asyncio.ensure_future(ann.pays())
    query = await bot.update("pre_checkout_query")
    await sandbox.clock(advance_ms=10_001)
    outcome = await paying
    assert (
        outcome["ok"],
        outcome["error"],
    ) == (False, "The bot did not answer the pre-checkout in time")
    late = await bot.refused("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    assert late.description.startswith("Bad Request: query is too old")


async def test_one_message_a_second_in_a_chat(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """The second one waits as long as it is told to; edits count, other chats do not."""
    await sandbox.flood(active=True)
    sent = await bot.call("sendMessage", chat_id=ann.id, text="1")
    refusal = await bot.refused("sendMessage", chat_id=ann.id, text="2")
    assert Refusal(429, f"Too Many Requests: retry after {refusal.retry_after}", 1) == (
        Refusal(refusal.code, refusal.description, 1)
    )
    place = {"chat_id": ann.id, "message_id": sent["message_id"]}
    assert (await bot.refused("editMessageText", **place, text="2")).code == 429
    await sandbox.clock(advance_ms=1_000 * (refusal.retry_after or 0))
    await bot.call("editMessageText", **place, text="2")
    await sandbox.flood(active=False)
    await bot.call("sendMessage", chat_id=ann.id, text="3")


async def test_twenty_messages_a_minute_in_a_group(
    bot: Bot, sandbox: "Sandbox", group: int
) -> None:
    """The 21st within a minute waits until the first is a minute old."""
    await sandbox.flood(active=True)
    for number in range(20):
        await bot.call("sendMessage", chat_id=group, text=str(number))
        await sandbox.clock(advance_ms=1_001)
    refusal = await bot.refused("sendMessage", chat_id=group, text="21")
    assert 38 <= (refusal.retry_after or 0) <= 41
    await sandbox.clock(advance_ms=1_000 * (refusal.retry_after or 0))
    await bot.call("sendMessage", chat_id=group, text="21")


async def test_thirty_messages_a_second_in_all(bot: Bot, sandbox: "Sandbox") -> None:
    """The 31st chat within a second waits, and is served a second later."""
    people = [(await sandbox.person(f"P{number}"))["id"] for number in range(31)]
    for person in people:
        await sandbox.say(person, text="/start")
    await sandbox.flood(active=True)
    answers = await asyncio.gather(
        *(bot.raw("sendMessage", chat_id=person, text="hi") for person in people)
    )
    assert sum(not one["ok"] for one in answers) == 1
    await sandbox.clock(advance_ms=2_000)
    late = next(p for p, one in zip(people, answers, strict=True) if not one["ok"])
    await bot.call("sendMessage", chat_id=late, text="hi")
