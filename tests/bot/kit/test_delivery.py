"""The outbox's way to Telegram: what is sent, and what each failure makes of a row."""

import asyncio
import json
from dataclasses import replace
from typing import Any
from unittest.mock import MagicMock

import pytest
from aiohttp import ClientConnectorError, ServerDisconnectedError
from telegram.error import NetworkError

from bot.kit.delivery import Delivery
from bot.kit.gateway import ChatsGateway, StarsGateway
from bot.pictures.draw import Drawer
from bot.ui.screen import Picture
from market.gig import GigState
from market.notices import Message, Notice
from services.ports import Storage
from services.rows import (
    Command,
    Later,
    OutboxRow,
    Place,
    Posted,
    Refused,
    SendOutcome,
    Sent,
    Unreachable,
)
from tests.bot.kit.conftest import START_MS, Desktop
from tests.support.samples import file
from tests.support.telegram import Answer, refused
from tests.support.town import NEW_GIG

CONNECTOR_ERROR = ClientConnectorError(MagicMock(), OSError("refused"))
ALARM = Message(
    notice=Notice.ALARM,
    key="k",
    person_id=1,
    facts={"what": "audit", "about": "I1", "detail": "x"},
)


class Drawn(Drawer):
    """Draws nothing, at once."""

    async def gig_card(self, _card: object) -> Picture:
        return Picture("drawn", b"PNG")


@pytest.fixture
async def delivery(desktop: Desktop) -> Delivery:
    """Deliveries of a house with one person, who has the id 1."""
    await desktop.services.people.arrive(99, name="Ann", username=None, language_code="en")
    return Delivery(
        bot=desktop.bot,
        services=desktop.services,
        clock=desktop.clock,
        drawer=Drawn(),
        group_language="bn",
    )


def row(message: Message) -> OutboxRow:
    """An outbox row about this message."""
    return OutboxRow(
        id=1,
        kind="notice",
        lane="x",
        attempts=0,
        created_ms=START_MS,
        message=message,
        refund_rail=None,
        refund_charge_id=None,
        refund_person_id=None,
    )


async def outcome(desktop: Desktop, delivery: Delivery, answer: Answer) -> SendOutcome:
    """What becomes of a notice when Telegram answers this."""
    desktop.telegram.script = lambda _name, _data: answer
    return await delivery.send(row(ALARM))


async def test_a_notice_arrives(desktop: Desktop, delivery: Delivery) -> None:
    """It goes to the reader's private chat."""
    assert await delivery.send(row(replace(ALARM, silent=True))) == Sent()
    (sent,) = desktop.telegram.named("sendMessage")
    assert (sent["chat_id"], sent["disable_notification"]) == (99, True)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (refused(429, "Too Many Requests", retry_after=7), Later(START_MS + 7_000, "", False)),
        (refused(403, "Forbidden: bot was blocked by the user"), Unreachable("")),
        (refused(400, "Bad Request: chat not found"), Unreachable("")),
        (refused(400, "Bad Request: can't parse entities"), Refused("")),
        (refused(502, "Bad Gateway"), Later(START_MS + 5_000, "", False)),
    ],
)
async def test_each_failure_means_something_else(
    desktop: Desktop, delivery: Delivery, answer: Answer, expected: SendOutcome
) -> None:
    """Flood waits and outages use up no try, blocks and bad rows are final."""
    result: Any = await outcome(desktop, delivery, answer)
    assert replace(result, error="") == expected


@pytest.mark.parametrize(
    ("cause", "counts"), [(ServerDisconnectedError(), True), (CONNECTOR_ERROR, False)]
)
async def test_a_broken_line_counts_unless_nothing_was_sent(
    desktop: Desktop, delivery: Delivery, *, cause: Exception, counts: bool
) -> None:
    """A line that always breaks in the middle must not send the same message for ever."""

    async def breaks(*_: object, **__: object) -> tuple[int, bytes]:
        raise NetworkError("on the way") from cause

    desktop.telegram.do_request = breaks  # type: ignore[method-assign]
    result = await delivery.send(row(ALARM))
    assert isinstance(result, Later)
    assert counts == result.counts


async def test_silence_is_tried_again_and_counts(desktop: Desktop, delivery: Delivery) -> None:
    """Nobody knows whether it arrived: twice is better than never."""

    def silence(_name: str, _data: object) -> Answer:
        raise TimeoutError

    async def timed_out(*_: object, **__: object) -> tuple[int, bytes]:
        from telegram.error import TimedOut  # noqa: PLC0415 - the seam raises PTB's own

        raise TimedOut("no answer in time")

    desktop.telegram.script = silence
    desktop.telegram.do_request = timed_out  # type: ignore[method-assign]
    result = await delivery.send(row(ALARM))
    assert isinstance(result, Later)
    assert result.counts


async def posted(desktop: Desktop, delivery: Delivery, **facts: Any) -> tuple[int, Message]:
    """A gig, and the message that announces it in a topic."""
    person = await desktop.services.people.get(1)
    await desktop.services.people.accept_terms(Command("t", person.id), 1)
    new = replace(NEW_GIG, **facts)
    gig = await desktop.services.gigs.publish(Command("g", person.id), new)
    message = Message(
        notice=Notice.GIG_ANNOUNCEMENT, key="a", chat_id=-100, topic_id=5, gig_id=gig.id
    )
    return gig.id, message


async def test_an_announcement_is_remembered(desktop: Desktop, delivery: Delivery) -> None:
    """A gig without a picture is posted with a drawn card, and the post is kept for edits."""
    gig_id, message = await posted(desktop, delivery)
    assert await delivery.send(row(message)) == Sent()
    (sent,) = desktop.telegram.named("sendPhoto")
    assert (sent["chat_id"], sent["message_thread_id"]) == (-100, 5)
    (post,) = await desktop.services.places.posts(gig_id)
    assert isinstance(post, Posted)
    assert (post.chat_id, post.topic_id) == (-100, 5)


@pytest.mark.parametrize("words", ["message is not modified", "message to edit not found", ""])
async def test_an_edit_changes_the_post(desktop: Desktop, delivery: Delivery, words: str) -> None:
    """Picture and caption are edited; a post that is gone or the same needs nothing."""
    _, message = await posted(desktop, delivery)
    answer = refused(400, f"Bad Request: {words}") if words else None
    desktop.telegram.script = lambda name, _: answer if name.startswith("edit") else None
    assert await delivery.send(row(replace(message, facts={"edit": 44}))) == Sent()
    (edit,) = desktop.telegram.named("editMessageMedia")
    assert edit["message_id"] == 44


async def test_the_picture_of_a_gig_that_was_taken_down_goes(
    desktop: Desktop, delivery: Delivery, sqlite_storage: Storage
) -> None:
    """Its posts show the house's card instead; put back it shows the seller's picture again."""
    gig_id, message = await posted(desktop, delivery, picture=file())
    for state in (GigState.TAKEN_DOWN, GigState.ACTIVE):
        async with sqlite_storage.begin() as uow:
            await uow.gigs.set_state(gig_id, state)
        assert await delivery.send(row(replace(message, facts={"edit": 44}))) == Sent()
    gone, back = (json.dumps(one["media"]) for one in desktop.telegram.named("editMessageMedia"))
    assert "attach://" in gone
    assert file().file_id not in gone
    assert file().file_id in back


async def test_a_group_that_moved_is_followed(
    desktop: Desktop, delivery: Delivery, sqlite_storage: Storage
) -> None:
    """The post goes to the new chat, and so will the next ones."""
    _, message = await posted(desktop, delivery)
    place = Place(chat_id=-100, topic_id=None, category="", title="Market")
    await desktop.services.places.link(Command("l", 1), place)
    desktop.telegram.script = lambda _name, data: (
        refused(400, "group chat was upgraded", migrate_to_chat_id=-200)
        if data.get("chat_id") == -100
        else None
    )
    assert await delivery.send(row(message)) == Sent()
    assert [one.chat_id for one in await desktop.services.places.of_chat(-200)] == [-200]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (None, Sent()),
        (refused(400, "Bad Request: CHARGE_ALREADY_REFUNDED"), Sent()),
        (refused(400, "Bad Request: CHARGE_NOT_FOUND"), Refused("")),
        (refused(502, "Bad Gateway"), Later(START_MS + 5_000, "", False)),
    ],
)
async def test_refunds(desktop: Desktop, answer: Answer | None, expected: SendOutcome) -> None:
    """Telegram refunds once however often it is asked; trouble is tried again."""
    desktop.telegram.script = lambda _name, _data: answer
    result = await StarsGateway(desktop.bot, desktop.clock).refund(11, "ch")
    if not isinstance(result, Sent):
        result = replace(result, error="")
    assert result == expected


async def test_a_topic_without_the_right(desktop: Desktop) -> None:
    """Is a PermissionError, for the words of the handler."""
    desktop.telegram.script = lambda _name, _data: refused(400, "Bad Request: not enough rights")
    with pytest.raises(PermissionError):
        await ChatsGateway(desktop.bot).create_topic(-100, "Design")
    await asyncio.sleep(0)


async def test_owners_read_operators_by_name(
    desktop: Desktop, delivery: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The digest's acts carry ids; the names are looked up when it is sent."""

    async def names() -> dict[int, str]:
        return {7: "Olivia"}

    monkeypatch.setattr(delivery.services.desk, "names", names)
    acts = [[7, "stand_banned", "person 1: Fraud", START_MS]]
    facts: dict[str, Any] = {"until_ms": START_MS, "acts": acts, "count": 1}
    digest = replace(ALARM, notice=Notice.OWNER_DIGEST, facts=facts)
    assert await delivery.send(row(digest)) == Sent()
    (sent,) = desktop.telegram.named("sendMessage")
    assert "<b>Olivia</b>: banned" in sent["text"]
