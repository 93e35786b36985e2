"""Albums, second-tier kinds of messages, thumbnails, and copying many at once."""

import json
from typing import TYPE_CHECKING, Any

import pytest

from sandbox import files as files_module
from sandbox.call import Upload
from sandbox.files import FileStore
from tests.sandbox.bare_bot import Bot
from tests.sandbox.images import png

if TYPE_CHECKING:
    from sandbox.client import Sandbox
    from sandbox.testing import Person

FILES = {
    "a": ("a.png", png()),
    "b": ("b.png", png(60, 60)),
    "c": ("c.txt", b"c"),
    "d": ("d.mp3", b"d"),
    "v": ("v.mp4", b"v"),
}
JPEG = b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08\x00\x30\x00\x40" + b"\0" * 40
PLACE = {"latitude": 23.8, "longitude": 90.4}


def item(name: str, kind: str = "photo", **more: Any) -> dict[str, Any]:
    return {"type": kind, "media": f"attach://{name}", **more}


async def album(bot: Bot, chat: int, *media: Any, **more: Any) -> dict[str, Any]:
    wanted = {"chat_id": chat, "media": json.dumps(media), **more}
    return await bot.upload("sendMediaGroup", files=FILES, **wanted)


async def test_an_album_goes_everywhere(
    bot: Bot, sandbox: "Sandbox", ann: "Person", forum: int
) -> None:
    """Photos and a video share an id, one caption and one reply; in topics and channels too."""
    channel = (await sandbox.chat("channel", title="News", admins=[ann.id]))["id"]
    await sandbox.member("bot", act="promote", chat=channel)
    topic = await sandbox.topic(ann.id, chat=forum, name="Work")
    asked = await ann.at(forum, topic=topic["id"]).says("show me")
    places: list[dict[str, Any]] = [
        {"chat": ann.id},
        {"chat": channel},
        {
            "chat": forum,
            "message_thread_id": topic["id"],
            "reply_parameters": json.dumps({"message_id": asked["id"]}),
        },
    ]
    for place in places:
        photo = item("a", caption="<b>three</b>", parse_mode="HTML", has_spoiler=True)
        chat = place.pop("chat")
        answer = await album(bot, chat, photo, item("b"), item("v", "video"), **place)
        sent = answer["result"]
        assert len({one["media_group_id"] for one in sent}) == 1
        assert [one.get("caption") for one in sent] == ["three", None, None]
        assert sent[0]["has_media_spoiler"]
    assert {one["message_thread_id"] for one in sent} == {topic["id"]}
    assert {one["reply_to_message"]["message_id"] for one in sent} == {asked["id"]}


@pytest.mark.parametrize(
    ("media", "description"),
    [
        ([], "there are no messages to send"),
        ([item("a")], "group send: there must be from 2 to 10 messages in album"),
        ([item("a")] * 11, "too many messages to send as an album"),
        ([item("a"), item("c", "document")], "document can't be mixed with other media types"),
        ([item("d", "audio"), item("a")], "audio can't be mixed with other media types"),
        (
            [item("a"), item("v", "animation")],
            "can't parse InputMedia: type \"animation\" can't be used in sendMediaGroup",
        ),
        ([item("a"), item("v", "poem")], 'can\'t parse InputMedia: type "poem" is unsupported'),
        (
            [item("a", show_caption_above_media=True), item("b")],
            "parameter show_caption_above_media must be the same for all messages",
        ),
        ([item("a"), 5], "can't parse media JSON object"),
        ([item("a"), item("z")], "can't parse InputMedia: Media not found"),
    ],
)
async def test_wrong_albums(bot: Bot, ann: "Person", media: list[Any], description: str) -> None:
    """An album has two to ten files of kinds that go together; else nothing is sent."""
    assert (await album(bot, ann.id, *media))["description"] == f"Bad Request: {description}"
    assert len(await ann.messages()) == 1


@pytest.mark.parametrize("kind", ["document", "audio"])
async def test_kinds_that_stay_among_themselves(bot: Bot, ann: "Person", kind: str) -> None:
    """Documents make an album of their own, and so do sounds; an edit keeps to it."""
    sent = (await album(bot, ann.id, item("c", kind), item("d", kind)))["result"]
    place = {"chat_id": ann.id, "message_id": sent[0]["message_id"]}
    other = json.dumps(item("a"))
    answer = await bot.upload("editMessageMedia", files=FILES, **place, media=other)
    expected = f"Bad Request: {kind} can't be mixed with other media types"
    assert answer["description"] == expected
    same = json.dumps(item("v", kind, caption="new"))
    edited = (await bot.upload("editMessageMedia", files=FILES, **place, media=same))["result"]
    assert edited["media_group_id"] == sent[0]["media_group_id"]


async def test_many_are_copied_and_forwarded(bot: Bot, ann: "Person", group: int) -> None:
    """Albums stay together in new ones; what cannot be found or copied is skipped."""
    sent = (await album(bot, ann.id, item("a", caption="two"), item("b")))["result"]
    first = sent[0]["message_id"]
    wanted = {"chat_id": group, "from_chat_id": ann.id, "message_ids": [first, first + 1, 999]}
    for method, caption in (("copyMessages", ""), ("forwardMessages", "two")):
        removed = {"remove_caption": True} if method == "copyMessages" else {}
        numbers = [one["message_id"] for one in await bot.call(method, **wanted, **removed)]
        shown = [one for one in await ann.at(group).messages() if one["id"] in numbers]
        assert (len(shown), shown[0]["text"]) == (2, caption)
        assert len({one["album"] for one in shown} | {sent[0]["media_group_id"]}) == 2


@pytest.mark.parametrize(
    ("numbers", "description"),
    [
        ([], "message identifiers are not specified"),
        (list(range(1, 102)), "too many message identifiers specified"),
        ([2, 1], "message identifiers must be in a strictly increasing order"),
        ([999], "message to forward not found"),
    ],
)
async def test_wrong_numbers_of_messages(
    bot: Bot, ann: "Person", numbers: list[int], description: str
) -> None:
    """One to a hundred numbers in rising order, one of them at least known."""
    call = {"chat_id": ann.id, "from_chat_id": ann.id, "message_ids": numbers}
    for method in ("copyMessages", "forwardMessages"):
        refusal = await bot.refused(method, **call)
        assert refusal.description == f"Bad Request: {description}"


@pytest.mark.parametrize(
    ("method", "kind", "facts"),
    [
        ("sendVideo", "video", {"width": 640, "height": 480, "duration": 9}),
        ("sendAnimation", "animation", {"width": 64, "height": 48, "duration": 2}),
        ("sendAudio", "audio", {"duration": 60, "performer": "Lalon", "title": "Song"}),
        ("sendVoice", "voice", {"duration": 3}),
        ("sendVideoNote", "video_note", {"length": 200, "duration": 5}),
        ("sendSticker", "sticker", {}),
    ],
)
async def test_files_of_every_kind(
    bot: Bot, ann: "Person", method: str, kind: str, facts: dict[str, Any]
) -> None:
    """What the bot declares of a file is shown and stays with its file_id."""
    files = {kind: ("f.bin", b"bytes")}
    sent = (await bot.upload(method, files=files, chat_id=ann.id, **facts))["result"]
    assert sent[kind].items() >= facts.items()
    again = await bot.call(method, chat_id=ann.id, **{kind: sent[kind]["file_id"]})
    assert again[kind] == sent[kind]
    assert (await ann.messages())[-1]["media"]["kind"] == kind
    missing = await bot.refused(method, chat_id=ann.id)
    words = kind.replace("_", " ")
    assert missing.description == f"Bad Request: there is no {words} in the request"


async def test_thumbnails(bot: Bot, ann: "Person") -> None:
    """A small JPEG is kept as the thumbnail, anything else is ignored; images get their own."""
    video = ("v.mp4", b"video")
    for picture, has_one in (((" t.jpg", JPEG), True), (("t.png", png()), False)):
        files = {"video": video, "thumbnail": picture}
        sent = (await bot.upload("sendVideo", files=files, chat_id=ann.id))["result"]
        assert ("thumbnail" in sent["video"]) == has_one
    media = (await ann.messages())[-2]["media"]
    assert await ann.sandbox.file(media["thumbnail"]) == JPEG
    files = {"document": ("plan.png", png(200, 100))}
    sent = (await bot.upload("sendDocument", files=files, chat_id=ann.id))["result"]
    assert sent["document"]["thumbnail"]["width"] == 90


@pytest.mark.parametrize(
    ("method", "params", "description"),
    [
        ("sendDice", {"emoji": "🪑"}, "EMOTICON_INVALID"),
        ("sendLocation", {**PLACE, "latitude": 91}, "wrong location specified"),
        ("sendLocation", {**PLACE, "live_period": 30}, "wrong live location period specified"),
        ("sendVideoNote", {"video_note": "https://x.org/a"}, "failed to get HTTP URL content"),
    ],
)
async def test_wrong_places_and_dice(
    bot: Bot, ann: "Person", method: str, params: dict[str, Any], description: str
) -> None:
    """Places are on earth, dice among the six, files not on the web."""
    refusal = await bot.refused(method, chat_id=ann.id, **params)
    assert refusal.description == f"Bad Request: {description}"


async def test_places_and_dice(bot: Bot, ann: "Person") -> None:
    """A live place keeps its period, a venue is a location too, a die shows a value."""
    live = await bot.call("sendLocation", chat_id=ann.id, **PLACE, live_period=60, heading=9)
    assert live["location"] == {**PLACE, "live_period": 60, "heading": 9}
    venue = await bot.call("sendVenue", chat_id=ann.id, **PLACE, title="Shop", address="Dhaka")
    assert (venue["venue"]["title"], venue["location"]) == ("Shop", PLACE)
    dice = (await bot.call("sendDice", chat_id=ann.id, emoji="⚽️"))["dice"]
    assert (dice["emoji"], dice["value"] in range(1, 6)) == ("⚽", True)
    kinds = [one["media"]["kind"] for one in await ann.messages() if one["media"]]
    assert kinds == ["location", "venue", "dice"]


async def test_some_messages_keep_their_kind(bot: Bot, ann: "Person") -> None:
    """A place, a die or a poll cannot become a picture, and has no caption."""
    poll = {"question": "Q", "options": ["a", "b"]}
    media = json.dumps(item("a"))
    for method, params in (("sendLocation", PLACE), ("sendDice", {}), ("sendPoll", poll)):
        sent = await bot.call(method, chat_id=ann.id, **params)
        place = {"chat_id": ann.id, "message_id": sent["message_id"]}
        answer = await bot.upload("editMessageMedia", files=FILES, **place, media=media)
        assert answer["description"] == "Bad Request: message media can't be edited"
        refusal = await bot.refused("editMessageCaption", **place, caption="x")
        assert refusal.description == "Bad Request: there is no caption in the message to edit"


def test_old_files_are_forgotten_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the newest files fill the store, nothing of the oldest stays behind."""
    monkeypatch.setattr(files_module, "BYTES_KEPT", 10)
    store = FileStore()
    first = store.add(Upload("a.txt", "text/plain", b"12345678"), kind="document")
    path = store.path_of(first)
    store.add(Upload("b.txt", "text/plain", b"87654321"), kind="document")
    assert (store.find(first.file_id), store.by_unique(first.unique)) == (None, None)
    assert (store.at_path(path), len(store._paths)) == (None, 0)
