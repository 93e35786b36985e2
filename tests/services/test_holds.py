"""Several invoices of one order, each for a hold of its own: each is a charge that goes back alone.

Nothing makes a second hold yet (milestones will); what these tests add by hand is its invoice.
"""

from dataclasses import replace

import pytest

from market.contract import Order
from market.errors import PaymentMismatch
from market.money import Money
from market.notices import Notice
from market.states import Event, State
from services.rows import Intent, PaidOutcome
from tests.support.town import PRICE, Town

PART = Money(100, PRICE.currency)


async def second_invoice(town: Town, order: Order, amount: Money = PART) -> str:
    """An invoice of the same order for its second hold."""
    intent = Intent(
        id="2" * 32,
        order_id=order.id,
        person_id=order.buyer_id,
        purpose="order",
        amount=amount,
        created_ms=town.clock.now_ms(),
        hold=2,
    )
    async with town.storage.begin() as uow:
        await uow.payments.add_intent(intent)
    return intent.id


async def refunds(town: Town) -> list[tuple[int, str]]:
    """What Telegram was asked to send back."""
    await town.drain()
    return town.stars.calls


async def test_two_invoices_are_two_charges(town: Town) -> None:
    """The first pays its hold; the second, which nothing waits for, goes back whole and alone."""
    order, payer = await town.placed(), town.buyer.telegram_id
    other = await second_invoice(town, order)
    assert (await town.pay(order, charge_id="first")).accepted
    late = await town.pay(order, charge_id="second", intent_id=other, total=PART.minor)
    assert PaidOutcome(order_id=order.id, accepted=False, repeated=False) == late
    assert await refunds(town) == [(payer, "second")]
    assert await town.balances(town.buyer) == {"paid_held": PRICE.minor}
    await town.act(town.seller, order.id, Event.SELLER_CANCEL, "I am ill.")
    assert await refunds(town) == [(payer, "second"), (payer, "first")]
    assert await town.balances(town.buyer) == {}


async def test_the_invoice_of_another_hold_pays_nothing_else(town: Town) -> None:
    """Though its amount fits: it is declined at the checkout, and what comes goes back."""
    order = await town.placed()
    other = await second_invoice(town, order, PRICE)
    with pytest.raises(PaymentMismatch) as caught:
        await town.services.payments.check(
            other, telegram_id=town.buyer.telegram_id, currency="XTR", total=PRICE.minor
        )
    assert PaymentMismatch("hold") == caught.value
    assert not (await town.pay(order, charge_id="second", intent_id=other)).accepted
    assert await refunds(town) == [(town.buyer.telegram_id, "second")]
    assert Notice.PAYMENT_RETURNED in town.messenger.notices(town.buyer)
    assert (await town.order(order.id)).state is State.AWAITING_PAYMENT
    assert (await town.pay(order)).accepted


async def test_the_order_shows_the_invoice_of_its_own_hold(town: Town) -> None:
    """However new the other hold's invoice is."""
    order = await town.placed()
    first = await town.services.payments.intent_of(order.id)
    town.clock.advance(1)
    other = await second_invoice(town, order)
    assert first == await town.services.payments.intent_of(order.id)
    async with town.storage.read() as uow:
        kept, new = await uow.payments.intent(first or ""), await uow.payments.intent(other)
        assert new == await uow.payments.intent_of_order(order.id, hold=2)
    assert kept is not None
    assert kept == replace(kept, hold=1)
