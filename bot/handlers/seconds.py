"""The second person: refunds by hand and draws that one proposes and another one confirms."""

from collections.abc import Awaitable

from bot.i18n import plain
from bot.kit.errors import MOVED_ON
from bot.kit.routing import Route, tap
from bot.kit.turn import Turn
from bot.ui.taps import ConfirmDraw, ConfirmRefund, DropDraw, ProposeRefund, ShowDraw
from bot.views import draws, hand_seconds
from bot.views.hand_words import refund_screen
from bot.views.problems import problem
from market.errors import NotFound
from market.rights import By
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        tap(services, ProposeRefund, on_propose_refund, by=By.OPERATOR),
        tap(services, ConfirmRefund, on_confirm_refund, by=By.OPERATOR),
        tap(services, ShowDraw, on_show_draw, by=By.STAFF),
        tap(services, ConfirmDraw, on_confirm_draw, by=By.STAFF),
        tap(services, DropDraw, on_drop_draw, by=By.STAFF),
    ]


async def on_propose_refund(turn: Turn, tap: ProposeRefund) -> None:
    act = turn.services.hand_refunds.propose(turn.command, tap.claim_id)
    await _told(turn, act, hand_seconds.proposed_toast(turn.tr))
    await _show_refund(turn, tap.claim_id)


async def on_confirm_refund(turn: Turn, tap: ConfirmRefund) -> None:
    refunds = turn.services.hand_refunds
    act = refunds.confirm(turn.command, tap.claim_id, proposal_id=tap.proposal_id)
    await _told(turn, act, hand_seconds.confirmed_toast(turn.tr))
    await _show_refund(turn, tap.claim_id)


async def _show_refund(turn: Turn, claim_id: int) -> None:
    card = await turn.services.hand_refunds.card(turn.person.id, claim_id)
    await turn.show(refund_screen(card, turn.tr))


async def on_show_draw(turn: Turn, tap: ShowDraw) -> None:
    await _show_draw(turn, tap.proposal_id)


async def on_confirm_draw(turn: Turn, tap: ConfirmDraw) -> None:
    act = turn.services.treasury.confirm_draw(turn.command, tap.proposal_id)
    await _told(turn, act, draws.confirmed_toast(turn.tr))
    await _show_draw(turn, tap.proposal_id)


async def on_drop_draw(turn: Turn, tap: DropDraw) -> None:
    act = turn.services.treasury.drop_draw(turn.command, tap.proposal_id)
    await _told(turn, act, draws.dropped_toast(turn.tr))
    await _show_draw(turn, tap.proposal_id)


async def _show_draw(turn: Turn, proposal_id: int) -> None:
    card = await turn.services.treasury.draw_card(turn.person.id, proposal_id)
    await turn.show(draws.draw_screen(card, turn.tr))


async def _told(turn: Turn, act: Awaitable[object], toast: str) -> None:
    """The toast; when it has moved on, why. What is shown then is how it is."""
    try:
        await act
    except NotFound:
        raise
    except MOVED_ON as moved_on:
        await turn.toast(plain(problem(moved_on, turn.tr)))
    else:
        await turn.toast(toast)
