"""What nothing else answers: odd messages, unknown commands, edited messages, old buttons.

These routes come last. In groups they keep silent.
"""

from collections import deque

from telegram.ext import filters

from bot.kit.home import show_home
from bot.kit.routing import Route, any_tap, edited, service
from bot.kit.turn import Turn
from bot.views.start import (
    edited_screen,
    old_button_toast,
    unknown_command_screen,
    unknown_screen,
)
from market.rights import By
from services.registry import Services

_ALBUMS_MAX = 100
_SAID = filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL & ~filters.SUCCESSFUL_PAYMENT


class _Albums:
    """An album is several messages and gets one answer; after a restart perhaps two."""

    def __init__(self) -> None:
        self._last: deque[str] = deque(maxlen=_ALBUMS_MAX)

    def is_first(self, turn: Turn) -> bool:
        """The message opens an album, or belongs to none."""
        group = turn.incoming.media_group if turn.incoming else None
        if group is None:
            return True
        is_first = group not in self._last
        self._last.append(group)
        return is_first


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    seen = _Albums()

    async def on_message(turn: Turn) -> None:
        if seen.is_first(turn):
            await on_unknown_message(turn)

    return [
        service(services, _SAID & filters.COMMAND, on_unknown_command, by=By.ANYBODY),
        service(services, _SAID, on_message, by=By.ANYBODY),
        edited(services, on_edited, by=By.ANYBODY),
        any_tap(services, on_old_button, by=By.ANYBODY),
    ]


async def on_unknown_command(turn: Turn) -> None:
    await turn.show(unknown_command_screen(turn.tr, is_operator=turn.is_operator))


async def on_unknown_message(turn: Turn) -> None:
    await turn.show(unknown_screen(turn.tr, is_operator=turn.is_operator))


async def on_edited(turn: Turn) -> None:
    if turn.is_private:
        await turn.show(edited_screen(turn.tr))


async def on_old_button(turn: Turn) -> None:
    await turn.toast(old_button_toast(turn.tr))
    if turn.is_private:
        await show_home(turn)
