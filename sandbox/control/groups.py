"""Groups, channels, topics and who is in them, as people arrange them."""

from typing import TYPE_CHECKING, Any

from sandbox.chats import CHANNEL, GROUP, SUPERGROUP, Chat, Member
from sandbox.control.body import Body, Refused
from sandbox.forum import NewTopic, open_topic
from sandbox.membership import set_blocked, set_state
from sandbox.schema import spec

if TYPE_CHECKING:
    from sandbox.people import User
    from sandbox.world import World

KINDS = (GROUP, SUPERGROUP, CHANNEL)


def add_chat(body: Body) -> dict[str, Any]:
    kind = body.text("type")
    if kind not in KINDS:
        raise Refused("type must be group, supergroup or channel")
    is_forum = body.flag("is_forum")
    if is_forum and kind != SUPERGROUP:
        raise Refused("only a supergroup can be a forum")
    admins = [body.user(value) for value in body.items("admins")]
    members = [body.user(value) for value in body.items("members")]
    chat = Chat(
        id=body.world.next_chat_id(channel_like=kind != GROUP),
        kind=kind,
        title=body.text("title"),
        username=body.optional_text("username") or None,
        is_forum=is_forum,
    )
    body.world.contents.chats[chat.id] = chat
    _fill(body.world, chat, admins=admins, members=members)
    body.world.hub.tell("chat", chat=chat.id, facts=chat.to_control())
    return chat.to_control()


def _fill(world: "World", chat: Chat, *, admins: "list[User]", members: "list[User]") -> None:
    """The first person named owns the chat; the bot is told that it was added."""
    bot = world.bot
    people = [user for user in [*admins, *members] if user is not bot]
    for user in people:
        state = "administrator" if user in admins else "member"
        chat.members[user.id] = Member(user, "creator" if user is people[0] else state)
    if bot in admins or (bot in members and chat.kind == CHANNEL):
        set_state(world, chat, user=bot, state="administrator", by=_owner(world, chat))
    elif bot in members:
        set_state(world, chat, user=bot, state="member", by=_owner(world, chat))


def _owner(world: "World", chat: Chat) -> "User":
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


def set_member(body: Body) -> dict[str, Any]:
    act = body.text("act")
    user = body.user(body.values.get("person"))
    if act in {"block", "unblock"}:
        return _block(body, user, blocked=act == "block")
    chat = body.chat()
    if chat.person is not None:
        raise Refused("a private chat has no members to change")
    member = chat.member(user.id) or Member(user, "left")
    state = _next_state(act, member=member, chat=chat, is_bot=user is body.world.bot)
    by = user if act in {"join", "leave"} and user is not body.world.bot else None
    owner = by or _owner(body.world, chat)
    return _shown(chat, set_state(body.world, chat, user=user, state=state, by=owner))


def _block(body: Body, user: "User", *, blocked: bool) -> dict[str, Any]:
    if user is body.world.bot:
        raise Refused("it is people who block the bot")
    if blocked and not user.started:
        raise Refused("this person never started the bot", code=409)
    set_blocked(body.world, user, blocked=blocked)
    return {"chat": user.id, "person": user.id, "blocked": user.blocked}


def _next_state(act: str, *, member: Member, chat: Chat, is_bot: bool) -> str:
    match act:
        case "join" if member.state == "kicked" and not is_bot:
            raise Refused("this person is banned from the chat", code=403)
        case "join":
            # In a channel a bot is an administrator or not there at all.
            absent = "administrator" if is_bot and chat.kind == CHANNEL else "member"
            return member.state if member.is_present else absent
        case "leave":
            return "left"
        case "kick":
            return "kicked"
        case "promote":
            return member.state if member.state == "creator" else "administrator"
        case "demote":
            return "member" if member.is_present else member.state
        case _:
            raise Refused("act must be block, unblock, join, leave, kick, promote or demote")


def _shown(chat: Chat, member: Member) -> dict[str, Any]:
    return {
        "chat": chat.id,
        "person": member.user.id,
        "state": member.state,
        "admin": member.is_admin,
    }


POSTS = {"chats": add_chat, "topics": add_topic, "member": set_member}
