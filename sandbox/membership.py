"""Who is in a chat and in what state, and the updates and service messages when that changes."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sandbox.chats import CHANNEL, GROUP, PRIVATE, Chat, Member, member_to_api
from sandbox.posting import Draft, post
from sandbox.rights import all_rights

if TYPE_CHECKING:
    from sandbox.invites import Invite
    from sandbox.people import User
    from sandbox.world import World

SHORTEST_SECONDS, LONGEST_SECONDS = 30, 366 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Change:
    """What a person becomes, who did it, and the link they came by."""

    member: Member
    by: "User"
    invite: "Invite | None" = None
    is_approved: bool = False


def set_state(world: "World", chat: Chat, *, user: "User", state: str, by: "User") -> Member:
    """A plain state: an administrator gets every right, a member is not restricted."""
    rights = all_rights(chat.kind) if state == "administrator" else {}
    return set_member(world, chat, change=Change(Member(user, state, rights), by))


def set_member(world: "World", chat: Chat, *, change: Change) -> Member:
    """Nothing is told when nothing changes."""
    member, user = change.member, change.member.user
    former = chat.member_or_left(user)
    if former.is_same(member):
        return former
    chat.members[user.id] = member
    chat.ends.pop(user.id, None)
    if member.until:
        chat.ends[user.id] = member.until
    world.hub.tell("member", chat=chat.id, person=user.id, member={"state": member.state})
    _tell_bot(world, chat, former=former, change=change)
    _tell_chat(world, chat, former=former, change=change)
    return member


def joined(chat: Chat, user: "User") -> Member:
    """Restrictions stick to a person who comes back."""
    former = chat.member_or_left(user)
    return replace(former, is_in=True) if former.state == "restricted" else Member(user)


def gone(chat: Chat, user: "User") -> Member:
    former = chat.member_or_left(user)
    return replace(former, is_in=False) if former.state == "restricted" else Member(user, "left")


def banned(chat: Chat, user: "User", *, until: int = 0) -> Member:
    """A basic group keeps no list of banned people; a bot removed from one sees itself kicked."""
    if chat.kind == GROUP and not user.is_bot:
        return Member(user, "left")
    return Member(user, "kicked", until=until)


def lasting_until(world: "World", date: int) -> int:
    """Less than 30 seconds or more than 366 days from now is for ever, which is 0."""
    return date if SHORTEST_SECONDS <= date - world.now() <= LONGEST_SECONDS else 0


def end_restrictions(world: "World", chat: Chat) -> None:
    """Bans and restrictions end by the clock; Telegram sends no update when they do."""
    now = world.now()
    for user_id in [one for one, until in chat.ends.items() if until <= now]:
        del chat.ends[user_id]
        member = chat.members[user_id]
        chat.members[user_id] = Member(member.user, "member" if member.is_present else "left")


def set_blocked(world: "World", person: "User", *, blocked: bool) -> None:
    """Blocking and unblocking show up as the bot's own membership of the private chat."""
    if person.blocked == blocked:
        return
    person.blocked = blocked
    states = ("member", "kicked") if blocked else ("kicked", "member")
    chat = world.contents.chats[person.id]
    former, present = (Member(world.bot, state) for state in states)
    _push(world, "my_chat_member", chat=chat, former=former, change=Change(present, person))
    world.hub.tell("member", chat=chat.id, person=person.id, member={"state": states[1]})


def _tell_bot(world: "World", chat: Chat, *, former: Member, change: Change) -> None:
    if change.member.user is world.bot:
        _push(world, "my_chat_member", chat=chat, former=former, change=change)
    elif chat.is_admin(world.bot.id):
        _push(world, "chat_member", chat=chat, former=former, change=change)


def _push(world: "World", kind: str, *, chat: Chat, former: Member, change: Change) -> None:
    payload: dict[str, Any] = {
        "chat": chat.to_api(),
        "from": change.by.to_api(),
        "date": world.now(),
        "old_chat_member": member_to_api(former, kind=chat.kind, bot_id=world.bot.id),
        "new_chat_member": member_to_api(change.member, kind=chat.kind, bot_id=world.bot.id),
    }
    if change.invite is not None:
        payload["invite_link"] = change.invite.to_api()
    if change.is_approved:
        payload["via_join_request"] = True
    world.updates.push(kind, payload=payload)


def _tell_chat(world: "World", chat: Chat, *, former: Member, change: Change) -> None:
    present = change.member
    if chat.kind in {CHANNEL, PRIVATE} or former.is_present == present.is_present:
        return
    user = present.user.to_api()
    content: dict[str, Any] = {"left_chat_member": user}
    by = change.by
    if present.is_present:
        content = {"new_chat_members": [user]}
        by = present.user if change.invite is not None else change.by
    post(world, Draft(chat, by, content))
