"""Groups, channels, topics: rights, privacy, threads, service messages and membership."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from sandbox.client import Refused
from sandbox.world import Settings
from tests.sandbox.bare_bot import Bot, Refusal
from tests.sandbox.conftest import FAST

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
    """A plain member sees commands, replies to what is its own, and nothing else people say."""
    here = ann.at(group)
    sent = await bot.call("sendMessage", chat_id=group, text="hello all")
    await bot.updates()
    await here.says("chatter")
    await here.says("/help")
    await here.says("/help@other_bot")
    await here.says("/help@gighaat_bot")
    await here.says("ask @gighaat_bot about it")
    await here.says("not /help either")
    mine = await here.says("indeed", reply_to=sent["message_id"])
    await here.says("and this as well", reply_to=mine["id"])
    await here.says("but not this", reply_to=sent["message_id"] + 1)
    expected = ["/help", "/help@gighaat_bot", "indeed", "and this as well"]
    assert expected == texts(await bot.updates())


async def test_edits_follow_only_messages_that_arrived(bot: Bot, ann: "Person", group: int) -> None:
    """A message that privacy mode hid stays hidden when it is edited."""
    here = ann.at(group)
    hidden, seen = await here.says("chatter"), await here.says("/help")
    await bot.updates()
    for message in (hidden, seen):
        await ann.sandbox.edit(ann.id, chat=group, message=message["id"], text="/help me")
    edits = [one["edited_message"]["message_id"] for one in await bot.updates()]
    assert edits == [seen["id"]]


async def test_privacy_hides_topics_that_the_bot_opened(
    bot: Bot, sandbox: "Sandbox", ann: "Person", forum: int
) -> None:
    """What people write in the bot's own topic is no reply to it."""
    topic = await bot.call("createForumTopic", chat_id=forum, name="Design")
    await sandbox.member("bot", act="demote", chat=forum)
    await bot.updates()
    await ann.at(forum, topic=topic["message_thread_id"]).says("chatter")
    assert await bot.updates() == []


class TestWithoutPrivacy:
    """The sandbox started with --no-privacy."""

    @pytest.fixture
    def settings(self) -> Settings:
        """The usual ones, with privacy mode off."""
        return replace(FAST, privacy=False)

    async def test_everything_arrives(self, bot: Bot, ann: "Person", group: int) -> None:
        """A plain member gets what everybody says, and getMe says so."""
        await bot.updates()
        await ann.at(group).says("chatter")
        assert texts(await bot.updates()) == ["chatter"]
        assert (await bot.call("getMe"))["can_read_all_group_messages"]


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
    """Messages of a topic carry its number, its changes are told; a deleted one is gone."""
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
    assert bad("member not found") == (await bot.refused("getChatMember", chat_id=forum, user_id=1))
    with pytest.raises(Refused, match="not in this chat"):
        await ann.at(forum).says("hello")
    with pytest.raises(Refused, match="banned"):
        await sandbox.member(ann.id, act="join", chat=forum)
    await bot.call("unbanChatMember", chat_id=forum, user_id=ann.id, only_if_banned=True)
    await sandbox.member(ann.id, act="join", chat=forum)
    await bot.call("leaveChat", chat_id=forum)
    assert (await bot.refused("getChat", chat_id=forum)).code == 403


async def test_people_pin_and_delete(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person", group: int
) -> None:
    """A pin of a person is told to the bot, a deletion is not; members delete only their own."""
    sent = await bot.call("sendMessage", chat_id=group, text="rules")
    said = await ann.at(group).says("chatter")
    await bot.updates()
    with pytest.raises(Refused, match="may not pin"):
        await sandbox.pin(ann.id, chat=group, message=sent["message_id"])
    await sandbox.pin(bob.id, chat=group, message=sent["message_id"])
    (told,) = await bot.updates()
    assert told["message"]["pinned_message"]["text"] == "rules"
    await sandbox.post("pin", person=bob.id, chat=group, message=sent["message_id"], unpin=True)
    assert not any(one["pinned"] for one in await ann.at(group).messages())
    with pytest.raises(Refused, match="may not delete"):
        await sandbox.delete(ann.id, chat=group, message=sent["message_id"])
    await sandbox.delete(ann.id, chat=group, message=said["id"])
    await sandbox.delete(bob.id, chat=group, message=sent["message_id"])
    assert not [one for one in await bob.at(group).messages() if one["text"]]
    assert await bot.updates() == []


async def test_people_delete_in_their_private_chat(bot: Bot, ann: "Person") -> None:
    """Any message there, also the bot's; it can then not be edited any more."""
    sent = await bot.call("sendMessage", chat_id=ann.id, text="x")
    await ann.sandbox.delete(ann.id, message=sent["message_id"])
    refusal = await bot.refused(
        "editMessageText", chat_id=ann.id, message_id=sent["message_id"], text="y"
    )
    assert bad("message to edit not found") == refusal
