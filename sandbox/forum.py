"""Topics of a forum as the chat lives them, whoever opens or closes them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.chats import Chat, Topic
from sandbox.posting import Draft, post, remove

if TYPE_CHECKING:
    from sandbox.people import User
    from sandbox.world import World

ICON_COLORS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)


@dataclass(frozen=True, slots=True)
class NewTopic:
    name: str
    icon_color: int = ICON_COLORS[0]
    icon_custom_emoji_id: str | None = None


def open_topic(world: "World", chat: Chat, *, wanted: NewTopic, by: "User") -> Topic:
    """A topic has the number of the service message that opens it."""
    number = chat.last_id + 1
    topic = Topic(
        number, wanted.name, wanted.icon_color, wanted.icon_custom_emoji_id, opened_by=by.id
    )
    chat.topics[number] = topic
    facts: dict[str, Any] = {"name": wanted.name, "icon_color": wanted.icon_color}
    if wanted.icon_custom_emoji_id:
        facts["icon_custom_emoji_id"] = wanted.icon_custom_emoji_id
    post(world, Draft(chat, by, {"forum_topic_created": facts}, thread=number))
    world.hub.tell("topic", chat=chat.id, topic=topic.to_control())
    return topic


def tell_topic(world: "World", chat: Chat, *, topic: Topic, content: dict[str, Any]) -> None:
    post(world, Draft(chat, world.bot, content, thread=topic.id))
    world.hub.tell("topic", chat=chat.id, topic=topic.to_control())


def remove_topic(world: "World", chat: Chat, *, topic: Topic) -> None:
    del chat.topics[topic.id]
    for message in [one for one in chat.messages.values() if one.thread == topic.id]:
        remove(world, message)
    world.hub.tell("topic", chat=chat.id, topic={**topic.to_control(), "deleted": True})
