"""Asking for money by Crypto Pay: one invoice for one intent, and what is reported of it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from payments.crypto_pay.client import EXPIRES_MAX_S, PAGE
from services.bill_rows import Billed, BillReport, RailAway
from services.rows import Later, Refused
from tests.support.crypto_bench import START_MS, Bench, bill, usdt
from tests.support.crypto_pay import Fault

TOOK = ", of which the provider took 0.375 "
LINK = "https://t.me/CryptoBot?start=IV7001"


async def test_an_invoice_is_made(bench: Bench) -> None:
    """The link, the provider's id, and when the link ends."""
    assert Billed("7001", LINK, START_MS + 600_000) == await bench.rail.bill(bill())
    made = bench.fake.named("createInvoice")[0]
    assert (made["asset"], made["amount"], made["payload"]) == ("USDT", "12.500000", "intent-1")
    assert (made["allow_anonymous"], made["paid_btn_url"]) == (False, "https://t.me/gighaat_bot")


@pytest.mark.parametrize("fault", ["silent after", "broken after"])
async def test_a_lost_answer_leaves_one_invoice(bench: Bench, fault: Fault) -> None:
    """The next try finds the invoice by its payload."""
    bench.fake.fail("createInvoice", fault)
    first = await bench.rail.bill(bill())
    assert isinstance(first, Later)
    assert first.counts
    assert Billed("7001", LINK, START_MS + 600_000) == await bench.rail.bill(bill())
    assert len(bench.fake.invoices) == 1


async def test_the_invoice_is_found_behind_a_full_page(bench: Bench) -> None:
    """However many are open, the one with our payload is found."""
    first = await bench.rail.bill(bill())
    for number in range(PAGE):
        bench.fake.invoices[10_000 + number] = bench.fake.invoices[7001] | {"payload": "other"}
    assert first == await bench.rail.bill(bill())


async def test_the_search_has_an_end(bench: Bench) -> None:
    """With more open invoices than anybody has, a new one is made."""
    await bench.rail.bill(bill())
    for number in range(10 * PAGE):
        bench.fake.invoices[10_000 + number] = bench.fake.invoices[7001] | {"payload": "other"}
    made = await bench.rail.bill(bill())
    assert isinstance(made, Billed)
    assert made.external_id == "7002"


async def test_an_invoice_that_ends_now_is_no_help(bench: Bench) -> None:
    """A new one is made, so that there is time to pay."""
    await bench.rail.bill(bill(seconds=9))
    made = await bench.rail.bill(bill(seconds=600))
    assert isinstance(made, Billed)
    assert made.external_id == "7002"


async def test_times_stay_within_what_the_provider_takes(bench: Bench) -> None:
    """At least a second, at most a month."""
    await bench.rail.bill(bill(seconds=0))
    await bench.rail.bill(bill("intent-2", seconds=EXPIRES_MAX_S + 1))
    asked = [made["expires_in"] for made in bench.fake.named("createInvoice")]
    assert asked == [1, EXPIRES_MAX_S]


@pytest.mark.parametrize("method", ["getInvoices", "createInvoice"])
async def test_a_flood_uses_up_no_try(bench: Bench, method: str) -> None:
    """The provider says how long to wait."""
    bench.fake.fail(method, "flood")
    words = "too many requests"
    assert Later(START_MS + 7_000, words, counts=False) == await bench.rail.bill(bill())


async def test_a_refusal_is_one(bench: Bench) -> None:
    """The provider will not make it."""
    bench.fake.fail("createInvoice", "denied")
    assert Refused("401 UNAUTHORIZED") == await bench.rail.bill(bill())


async def test_an_open_invoice_is_reported(bench: Bench) -> None:
    """Nothing came yet."""
    await bench.rail.bill(bill())
    report = BillReport(external_id="7001", payload="intent-1", now="open")
    assert (report,) == await bench.rail.look(("7001",))
    assert await bench.rail.paid(since_ms=0) == ()


async def test_a_paid_invoice_is_reported(bench: Bench) -> None:
    """What came in, what the provider kept, and for which intent."""
    await bench.rail.bill(bill())
    bench.fake.pay(7001)
    report = BillReport(
        external_id="7001",
        payload="intent-1",
        now="paid",
        received=usdt("12.5"),
        fee=usdt("0.375"),
    )
    assert (report,) == await bench.rail.look(("7001",))
    assert (report,) == await bench.rail.paid(since_ms=0)


async def test_an_ended_invoice_is_reported(bench: Bench) -> None:
    """Its link works no more."""
    await bench.rail.bill(bill())
    bench.clock.advance(600_000)
    report = BillReport(external_id="7001", payload="intent-1", now="over")
    assert (report,) == await bench.rail.look(("7001",))


@pytest.mark.parametrize(
    ("changes", "received", "fee", "odd"),
    [
        ({"fee_asset": None, "fee_amount": None}, "12.5", None, ""),
        ({"fee_amount": "0.3750001"}, "12.5", "0.375001", ""),
        (
            {"paid_asset": "TON"},
            None,
            "0.375",
            f"12.500000 TON{TOOK}USDT",
        ),
        (
            {"fee_asset": "TON"},
            "12.5",
            None,
            f"12.500000 USDT{TOOK}TON",
        ),
        (
            {"paid_amount": "12.5000001"},
            None,
            "0.375",
            f"12.5000001 USDT{TOOK}USDT",
        ),
        ({"paid_amount": "NaN"}, None, "0.375", f"NaN USDT{TOOK}USDT"),
    ],
)
async def test_odd_money_is_told(
    bench: Bench, changes: dict[str, Any], received: str | None, fee: str | None, odd: str
) -> None:
    """A fee is rounded up; what the house cannot keep exactly is left to people."""
    await bench.rail.bill(bill())
    bench.fake.pay(7001, **changes)
    (report,) = await bench.rail.look(("7001",))
    told = (report.received, report.fee, report.odd)
    assert (received and usdt(received), fee and usdt(fee), odd) == told


@pytest.mark.parametrize("fault", ["silent before", "broken before", "garbage", "flood", "denied"])
async def test_a_provider_that_does_not_tell_is_away(bench: Bench, fault: Fault) -> None:
    """No report is better than a guessed one."""
    bench.fake.fail("getInvoices", fault)
    with pytest.raises(RailAway):
        await bench.rail.look(("7001",))


async def test_the_balance_is_a_decimal(bench: Bench) -> None:
    """Of each asset, also of one that we do not have."""
    balances = [await bench.client.balance(asset) for asset in ("USDT", "TON", "BTC")]
    assert [Decimal(100), Decimal("3.5"), Decimal(0)] == balances


async def test_the_app_has_a_name(bench: Bench) -> None:
    """What the token belongs to."""
    assert await bench.client.app_name() == "GigHaat till"


async def test_an_invoice_may_have_no_words(bench: Bench) -> None:
    """Nor an end, where the provider names none."""
    await bench.rail.bill(replace(bill(), title=""))
    assert "description" not in bench.fake.named("createInvoice")[0]
    bench.fake.invoices[7001]["expiration_date"] = None
    assert Billed("7001", LINK, None) == await bench.rail.bill(bill())


async def test_the_rail_tells_what_it_holds(bench: Bench) -> None:
    """In whole millionths; what is smaller is left out."""
    bench.fake.balance = Decimal("12.3456789")
    assert usdt("12.345678") == await bench.rail.holdings()
