"""Tips in storage: what the database refuses, and what the audit finds."""

import pytest

from market.errors import Conflict
from market.states import State
from market.tip import TipState
from storage import OpenStorage
from tests.storage.conftest import Raw, Refused
from tests.support.town import Town

BAD = {
    "another amount": "UPDATE tip SET amount_minor = 51, state = 'cleared'",
    "another charge": "UPDATE tip SET charge_id = 'x', state = 'cleared'",
    "back to the start": "UPDATE tip SET state = 'offered'",
    "the same again": "UPDATE tip SET state = 'paid'",
    "delete": "DELETE FROM tip",
    "paid from the start": (
        "INSERT INTO tip (order_id, buyer_id, seller_id, currency, amount_minor, intent_id, state,"
        " offered_ms, rail, charge_id, paid_ms, clear_at_ms)"
        " SELECT t.order_id, buyer_id, seller_id, t.currency, t.amount_minor, i.id, 'paid',"
        " offered_ms, 'stars', 'y', 1, 1 FROM tip t, payment_intent i WHERE i.purpose = 'order'"
    ),
    "paid without a charge": (
        "INSERT INTO tip (order_id, buyer_id, seller_id, currency, amount_minor, intent_id, state,"
        " offered_ms, rail)"
        " SELECT t.order_id, buyer_id, seller_id, t.currency, t.amount_minor, i.id, 'offered',"
        " offered_ms, 'stars' FROM tip t, payment_intent i WHERE i.purpose = 'order'"
    ),
}


@pytest.fixture
async def town(storage: OpenStorage) -> Town:
    """Order 1 is completed, and its buyer has paid a tip of 50."""
    place = Town(storage)
    await place.settle_in()
    order = await place.order_in(State.COMPLETED)
    tip = await place.services.tips.offer(place.command(place.buyer), order.id, minor=50)
    await place.services.payments.paid(
        telegram_id=place.buyer.telegram_id,
        charge_id="tip-charge",
        intent_id=tip.intent_id,
        currency="XTR",
        total=50,
    )
    return place


@pytest.mark.parametrize("sql", BAD.values(), ids=BAD.keys())
async def test_bad_tips_are_refused(town: Town, raw: Raw, sql: str) -> None:
    """Whoever writes it, the database itself says no."""
    with pytest.raises(Refused):
        await raw(sql)


async def test_a_tip_moves_once(town: Town) -> None:
    """Whoever read it before it moved is told so and writes nothing."""
    async with town.storage.read() as unit:
        (paid,) = await unit.tips.of_order(1)
        assert await unit.tips.of_charge("stars", "tip-charge") == paid
    assert await town.services.tips.of_order(town.buyer.id, 1) == (paid,)
    assert paid.state is TipState.PAID
    town.clock.advance(town.windows.charge_hold_ms)
    await town.services.tips.clear()
    with pytest.raises(Conflict):
        async with town.storage.begin() as unit:
            await unit.tips.move(paid, paid)


async def test_the_audit_finds_a_tip_without_its_transfer(town: Town, raw: Raw) -> None:
    """A tip that says to be cleared without a journal is found."""
    await raw("UPDATE tip SET state = 'cleared'")
    async with town.storage.read() as unit:
        findings = await unit.ledger.audit()
    assert [finding.rule for finding in findings] == ["I5"]
