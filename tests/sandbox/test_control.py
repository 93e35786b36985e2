"""The people's side: what its calls answer, and that a malformed one never breaks the server."""

import asyncio
import base64
import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from sandbox.client import Refused
from sandbox.testing import NotSeen
from tests.sandbox.bare_bot import Bot

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person

BUTTONS = {
    "inline_keyboard": [
        [
            {"text": "✅ Accept", "callback_data": "oa:16:3", "style": "success"},
            {"text": "Site", "url": "https://example.org/"},
        ],
        [{"text": "Copy", "copy_text": {"text": "42"}}],
    ]
}
SHAPE = {
    "id", "chat", "topic", "date", "from", "text", "entities", "buttons", "keyboard", "media",
    "invoice", "payment", "album", "reply_to", "service", "edited", "pinned",
}  # fmt: skip


async def answering(bot: Bot, **answer: Any) -> dict[str, Any]:
    query: dict[str, Any] = await bot.update("callback_query")
    await bot.call("answerCallbackQuery", callback_query_id=query["id"], **answer)
    return query


async def test_a_tap_gets_its_answer(bot: Bot, ann: "Person") -> None:
    """A tap found by its label, without the emoji, comes back with the bot's toast."""
    await bot.call("sendMessage", chat_id=ann.id, text="done?", reply_markup=BUTTONS)
    answer, query = await asyncio.gather(
        ann.taps("Accept"), answering(bot, text="Accepted", show_alert=True)
    )
    assert answer == {"answer": "Accepted", "alert": True, "url": None}
    assert ("oa:16:3", ann.id, "done?") == (
        query["data"],
        query["from"]["id"],
        query["message"]["text"],
    )


async def test_a_query_is_answered_once(bot: Bot, ann: "Person") -> None:
    """The second answer to one tap is refused."""
    sent = await bot.call("sendMessage", chat_id=ann.id, text="x", reply_markup=BUTTONS)
    tapping = ann.sandbox.tap(ann.id, message=sent["message_id"], data="oa:16:3")
    query = (await asyncio.gather(answering(bot), tapping))[0]
    refusal = await bot.refused("answerCallbackQuery", callback_query_id=query["id"])
    assert refusal.description.startswith("Bad Request: query is too old")


async def test_buttons_of_the_app_need_no_bot(bot: Bot, ann: "Person") -> None:
    """Links and copy buttons are answered without a callback query."""
    await bot.call("sendMessage", chat_id=ann.id, text="x", reply_markup=BUTTONS)
    await bot.updates()
    site = await ann.taps("Site")
    assert (site["answer"], site["alert"], site["url"]) == (None, False, "https://example.org/")
    assert (await ann.taps("Copy"))["copy_text"] == "42"
    assert await bot.updates() == []


async def test_a_button_that_vanishes_under_the_finger(
    bot: Bot, ann: "Person", monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen that is replaced between the look and the tap is looked for again."""
    old = await bot.call("sendMessage", chat_id=ann.id, text="old", reply_markup=BUTTONS)
    taps: list[int] = []
    tap = ann.sandbox.tap

    async def after_the_bot(person: int, *, message: int, **which: Any) -> dict[str, Any]:
        if not taps:
            await bot.call("editMessageText", chat_id=ann.id, message_id=message, text="replaced")
            await bot.call("sendMessage", chat_id=ann.id, text="new", reply_markup=BUTTONS)
        taps.append(message)
        return await tap(person, message=message, **which)

    monkeypatch.setattr(ann.sandbox, "tap", after_the_bot)
    assert (await ann.taps("Copy"))["copy_text"] == "42"
    assert [old["message_id"], old["message_id"] + 1] == taps


async def test_a_silent_bot_is_504(bot: Bot, ann: "Person") -> None:
    """A tap that the bot never answers ends with 504, and lint says so."""
    await bot.call("sendMessage", chat_id=ann.id, text="x", reply_markup=BUTTONS)
    with pytest.raises(Refused) as refused:
        await ann.taps("Accept")
    assert refused.value.code == 504
    await ann.sandbox.clock(advance_ms=30_000)
    assert [one["kind"] for one in await ann.sandbox.lint()] == ["callback query never answered"]


async def test_reply_keyboards_write_their_label(bot: Bot, ann: "Person") -> None:
    """A tap on a reply keyboard says its label in the person's name."""
    keyboard = {"keyboard": [["Yes", {"text": "No"}]], "resize_keyboard": True}
    await bot.call("sendMessage", chat_id=ann.id, text="sure?", reply_markup=keyboard)
    await bot.updates()
    await ann.taps("No")
    assert (await bot.update("message"))["text"] == "No"


async def test_the_shape_of_a_message(bot: Bot, ann: "Person") -> None:
    """Every message in a transcript has the same fields, whatever it is."""
    await bot.call("sendMessage", chat_id=ann.id, text="hi", reply_markup=BUTTONS)
    messages = await ann.messages()
    assert all(message.keys() >= SHAPE for message in messages)
    start, hi = messages
    assert start["entities"][0] == {"type": "bot_command", "offset": 0, "length": 6}
    assert hi["buttons"][0][0] == {
        "text": "✅ Accept", "label": "✅ Accept", "data": "oa:16:3", "callback_data": "oa:16:3",
        "url": None, "pay": False, "style": "success", "copy_text": None, "switch_inline": None,
        "switch_inline_current": False, "switch_inline_chats": None, "web_app": None,
    }  # fmt: skip
    assert (hi["from"]) == {
        "id": 7000000001,
        "name": "GigHaat",
        "username": "gighaat_bot",
        "is_bot": True,
    }


async def test_inline_results_are_chosen(bot: Bot, ann: "Person", group: int) -> None:
    """A chosen result is posted via the bot, which hears of the choice and can edit it."""
    result = {
        "type": "article",
        "id": "g1",
        "title": "Logo",
        "input_message_content": {"message_text": "<b>Logo</b>", "parse_mode": "HTML"},
        "reply_markup": {"inline_keyboard": [[{"text": "Open", "callback_data": "o"}]]},
    }

    async def offer() -> None:
        query = await bot.update("inline_query")
        assert (query["query"], query["offset"]) == ("logo", "20")
        await bot.call("answerInlineQuery", inline_query_id=query["id"], results=[result])

    asked, _ = await asyncio.gather(ann.sandbox.inline(ann.id, query="logo", offset="20"), offer())
    assert [one["id"] for one in asked["results"]] == ["g1"]
    chosen = await ann.sandbox.choose(ann.id, result="g1", chat=group)
    assert ("Logo", "gighaat_bot", ann.id) == (
        chosen["text"],
        chosen["via_bot"],
        chosen["from"]["id"],
    )
    told = await bot.update("chosen_inline_result")
    inline_id = told["inline_message_id"]
    assert True is await bot.call("editMessageText", inline_message_id=inline_id, text="Sold")
    tapped = asyncio.ensure_future(
        ann.sandbox.tap(ann.id, message=chosen["id"], chat=group, label="Open")
    )
    await asyncio.sleep(0.05)
    tapped.cancel()
    assert (await ann.at(group).messages())[-1]["text"] == "Sold"


@pytest.mark.parametrize(
    ("results", "description"),
    [
        ([{"type": "article", "id": "1" * 65, "title": "x"}], "RESULT_ID_INVALID"),
        (
            [{"type": "poem", "id": "1"}],
            (
                "can't parse inline query result: "
                'type "poem" is unsupported for the inline query result'
            ),
        ),
        ([{"type": "photo", "id": "1", "photo_file_id": "x"}] * 2, "RESULT_ID_DUPLICATE"),
        (
            [{"type": "photo", "id": str(n)} for n in range(51)],
            "too many inline query results specified",
        ),
    ],
)
async def test_wrong_inline_results(
    bot: Bot, ann: "Person", results: list[Any], description: str
) -> None:
    """At most 50 results of known types, each with its own short id."""
    asking = asyncio.ensure_future(ann.sandbox.inline(ann.id, query=""))
    query = await bot.update("inline_query")
    refusal = await bot.refused("answerInlineQuery", inline_query_id=query["id"], results=results)
    assert f"Bad Request: {description}" == refusal.description
    await bot.call("answerInlineQuery", inline_query_id=query["id"], results=[])
    assert (await asking)["results"] == []


async def test_edits_of_people_arrive(bot: Bot, ann: "Person") -> None:
    """A person edits only messages of their own; the bot gets edited_message."""
    said = await ann.says("helo")
    await ann.sandbox.edit(ann.id, message=said["id"], text="hello")
    edited = await bot.update("edited_message")
    assert (edited["text"], "edit_date" in edited) == ("hello", True)
    sent = await bot.call("sendMessage", chat_id=ann.id, text="mine")
    with pytest.raises(Refused, match="only the author"):
        await ann.sandbox.edit(ann.id, message=sent["message_id"], text="yours")


async def test_faults_come_as_scripted(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """A fault strikes the calls that fit, as often as asked, with its code and wait."""
    await sandbox.fault("sendMessage", code=429, retry_after=7, times=1, match="order 5")
    await bot.call("sendMessage", chat_id=ann.id, text="order 4")
    refusal = await bot.refused("sendMessage", chat_id=ann.id, text="order 5")
    assert (
        refusal.code,
        refusal.description,
        refusal.retry_after,
    ) == (429, "Too Many Requests: retry after 7", 7)
    await bot.call("sendMessage", chat_id=ann.id, text="order 5")
    await sandbox.fault("sendMessage", code=403, description="Forbidden: user is deactivated")
    refusal = await bot.refused("sendMessage", chat_id=ann.id, text="x")
    assert refusal.description == "Forbidden: user is deactivated"


async def test_a_lost_answer(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """The call takes effect, but the connection drops before the answer."""
    await sandbox.fault("sendMessage", lost=True)
    with pytest.raises(aiohttp.ClientError):
        await bot.call("sendMessage", chat_id=ann.id, text="lost")
    await ann.sees("lost")


async def test_calls_are_recorded(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """Every call but a good poll is listed with parameters, outcome and time."""
    await bot.call("getUpdates")
    await bot.call("sendMessage", chat_id=ann.id, text="a", reply_markup=json.dumps(BUTTONS))
    await bot.refused("sendMessage", chat_id=1, text="b")
    good, wrong = await sandbox.calls()
    assert (
        good["method"],
        good["ok"],
        good["error"],
        good["params"]["reply_markup"],
    ) == ("sendMessage", True, None, BUTTONS)
    assert (wrong["ok"], wrong["error"]) == (False, "Bad Request: chat not found")
    assert [wrong] == await sandbox.calls(after=good["id"])


async def test_lint_names_what_telegram_ignores(
    bot: Bot, sandbox: "Sandbox", ann: "Person"
) -> None:
    """Unknown and deprecated parameters are accepted and reported."""
    await bot.call("sendMessage", chat_id=ann.id, text="x", txt="y", disable_web_page_preview=True)
    found = {(one["kind"], one["detail"]) for one in await sandbox.lint()}
    assert {
        ("unknown parameter", "txt"),
        ("deprecated parameter", "disable_web_page_preview"),
    } == found


async def test_flood_limits(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """With limits on, the second message within a second waits."""
    await sandbox.flood(active=True)
    await bot.call("sendMessage", chat_id=ann.id, text="1")
    refusal = await bot.refused("sendMessage", chat_id=ann.id, text="2")
    assert refusal.code == 429
    assert refusal.retry_after in {1, 2}


async def test_events_tell_everything(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """Messages, edits, deletions, calls and answers arrive on the stream as they happen."""
    async with sandbox.events() as events:
        sent = await bot.call("sendMessage", chat_id=ann.id, text="a", reply_markup=BUTTONS)
        place = {"chat_id": ann.id, "message_id": sent["message_id"]}
        await bot.call("editMessageText", **place, text="b")
        await bot.call("deleteMessage", **place)
        await sandbox.reset()
        kinds = []
        async for event in events:
            kinds.append(event["kind"])
            if event["kind"] == "reset":
                break
    assert kinds == ["message", "call", "edit", "call", "delete", "call", "reset"]


async def test_a_reset_leaves_an_empty_world(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """People and chats are gone; numbers go on, so that nothing old is met again."""
    (update,) = await bot.call("getUpdates")
    await sandbox.reset()
    world = await sandbox.world()
    assert (world["people"], world["chats"]) == ([], [])
    fresh = await sandbox.person("Eve")
    assert fresh["id"] > ann.id
    await sandbox.say(fresh["id"], text="/start")
    (later,) = await bot.call("getUpdates")
    assert later["update_id"] > update["update_id"]


async def test_commands_in_the_person_s_language(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person"
) -> None:
    """A person sees the list of their language, else the default."""
    english = [{"command": "help", "description": "Help"}]
    bengali = [{"command": "help", "description": "সাহায্য"}]
    await bot.call("setMyCommands", commands=english)
    await bot.call("setMyCommands", commands=bengali, language_code="bn")
    assert (english, bengali) == (await sandbox.commands(ann.id), await sandbox.commands(bob.id))
    wrong = await bot.refused("setMyCommands", commands=[{"command": "Help!", "description": "x"}])
    assert wrong.description == "Bad Request: BOT_COMMAND_INVALID"


@pytest.mark.parametrize(
    ("call", "body"),
    [
        ("say", "{"),
        ("say", "[]"),
        ("say", '{"person": null, "text": "x"}'),
        ("say", '{"person": "x", "text": "x"}'),
        ("say", '{"person": 6200000001, "text": 5}'),
        ("say", '{"person": 6200000001, "photo": {"data_base64": "%"}}'),
        ("say", '{"person": 6200000001, "photo": {"data_base64": "eA=="}}'),
        ("say", '{"person": 6200000001, "album": [1, 2]}'),
        ("say", '{"person": 6200000001, "location": {"latitude": "x"}}'),
        ("say", '{"person": 6200000001, "forward": {"chat": 1}}'),
        ("say", '{"person": 6200000001, "text": "x", "chat": {}}'),
        ("say", '{"person": 6200000001, "text": "x", "reply_to": 99}'),
        ("say", '{"person": 6200000001, "text": "x", "topic": 99}'),
        ("tap", '{"person": 6200000001, "message": 1, "label": "x"}'),
        ("pay", '{"person": 6200000001, "message": 1}'),
        ("pay", '{"person": 6200000001, "link": "x"}'),
        ("choose", '{"person": 6200000001, "result": [], "chat": 6200000001}'),
        ("chats", '{"type": "circle", "title": "x"}'),
        ("chats", '{"type": "group", "title": "x", "members": 5}'),
        ("chats", '{"type": "group", "title": "x", "members": [{}]}'),
        ("chats", '{"type": "group", "title": "x", "is_forum": true}'),
        ("member", '{"person": 6200000001, "act": "dance", "chat": 6200000001}'),
        ("member", '{"person": "bot", "act": "block"}'),
        ("member", '{"person": "bot", "act": "deactivate"}'),
        ("member", '{"person": 6200000001, "act": "join", "chat": 6200000001}'),
        ("join", '{"person": 6200000001, "link": "https://t.me/+x"}'),
        ("pin", '{"person": 6200000001, "message": 99}'),
        ("delete", '{"person": 6200000001, "message": "x"}'),
        ("clock", '{"advance_ms": "soon"}'),
        ("clock", "{}"),
        ("chats", '{"type": "group", "title": "x", "signatures": true}'),
        ("faults", '{"method": "sendMessage", "code": 200}'),
        ("faults", '{"code": 400}'),
        ("edit", '{"person": 6200000001, "message": 1}'),
        ("people", '{"name": ["x"]}'),
        ("topics", '{"person": 6200000001, "chat": 6200000001, "name": "x"}'),
    ],
)
async def test_malformed_calls_are_refused(
    url: str, bot: Bot, ann: "Person", call: str, body: str
) -> None:
    """Whatever is wrong with a control call, the answer is a 4xx with a sentence."""
    async with bot.session.post(f"{url}/control/{call}", data=body) as response:
        assert 400 <= response.status < 500
        assert isinstance((await response.json())["error"], str)


async def test_files_inside_json(ann: "Person") -> None:
    """A file can be given as base64 in JSON, and again by its file_id."""
    document = {"name": "a.txt", "data_base64": base64.b64encode(b"abc").decode()}
    said = await ann.sandbox.say(ann.id, document=document)
    again = await ann.sandbox.say(ann.id, document=said["media"]["file_id"])
    assert (
        again["media"]["name"],
        again["media"]["size"],
        again["media"]["mime"],
    ) == ("a.txt", 3, "text/plain")


async def test_sees_looks_only_ahead(bot: Bot, ann: "Person") -> None:
    """What was seen is not seen again, an edit is, and a complaint shows the chat."""
    sent = await bot.call("sendMessage", chat_id=ann.id, text="one")
    await ann.sees("one")
    with pytest.raises(NotSeen, match="did not see text 'one'"):
        await ann.sees("one", within_s=0.1)
    await bot.call(
        "editMessageText", chat_id=ann.id, message_id=sent["message_id"], text="one more"
    )
    assert (await ann.sees("one"))["edited"]
