"""Sending a payment back by Crypto Pay."""

from decimal import Decimal

import pytest

from market.people import Person
from services.rows import Later, Refused, Sent
from tests.support.crypto_bench import PAYEE, START_MS, Bench, bill
from tests.support.crypto_pay import Fault


@pytest.fixture
async def charge(bench: Bench) -> str:
    """A paid invoice of 12.50 USDT; the provider kept 3 %."""
    made = await bench.rail.bill(bill())
    assert made.external_id == "7001"  # type: ignore[union-attr]
    bench.fake.pay(made.external_id)  # type: ignore[union-attr]
    return "7001"


async def test_the_whole_payment_goes_back(bench: Bench, payee: Person, charge: str) -> None:
    """The payer gets all of it, the provider's fee is the house's loss; asking twice is safe."""
    assert [Sent(), Sent()] == [await bench.rail.refund(payee, charge) for _ in range(2)]
    assert Decimal("12.5") == bench.fake.sent_to(PAYEE)
    assert [one["spend_id"] for one in bench.fake.transfers] == ["refund-7001"]


@pytest.mark.parametrize("fault", ["silent after", "broken after"])
async def test_a_lost_answer_sends_nothing_twice(
    bench: Bench, payee: Person, charge: str, fault: Fault
) -> None:
    """The try counts, and the next one finds the sending."""
    bench.fake.fail("transfer", fault)
    outcome = await bench.rail.refund(payee, charge)
    assert isinstance(outcome, Later)
    assert outcome.counts
    assert Sent() == await bench.rail.refund(payee, charge)
    assert Decimal("12.5") == bench.fake.sent_to(PAYEE)


@pytest.mark.parametrize(
    ("fault", "counts"), [("flood", False), ("broken before", True), ("garbage", True)]
)
async def test_a_refund_waits_for_the_provider(
    bench: Bench, payee: Person, charge: str, fault: Fault, counts: bool
) -> None:
    """What the invoice brought cannot be asked now; a flood uses up no try."""
    bench.fake.fail("getInvoices", fault)
    outcome = await bench.rail.refund(payee, charge)
    assert isinstance(outcome, Later)
    assert counts is outcome.counts
    assert outcome.at_ms == START_MS + (0 if counts else 7_000)


async def test_a_flood_in_the_middle_uses_up_no_try(
    bench: Bench, payee: Person, charge: str
) -> None:
    """Nothing was sent, so nothing counts."""
    bench.fake.fail("transfer", "flood")
    outcome = await bench.rail.refund(payee, charge)
    assert Later(START_MS + 7_000, "too many requests", counts=False) == outcome


@pytest.mark.parametrize("fault", ["denied"])
async def test_what_the_house_must_mend_goes_to_operators(
    bench: Bench, payee: Person, charge: str, fault: Fault
) -> None:
    """A token that is refused, in any call, stops the refund until somebody looks."""
    bench.fake.fail("transfer", fault)
    assert Refused("401 UNAUTHORIZED") == await bench.rail.refund(payee, charge)
    bench.fake.fail("getInvoices", fault)
    assert Refused("401 UNAUTHORIZED") == await bench.rail.refund(payee, charge)


async def test_a_payer_without_account_goes_to_operators(
    bench: Bench, payee: Person, charge: str
) -> None:
    """Nobody there to send it to."""
    bench.fake.users.clear()
    assert Refused("no_account") == await bench.rail.refund(payee, charge)


async def test_what_brought_nothing_sends_nothing(bench: Bench, payee: Person) -> None:
    """An unknown invoice and an unpaid one have no money in them."""
    await bench.rail.bill(bill())
    for charge_id in ("7001", "9999"):
        words = f"invoice {charge_id} brought no money that could go back"
        assert Refused(words) == await bench.rail.refund(payee, charge_id)
    assert bench.fake.transfers == []
