"""Operators and withdrawals: one payout, approving, taking, putting back; stops; rates."""

from collections.abc import Awaitable

from bot.i18n import plain
from bot.kit.errors import MOVED_ON
from bot.kit.routing import Route, tap
from bot.kit.turn import Turn
from bot.ui.taps import (
    AgreeWord,
    ApprovePayout,
    LetPayoutsGo,
    PutPayoutBack,
    ShowGuard,
    ShowPayout,
    ShowRates,
    ShowReceipt,
    TakePayout,
)
from bot.views.payout_guard import freed_toast, guard_screen
from bot.views.payout_word import agree_confirm, agreed_toast
from bot.views.payouts import (
    approved_toast,
    payout_screen,
    put_back_confirm,
    put_back_toast,
    receipt_screen,
    taken_toast,
)
from bot.views.problems import problem
from bot.views.rates import rates_screen
from market.errors import NotFound
from market.payout_read import PayoutCard
from market.rights import By
from services.registry import Services

SURE = 1


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        tap(services, ShowPayout, on_show_payout, by=By.OPERATOR),
        tap(services, ShowReceipt, on_show_receipt, by=By.OPERATOR),
        tap(services, ApprovePayout, on_approve_payout, by=By.OPERATOR),
        tap(services, TakePayout, on_take_payout, by=By.OPERATOR),
        tap(services, PutPayoutBack, on_put_payout_back, by=By.OPERATOR),
        tap(services, AgreeWord, on_agree_word, by=By.OPERATOR),
        tap(services, ShowGuard, on_show_guard, by=By.OPERATOR),
        tap(services, LetPayoutsGo, on_let_payouts_go, by=By.OPERATOR),
        tap(services, ShowRates, on_show_rates, by=By.OPERATOR),
    ]


async def on_show_payout(turn: Turn, tap: ShowPayout) -> None:
    await turn.show(payout_screen(await _card(turn, tap.withdrawal_id), turn.tr))


async def _card(turn: Turn, withdrawal_id: int) -> PayoutCard:
    return await turn.services.payouts.card(turn.person.id, withdrawal_id)


async def on_show_receipt(turn: Turn, tap: ShowReceipt) -> None:
    screen = receipt_screen(await _card(turn, tap.withdrawal_id), turn.tr)
    if screen is None:
        raise NotFound("picture")
    await turn.show(screen)


async def on_approve_payout(turn: Turn, tap: ApprovePayout) -> None:
    act = turn.services.payouts.approve(turn.command, tap.withdrawal_id, version=tap.version)
    await _done(turn, tap.withdrawal_id, act, approved_toast(turn.tr))


async def on_take_payout(turn: Turn, tap: TakePayout) -> None:
    act = turn.services.payouts.take(turn.command, tap.withdrawal_id, version=tap.version)
    await _done(turn, tap.withdrawal_id, act, taken_toast(turn.tr))


async def on_put_payout_back(turn: Turn, tap: PutPayoutBack) -> None:
    if tap.sure != SURE:
        await turn.show(put_back_confirm(await _card(turn, tap.withdrawal_id), turn.tr))
        return
    act = turn.services.payouts.put_back(turn.command, tap.withdrawal_id, version=tap.version)
    await _done(turn, tap.withdrawal_id, act, put_back_toast(turn.tr))


async def on_agree_word(turn: Turn, tap: AgreeWord) -> None:
    """Asked once more; the newest word is the one that was read."""
    card = await _card(turn, tap.withdrawal_id)
    if card.word is None or card.word.id != tap.word_id:
        raise NotFound("word")
    if tap.sure != SURE:
        await turn.show(agree_confirm(card, card.word, turn.tr))
        return
    act = turn.services.payouts.agree(turn.command, tap.withdrawal_id, word_id=tap.word_id)
    await _done(turn, tap.withdrawal_id, act, agreed_toast(turn.tr))


async def _done(turn: Turn, number: int, act: Awaitable[PayoutCard], toast: str) -> None:
    """Toast and card; when it has moved on, the operator sees how it is."""
    try:
        card = await act
    except NotFound:
        raise
    except MOVED_ON as moved_on:
        await turn.toast(plain(problem(moved_on, turn.tr)))
        card = await _card(turn, number)
    else:
        await turn.toast(toast)
    await turn.show(payout_screen(card, turn.tr))


async def on_show_guard(turn: Turn, tap: ShowGuard) -> None:
    card = await turn.services.payouts.guard(turn.person.id, tap.person_id)
    await turn.show(guard_screen(card, turn.tr, is_sure=False))


async def on_let_payouts_go(turn: Turn, tap: LetPayoutsGo) -> None:
    payouts = turn.services.payouts
    if tap.sure != SURE:
        card = await payouts.guard(turn.person.id, tap.person_id)
        await turn.show(guard_screen(card, turn.tr, is_sure=True))
        return
    card = await payouts.let_go(turn.command, tap.person_id)
    await turn.toast(freed_toast(turn.tr))
    await turn.show(guard_screen(card, turn.tr, is_sure=False))


async def on_show_rates(turn: Turn, _tap: ShowRates) -> None:
    await turn.show(rates_screen(await turn.services.rates.board(turn.person.id), turn.tr))
