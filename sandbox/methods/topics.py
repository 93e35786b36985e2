"""Forum topics: making, renaming, closing, reopening and deleting them."""

from typing import TYPE_CHECKING, Any

from sandbox.access import forum_of, manages, topic_of
from sandbox.forum import ICON_COLORS, NewTopic, open_topic, remove_topic, tell_topic
from sandbox.rules import refuse
from sandbox.schema import spec

if TYPE_CHECKING:
    from sandbox.call import Call
    from sandbox.chats import Chat, Topic


def create_forum_topic(call: "Call") -> dict[str, Any]:
    chat = forum_of(call)
    if not chat.may(call.world.bot.id, "can_manage_topics"):
        raise refuse("rights_topic_create")
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
    chat, topic = _managed(call, rule="rights_topic_edit")
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
    chat, topic = _managed(call, rule="rights_topic_close")
    if topic.closed == closed:
        raise refuse("topic_unchanged")
    topic.closed = closed
    kind = "forum_topic_closed" if closed else "forum_topic_reopened"
    tell_topic(call.world, chat, topic=topic, content={kind: {}})
    return True


def delete_forum_topic(call: "Call") -> bool:
    """Here the maker of the topic has no privilege."""
    chat, topic = topic_of(call)
    if not chat.may(call.world.bot.id, "can_delete_messages"):
        raise refuse("rights_topic_delete")
    remove_topic(call.world, chat, topic=topic)
    return True


def _managed(call: "Call", *, rule: str) -> "tuple[Chat, Topic]":
    """A topic that the bot made itself needs no right."""
    chat, topic = topic_of(call)
    if not manages(chat, topic, user_id=call.world.bot.id):
        raise refuse(rule)
    return chat, topic


METHODS = {
    "createforumtopic": create_forum_topic,
    "editforumtopic": edit_forum_topic,
    "closeforumtopic": close_forum_topic,
    "reopenforumtopic": reopen_forum_topic,
    "deleteforumtopic": delete_forum_topic,
}
