"""Members of a chat: looking at them, banning them, leaving."""

from typing import TYPE_CHECKING, Any

from sandbox.access import person_of, readable
from sandbox.chats import PRIVATE, Chat, Member, member_to_api
from sandbox.membership import set_state
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call


def get_chat_member(call: "Call") -> dict[str, Any]:
    chat = readable(call)
    number = call.number("user_id")
    if number <= 0:
        raise refuse("user_id_invalid")
    user = call.world.user(number)
    if user is None:
        raise refuse("member_missing")
    if chat.kind == PRIVATE:
        state = "member" if number in {chat.id, call.world.bot.id} else "left"
        return member_to_api(Member(user, state), kind=chat.kind)
    return member_to_api(chat.member(number) or Member(user, "left"), kind=chat.kind)


def get_chat_administrators(call: "Call") -> list[dict[str, Any]]:
    chat = readable(call)
    if chat.kind == PRIVATE:
        raise refuse("no_admins")
    admins = [member for member in chat.members.values() if member.is_admin]
    return [member_to_api(member, kind=chat.kind) for member in admins]


def ban_chat_member(call: "Call") -> bool:
    chat = _restrictable(call)
    user = person_of(call)
    member = chat.member(user.id)
    if user is call.world.bot:
        raise refuse("ban_self")
    if member is not None and member.state == "creator":
        raise refuse("ban_owner")
    if member is not None and member.is_admin:
        raise refuse("ban_admin")
    set_state(call.world, chat, user=user, state="kicked", by=call.world.bot)
    return True


def unban_chat_member(call: "Call") -> bool:
    """Without only_if_banned a member is removed, as on Telegram."""
    chat = _restrictable(call)
    user = person_of(call)
    member = chat.member(user.id)
    if member is None or (call.flag("only_if_banned") and member.state != "kicked"):
        return True
    if member.state != "left":
        set_state(call.world, chat, user=user, state="left", by=call.world.bot)
    return True


def _restrictable(call: "Call") -> Chat:
    chat = readable(call)
    if chat.kind == PRIVATE:
        raise refuse("ban_private")
    if not chat.is_admin(call.world.bot.id):
        raise refuse("rights_ban")
    return chat


def leave_chat(call: "Call") -> bool:
    chat = readable(call)
    if chat.kind == PRIVATE:
        raise refuse("leave_private")
    bot = call.world.bot
    set_state(call.world, chat, user=bot, state="left", by=bot)
    return True


METHODS = {
    "getchatmember": get_chat_member,
    "getchatadministrators": get_chat_administrators,
    "banchatmember": ban_chat_member,
    "unbanchatmember": unban_chat_member,
    "leavechat": leave_chat,
}
