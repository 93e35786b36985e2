"""Groups, channels and topics, as people make them; who is in them is in members.py."""

from typing import TYPE_CHECKING, Any

from sandbox.chats import CHANNEL, GROUP, SUPERGROUP, Chat, Member
from sandbox.control.body import Body, Refused
from sandbox.forum import NewTopic, open_topic
from sandbox.membership import set_state
from sandbox.rights import all_rights
from sandbox.schema import spec

if TYPE_CHECKING:
    from sandbox.people import User
    from sandbox.world import World

KINDS = (GROUP, SUPERGROUP, CHANNEL)


def add_chat(body: Body) -> dict[str, Any]:
    kind = body.text("type")
    if kind not in KINDS:
        raise Refused("type must be group, supergroup or channel")
    admins = [body.user(value) for value in body.items("admins")]
    members = [body.user(value) for value in body.items("members")]
    chat = body.world.add_chat(_chat(body, kind))
    _fill(body.world, chat, admins=admins, members=members)
    body.world.hub.tell("chat", chat=chat.id, facts=chat.to_control())
    return chat.to_control()


def _chat(body: Body, kind: str) -> Chat:
    is_forum, is_signed = body.flag("is_forum"), body.flag("signatures")
    if is_forum and kind != SUPERGROUP:
        raise Refused("only a supergroup can be a forum")
    if is_signed and kind != CHANNEL:
        raise Refused("only the posts of a channel are signed")
    return Chat(
        id=body.world.next_chat_id(channel_like=kind != GROUP),
        kind=kind,
        title=body.text("title"),
        username=body.optional_text("username") or None,
        description=body.optional_text("description") or None,
        is_forum=is_forum,
        is_signed=is_signed,
    )


def _fill(world: "World", chat: Chat, *, admins: "list[User]", members: "list[User]") -> None:
    """The first person named owns the chat; the bot is told that it was added."""
    bot, rights = world.bot, all_rights(chat.kind)
    people = [user for user in [*admins, *members] if user is not bot]
    for user in people:
        admin = Member(user, "administrator", rights) if user in admins else Member(user)
        chat.members[user.id] = Member(user, "creator") if user is people[0] else admin
    if bot in admins or (bot in members and chat.kind == CHANNEL):
        set_state(world, chat, user=bot, state="administrator", by=owner_of(world, chat))
    elif bot in members:
        set_state(world, chat, user=bot, state="member", by=owner_of(world, chat))


def owner_of(world: "World", chat: Chat) -> "User":
    owners = (member.user for member in chat.members.values() if member.state == "creator")
    return next(owners, world.bot)


def add_topic(body: Body) -> dict[str, Any]:
    person = body.person()
    chat = body.chat_with(person)
    if not chat.is_forum:
        raise Refused("this chat has no topics")
    name = body.text("name").strip()
    if not spec().limit("createForumTopic", "name").holds(name):
        raise Refused("a topic has a name of 1 to 128 characters")
    topic = open_topic(body.world, chat, wanted=NewTopic(name), by=person)
    return {**topic.to_control(), "chat": chat.id}


POSTS = {"chats": add_chat, "topics": add_topic}
