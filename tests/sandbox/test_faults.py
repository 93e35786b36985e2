"""Scripted faults, and above all "done, but the answer was lost" for every kind of deed."""

import asyncio
import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from sandbox.client import Refused
from tests.sandbox.bare_bot import Bot
from tests.sandbox.images import png
from tests.sandbox.test_payments import INVOICE, paid, stars_of

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person

TEXT = {"text": "lost"}
SENDS: list[tuple[str, dict[str, Any]]] = [
    ("sendMessage", TEXT),
    ("sendContact", {"phone_number": "+8801", "first_name": "Ann"}),
    ("sendLocation", {"latitude": 23.7, "longitude": 90.4}),
    ("sendInvoice", INVOICE),
    ("sendPoll", {"question": "Which?", "options": [{"text": "a"}, {"text": "b"}]}),
]


async def lose(sandbox: "Sandbox", bot: Bot, method: str, **params: Any) -> None:
    """One call whose answer never arrives."""
    await sandbox.fault(method, lost=True)
    with pytest.raises(aiohttp.ClientError):
        await bot.call(method, **params)


@pytest.mark.parametrize(("method", "params"), SENDS, ids=[name for name, _ in SENDS])
async def test_a_lost_send_has_arrived(
    bot: Bot, sandbox: "Sandbox", ann: "Person", method: str, params: dict[str, Any]
) -> None:
    """The message is there once; sending again makes a second one."""
    before = len(await ann.messages())
    await lose(sandbox, bot, method, chat_id=ann.id, **params)
    assert len(await ann.messages()) == before + 1
    await bot.call(method, chat_id=ann.id, **params)
    assert len(await ann.messages()) == before + 2


@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_a_lost_upload_has_arrived(
    bot: Bot, sandbox: "Sandbox", ann: "Person", kind: str
) -> None:
    """A file whose answer is lost stands in the chat."""
    method = f"send{kind.title()}"
    await sandbox.fault(method, lost=True)
    with pytest.raises(aiohttp.ClientError):
        await bot.upload(method, files={kind: ("a.png", png())}, chat_id=ann.id)
    assert (await ann.last_message())["media"]["kind"] == kind


async def test_a_lost_album_has_arrived(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """All of its files stand in the chat."""
    media = [{"type": "photo", "media": f"attach://p{n}"} for n in range(2)]
    files = {f"p{n}": (f"{n}.png", png()) for n in range(2)}
    await sandbox.fault("sendMediaGroup", lost=True)
    with pytest.raises(aiohttp.ClientError):
        await bot.upload("sendMediaGroup", files=files, chat_id=ann.id, media=json.dumps(media))
    albums = [one for one in await ann.messages() if one["album"]]
    assert len(albums) == 2


async def test_lost_copies_and_forwards_have_arrived(
    bot: Bot, sandbox: "Sandbox", ann: "Person"
) -> None:
    """Both stand in the chat."""
    sent = await bot.call("sendMessage", chat_id=ann.id, text="original")
    place = {"chat_id": ann.id, "from_chat_id": ann.id, "message_id": sent["message_id"]}
    for method in ("copyMessage", "forwardMessage"):
        await lose(sandbox, bot, method, **place)
    assert [one["text"] for one in await ann.messages()][1:] == ["original"] * 3


async def test_lost_changes_are_done(
    bot: Bot, sandbox: "Sandbox", ann: "Person", forum: int
) -> None:
    """Edits, pins, deletions and topics take effect; doing them again is refused as usual."""
    sent = await bot.call("sendMessage", chat_id=forum, text="before")
    place = {"chat_id": forum, "message_id": sent["message_id"]}
    await lose(sandbox, bot, "editMessageText", **place, text="after")
    refusal = await bot.refused("editMessageText", **place, text="after")
    assert refusal.description.startswith("Bad Request: message is not modified")
    await lose(sandbox, bot, "pinChatMessage", **place)
    assert "pinned_message" in await bot.call("getChat", chat_id=forum)
    await lose(sandbox, bot, "deleteMessage", **place)
    refusal = await bot.refused("deleteMessage", **place)
    assert refusal.description == "Bad Request: message to delete not found"
    await lose(sandbox, bot, "createForumTopic", chat_id=forum, name="Lost")
    chat = next(one for one in (await sandbox.world())["chats"] if one["id"] == forum)
    assert [topic["name"] for topic in chat["topics"]] == ["Lost"]
    await lose(sandbox, bot, "banChatMember", chat_id=forum, user_id=ann.id)
    member = await bot.call("getChatMember", chat_id=forum, user_id=ann.id)
    assert member["status"] == "kicked"


async def test_lost_answers_to_people_count(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """The person sees the toast although the bot does not know; a second answer is too late."""
    button = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    sent = await bot.call("sendMessage", chat_id=ann.id, text="x", reply_markup=button)
    tapping = asyncio.ensure_future(sandbox.tap(ann.id, message=sent["message_id"], label="Go"))
    query = await bot.update("callback_query")
    answer = {"callback_query_id": query["id"], "text": "Gone"}
    await lose(sandbox, bot, "answerCallbackQuery", **answer)
    assert (await tapping)["answer"] == "Gone"
    refusal = await bot.refused("answerCallbackQuery", **answer)
    assert refusal.description.startswith("Bad Request: query is too old")


async def test_a_lost_checkout_is_paid(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """The approval counts, the Stars move, and the bot hears of it by successful_payment."""
    await bot.call("sendInvoice", chat_id=ann.id, **INVOICE)
    paying = asyncio.ensure_future(ann.pays())
    query = await bot.update("pre_checkout_query")
    await lose(sandbox, bot, "answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    assert (await paying)["ok"]
    assert await stars_of(sandbox, ann) == 2400


async def test_a_lost_refund_is_done(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """The Stars are back; trying again says that the charge is refunded."""
    fact = (await paid(bot, ann))["successful_payment"]
    charge = {
        "user_id": ann.id,
        "telegram_payment_charge_id": fact["telegram_payment_charge_id"],
    }
    await lose(sandbox, bot, "refundStarPayment", **charge)
    assert await stars_of(sandbox, ann) == 2500
    refusal = await bot.refused("refundStarPayment", **charge)
    assert refusal.description == "Bad Request: CHARGE_ALREADY_REFUNDED"


async def test_a_refused_call_is_not_lost(bot: Bot, sandbox: "Sandbox") -> None:
    """What Telegram refuses has done nothing, and says so."""
    await sandbox.fault("sendMessage", lost=True)
    refusal = await bot.refused("sendMessage", chat_id=1, text="x")
    assert refusal.description == "Bad Request: chat not found"


async def test_faults_are_scripted_by_method_text_and_times(
    bot: Bot, sandbox: "Sandbox", ann: "Person"
) -> None:
    """Each strikes as often as asked, and only what fits; `*` fits every method."""
    await sandbox.fault("*", code=502, times=2)
    await sandbox.fault("sendMessage", code=403, match="order 5")
    assert [
        (await bot.refused("getMe")).code,
        (await bot.refused("sendMessage", chat_id=ann.id, text="x")).code,
    ] == [502, 502]
    await bot.call("sendMessage", chat_id=ann.id, text="order 4")
    refusal = await bot.refused("sendMessage", chat_id=ann.id, text="order 5")
    assert refusal.description == "Forbidden: bot was blocked by the user"
    await sandbox.fault("getMe", code=500)
    assert len(await sandbox.get("faults")) == 1
    await sandbox.post("faults/clear")
    await bot.call("getMe")


@pytest.mark.parametrize(
    "facts", [{"code": 200}, {"code": 429, "times": -1}, {"delay_ms": -5}, {"code": 600}]
)
async def test_senseless_faults_are_refused(sandbox: "Sandbox", facts: dict[str, Any]) -> None:
    """Codes are 400 to 599, and numbers are not negative."""
    with pytest.raises(Refused):
        await sandbox.fault("sendMessage", **facts)
