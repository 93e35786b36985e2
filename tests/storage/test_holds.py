"""Two holds of one order in the database: each has its escrow, and its charge goes back whole."""

from dataclasses import replace

import pytest

from market import ledger
from market.change import Change, Refund
from market.contract import Order
from market.errors import InsufficientFunds
from market.ledger import Journal, Transfer
from market.money import Money
from market.states import Event, Role, State
from storage import OpenStorage
from tests.storage.conftest import Raw, Refused
from tests.support.walk import PRICE, STARS, START_MS, Market, change, move, order_at

CHARGES = {1: Money(100, STARS), 2: Money(150, STARS)}


async def _record(storage: OpenStorage, made: Change) -> None:
    async with storage.begin() as unit:
        await unit.record(made, now_ms=START_MS)


async def funded(storage: OpenStorage, market: Market) -> Order:
    """An order whose price came as two charges, one for each of its holds."""
    order = await order_at(storage, market, State.AWAITING_PAYMENT)
    made, payer = change(order, Event.PAID, Role.PROVIDER), order.buyer_id
    landed = tuple(
        ledger.money_in("stars", f"ch{hold}", payer, charge) for hold, charge in CHARGES.items()
    )
    purse = ledger.credit(payer, STARS)
    rows = tuple(
        Transfer("P2", purse, ledger.escrow(order.id, STARS, hold), charge)
        for hold, charge in CHARGES.items()
    )
    held = Journal(f"order:{order.id}:hold", "hold", rows, order.id)
    await _record(storage, replace(made, journals=(*landed, held)))
    await move(storage, order.id, Event.REQUIREMENTS, Role.BUYER)
    return await move(storage, order.id, Event.DELIVER, Role.SELLER)


def ended(order: Order, back: int, kept: int) -> Change:
    """Work for one hold is accepted; the other hold's charge goes back to its payer."""
    asked = replace(order, request=None)
    made = change(asked, Event.ACCEPT, Role.BUYER)
    assert made.order is not None
    earned, charge = CHARGES[kept], CHARGES[back]
    fee = Money(earned.minor // 10, STARS)
    share = Money(earned.minor - fee.minor, STARS)
    out = ledger.escrow(order.id, STARS, kept)
    rows = (
        Transfer("P5", out, ledger.clearing(order.seller_id, STARS), share),
        Transfer("P6", out, ledger.fee_pending(STARS), fee),
        Transfer(
            "P10",
            ledger.escrow(order.id, STARS, back),
            ledger.credit(order.buyer_id, STARS),
            charge,
        ),
    )
    going = ("stars", f"ch{back}", order.buyer_id, charge)
    journal = Journal(f"order:{order.id}:v{order.version + 1}:accept", "split", rows, order.id)
    return replace(
        made,
        order=replace(made.order, released_minor=earned.minor),
        journals=(journal, ledger.refund_request(*going)),
        refunds=(Refund(*going, order.id),),
    )


@pytest.mark.parametrize(("back", "kept"), [(1, 2), (2, 1)])
async def test_one_hold_goes_back_as_its_whole_charge(
    storage: OpenStorage, market: Market, raw: Raw, back: int, kept: int
) -> None:
    """The other one is released; what a part of the price means for Stars, and the books say so."""
    order = await funded(storage, market)
    await _record(storage, ended(order, back, kept))
    sent = await raw("SELECT charge_id, amount_minor FROM refund")
    assert [tuple(row) for row in sent] == [(f"ch{back}", CHARGES[back].minor)]
    async with storage.read() as unit:
        assert await unit.ledger.audit() == ()
        for hold in CHARGES:
            assert await unit.ledger.holds(ledger.escrow(order.id, STARS, hold)) == 0
    await move(storage, order.id, Event.CLEAR, Role.CLOCK)
    async with storage.read() as unit:
        (balance,) = await unit.ledger.balances(market.seller.id)
    assert CHARGES[kept].minor * 9 // 10 == balance.available


async def test_a_hold_does_not_pay_for_another(storage: OpenStorage, market: Market) -> None:
    """The smaller one cannot send the larger one's charge back."""
    order = await funded(storage, market)
    made = ended(order, 2, 1)
    wrong = ledger.escrow(order.id, STARS, 1)
    journal = made.journals[0]
    mixed = tuple(replace(row, debit=wrong) for row in journal.transfers if row.code == "P10")
    with pytest.raises(InsufficientFunds):
        await _record(
            storage, replace(made, journals=(replace(journal, transfers=mixed), made.journals[1]))
        )


async def test_both_holds_are_what_the_order_holds(storage: OpenStorage, market: Market) -> None:
    """The order's escrow is the sum of them."""
    order = await funded(storage, market)
    async with storage.read() as unit:
        held = [await unit.ledger.holds(ledger.escrow(order.id, STARS, hold)) for hold in CHARGES]
        assert await unit.ledger.audit() == ()
    assert PRICE.minor == sum(held) == order.held_minor


async def test_holds_count_from_one(storage: OpenStorage, market: Market, raw: Raw) -> None:
    """There is no hold number 0, and an intent stays with its hold's number."""
    with pytest.raises(Refused):
        await raw(
            "INSERT INTO payment_intent (id, person_id, purpose, currency, amount_minor, rail,"
            f" created_ms, hold) VALUES ('x', {market.buyer.id}, 'order', 'XTR', 5, 'stars', 1, 0)"
        )
