"""Editing text, caption and keyboard of the bot's own messages."""

from typing import TYPE_CHECKING, Any

from sandbox.access import message_of
from sandbox.chats import CHANNEL, PRIVATE
from sandbox.markup import read_inline_of, same_markup
from sandbox.media import caption_of, flags_of, preview_of, text_of
from sandbox.messages import CAPTIONED, INLINE, Message
from sandbox.posting import changed
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call

_TEXT = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")


def edit_message_text(call: "Call") -> Any:
    message = editable(call)
    content = text_of(call)
    if "text" not in message.content:
        raise refuse("edit_no_text")
    content |= preview_of(call)
    kept = {key: value for key, value in message.content.items() if key not in _TEXT}
    return replace(call, message, {**kept, **content})


def edit_message_caption(call: "Call") -> Any:
    message = editable(call)
    if not CAPTIONED & message.content.keys():
        raise refuse("edit_no_caption")
    words = caption_of(call) | flags_of(call)
    kept = {key: value for key, value in message.content.items() if key not in _CAPTION}
    return replace(call, message, {**kept, **words})


def edit_message_reply_markup(call: "Call") -> Any:
    message = editable(call)
    return replace(call, message, message.content)


def editable(call: "Call") -> Message:
    """Only a message of the bot itself can be edited, and none with a reply keyboard."""
    if call.has("inline_message_id"):
        found = call.world.contents.inline_messages.get(call.text("inline_message_id"))
        if found is None:
            raise refuse("inline_message")
        return found
    message = message_of(call, rule="edit_missing")
    is_forward = "forward_origin" in message.content
    if not _may_edit(call, message) or message.service or is_forward:
        raise refuse("edit_foreign")
    if message.markup and INLINE not in message.markup:
        raise refuse("edit_foreign")
    return message


def is_own(call: "Call", message: Message) -> bool:
    return message.author is call.world.bot


def _may_edit(call: "Call", message: Message) -> bool:
    """In a channel anybody's post with one right, one's own with the other."""
    bot, chat = call.world.bot, message.chat
    if chat.kind != CHANNEL:
        return is_own(call, message)
    if chat.may(bot.id, "can_edit_messages"):
        return True
    return is_own(call, message) and chat.may(bot.id, "can_post_messages")


def replace(call: "Call", message: Message, content: dict[str, Any]) -> Any:
    """Stores the new content and keyboard; refused when nothing changes."""
    kind = message.chat.kind
    markup = read_inline_of(
        call,
        private=kind == PRIVATE,
        invoice=message.invoice is not None,
        channel=kind == CHANNEL,
    )
    if content == message.content and same_markup(markup, message.markup):
        raise refuse("not_modified")
    call.world.flood.admit(message.chat.id, now=call.world.clock())
    message.content, message.markup = content, markup
    message.edit_date = call.world.now()
    changed(call.world, message)
    return True if call.has("inline_message_id") else message.to_api()


METHODS = {
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup,
}
