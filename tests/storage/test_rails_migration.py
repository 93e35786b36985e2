"""Schema 0003 is laid over a house that has worked: what moved house is all there."""

from pathlib import Path
from typing import Any

import pytest

from market.money import Currency, Money
from services.rows import Intent, ProviderCall, ProviderFact
from storage import OpenStorage, open_storage
from tests.storage.conftest import Raw, Refused
from tests.support.databases import CIPHER
from tests.support.houses import house_at
from tests.support.walk import START_MS

PRICE = Money(250, Currency.XTR)
INTENT = "00000000000000000000000000000003"


@pytest.fixture
async def storage(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """A house at version 2, opened by this program."""
    url = await house_at(2, engine, request, tmp_path)
    opened = await open_storage(url, cipher=CIPHER)
    yield opened
    await opened.close()


async def test_payments_are_kept(storage: OpenStorage) -> None:
    """Intents expect Stars as before, facts are known as before, and the books are right."""
    async with storage.read() as unit:
        intent = await unit.payments.intent(INTENT)
        fact = await unit.payments.fact("stars", "ch12", "refund")
        assert await unit.ledger.audit() == ()
    assert intent == Intent(
        id=INTENT,
        order_id=3,
        person_id=1,
        purpose="order",
        amount=PRICE,
        created_ms=START_MS,
        authorised_until_ms=START_MS + 99,
        rail="stars",
    )
    assert fact == ProviderFact(
        rail="stars",
        external_id="ch12",
        kind="refund",
        person_id=1,
        amount=PRICE,
        intent_id="00000000000000000000000000000012",
        order_id=12,
        at_ms=START_MS + 1,
    )


async def test_refunds_and_the_outbox_are_kept(storage: OpenStorage, raw: Raw) -> None:
    """A sent refund stays sent, a failed one failed; each queued row is of its kind."""
    refunds = await raw("SELECT charge_id, state, reference FROM refund ORDER BY charge_id")
    assert [tuple(row) for row in refunds] == [("ch11", "failed", ""), ("ch12", "sent", "")]
    async with storage.begin() as unit:
        rows = await unit.outbox.claim(START_MS * 2, lease_ms=1, limit=99)
        dead = await unit.outbox.dead_rows("notice", limit=9)
    assert {"notice", "refund", "fingerprint"} == {row.kind for row in rows}
    assert [row.error for row in dead] == ["blocked"]


async def test_facts_stay_as_they_were(storage: OpenStorage, raw: Raw) -> None:
    """The table that was made anew has its guards, its key and its list of kinds."""
    for sql in (
        "UPDATE payment SET amount_minor = 1",
        "DELETE FROM payment",
        "INSERT INTO payment VALUES ('stars', 'ch3', 'in', 1, 'XTR', 5, NULL, NULL, 2)",
        "INSERT INTO payment VALUES ('stars', 'ch3', 'wish', 1, 'XTR', 5, NULL, NULL, 2)",
        "UPDATE refund SET state = 'lost'",
        "UPDATE outbox SET kind = 'wish'",
    ):
        with pytest.raises(Refused):
            await raw(sql)


@pytest.mark.parametrize("kind", ["fee", "chargeback", "out", "returned"])
async def test_there_are_new_kinds_of_facts(storage: OpenStorage, kind: Any) -> None:
    """Facts of nobody's money have no person; an intent needs no order."""
    fact = ProviderFact(
        rail="stars",
        external_id="ch3",
        kind=kind,
        person_id=None,
        amount=PRICE,
        intent_id=None,
        order_id=None,
        at_ms=1,
    )
    tip = Intent(
        id="tip",
        order_id=None,
        person_id=1,
        purpose="tip",
        amount=PRICE,
        created_ms=1,
        rail="crypto_pay",
    )
    async with storage.begin() as unit:
        assert await unit.payments.add_fact(fact)
        await unit.payments.add_intent(tip)
        assert await unit.payments.fact("stars", "ch3", kind) == fact
        assert await unit.payments.intent("tip") == tip


async def test_calls_to_providers_are_queued_once(storage: OpenStorage) -> None:
    """A payout names its withdrawal, a bill its intent; a repeated key is not queued again."""
    payout = ProviderCall(kind="payout", key="payout:7", person_id=1, subject_id=7)
    bill = ProviderCall(kind="bill", key="bill:x", person_id=1, order_id=2, intent_id="x")
    async with storage.begin() as unit:
        added = [
            await unit.outbox.add_call(call, now_ms=START_MS) for call in (payout, bill, payout)
        ]
        rows = await unit.outbox.claim(START_MS * 2, lease_ms=1, limit=99)
    assert added == [True, True, False]
    found = {row.kind: (row.lane, row.subject_id, row.intent_id) for row in rows}
    assert found["payout"] == ("payout:7", 7, None)
    assert found["bill"] == ("bill:x", None, "x")
