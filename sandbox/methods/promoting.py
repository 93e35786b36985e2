"""promoteChatMember: an administrator with single rights, made or changed by the bot."""

from dataclasses import replace
from typing import TYPE_CHECKING

from sandbox.access import group_of, person_of, readable
from sandbox.chats import CHANNEL, GROUP, PRIVATE, Chat, Member
from sandbox.membership import Change, set_member
from sandbox.rights import ANONYMOUS, admin_rights, granted
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call


def promote_chat_member(call: "Call") -> bool:
    """With no right at all the administrator becomes a member again."""
    chat = readable(call)
    if chat.kind in {PRIVATE, GROUP}:
        raise refuse("large_chats_only")
    member = _promotable(call, chat)
    names = (*admin_rights(chat.kind), ANONYMOUS)
    wanted = {name: call.flag(name) for name in names}
    set_member(call.world, chat, change=Change(_promoted(call, member, wanted), call.world.bot))
    return True


def _promotable(call: "Call", chat: Chat) -> Member:
    member = chat.member_or_left(person_of(call))
    bot = call.world.bot
    if member.state == "creator":
        raise refuse("ban_owner")
    if member.user is bot:
        raise refuse("promote_self")
    group_of(call, right="can_promote_members", rule="rights_promote", private="large_chats_only")
    if member.is_admin and member.promoted_by != bot.id:
        raise refuse("promote_foreign")
    if not member.is_present:
        raise refuse("not_participant")
    return member


def _promoted(call: "Call", member: Member, wanted: dict[str, bool]) -> Member:
    """The bot gives only rights that it has."""
    chat, bot = readable(call), call.world.bot
    if not any(wanted.values()):
        return Member(member.user)
    if chat.kind == CHANNEL and not call.has("can_restrict_members"):
        wanted = {**wanted, "can_restrict_members": True}
    rights = granted(wanted, kind=chat.kind)
    if any(given and not chat.may(bot.id, name) for name, given in rights.items()):
        raise refuse("right_missing")
    return replace(
        Member(member.user, "administrator", rights, member.title),
        is_anonymous=wanted[ANONYMOUS] and chat.kind != CHANNEL,
        promoted_by=bot.id,
    )


METHODS = {"promotechatmember": promote_chat_member}
