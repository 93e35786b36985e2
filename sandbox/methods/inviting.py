"""Invite links and requests to join, from the bot's side."""

from typing import TYPE_CHECKING, Any

from sandbox.access import group_of, person_of
from sandbox.invites import Invite, Invites, invites_of, new_link
from sandbox.joining import accept
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call
    from sandbox.chats import Chat

MEMBERS_MAX = 99_999


def create_chat_invite_link(call: "Call") -> dict[str, Any]:
    chat = _invitable(call)
    by_request = call.flag("creates_join_request")
    if by_request and call.has("member_limit"):
        raise refuse("invite_limit")
    invite = Invite(
        link=new_link(),
        creator=call.world.bot,
        by_request=by_request,
        name=call.text("name"),
        expires=max(call.number("expire_date"), 0),
        member_limit=min(max(call.number("member_limit"), 0), MEMBERS_MAX),
    )
    return invites_of(chat).keep(invite).to_api()


def export_chat_invite_link(call: "Call") -> str:
    """A new primary link of the bot; the one before ends."""
    invites = invites_of(_invitable(call))
    former = invites.primary()
    if former is not None:
        former.is_revoked = True
    return invites.keep(Invite(new_link(), call.world.bot, is_primary=True)).link


def revoke_chat_invite_link(call: "Call") -> dict[str, Any]:
    invites = invites_of(_invitable(call))
    invite = invites.links.get(call.text("invite_link"))
    if invite is None:
        raise refuse("invite_missing")
    invite.is_revoked = True
    return invite.to_api()


def approve_chat_join_request(call: "Call") -> bool:
    chat, invites = _asked(call)
    accept(call.world, chat, user=person_of(call), asked=invites.asked, by=call.world.bot)
    return True


def decline_chat_join_request(call: "Call") -> bool:
    del _asked(call)[1].asked[call.number("user_id")]
    return True


def _invitable(call: "Call") -> "Chat":
    return group_of(call, right="can_invite_users", rule="rights_invite", private="invite_private")


def _asked(call: "Call") -> "tuple[Chat, Invites]":
    chat = _invitable(call)
    invites = invites_of(chat)
    if person_of(call).id not in invites.asked:
        raise refuse("no_join_request")
    return chat, invites


METHODS = {
    "createchatinvitelink": create_chat_invite_link,
    "exportchatinvitelink": export_chat_invite_link,
    "revokechatinvitelink": revoke_chat_invite_link,
    "approvechatjoinrequest": approve_chat_join_request,
    "declinechatjoinrequest": decline_chat_join_request,
}
