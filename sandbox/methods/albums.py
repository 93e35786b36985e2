"""sendMediaGroup: two to ten files of kinds that go together, and no keyboard."""

import random
from typing import TYPE_CHECKING, Any

from sandbox.access import writable
from sandbox.media import album_item, flags_of
from sandbox.posting import Draft, post
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call

KINDS = ("photo", "video", "document")


def send_media_group(call: "Call") -> list[dict[str, Any]]:
    items = call.items("media", rule="media_json")
    check_album_size(len(items))
    contents = [album_item(call, item, kinds=KINDS) for item in items]
    if len({content.keys() & {"document"} != set() for content in contents}) > 1:
        raise refuse("album_mixed", kind="document")
    place = writable(call)
    shared = {"media_group_id": new_album_id(), **flags_of(call)}
    sent = []
    for content in contents:
        draft = Draft(
            place.chat,
            call.world.bot,
            {**shared, **content},
            thread=place.thread,
            reply_to=place.reply_to,
        )
        sent.append(post(call.world, draft).to_api())
    return sent


def check_album_size(count: int) -> None:
    if not 2 <= count <= 10:
        raise refuse("album_size")


def new_album_id() -> str:
    return str(random.randint(10**16, 10**17 - 1))


METHODS = {"sendmediagroup": send_media_group}
