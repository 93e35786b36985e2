"""The own withdrawals: one, all of them, taking one back, stopping payouts."""

from bot.i18n import plain
from bot.kit.errors import MOVED_ON
from bot.kit.routing import Route, tap
from bot.kit.turn import Turn
from bot.ui.taps import CancelWithdrawal, ShowWithdrawal, ShowWithdrawals, StopPayouts
from bot.views.problems import problem
from bot.views.withdrawals import (
    cancel_confirm,
    cancelled_toast,
    history_screen,
    stop_confirm,
    stopped_screen,
    withdrawal_screen,
)
from market.errors import NotFound
from market.rights import By
from services.registry import Services

SURE = 1


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        tap(services, ShowWithdrawals, on_show_withdrawals, by=By.ANYBODY),
        tap(services, ShowWithdrawal, on_show_withdrawal, by=By.PAYEE),
        tap(services, CancelWithdrawal, on_cancel_withdrawal, by=By.PAYEE),
        tap(services, StopPayouts, on_stop_payouts, by=By.ANYBODY),
    ]


async def on_show_withdrawals(turn: Turn, tap: ShowWithdrawals) -> None:
    page = await turn.services.withdrawals.page(turn.person.id, page=max(0, tap.page))
    await turn.show(history_screen(page, turn.tr))


async def on_show_withdrawal(turn: Turn, tap: ShowWithdrawal) -> None:
    await _show(turn, tap.withdrawal_id)


async def _show(turn: Turn, withdrawal_id: int) -> None:
    card = await turn.services.withdrawals.card(turn.person.id, withdrawal_id)
    await turn.show(withdrawal_screen(card, turn.tr))


async def on_cancel_withdrawal(turn: Turn, tap: CancelWithdrawal) -> None:
    """Asked once more; when it has moved on, the person sees how it is."""
    withdrawals, number = turn.services.withdrawals, tap.withdrawal_id
    if tap.sure != SURE:
        await turn.show(cancel_confirm(await withdrawals.card(turn.person.id, number), turn.tr))
        return
    try:
        card = await withdrawals.cancel(turn.command, number, version=tap.version)
    except NotFound:
        raise
    except MOVED_ON as moved_on:
        await turn.toast(plain(problem(moved_on, turn.tr)))
        await _show(turn, number)
        return
    await turn.toast(cancelled_toast(turn.tr))
    await turn.show(withdrawal_screen(card, turn.tr))


async def on_stop_payouts(turn: Turn, tap: StopPayouts) -> None:
    if tap.sure != SURE:
        await turn.show(stop_confirm(turn.tr))
        return
    await turn.services.withdrawals.not_me(turn.command)
    await turn.show(stopped_screen(turn.tr))
