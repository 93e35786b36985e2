"""Who is in a chat and in what state, and the updates and service messages when that changes."""

from typing import TYPE_CHECKING, Any

from sandbox.chats import CHANNEL, PRIVATE, Chat, Member, member_to_api
from sandbox.posting import Draft, post

if TYPE_CHECKING:
    from sandbox.people import User
    from sandbox.world import World

_ABSENT = {"left", "kicked"}


def set_state(world: "World", chat: Chat, *, user: "User", state: str, by: "User") -> Member:
    former = chat.member(user.id) or Member(user, "left")
    member = Member(user, state)
    if former.state == state:
        return former
    chat.members[user.id] = member
    world.hub.tell("member", chat=chat.id, person=user.id, member={"state": state})
    _tell_bot(world, chat, change=(former, member), by=by)
    _tell_chat(world, chat, change=(former, member), by=by)
    return member


def set_blocked(world: "World", person: "User", *, blocked: bool) -> None:
    """Blocking and unblocking show up as the bot's own membership of the private chat."""
    if person.blocked == blocked:
        return
    person.blocked = blocked
    states = ("member", "kicked") if blocked else ("kicked", "member")
    chat = world.contents.chats[person.id]
    former, present = (Member(world.bot, state) for state in states)
    _push(world, "my_chat_member", chat=chat, change=(former, present), by=person)
    world.hub.tell("member", chat=chat.id, person=person.id, member={"state": states[1]})


def _tell_bot(world: "World", chat: Chat, *, change: tuple[Member, Member], by: "User") -> None:
    if change[1].user is world.bot:
        _push(world, "my_chat_member", chat=chat, change=change, by=by)
    elif chat.is_admin(world.bot.id):
        _push(world, "chat_member", chat=chat, change=change, by=by)


def _push(
    world: "World", kind: str, *, chat: Chat, change: tuple[Member, Member], by: "User"
) -> None:
    former, present = change
    payload: dict[str, Any] = {
        "chat": chat.to_api(),
        "from": by.to_api(),
        "date": world.now(),
        "old_chat_member": member_to_api(former, kind=chat.kind),
        "new_chat_member": member_to_api(present, kind=chat.kind),
    }
    world.updates.push(kind, payload=payload)


def _tell_chat(world: "World", chat: Chat, *, change: tuple[Member, Member], by: "User") -> None:
    former, present = change
    if chat.kind in {CHANNEL, PRIVATE} or former.is_present == present.is_present:
        return
    user = present.user.to_api()
    content: dict[str, Any] = {"new_chat_members": [user]}
    if present.state in _ABSENT:
        content = {"left_chat_member": user}
    post(world, Draft(chat, by, content))
