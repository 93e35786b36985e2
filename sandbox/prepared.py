"""Prepared inline messages: ready for one person to send, once or more, until they expire."""

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox.chats import CHANNEL, PRIVATE

if TYPE_CHECKING:
    from sandbox.chats import Chat
    from sandbox.inline import Prepared
    from sandbox.people import User
    from sandbox.world import World

PREPARED_KEPT = 2_000
# How long Telegram keeps one is not documented; its mini apps share it at once.
LASTS_SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class PreparedMessage:
    """`chats` says for users, bots, groups and channels whether it may go there."""

    id: str
    person: "User"
    ready: "Prepared"
    title: str
    chats: dict[str, bool]
    expires: int

    def suits(self, chat: "Chat") -> bool:
        kind = {PRIVATE: "bots", CHANNEL: "channels"}.get(chat.kind, "groups")
        return self.chats[kind]


def keep_prepared(world: "World", message: PreparedMessage) -> None:
    known = world.contents.prepared
    known[message.id] = message
    while len(known) > PREPARED_KEPT:
        del known[next(iter(known))]


def new_id() -> str:
    return secrets.token_urlsafe(16)


def prepared_for(world: "World", person: "User") -> list[PreparedMessage]:
    now = world.now()
    return [
        one
        for one in world.contents.prepared.values()
        if one.person is person and now < one.expires
    ]
