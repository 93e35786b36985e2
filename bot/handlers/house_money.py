"""The house's money for owners and operators: sums, debts, corrections, refunds given up."""

from bot.handlers.admin import show_page
from bot.kit.routing import Route, tap
from bot.kit.turn import Turn
from bot.ui.taps import CorrectLine, GiveUpRefund, ReturnUnknown, ShowMoney, WriteOff
from bot.views.admin import give_up_confirm, given_up_toast
from bot.views.desk import REFUNDS
from bot.views.treasury import (
    DEBTS,
    LINES,
    SURE,
    correct_confirm,
    currency_at,
    done_toast,
    money_screen,
    return_confirm,
    write_off_confirm,
)
from market.errors import NotFound
from market.money import Money
from market.rights import By
from market.treasury import HouseLine
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        tap(services, ShowMoney, on_show_money, by=By.STAFF),
        tap(services, WriteOff, on_write_off, by=By.OWNER),
        tap(services, CorrectLine, on_correct_line, by=By.OWNER),
        tap(services, ReturnUnknown, on_return_unknown, by=By.OWNER),
        tap(services, GiveUpRefund, on_give_up_refund, by=By.OPERATOR),
    ]


async def on_show_money(turn: Turn, tap: ShowMoney) -> None:
    await _show(turn, tap.page)


async def on_write_off(turn: Turn, tap: WriteOff) -> None:
    """Asked once more, then posted."""
    if tap.sure != SURE:
        await turn.show(write_off_confirm(tap, turn.tr))
        return
    amount = Money(tap.minor, currency_at(tap.currency))
    await turn.services.treasury.write_off(turn.command, tap.person_id, amount)
    await turn.toast(done_toast(turn.tr))
    await _show(turn, DEBTS)


async def on_correct_line(turn: Turn, tap: CorrectLine) -> None:
    """Asked once more, then mirrored."""
    if tap.sure == SURE:
        await turn.services.treasury.correct(turn.command, tap.transfer_id)
        await turn.toast(done_toast(turn.tr))
        await _show(turn, LINES)
        return
    line = await _line(turn, tap.transfer_id)
    if not line.may_be_corrected:
        raise NotFound("transfer")
    await turn.show(correct_confirm(line, turn.tr, turn.now_ms))


async def on_return_unknown(turn: Turn, tap: ReturnUnknown) -> None:
    """Asked once more, then promised to who sent it."""
    if tap.sure == SURE:
        await turn.services.treasury.return_unknown(turn.command, tap.transfer_id)
        await turn.toast(done_toast(turn.tr))
        await _show(turn, LINES)
        return
    line = await _line(turn, tap.transfer_id)
    if not line.may_go_back:
        raise NotFound("transfer")
    await turn.show(return_confirm(line, turn.tr, turn.now_ms))


async def _line(turn: Turn, transfer_id: int) -> HouseLine:
    """One of those that are shown."""
    page = await turn.services.treasury.page(turn.person.id)
    line = next((one for one in page.lines if one.id == transfer_id), None)
    if line is None:
        raise NotFound("transfer")
    return line


async def on_give_up_refund(turn: Turn, tap: GiveUpRefund) -> None:
    """Asked once more; then the payer keeps it as credit and hears of it."""
    if tap.sure != SURE:
        await turn.show(give_up_confirm(tap.row_id, turn.tr))
        return
    await turn.services.treasury.give_up_refund(turn.command, tap.row_id)
    await turn.toast(given_up_toast(turn.tr))
    await show_page(turn, REFUNDS)


async def _show(turn: Turn, number: int) -> None:
    page = await turn.services.treasury.page(turn.person.id)
    await turn.show(money_screen(page, number, turn.tr))
