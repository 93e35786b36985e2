"""Privacy mode: which messages of a chat the bot gets as updates."""

from typing import TYPE_CHECKING

from sandbox.chats import CHANNEL, PRIVATE

if TYPE_CHECKING:
    from sandbox.messages import Message
    from sandbox.world import World


def reaches_bot(world: "World", message: "Message") -> bool:
    """In groups an ordinary bot sees only what is meant for it, unless privacy is off."""
    chat = message.chat
    if chat.kind == PRIVATE:
        return chat.person is not None and not chat.person.blocked
    member = chat.member(world.bot.id)
    if member is None or not member.is_present:
        return _tells_own_leaving(world, message)
    is_open = member.is_admin or world.bot.reads_all or chat.kind == CHANNEL
    return is_open or bool(message.service) or _is_meant_for_bot(world, message)


def _tells_own_leaving(world: "World", message: "Message") -> bool:
    """The last thing a bot hears of a chat (Client.cpp: need_skip_update_message)."""
    return bool(message.content.get("left_chat_member", {}).get("id") == world.bot.id)


def follows_edits(world: "World", message: "Message") -> bool:
    """Of a message in a group that the bot never got, it does not get the edits either."""
    in_group = message.chat.kind not in {PRIVATE, CHANNEL}
    return (message.is_seen or not in_group) and reaches_bot(world, message)


def _is_meant_for_bot(world: "World", message: "Message") -> bool:
    """As the FAQ for bots lists it; a mention alone is not on that list."""
    own = (world.bot.username or "").lower()
    return _answers(world, message) or _is_via(world, message) or _is_command(message, own=own)


def _answers(world: "World", message: "Message") -> bool:
    """Topics begin with a service message that everything in them seems to answer."""
    answered = message.reply_to
    if answered is None or answered.service:
        return False
    return answered.author is world.bot or _is_via(world, answered) or answered.is_seen


def _is_via(world: "World", message: "Message") -> bool:
    return bool(message.content.get("via_bot", {}).get("id") == world.bot.id)


def _is_command(message: "Message", *, own: str) -> bool:
    """A command without a name counts: the bot is the only one here to have spoken last."""
    first = message.content.get("text", "").lower().partition(" ")[0].partition("\n")[0]
    if not first.startswith("/"):
        return False
    _, at, target = first.partition("@")
    return not at or target == own
