"""Reactions: which emoji there are, who set what, and the updates about it.

The bot's method is in methods/reactions.py, the people's call in control/reacting.py.
"""

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from sandbox.chats import CHANNEL, PRIVATE
from sandbox.posting import changed
from sandbox.schema import raw

if TYPE_CHECKING:
    from sandbox.messages import Message
    from sandbox.people import User
    from sandbox.world import World

UNIQUE_MAX = 11
_QUOTED = re.compile('“([^”]+)”|"([^"]+)"')


@cache
def allowed_emoji() -> frozenset[str]:
    """The list that stands in the Bot API's description of ReactionTypeEmoji."""
    fields = raw()["types"]["ReactionTypeEmoji"]["fields"]
    words = next(field["description"] for field in fields if field["name"] == "emoji")
    return frozenset(curly or straight for curly, straight in _QUOTED.findall(words))


def holder(message: "Message") -> "Message":
    """The reactions of an album belong to its first message that is still there (Bot API)."""
    album = message.content.get("media_group_id")
    if album is None:
        return message
    members = message.chat.messages.values()
    return next(one for one in members if one.content.get("media_group_id") == album)


def is_full(message: "Message", emoji: str, *, user: "User") -> bool:
    others = {one for by, one in message.reactions.items() if by != user.id}
    return emoji not in others and len(others) >= UNIQUE_MAX


def react(world: "World", message: "Message", *, user: "User", emoji: str | None) -> None:
    """Nobody here has Premium: a new reaction takes the place of the former one."""
    former = message.reactions.get(user.id)
    if former == emoji:
        return
    message.reactions.pop(user.id, None)
    if emoji is not None:
        message.reactions[user.id] = emoji
    changed(world, message, kind="reaction")
    if user is not world.bot:
        _tell_bot(world, message, user=user, change=(former, emoji))


def _tell_bot(
    world: "World", message: "Message", *, user: "User", change: tuple[str | None, str | None]
) -> None:
    """In private, and where the bot is an administrator; a channel's readers stay unnamed."""
    chat = message.chat
    if chat.kind != PRIVATE and not chat.is_admin(world.bot.id):
        return
    if chat.kind == PRIVATE and user.blocked:
        return
    shown: dict[str, Any] = {
        "chat": chat.to_api(),
        "message_id": message.id,
        "date": world.now(),
    }
    if chat.kind == CHANNEL:
        counted = Counter(message.reactions.values()).most_common()
        counts = [{"type": _type(emoji), "total_count": count} for emoji, count in counted]
        world.updates.push("message_reaction_count", payload={**shown, "reactions": counts})
        return
    former, present = ([_type(emoji)] if emoji else [] for emoji in change)
    change_shown = {"old_reaction": former, "new_reaction": present}
    world.updates.push("message_reaction", payload={**shown, "user": user.to_api(), **change_shown})


def _type(emoji: str) -> dict[str, str]:
    return {"type": "emoji", "emoji": emoji}


def shown_reactions(message: "Message", *, viewer: int | None) -> list[dict[str, Any]]:
    """The most frequent first; `by` lets a page mark its own person's."""
    counted = Counter(message.reactions.values()).most_common()
    return [
        {
            "emoji": emoji,
            "count": count,
            "mine": message.reactions.get(viewer or 0) == emoji,
            "by": [user for user, one in message.reactions.items() if one == emoji],
        }
        for emoji, count in counted
    ]
