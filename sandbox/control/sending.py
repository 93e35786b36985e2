"""What a person says, turned into the content of one message or of an album."""

from typing import TYPE_CHECKING, Any

from sandbox.call import Upload
from sandbox.control.body import Body, Refused, upload_from
from sandbox.formatting import tidy
from sandbox.images import read_image
from sandbox.media import file_content
from sandbox.methods.albums import check_together, new_album_id
from sandbox.polls import QUIZ, REGULAR, Option, PollTerms
from sandbox.schema import spec
from sandbox.strict_json import degrees

if TYPE_CHECKING:
    from sandbox.files import StoredFile

FILES = (
    "photo",
    "document",
    "video",
    "animation",
    "audio",
    "voice",
    "video_note",
    "sticker",
)
KINDS = ("text", *FILES, "contact", "location", "album")
OPTIONS = range(1, 13)
ALBUM_SIZES = range(2, 11)


def spoken(body: Body) -> list[dict[str, Any]]:
    kinds = [kind for kind in KINDS if body.has(kind)]
    if len(kinds) != 1:
        raise Refused(f"say exactly one of {', '.join(KINDS)}, poll, forward")
    match kinds[0]:
        case "text":
            return [_words(body, "text")]
        case "contact":
            return [{"contact": _contact(body)}]
        case "location":
            return [{"location": _location(body)}]
        case "album":
            return _album(body)
        case kind:
            stored = _stored(body, _given(body, kind)[0], kind=kind)
            return [{**file_content(stored), **_caption(body)}]


def _given(body: Body, name: str) -> list[Any]:
    if body.uploads.get(name):
        return list(body.uploads[name])
    value = body.values[name]
    return value if isinstance(value, list) else [value]


def _stored(body: Body, value: Any, *, kind: str) -> "StoredFile":
    if isinstance(value, str):
        found = body.world.files.find(value)
        if found is None or found.kind != kind:
            raise Refused("file_id not found", code=404)
        return found
    upload = value if isinstance(value, Upload) else upload_from(value)
    return body.world.files.add(upload, kind=kind)


def _words(body: Body, name: str) -> dict[str, Any]:
    owner, marks = (
        ("sendMessage", "entities") if name == "text" else ("sendPhoto", "caption_entities")
    )
    formatted = tidy(body.text(name), entities=[])
    if not formatted.text:
        raise Refused(f"the {name} is empty")
    if formatted.length > spec().limit(owner, name).high:
        raise Refused(f"the {name} is too long")
    found = {marks: formatted.entities} if formatted.entities else {}
    return {name: formatted.text, **found}


def _caption(body: Body) -> dict[str, Any]:
    return _words(body, "caption") if body.has("caption") else {}


def poll_terms(body: Body) -> PollTerms:
    """`correct` makes it a quiz when the type is left out."""
    given = Body(body.world, body.object("poll"))
    answers = [str(answer).strip() for answer in given.items("options")]
    if len(answers) not in OPTIONS or not all(answers) or len({*answers}) < len(answers):
        raise Refused("a poll has 1 to 12 different options")
    _check_lengths(given.text("question"), answers)
    kind = given.optional_text("type") or (QUIZ if given.has("correct") else REGULAR)
    correct = given.optional_number("correct") or 0
    if kind not in {QUIZ, REGULAR} or correct not in range(len(answers)):
        raise Refused("type is quiz or regular, correct the number of an option")
    return PollTerms(
        question=given.text("question"),
        options=tuple(Option(number, answer) for number, answer in enumerate(answers)),
        kind=kind,
        anonymous=given.values.get("anonymous") is not False,
        multiple=given.flag("multiple"),
        revoting=kind == REGULAR,
        correct=(correct,) if kind == QUIZ else (),
    )


def _check_lengths(question: str, answers: list[str]) -> None:
    limits = spec().limit("sendPoll", "question"), spec().limit("InputPollOption", "text")
    if not limits[0].holds(question) or not all(limits[1].holds(answer) for answer in answers):
        raise Refused("the question or an option is too long")


def _contact(body: Body) -> dict[str, Any]:
    given = Body(body.world, body.object("contact"))
    contact: dict[str, Any] = {
        "phone_number": given.text("phone_number"),
        "first_name": given.text("first_name"),
    }
    user_id = given.optional_number("user_id")
    return contact | ({"user_id": user_id} if user_id else {})


def _location(body: Body) -> dict[str, float]:
    given = body.object("location")
    try:
        return {name: degrees(given[name]) for name in ("latitude", "longitude")}
    except (KeyError, ValueError):
        raise Refused("location is {latitude, longitude}") from None


def _album(body: Body) -> list[dict[str, Any]]:
    given = _given(body, "album")
    if len(given) not in ALBUM_SIZES:
        raise Refused("an album has 2 to 10 files")
    contents = [_album_item(body, value) for value in given]
    check_together(contents)
    shared = {"media_group_id": new_album_id()}
    contents[0] |= _caption(body)
    return [{**content, **shared} for content in contents]


def _album_item(body: Body, value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        found = body.world.files.find(value)
        if found is None:
            raise Refused("file_id not found", code=404)
        return file_content(found)
    upload = value if isinstance(value, Upload) else upload_from(value)
    kind = _album_kind(upload)
    return file_content(body.world.files.add(upload, kind=kind))


def _album_kind(upload: Upload) -> str:
    if upload.mime.startswith("video/"):
        return "video"
    if upload.mime.startswith("audio/"):
        return "audio"
    is_image = upload.mime.startswith("image/") and read_image(upload.data) is not None
    return "photo" if is_image else "document"
