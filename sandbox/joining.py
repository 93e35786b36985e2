"""Coming into a chat by a link, at once or after an administrator has agreed."""

from typing import TYPE_CHECKING

from sandbox.invites import Invite, invites_of
from sandbox.membership import Change, joined, set_member

if TYPE_CHECKING:
    from sandbox.chats import Chat, Member
    from sandbox.people import User
    from sandbox.world import World


def enter(world: "World", chat: "Chat", *, user: "User", invite: Invite) -> "Member | None":
    """The new member, or nothing while the person waits to be let in."""
    if invite.by_request:
        _ask(world, chat, user=user, invite=invite)
        return None
    invite.joined.add(user.id)
    return set_member(world, chat, change=Change(joined(chat, user), user, invite))


def _ask(world: "World", chat: "Chat", *, user: "User", invite: Invite) -> None:
    """Told to a bot that may invite people; what it may send the person meanwhile is not."""
    asked = invites_of(chat).asked
    is_new = user.id not in asked
    asked[user.id] = invite
    if is_new and chat.may(world.bot.id, "can_invite_users"):
        payload = {
            "chat": chat.to_api(),
            "from": user.to_api(),
            "user_chat_id": user.id,
            "date": world.now(),
            "invite_link": invite.to_api(),
        }
        world.updates.push("chat_join_request", payload=payload)


def accept(
    world: "World", chat: "Chat", *, user: "User", asked: dict[int, Invite], by: "User"
) -> "Member":
    link = asked.pop(user.id)
    link.joined.add(user.id)
    change = Change(joined(chat, user), by, link, is_approved=True)
    return set_member(world, chat, change=change)
