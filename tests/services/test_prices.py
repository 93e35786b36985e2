"""Orders with credit, earnings and the buyer's fee, from the quote to the last refund."""

from dataclasses import replace

import pytest

from market import ledger
from market.errors import PaymentMismatch
from market.money import Currency, Money
from market.notices import Notice
from market.paying import Paying, Purse
from market.states import Event, State
from storage import OpenStorage
from tests.support.prices import give_credit, give_earned, holds
from tests.support.town import POLICY, PRICE, Town

XTR = Currency.XTR
BOTH = Paying(use_earned=True)


async def test_a_quote_shows_what_each_part_pays(town: Town) -> None:
    """Credit is taken by itself, earnings when ticked; the rest is the charge."""
    gig = await town.gig()
    await give_credit(town.storage, town.buyer.id, 100)
    await give_earned(town.storage, town.buyer.id, 500)
    quote = await town.services.orders.quote(town.buyer.id, gig.id)
    assert quote.draft is not None
    assert (quote.price, quote.purse, quote.paying) == (PRICE, Purse(100, 500), Paying())
    assert (quote.draft.from_credit_minor, quote.draft.charge.minor) == (100, 150)
    ticked = await town.services.orders.quote(town.buyer.id, gig.id, BOTH)
    assert ticked.draft is not None
    assert (ticked.draft.from_earned_minor, ticked.draft.charge.minor) == (150, 0)


async def test_credit_pays_a_part(town: Town) -> None:
    """The invoice asks for the rest; on cancelling the credit and the charge go back apart."""
    await give_credit(town.storage, town.buyer.id, 100)
    order = await town.placed()
    assert order.charge == Money(150, XTR)
    with pytest.raises(PaymentMismatch):
        await _check(town, order.id, 250)
    await _check(town, order.id, 150)
    assert (await town.pay(order)).accepted
    assert (await town.order(order.id)).held_minor == 250
    await town.act(town.seller, order.id, Event.SELLER_CANCEL, "I am ill.")
    await town.drain()
    assert (await town.balances(town.buyer))["credit"] == 100
    assert town.stars.calls == [(town.buyer.telegram_id, "charge-1")]


async def _check(town: Town, order_id: int, total: int) -> None:
    intent_id = await town.services.payments.intent_of(order_id)
    assert intent_id is not None
    await town.services.payments.check(
        intent_id, telegram_id=town.buyer.telegram_id, currency="XTR", total=total
    )


async def test_balances_pay_for_all_at_once(town: Town) -> None:
    """Nothing is to be charged: the seller hears of a paid order, and no invoice goes out."""
    await give_credit(town.storage, town.buyer.id, 200)
    await give_earned(town.storage, town.buyer.id, 80)
    gig = await town.gig()
    command = town.command(town.buyer)
    order = await town.services.orders.place(command, gig.id, gig.version_id, BOTH)
    again = await town.services.orders.place(command, gig.id, gig.version_id, BOTH)
    assert order == again
    assert (order.state, order.charge_id) == (State.AWAITING_REQUIREMENTS, None)
    assert await town.services.payments.intent_of(order.id) is None
    await town.drain()
    assert town.messenger.notices(town.buyer) == [Notice.ORDER_PAID_BUYER]
    assert Notice.ORDER_PAID_SELLER in town.messenger.notices(town.seller)
    assert await town.balances(town.buyer) == {"paid_held": 250, "available": 30}
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    assert await town.balances(town.buyer) == {"available": 80, "credit": 200}


async def test_a_completed_order_from_balances_clears(town: Town) -> None:
    """The seller earns the same, whatever the buyer paid with."""
    await give_credit(town.storage, town.buyer.id, 250)
    order = await town.placed()
    await town.answer(order.id)
    await town.deliver(order.id)
    await town.act(town.buyer, order.id, Event.ACCEPT)
    await town._clear(order.id)
    assert (await town.order(order.id)).state is State.CLEARED
    assert await town.balances(town.seller) == {"available": 225}


async def test_credit_that_is_gone_stops_the_checkout(town: Town) -> None:
    """Two orders wanted the same credit: the second one's checkout is declined."""
    await give_credit(town.storage, town.buyer.id, 100)
    first, second = await town.placed(), await town.placed()
    await town.pay(first)
    with pytest.raises(PaymentMismatch) as caught:
        await _check(town, second.id, 150)
    assert PaymentMismatch("short") == caught.value


async def test_a_charge_for_an_order_short_of_credit_goes_back(town: Town) -> None:
    """When the purse is short at last, the charge lands and is sent back; the order waits on."""
    await give_credit(town.storage, town.buyer.id, 100)
    first, second = await town.placed(), await town.placed()
    await town.pay(first)
    outcome = await town.pay(second)
    await town.drain()
    assert not outcome.accepted
    assert (await town.order(second.id)).state is State.AWAITING_PAYMENT
    assert town.stars.calls == [(town.buyer.telegram_id, "charge-2")]
    assert "credit" not in await town.balances(town.buyer)
    returned = [row.message for row in town.messenger.sent if row.message is not None]
    whys = [one.facts["why"] for one in returned if one.notice is Notice.PAYMENT_RETURNED]
    assert whys == ["short"]


async def test_the_buyers_fee_is_on_top(storage: OpenStorage) -> None:
    """5 % of 250 are 12: 262 are charged and held, the seller gets 225, the house 37."""
    town = Town(storage, replace(POLICY, buyer_fee_bp=500))
    await town.settle_in()
    order = await town.order_in(State.DELIVERED)
    assert (order.terms.buyer_fee_minor, order.held_minor) == (12, 262)
    await town.act(town.buyer, order.id, Event.ACCEPT)
    await town._clear(order.id)
    assert await town.balances(town.seller) == {"available": 225}
    assert await holds(storage, ledger.fee_income(XTR)) == 37
    async with storage.read() as uow:
        assert await uow.ledger.audit() == ()


async def test_a_split_shares_fee_and_earnings(storage: OpenStorage) -> None:
    """Of 262, 62 of them earnings, the buyer gets back 157, 37 of it as earnings."""
    town = Town(storage, replace(POLICY, buyer_fee_bp=500))
    await town.settle_in()
    await give_earned(storage, town.buyer.id, 62)
    gig = await town.gig()
    order = await town.services.orders.place(town.command(town.buyer), gig.id, gig.version_id, BOTH)
    await town.pay(order)
    await town.answer(order.id)
    await town.ask_cancel(town.seller, order.id, 100)
    await town.act(town.buyer, order.id, Event.AGREE_CANCEL)
    assert await town.balances(town.buyer) == {"available": 37, "credit": 120}
    assert await town.balances(town.seller) == {"clearing": 90}
    async with storage.read() as uow:
        assert await uow.ledger.audit() == ()


async def test_a_part_that_was_not_charged_clears_after_a_chargeback(town: Town) -> None:
    """Of 250 only 100 were charged and taken back: the seller keeps what else was paid."""
    await give_credit(town.storage, town.buyer.id, 150)
    order = await town.order_in(State.COMPLETED)
    await town.services.disputes.charge_back(town.command(town.operator), order.id)
    assert await town.balances(town.seller) == {"clearing": 150}
    await town._clear(order.id)
    assert await town.balances(town.seller) == {"available": 150}
