"""What a person types and nobody shall read afterwards: out of the chat, out of the inbox."""

from typing import Any

from bot.kit.flows import Next, OnText
from bot.kit.sessions import current
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.views.pins import not_taken_away


def unseen(act: OnText) -> OnText:
    """The same answer; whatever comes of it, the message is deleted and its update blotted out."""

    async def answered(turn: Turn, draft: Any, text: str) -> Next:  # noqa: ANN401 - as flows say
        current().is_secret = True
        if not await turn.take_away():
            await turn.send(Screen(text=not_taken_away(turn.tr)))
        return await act(turn, draft, text)

    return answered
