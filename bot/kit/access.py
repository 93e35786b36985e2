"""The gate that every update passes: who acts, how often, and whether he may.

A route is a `Gate` with its declaration; what it then does is routing's and dialog's.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from telegram import Update

from bot.kit.pace import is_too_fast
from bot.kit.turn import Turn, is_somebody, open_turn
from bot.ui.callbacks import Tap, decode
from market.errors import MarketError
from market.rights import By
from services.registry import Services

State = str | int | None
Answer = Callable[[Turn], Awaitable[State]]
OnRefused = Callable[[Turn, MarketError], Awaitable[State]]
About = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """PTB's callback. `about` has the numbers that the declared right speaks of.

    `refused` answers when the person may not; whatever `answer` raises is its own business.
    """

    services: Services
    by: By
    answer: Answer
    refused: OnRefused
    about: Callable[[Update], About]

    async def __call__(self, update: Update, context: Any) -> State:  # noqa: ANN401 - PTB
        if not is_somebody(update) or await is_too_fast(update, context):
            return None
        turn = await open_turn(update, context, self.services)
        state = await self._answered(turn, update)
        await turn.reply.close()
        return state

    async def _answered(self, turn: Turn, update: Update) -> State:
        try:
            await authorise(turn, self.by, self.about(update))
        except MarketError as error:
            return await self.refused(turn, error)
        return await self.answer(turn)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """PTB's callback for what a provider says: no right, no pace, no refusal ends it."""

    answer: Callable[[Update, Any], Awaitable[None]]
    by: By = By.PROVIDER

    async def __call__(self, update: Update, context: Any) -> None:  # noqa: ANN401 - PTB
        await self.answer(update, context)


async def authorise(turn: Turn, by: By, about: About) -> None:
    """Raise a refusal unless the turn's person, as the database knows him, may do this."""
    if by is not By.ANYBODY:
        await turn.services.access.authorise(turn.person, by, about)


def tapped_about(update: Update) -> About:
    """The numbers of the button that was tapped."""
    query = update.callback_query
    found = decode(query.data or "") if query else None
    return numbers(found) if found is not None else {}


def numbers(tap: Tap) -> About:
    """A button's numbers by name."""
    return {field.name: getattr(tap, field.name) for field in fields(tap)}
