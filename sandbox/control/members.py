"""People join, leave, block, promote and restrict, and come in by links."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sandbox.chats import CHANNEL, SUPERGROUP, Chat, Member
from sandbox.control.body import Body, Refused
from sandbox.control.groups import owner_of
from sandbox.invites import invites_of
from sandbox.joining import accept, enter
from sandbox.membership import Change, banned, gone, joined, lasting_until, set_blocked, set_member
from sandbox.rights import ANONYMOUS, all_rights, granted, member_permissions

if TYPE_CHECKING:
    from sandbox.people import User

ACTS = (
    "block", "unblock", "deactivate", "join", "leave", "kick", "unkick", "promote", "demote",
    "restrict", "unrestrict", "approve", "decline",
)  # fmt: skip


def set_membership(body: Body) -> dict[str, Any]:
    act = body.text("act")
    if act not in ACTS:
        raise Refused(f"act must be one of {', '.join(ACTS)}")
    user = body.user(body.values.get("person"))
    if act in {"block", "unblock", "deactivate"}:
        return _change_person(body, user, act=act)
    chat = body.chat()
    if chat.person is not None:
        raise Refused("a private chat has no members to change")
    if act in {"approve", "decline"}:
        return _shown(chat, _let_in(body, chat, user, is_welcome=act == "approve"))
    member = _next_member(body, chat, user, act=act)
    is_own = act in {"join", "leave"} and user is not body.world.bot
    by = user if is_own else owner_of(body.world, chat)
    return _shown(chat, set_member(body.world, chat, change=Change(member, by)))


def _change_person(body: Body, user: "User", *, act: str) -> dict[str, Any]:
    """A person who deleted the account never comes back."""
    if user is body.world.bot:
        raise Refused("it is people who block the bot")
    if act == "deactivate":
        user.deactivated = True
        body.world.hub.tell("person", person=user.id, facts=user.to_control())
        return {"chat": user.id, "person": user.id, "deactivated": True}
    blocked = act == "block"
    if blocked and not user.started:
        raise Refused("this person never started the bot", code=409)
    set_blocked(body.world, user, blocked=blocked)
    return {"chat": user.id, "person": user.id, "blocked": user.blocked}


def _next_member(body: Body, chat: Chat, user: "User", *, act: str) -> Member:
    member = chat.member_or_left(user)
    match act:
        case "join":
            return _joining(body, chat, member)
        case "leave":
            return gone(chat, user)
        case "kick":
            return banned(chat, user, until=_until(body))
        case "unkick":
            return Member(user, "left") if member.state == "kicked" else member
        case "promote":
            return _promoted(body, chat, member)
        case "restrict":
            return _restricted(body, chat, member)
        case "demote" | "unrestrict" if member.is_present and member.state != "creator":
            return Member(user)
        case _:
            return member


def _joining(body: Body, chat: Chat, member: Member) -> Member:
    """In a channel a bot is an administrator or not there at all."""
    is_bot = member.user is body.world.bot
    if member.state == "kicked" and not is_bot:
        raise Refused("this person is banned from the chat", code=403)
    if member.is_present:
        return member
    if is_bot and chat.kind == CHANNEL:
        return Member(member.user, "administrator", all_rights(chat.kind))
    return Member(member.user) if is_bot else joined(chat, member.user)


def _promoted(body: Body, chat: Chat, member: Member) -> Member:
    """Every right, unless `rights` names the single ones; an owner can only become anonymous."""
    is_anonymous = body.flag("anonymous")
    if is_anonymous and chat.kind != SUPERGROUP:
        raise Refused("only a supergroup has anonymous administrators")
    rights = all_rights(chat.kind)
    if "rights" in body.values:
        rights = _checked(body, granted(body.object("rights"), kind=chat.kind))
    title = body.optional_text("title") or ""
    made = Member(member.user, "administrator", rights, title, is_anonymous)
    return replace(made, state="creator", rights={}) if member.state == "creator" else made


def _restricted(body: Body, chat: Chat, member: Member) -> Member:
    if chat.kind != SUPERGROUP:
        raise Refused("members are restricted in supergroups only")
    if member.is_admin:
        raise Refused("an administrator cannot be restricted: demote first", code=409)
    allowed = _checked(body, member_permissions(body.optional_object("rights")))
    made = Member(member.user, "restricted", allowed, is_in=member.is_present)
    return replace(made, until=_until(body))


def _checked(body: Body, rights: dict[str, bool]) -> dict[str, bool]:
    """A misspelt right would silently be none."""
    unknown = set(body.values.get("rights") or {}) - rights.keys() - {ANONYMOUS}
    if unknown:
        raise Refused(f"no such right here: {', '.join(sorted(unknown))}")
    return rights


def _until(body: Body) -> int:
    return lasting_until(body.world, body.optional_number("until") or 0)


def _let_in(body: Body, chat: Chat, user: "User", *, is_welcome: bool) -> Member:
    asked = invites_of(chat).asked
    if user.id not in asked:
        raise Refused("this person has not asked to join", code=404)
    if is_welcome:
        by = owner_of(body.world, chat)
        return accept(body.world, chat, user=user, asked=asked, by=by)
    del asked[user.id]
    return chat.member_or_left(user)


def join(body: Body) -> dict[str, Any]:
    """By a link, as a person taps it; `waiting` says that an administrator must agree first."""
    person, link = body.person(), body.text("link")
    chat = body.world.linked(link)
    invite = invites_of(chat).links.get(link) if chat is not None else None
    if chat is None or invite is None or not invite.is_open(body.world.now()):
        raise Refused("this link has expired", code=404)
    former = chat.member_or_left(person)
    if former.state == "kicked":
        raise Refused("this person is banned from the chat", code=403)
    if former.is_present:
        raise Refused("this person is in the chat already", code=409)
    member = enter(body.world, chat, user=person, invite=invite)
    return {**_shown(chat, member or former), "waiting": member is None}


def _shown(chat: Chat, member: Member) -> dict[str, Any]:
    return {
        "chat": chat.id,
        "person": member.user.id,
        "state": member.state,
        "admin": member.is_admin,
    }


POSTS = {"member": set_membership, "join": join}
