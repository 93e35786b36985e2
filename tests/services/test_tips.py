"""Tips: offered after the work, paid by an invoice of their own, cleared, taken back."""

from dataclasses import replace
from typing import Any

import pytest

from market import ledger
from market.errors import (
    AmountOutOfRange,
    NotFound,
    NotYours,
    PaymentMismatch,
    TipUnfit,
    WrongState,
)
from market.money import Currency
from market.notices import Notice
from market.people import Standing
from market.states import State
from market.tip import Tip, TipState
from services.rows import PaidOutcome
from tests.support.prices import holds
from tests.support.town import Town

XTR = Currency.XTR


async def offered(town: Town, minor: int = 50) -> Tip:
    """The buyer wants to give so much for completed work."""
    order = await town.order_in(State.COMPLETED)
    return await town.services.tips.offer(town.command(town.buyer), order.id, minor=minor)


async def pay(town: Town, tip: Tip, **changes: Any) -> PaidOutcome:
    """Telegram reports the payment of its invoice; any fact may be changed."""
    fact: dict[str, Any] = {
        "telegram_id": town.buyer.telegram_id,
        "charge_id": "tip-charge",
        "intent_id": tip.intent_id,
        "currency": "XTR",
        "total": tip.amount.minor,
    }
    return await town.services.payments.paid(**(fact | changes))


async def check(town: Town, tip: Tip, **changes: Any) -> None:
    """Telegram asks whether the invoice may be paid."""
    asked: dict[str, Any] = {
        "telegram_id": town.buyer.telegram_id,
        "currency": "XTR",
        "total": tip.amount.minor,
    }
    await town.services.payments.check(tip.intent_id, **(asked | changes))


async def test_a_tip_goes_to_the_seller_whole(town: Town) -> None:
    """Invoice, checkout, payment: 50 clear for the seller, no fee is taken, both hear of it."""
    tip = await offered(town)
    await check(town, tip)
    assert await pay(town, tip) == PaidOutcome(order_id=tip.order_id, accepted=True, repeated=False)
    await town.drain()
    assert await town.balances(town.seller) == {"clearing": 225 + 50}
    assert "credit" not in await town.balances(town.buyer)
    assert {Notice.TIP_INVOICE, Notice.TIP_GIVEN} <= set(town.messenger.notices(town.buyer))
    assert Notice.TIP_RECEIVED in town.messenger.notices(town.seller)


async def test_offering_is_done_once(town: Town) -> None:
    """A repeated command answers the same tip and queues no second invoice."""
    order = await town.order_in(State.COMPLETED)
    command = town.command(town.buyer)
    first = await town.services.tips.offer(command, order.id, minor=50)
    assert first == await town.services.tips.offer(command, order.id, minor=50)
    await town.drain()
    assert town.messenger.notices(town.buyer).count(Notice.TIP_INVOICE) == 1


async def test_a_payment_that_comes_twice_counts_once(town: Town) -> None:
    """The same charge changes nothing; another charge for the same tip goes back."""
    tip = await offered(town)
    await pay(town, tip)
    again = await pay(town, tip)
    assert again == PaidOutcome(order_id=tip.order_id, accepted=True, repeated=True)
    with pytest.raises(PaymentMismatch):
        await check(town, tip)
    second = await pay(town, tip, charge_id="another")
    assert second == PaidOutcome(order_id=tip.order_id, accepted=False, repeated=False)
    third = await pay(town, tip, charge_id="another")
    assert third == PaidOutcome(order_id=tip.order_id, accepted=False, repeated=True)
    await town.drain()
    assert town.stars.calls == [(town.buyer.telegram_id, "another")]
    assert await town.balances(town.seller) == {"clearing": 225 + 50}


@pytest.mark.parametrize("changes", [{"telegram_id": 501}, {"total": 49}])
async def test_what_does_not_fit_goes_back(town: Town, changes: dict[str, Any]) -> None:
    """Another payer or another amount pays no tip."""
    tip = await offered(town)
    with pytest.raises(PaymentMismatch):
        await check(town, tip, **changes)
    outcome = await pay(town, tip, **changes)
    await town.drain()
    assert not outcome.accepted
    assert [charge for _, charge in town.stars.calls] == ["tip-charge"]
    assert await town.balances(town.seller) == {"clearing": 225}


async def test_a_tip_clears_when_its_charge_is_safe(town: Town) -> None:
    """21 days after the payment the seller may withdraw it; the wallet tells when."""
    tip = await offered(town)
    order = await town.order(tip.order_id)
    assert order.clock_at_ms is not None
    town.clock.set(order.clock_at_ms - 1)
    await pay(town, tip)
    await town.services.upkeep.lapse()
    town.clock.advance(1)
    await town.services.upkeep.lapse()
    wallet = await town.services.wallet.wallet(town.seller.id, page=0)
    assert wallet.next_clear_ms == order.clock_at_ms - 1 + town.windows.charge_hold_ms
    assert await town.services.tips.clear() == 0
    town.clock.set(wallet.next_clear_ms)
    assert await town.services.tips.clear() == 1
    assert await town.services.tips.clear() == 0
    await town.services.tips._clear(tip.id)
    assert await town.balances(town.seller) == {"available": 275}


async def test_a_tip_that_was_taken_back_costs_its_seller(town: Town) -> None:
    """While it clears the tip's part leaves the seller; his share of the order stays."""
    tip = await offered(town)
    await pay(town, tip)
    await town.services.payments.refunded(charge_id="tip-charge")
    await town.services.payments.refunded(charge_id="tip-charge")
    assert await town.balances(town.seller) == {"clearing": 225}
    (seen,) = await town.services.tips.of_order(town.seller.id, tip.order_id)
    assert seen.state is TipState.TAKEN_BACK


async def test_a_cleared_tip_that_is_taken_back_is_the_buyers_debt(town: Town) -> None:
    """The seller keeps what he could withdraw; the buyer owes it."""
    tip = await offered(town)
    await pay(town, tip)
    town.clock.advance(town.windows.charge_hold_ms)
    await town.services.tips.clear()
    await town.services.payments.refunded(charge_id="tip-charge")
    assert (await town.balances(town.seller))["available"] == 50
    assert await holds(town.storage, ledger.receivable(town.buyer.id, XTR)) == -50


async def test_only_the_buyer_tips_completed_work(town: Town) -> None:
    """Not the seller, not a stranger, not before the end, not after a month."""
    tips, unfinished = town.services.tips, await town.order_in(State.DELIVERED)
    order = await town.order_in(State.COMPLETED)
    with pytest.raises(NotYours):
        await tips.may_tip(town.seller.id, order.id)
    with pytest.raises(NotFound):
        await tips.may_tip(town.operator.id, order.id)
    with pytest.raises(WrongState):
        await tips.may_tip(town.buyer.id, unfinished.id)
    with pytest.raises(NotFound):
        await tips.of_order(town.operator.id, order.id)
    assert (await tips.may_tip(town.buyer.id, order.id)).id == order.id
    town.clock.advance(town.windows.tip_ms)
    with pytest.raises(TipUnfit):
        await tips.may_tip(town.buyer.id, order.id)


async def test_no_tip_for_a_seller_who_is_paused(town: Town) -> None:
    """Nor after a chargeback, nor more than ten for one order."""
    order = await town.order_in(State.COMPLETED)
    await town.change_person(town.seller, standing=Standing.PAUSED)
    with pytest.raises(TipUnfit):
        await town.services.tips.may_tip(town.buyer.id, order.id)
    await town.change_person(town.seller, standing=Standing.GOOD)
    for _ in range(10):
        await town.services.tips.offer(town.command(town.buyer), order.id, minor=1)
    with pytest.raises(TipUnfit):
        await town.services.tips.offer(town.command(town.buyer), order.id, minor=1)
    assert await town.services.tips.of_order(town.buyer.id, order.id) == ()
    other = await town.order_in(State.COMPLETED)
    await town.services.disputes.charge_back(town.command(town.operator), other.id)
    with pytest.raises(TipUnfit):
        await town.services.tips.may_tip(town.buyer.id, other.id)


@pytest.mark.parametrize("minor", [0, -5, 5_001])
async def test_a_tip_has_a_size(town: Town, minor: int) -> None:
    """Between 1 and 5,000 Stars."""
    with pytest.raises(AmountOutOfRange):
        await offered(town, minor)


async def test_a_tip_leaves_the_order_alone(town: Town) -> None:
    """Paying a tip moves neither the order nor its invoice."""
    tip = await offered(town)
    before = await town.order(tip.order_id)
    intent_id = await town.services.payments.intent_of(tip.order_id)
    await pay(town, tip)
    assert before == await town.order(tip.order_id)
    assert intent_id == await town.services.payments.intent_of(tip.order_id) != tip.intent_id


async def test_an_intent_without_tip_is_not_paid(town: Town) -> None:
    """A tip's intent that lost its tip declines the checkout and sends money back."""
    tip = await offered(town)
    lost = replace(tip, intent_id="lost")
    async with town.storage.begin() as uow:
        intent = await uow.payments.intent(tip.intent_id)
        assert intent is not None
        await uow.payments.add_intent(replace(intent, id="lost"))
    with pytest.raises(NotFound):
        await check(town, lost)
    assert not (await pay(town, lost)).accepted
    with pytest.raises(NotFound):
        async with town.storage.read() as uow:
            await uow.tips.get(999)
