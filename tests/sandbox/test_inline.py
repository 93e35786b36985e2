"""Inline mode: queries and their cache, every kind of result, choices, and prepared messages."""

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.client import Refused
from sandbox.methods.inline_results import forms
from tests.sandbox.bare_bot import Bot
from tests.sandbox.images import png

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person

KEYBOARD = {"inline_keyboard": [[{"text": "Open", "callback_data": "o"}]]}
ARTICLE = {
    "type": "article",
    "id": "1",
    "title": "Logo",
    "input_message_content": {"message_text": "<b>Logo</b>", "parse_mode": "HTML"},
}
INVOICE = {
    "title": "Logo",
    "description": "A logo",
    "payload": "p",
    "currency": "XTR",
    "prices": [{"label": "Logo", "amount": 5}],
}
ALLOWED = {"allow_user_chats": True, "allow_group_chats": True}
PARSE = "can't parse inline query result: "


async def offer(bot: Bot, ann: "Person", *results: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Ann asks, the bot answers with these results; what Ann sees."""
    where = {name: more.pop(name) for name in ("query", "offset", "chat") if name in more}
    asking = asyncio.ensure_future(ann.sandbox.inline(ann.id, **{"query": "", **where}))
    query = await bot.update("inline_query")
    await bot.call("answerInlineQuery", inline_query_id=query["id"], results=results, **more)
    return await asking


async def refused_result(bot: Bot, ann: "Person", result: Any) -> str:
    asking = asyncio.ensure_future(ann.sandbox.inline(ann.id, query="x"))
    query = await bot.update("inline_query")
    call = {"inline_query_id": query["id"], "results": [result]}
    refusal = await bot.refused("answerInlineQuery", **call)
    asking.cancel()
    return refusal.description.removeprefix("Bad Request: ")


async def test_a_query_says_where_it_was_written(
    bot: Bot, sandbox: "Sandbox", ann: "Person", group: int
) -> None:
    """The kind of the chat and the offset of the page stand in the update."""
    kinds = {group: "supergroup", ann.id: "sender"}
    for chat, kind in kinds.items():
        asking = asyncio.ensure_future(sandbox.inline(ann.id, query=f"in {kind}", chat=chat))
        query = await bot.update("inline_query")
        assert (query["query"], query["offset"], query["chat_type"]) == (f"in {kind}", "", kind)
        await bot.call("answerInlineQuery", inline_query_id=query["id"], results=[])
        await asking
    with pytest.raises(Refused):
        await sandbox.inline(ann.id, query="x" * 257)


async def test_results_come_in_pages(bot: Bot, ann: "Person") -> None:
    """next_offset leads to the next page, and results of both can be chosen."""
    first = await offer(bot, ann, ARTICLE, query="q", next_offset="50")
    assert first["next_offset"] == "50"
    asking = asyncio.ensure_future(ann.sandbox.inline(ann.id, query="q", offset="50"))
    query = await bot.update("inline_query")
    assert query["offset"] == "50"
    more = [{**ARTICLE, "id": str(number)} for number in range(2, 52)]
    await bot.call("answerInlineQuery", inline_query_id=query["id"], results=more)
    assert (len((await asking)["results"]), (await asking)["next_offset"]) == (50, "")
    for result in ("1", "51"):
        await ann.sandbox.choose(ann.id, result=result, chat=ann.id)
        assert (await bot.update("chosen_inline_result"))["result_id"] == result


async def test_answers_are_cached_for_all(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person"
) -> None:
    """For five minutes the same query is answered without the bot, to other people too."""
    await offer(bot, ann, ARTICLE, query="logo")
    shown = await sandbox.inline(bob.id, query="logo")
    assert (shown["cached"], [one["id"] for one in shown["results"]]) == (True, ["1"])
    await bob.says("/start")
    assert (await sandbox.choose(bob.id, result="1", chat=bob.id))["text"] == "Logo"
    await sandbox.post("clock", advance_ms=300_000)
    assert not (await offer(bot, ann, ARTICLE, query="logo"))["cached"]


async def test_personal_answers_and_no_cache(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person"
) -> None:
    """is_personal keeps an answer to one person, cache_time 0 keeps none."""
    await offer(bot, ann, ARTICLE, query="mine", is_personal=True)
    assert (await sandbox.inline(ann.id, query="mine"))["cached"]
    assert not (await offer(bot, bob, ARTICLE, query="mine"))["cached"]
    await offer(bot, ann, ARTICLE, query="new", cache_time=0)
    assert not (await offer(bot, ann, ARTICLE, query="new"))["cached"]


async def test_the_button_over_the_results(bot: Bot, ann: "Person") -> None:
    """It is shown with its start parameter."""
    button = {"text": "Sign in", "start_parameter": "sign-in"}
    assert (await offer(bot, ann, button=button))["button"] == button


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"start_parameter": "x"}, "can't parse inline query results button: Can't find field"),
        ({"text": "x"}, "can't parse inline query results button: InlineQueryResultsButton must"),
        ({"text": "x", "start_parameter": ""}, "can't use empty start_parameter"),
        ({"text": "x", "start_parameter": "x" * 65}, "too long start_parameter specified"),
        ({"text": "x", "start_parameter": "a b"}, "unallowed characters in start_parameter"),
        ({"text": "x", "web_app": {"url": "http://x.org"}}, "inline query results button Web App"),
    ],
)
async def test_wrong_buttons_over_results(
    bot: Bot, ann: "Person", button: dict[str, Any], description: str
) -> None:
    """A button has a text and exactly one destination."""
    asking = asyncio.ensure_future(ann.sandbox.inline(ann.id, query="x"))
    query = await bot.update("inline_query")
    call = {"inline_query_id": query["id"], "results": [], "button": button}
    refusal = await bot.refused("answerInlineQuery", **call)
    assert refusal.description.startswith(f"Bad Request: {description}")
    asking.cancel()


async def test_every_type_has_its_forms() -> None:
    """The kinds of results and their fields are those of the data."""
    assert set(forms()) == {
        "article", "audio", "contact", "document", "game", "gif", "location", "mpeg4_gif",
        "photo", "sticker", "venue", "video", "voice",
    }  # fmt: skip
    assert {form.file for form in forms()["photo"]} == {"photo_file_id", "photo_url"}


@pytest.mark.parametrize(
    ("content", "kind", "value"),
    [
        ({"message_text": "hi"}, "text", "hi"),
        (
            {"phone_number": "+880", "first_name": "A"},
            "contact",
            {"phone_number": "+880", "first_name": "A"},
        ),
        ({"latitude": 1, "longitude": 2}, "location", {"latitude": 1.0, "longitude": 2.0}),
    ],
)
async def test_contents_of_a_result(
    bot: Bot, ann: "Person", content: dict[str, Any], kind: str, value: Any
) -> None:
    """A result may become a text, a contact or a place."""
    await offer(bot, ann, {**ARTICLE, "input_message_content": content})
    await bot.updates()
    await ann.sandbox.choose(ann.id, result="1", chat=ann.id)
    message = await bot.update("message")
    assert (message[kind], message["via_bot"]["id"]) == (value, 7000000001)


async def test_a_venue_and_an_invoice(bot: Bot, ann: "Person") -> None:
    """A venue is shown as a location too; an invoice gets its Pay button and can be paid."""
    venue = {"latitude": 1, "longitude": 2, "title": "Shop", "address": "Dhaka"}
    results: list[dict[str, Any]] = [
        {"type": "venue", "id": "1", **venue},
        {**ARTICLE, "id": "2", "input_message_content": INVOICE},
    ]
    await offer(bot, ann, *results)
    await bot.updates()
    shown = await ann.sandbox.choose(ann.id, result="1", chat=ann.id)
    assert (shown["media"]["kind"], shown["media"]["title"]) == ("venue", "Shop")
    assert "location" in await bot.update("message")
    invoice = await ann.sandbox.choose(ann.id, result="2", chat=ann.id)
    assert (invoice["invoice"]["amount"], invoice["buttons"][0][0]["pay"]) == (5, True)


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("photo", "photo"),
        ("document", "document"),
        ("video", "video"),
        ("audio", "audio"),
        ("voice", "voice"),
        ("sticker", "sticker"),
        ("gif", "animation"),
        ("mpeg4_gif", "animation"),
    ],
)
async def test_cached_files_are_sent(bot: Bot, ann: "Person", kind: str, field: str) -> None:
    """Every kind of cached file becomes a message of that kind, with a picture to look at."""
    said = await ann.uploads(field, files={"a.png": png()})
    name = {"mpeg4_gif": "mpeg4"}.get(kind, kind)
    result = {"type": kind, "id": "1", f"{name}_file_id": said["media"]["file_id"], "title": "T"}
    shown = await offer(bot, ann, {**result, "caption": "<i>c</i>", "parse_mode": "HTML"})
    assert shown["results"][0]["thumbnail"] == said["media"]["url"]
    chosen = await ann.sandbox.choose(ann.id, result="1", chat=ann.id)
    assert (chosen["media"]["kind"], chosen["text"]) == (field, "c")


@pytest.mark.parametrize(
    ("result", "description"),
    [
        ({"id": "1"}, PARSE + 'Can\'t find field "type"'),
        ({"type": "article", "title": "x"}, PARSE + 'Can\'t find field "id"'),
        ({**ARTICLE, "id": ""}, "RESULT_ID_EMPTY"),
        ({"type": "article", "id": "1", "input_message_content": {}}, PARSE + "Can't find field"),
        ({"type": "article", "id": "1", "title": "x"}, PARSE + "Can't find field"),
        ({**ARTICLE, "input_message_content": {}}, PARSE + "Input message content is not"),
        ({"type": "photo", "id": "1"}, PARSE + "Can't find field"),
        ({"type": "venue", "id": "1", "latitude": 1}, PARSE + "Can't find field"),
        (
            {"type": "photo", "id": "1", "photo_file_id": "x"},
            "wrong",
        ),
        (
            {
                "type": "photo",
                "id": "1",
                "photo_url": "https://x.org/a.jpg",
                "thumbnail_url": "https://x.org/b.jpg",
            },
            "failed to get HTTP URL content",
        ),
        ({**ARTICLE, "reply_markup": {"keyboard": [["x"]]}}, "inline keyboard expected"),
        (
            {
                **ARTICLE,
                "reply_markup": {
                    "inline_keyboard": [[{"text": "x", "web_app": {"url": "https://x.org"}}]]
                },
            },
            "BUTTON_TYPE_INVALID",
        ),
    ],
)
async def test_wrong_results(
    bot: Bot, ann: "Person", result: dict[str, Any], description: str
) -> None:
    """A result lacks nothing that the data requires, and its keyboard fits any chat."""
    assert (await refused_result(bot, ann, result)).startswith(description)


@pytest.mark.parametrize("forbidden_lint", [frozenset()])
async def test_games_are_not_modelled(
    bot: Bot, ann: "Person", forbidden_lint: frozenset[str]
) -> None:
    """A game among the results answers the sandbox's own error."""
    game = {"type": "game", "id": "1", "game_short_name": "g"}
    assert (await refused_result(bot, ann, game)).startswith("Not modelled by the sandbox")


async def test_a_chosen_message_is_edited(
    bot: Bot, sandbox: "Sandbox", ann: "Person", group: int
) -> None:
    """With a keyboard a choice can be edited by its inline id, but takes no new file."""
    said = await ann.uploads("photo", files={"a.png": png()})
    await offer(bot, ann, {**ARTICLE, "reply_markup": KEYBOARD})
    shown = await sandbox.choose(ann.id, result="1", chat=group)
    inline_id = (await bot.update("chosen_inline_result"))["inline_message_id"]
    place = {"inline_message_id": inline_id, "reply_markup": KEYBOARD}
    assert await bot.call("editMessageText", **place, text="sold") is True
    assert (await ann.at(group).messages())[-1]["text"] == "sold"
    media = {"type": "photo", "media": "attach://new"}
    refusal = await bot.refused("editMessageMedia", **place, media=media)
    assert refusal.description == "Bad Request: invalid message content specified"
    known = {"type": "photo", "media": said["media"]["file_id"]}
    assert await bot.call("editMessageMedia", **place, media=known) is True
    tapping = asyncio.ensure_future(
        sandbox.tap(ann.id, message=shown["id"], chat=group, label="Open")
    )
    query = await bot.update("callback_query")
    assert (query["inline_message_id"], "message" in query) == (inline_id, False)
    await bot.call("answerCallbackQuery", callback_query_id=query["id"])
    await tapping


async def test_choices_need_a_place(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person"
) -> None:
    """A result that was not offered, or a chat where the person may not write, is refused."""
    channel = (await sandbox.chat("channel", title="News", admins=[bob.id], members=[ann.id]))["id"]
    await offer(bot, ann, ARTICLE)
    for result, chat, code in (("9", ann.id, 404), ("1", channel, 403)):
        with pytest.raises(Refused) as refused:
            await sandbox.choose(ann.id, result=result, chat=chat)
        assert refused.value.code == code


async def test_a_prepared_message_is_shared(
    bot: Bot, sandbox: "Sandbox", ann: "Person", group: int
) -> None:
    """The person sees it and sends it, more than once, where the bot allowed it."""
    result = {**ARTICLE, "reply_markup": KEYBOARD}
    ready = await bot.call("savePreparedInlineMessage", user_id=ann.id, result=result, **ALLOWED)
    shown = await sandbox.get("prepared", person=ann.id, id=ready["id"])
    assert (shown["title"], shown["message"]["text"]) == ("Logo", "Logo")
    assert shown["chats"] == {"users": True, "bots": False, "groups": True, "channels": False}
    assert [one["id"] for one in await sandbox.get("prepared", person=ann.id)] == [ready["id"]]
    await bot.updates()
    for _ in range(2):
        sent = await sandbox.post("share", person=ann.id, prepared=ready["id"], chat=group)
        assert (sent["from"]["id"], sent["via_bot"]) == (ann.id, "gighaat_bot")
    assert (await bot.update("message"))["via_bot"]["id"] == 7000000001
    with pytest.raises(Refused) as refused:
        await sandbox.post("share", person=ann.id, prepared=ready["id"], chat=ann.id)
    assert refused.value.code == 403


async def test_prepared_messages_are_for_one_person_and_a_day(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person"
) -> None:
    """Nobody else sees a prepared message, and after its end nobody does."""
    call = {"user_id": ann.id, "result": ARTICLE, "allow_bot_chats": True}
    ready = await bot.call("savePreparedInlineMessage", **call)
    await sandbox.post("share", person=ann.id, prepared=ready["id"], chat=ann.id)
    assert await sandbox.get("prepared", person=bob.id) == []
    await sandbox.post("clock", advance_ms=86_400_000)
    for person in (ann, bob):
        with pytest.raises(Refused) as refused:
            await sandbox.get("prepared", person=person.id, id=ready["id"])
        assert refused.value.code == 404


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"result": ARTICLE}, "at least one chat type must be allowed"),
        ({"result": {}, **ALLOWED}, 'can\'t find field "type"'),
        ({"result": ARTICLE, **ALLOWED, "user_id": 0}, "invalid user_id specified"),
        ({"result": ARTICLE, **ALLOWED, "user_id": 5}, "user not found"),
        ({"result": {**ARTICLE, "id": "x" * 65}, **ALLOWED}, "RESULT_ID_INVALID"),
    ],
)
async def test_wrong_prepared_messages(
    bot: Bot, ann: "Person", params: dict[str, Any], description: str
) -> None:
    """A prepared message needs a person, a whole result and a kind of chat."""
    refusal = await bot.refused("savePreparedInlineMessage", **{"user_id": ann.id, **params})
    assert refusal.description == f"Bad Request: {description}"
