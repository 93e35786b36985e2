"""What becomes of a failure: words for refusals, a record for the lane for everything else."""

from typing import Any

from telegram.ext import ApplicationHandlerStop

from bot.i18n import plain
from bot.kit.sessions import current
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.views.orders import order_screen
from bot.views.problems import problem
from market.errors import (
    Conflict,
    MarketError,
    NotFound,
    NotYours,
    Stale,
    WrongState,
)

MOVED_ON = (Stale, WrongState, NotYours, NotFound, Conflict)
ALERT_FROM = 80


async def record(_update: object, context: Any) -> None:  # noqa: ANN401 - PTB's context
    """PTB's error handler: PTB does not raise, so the lane finds the failure here."""
    current().failure = context.error
    raise ApplicationHandlerStop


async def explain(turn: Turn, error: MarketError, *, order_id: int | None) -> None:
    """Say why not; where an order has moved on, show it as it is now."""
    words = problem(error, turn.tr)
    if turn.is_tap:
        text = plain(words)
        await turn.toast(text, alert=len(text) > ALERT_FROM)
    else:
        await turn.send(Screen(text=words))
    if order_id and isinstance(error, MOVED_ON):
        await _show_order(turn, order_id)


async def _show_order(turn: Turn, order_id: int) -> None:
    try:
        card = await turn.services.orders.card(turn.person.id, order_id)
    except MarketError:
        return
    await turn.show(order_screen(card, turn.tr))
