"""Channels: posts of people and of the bot, albums, signatures, forwards, and who hears of them."""

from typing import TYPE_CHECKING, Any

import pytest

from sandbox.client import Refused
from tests.sandbox.bare_bot import Bot, Refusal
from tests.sandbox.images import png

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person


@pytest.fixture
async def channel(sandbox: "Sandbox", ann: "Person", bob: "Person") -> int:
    """A signed channel of Bob's that Ann reads; the bot is an administrator."""
    made = await sandbox.chat(
        "channel", title="News", admins=[bob.id, "bot"], members=[ann.id], signatures=True
    )
    return int(made["id"])


async def test_posts_of_people(
    bot: Bot, sandbox: "Sandbox", bob: "Person", ann: "Person", channel: int
) -> None:
    """Posts and their edits come in the channel's name, signed; readers cannot write or edit."""
    await bot.updates()
    posted = await bob.at(channel).says("news")
    post = await bot.update("channel_post")
    assert (channel, "Bob", "news") == (
        post["sender_chat"]["id"],
        post["author_signature"],
        post["text"],
    )
    assert "from" not in post
    await sandbox.edit(bob.id, chat=channel, message=posted["id"], text="old news")
    edited = await bot.update("edited_channel_post")
    assert (edited["text"], "edit_date" in edited) == ("old news", True)
    with pytest.raises(Refused, match="only administrators post"):
        await ann.at(channel).says("me too")
    with pytest.raises(Refused, match="only the author"):
        await sandbox.edit(ann.id, chat=channel, message=posted["id"], text="hers")
    assert channel == (await ann.at(channel).messages())[0]["from"]["id"]


async def test_posts_of_the_bot(bot: Bot, ann: "Person", channel: int) -> None:
    """They are the channel's as well, signed with the bot's name; no update tells of them."""
    await bot.updates()
    sent = await bot.call("sendMessage", chat_id=channel, text="a gig")
    assert (sent["sender_chat"]["title"], sent["author_signature"]) == ("News", "GigHaat")
    assert "from" not in sent
    place = {"chat_id": channel, "message_id": sent["message_id"]}
    edited = await bot.call("editMessageText", **place, text="a better gig")
    assert edited["text"] == "a better gig"
    await ann.at(channel).sees("a better gig")
    assert await bot.updates() == []


async def test_an_edit_of_the_bot_s_post_by_a_person_is_told(
    bot: Bot, sandbox: "Sandbox", bob: "Person", channel: int
) -> None:
    """Bob may edit what the bot posted; the bot hears of it."""
    sent = await bot.call("sendMessage", chat_id=channel, text="a gig")
    await sandbox.edit(bob.id, chat=channel, message=sent["message_id"], text="Bob's gig")
    assert (await bot.update("edited_channel_post"))["text"] == "Bob's gig"


async def test_albums_of_both_sides(bot: Bot, bob: "Person", ann: "Person", channel: int) -> None:
    """An album in a channel is one group of posts, whoever sends it."""
    await bot.updates()
    await bob.at(channel).uploads("album", files={"a.png": png(), "b.png": png()})
    posts = [one["channel_post"] for one in await bot.updates()]
    assert (len(posts), len({one["media_group_id"] for one in posts})) == (2, 1)
    file_id = posts[0]["photo"][-1]["file_id"]
    media = [{"type": "photo", "media": file_id} for _ in range(3)]
    sent = await bot.call("sendMediaGroup", chat_id=channel, media=media)
    assert {channel} == {one["sender_chat"]["id"] for one in sent}
    albums = {one["album"] for one in await ann.at(channel).messages()}
    assert {posts[0]["media_group_id"], sent[0]["media_group_id"]} == albums


async def test_a_forwarded_post_names_its_channel(
    bot: Bot, sandbox: "Sandbox", bob: "Person", ann: "Person", channel: int
) -> None:
    """Forwards of people and of the bot have the channel, the post's number and its signature."""
    posted = await bob.at(channel).says("news")
    await sandbox.say(ann.id, forward={"chat": channel, "message": posted["id"]})
    message: dict[str, Any] = await bot.update("message")
    while "forward_origin" not in message:
        message = await bot.update("message")
    sent = await bot.call(
        "forwardMessage", chat_id=ann.id, from_chat_id=channel, message_id=posted["id"]
    )
    for origin in (message["forward_origin"], sent["forward_origin"]):
        assert ("channel", channel, posted["id"], "Bob") == (
            origin["type"],
            origin["chat"]["id"],
            origin["message_id"],
            origin["author_signature"],
        )
    place = {"chat_id": ann.id, "message_id": sent["message_id"]}
    refusal = await bot.refused("editMessageText", **place, text="x")
    assert Refusal(400, "Bad Request: message can't be edited") == refusal


async def test_pins_in_a_channel(bot: Bot, sandbox: "Sandbox", bob: "Person", channel: int) -> None:
    """A pin is told as a channel post without an author, whoever pins."""
    posted = await bob.at(channel).says("news")
    await bot.updates()
    await sandbox.pin(bob.id, chat=channel, message=posted["id"])
    post = await bot.update("channel_post")
    assert (posted["id"], channel) == (
        post["pinned_message"]["message_id"],
        post["sender_chat"]["id"],
    )
    await bot.call("unpinAllChatMessages", chat_id=channel)
    assert "pinned_message" not in await bot.call("getChat", chat_id=channel)


async def test_a_channel_says_what_it_is(bot: Bot, sandbox: "Sandbox", bob: "Person") -> None:
    """What getChat shows: the description and the public name, no permissions of members."""
    made = await sandbox.chat(
        "channel", title="News", username="news", description="All of it", admins=[bob.id, "bot"]
    )
    shown = await bot.call("getChat", chat_id=made["id"])
    assert (shown["description"], shown["active_usernames"]) == ("All of it", ["news"])
    assert "permissions" not in shown
    assert (made["description"], made["username"]) == ("All of it", "news")
