"""Sending one message: text, a file, a contact, a dice. Places are in places.py."""

import random
from typing import TYPE_CHECKING, Any

from sandbox.access import Place, writable
from sandbox.chats import CHANNEL
from sandbox.markup import read_markup_of
from sandbox.media import caption_of, file_content, file_of, flags_of, preview_of, text_of
from sandbox.messages import CAPTIONED
from sandbox.posting import Draft, post
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call, Handler
    from sandbox.polls import Poll

_DICE = {"🎲": 6, "🎯": 6, "🎳": 6, "🏀": 5, "⚽": 5, "🎰": 64}


def send(
    call: "Call", place: Place, content: dict[str, Any], *, poll: "Poll | None" = None
) -> dict[str, Any]:
    """The last step of every sending method."""
    channel = place.chat.kind == CHANNEL
    draft = Draft(
        chat=place.chat,
        sender=call.world.bot,
        content=content | flags_of(call),
        thread=place.thread,
        reply_to=place.reply_to,
        markup=read_markup_of(call, private=place.private, channel=channel),
        poll=poll,
    )
    return post(call.world, draft).to_api()


def send_message(call: "Call") -> dict[str, Any]:
    content = text_of(call)
    content |= preview_of(call)
    return send(call, writable(call), content)


def send_contact(call: "Call") -> dict[str, Any]:
    names = ("phone_number", "first_name", "last_name", "vcard")
    contact = {name: call.text(name) for name in names if call.has(name)}
    return send(call, writable(call), {"contact": contact})


def send_dice(call: "Call") -> dict[str, Any]:
    emoji = (call.text("emoji") or "🎲").replace("\ufe0f", "")
    if emoji not in _DICE:
        raise refuse("dice")
    value = random.randint(1, _DICE[emoji])
    return send(call, writable(call), {"dice": {"emoji": emoji, "value": value}})


def _sender(kind: str) -> "Handler":
    def handle(call: "Call") -> dict[str, Any]:
        words = caption_of(call) if kind in CAPTIONED else {}
        place = writable(call)
        return send(call, place, {**file_content(file_of(call, kind)), **words})

    return handle


METHODS: "dict[str, Handler]" = {
    "sendmessage": send_message,
    "sendcontact": send_contact,
    "senddice": send_dice,
    "sendphoto": _sender("photo"),
    "senddocument": _sender("document"),
    "sendvideo": _sender("video"),
    "sendanimation": _sender("animation"),
    "sendaudio": _sender("audio"),
    "sendvoice": _sender("voice"),
    "sendvideonote": _sender("video_note"),
    "sendsticker": _sender("sticker"),
}
