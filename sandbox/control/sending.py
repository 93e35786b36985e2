"""What a person says, turned into the content of one message or of an album."""

from typing import TYPE_CHECKING, Any

from sandbox.call import Upload
from sandbox.control.body import Body, Refused, upload_from
from sandbox.formatting import tidy
from sandbox.images import read_image
from sandbox.methods.albums import new_album_id
from sandbox.schema import spec

if TYPE_CHECKING:
    from sandbox.files import StoredFile

FILES = ("photo", "document", "video", "voice", "sticker")
KINDS = ("text", *FILES, "contact", "location", "album")
ALBUM_SIZES = range(2, 11)


def spoken(body: Body) -> list[dict[str, Any]]:
    kinds = [kind for kind in KINDS if body.has(kind)]
    if len(kinds) != 1:
        raise Refused(f"say exactly one of {', '.join(KINDS)}, forward")
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
            return [{kind: stored.to_api(), **_caption(body)}]


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
        return {name: float(given[name]) for name in ("latitude", "longitude")}
    except (KeyError, TypeError, ValueError):
        raise Refused("location is {latitude, longitude}") from None


def _album(body: Body) -> list[dict[str, Any]]:
    given = _given(body, "album")
    if len(given) not in ALBUM_SIZES:
        raise Refused("an album has 2 to 10 files")
    contents = [_album_item(body, value) for value in given]
    if len({"document" in content for content in contents}) > 1:
        raise Refused("documents stand in an album of their own")
    shared = {"media_group_id": new_album_id()}
    contents[0] |= _caption(body)
    return [{**content, **shared} for content in contents]


def _album_item(body: Body, value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        found = body.world.files.find(value)
        if found is None:
            raise Refused("file_id not found", code=404)
        return {found.kind: found.to_api()}
    upload = value if isinstance(value, Upload) else upload_from(value)
    kind = _album_kind(upload)
    return {kind: body.world.files.add(upload, kind=kind).to_api()}


def _album_kind(upload: Upload) -> str:
    if upload.mime.startswith("video/"):
        return "video"
    is_image = upload.mime.startswith("image/") and read_image(upload.data) is not None
    return "photo" if is_image else "document"
