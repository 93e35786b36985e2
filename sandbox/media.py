"""Files and captions of a call: uploads, attachments and file_ids turned into message content."""

from typing import TYPE_CHECKING, Any

from sandbox.files import KINDS
from sandbox.formatting import Formatted, read_markup
from sandbox.rules import refuse
from sandbox.schema import spec
from sandbox.strict_json import whole

if TYPE_CHECKING:
    from sandbox.call import Call, Upload
    from sandbox.files import StoredFile
    from sandbox.world import World

INPUT_MEDIA = ("animation", "audio", "document", "photo", "video")
_PREVIEW_TYPES = {"Boolean": bool, "String": str}
_FLAGS = {
    "protect_content": "has_protected_content",
    "has_spoiler": "has_media_spoiler",
    "show_caption_above_media": "show_caption_above_media",
}


def text_of(call: "Call") -> dict[str, Any]:
    """The text and its entities, refused when empty or too long."""
    source = call.text("text")
    if not source:
        raise refuse("text_empty")
    formatted = read_markup(
        source,
        mode=call.text("parse_mode"),
        entities=call.items("entities"),
        users=call.world.user,
    )
    if not formatted.text:
        raise refuse("text_blank")
    if formatted.length > spec().limit("sendMessage", "text").high:
        raise refuse("text_long")
    return _with_entities("text", "entities", formatted)


def caption_of(call: "Call") -> dict[str, Any]:
    return caption(
        call.text("caption"),
        mode=call.text("parse_mode"),
        entities=call.items("caption_entities"),
        world=call.world,
    )


def caption(source: str, *, mode: str, entities: list[Any], world: "World") -> dict[str, Any]:
    if not source:
        return {}
    formatted = read_markup(source, mode=mode, entities=entities, users=world.user)
    if formatted.length > spec().limit("sendPhoto", "caption").high:
        raise refuse("caption_long")
    return _with_entities("caption", "caption_entities", formatted) if formatted.text else {}


def caption_in(item: dict[str, Any], *, world: "World") -> dict[str, Any]:
    """The caption of an InputMedia or of an inline result."""
    source, mode = item.get("caption") or "", item.get("parse_mode") or ""
    entities = item.get("caption_entities") or []
    if not (isinstance(source, str) and isinstance(mode, str) and isinstance(entities, list)):
        raise refuse("bad_body", what="caption")
    return caption(source, mode=mode, entities=entities, world=world)


def flags_of(call: "Call") -> dict[str, Any]:
    flags: dict[str, Any] = {
        shown: True for name, shown in _FLAGS.items() if name in call.params and call.flag(name)
    }
    if call.has("message_effect_id"):
        flags["effect_id"] = call.text("message_effect_id")
    return flags


def preview_of(call: "Call") -> dict[str, Any]:
    return preview_from(call.json("link_preview_options"))


def preview_from(given: Any) -> dict[str, Any]:
    """The fields that the data knows, of the types that it says; unknown ones are ignored."""
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise refuse("bad_body", what="link preview options")
    fields = spec().types["LinkPreviewOptions"]
    kept = {name: given[name] for name in fields if given.get(name) is not None}
    for name, value in kept.items():
        if not isinstance(value, _PREVIEW_TYPES[fields[name].types[0]]):
            raise refuse("bad_body", what="link preview options")
    return {"link_preview_options": kept} if kept else {}


def file_of(call: "Call", kind: str) -> "StoredFile":
    """The file that the parameter of that name gives, with what the call says about it."""
    if kind in call.uploads:
        facts = facts_of({name: call.params.get(name) for name in KINDS[kind].facts}, kind=kind)
        upload, small = call.uploads[kind], call.uploads.get("thumbnail") or _attached(call)
        return call.world.files.add(upload, kind=kind, facts=facts, thumbnail=small)
    if not call.has(kind):
        raise refuse("no_file", kind=kind.replace("_", " "))
    return file_named(call, {"media": call.text(kind)}, kind=kind)


def _attached(call: "Call") -> "Upload | None":
    named = call.text("thumbnail")
    return call.uploads.get(named.removeprefix("attach://")) if named else None


def file_named(call: "Call", item: dict[str, Any], *, kind: str) -> "StoredFile":
    """The file of an InputMedia: attached, known by its file_id, or refused."""
    value = item.get("media")
    if not isinstance(value, str) or not value:
        raise refuse("attach_missing")
    if value.startswith("attach://"):
        upload = call.uploads.get(value.removeprefix("attach://"))
        if upload is None:
            raise refuse("attach_missing")
        small = call.uploads.get(str(item.get("thumbnail") or "").removeprefix("attach://"))
        facts = facts_of(item, kind=kind)
        return call.world.files.add(upload, kind=kind, facts=facts, thumbnail=small)
    if value.startswith(("http://", "https://")):
        raise refuse("file_url")
    return call.world.files.reuse(value, kind=kind)


def facts_of(given: dict[str, Any], *, kind: str) -> dict[str, Any]:
    """Numbers that cannot be read, or are negative, count as left out."""
    facts: dict[str, Any] = {}
    for name in KINDS[kind].facts:
        value = given.get(name)
        if name in {"performer", "title"}:
            facts |= {name: value} if isinstance(value, str) and value else {}
        elif str(value or "").isdecimal():
            facts[name] = whole(str(value))
    return facts


def file_content(stored: "StoredFile") -> dict[str, Any]:
    """An animation is shown as a document as well, for older bots (Bot API)."""
    shown = stored.to_api()
    if stored.kind != "animation":
        return {stored.kind: shown}
    form = {"width", "height", "duration"}
    document = {name: value for name, value in shown.items() if name not in form}
    return {"animation": shown, "document": document}


def album_item(call: "Call", item: Any, *, kinds: tuple[str, ...]) -> dict[str, Any]:
    """One InputMedia as the content of a message."""
    if not isinstance(item, dict):
        raise refuse("media_json")
    kind = item.get("type")
    if kind not in kinds:
        rule = "album_type" if kind in INPUT_MEDIA else "media_type"
        raise refuse(rule, kind=kind)
    stored = file_named(call, item, kind=kind)
    flags = {shown: True for name, shown in _FLAGS.items() if item.get(name) is True}
    return {**file_content(stored), **caption_in(item, world=call.world), **flags}


def _with_entities(text: str, entities: str, formatted: Formatted) -> dict[str, Any]:
    shown: dict[str, Any] = {text: formatted.text}
    if formatted.entities:
        shown[entities] = formatted.entities
    return shown
