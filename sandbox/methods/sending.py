"""Sending one message: text, a file, a contact, a place."""

from typing import TYPE_CHECKING, Any

from sandbox.access import Place, writable
from sandbox.markup import read_markup_of
from sandbox.media import caption_of, file_of, flags_of, text_of
from sandbox.posting import Draft, post
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call


def send(call: "Call", place: Place, content: dict[str, Any]) -> dict[str, Any]:
    """The last step of every sending method."""
    draft = Draft(
        chat=place.chat,
        sender=call.world.bot,
        content=content | flags_of(call),
        thread=place.thread,
        reply_to=place.reply_to,
        markup=read_markup_of(call, private=place.private),
    )
    return post(call.world, draft).to_api()


def send_message(call: "Call") -> dict[str, Any]:
    content = text_of(call)
    preview = call.object("link_preview_options")
    if preview:
        content["link_preview_options"] = preview
    return send(call, writable(call), content)


def send_photo(call: "Call") -> dict[str, Any]:
    return _send_file(call, "photo")


def send_document(call: "Call") -> dict[str, Any]:
    return _send_file(call, "document")


def send_video(call: "Call") -> dict[str, Any]:
    return _send_file(call, "video")


def send_voice(call: "Call") -> dict[str, Any]:
    return _send_file(call, "voice")


def send_sticker(call: "Call") -> dict[str, Any]:
    return _send_file(call, "sticker")


def send_contact(call: "Call") -> dict[str, Any]:
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: call.text(name) for name in names if call.has(name)}
    return send(call, writable(call), {"contact": contact})


def send_location(call: "Call") -> dict[str, Any]:
    location = {name: _degrees(call, name) for name in ("latitude", "longitude")}
    return send(call, writable(call), {"location": location})


def _send_file(call: "Call", kind: str) -> dict[str, Any]:
    words = caption_of(call) if kind != "sticker" else {}
    place = writable(call)
    return send(call, place, {kind: file_of(call, kind).to_api(), **words})


def _degrees(call: "Call", name: str) -> float:
    try:
        return float(call.text(name))
    except ValueError:
        raise refuse("location", name=name) from None


METHODS = {
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "sendvideo": send_video,
    "sendvoice": send_voice,
    "sendsticker": send_sticker,
    "sendcontact": send_contact,
    "sendlocation": send_location,
}
