"""Members: restrictions and bans, links and requests to join, and who is told of it all."""

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


async def kinds(bot: Bot, kind: str) -> list[dict[str, Any]]:
    return [one[kind] for one in await bot.updates() if kind in one]


async def test_restrictions_stick(bot: Bot, sandbox: "Sandbox", ann: "Person", forum: int) -> None:
    """A restricted member says only what is left to them, also after leaving and coming back."""
    place = {"chat_id": forum, "user_id": ann.id}
    await bot.call("restrictChatMember", **place, permissions={"can_send_messages": True})
    here = ann.at(forum)
    await here.says("words")
    with pytest.raises(Refused, match="restricted"):
        await here.uploads("document", files={"a.txt": b"a"})
    await sandbox.member(ann.id, act="leave", chat=forum)
    member = await bot.call("getChatMember", **place)
    assert (member["status"], member["is_member"]) == ("restricted", False)
    await sandbox.member(ann.id, act="join", chat=forum)
    with pytest.raises(Refused, match="restricted"):
        await here.uploads("document", files={"a.txt": b"a"})
    allowed = {name: True for name in member if name.startswith("can_")}
    await bot.call("restrictChatMember", **place, permissions=allowed)
    await here.uploads("document", files={"a.txt": b"a"})
    assert bad("can't parse permissions JSON object") == (
        await bot.refused("restrictChatMember", **place, permissions="{")
    )


async def test_a_restricted_bot_is_told_what_it_may_not(
    bot: Bot, sandbox: "Sandbox", group: int
) -> None:
    """The refusal names the kind of message."""
    await sandbox.member("bot", act="restrict", chat=group, rights={"can_send_photos": True})
    assert bad("not enough rights to send text messages to the chat") == (
        await bot.refused("sendMessage", chat_id=group, text="x")
    )
    await sandbox.member("bot", act="unrestrict", chat=group)
    await bot.call("sendMessage", chat_id=group, text="x")


async def test_bans_and_restrictions_end_by_the_clock(
    bot: Bot, sandbox: "Sandbox", ann: "Person", forum: int
) -> None:
    """With a date they end silently: a banned person may come back, a restricted one may write."""
    place = {"chat_id": forum, "user_id": ann.id}
    now = (await sandbox.clock(advance_ms=0))["now_ms"] // 1000
    await bot.updates(allowed_updates=["chat_member"])
    await bot.call("banChatMember", **place, until_date=now + 3600)
    assert (await bot.call("getChatMember", **place))["until_date"] == now + 3600
    await bot.updates()
    await sandbox.clock(advance_ms=3_601_000)
    assert (await bot.call("getChatMember", **place))["status"] == "left"
    assert await bot.updates() == []
    await sandbox.member(ann.id, act="join", chat=forum)
    await bot.call("restrictChatMember", **place, permissions={}, until_date=now + 7300)
    with pytest.raises(Refused, match="restricted"):
        await ann.at(forum).says("x")
    await sandbox.clock(advance_ms=3_700_000)
    await ann.at(forum).says("x")
    await bot.call("banChatMember", **place, until_date=now + 7310)
    assert (await bot.call("getChatMember", **place))["until_date"] == 0


async def test_who_cannot_be_banned(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person", forum: int
) -> None:
    """The owner, the bot itself and administrators are refused, each in Telegram's words."""
    await sandbox.member(ann.id, act="promote", chat=forum)
    expected = {
        bob.id: "can't remove chat owner",
        BOT_ID: "can't restrict self",
        ann.id: "user is an administrator of the chat",
        1: "user not found",
    }
    for user, description in expected.items():
        refusal = await bot.refused("banChatMember", chat_id=forum, user_id=user)
        assert bad(description) == refusal
    assert bad("can't ban members in private chats") == (
        await bot.refused("banChatMember", chat_id=ann.id, user_id=ann.id)
    )


async def test_a_basic_group_has_its_own_rules(
    bot: Bot, sandbox: "Sandbox", ann: "Person", bob: "Person"
) -> None:
    """It keeps no ban list, knows no restrictions and gives every administrator the same."""
    made = await sandbox.chat("group", title="Small", admins=[bob.id], members=[ann.id, "bot"])
    place = {"chat_id": made["id"], "user_id": ann.id}
    await sandbox.member("bot", act="promote", chat=made["id"], rights={"can_pin_messages": True})
    await bot.call("banChatMember", **place)
    assert (await bot.call("getChatMember", **place))["status"] == "left"
    large = "method is available for supergroup and channel chats only"
    assert bad(large) == await bot.refused("unbanChatMember", **place)
    assert bad(large) == await bot.refused("promoteChatMember", **place)
    only = "method is available only for supergroups"
    assert bad(only) == await bot.refused("restrictChatMember", **place, permissions={})
    assert bad(only) == (
        await bot.refused("setChatAdministratorCustomTitle", **place, custom_title="x")
    )


async def test_invite_links(bot: Bot, sandbox: "Sandbox", bob: "Person", forum: int) -> None:
    """A link lets in until it is full, late or revoked, and the bot hears by which one."""
    await bot.updates(allowed_updates=["chat_member", "message"])
    link = await bot.call("createChatInviteLink", chat_id=forum, name="Friends", member_limit=1)
    eve, dan = [(await sandbox.person(name))["id"] for name in ("Eve", "Dan")]
    await sandbox.post("join", person=eve, link=link["invite_link"])
    updates = await bot.updates()
    told = next(one["chat_member"] for one in updates if "chat_member" in one)
    assert ("Friends", eve) == (told["invite_link"]["name"], told["from"]["id"])
    service = next(one["message"] for one in updates if "message" in one)
    assert eve == service["new_chat_members"][0]["id"] == service["from"]["id"]
    with pytest.raises(Refused, match="expired"):
        await sandbox.post("join", person=dan, link=link["invite_link"])
    first = await bot.call("exportChatInviteLink", chat_id=forum)
    second = await bot.call("exportChatInviteLink", chat_id=forum)
    assert second == (await bot.call("getChat", chat_id=forum))["invite_link"]
    with pytest.raises(Refused, match="expired"):
        await sandbox.post("join", person=dan, link=first)
    revoked = await bot.call("revokeChatInviteLink", chat_id=forum, invite_link=second)
    assert revoked["is_revoked"]
    with pytest.raises(Refused, match="expired"):
        await sandbox.post("join", person=dan, link=second)
    assert bad("INVITE_HASH_EXPIRED") == (
        await bot.refused("revokeChatInviteLink", chat_id=forum, invite_link="x")
    )
    assert bad("can't invite members to a private chat") == (
        await bot.refused("exportChatInviteLink", chat_id=await _opened(sandbox))
    )


async def _opened(sandbox: "Sandbox") -> int:
    person = await sandbox.person("Fay")
    await sandbox.say(person["id"], text="/start")
    return int(person["id"])


async def test_requests_to_join(bot: Bot, sandbox: "Sandbox", forum: int) -> None:
    """The bot is asked, and lets people in or not; nobody is let in twice."""
    link = await bot.call("createChatInviteLink", chat_id=forum, creates_join_request=True)
    eve, dan = [(await sandbox.person(name))["id"] for name in ("Eve", "Dan")]
    await bot.updates()
    for person in (eve, dan):
        waiting = await sandbox.post("join", person=person, link=link["invite_link"])
        assert waiting["waiting"]
    asked = await kinds(bot, "chat_join_request")
    assert [eve, dan] == [one["user_chat_id"] for one in asked]
    await bot.call("approveChatJoinRequest", chat_id=forum, user_id=eve)
    await bot.call("declineChatJoinRequest", chat_id=forum, user_id=dan)
    for user, state in ((eve, "member"), (dan, "left")):
        member = await bot.call("getChatMember", chat_id=forum, user_id=user)
        assert state == member["status"]
    assert bad("HIDE_REQUESTER_MISSING") == (
        await bot.refused("approveChatJoinRequest", chat_id=forum, user_id=eve)
    )
    limited = {"creates_join_request": True, "member_limit": 5}
    refusal = await bot.refused("createChatInviteLink", chat_id=forum, **limited)
    assert refusal.description.startswith("Bad Request: member limit can't be specified")


async def test_an_anonymous_administrator(
    bot: Bot, sandbox: "Sandbox", ann: "Person", forum: int
) -> None:
    """Speaks as the group: a stand-in as author, the group as sender, the title as signature."""
    await sandbox.member(ann.id, act="promote", chat=forum, anonymous=True, title="The desk")
    await bot.updates()
    said = await ann.at(forum).says("hear ye")
    ((update,)) = await bot.updates()
    message = update["message"]
    assert (1087968824, "GroupAnonymousBot", forum, "The desk") == (
        message["from"]["id"],
        message["from"]["username"],
        message["sender_chat"]["id"],
        message["author_signature"],
    )
    assert (forum, "Market") == (said["from"]["id"], said["from"]["name"])
    member = await bot.call("getChatMember", chat_id=forum, user_id=ann.id)
    assert member["is_anonymous"]
    await sandbox.edit(ann.id, chat=forum, message=said["id"], text="hear ye all")
    assert (await bot.update("edited_message"))["text"] == "hear ye all"
    forwarded = await bot.call(
        "forwardMessage", chat_id=ann.id, from_chat_id=forum, message_id=said["id"]
    )
    origin = forwarded["forward_origin"]
    assert ("chat", forum, "The desk") == (
        origin["type"],
        origin["sender_chat"]["id"],
        origin["author_signature"],
    )
    with pytest.raises(Refused, match="only a supergroup"):
        await sandbox.member(ann.id, act="promote", chat=await _small(sandbox, ann), anonymous=True)


async def _small(sandbox: "Sandbox", ann: "Person") -> int:
    made = await sandbox.chat("group", title="Small", members=[ann.id])
    return int(made["id"])


async def test_a_bot_hears_of_its_own_leaving(bot: Bot, sandbox: "Sandbox", group: int) -> None:
    """The last message of a group is the one that says that the bot is gone."""
    await bot.updates()
    await sandbox.member("bot", act="kick", chat=group)
    left = [one["message"] for one in await bot.updates() if "message" in one]
    assert [one["left_chat_member"]["id"] for one in left] == [BOT_ID]
    assert Refusal(403, "Forbidden: bot was kicked from the supergroup chat") == (
        await bot.refused("sendMessage", chat_id=group, text="x")
    )


async def test_a_deleted_account(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """Writing and editing are refused for ever; looking still works."""
    sent = await bot.call("sendMessage", chat_id=ann.id, text="x")
    await sandbox.member(ann.id, act="deactivate")
    gone = Refusal(403, "Forbidden: user is deactivated")
    assert gone == await bot.refused("sendMessage", chat_id=ann.id, text="y")
    place = {"chat_id": ann.id, "message_id": sent["message_id"]}
    assert gone == await bot.refused("editMessageText", **place, text="y")
    assert ann.id == (await bot.call("getChat", chat_id=ann.id))["id"]
    with pytest.raises(Refused, match="account is deleted"):
        await ann.says("hello?")


async def test_a_public_chat_can_be_looked_at(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """By its name, without being in it; a private one the bot was never in is not there."""
    public = await sandbox.chat("channel", title="News", username="the_news", members=[ann.id])
    hidden = await sandbox.chat("supergroup", title="Secret", members=[ann.id])
    assert public["id"] == (await bot.call("getChat", chat_id="@the_news"))["id"]
    assert Refusal(403, "Forbidden: bot is not a member of the channel chat") == (
        await bot.refused("sendMessage", chat_id="@the_news", text="x")
    )
    assert bad("chat not found") == await bot.refused("getChat", chat_id=hidden["id"])
