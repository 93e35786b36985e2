"""Single rights of administrators: where each is needed, how they are given, shown and told."""

from typing import TYPE_CHECKING, Any

import pytest

from sandbox.client import Refused
from tests.sandbox.bare_bot import TOKEN, Bot, Refusal

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person

BOT_ID = int(TOKEN.partition(":")[0])


def bad(description: str) -> Refusal:
    return Refusal(400, f"Bad Request: {description}")


async def give(sandbox: "Sandbox", chat: int, **rights: bool) -> None:
    """The bot becomes an administrator with only these rights."""
    await sandbox.member("bot", act="promote", chat=chat, rights=rights)


async def kinds(bot: Bot, kind: str) -> list[dict[str, Any]]:
    return [one[kind] for one in await bot.updates() if kind in one]


@pytest.mark.parametrize(
    ("right", "method", "description"),
    [
        (
            "can_pin_messages",
            "pinChatMessage",
            "not enough rights to manage pinned messages in the chat",
        ),
        (
            "can_restrict_members",
            "banChatMember",
            "not enough rights to restrict/unrestrict chat member",
        ),
        (
            "can_restrict_members",
            "restrictChatMember",
            "not enough rights to restrict/unrestrict chat member",
        ),
        ("can_delete_messages", "deleteMessage", "message can't be deleted"),
        ("can_manage_topics", "createForumTopic", "not enough rights to create a topic"),
        ("can_manage_topics", "editForumTopic", "not enough rights to edit the topic"),
        ("can_manage_topics", "closeForumTopic", "not enough rights to close or open the topic"),
        ("can_delete_messages", "deleteForumTopic", "not enough rights to delete the topic"),
        (
            "can_invite_users",
            "createChatInviteLink",
            "not enough rights to manage chat invite link",
        ),
        ("can_promote_members", "promoteChatMember", "not enough rights"),
    ],
)
async def test_each_deed_needs_its_own_right(
    bot: Bot, sandbox: "Sandbox", ann: "Person", forum: int, *, right: str, method: str,
    description: str,
) -> None:  # fmt: skip
    """With every other right it is refused in Telegram's words; with this one alone it works."""
    topic = await sandbox.topic(ann.id, chat=forum, name="Ann's")
    said = await ann.at(forum).says("hello")
    params = {
        "chat_id": forum, "user_id": ann.id, "message_id": said["id"], "name": "New",
        "message_thread_id": topic["id"], "permissions": {}, right: True,
    }  # fmt: skip
    world = await sandbox.world()
    names = set(world["chats"][0]["admin_rights"][str(BOT_ID)]) - {"is_anonymous"}
    await give(sandbox, forum, **dict.fromkeys(names - {right}, True))
    assert bad(description) == await bot.refused(method, **params)
    await give(sandbox, forum, **{right: True})
    assert await bot.call(method, **params)


async def test_rights_are_shown_and_told(
    bot: Bot, sandbox: "Sandbox", ann: "Person", forum: int
) -> None:
    """getChatMember, getChatAdministrators, the world and both updates name the single rights."""
    everything = ["chat_member", "my_chat_member"]
    await bot.updates(allowed_updates=everything)
    await sandbox.member(
        ann.id, act="promote", chat=forum, rights={"can_pin_messages": True}, title="Tidy"
    )
    (told,) = await kinds(bot, "chat_member")
    member = await bot.call("getChatMember", chat_id=forum, user_id=ann.id)
    assert told["new_chat_member"] == member
    assert (
        member["can_pin_messages"],
        member["can_restrict_members"],
        member["custom_title"],
        member["can_be_edited"],
    ) == (True, False, "Tidy", False)
    admins = await bot.call("getChatAdministrators", chat_id=forum)
    assert member in admins
    chat = next(one for one in (await sandbox.world())["chats"] if one["id"] == forum)
    assert chat["admin_rights"][str(ann.id)]["can_pin_messages"]
    await give(sandbox, forum, can_manage_topics=True)
    (own,) = await kinds(bot, "my_chat_member")
    assert (
        own["new_chat_member"]["can_manage_topics"],
        own["new_chat_member"]["can_pin_messages"],
    ) == (True, False)
    assert own["old_chat_member"]["can_pin_messages"]


async def test_a_channel_has_rights_of_its_own(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person"
) -> None:
    """Posting, editing others' posts, pinning and deleting hang on three rights."""
    made = await sandbox.chat("channel", title="News", admins=[bob.id], members=[ann.id])
    channel = made["id"]
    await give(sandbox, channel, can_edit_messages=True)
    posted = await bob.at(channel).says("news")
    place = {"chat_id": channel, "message_id": posted["id"]}
    assert bad("need administrator rights in the channel chat") == (
        await bot.refused("sendMessage", chat_id=channel, text="x")
    )
    await bot.call("editMessageText", **place, text="good news")
    await bot.call("pinChatMessage", **place)
    assert bad("message can't be deleted") == await bot.refused("deleteMessage", **place)
    await give(sandbox, channel, can_post_messages=True)
    assert bad("message can't be edited") == (
        await bot.refused("editMessageText", **place, text="my news")
    )
    sent = await bot.call("sendMessage", chat_id=channel, text="mine")
    own = {"chat_id": channel, "message_id": sent["message_id"]}
    await bot.call("editMessageText", **own, text="still mine")
    await bot.call("deleteMessage", **own)
    await give(sandbox, channel, can_delete_messages=True)
    await bot.call("deleteMessage", **place)


async def test_people_need_rights_too(sandbox: "Sandbox", ann: "Person", bob: "Person") -> None:
    """An administrator of a channel without the right to post cannot; an owner always can."""
    made = await sandbox.chat("channel", title="News", admins=[bob.id], members=[ann.id])
    await sandbox.member(
        ann.id, act="promote", chat=made["id"], rights={"can_delete_messages": True}
    )
    with pytest.raises(Refused, match="only administrators post"):
        await ann.at(made["id"]).says("x")
    posted = await bob.at(made["id"]).says("mine")
    with pytest.raises(Refused, match="only the author"):
        await sandbox.edit(ann.id, chat=made["id"], message=posted["id"], text="hers")
    with pytest.raises(Refused, match="may not pin"):
        await sandbox.pin(ann.id, chat=made["id"], message=posted["id"])
    await sandbox.delete(ann.id, chat=made["id"], message=posted["id"])
    assert await bob.at(made["id"]).messages() == []


async def test_misspelt_rights_are_refused(sandbox: "Sandbox", ann: "Person", forum: int) -> None:
    """A right that the kind of chat does not have is named, not dropped."""
    with pytest.raises(Refused, match="no such right here: can_fly, can_post_messages"):
        await sandbox.member(
            ann.id, act="promote", chat=forum, rights={"can_fly": True, "can_post_messages": True}
        )


async def test_the_bot_promotes_with_what_it_has(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person", forum: int
) -> None:
    """Only rights it has; it can title and demote whom it promoted, and nobody else."""
    await give(sandbox, forum, can_promote_members=True, can_pin_messages=True)
    place = {"chat_id": forum, "user_id": ann.id}
    assert bad("RIGHT_FORBIDDEN") == (
        await bot.refused("promoteChatMember", **place, can_delete_messages=True)
    )
    await bot.call("promoteChatMember", **place, can_pin_messages=True)
    await bot.call("setChatAdministratorCustomTitle", **place, custom_title="Tidy")
    member = await bot.call("getChatMember", **place)
    assert (
        member["can_be_edited"],
        member["custom_title"],
        member["can_pin_messages"],
    ) == (True, "Tidy", True)
    await bot.call("promoteChatMember", **place)
    assert (await bot.call("getChatMember", **place))["status"] == "member"
    assert bad("user is not an administrator") == (
        await bot.refused("setChatAdministratorCustomTitle", **place, custom_title="x")
    )
    await sandbox.member(ann.id, act="promote", chat=forum)
    assert bad("CHAT_ADMIN_REQUIRED") == await bot.refused("promoteChatMember", **place)
    assert bad("not enough rights to change custom title of the user") == (
        await bot.refused("setChatAdministratorCustomTitle", **place, custom_title="x")
    )
    owner = {"chat_id": forum, "user_id": bob.id}
    assert bad("can't remove chat owner") == await bot.refused("promoteChatMember", **owner)
    assert bad("only creator can edit their custom title") == (
        await bot.refused("setChatAdministratorCustomTitle", **owner, custom_title="x")
    )
    self = {"chat_id": forum, "user_id": BOT_ID}
    assert bad("can't promote self") == await bot.refused("promoteChatMember", **self)
    await sandbox.member(ann.id, act="leave", chat=forum)
    assert bad("USER_NOT_PARTICIPANT") == await bot.refused("promoteChatMember", **place)


async def test_a_closed_topic_is_open_to_whoever_manages_it(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person", forum: int
) -> None:
    """Its maker and administrators with the right still write; the others are refused."""
    mine = await bot.call("createForumTopic", chat_id=forum, name="Mine")
    hers = await sandbox.topic(ann.id, chat=forum, name="Hers")
    for thread in (mine["message_thread_id"], hers["id"]):
        await bot.call("closeForumTopic", chat_id=forum, message_thread_id=thread)
    await give(sandbox, forum, can_pin_messages=True)
    own = {"chat_id": forum, "message_thread_id": mine["message_thread_id"]}
    await bot.call("sendMessage", **own, text="x")
    await bot.call("reopenForumTopic", **own)
    other = {"chat_id": forum, "message_thread_id": hers["id"]}
    assert bad("TOPIC_CLOSED") == await bot.refused("sendMessage", **other, text="x")
    await ann.at(forum, topic=hers["id"]).says("still mine")
    await bob.at(forum, topic=hers["id"]).says("and the owner's")
