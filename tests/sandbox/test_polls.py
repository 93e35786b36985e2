"""Polls: sent by the bot or a person, voted in, forwarded, stopped by hand or by the clock."""

from typing import TYPE_CHECKING, Any

import pytest

from sandbox.client import Refused
from sandbox.polls import POLLS_KEPT
from tests.sandbox.bare_bot import Bot

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person
    from sandbox.world import World

ASKED = {"question": "Which colour?", "options": ["Red", {"text": "Blue"}]}
QUIZ = {**ASKED, "type": "quiz", "correct_option_ids": [1], "explanation": "Blue it is"}


async def ask(bot: Bot, chat: int, **more: Any) -> dict[str, Any]:
    sent: dict[str, Any] = await bot.call("sendPoll", **{"chat_id": chat, **ASKED, **more})
    return sent


async def test_a_poll_is_voted_in(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """A vote counts once, can be changed and taken back; the bot hears of the counts."""
    sent = await ask(bot, ann.id)
    assert (sent["poll"]["is_anonymous"], sent["poll"]["total_voter_count"]) == (True, 0)
    shown = await sandbox.vote(ann.id, message=sent["message_id"], options=[1])
    assert [(one["text"], one["voters"], one["mine"]) for one in shown["poll"]["options"]] == [
        ("Red", 0, False),
        ("Blue", 1, True),
    ]
    assert [one["voter_count"] for one in (await bot.update("poll"))["options"]] == [0, 1]
    await sandbox.vote(ann.id, message=sent["message_id"], options=[0])
    assert [one["voter_count"] for one in (await bot.update("poll"))["options"]] == [1, 0]
    shown = await sandbox.vote(ann.id, message=sent["message_id"], options=[])
    assert shown["poll"]["total"] == 0
    assert (await bot.update("poll"))["total_voter_count"] == 0


async def test_named_votes_are_told(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """The bot learns who voted only in a poll that is not anonymous."""
    sent = await ask(bot, ann.id, is_anonymous=False, allows_multiple_answers=True)
    await bot.updates()
    await sandbox.vote(ann.id, message=sent["message_id"], options=[1, 0])
    answer = await bot.update("poll_answer")
    assert (answer["user"]["id"], answer["option_ids"]) == (ann.id, [0, 1])
    assert answer["option_persistent_ids"] == ["0", "1"]
    same = await sandbox.vote(ann.id, message=sent["message_id"], options=[0, 1])
    assert same["poll"]["total"] == 1
    await bot.update("poll")
    assert await bot.updates() == []


@pytest.mark.parametrize(
    ("more", "options", "code"),
    [
        ({}, [0, 1], 400),
        ({}, [2], 400),
        ({}, [True], 400),
        ({"allows_revoting": False}, [], 409),
        ({"is_closed": True}, [0], 409),
    ],
    ids=["several", "unknown", "no number", "retracted", "closed"],
)
async def test_votes_that_do_not_count(
    bot: Bot, ann: "Person", more: dict[str, Any], options: list[int], code: int
) -> None:
    """A vote outside the terms of the poll is refused."""
    sent = await ask(bot, ann.id, **more)
    with pytest.raises(Refused) as refused:
        await ann.sandbox.vote(ann.id, message=sent["message_id"], options=options)
    assert refused.value.code == code


async def test_a_quiz_keeps_its_answer(bot: Bot, ann: "Person") -> None:
    """The right answer and its explanation show after the vote, which stands."""
    sent = await bot.call("sendPoll", chat_id=ann.id, **QUIZ)
    assert sent["poll"]["correct_option_ids"] == [1]
    poll = (await ann.messages())[-1]["poll"]
    assert (poll["quiz"], poll["correct"], poll["explanation"]) == (True, None, None)
    where = {"person": ann.id, "message": sent["message_id"]}
    poll = (await ann.sandbox.post("vote", **where, options=[0]))["poll"]
    assert (poll["correct"], poll["explanation"]) == (1, "Blue it is")
    with pytest.raises(Refused):
        await ann.sandbox.post("vote", **where, options=[1])


@pytest.mark.parametrize(
    ("more", "description"),
    [
        ({"question": " "}, "text must be non-empty"),
        ({"question": "q" * 301}, "poll question length must not exceed 300"),
        ({"options": "{"}, "can't parse options JSON object"),
        ({"options": []}, "poll must have at least one answer option"),
        ({"options": [str(n) for n in range(13)]}, "poll can't have more than 12 options"),
        ({"options": ["x" * 101]}, "poll options length must not exceed 100"),
        ({"options": [" "]}, "text must be non-empty"),
        ({"options": [{}]}, "can't parse InputPollOption: Can't find field \"text\""),
        (
            {"options": [1]},
            "can't parse InputPollOption: Expected InputPollOption to be an Object",
        ),
        ({"options": ["a", "a"]}, "POLL_OPTION_DUPLICATE"),
        ({"type": "vote"}, "unsupported poll type specified"),
        ({"type": "quiz"}, "wrong correct option ID specified"),
        ({"type": "quiz", "correct_option_ids": [2]}, "wrong correct option ID specified"),
        ({"type": "quiz", "correct_option_ids": [1, 0]}, "wrong correct option ID specified"),
    ],
)
async def test_wrong_polls(bot: Bot, ann: "Person", more: dict[str, Any], description: str) -> None:
    """Each mistake has the words of Telegram, and no poll is sent."""
    refusal = await bot.refused("sendPoll", **{"chat_id": ann.id, **ASKED, **more})
    assert (refusal.code, refusal.description) == (400, f"Bad Request: {description}")
    assert [one["poll"] for one in await ann.messages()] == [None]


async def test_polls_in_channels_are_anonymous(bot: Bot, sandbox: "Sandbox", bob: "Person") -> None:
    """A poll with names is refused in a channel, for the bot and for people."""
    channel = (await sandbox.chat("channel", title="News", admins=[bob.id]))["id"]
    await sandbox.member("bot", act="promote", chat=channel)
    wanted = {"chat_id": channel, **ASKED, "is_anonymous": False}
    assert (
        (await bot.refused("sendPoll", **wanted)).description
    ) == "Bad Request: non-anonymous polls can't be sent to channel chats"
    await ask(bot, channel)
    named = {"question": "Q", "options": ["a", "b"], "anonymous": False}
    with pytest.raises(Refused):
        await sandbox.say(bob.id, chat=channel, poll=named)


async def test_a_poll_is_stopped(bot: Bot, ann: "Person") -> None:
    """Stopping answers with the closed poll and its counts, once, and only for an own poll."""
    sent = await ask(bot, ann.id)
    place = {"chat_id": ann.id, "message_id": sent["message_id"]}
    await ann.sandbox.vote(ann.id, message=sent["message_id"], options=[0])
    forward = await bot.call(
        "forwardMessage", chat_id=ann.id, from_chat_id=ann.id, message_id=sent["message_id"]
    )
    text = await bot.call("sendMessage", chat_id=ann.id, text="no poll")
    stopped = await bot.call("stopPoll", **place)
    assert (stopped["is_closed"], stopped["total_voter_count"]) == (True, 1)
    assert [one["poll"]["closed"] for one in await ann.messages() if one["poll"]] == [True, True]

    async def words(message: int) -> str:
        refusal = await bot.refused("stopPoll", chat_id=ann.id, message_id=message)
        return refusal.description.removeprefix("Bad Request: ")

    assert await words(sent["message_id"]) == "poll has already been closed"
    assert await words(forward["message_id"]) == "poll can't be stopped"
    assert await words(text["message_id"]) == "message is not a poll"
    assert await words(999) == "message with poll to stop not found"


async def test_a_poll_ends_by_the_clock(bot: Bot, sandbox: "Sandbox", ann: "Person") -> None:
    """After its open period a poll is closed and the bot is told."""
    sent = await ask(bot, ann.id, open_period=60)
    assert sent["poll"]["close_date"] == sent["date"] + 60
    await bot.updates()
    await sandbox.post("clock", advance_ms=61_000)
    assert (await bot.update("poll"))["is_closed"]
    with pytest.raises(Refused):
        await sandbox.vote(ann.id, message=sent["message_id"], options=[0])


async def test_a_poll_that_was_not_sent_is_silent(
    bot: Bot, sandbox: "Sandbox", ann: "Person"
) -> None:
    """A poll refused for its keyboard ends without an update."""
    wrong = {"keyboard": "x"}
    await bot.refused("sendPoll", chat_id=ann.id, **ASKED, open_period=5, reply_markup=wrong)
    await bot.updates()
    await sandbox.post("clock", advance_ms=6_000)
    assert await bot.updates() == []


async def test_forwards_share_a_poll_and_copies_do_not(bot: Bot, ann: "Person") -> None:
    """A vote shows in the forward of a poll, a copy begins at nothing."""
    sent = await ask(bot, ann.id)
    await ann.sandbox.vote(ann.id, message=sent["message_id"], options=[0])
    named = {"chat_id": ann.id, "from_chat_id": ann.id, "message_id": sent["message_id"]}
    forward = await bot.call("forwardMessage", **named)
    assert forward["poll"]["id"] == sent["poll"]["id"]
    assert forward["poll"]["total_voter_count"] == 1
    await bot.call("copyMessage", **named)
    copy = (await ann.messages())[-1]["poll"]
    assert (copy["total"], copy["id"] == sent["poll"]["id"]) == (0, False)


async def test_a_person_asks(bot: Bot, ann: "Person") -> None:
    """A person's poll reaches the bot, which hears nothing of its votes."""
    poll = {"question": "Tea?", "options": ["yes", "no"], "multiple": True, "anonymous": False}
    said = await ann.sandbox.say(ann.id, poll=poll)
    message = await bot.update("message")
    while "poll" not in message:
        message = await bot.update("message")
    assert message["poll"]["allows_multiple_answers"]
    await ann.sandbox.vote(ann.id, message=said["id"], options=[0, 1])
    assert await bot.updates() == []
    for wrong in ({"options": ["a"]}, {"question": "Q", "options": []}):
        with pytest.raises(Refused):
            await ann.sandbox.say(ann.id, poll=wrong)


async def test_polls_are_bounded(bot: Bot, ann: "Person", world: "World") -> None:
    """The oldest polls are forgotten first."""
    first = (await ask(bot, ann.id))["poll"]["id"]
    poll = world.contents.polls[first]
    world.contents.polls.update({str(number): poll for number in range(POLLS_KEPT)})
    await ask(bot, ann.id)
    assert (len(world.contents.polls), first in world.contents.polls) == (POLLS_KEPT, False)


@pytest.mark.parametrize("forbidden_lint", [frozenset()])
@pytest.mark.parametrize("given", [{"media": {"type": "photo"}}, {"allow_adding_options": True}])
async def test_what_is_not_modelled_is_said(
    bot: Bot, ann: "Person", given: dict[str, Any], forbidden_lint: frozenset[str]
) -> None:
    """Pictures and added options answer 501, not with a poll that lacks them."""
    refusal = await bot.refused("sendPoll", **{"chat_id": ann.id, **ASKED, **given})
    assert refusal.code == 501
