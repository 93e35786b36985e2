"""Files: what may be sent as what, sent again, fetched back and put into albums."""

import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from sandbox.images import Image, read_image
from tests.sandbox.bare_bot import TOKEN, Bot
from tests.sandbox.images import png

if TYPE_CHECKING:
    from sandbox.testing import Person

MEGABYTE = 1024 * 1024


async def refused(bot: Bot, method: str, *, files: dict[str, Any], **params: Any) -> str:
    answer = await bot.upload(method, files=files, **params)
    assert not answer["ok"], answer
    words: str = answer["description"]
    return words


async def test_a_photo_is_measured_and_sent_again(bot: Bot, ann: "Person") -> None:
    """A photo has sizes up to its own, and its file_id can be sent again."""
    sent = await bot.upload(
        "sendPhoto", files={"photo": ("a.png", png(200, 100))}, chat_id=ann.id, caption="look"
    )
    small, full = sent["result"]["photo"]
    assert (
        (small["width"], small["height"]),
        (full["width"], full["height"]),
    ) == ((90, 45), (200, 100))
    again = await bot.call("sendPhoto", chat_id=ann.id, photo=full["file_id"])
    assert full["file_unique_id"] == again["photo"][-1]["file_unique_id"]
    assert [one["text"] for one in await ann.messages() if one["media"]] == ["look", ""]


@pytest.mark.parametrize(
    ("data", "description"),
    [
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (b"", "file must be non-empty"),
        (png(210, 10), "PHOTO_INVALID_DIMENSIONS"),
        (png(9_000, 1_001), "PHOTO_INVALID_DIMENSIONS"),
        (
            png() + b"\0" * 10 * MEGABYTE,
            (
                "file of size 10485985 bytes is too big for a photo; "
                "the maximum size is 10485760 bytes"
            ),
        ),
    ],
    ids=["not an image", "empty", "too narrow", "too large", "too heavy"],
)
async def test_wrong_photos(bot: Bot, ann: "Person", data: bytes, description: str) -> None:
    """A photo is an image of at most 10 MB, sides of 10000 in all and a ratio of 20."""
    files = {"photo": ("a.png", data)}
    found = await refused(bot, "sendPhoto", files=files, chat_id=ann.id)
    assert f"Bad Request: {description}" == found


async def test_documents_go_and_come(bot: Bot, url: str, ann: "Person") -> None:
    """What a person uploads can be fetched byte by byte, and sent on by file_id."""
    said = await ann.uploads("document", files={"brief.txt": b"words"}, caption="my brief")
    message = await bot.update("message")
    while "document" not in message:
        message = await bot.update("message")
    document = message["document"]
    assert (
        document["file_name"],
        document["mime_type"],
        document["file_size"],
    ) == ("brief.txt", "text/plain", 5)
    path = (await bot.call("getFile", file_id=document["file_id"]))["file_path"]
    async with bot.session.get(f"{url}/file/bot{TOKEN}/{path}") as response:
        assert await response.read() == b"words"
    assert await ann.sandbox.file(said["media"]["url"]) == b"words"
    sent = await bot.call("sendDocument", chat_id=ann.id, document=document["file_id"])
    assert document["file_unique_id"] == sent["document"]["file_unique_id"]


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ("a.png", None),
        ("a.mp4", None),
        ("a.svg", "attachment"),
        ("a.html", "attachment"),
        ("a.pdf", "attachment"),
        ("a", "attachment"),
    ],
)
async def test_only_pictures_and_sounds_are_shown(
    url: str, ann: "Person", name: str, disposition: str | None
) -> None:
    """A file that a browser could run is downloaded, never opened on the page's address."""
    sent = await ann.uploads("document", files={name: b"<script>alert(1)</script>"})
    async with aiohttp.ClientSession() as session, session.get(url + sent["media"]["url"]) as got:
        assert disposition == got.headers.get("Content-Disposition")
        assert got.headers["X-Content-Type-Options"] == "nosniff"


async def test_the_name_belongs_to_the_upload(bot: Bot, ann: "Person") -> None:
    """The same bytes under two names are two files with one unique id."""
    one = (await ann.uploads("document", files={"a.txt": b"x"}))["media"]
    two = (await ann.uploads("document", files={"b.txt": b"x"}))["media"]
    assert (one["name"], two["name"]) == ("a.txt", "b.txt")
    assert one["file_unique_id"] == two["file_unique_id"]
    assert one["file_id"] != two["file_id"]


async def test_size_limits(bot: Bot, ann: "Person") -> None:
    """More than 50 MB cannot be sent, more than 20 MB not fetched."""
    heavy = {"document": ("a.bin", b"\0" * (50 * MEGABYTE + 1))}
    assert (
        await refused(bot, "sendDocument", files=heavy, chat_id=ann.id)
    ) == "Request Entity Too Large"
    large = {"document": ("a.bin", b"\0" * (20 * MEGABYTE + 1))}
    sent = await bot.upload("sendDocument", files=large, chat_id=ann.id)
    refusal = await bot.refused("getFile", file_id=sent["result"]["document"]["file_id"])
    assert refusal.description == "Bad Request: file is too big"


async def test_wrong_file_ids(bot: Bot, ann: "Person") -> None:
    """Unknown ids, other kinds, missing parts and foreign addresses are refused."""
    file_id = (await ann.uploads("document", files={"a.txt": b"x"}))["media"]["file_id"]

    async def words(method: str, **params: Any) -> str:
        return (await bot.refused(method, chat_id=ann.id, **params)).description

    wrong = "Bad Request: wrong file identifier/HTTP URL specified"
    assert wrong == await words("sendPhoto", photo="nonsense")
    assert (
        await words("sendPhoto", photo=file_id)
    ) == "Bad Request: can't use file of type Document as Photo"
    assert await words("sendPhoto") == "Bad Request: there is no photo in the request"
    assert (
        await words("sendDocument", document="attach://nothing")
    ) == "Bad Request: can't parse InputMedia: Media not found"
    assert (
        await words("sendPhoto", photo="https://example.org/a.png")
    ) == "Bad Request: failed to get HTTP URL content"
    assert (await bot.refused("getFile", file_id="x")).description == "Bad Request: invalid file_id"


async def test_albums(bot: Bot, ann: "Person") -> None:
    """Two to ten files of kinds that go together share a media_group_id."""
    files = {"a": ("a.png", png()), "b": ("b.png", png(60, 60)), "c": ("c.txt", b"c")}

    async def send(*media: dict[str, str]) -> dict[str, Any]:
        return await bot.upload(
            "sendMediaGroup", files=files, chat_id=ann.id, media=json.dumps(media)
        )

    photos = [{"type": "photo", "media": f"attach://{name}"} for name in "ab"]
    document = {"type": "document", "media": "attach://c"}
    sent = (await send({**photos[0], "caption": "both"}, photos[1]))["result"]
    assert len({one["media_group_id"] for one in sent}) == 1
    assert (
        ((await send(photos[0], document))["description"])
        == "Bad Request: document can't be mixed with other media types"
    )
    assert (
        ((await send(photos[0]))["description"])
        == "Bad Request: group send: there must be from 2 to 10 messages in album"
    )
    album = [one["album"] for one in await ann.messages() if one["album"]]
    assert [sent[0]["media_group_id"]] * 2 == album


async def test_an_album_of_a_person(bot: Bot, ann: "Person") -> None:
    """Several uploads at once arrive as one message each with the same media_group_id."""
    await bot.updates()
    said = await ann.uploads("album", files={"a.png": png(), "b.png": png(50, 50)}, caption="two")
    messages = [one["message"] for one in await bot.updates()]
    assert [one.get("caption") for one in messages] == ["two", None]
    assert {said["album"]} == {one["media_group_id"] for one in messages}


async def test_media_can_be_exchanged(bot: Bot, ann: "Person") -> None:
    """EditMessageMedia shows another file, also in place of text, and refuses the same one."""
    sent = await bot.call("sendMessage", chat_id=ann.id, text="soon")
    place = {"chat_id": ann.id, "message_id": sent["message_id"]}
    media = json.dumps({"type": "photo", "media": "attach://p", "caption": "here"})
    files = {"p": ("p.png", png())}
    edited = (await bot.upload("editMessageMedia", files=files, **place, media=media))["result"]
    assert (edited["caption"], "text" in edited) == ("here", False)
    again = await bot.upload("editMessageMedia", files=files, **place, media=media)
    assert again["description"].startswith("Bad Request: message is not modified")
    words = (await bot.refused("editMessageText", **place, text="x")).description
    assert words == "Bad Request: there is no text in the message to edit"
    await bot.call("editMessageCaption", **place, caption="there")
    shown = (await ann.messages())[-1]
    assert (shown["text"], shown["edited"], shown["media"]["kind"]) == ("there", True, "photo")


@pytest.mark.parametrize(
    ("data", "image"),
    [
        (b"GIF89a\x02\x00\x03\x00", Image("gif", 2, 3)),
        (
            b"\xff\xd8\xff\xe0\x00\x04\x00\x00\xff\xc0\x00\x11\x08\x00\x03\x00\x02",
            Image("jpeg", 2, 3),
        ),
        (b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x01\0\0\x02\0\0", Image("webp", 2, 3)),
        (b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x01\x80\x00\x00", Image("webp", 2, 3)),
        (b"\xff\xd8\xff\xe0", None),
        (b"\x89PNG\r\n\x1a\n", None),
    ],
)
def test_image_headers(data: bytes, image: Image | None) -> None:
    """Width and height are read from the header of every kind; a torn one is no image."""
    assert image == read_image(data)
