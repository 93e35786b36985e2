"""Groups, channels, topics: rights, privacy, threads, service messages and membership."""

from typing import TYPE_CHECKING, Any

import pytest

from sandbox.client import Refused
from tests.sandbox.bare_bot import Bot, Refusal

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person


def bad(description: str) -> Refusal:
    return Refusal(400, f"Bad Request: {description}")


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [one["message"]["text"] for one in updates if "text" in one.get("message", {})]


async def test_privacy_hides_what_is_not_meant_for_the_bot(
    bot: Bot, ann: "Person", group: int
) -> None:
    """A plain member sees commands, mentions, replies to it and nothing else people say."""
    here = ann.at(group)
    sent = await bot.call("sendMessage", chat_id=group, text="hello all")
    await bot.updates()
    await here.says("chatter")
    await here.says("/help")
    await here.says("/help@other_bot")
    await here.says("/help@gighaat_bot")
    await here.says("ask @gighaat_bot about it")
    await here.says("indeed", reply_to=sent["message_id"])
    expected = ["/help", "/help@gighaat_bot", "ask @gighaat_bot about it", "indeed"]
    assert expected == texts(await bot.updates())


async def test_an_administrator_sees_everything(bot: Bot, ann: "Person", forum: int) -> None:
    """Privacy mode does not hold for a bot that is an administrator."""
    await bot.updates()
    await ann.at(forum).says("chatter")
    assert texts(await bot.updates()) == ["chatter"]


async def test_adding_and_promoting_the_bot_is_told(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person"
) -> None:
    """Joining, promotion and removal arrive as my_chat_member with the old and the new state."""
    chat = await sandbox.chat("supergroup", title="New", members=[ann.id], admins=[bob.id])
    await bot.updates()
    for act in ("join", "promote", "demote", "kick"):
        await sandbox.member("bot", act=act, chat=chat["id"])
    changes = [one["my_chat_member"] for one in await bot.updates() if "my_chat_member" in one]
    states = [
        (one["old_chat_member"]["status"], one["new_chat_member"]["status"]) for one in changes
    ]
    assert states == [
        ("left", "member"),
        ("member", "administrator"),
        ("administrator", "member"),
        ("member", "kicked"),
    ]
    assert bob.id == changes[0]["from"]["id"]


async def test_blocking_is_told(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """Blocking and unblocking arrive as my_chat_member of the private chat."""
    await bot.updates()
    await sandbox.member(ann.id, act="block")
    with pytest.raises(Refused, match="unblock it first"):
        await ann.says("hello?")
    await sandbox.member(ann.id, act="unblock")
    changes = [one["my_chat_member"] for one in await bot.updates()]
    assert [one["new_chat_member"]["status"] for one in changes] == ["kicked", "member"]
    assert {"private"} == {one["chat"]["type"] for one in changes}


async def test_a_topic_from_beginning_to_end(bot: Bot, ann: "Person", forum: int) -> None:
    """Messages of a topic carry its number; a closed one refuses; a deleted one is gone."""
    topic = await bot.call("createForumTopic", chat_id=forum, name="Design")
    thread = topic["message_thread_id"]
    place = {"chat_id": forum, "message_thread_id": thread}
    sent = await bot.call("sendMessage", **place, text="new gig")
    assert (thread, True) == (sent["message_thread_id"], sent["is_topic_message"])
    assert sent["reply_to_message"]["forum_topic_created"]["name"] == "Design"
    said = await ann.at(forum, topic=thread).says("nice")
    assert thread == said["topic"]
    general = await bot.call("sendMessage", chat_id=forum, text="general")
    assert "message_thread_id" not in general
    await bot.call("editForumTopic", **place, name="Logos")
    assert bad("TOPIC_NOT_MODIFIED") == await bot.refused("editForumTopic", **place, name="Logos")
    await bot.call("closeForumTopic", **place)
    assert bad("TOPIC_CLOSED") == await bot.refused("sendMessage", **place, text="x")
    assert bad("TOPIC_NOT_MODIFIED") == await bot.refused("closeForumTopic", **place)
    await bot.call("reopenForumTopic", **place)
    await bot.call("deleteForumTopic", **place)
    assert bad("message thread not found") == await bot.refused("sendMessage", **place, text="x")
    services = [one["message"] for one in await bot.updates() if "message" in one]
    kinds = {name for one in services for name in one if name.startswith("forum_topic")}
    assert {
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
    } == kinds


async def test_a_reply_in_a_topic_stays_there(bot: Bot, ann: "Person", forum: int) -> None:
    """A reply without a thread goes to the topic of the message it replies to."""
    topic = await bot.call("createForumTopic", chat_id=forum, name="Design")
    said = await ann.at(forum, topic=topic["message_thread_id"]).says("who?")
    sent = await bot.call(
        "sendMessage", chat_id=forum, text="me", reply_parameters={"message_id": said["id"]}
    )
    assert topic["message_thread_id"] == sent["message_thread_id"]
    assert said["id"] == sent["reply_to_message"]["message_id"]


async def test_topics_of_people(sandbox: "Sandbox", ann: "Person", forum: int, group: int) -> None:
    """People open topics in forums only, and see one topic at a time if they ask for it."""
    topic = await sandbox.topic(ann.id, chat=forum, name="Mine")
    await ann.at(forum, topic=topic["id"]).says("inside")
    await ann.at(forum).says("outside")
    inside = await sandbox.transcript(ann.id, chat=forum, topic=topic["id"])
    assert [one["text"] for one in inside] == ["", "inside"]
    outside = await sandbox.transcript(ann.id, chat=forum, topic="general")
    assert [one["text"] for one in outside if not one["service"]] == ["outside"]
    with pytest.raises(Refused, match="no topics"):
        await sandbox.topic(ann.id, chat=group, name="Mine")


async def test_rights_that_are_missing(
    bot: Bot, sandbox: "Sandbox", ann: "Person", forum: int, group: int
) -> None:
    """A plain member cannot make topics, pin or ban; a group without topics has none."""
    assert bad("the chat is not a forum") == (
        await bot.refused("createForumTopic", chat_id=group, name="x")
    )
    sent = await bot.call("sendMessage", chat_id=group, text="pin me")
    place = {"chat_id": group, "message_id": sent["message_id"]}
    assert bad("not enough rights to manage pinned messages in the chat") == (
        await bot.refused("pinChatMessage", **place)
    )
    assert bad("not enough rights to restrict/unrestrict chat member") == (
        await bot.refused("banChatMember", chat_id=group, user_id=ann.id)
    )
    await sandbox.member("bot", act="demote", chat=forum)
    assert bad("not enough rights to create a topic") == (
        await bot.refused("createForumTopic", chat_id=forum, name="x")
    )


async def test_a_channel_takes_posts_of_administrators(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person"
) -> None:
    """People's posts arrive as channel_post in the channel's name; the bot posts as admin."""
    channel = await sandbox.chat("channel", title="News", admins=[bob.id], members=[ann.id])
    await sandbox.member("bot", act="promote", chat=channel["id"])
    await bot.updates()
    posted = await bob.at(channel["id"]).says("news")
    (update,) = await bot.updates()
    assert channel["id"] == update["channel_post"]["sender_chat"]["id"]
    assert "from" not in update["channel_post"]
    with pytest.raises(Refused, match="only administrators"):
        await ann.at(channel["id"]).says("me too")
    await bob.sandbox.edit(bob.id, message=posted["id"], chat=channel["id"], text="old news")
    (update,) = await bot.updates()
    assert update["edited_channel_post"]["text"] == "old news"
    sent = await bot.call("sendMessage", chat_id=channel["id"], text="a gig")
    assert sent["sender_chat"]["title"] == "News"
    await bot.call(
        "editMessageText", chat_id=channel["id"], message_id=sent["message_id"], text="a new gig"
    )
    await ann.at(channel["id"]).sees("a new gig")
    assert await bot.updates() == []


async def test_pins(bot: Bot, ann: "Person", forum: int) -> None:
    """A pin is told as a service message and shown by getChat until it is taken away."""
    sent = await bot.call("sendMessage", chat_id=forum, text="rules")
    place = {"chat_id": forum, "message_id": sent["message_id"]}
    await bot.call("pinChatMessage", **place)
    assert (
        sent["message_id"]
        == ((await bot.call("getChat", chat_id=forum))["pinned_message"]["message_id"])
    )
    pinned = [one for one in await ann.at(forum).messages() if one["pinned"]]
    assert [one["text"] for one in pinned] == ["rules"]
    await bot.call("unpinChatMessage", **place)
    assert "pinned_message" not in await bot.call("getChat", chat_id=forum)
    assert bad("message to unpin not found") == await bot.refused("unpinChatMessage", **place)


async def test_members_and_bans(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person", forum: int
) -> None:
    """Members are counted and described; banned ones cannot come back or read."""
    assert await bot.call("getChatMemberCount", chat_id=forum) == 3
    admins = await bot.call("getChatAdministrators", chat_id=forum)
    assert [one["status"] for one in admins] == ["creator", "administrator"]
    assert bad("can't remove chat owner") == (
        await bot.refused("banChatMember", chat_id=forum, user_id=bob.id)
    )
    await bot.call("banChatMember", chat_id=forum, user_id=ann.id)
    member = await bot.call("getChatMember", chat_id=forum, user_id=ann.id)
    assert member["status"] == "kicked"
    with pytest.raises(Refused, match="not in this chat"):
        await ann.at(forum).says("hello")
    with pytest.raises(Refused, match="banned"):
        await sandbox.member(ann.id, act="join", chat=forum)
    await bot.call("unbanChatMember", chat_id=forum, user_id=ann.id, only_if_banned=True)
    await sandbox.member(ann.id, act="join", chat=forum)
    await bot.call("leaveChat", chat_id=forum)
    assert (await bot.refused("getChat", chat_id=forum)).code == 403


async def test_a_forwarded_channel_post_names_its_channel(
    bot: Bot, sandbox: "Sandbox", bob: "Person"
) -> None:
    """A person can forward a post to the bot, which learns the channel and the post's number."""
    channel = await sandbox.chat("channel", title="News", admins=[bob.id])
    posted = await bob.at(channel["id"]).says("news")
    await sandbox.say(bob.id, forward={"chat": channel["id"], "message": posted["id"]})
    (update,) = await bot.updates()
    origin = update["message"]["forward_origin"]
    assert ("channel", channel["id"], posted["id"]) == (
        origin["type"],
        origin["chat"]["id"],
        origin["message_id"],
    )
