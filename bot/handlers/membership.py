"""The bot's own membership: blocked by a person, added to a group."""

from telegram import ChatMember, ChatMemberUpdated

from bot.kit.routing import Route, membership
from bot.kit.turn import Turn
from bot.views.connect import hello_screen
from market.rights import By
from services.registry import Services

_IN = {ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.RESTRICTED}
_OUT = {ChatMember.LEFT, ChatMember.BANNED}


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [membership(services, on_membership, by=By.ANYBODY)]


async def on_membership(turn: Turn) -> None:
    """Channels get no hello: a post there would reach all of its readers."""
    change = turn.update.my_chat_member
    assert change is not None, "a membership update"
    if turn.is_private:
        if change.new_chat_member.status in _OUT:
            await turn.services.people.blocked(turn.person.telegram_id)
    elif _was_added(change) and change.chat.type in {change.chat.GROUP, change.chat.SUPERGROUP}:
        await turn.send(hello_screen(turn.tr))


def _was_added(change: ChatMemberUpdated) -> bool:
    return change.old_chat_member.status in _OUT and change.new_chat_member.status in _IN
