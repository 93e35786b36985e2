"""Invite links of a chat and the requests to join it; who may make them is for the methods."""

import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sandbox.chats import Chat
    from sandbox.people import User

LINKS_KEPT = 1_000


@dataclass(slots=True, eq=False)
class Invite:
    link: str
    creator: "User"
    is_primary: bool = False
    by_request: bool = False
    name: str = ""
    expires: int = 0
    member_limit: int = 0
    is_revoked: bool = False
    joined: set[int] = field(default_factory=set)

    def is_open(self, now: int) -> bool:
        is_late = bool(self.expires) and now >= self.expires
        is_full = bool(self.member_limit) and len(self.joined) >= self.member_limit
        return not (self.is_revoked or is_late or is_full)

    def to_api(self) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "invite_link": self.link,
            "creator": self.creator.to_api(),
            "creates_join_request": self.by_request,
            "is_primary": self.is_primary,
            "is_revoked": self.is_revoked,
        }
        rest = {"name": self.name, "expire_date": self.expires, "member_limit": self.member_limit}
        return shown | {name: value for name, value in rest.items() if value}


@dataclass(slots=True)
class Invites:
    """`asked` holds the link by which each person asked to join."""

    links: dict[str, Invite] = field(default_factory=dict)
    asked: dict[int, Invite] = field(default_factory=dict)

    def primary(self) -> Invite | None:
        found = (one for one in self.links.values() if one.is_primary and not one.is_revoked)
        return next(found, None)

    def keep(self, invite: Invite) -> Invite:
        self.links[invite.link] = invite
        if len(self.links) > LINKS_KEPT:
            del self.links[next(iter(self.links))]
        return invite


def invites_of(chat: "Chat") -> Invites:
    if chat.invites is None:
        chat.invites = Invites()
    return chat.invites


def new_link() -> str:
    return f"https://t.me/+{secrets.token_urlsafe(12)}"
