"""Bills: one live bill for an intent, one intent for an invoice, and what the database refuses."""

from dataclasses import replace

import pytest

from market.bill import Bill, BillState
from market.errors import NotFound
from market.money import Currency, Money
from services.bill_rows import Billed
from services.rows import Intent
from storage import OpenStorage
from tests.storage.conftest import Raw, Refused
from tests.support.walk import START_MS, Market, placed

BILLED = Billed("7001", "https://t.me/CryptoBot?start=IV7001", START_MS + 9)
RAIL = "crypto_pay"


@pytest.fixture
async def intent(storage: OpenStorage, market: Market) -> Intent:
    """Money in USDT is waited for."""
    order = await placed(storage, market)
    made = Intent(
        id="a" * 32,
        order_id=order.id,
        person_id=order.buyer_id,
        purpose="order",
        amount=Money(12_500_000, Currency.USDT),
        created_ms=START_MS,
        rail=RAIL,
    )
    async with storage.begin() as unit:
        await unit.payments.add_intent(made)
    return made


async def _added(storage: OpenStorage, intent: Intent) -> Bill:
    async with storage.begin() as unit:
        bill = await unit.bills.add(intent, now_ms=START_MS)
    assert bill is not None
    return bill


async def test_an_intent_has_one_live_bill(storage: OpenStorage, intent: Intent) -> None:
    """Another one comes only after the first is over."""
    first = await _added(storage, intent)
    async with storage.begin() as unit:
        assert await unit.bills.add(intent, now_ms=START_MS) is None
        await unit.bills.opened(first.id, BILLED, now_ms=START_MS)
        assert await unit.bills.add(intent, now_ms=START_MS) is None
        await unit.bills.ended(first.id, BillState.OVER, now_ms=START_MS)
    second = await _added(storage, intent)
    async with storage.read() as unit:
        assert intent.order_id is not None
        assert second == await unit.bills.of_order(intent.order_id)
        assert replace(first, state=BillState.OVER, external_id="7001") == replace(
            await unit.bills.get(first.id), url="", expires_ms=None
        )


async def test_a_made_bill_carries_its_link(storage: OpenStorage, intent: Intent) -> None:
    """It is found by the provider's id, and is asked for as long as it is open."""
    bill = await _added(storage, intent)
    async with storage.begin() as unit:
        assert await unit.bills.open(RAIL, limit=9) == ()
        await unit.bills.opened(bill.id, BILLED, now_ms=START_MS)
        made = await unit.bills.by_external(RAIL, "7001")
        assert made is not None
        assert (BILLED.url, BILLED.expires_ms) == (made.url, made.expires_ms)
        assert (made,) == await unit.bills.open(RAIL, limit=9)
        assert await unit.bills.open("other", limit=9) == ()
        assert await unit.bills.by_external("other", "7001") is None
        await unit.bills.ended(bill.id, BillState.PAID, now_ms=START_MS)
        assert await unit.bills.open(RAIL, limit=9) == ()


async def test_a_paid_bill_stays_paid(storage: OpenStorage, intent: Intent) -> None:
    """A later report that it ended changes nothing, nor is it made again."""
    bill = await _added(storage, intent)
    async with storage.begin() as unit:
        await unit.bills.opened(bill.id, BILLED, now_ms=START_MS)
        await unit.bills.ended(bill.id, BillState.PAID, now_ms=START_MS)
        await unit.bills.ended(bill.id, BillState.OVER, now_ms=START_MS)
        await unit.bills.opened(bill.id, Billed("7002", "x", None), now_ms=START_MS)
        known = await unit.bills.get(bill.id)
    assert (known.state, known.external_id) == (BillState.PAID, "7001")


async def test_who_was_asked_for_last_comes_last(storage: OpenStorage, intent: Intent) -> None:
    """However many are open, each has its turn."""
    bills = []
    async with storage.begin() as unit:
        for number in range(3):
            one = replace(intent, id=f"{number}" * 32)
            await unit.payments.add_intent(one)
            bill = await unit.bills.add(one, now_ms=START_MS)
            assert bill is not None
            await unit.bills.opened(bill.id, Billed(f"70{number}", "x", None), now_ms=START_MS)
            bills.append(bill.id)
        await unit.bills.looked((bills[0],), now_ms=START_MS)
        assert bills[1:] == [bill.id for bill in await unit.bills.open(RAIL, limit=2)]
        await unit.bills.looked((), now_ms=START_MS)


async def test_an_unknown_bill_is_not_found(storage: OpenStorage) -> None:
    """Nor is there one of an unknown order."""
    async with storage.read() as unit:
        assert await unit.bills.of_order(99) is None
        with pytest.raises(NotFound):
            await unit.bills.get(99)


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE bill SET state = 'open'",
        "UPDATE bill SET state = 'paid', external_id = '7'",
        "UPDATE bill SET state = 'gone'",
        (
            "INSERT INTO bill (intent_id, rail, state, created_ms, changed_ms)"
            " SELECT intent_id, rail, 'asked', 1, 1 FROM bill"
        ),
        (
            "INSERT INTO bill (intent_id, rail, state, created_ms, changed_ms)"
            " VALUES ('unknown', 'crypto_pay', 'asked', 1, 1)"
        ),
    ],
)
async def test_the_database_refuses(
    storage: OpenStorage, intent: Intent, raw: Raw, wrong: str
) -> None:
    """An open bill without a link, an odd state, a second live bill, a bill of nothing."""
    await _added(storage, intent)
    with pytest.raises(Refused):
        await raw(wrong)
