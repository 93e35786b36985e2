"""setMessageReaction: the one reaction of the bot to a message."""

from typing import TYPE_CHECKING, Any

from sandbox.access import message_of
from sandbox.reactions import allowed_emoji, holder, is_full, react
from sandbox.rules import refuse

if TYPE_CHECKING:
    from sandbox.call import Call

_KINDS = {"emoji": "emoji", "custom_emoji": "custom_emoji_id"}


def set_message_reaction(call: "Call") -> bool:
    """Read before the message is looked for, as the server does; checked after."""
    wanted = _reactions(call)
    message = holder(message_of(call, rule="react_missing"))
    if len(wanted) > 1:
        raise refuse("reactions_many")
    emoji = wanted[0] if wanted else None
    if emoji is not None and (emoji not in allowed_emoji() or message.service):
        raise refuse("reaction_invalid")
    if emoji is not None and is_full(message, emoji, user=call.world.bot):
        raise refuse("reactions_many")
    react(call.world, message, user=call.world.bot, emoji=emoji)
    return True


def _reactions(call: "Call") -> list[str]:
    given = call.json("reaction", rule="reaction_json")
    if given is None:
        return []
    if not isinstance(given, list):
        raise refuse("reaction_array")
    return [_emoji(one) for one in given]


def _emoji(one: Any) -> str:
    """No chat here allows custom emoji, so their number is refused as no emoji would be."""
    if not isinstance(one, dict):
        raise refuse("reaction_type", reason="expected an Object")
    kind = one.get("type")
    if kind is None:
        raise refuse("reaction_type", reason='Can\'t find field "type"')
    if not isinstance(kind, str) or kind not in _KINDS:
        raise refuse("reaction_type", reason="invalid reaction type specified")
    value = one.get(_KINDS[kind])
    if not isinstance(value, str):
        raise refuse("reaction_type", reason=f'Can\'t find field "{_KINDS[kind]}"')
    return value


METHODS = {"setmessagereaction": set_message_reaction}
