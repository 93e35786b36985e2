"""copyMessage and forwardMessage, and what of a message goes along."""

from typing import TYPE_CHECKING, Any

from sandbox.access import readable, writable
from sandbox.chats import CHANNEL
from sandbox.markup import read_markup_of
from sandbox.media import caption_of, flags_of
from sandbox.messages import Message
from sandbox.posting import Draft, post
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call
    from sandbox.world import World

_LEFT_BEHIND = ("media_group_id", "via_bot", "forward_origin", "has_protected_content")


def copy_message(call: "Call") -> dict[str, Any]:
    original = _original(call, missing="copy_missing", refused="copy_refused")
    if original.invoice is not None:
        raise refuse("copy_refused")
    place = writable(call)
    draft = Draft(
        chat=place.chat,
        sender=call.world.bot,
        content=_copied(call, original) | flags_of(call),
        thread=place.thread,
        reply_to=place.reply_to,
        markup=read_markup_of(call, private=place.private),
    )
    return {"message_id": post(call.world, draft).id}


def forward_message(call: "Call") -> dict[str, Any]:
    original = _original(call, missing="forward_missing", refused="forward_refused")
    place = writable(call)
    draft = forwarded(call.world, original, draft=Draft(place.chat, call.world.bot, {}))
    return post(call.world, _at_thread(draft, place.thread)).to_api()


def forwarded(world: "World", original: Message, *, draft: Draft) -> Draft:
    """A forwarded invoice stays payable only when it had no start parameter."""
    content = {key: value for key, value in original.content.items() if key not in _LEFT_BEHIND}
    origin = original.content.get("forward_origin") or _origin(original)
    terms = original.invoice
    payable = terms is not None and not terms.start_parameter
    return Draft(
        chat=draft.chat,
        sender=draft.sender,
        content={**content, "forward_origin": origin},
        thread=draft.thread,
        markup=original.markup if payable else _deep_link(world, original),
        invoice=terms if payable else None,
    )


def _at_thread(draft: Draft, thread: int | None) -> Draft:
    return Draft(
        draft.chat,
        draft.sender,
        draft.content,
        thread=thread,
        markup=draft.markup,
        invoice=draft.invoice,
    )


def _original(call: "Call", *, missing: str, refused: str) -> Message:
    source = readable(call, name="from_chat_id")
    message = source.messages.get(call.number("message_id"))
    if message is None:
        raise refuse(missing)
    if message.service or message.content.get("has_protected_content"):
        raise refuse(refused)
    return message


def _copied(call: "Call", original: Message) -> dict[str, Any]:
    content = {key: value for key, value in original.content.items() if key not in _LEFT_BEHIND}
    if "caption" in call.params and "text" not in content:
        content.pop("caption", None)
        content.pop("caption_entities", None)
        content |= caption_of(call)
    return content


def _origin(original: Message) -> dict[str, Any]:
    if original.chat.kind == CHANNEL or original.sender is None:
        return {
            "type": "channel",
            "date": original.date,
            "chat": original.chat.to_api(),
            "message_id": original.id,
        }
    return {"type": "user", "date": original.date, "sender_user": original.sender.to_api()}


def _deep_link(world: "World", original: Message) -> dict[str, Any] | None:
    if original.invoice is None:
        return None
    url = f"https://t.me/{world.bot.username}?start={original.invoice.start_parameter}"
    return {"inline_keyboard": [[{"text": "Pay", "url": url}]]}


METHODS = {"copymessage": copy_message, "forwardmessage": forward_message}
