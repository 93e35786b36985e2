"""Buttons of withdrawals and payouts, over real services."""

from typing import Any

import pytest

from bot.handlers import desk, payouts, withdrawals
from bot.ui.taps import (
    ApprovePayout,
    CancelWithdrawal,
    LetPayoutsGo,
    PutPayoutBack,
    ShowGuard,
    ShowPayout,
    ShowQueue,
    ShowRates,
    ShowReceipt,
    ShowWithdrawal,
    ShowWithdrawals,
    StopPayouts,
    TakePayout,
)
from bot.views.desk import PAYOUTS
from market import errors
from market.people import Person
from market.withdrawal import WithdrawalState
from tests.support.payouts import BKASH, Till
from tests.support.town import Town
from tests.support.turns import turn_of

S = WithdrawalState


@pytest.fixture
async def till(town: Town) -> Till:
    """Rates, funds and earnings are there."""
    return await Till(town).opened()


def turn(till: Till, who: Person | None = None) -> Any:
    """A turn of the seller, or of somebody else."""
    return turn_of(till.town, who or till.town.seller)


async def test_a_seller_sees_and_takes_back(till: Till) -> None:
    """The list, one, asked once more, taken back; too late he sees how it is."""
    card = await till.requested()
    now = turn(till)
    await withdrawals.on_show_withdrawals(now, ShowWithdrawals(-1))
    assert "My withdrawals" in now.text
    await withdrawals.on_show_withdrawal(now, ShowWithdrawal(card.withdrawal.id))
    assert "Waiting to be sent" in now.text
    await withdrawals.on_cancel_withdrawal(now, CancelWithdrawal(card.withdrawal.id, 0, 0))
    assert "Take withdrawal no. 1 back?" in now.text
    await withdrawals.on_cancel_withdrawal(now, CancelWithdrawal(card.withdrawal.id, 0, 1))
    assert "Taken back by you" in now.text
    late = turn(till)
    await withdrawals.on_cancel_withdrawal(late, CancelWithdrawal(card.withdrawal.id, 0, 1))
    assert late.toasts[0].startswith("That is not possible any more")
    with pytest.raises(errors.NotFound):
        await withdrawals.on_cancel_withdrawal(turn(till), CancelWithdrawal(99, 0, 1))


async def test_not_me_is_asked_once_more(till: Till) -> None:
    """Then everything is stopped."""
    now = turn(till)
    await withdrawals.on_stop_payouts(now, StopPayouts(0))
    assert "Stop your payouts?" in now.text
    await withdrawals.on_stop_payouts(now, StopPayouts(1))
    assert "Your payouts are stopped." in now.text


async def test_an_operator_takes_and_puts_back(till: Till) -> None:
    """From the queue to the whole account and back; an old button shows how it is."""
    ripe, operator = await till.ripe(), till.town.operator
    now = turn(till, operator)
    await desk.on_show_queue(now, ShowQueue(PAYOUTS, 0))
    assert "৳345.50 to bKash, Rahim" in now.text
    await payouts.on_show_payout(now, ShowPayout(ripe.id))
    assert BKASH not in now.text
    await payouts.on_take_payout(now, TakePayout(ripe.id, 0))
    assert BKASH in now.text
    old = turn(till, operator)
    await payouts.on_take_payout(old, TakePayout(ripe.id, 0))
    assert old.toasts[0].startswith("That is not possible any more")
    now = turn(till, operator)
    await payouts.on_put_payout_back(now, PutPayoutBack(ripe.id, 1, 0))
    assert "Put payout no. 1 back?" in now.text
    await payouts.on_put_payout_back(now, PutPayoutBack(ripe.id, 1, 1))
    assert "Waiting to be sent" in now.text
    with pytest.raises(errors.NotFound):
        await payouts.on_take_payout(turn(till, operator), TakePayout(99, 0))


async def test_the_picture_of_a_sending_is_shown(till: Till) -> None:
    """Once there is one."""
    ripe, now = await till.ripe(), turn(till, till.town.operator)
    with pytest.raises(errors.NotFound):
        await payouts.on_show_receipt(now, ShowReceipt(ripe.id))
    taken = (await till.do("take", ripe)).withdrawal
    await till.pay(taken)
    await payouts.on_show_receipt(now, ShowReceipt(ripe.id))
    assert now.shown[-1].media is not None


async def test_approving_is_refused_where_none_is_needed(till: Till) -> None:
    """It shows how it is; people who are no operators get nothing."""
    ripe = await till.ripe()
    taken = await till.do("take", ripe)
    now = turn(till, till.town.operator)
    await payouts.on_approve_payout(now, ApprovePayout(ripe.id, taken.withdrawal.version))
    assert (await till.stored(ripe.id)).state is S.SENDING
    for call in (
        payouts.on_show_payout(turn(till), ShowPayout(ripe.id)),
        payouts.on_show_guard(turn(till), ShowGuard(1)),
        payouts.on_show_rates(turn(till), ShowRates()),
    ):
        with pytest.raises(errors.NotAnOperator):
            await call


async def test_stopped_payouts_are_let_go(till: Till) -> None:
    """After a second look."""
    town = till.town
    await town.services.withdrawals.not_me(town.command(town.seller))
    now = turn(till, town.operator)
    await payouts.on_show_guard(now, ShowGuard(town.seller.id))
    await payouts.on_let_payouts_go(now, LetPayoutsGo(town.seller.id, 0))
    assert "Are you sure" in now.text
    await payouts.on_let_payouts_go(now, LetPayoutsGo(town.seller.id, 1))
    assert "Nothing stops them." in now.text


async def test_rates_are_read(till: Till) -> None:
    """Rates and funds on one page."""
    now = turn(till, till.town.operator)
    await payouts.on_show_rates(now, ShowRates())
    assert "৳1.58 for 1 ⭐" in now.text
