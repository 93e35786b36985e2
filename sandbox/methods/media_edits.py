"""editMessageMedia: another file in place of the one shown, or a file where only text was."""

from typing import TYPE_CHECKING, Any

from sandbox.media import INPUT_MEDIA, album_item
from sandbox.messages import MEDIA, Message
from sandbox.methods.editing import editable, replace
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call

_HOMOGENEOUS = ("document", "audio")
_FIXED = frozenset({"contact", "dice", "location", "sticker", "venue", "video_note", "voice"})
_REPLACED = frozenset(
    {
        *MEDIA,
        "text",
        "entities",
        "caption",
        "caption_entities",
        "has_media_spoiler",
        "show_caption_above_media",
        "link_preview_options",
    }
)


def edit_message_media(call: "Call") -> Any:
    message = editable(call)
    if message.invoice is not None or message.poll is not None or _FIXED & message.content.keys():
        raise refuse("edit_no_media")
    item = call.object("media", rule="media_json")
    _check_album(message, kind=item.get("type"))
    _check_upload(call, item)
    content = album_item(call, item, kinds=INPUT_MEDIA)
    kept = {key: value for key, value in message.content.items() if key not in _REPLACED}
    return replace(call, message, {**kept, **content})


def _check_album(message: Message, *, kind: Any) -> None:
    """A member of an album keeps to the kinds that may stand together."""
    if "media_group_id" not in message.content:
        return
    if kind == "animation":
        raise refuse("album_type", kind=kind)
    for one in _HOMOGENEOUS:
        if (one in message.content) != (kind == one):
            raise refuse("album_mixed", kind=one)


def _check_upload(call: "Call", item: dict[str, Any]) -> None:
    """The message of an inline result takes only files that are known (Bot API)."""
    if call.has("inline_message_id") and str(item.get("media")).startswith("attach://"):
        raise refuse("inline_upload")


METHODS = {"editmessagemedia": edit_message_media}
