"""sendMediaGroup: two to ten files of kinds that go together, and no keyboard."""

import random
from typing import TYPE_CHECKING, Any

from sandbox.access import writable
from sandbox.media import album_item, flags_of
from sandbox.posting import Draft, post
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call

KINDS = ("photo", "video", "document", "audio")
_HOMOGENEOUS = ("document", "audio")
ALBUM_MAX = 10


def send_media_group(call: "Call") -> list[dict[str, Any]]:
    items = call.items("media", rule="media_json")
    _check_size(len(items))
    contents = [album_item(call, item, kinds=KINDS) for item in items]
    check_together(contents)
    place = writable(call)
    shared = {"media_group_id": new_album_id(), **flags_of(call)}
    drafts = [
        Draft(
            place.chat,
            call.world.bot,
            {**shared, **content},
            thread=place.thread,
            reply_to=place.reply_to,
        )
        for content in contents
    ]
    return [post(call.world, draft).to_api() for draft in drafts]


def _check_size(count: int) -> None:
    if count == 0:
        raise refuse("album_empty")
    if count > ALBUM_MAX:
        raise refuse("album_large")
    if count == 1:
        raise refuse("album_size")


def check_together(contents: list[dict[str, Any]]) -> None:
    """Documents and sounds stay among themselves; captions are all above or all below."""
    for kind in _HOMOGENEOUS:
        if len({kind in content for content in contents}) > 1:
            raise refuse("album_mixed", kind=kind)
    if len({"show_caption_above_media" in content for content in contents}) > 1:
        raise refuse("album_captions")


def new_album_id() -> str:
    return str(random.randint(10**16, 10**17 - 1))


METHODS = {"sendmediagroup": send_media_group}
