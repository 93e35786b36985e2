"""Crypto Pay's own lists, read to their end in whichever order they come."""

import pytest

from market.deadlines import DAY_MS
from market.money import Currency, Money
from payments.crypto_pay import client, lists
from payments.crypto_pay.client import EXPIRES_MAX_S
from services.bill_rows import RailAway
from services.feed_rows import FeedRow
from services.payout_rows import Paid
from tests.support.crypto_bench import PAYEE, START_MS, Bench, bill, payout, usdt

pytestmark = pytest.mark.parametrize("oldest_first", [False, True], ids=["newest", "oldest"])


@pytest.fixture(autouse=True)
def _pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rows make a page."""
    monkeypatch.setattr(client, "PAGE", 3)
    monkeypatch.setattr(lists, "PAGE", 3)


async def _sent(bench: Bench, number: int) -> None:
    """So many sendings, a day apart."""
    for one in range(number):
        assert isinstance(await bench.rail.pay(payout(f"wd-{one}", amount="2")), Paid)
        bench.clock.advance(DAY_MS)


async def _paid(bench: Bench, number: int) -> None:
    """So many paid invoices, a month apart."""
    for one in range(number):
        made = await bench.rail.bill(bill(f"intent-{one}"))
        bench.fake.pay(made.external_id)  # type: ignore[union-attr]
        bench.clock.advance(EXPIRES_MAX_S * 1_000)


async def test_all_sendings_are_read(bench: Bench, *, oldest_first: bool) -> None:
    """More than a page of them, the oldest first, each with our key and its receiver."""
    bench.fake.oldest_first = oldest_first
    await _sent(bench, 8)
    rows = await bench.rail.sent(since_ms=0)
    assert [row.payload for row in rows] == [f"wd-{one}" for one in range(8)]
    first = FeedRow(
        rail="crypto_pay",
        external_id="7001",
        direction="out",
        kind="transfer",
        amount=usdt("2"),
        at_ms=START_MS,
        telegram_id=PAYEE,
        payload="wd-0",
    )
    assert rows[0] == first


async def test_sendings_since_a_moment(bench: Bench, *, oldest_first: bool) -> None:
    """Older ones are left out; pages behind them are not asked for where the order is known."""
    bench.fake.oldest_first = oldest_first
    await _sent(bench, 8)
    bench.fake.calls.clear()
    rows = await bench.rail.sent(since_ms=START_MS + 7 * DAY_MS)
    assert [row.payload for row in rows] == ["wd-7"]
    assert len(bench.fake.named("getTransfers")) == (3 if oldest_first else 1)


async def test_all_paid_invoices_are_read(bench: Bench, *, oldest_first: bool) -> None:
    """Also those beyond the first page; an old link may have been paid just now."""
    bench.fake.oldest_first = oldest_first
    await _paid(bench, 7)
    assert len(await bench.rail.paid(since_ms=0)) == 7
    bench.fake.calls.clear()
    reports = await bench.rail.paid(since_ms=bench.clock.now_ms())
    assert "intent-6" in {report.payload for report in reports}
    assert len(bench.fake.named("getInvoices")) == (3 if oldest_first else 1)


async def test_other_money_is_listed_without_an_amount(bench: Bench, *, oldest_first: bool) -> None:
    """Nothing that the house could book; its kind says what it was."""
    bench.fake.oldest_first = oldest_first
    await _sent(bench, 1)
    bench.fake.transfers[0] |= {"asset": "TON", "amount": "3.5", "completed_at": None}
    (row,) = await bench.rail.sent(since_ms=0)
    odd = (Money(0, Currency.USDT), "completed 3.5 TON", 0)
    assert (row.amount, row.kind, row.at_ms) == odd


async def test_a_provider_that_does_not_answer(bench: Bench, *, oldest_first: bool) -> None:
    """A list that was not read to its end is none."""
    bench.fake.oldest_first = oldest_first
    await _sent(bench, 4)
    bench.fake.fail("getTransfers", "fine", "flood")
    with pytest.raises(RailAway):
        await bench.rail.sent(since_ms=0)


async def test_a_list_without_an_end(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, *, oldest_first: bool
) -> None:
    """Nobody goes on for ever."""
    bench.fake.oldest_first = oldest_first
    monkeypatch.setattr(lists, "PAGES_MAX", 2)
    await _sent(bench, 7)
    with pytest.raises(RailAway, match="no end"):
        await bench.rail.sent(since_ms=0)
