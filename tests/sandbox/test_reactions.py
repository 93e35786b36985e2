"""Reactions: of the bot and of people, and the updates about them."""

from typing import TYPE_CHECKING, Any

import pytest

from sandbox.client import Refused
from sandbox.reactions import UNIQUE_MAX, allowed_emoji
from tests.sandbox.bare_bot import Bot
from tests.sandbox.images import png

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person
    from sandbox.world import World

KINDS = ["message", "message_reaction", "message_reaction_count"]


def emoji(sign: str) -> dict[str, str]:
    return {"type": "emoji", "emoji": sign}


async def subscribe(bot: Bot) -> None:
    await bot.updates(allowed_updates=KINDS)
    await bot.updates()


def chips(message: dict[str, Any]) -> list[tuple[str, int, bool]]:
    return [(one["emoji"], one["count"], one["mine"]) for one in message["reactions"]]


async def test_the_emoji_come_from_the_description() -> None:
    """The list of the Bot API has 73 emoji, the compound ones whole."""
    assert len(allowed_emoji()) == 73
    assert {"👍", "❤", "❤‍🔥", "👨‍💻", "🤷‍♂"} <= allowed_emoji()


async def test_the_bot_reacts(bot: Bot, ann: "Person") -> None:
    """The reaction of the bot is shown, exchanged and taken away; it gets no update of it."""
    said = await ann.says("done")
    await subscribe(bot)
    place = {"chat_id": ann.id, "message_id": said["id"]}
    await bot.call("setMessageReaction", **place, reaction=[emoji("👍")], is_big=True)
    assert chips((await ann.messages())[-1]) == [("👍", 1, False)]
    await bot.call("setMessageReaction", **place, reaction=[emoji("🔥")])
    assert chips((await ann.messages())[-1]) == [("🔥", 1, False)]
    await bot.call("setMessageReaction", **place)
    assert chips((await ann.messages())[-1]) == []
    assert await bot.updates() == []


@pytest.mark.parametrize(
    ("reaction", "description"),
    [
        ("{", "can't parse reaction types JSON object"),
        ({}, "expected an Array of ReactionType"),
        ([1], "can't parse ReactionType: expected an Object"),
        ([{"emoji": "👍"}], "can't parse ReactionType: Can't find field \"type\""),
        ([{"type": "emoji"}], "can't parse ReactionType: Can't find field \"emoji\""),
        ([{"type": "paid"}], "can't parse ReactionType: invalid reaction type specified"),
        ([emoji("🪑")], "REACTION_INVALID"),
        ([{"type": "custom_emoji", "custom_emoji_id": "5"}], "REACTION_INVALID"),
        ([emoji("👍"), emoji("🔥")], "REACTIONS_TOO_MANY"),
    ],
)
async def test_wrong_reactions(bot: Bot, ann: "Person", reaction: Any, description: str) -> None:
    """A reaction is one emoji of the list; anything else has Telegram's refusal."""
    place = {"chat_id": ann.id, "message_id": 1}
    refusal = await bot.refused("setMessageReaction", **place, reaction=reaction)
    assert refusal.description == f"Bad Request: {description}"


async def test_a_message_that_is_not_there(bot: Bot, ann: "Person") -> None:
    """A reaction needs its message."""
    place = {"chat_id": ann.id, "message_id": 999}
    refusal = await bot.refused("setMessageReaction", **place, reaction=[])
    assert refusal.description == "Bad Request: message to react not found"


async def test_a_person_reacts(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """The bot hears what was there before and what is now; the same again is no change."""
    sent = await bot.call("sendMessage", chat_id=ann.id, text="hi")
    await subscribe(bot)
    shown = await sandbox.react(ann.id, message=sent["message_id"], emoji="👍")
    assert chips(shown) == [("👍", 1, True)]
    update = await bot.update("message_reaction")
    assert (update["message_id"], update["user"]["id"]) == (sent["message_id"], ann.id)
    assert (update["old_reaction"], update["new_reaction"]) == ([], [emoji("👍")])
    await sandbox.react(ann.id, message=sent["message_id"], emoji="👍")
    await sandbox.react(ann.id, message=sent["message_id"], emoji=None)
    update = await bot.update("message_reaction")
    assert (update["old_reaction"], update["new_reaction"]) == ([emoji("👍")], [])
    assert await bot.updates() == []


async def test_reactions_are_not_in_the_default(
    bot: Bot, sandbox: "Sandbox", ann: "Person"
) -> None:
    """Without a subscription no reaction is told."""
    sent = await bot.call("sendMessage", chat_id=ann.id, text="hi")
    await bot.updates()
    await sandbox.react(ann.id, message=sent["message_id"], emoji="👍")
    assert await bot.updates() == []


async def test_only_administrators_hear_of_reactions(
    bot: Bot, sandbox: "Sandbox", ann: "Person", group: int
) -> None:
    """In a group the bot must be an administrator; a channel tells counts without names."""
    said = await ann.at(group).says("hi")
    await subscribe(bot)
    await sandbox.react(ann.id, message=said["id"], chat=group, emoji="👍")
    assert await bot.updates() == []
    await sandbox.member("bot", act="promote", chat=group)
    await sandbox.react(ann.id, message=said["id"], chat=group, emoji="🔥")
    assert (await bot.update("message_reaction"))["new_reaction"] == [emoji("🔥")]
    channel = (await sandbox.chat("channel", title="News", admins=[ann.id]))["id"]
    await sandbox.member("bot", act="promote", chat=channel)
    post = await ann.at(channel).says("post")
    await sandbox.react(ann.id, message=post["id"], chat=channel, emoji="🔥")
    counted = await bot.update("message_reaction_count")
    assert counted["reactions"] == [{"type": emoji("🔥"), "total_count": 1}]


async def test_what_people_may_not(
    bot: Bot, ann: "Person", bob: "Person", group: int, world: "World"
) -> None:
    """Unknown emoji, service messages and a twelfth kind of reaction are refused."""
    sandbox = ann.sandbox
    said = await ann.at(group).says("hi")
    await sandbox.member(bob.id, act="leave", chat=group)
    left = (await ann.at(group).messages())[-1]["id"]
    full = world.contents.chats[group].messages[said["id"]]
    full.reactions = dict(enumerate(sorted(allowed_emoji() - {"👍"})[:UNIQUE_MAX]))
    for message, sign, code in (
        (said["id"], "🪑", 400),
        (left, "👍", 400),
        (said["id"], "👍", 409),
    ):
        with pytest.raises(Refused) as refused:
            await sandbox.react(ann.id, message=message, chat=group, emoji=sign)
        assert refused.value.code == code
    refusal = await bot.refused(
        "setMessageReaction", chat_id=group, message_id=said["id"], reaction=[emoji("👍")]
    )
    assert refusal.description == "Bad Request: REACTIONS_TOO_MANY"


async def test_an_album_has_one_set_of_reactions(
    bot: Bot, sandbox: "Sandbox", ann: "Person"
) -> None:
    """A reaction to any member of an album is held by its first message that is still there."""
    said = await ann.uploads(
        "album", files={"a.png": png(), "b.png": png(9, 9), "c.png": png(8, 8)}
    )
    first, second, third = [one["id"] for one in said["album_messages"]]
    assert (await sandbox.react(ann.id, message=third, emoji="👍"))["id"] == first
    await bot.call("deleteMessage", chat_id=ann.id, message_id=first)
    shown = await sandbox.react(ann.id, message=third, emoji="👍")
    assert (shown["id"], chips(shown)) == (second, [("👍", 1, True)])
