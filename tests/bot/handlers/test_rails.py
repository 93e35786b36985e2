"""Money by hand by taps: how to pay, claims and refunds at the desk, wallets and categories."""

from typing import Any

import pytest

from bot.handlers import desk, orders, rails
from bot.ui.taps import (
    SendBack,
    ShowByHand,
    ShowClaim,
    ShowFulfilment,
    ShowHandRefund,
    ShowOrder,
    ShowQueue,
    ShowRails,
    SwitchWallet,
)
from bot.views import desk as views
from market import errors
from market.people import Person
from market.states import Event
from tests.support.by_hand import claimed, paid_by_hand, placed, see, take_taka
from tests.support.town import Town
from tests.support.turns import turn_of

LESSONS = 7


@pytest.fixture(autouse=True)
async def _house(town: Town) -> None:
    """The house takes taka for lessons."""
    await take_taka(town)


async def seen(town: Town, handler: Any, tap: Any, who: Person | None = None) -> Any:
    """The turn after the tap; an operator's where nobody is named."""
    turn = turn_of(town, who or town.operator)
    await handler(turn, tap)
    return turn


async def test_how_to_pay(town: Town) -> None:
    """The exact amount, the number, a button for when it was sent; then there is nothing to pay."""
    order = await placed(town)
    turn = await seen(town, rails.on_show_by_hand, ShowByHand(order.id), town.buyer)
    assert "Send exactly ৳1,200.50" in turn.text
    assert "01711-000001" in turn.text
    assert "I have sent it: bKash" in turn.labels
    await claimed(town, order)
    turn = await seen(town, rails.on_show_by_hand, ShowByHand(order.id), town.buyer)
    assert "operators are looking" in turn.text
    await town.services.rails.open_wallet(town.command(town.operator), "bkash", is_open=False)


async def test_no_wallet_is_open(town: Town) -> None:
    """The buyer is shown the way to an operator."""
    order = await placed(town)
    await town.services.rails.open_wallet(town.command(town.operator), "bkash", is_open=False)
    turn = await seen(town, rails.on_show_by_hand, ShowByHand(order.id), town.buyer)
    assert "Ask an operator" in turn.labels
    await town.act(town.buyer, order.id, Event.CANCEL_UNPAID)
    turn = await seen(town, rails.on_show_by_hand, ShowByHand(order.id), town.buyer)
    assert "does not wait for a payment" in turn.text


async def test_a_claim_at_the_desk(town: Town) -> None:
    """Queue, claim, order: what was said, never what is due."""
    claim = await claimed(town)
    turn = await seen(town, desk.on_show_queue, ShowQueue(views.CLAIMS, 0))
    assert "9AB1C2D3E4" in turn.text
    turn = await seen(town, rails.on_show_claim, ShowClaim(claim.id))
    assert "1,200" not in turn.text
    assert "Sender's number ends in 4321" in turn.text
    assert "Type the amount that I see…" in turn.labels
    turn = await seen(town, orders.on_show_order, ShowOrder(claim.order_id))
    assert "💳 The payment" in turn.labels
    with pytest.raises(errors.NotAnOperator):
        await seen(town, rails.on_show_claim, ShowClaim(claim.id), town.buyer)


async def test_money_that_landed_goes_back(town: Town) -> None:
    """Asked once more, then it waits among the refunds."""
    claim = await claimed(town)
    await see(town, claim, 5_000)
    turn = await seen(town, rails.on_send_back, SendBack(claim.id, 0))
    assert "Send ৳50 back" in turn.text
    turn = await seen(town, rails.on_send_back, SendBack(claim.id, 1))
    assert "Send ৳50 back to Ayesha" in turn.text
    assert "I have sent it…" in turn.labels


async def test_a_refund_at_the_desk(town: Town) -> None:
    """Queue and card."""
    order, claim = await paid_by_hand(town)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    turn = await seen(town, desk.on_show_queue, ShowQueue(views.HAND_REFUNDS, 0))
    assert "৳1,200.50 to Ayesha" in turn.text
    turn = await seen(town, rails.on_show_hand_refund, ShowHandRefund(claim.id))
    assert "ends in 4321" in turn.text


async def test_wallets_and_categories(town: Town) -> None:
    """Owners see and switch; made-up numbers lead nowhere."""
    turn = await seen(town, rails.on_show_rails, ShowRails())
    assert "Not digital, so other money is possible: 📚 Lessons" in turn.text
    turn = await seen(town, rails.on_switch_wallet, SwitchWallet(0, 0))
    assert "closed for payments" in turn.text
    turn = await seen(town, rails.on_show_fulfilment, ShowFulfilment(LESSONS))
    assert "The lessons happen in a classroom in Mirpur." in turn.text
    turn = await seen(town, rails.on_show_fulfilment, ShowFulfilment(0))
    assert "priced in Stars only" in turn.text
    with pytest.raises(errors.NotFound):
        await seen(town, rails.on_switch_wallet, SwitchWallet(9, 0))
    with pytest.raises(errors.NotFound):
        await seen(town, rails.on_show_fulfilment, ShowFulfilment(99))


async def test_operators_look_only(town: Town) -> None:
    """Without the buttons that change anything; others see nothing."""
    turn = await seen(town, rails.on_show_rails, ShowRails(), await town.second())
    assert not any("change" in label for label in turn.labels)
    with pytest.raises(errors.NotAnOperator):
        await seen(town, rails.on_show_rails, ShowRails(), town.buyer)
