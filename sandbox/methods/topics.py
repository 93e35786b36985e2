"""Forum topics: making, renaming, closing, reopening and deleting them."""

from typing import TYPE_CHECKING, Any

from sandbox.access import forum_of, topic_of
from sandbox.forum import ICON_COLORS, NewTopic, open_topic, remove_topic, tell_topic
from sandbox.rules import refuse
from sandbox.schema import spec

if TYPE_CHECKING:
    from sandbox.call import Call


def create_forum_topic(call: "Call") -> dict[str, Any]:
    chat = forum_of(call, rule="rights_topic_create")
    name = call.text("name").strip()
    if not spec().limit("createForumTopic", "name").holds(name):
        raise refuse("topic_name")
    color = call.number("icon_color", default=ICON_COLORS[0])
    if color not in ICON_COLORS:
        raise refuse("topic_color")
    call.world.flood.admit(chat.id, now=call.world.clock())
    wanted = NewTopic(name, color, call.text("icon_custom_emoji_id") or None)
    return open_topic(call.world, chat, wanted=wanted, by=call.world.bot).to_api()


def edit_forum_topic(call: "Call") -> bool:
    chat, topic = topic_of(call)
    name = call.text("name").strip() or topic.name
    icon = call.text("icon_custom_emoji_id")
    if not spec().limit("editForumTopic", "name").holds(name):
        raise refuse("topic_name")
    if name == topic.name and (not icon or icon == topic.icon_custom_emoji_id):
        raise refuse("topic_unchanged")
    topic.name, topic.icon_custom_emoji_id = name, icon or topic.icon_custom_emoji_id
    facts = {"name": name} | ({"icon_custom_emoji_id": icon} if icon else {})
    tell_topic(call.world, chat, topic=topic, content={"forum_topic_edited": facts})
    return True


def close_forum_topic(call: "Call") -> bool:
    return _set_closed(call, closed=True)


def reopen_forum_topic(call: "Call") -> bool:
    return _set_closed(call, closed=False)


def _set_closed(call: "Call", *, closed: bool) -> bool:
    chat, topic = topic_of(call)
    if topic.closed == closed:
        raise refuse("topic_unchanged")
    topic.closed = closed
    kind = "forum_topic_closed" if closed else "forum_topic_reopened"
    tell_topic(call.world, chat, topic=topic, content={kind: {}})
    return True


def delete_forum_topic(call: "Call") -> bool:
    chat, topic = topic_of(call)
    remove_topic(call.world, chat, topic=topic)
    return True


METHODS = {
    "createforumtopic": create_forum_topic,
    "editforumtopic": edit_forum_topic,
    "closeforumtopic": close_forum_topic,
    "reopenforumtopic": reopen_forum_topic,
    "deleteforumtopic": delete_forum_topic,
}
