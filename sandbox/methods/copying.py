"""Copying and forwarding, one message or many, and what of a message goes along."""

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sandbox.access import Place, readable, writable
from sandbox.chats import CHANNEL
from sandbox.markup import read_markup_of
from sandbox.media import caption_of, flags_of
from sandbox.messages import Message
from sandbox.methods.albums import new_album_id
from sandbox.polls import copied_poll
from sandbox.posting import Draft, post
from sandbox.rules import refuse
from sandbox.strict_json import whole

if TYPE_CHECKING:
    from sandbox.call import Call
    from sandbox.world import World

MANY = 100
_ALBUM = "media_group_id"
_LEFT_BEHIND = (_ALBUM, "via_bot", "forward_origin", "has_protected_content")
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")


def copy_message(call: "Call") -> dict[str, Any]:
    original = _original(call, missing="copy_missing", refused="copy_refused")
    if not _is_copyable(original):
        raise refuse("copy_refused")
    place = writable(call)
    draft = _copied(call, original, place=place)
    if "caption" in call.params and "text" not in draft.content:
        kept = {key: value for key, value in draft.content.items() if key not in _CAPTION}
        draft = replace(draft, content=kept | caption_of(call) | flags_of(call))
    channel = place.chat.kind == CHANNEL
    markup = read_markup_of(call, private=place.private, channel=channel)
    return {"message_id": post(call.world, replace(draft, markup=markup)).id}


def forward_message(call: "Call") -> dict[str, Any]:
    original = _original(call, missing="forward_missing", refused="forward_refused")
    return post(call.world, _forwarded(call, original, place=writable(call))).to_api()


def copy_messages(call: "Call") -> list[dict[str, int]]:
    originals = [one for one in _originals(call) if _is_copyable(one)]
    drafts = [_copied(call, one, place=place) for place, one in _placed(call, originals)]
    if call.flag("remove_caption"):
        drafts = [_without_caption(draft) for draft in drafts]
    return _post_all(call, drafts, originals=originals)


def forward_messages(call: "Call") -> list[dict[str, int]]:
    originals = _originals(call)
    drafts = [_forwarded(call, one, place=place) for place, one in _placed(call, originals)]
    return _post_all(call, drafts, originals=originals)


def _placed(call: "Call", originals: list[Message]) -> list[tuple[Place, Message]]:
    """Each message counts against the flood limits."""
    if not originals:
        raise refuse("forward_missing")
    return [(writable(call), original) for original in originals]


def _post_all(
    call: "Call", drafts: list[Draft], *, originals: list[Message]
) -> list[dict[str, int]]:
    """What stood together in an album stands together again, in a new one."""
    albums = {one.content[_ALBUM]: new_album_id() for one in originals if _ALBUM in one.content}
    sent = []
    for draft, original in zip(drafts, originals, strict=True):
        former = original.content.get(_ALBUM)
        album = {_ALBUM: albums[former]} if former else {}
        message = post(call.world, replace(draft, content={**draft.content, **album}))
        sent.append({"message_id": message.id})
    return sent


def _without_caption(draft: Draft) -> Draft:
    kept = {key: value for key, value in draft.content.items() if key not in _CAPTION}
    return replace(draft, content=kept)


def _forwarded(call: "Call", original: Message, *, place: Place) -> Draft:
    draft = Draft(place.chat, call.world.bot, flags_of(call), thread=place.thread)
    return forwarded(call.world, original, draft=draft)


def forwarded(world: "World", original: Message, *, draft: Draft) -> Draft:
    """A forwarded invoice stays payable only when it had no start parameter."""
    content = {key: value for key, value in original.content.items() if key not in _LEFT_BEHIND}
    origin = original.content.get("forward_origin") or _origin(original)
    terms = original.invoice
    payable = terms is not None and not terms.start_parameter
    return replace(
        draft,
        content={**content, **draft.content, "forward_origin": origin},
        reply_to=None,
        markup=original.markup if payable else _deep_link(world, original),
        invoice=terms if payable else None,
        poll=original.poll,
    )


def _original(call: "Call", *, missing: str, refused: str) -> Message:
    source = readable(call, name="from_chat_id")
    message = source.messages.get(call.number("message_id"))
    if message is None:
        raise refuse(missing)
    if not _is_free(message):
        raise refuse(refused)
    return message


def _originals(call: "Call") -> list[Message]:
    """Those that cannot be found or forwarded are skipped (Bot API)."""
    source = readable(call, name="from_chat_id")
    numbers = call.items("message_ids")
    if not numbers:
        raise refuse("messages_missing")
    if len(numbers) > MANY:
        raise refuse("messages_many")
    wanted = [whole(str(number)) for number in numbers if str(number).isdecimal()]
    if any(one >= other for one, other in pairwise(wanted)):
        raise refuse("messages_order")
    found = [source.messages.get(number) for number in wanted]
    return [message for message in found if message is not None and _is_free(message)]


def _is_free(message: Message) -> bool:
    return not message.service and not message.content.get("has_protected_content")


def _is_copyable(message: Message) -> bool:
    """No invoice, and a quiz only when its answer is known to the bot (Bot API)."""
    if message.invoice is not None:
        return False
    poll = message.poll
    return poll is None or not poll.terms.correct or poll.is_known(message)


def _copied(call: "Call", original: Message, *, place: Place) -> Draft:
    content = {key: value for key, value in original.content.items() if key not in _LEFT_BEHIND}
    poll = original.poll
    return Draft(
        chat=place.chat,
        sender=call.world.bot,
        content=content | flags_of(call),
        thread=place.thread,
        reply_to=place.reply_to,
        poll=copied_poll(call.world, poll, owner=call.world.bot) if poll is not None else None,
    )


def _origin(original: Message) -> dict[str, Any]:
    """A channel's post, an anonymous administrator's group, or a person."""
    at = {"date": original.date}
    signed = {"author_signature": original.signature} if original.signature else {}
    if original.chat.kind == CHANNEL:
        place = {"chat": original.chat.to_api(), "message_id": original.id}
        return {"type": "channel", **at, **place, **signed}
    if original.sender_chat is not None:
        return {"type": "chat", **at, "sender_chat": original.sender_chat.to_api(), **signed}
    assert original.sender is not None
    return {"type": "user", **at, "sender_user": original.sender.to_api()}


def _deep_link(world: "World", original: Message) -> dict[str, Any] | None:
    if original.invoice is None:
        return None
    url = f"https://t.me/{world.bot.username}?start={original.invoice.start_parameter}"
    return {"inline_keyboard": [[{"text": "Pay", "url": url}]]}


METHODS = {
    "copymessage": copy_message,
    "copymessages": copy_messages,
    "forwardmessage": forward_message,
    "forwardmessages": forward_messages,
}
