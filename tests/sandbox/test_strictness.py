"""Wrong calls get Telegram's refusal, word for word: the table of reference, and more."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.methods import HANDLERS
from sandbox.schema import raw
from tests.sandbox.bare_bot import TOKEN, Bot, Refusal

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person

OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"
MARKUP = "can't parse inline keyboard button: "


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


def bad(description: str) -> Refusal:
    return Refusal(400, f"Bad Request: {description}")


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"text": ""}, "message text is empty"),
        ({}, "message text is empty"),
        ({"text": "   \n "}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "x", "parse_mode": "XML"}, "unsupported parse_mode"),
        ({"text": "x", "message_thread_id": 77}, "message thread not found"),
        (
            {"text": "x", "reply_parameters": {"message_id": 999}},
            "message to be replied not found",
        ),
        ({"text": "x", "reply_to_message_id": 999}, "message to be replied not found"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
        ({"text": "x", "reply_markup": [1]}, "object expected as reply markup"),
    ],
)
async def test_wrong_messages(
    bot: Bot, ann: "Person", params: dict[str, Any], description: str
) -> None:
    """SendMessage refuses each of these with Telegram's words."""
    assert bad(description) == await bot.refused("sendMessage", chat_id=ann.id, **params)


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"text": "x", "callback_data": "d" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "অ" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": "x"}, MARKUP + "Text buttons are unallowed in the inline keyboard"),
        (
            {"text": "x", "callback_data": "a", "url": "https://example.org"},
            MARKUP + "exactly one action must be specified",
        ),
        ({"callback_data": "a"}, MARKUP + 'Can\'t find field "text"'),
        ({"text": " ", "callback_data": "a"}, "inline keyboard button text must be non-empty"),
        ({"text": "x", "callback_data": "a", "style": "pink"}, MARKUP + "invalid style"),
        (
            {"text": "x", "url": "not a link"},
            "inline keyboard button URL 'not a link' is invalid: Wrong HTTP URL",
        ),
        ({"text": "x", "pay": True}, "BUTTON_TYPE_INVALID"),
        ({"text": "x", "copy_text": {"text": "y" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
    ],
)
async def test_wrong_buttons(
    bot: Bot, ann: "Person", button: dict[str, Any], description: str
) -> None:
    """A button needs a text and exactly one action within its limits."""
    refusal = await bot.refused(
        "sendMessage", chat_id=ann.id, text="x", reply_markup=keyboard(button)
    )
    assert bad(description) == refusal


async def test_web_app_buttons_are_for_private_chats(bot: Bot, ann: "Person", group: int) -> None:
    """A web_app button is accepted in private and refused in a group."""
    markup = keyboard({"text": "x", "web_app": {"url": "https://example.org"}})
    await bot.call("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    refusal = await bot.refused("sendMessage", chat_id=group, text="x", reply_markup=markup)
    assert bad("BUTTON_TYPE_INVALID") == refusal


async def test_limits_that_just_hold(bot: Bot, ann: "Person") -> None:
    """64 bytes of data, 4096 units of text after parsing and 100 buttons are accepted."""
    text = "<b>" + "x" * 4096 + "</b>"
    rows = [[{"text": str(n), "callback_data": "d" * 64}] for n in range(100)]
    sent = await bot.call(
        "sendMessage",
        chat_id=ann.id,
        text=text,
        parse_mode="HTML",
        reply_markup=json.dumps({"inline_keyboard": rows}),
    )
    assert len(sent["reply_markup"]["inline_keyboard"]) == 100


async def test_chats_that_cannot_be_written_to(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person"
) -> None:
    """Unknown, never started, blocked, foreign and lost chats each have their refusal."""

    async def refused(chat: Any) -> Refusal:
        return await bot.refused("sendMessage", chat_id=chat, text="x")

    foreign = await sandbox.chat(
        "supergroup", title="Foreign", username="foreign", members=[ann.id]
    )
    channel = await sandbox.chat("channel", title="News", username="news", admins=[ann.id])
    await sandbox.member(ann.id, act="block")
    assert bad("chat_id is empty") == await refused("")
    assert bad("chat not found") == await refused(12345)
    assert bad("chat not found") == await refused("@nobody")
    assert Refusal(403, "Forbidden: bot can't initiate conversation with a user") == (
        await refused(bob.id)
    )
    assert Refusal(403, "Forbidden: bot was blocked by the user") == await refused(ann.id)
    hidden = await sandbox.chat("supergroup", title="Hidden", members=[ann.id])
    assert bad("chat not found") == await refused(hidden["id"])
    assert Refusal(403, "Forbidden: bot is not a member of the supergroup chat") == (
        await refused(foreign["id"])
    )
    assert Refusal(403, "Forbidden: bot is not a member of the channel chat") == (
        await refused(channel["id"])
    )
    await sandbox.member("bot", act="join", chat=foreign["id"])
    await sandbox.member("bot", act="kick", chat=foreign["id"])
    assert Refusal(403, "Forbidden: bot was kicked from the supergroup chat") == (
        await refused(foreign["id"])
    )


async def test_edits_that_cannot_be(bot: Bot, ann: "Person") -> None:
    """Unchanged, unknown, foreign and textless messages cannot be edited."""
    markup = keyboard({"text": "x", "callback_data": "a"})
    sent = await bot.call("sendMessage", chat_id=ann.id, text="same", reply_markup=markup)
    place = {"chat_id": ann.id, "message_id": sent["message_id"]}
    unchanged = await bot.refused("editMessageText", **place, text=" same ", reply_markup=markup)
    assert unchanged.description.startswith("Bad Request: message is not modified: specified new")
    same_keyboard = await bot.refused("editMessageReplyMarkup", **place, reply_markup=markup)
    assert unchanged == same_keyboard
    missing = await bot.refused("editMessageText", chat_id=ann.id, message_id=999, text="y")
    assert bad("message to edit not found") == missing
    foreign = await bot.refused("editMessageText", chat_id=ann.id, message_id=1, text="y")
    assert bad("message can't be edited") == foreign
    assert bad("message identifier is not specified") == (
        await bot.refused("editMessageText", chat_id=ann.id, text="y")
    )


async def test_an_edit_without_keyboard_removes_it(bot: Bot, ann: "Person") -> None:
    """EditMessageText without reply_markup leaves a message without buttons."""
    markup = keyboard({"text": "x", "callback_data": "a"})
    sent = await bot.call("sendMessage", chat_id=ann.id, text="one", reply_markup=markup)
    edited = await bot.call(
        "editMessageText", chat_id=ann.id, message_id=sent["message_id"], text="one"
    )
    assert "reply_markup" not in edited


async def test_deleting_and_forwarding_the_unknown(bot: Bot, ann: "Person") -> None:
    """Messages that are not there cannot be deleted, copied, forwarded or pinned."""
    place = {"chat_id": ann.id, "from_chat_id": ann.id, "message_id": 999}
    expected = {
        "deleteMessage": "message to delete not found",
        "copyMessage": "message to copy not found",
        "forwardMessage": "message to forward not found",
        "pinChatMessage": "message to pin not found",
        "setMessageReaction": "message to react not found",
    }
    found = {method: await bot.refused(method, **place) for method in expected}
    assert {method: bad(words) for method, words in expected.items()} == found


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("answerCallbackQuery", {"callback_query_id": "1"}),
        ("answerInlineQuery", {"inline_query_id": "1", "results": []}),
        ("answerPreCheckoutQuery", {"pre_checkout_query_id": "1", "ok": True}),
    ],
)
async def test_answers_to_unknown_queries(bot: Bot, method: str, params: dict[str, Any]) -> None:
    """A query that was never asked cannot be answered."""
    assert bad(OLD_QUERY) == await bot.refused(method, **params)


@pytest.mark.parametrize("forbidden_lint", [frozenset()])
async def test_unknown_methods_and_tokens(
    bot: Bot, url: str, forbidden_lint: frozenset[str]
) -> None:
    """Unknown methods are 404, methods without a model 501, foreign tokens 401."""
    assert Refusal(404, "Not Found: method not found") == await bot.refused("sendNothing")
    assert Refusal(501, "Not modelled by the sandbox: sendGame") == await bot.refused("sendgame")
    async with bot.session.get(f"{url}/bot1:other/getMe") as response:
        expected = {"ok": False, "error_code": 401, "description": "Unauthorized"}
        assert (401, expected) == (response.status, await response.json())


async def test_half_a_letter_is_no_text(bot: Bot, ann: "Person", url: str) -> None:
    """Half of a surrogate pair is refused, in the body and inside a parameter that is JSON."""
    address = f"{url}/bot{TOKEN}/sendMessage"
    body = f'{{"chat_id": {ann.id}, "text": "\\ud83d"}}'
    headers = {"Content-Type": "application/json"}
    async with bot.session.post(address, data=body, headers=headers) as response:
        answer = await response.json()
    assert answer["description"] == "Bad Request: strings must be encoded in UTF-8"
    wrong = await bot.refused(
        "sendMessage", chat_id=ann.id, text="x", reply_markup='{"a": "\\ud83d"}'
    )
    assert bad("can't parse reply keyboard markup JSON object") == wrong


async def test_deleting_is_for_two_days(bot: Bot, ann: "Person", world: Any) -> None:
    """A message of two days ago can no longer be deleted."""
    sent = await bot.call("sendMessage", chat_id=ann.id, text="x")
    now = world.clock
    world.clock = lambda: now() + 48 * 3600 + 1
    refusal = await bot.refused("deleteMessage", chat_id=ann.id, message_id=sent["message_id"])
    assert bad("message can't be deleted for everyone") == refusal


ODD: tuple[Any, ...] = (
    None,
    "",
    "x",
    -1,
    10**20,
    [],
    [None],
    [[]],
    {},
    {"type": 5},
    True,
    "a" * 5000,
)


@pytest.mark.parametrize("value", ODD, ids=[str(value)[:12] for value in ODD])
async def test_odd_values_are_refused_and_never_break(bot: Bot, ann: "Person", value: Any) -> None:
    """Whatever stands in a parameter, each method answers with Telegram's envelope."""
    for method in raw()["methods"].values():
        if method["name"].lower() not in HANDLERS.keys() - {"getupdates", "setwebhook"}:
            continue
        fields = method.get("fields", [])
        params = {field["name"]: value for field in fields} | {"chat_id": ann.id, "text": "x"}
        answer = await bot.raw(method["name"], **params)
        assert answer["ok"] or answer["error_code"] in {400, 403, 404}, (method["name"], answer)
