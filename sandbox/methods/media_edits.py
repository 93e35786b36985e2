"""editMessageMedia: another file in place of the one shown, or a file where only text was."""

from typing import TYPE_CHECKING, Any

from sandbox.media import album_item
from sandbox.messages import MEDIA, Message
from sandbox.methods.editing import editable, replace
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call

_KINDS = ("photo", "video", "document")
_REPLACED = frozenset(
    {
        *MEDIA,
        "text",
        "entities",
        "caption",
        "caption_entities",
        "has_media_spoiler",
        "link_preview_options",
    }
)


def edit_message_media(call: "Call") -> Any:
    message = editable(call)
    if message.invoice is not None or "contact" in message.content:
        raise refuse("edit_no_media")
    item = call.object("media", rule="media_json")
    _check_album(message, kind=item.get("type"))
    content = album_item(call, item, kinds=_KINDS)
    kept = {key: value for key, value in message.content.items() if key not in _REPLACED}
    return replace(call, message, {**kept, **content})


def _check_album(message: Message, *, kind: Any) -> None:
    """A member of an album keeps to the kinds that may stand together."""
    if "media_group_id" not in message.content:
        return
    if ("document" in message.content) != (kind == "document"):
        raise refuse("album_type", kind=kind)


METHODS = {"editmessagemedia": edit_message_media}
