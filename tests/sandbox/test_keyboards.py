"""Keyboards under messages and in place of the letters: what is refused and what a tap sends."""

from typing import TYPE_CHECKING, Any

import pytest

from sandbox.client import Refused
from tests.sandbox.bare_bot import Bot

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person

USERS = {"text": "users", "request_users": {"request_id": 7, "max_quantity": 2}}
GROUP: dict[str, Any] = {"request_id": 8, "chat_is_channel": False}
PARSE = "can't parse keyboard button: "
INLINE = "can't parse inline keyboard button: "


async def keys(bot: Bot, chat: int, *buttons: Any, **more: Any) -> int:
    """Shows a reply keyboard of one row; the number of its message."""
    markup = {"keyboard": [list(buttons)], **more}
    sent = await bot.call("sendMessage", chat_id=chat, text="choose", reply_markup=markup)
    return int(sent["message_id"])


async def message_with(bot: Bot, field: str) -> Any:
    while True:
        message = await bot.update("message")
        if field in message:
            return message


async def test_a_contact_is_shared(bot: Bot, ann: "Person") -> None:
    """A tap on request_contact sends the person's own number, always the same."""
    message = await keys(bot, ann.id, {"text": "number", "request_contact": True})
    answer = await ann.sandbox.tap(ann.id, message=message, label="number")
    contact = (await message_with(bot, "contact"))["contact"]
    assert contact == {
        "phone_number": f"+88017{str(ann.id)[-8:]}",
        "first_name": "Ann",
        "user_id": ann.id,
    }
    assert answer["message"]["media"]["kind"] == "contact"


async def test_a_place_is_shared(bot: Bot, ann: "Person") -> None:
    """A tap on request_location sends a place: the one given, or Dhaka."""
    message = await keys(bot, ann.id, {"text": "here", "request_location": True})
    tap: dict[str, Any] = {"message": message, "label": "here"}
    await ann.sandbox.tap(ann.id, **tap)
    assert (await message_with(bot, "location"))["location"]["latitude"] == 23.7806
    await ann.sandbox.tap(ann.id, **tap, location={"latitude": 1, "longitude": 2})
    assert (await message_with(bot, "location"))["location"] == {"latitude": 1, "longitude": 2}


async def test_people_are_shared(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person"
) -> None:
    """request_users sends the chosen persons, with names only when asked for."""
    message = await keys(bot, ann.id, USERS)
    tap: dict[str, Any] = {"message": message, "label": "users"}
    await sandbox.tap(ann.id, **tap)
    shared = (await message_with(bot, "users_shared"))["users_shared"]
    assert shared == {"request_id": 7, "users": [{"user_id": bob.id}]}
    carol = (await sandbox.person("Carol"))["id"]
    for wrong in ([bob.id, carol, ann.id], ["bot", bob.id, carol], [5]):
        with pytest.raises(Refused):
            await sandbox.tap(ann.id, **tap, users=wrong)
    bots = {"request_id": 1, "user_is_bot": True, "request_name": True, "request_username": True}
    message = await keys(bot, ann.id, {"text": "bots", "request_users": bots})
    await sandbox.tap(ann.id, message=message, label="bots")
    users = (await message_with(bot, "users_shared"))["users_shared"]["users"]
    assert users == [{"user_id": 7000000001, "first_name": "GigHaat", "username": "gighaat_bot"}]
    with pytest.raises(Refused):
        await sandbox.tap(ann.id, message=message, label="bots", users=[bob.id])


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ({}, True),
        ({"chat_is_channel": True}, False),
        ({"chat_is_forum": False}, True),
        ({"chat_is_forum": True}, False),
        ({"chat_has_username": True}, False),
        ({"chat_is_created": True}, False),
        ({"bot_is_member": True, "request_title": True}, True),
        ({"user_administrator_rights": {"can_pin_messages": True}}, False),
        ({"bot_administrator_rights": {"can_pin_messages": True}}, False),
    ],
)
async def test_a_chat_is_shared(
    bot: Bot, ann: "Person", group: int, wanted: dict[str, Any], *, fits: bool
) -> None:
    """request_chat takes only a chat of the person that has all that the button asks for."""
    button = {"text": "chat", "request_chat": {**GROUP, **wanted}}
    message = await keys(bot, ann.id, button)
    tapping = ann.sandbox.tap(ann.id, message=message, label="chat", shared_chat=group)
    if not fits:
        with pytest.raises(Refused):
            await tapping
        return
    await tapping
    shared = (await message_with(bot, "chat_shared"))["chat_shared"]
    title = {"title": "Neighbours"} if "request_title" in wanted else {}
    assert shared == {"request_id": 8, "chat_id": group, **title}


async def test_a_poll_is_asked_for(bot: Bot, ann: "Person") -> None:
    """request_poll takes a poll of the kind that the button names."""
    message = await keys(bot, ann.id, {"text": "ask", "request_poll": {"type": "quiz"}})
    poll = {"question": "2 + 2", "options": ["3", "4"], "correct": 1}
    await ann.sandbox.tap(ann.id, message=message, label="ask", poll=poll)
    assert (await message_with(bot, "poll"))["poll"]["type"] == "quiz"


async def test_a_mini_app_only_opens(bot: Bot, ann: "Person") -> None:
    """A web_app button of a reply keyboard sends nothing by itself."""
    app = {"text": "app", "web_app": {"url": "https://example.org/app"}}
    message = await keys(bot, ann.id, app)
    answer = await ann.sandbox.tap(ann.id, message=message, label="app")
    assert (answer["url"], answer["message"]) == ("https://example.org/app", None)


async def test_keys_in_a_group_answer_the_bot(bot: Bot, ann: "Person", group: int) -> None:
    """In a group the label is sent as a reply, so that a bot in privacy mode sees it."""
    message = await keys(bot, group, "Yes")
    await bot.updates()
    await ann.sandbox.tap(ann.id, message=message, chat=group, label="Yes")
    said = await bot.update("message")
    assert (said["text"], said["reply_to_message"]["message_id"]) == ("Yes", message)


@pytest.mark.parametrize(
    ("button", "what"),
    [
        ({"request_contact": True}, "phone number can be requested"),
        ({"request_location": True}, "location can be requested"),
        ({"request_poll": {}}, "poll can be requested"),
        ({"request_users": {"request_id": 1}}, "users can be requested"),
        ({"request_chat": {"request_id": 1, "chat_is_channel": True}}, "chats can be requested"),
        ({"web_app": {"url": "https://example.org"}}, "web App buttons can be used"),
    ],
)
async def test_requests_are_for_private_chats(
    bot: Bot, ann: "Person", group: int, button: dict[str, Any], what: str
) -> None:
    """What a button may ask for in private it may not ask for in a group."""
    markup = {"keyboard": [[{"text": "x", **button}]]}
    await bot.call("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    refusal = await bot.refused("sendMessage", chat_id=group, text="x", reply_markup=markup)
    assert refusal.description == f"Bad Request: {what} in private chats only"


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        ({"force_reply": "yes"}, 'field "force_reply" must be of type Boolean'),
        ({"remove_keyboard": 1}, 'field "remove_keyboard" must be of type Boolean'),
        ({"keyboard": "x"}, 'field "keyboard" must be of type Array'),
        ({"keyboard": [["x"]], "selective": "y"}, 'field "selective" must be of type Boolean'),
        (
            {"keyboard": [[{"text": "x", "request_chat": {"chat_is_channel": True}}]]},
            PARSE + 'Can\'t find field "request_id"',
        ),
        (
            {"keyboard": [[{"text": "x", "request_users": {"request_id": 1, "max_quantity": 11}}]]},
            "BUTTON_QUANTITY_MAX_INVALID",
        ),
        (
            {"keyboard": [[{"text": "x", "request_users": {"request_id": 1, "user_is_bot": 1}}]]},
            PARSE + 'Field "user_is_bot" must be of type Boolean',
        ),
        (
            {"keyboard": [[{"text": "x", "web_app": {"url": "http://example.org"}}]]},
            (
                "keyboard button Web App URL 'http://example.org' is invalid: "
                "Only HTTPS links are allowed"
            ),
        ),
        (
            {"inline_keyboard": [[{"text": "x", "web_app": {"url": "bad"}}]]},
            "inline keyboard button Web App URL 'bad' is invalid: Only HTTPS links are allowed",
        ),
        (
            {"inline_keyboard": [[{"text": "x", "switch_inline_query_chosen_chat": {}}]]},
            "at least one chat type must be allowed",
        ),
        (
            {
                "inline_keyboard": [
                    [{"text": "x", "switch_inline_query_chosen_chat": {"allow_user_chats": 1}}]
                ]
            },
            INLINE + 'Field "allow_user_chats" must be of type Boolean',
        ),
    ],
)
async def test_wrong_keyboards(
    bot: Bot, ann: "Person", markup: dict[str, Any], description: str
) -> None:
    """Flags are booleans, requests whole, mini apps behind HTTPS."""
    refusal = await bot.refused("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert refusal.description == f"Bad Request: {description}"


async def test_channels_take_buttons_only(bot: Bot, sandbox: "Sandbox", bob: "Person") -> None:
    """No reply keyboard in a channel, and no button that writes the bot's name."""
    channel = (await sandbox.chat("channel", title="News", admins=[bob.id]))["id"]
    await sandbox.member("bot", act="promote", chat=channel)

    async def words(markup: dict[str, Any]) -> str:
        call = {"chat_id": channel, "text": "x", "reply_markup": markup}
        return (await bot.refused("sendMessage", **call)).description

    assert await words({"keyboard": [["x"]]}) == "Bad Request: inline keyboard expected"
    button = {"text": "x", "switch_inline_query": ""}
    assert (await words({"inline_keyboard": [[button]]})).startswith(
        "Bad Request: can't use switch_inline_query button in a channel chat"
    )


async def test_an_empty_keyboard_is_none(bot: Bot, ann: "Person") -> None:
    """A keyboard without buttons is left away, as TDLib does."""
    empty: list[dict[str, Any]] = [{"keyboard": []}, {"keyboard": [[]]}, {"inline_keyboard": [[]]}]
    for markup in empty:
        await bot.call("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert [one["keyboard"] for one in await ann.messages()] == [None] * 4


async def test_a_selective_keyboard(bot: Bot, ann: "Person", bob: "Person", group: int) -> None:
    """It is shown to whom the bot answers or mentions; in private to the person there."""
    said = await ann.at(group).says("/menu")
    markup = {"keyboard": [["x"]], "selective": True, "one_time_keyboard": True}
    reply = {"reply_parameters": {"message_id": said["id"]}, "reply_markup": markup}
    await bot.call("sendMessage", chat_id=group, text="for you", **reply)
    await bot.call("sendMessage", chat_id=group, text="hi @bob", reply_markup=markup)
    await bot.call("sendMessage", chat_id=ann.id, text="here", reply_markup=markup)
    hers = [bool(one["keyboard"]) for one in await ann.at(group).messages()][-2:]
    his = [bool(one["keyboard"]) for one in await bob.at(group).messages()][-2:]
    assert (hers, his) == ([True, False], [False, True])
    assert (await ann.messages())[-1]["keyboard"] == markup | {"keyboard": [[{"text": "x"}]]}


@pytest.mark.parametrize("markup", [{"remove_keyboard": True}, {"force_reply": True}])
async def test_other_markup_is_shown(bot: Bot, ann: "Person", markup: dict[str, Any]) -> None:
    """The page gets the removal of a keyboard and a forced reply as the bot sent them."""
    await bot.call("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    assert (await ann.messages())[-1]["keyboard"] == markup


async def test_switching_to_inline(bot: Bot, ann: "Person") -> None:
    """The app learns what to write and into which kinds of chats."""
    chosen = {"query": "gig 5", "allow_group_chats": True, "allow_user_chats": True}
    row: list[dict[str, Any]] = [
        {"text": "share", "switch_inline_query_chosen_chat": chosen},
        {"text": "here", "switch_inline_query_current_chat": "q"},
        {"text": "there", "switch_inline_query": ""},
        {"text": "copy", "copy_text": {"text": "G-5"}},
    ]
    markup = {"inline_keyboard": [row]}
    await bot.call("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    share, here, there, copy = [await ann.taps(button["text"]) for button in row]
    assert share["switch_inline"] == "gig 5"
    assert share["switch_inline_chats"] == {
        "users": True,
        "bots": False,
        "groups": True,
        "channels": False,
    }
    assert (here["switch_inline"], here["switch_inline_current"]) == ("q", True)
    assert (there["switch_inline"], there["switch_inline_chats"]) == ("", None)
    assert copy["copy_text"] == "G-5"
