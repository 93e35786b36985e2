"""Every answer and update has the shape that the description, PTB and aiogram expect."""

import asyncio
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import aiogram.types
import pytest
import telegram
from pydantic import TypeAdapter

from sandbox.methods import HANDLERS
from sandbox.schema import raw, spec
from tests.sandbox.bare_bot import Bot
from tests.sandbox.images import png

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person

PLAIN = {"Boolean": bool, "Integer": int, "String": str, "Float": float, "True": bool}
INVOICE = {
    "title": "Logo",
    "description": "A logo",
    "payload": "intent-1",
    "currency": "XTR",
    "prices": [{"label": "Logo", "amount": 5}],
}
EVERY_KIND = sorted(frozenset(spec().fields["Update"]) - {"update_id"})


def problems(value: Any, kind: str, *, where: str) -> Iterator[str]:
    """What a value lacks to be of that type of the description."""
    if kind.startswith("Array of "):
        yield from _list_problems(value, kind.removeprefix("Array of "), where=where)
    elif kind in PLAIN:
        if not isinstance(value, PLAIN[kind]) or (kind == "Integer" and value is True):
            yield f"{where}: {value!r} is no {kind}"
    else:
        yield from _object_problems(value, kind, where=where)


def _list_problems(value: Any, kind: str, *, where: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{where}: no list"
        return
    for index, item in enumerate(value):
        yield from problems(item, kind, where=f"{where}[{index}]")


def _object_problems(value: Any, kind: str, *, where: str) -> Iterator[str]:
    described = raw()["types"][kind]
    if described.get("subtypes"):
        found = [list(problems(value, name, where=where)) for name in described["subtypes"]]
        yield from min(found, key=len)
        return
    if not isinstance(value, dict):
        yield f"{where}: no object"
        return
    fields = {field["name"]: field for field in described.get("fields", [])}
    yield from (f"{where}.{name}: unknown to {kind}" for name in value.keys() - fields.keys())
    for name, field in fields.items():
        if name in value:
            yield from _field_problems(value[name], field, where=f"{where}.{name}")
        elif field["required"]:
            yield f"{where}.{name}: missing"


def _field_problems(value: Any, field: dict[str, Any], *, where: str) -> Iterator[str]:
    found = [list(problems(value, kind, where=where)) for kind in field["types"]]
    yield from min(found, key=len)
    if "always “" in field["description"] and isinstance(value, str):
        expected = field["description"].partition("always “")[2].partition("”")[0]
        if value != expected:
            yield f"{where}: {value!r} is not {expected!r}"


class Recorder:
    """Makes calls and keeps every answer and update for judging."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.answers: list[tuple[str, Any]] = []
        self.updates: list[dict[str, Any]] = []

    async def call(self, method: str, **params: Any) -> Any:
        answer = await self.bot.raw(method, **params)
        assert answer["ok"], (method, answer)
        self.answers.append((method, answer["result"]))
        return answer["result"]

    async def upload(self, method: str, *, files: dict[str, Any], **params: Any) -> Any:
        answer = await self.bot.upload(method, files=files, **params)
        assert answer["ok"], (method, answer)
        self.answers.append((method, answer["result"]))
        return answer["result"]

    async def drain(self) -> None:
        result = await self.call("getUpdates", offset=self.bot.offset)
        self.updates += result
        if result:
            self.bot.offset = result[-1]["update_id"] + 1

    async def next(self, kind: str) -> Any:
        while True:
            await self.drain()
            found = [one[kind] for one in self.updates if kind in one]
            if found:
                return found[-1]
            await asyncio.sleep(0.01)


async def _messages(record: Recorder, ann: "Person", forum: int) -> None:
    markup = {
        "inline_keyboard": [
            [{"text": "a", "callback_data": "a", "style": "danger"}],
            [
                {"text": "b", "url": "https://example.org"},
                {"text": "c", "copy_text": {"text": "c"}},
            ],
            [{"text": "d", "switch_inline_query": ""}],
        ]
    }
    html = '<b>b</b> <a href="tg://user?id=%d">u</a> <pre><code class="language-c">c</code></pre>'
    chat = {"chat_id": ann.id}
    await record.call("sendMessage", **chat, text="k", reply_markup={"keyboard": [["x"]]})
    sent = await record.call(
        "sendMessage",
        **chat,
        text=html % ann.id,
        parse_mode="HTML",
        reply_markup=markup,
        reply_parameters={"message_id": 1},
        link_preview_options={"is_disabled": True},
    )
    place = {**chat, "message_id": sent["message_id"]}
    tapping = asyncio.ensure_future(ann.sandbox.tap(ann.id, message=sent["message_id"], data="a"))
    query = await record.next("callback_query")
    await record.call("answerCallbackQuery", callback_query_id=query["id"], text="ok")
    await tapping
    await record.call("editMessageText", **place, text="edited", reply_markup=markup)
    await record.call("editMessageReplyMarkup", **place)
    await record.call("setMessageReaction", **place, reaction=[{"type": "emoji", "emoji": "👍"}])
    await record.call("pinChatMessage", **place)
    await record.call("getChat", **chat)
    await record.call("unpinChatMessage", **place)
    await record.call("copyMessage", **place, from_chat_id=ann.id)
    await record.call("forwardMessage", **place, from_chat_id=ann.id)
    several = {**chat, "from_chat_id": ann.id, "message_ids": [sent["message_id"]]}
    await record.call("copyMessages", **several)
    await record.call("forwardMessages", **several)
    await record.call("deleteMessage", **place)
    await record.call("deleteMessages", **chat, message_ids=[1])
    await record.call("sendContact", **chat, phone_number="+880", first_name="A")
    point = {"latitude": 23.8, "longitude": 90.4}
    await record.call("sendLocation", **chat, **point)
    await record.call("sendVenue", **chat, **point, title="Shop", address="Dhaka")
    await record.call("sendDice", **chat)
    await _polls(record, ann)
    await record.call("sendChatAction", **chat, action="typing")


async def _polls(record: Recorder, ann: "Person") -> None:
    """A poll and a quiz with votes, and a person's poll; reactions; what a keyboard asks for."""
    asked = {"chat_id": ann.id, "question": "Which?", "options": ["a", {"text": "b"}]}
    open_one = await record.call("sendPoll", **asked, is_anonymous=False, description="Soon.")
    quiz = {"type": "quiz", "correct_option_ids": [1], "explanation": "<b>b</b>"}
    shown = await record.call(
        "sendPoll", **asked, **quiz, explanation_parse_mode="HTML", open_period=60
    )
    sandbox = ann.sandbox
    for message in (open_one, shown):
        where = {"person": ann.id, "message": message["message_id"]}
        await sandbox.post("vote", **where, options=[1])
        await sandbox.post("react", **where, emoji="👍")
    await record.call("stopPoll", chat_id=ann.id, message_id=open_one["message_id"])
    await sandbox.post("say", person=ann.id, poll={"question": "Q", "options": ["x", "y"]})
    names = {"request_name": True, "request_username": True}
    rows: list[list[dict[str, Any]]] = [
        [{"text": "contact", "request_contact": True}],
        [{"text": "users", "request_users": {"request_id": 1, **names}}],
        [{"text": "place", "request_location": True}],
    ]
    keyboard = {"keyboard": rows, "one_time_keyboard": True}
    sent = await record.call("sendMessage", chat_id=ann.id, text="k", reply_markup=keyboard)
    for row in rows:
        await sandbox.tap(ann.id, message=sent["message_id"], label=row[0]["text"])


async def _files(record: Recorder, ann: "Person") -> None:
    chat, picture = {"chat_id": ann.id}, ("a.png", png())
    for method, kind in (
        ("sendDocument", "document"), ("sendVideo", "video"),
        ("sendVoice", "voice"), ("sendSticker", "sticker"), ("sendAudio", "audio"),
        ("sendAnimation", "animation"), ("sendVideoNote", "video_note"),
    ):  # fmt: skip
        await record.upload(method, files={kind: ("a.bin", b"abc")}, **chat)
    sent = await record.upload("sendPhoto", files={"photo": picture}, **chat, caption="c")
    place = {**chat, "message_id": sent["message_id"]}
    await record.call("editMessageCaption", **place, caption="d")
    media = json.dumps({"type": "document", "media": "attach://f"})
    await record.upload("editMessageMedia", files={"f": ("b.txt", b"b")}, **place, media=media)
    photo = sent["photo"][-1]["file_id"]
    await record.call("sendMediaGroup", **chat, media=[{"type": "photo", "media": photo}] * 2)
    await record.call("getFile", file_id=photo)
    await ann.uploads("album", files={"a.png": png(), "b.png": png(9, 9)}, caption="two")
    for kind in ("document", "voice", "sticker", "video", "audio", "animation", "video_note"):
        await ann.uploads(kind, files={"x.bin": b"x"})
    await ann.sandbox.say(ann.id, contact={"phone_number": "1", "first_name": "A"})
    await ann.sandbox.say(ann.id, location={"latitude": 1, "longitude": 2})


async def _money(record: Recorder, ann: "Person") -> None:
    await record.call("sendInvoice", chat_id=ann.id, **INVOICE)
    paying = asyncio.ensure_future(ann.pays())
    query = await record.next("pre_checkout_query")
    await record.call("answerPreCheckoutQuery", pre_checkout_query_id=query["id"], ok=True)
    charge = (await paying)["charge_id"]
    await record.call("getStarTransactions")
    await record.call("refundStarPayment", user_id=ann.id, telegram_payment_charge_id=charge)
    await record.call("getStarTransactions")
    await record.call("getMyStarBalance")
    await record.call("createInvoiceLink", **INVOICE)


async def _inline(record: Recorder, ann: "Person", forum: int) -> None:
    asking = asyncio.ensure_future(ann.sandbox.inline(ann.id, query="q"))
    query = await record.next("inline_query")
    result = {
        "type": "article", "id": "1", "title": "t",
        "input_message_content": {"message_text": "x"},
        "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "a"}]]},
    }  # fmt: skip
    await record.call("answerInlineQuery", inline_query_id=query["id"], results=[result])
    await asking
    await ann.sandbox.choose(ann.id, result="1", chat=forum)
    ready = await record.call("savePreparedInlineMessage", user_id=ann.id, result=result,
                              allow_group_chats=True)  # fmt: skip
    await ann.sandbox.post("share", person=ann.id, prepared=ready["id"], chat=forum)


async def _menu(record: Recorder) -> None:
    await record.call("getMe")
    await record.call("setMyCommands", commands=[{"command": "a", "description": "b"}])
    await record.call("getMyCommands")
    await record.call("deleteMyCommands")
    for name, text in (("Name", "name"), ("Description", "description"),
                       ("ShortDescription", "short_description")):  # fmt: skip
        await record.call(f"setMy{name}", **{text: "x"})
        await record.call(f"getMy{name}")
    await record.call("setChatMenuButton", menu_button={"type": "commands"})
    await record.call("getChatMenuButton")
    await record.call("getWebhookInfo")
    await record.call("logOut")
    await record.call("close")


async def _chats(record: Recorder, ann: "Person", bob: "Person", forum: int) -> None:
    sandbox, chat = ann.sandbox, {"chat_id": forum}
    topic = await record.call("createForumTopic", **chat, name="Design")
    place = {**chat, "message_thread_id": topic["message_thread_id"]}
    await record.call("sendMessage", **place, text="in a topic")
    await record.call("editForumTopic", **place, name="Logos")
    await record.call("closeForumTopic", **place)
    await record.call("reopenForumTopic", **place)
    await record.call("getChat", **chat)
    await record.call("getChatMemberCount", **chat)
    await record.call("getChatAdministrators", **chat)
    await record.call("getUserProfilePhotos", user_id=ann.id)
    await _rights(record, ann, forum)
    await record.call("banChatMember", **chat, user_id=ann.id)
    for user in (ann.id, bob.id, 7000000001):
        await record.call("getChatMember", **chat, user_id=user)
    await record.call("unbanChatMember", **chat, user_id=ann.id)
    await record.call("getChatMember", **chat, user_id=ann.id)
    await record.call("deleteForumTopic", **place)
    channel = await sandbox.chat(
        "channel", title="News", admins=[bob.id, "bot"], signatures=True, description="All"
    )
    posted = await bob.at(channel["id"]).says("news")
    await sandbox.edit(bob.id, message=posted["id"], chat=channel["id"], text="old news")
    await record.call("getChat", chat_id=channel["id"])
    await sandbox.say(bob.id, forward={"chat": channel["id"], "message": posted["id"]})
    said = await ann.says("x")
    await sandbox.edit(ann.id, message=said["id"], text="y")
    await sandbox.member(ann.id, act="block")
    await record.call("leaveChat", **chat)


async def _rights(record: Recorder, ann: "Person", forum: int) -> None:
    """Single rights, a restriction with its end, and an anonymous administrator."""
    sandbox, person = ann.sandbox, {"chat_id": forum, "user_id": ann.id}
    await record.call("promoteChatMember", **person, can_pin_messages=True)
    await record.call("setChatAdministratorCustomTitle", **person, custom_title="Tidy")
    await record.call("getChatMember", **person)
    await record.call("promoteChatMember", **person)
    await sandbox.member(ann.id, act="promote", chat=forum, anonymous=True, title="Desk")
    said = await ann.at(forum).says("hear ye")
    await sandbox.say(ann.id, forward={"chat": forum, "message": said["id"]})
    await sandbox.member(ann.id, act="demote", chat=forum)
    await record.call("restrictChatMember", **person, permissions={}, until_date=2_000_000_000)
    await record.call("getChatMember", **person)
    await sandbox.member(ann.id, act="unrestrict", chat=forum)


async def _reactions(record: Recorder, sandbox: "Sandbox", bob: "Person") -> None:
    """A named reaction in a group, a counted one in a channel."""
    for kind in ("supergroup", "channel"):
        made = await sandbox.chat(kind, title="Club", members=["bot"], admins=[bob.id])
        await sandbox.member("bot", act="promote", chat=made["id"])
        said = await bob.at(made["id"]).says("hello")
        where = {"person": bob.id, "chat": made["id"], "message": said["id"]}
        await sandbox.post("react", **where, emoji="🔥")
    await record.drain()


async def _invites(record: Recorder, sandbox: "Sandbox", ann: "Person", bob: "Person") -> None:
    """Links into a group, and people who ask to be let in."""
    made = await sandbox.chat("supergroup", title="Club", members=["bot"], admins=[bob.id])
    await sandbox.member("bot", act="promote", chat=made["id"])
    chat = {"chat_id": made["id"]}
    await record.call("exportChatInviteLink", **chat)
    asked = {**chat, "creates_join_request": True, "name": "Friends"}
    for answer in ("decline", "approve"):
        link = (await record.call("createChatInviteLink", **asked))["invite_link"]
        await sandbox.post("join", person=ann.id, link=link)
        await record.call(f"{answer}ChatJoinRequest", **chat, user_id=ann.id)
    await record.call("revokeChatInviteLink", **chat, invite_link=link)
    await record.call("unpinAllChatMessages", **chat)


@pytest.fixture
async def record(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person", forum: int
) -> Recorder:
    """A recorder after one call of every method that is modelled."""
    found = Recorder(bot)
    await found.call("getUpdates", allowed_updates=EVERY_KIND)
    await _messages(found, ann, forum)
    await _files(found, ann)
    await _money(found, ann)
    await _inline(found, ann, forum)
    await _menu(found)
    await _reactions(found, sandbox, bob)
    await _invites(found, sandbox, ann, bob)
    await _chats(found, ann, bob, forum)
    await found.drain()
    await found.call("setWebhook", url="")
    await found.call("deleteWebhook")
    return found


async def test_every_shape_is_as_described(record: Recorder) -> None:
    """No answer and no update lacks a required field or has one that is not described."""
    found = [
        problem for method, result in record.answers for problem in _answer_problems(method, result)
    ]
    for update in record.updates:
        found += problems(update, "Update", where="update")
    assert sorted(set(found)) == []
    assert HANDLERS.keys() == {method.lower() for method, _ in record.answers}


def _answer_problems(method: str, result: Any) -> list[str]:
    known = spec().method(method)
    assert known is not None
    kinds = [kind for kind in known.returns if kind in PLAIN or "Array" in kind or kind]
    return min((list(problems(result, kind, where=method)) for kind in kinds), key=len)


async def test_python_telegram_bot_reads_everything(record: Recorder) -> None:
    """Every update and every object is read by its class, with nothing left over."""
    leftovers = set()
    for update in record.updates:
        read = telegram.Update.de_json(update, None)
        leftovers |= set(_leftovers(read))
    for method, result in record.answers:
        kind = _object_kind(method)
        if isinstance(result, dict) and hasattr(telegram, kind):
            leftovers |= set(_leftovers(getattr(telegram, kind).de_json(result, None)))
    assert set() == leftovers


def _leftovers(value: Any) -> Iterator[str]:
    if isinstance(value, telegram.TelegramObject):
        yield from (f"{type(value).__name__}.{name}" for name in value.api_kwargs)
        for name in value.__slots__:
            yield from _leftovers(getattr(value, name, None))


async def test_aiogram_reads_everything(record: Recorder) -> None:
    """An independent library accepts every update and every object too."""
    for update in record.updates:
        aiogram.types.Update.model_validate(_newer(update))
    for method, result in record.answers:
        kind = getattr(aiogram.types, _object_kind(method), None)
        if isinstance(result, dict) and kind is not None:
            TypeAdapter(kind).validate_python(_newer(result))


def _newer(value: Any) -> Any:
    """Aiogram speaks Bot API 10.3 and wants a right of administrators that 10.0 does not know."""
    if isinstance(value, list):
        return [_newer(one) for one in value]
    if not isinstance(value, dict):
        return value
    added = {"can_send_welcome_messages": True} if value.get("status") == "administrator" else {}
    return {name: _newer(one) for name, one in value.items()} | added


def _object_kind(method: str) -> str:
    known = spec().method(method)
    assert known is not None
    return known.returns[0]
