"""Members of a chat: looking at them, banning and restricting them, leaving."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sandbox.access import group_of, person_of, readable
from sandbox.chats import GROUP, PRIVATE, SUPERGROUP, Chat, Member, member_to_api
from sandbox.membership import Change, banned, gone, lasting_until, set_member
from sandbox.rights import member_permissions
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call
    from sandbox.people import User


def get_chat_member(call: "Call") -> dict[str, Any]:
    chat = readable(call, is_look=True)
    number = call.number("user_id")
    if number <= 0:
        raise refuse("user_id_invalid")
    user, bot = call.world.user(number), call.world.bot
    if user is None or (chat.kind == PRIVATE and number not in {chat.id, bot.id}):
        raise refuse("member_missing")
    if chat.kind == PRIVATE:
        return member_to_api(Member(user), kind=chat.kind)
    return member_to_api(chat.member_or_left(user), kind=chat.kind, bot_id=bot.id)


def get_chat_administrators(call: "Call") -> list[dict[str, Any]]:
    chat, bot = readable(call, is_look=True), call.world.bot
    if chat.kind == PRIVATE:
        raise refuse("no_admins")
    admins = [member for member in chat.members.values() if member.is_admin]
    return [member_to_api(member, kind=chat.kind, bot_id=bot.id) for member in admins]


def ban_chat_member(call: "Call") -> bool:
    chat, user = _restrictable(call, private="ban_private")
    until = lasting_until(call.world, call.number("until_date"))
    _set(call, chat, member=banned(chat, user, until=until))
    return True


def restrict_chat_member(call: "Call") -> bool:
    """Who is not in the chat is restricted for when they come."""
    wanted = call.object("permissions", rule="permissions_json")
    if readable(call).kind != SUPERGROUP:
        raise refuse("supergroups_only")
    chat, user = _restrictable(call, private="supergroups_only")
    allowed = member_permissions(wanted)
    former = chat.member_or_left(user)
    until = lasting_until(call.world, call.number("until_date"))
    member = Member(user, "restricted", allowed, until=until, is_in=former.is_present)
    if all(allowed.values()):
        member = Member(user) if former.is_present else Member(user, "left")
    _set(call, chat, member=member)
    return True


def unban_chat_member(call: "Call") -> bool:
    """Without only_if_banned a member is removed, as on Telegram."""
    if readable(call).kind in {PRIVATE, GROUP}:
        raise refuse("large_chats_only")
    chat, user = _restrictable(call, private="large_chats_only")
    member = chat.member_or_left(user)
    if call.flag("only_if_banned") and member.state != "kicked":
        return True
    _set(call, chat, member=Member(user, "left"))
    return True


def _restrictable(call: "Call", *, private: str) -> "tuple[Chat, User]":
    """The owner and the bot itself are refused before the right is looked at."""
    chat = readable(call)
    if chat.kind == PRIVATE:
        raise refuse(private)
    user = person_of(call)
    member = chat.member_or_left(user)
    if member.state == "creator":
        raise refuse("ban_owner")
    if user is call.world.bot:
        raise refuse("ban_self")
    group_of(call, right="can_restrict_members", rule="rights_ban", private=private)
    if member.is_admin:
        raise refuse("ban_admin")
    return chat, user


def _set(call: "Call", chat: Chat, *, member: Member) -> None:
    set_member(call.world, chat, change=Change(member, call.world.bot))


def leave_chat(call: "Call") -> bool:
    chat = readable(call)
    if chat.kind == PRIVATE:
        raise refuse("leave_private")
    _set(call, chat, member=gone(chat, call.world.bot))
    return True


def set_custom_title(call: "Call") -> bool:
    """Only of administrators that the bot itself has promoted."""
    chat = readable(call)
    if chat.kind != SUPERGROUP:
        raise refuse("supergroups_only")
    member = chat.member_or_left(person_of(call))
    if member.state == "creator":
        raise refuse("title_owner")
    if member.state != "administrator":
        raise refuse("title_member")
    if member.promoted_by != call.world.bot.id:
        raise refuse("title_rights")
    _set(call, chat, member=replace(member, title=call.text("custom_title")))
    return True


METHODS = {
    "getchatmember": get_chat_member,
    "getchatadministrators": get_chat_administrators,
    "banchatmember": ban_chat_member,
    "unbanchatmember": unban_chat_member,
    "restrictchatmember": restrict_chat_member,
    "setchatadministratorcustomtitle": set_custom_title,
    "leavechat": leave_chat,
}
