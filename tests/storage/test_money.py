"""Payments, journals, refunds, balances, statements and the audit."""

from dataclasses import replace

import pytest

from market import ledger
from market.change import Change, Refund
from market.errors import InsufficientFunds
from market.money import Money
from market.read import Balance
from market.states import Event, Role, State
from services.ports import Storage
from services.rows import Intent, ProviderFact
from storage import OpenStorage
from storage.sqlite import SqliteStorage
from tests.storage.conftest import Raw
from tests.support.walk import PRICE, STARS, START_MS, Market, move, order_at, placed, settle


async def _record(storage: Storage, change: Change) -> None:
    async with storage.begin() as unit:
        await unit.record(change, now_ms=START_MS)


async def test_intents_are_found_by_id_and_order(storage: OpenStorage, market: Market) -> None:
    """The newest intent of an order is its intent."""
    order = await placed(storage, market)
    one = Intent(
        id="a" * 32,
        order_id=order.id,
        person_id=order.buyer_id,
        purpose="order",
        amount=PRICE,
        created_ms=1,
    )
    two = replace(one, id="b" * 32, created_ms=2)
    async with storage.begin() as unit:
        assert await unit.payments.intent_of_order(order.id) is None
        await unit.payments.add_intent(one)
        await unit.payments.add_intent(two)
        assert one == await unit.payments.intent(one.id)
        assert await unit.payments.intent("unknown") is None
        assert two == await unit.payments.intent_of_order(order.id)
        await unit.payments.authorise(one.id, until_ms=9)
        assert replace(one, authorised_until_ms=9) == await unit.payments.intent(one.id)


async def test_a_fact_is_added_once(storage: OpenStorage, market: Market) -> None:
    """A repeated fact answers False and changes nothing; another kind is another fact."""
    fact = ProviderFact(
        rail="stars",
        external_id="ch1",
        kind="in",
        person_id=market.buyer.id,
        amount=PRICE,
        intent_id=None,
        order_id=None,
        at_ms=1,
    )
    async with storage.begin() as unit:
        assert await unit.payments.add_fact(fact)
        assert not await unit.payments.add_fact(replace(fact, amount=Money(9, STARS)))
        assert await unit.payments.add_fact(replace(fact, kind="refund"))
        assert fact == await unit.payments.fact("stars", "ch1", "in")
        assert await unit.payments.fact("stars", "ch2", "in") is None


async def test_a_journal_is_posted_once(storage: OpenStorage, market: Market) -> None:
    """The same journal twice moves money once; the same key with other content is a bug."""
    journal = ledger.money_in("stars", "ch1", market.buyer.id, PRICE)
    await _record(storage, Change(journals=(journal,)))
    await _record(storage, Change(journals=(journal,)))
    async with storage.read() as unit:
        (balance,) = await unit.ledger.balances(market.buyer.id)
    assert Balance("XTR", 0, 0, 0, 0, 250) == balance
    other = replace(ledger.money_in("stars", "ch1", market.buyer.id, Money(1, STARS)))
    with pytest.raises(RuntimeError, match="other content"):
        await _record(storage, Change(journals=(other,)))


async def test_an_overdraft_is_refused_whole(storage: OpenStorage, market: Market) -> None:
    """Nothing of a change stays when one of its accounts would go below zero."""
    landed = ledger.money_in("stars", "ch1", market.buyer.id, PRICE)
    too_much = ledger.refund_request("stars", "ch1", market.buyer.id, Money(251, STARS))
    with pytest.raises(InsufficientFunds):
        await _record(storage, Change(journals=(landed, too_much)))
    async with storage.read() as unit:
        assert await unit.ledger.balances(market.buyer.id) == ()


async def test_balances_follow_the_order(storage: OpenStorage, market: Market) -> None:
    """Held for the seller and by the buyer, then clearing, then available less the fee."""
    order = await order_at(storage, market, State.IN_PROGRESS)
    buyer, seller = market.buyer.id, market.seller.id
    async with storage.read() as unit:
        assert (Balance("XTR", 0, 250, 0, 0, 0),) == await unit.ledger.balances(buyer)
        assert (Balance("XTR", 250, 0, 0, 0, 0),) == await unit.ledger.balances(seller)
    await move(storage, order.id, Event.DELIVER, Role.SELLER)
    done = await move(storage, order.id, Event.ACCEPT, Role.BUYER)
    async with storage.read() as unit:
        assert (Balance("XTR", 0, 0, 225, 0, 0),) == await unit.ledger.balances(seller)
        assert done.clock_at_ms == await unit.ledger.next_clear_ms(seller)
    await move(storage, order.id, Event.CLEAR, Role.CLOCK)
    async with storage.read() as unit:
        assert (Balance("XTR", 0, 0, 0, 225, 0),) == await unit.ledger.balances(seller)
        assert await unit.ledger.next_clear_ms(seller) is None


async def test_a_statement_is_signed_and_newest_first(storage: OpenStorage, market: Market) -> None:
    """Each line is one transfer as it touched one of the person's accounts."""
    order = await order_at(storage, market, State.CLEARED)
    async with storage.read() as unit:
        lines = await unit.ledger.statement(market.seller.id, offset=0, limit=9)
        last = await unit.ledger.statement(market.seller.id, offset=2, limit=9)
        paid = await unit.ledger.statement(market.buyer.id, offset=0, limit=9)
    purse = f"L:user:{market.seller.id}"
    assert [
        ("P7", 225, f"{purse}:earned:XTR"),
        ("P7", -225, f"{purse}:clearing:XTR"),
        ("P5", 225, f"{purse}:clearing:XTR"),
    ] == [(line.code, line.amount.minor, line.account) for line in lines]
    assert lines[2:] == last
    assert [(line.code, line.amount.minor) for line in paid] == [("P2", -250), ("P1", 250)]
    assert order.id == lines[0].order_id


async def test_a_cancelled_order_promises_its_charge_back(
    storage: OpenStorage, market: Market, raw: Raw
) -> None:
    """The refund row and its outbox row are written once; the confirmation settles both."""
    order = await order_at(storage, market, State.IN_PROGRESS)
    await move(storage, order.id, Event.SELLER_CANCEL, Role.SELLER)
    again = Refund("stars", f"ch{order.id}", order.buyer_id, PRICE, order.id)
    await _record(storage, Change(refunds=(again,)))
    async with storage.begin() as unit:
        assert await unit.ledger.audit() == ()
        rows = await unit.outbox.claim(START_MS, lease_ms=1, limit=99)
    (row,) = [row for row in rows if row.kind == "refund"]
    assert (f"refund:stars:ch{order.id}", f"ch{order.id}", order.buyer_id, None) == (
        row.lane,
        row.refund_charge_id,
        row.refund_person_id,
        row.message,
    )
    confirmed = ledger.refund_confirmed("stars", f"ch{order.id}", PRICE)
    await _record(storage, Change(journals=(confirmed,)))
    assert [tuple(row) for row in await raw("SELECT state FROM refund")] == [("sent",)]
    async with storage.read() as unit:
        assert await unit.ledger.audit() == ()


async def test_an_orders_own_statement(storage: OpenStorage, market: Market) -> None:
    """All that moved for one order, oldest first; other orders are left out."""
    order = await order_at(storage, market, State.CLEARED)
    await order_at(storage, market, State.IN_PROGRESS)
    async with storage.read() as unit:
        lines = await unit.ledger.of_order(order.id)
    assert [(line.code, line.amount.minor) for line in lines] == [
        ("P2", 250),
        ("P5", 225),
        ("P6", 25),
        ("P7", 225),
        ("P8", 25),
    ]


BREAKS = {
    "I1": "UPDATE account SET credits = credits + 1 WHERE id LIKE 'A:prov:%'",
    "I2": "UPDATE account SET debits = credits + 1 WHERE id LIKE 'I:fee:%'",
    "I3 of a release": "UPDATE orders SET released_minor = 1 WHERE state = 'cleared'",
    "I3 of a clearing": "UPDATE transfer SET amount_minor = 24 WHERE code = 'P8'",
    "I8 of an end without refund": "DELETE FROM refund",
    "I11": "UPDATE account SET credits = credits + 1, debits = debits + 1",
    "I3": "UPDATE orders SET held_minor = 1",
    "I5": "INSERT INTO payment VALUES ('stars', 'lost', 'in', 1, 'XTR', 5, NULL, NULL, 1)",
    "I5 of a refund": (
        "INSERT INTO payment VALUES ('stars', 'lost', 'refund', 1, 'XTR', 5, NULL, NULL, 1)"
    ),
    "I8 of a withdrawal": (
        "INSERT INTO account (id, currency, kind, rule, credits)"
        " VALUES ('L:user:1:wd:XTR', 'XTR', 'liability', 'credit', 5)"
    ),
    "I6": "DELETE FROM order_event WHERE version = 1",
    "I7": "UPDATE order_line SET amount_minor = 1",
    "I8": "UPDATE refund SET state = 'sent'",
    "I4": "INSERT INTO journal VALUES ('empty', '', 'x', NULL, 1)",
}


@pytest.mark.parametrize("rule", BREAKS)
async def test_the_audit_finds_what_is_broken(rule: str, storage: OpenStorage, raw: Raw) -> None:
    """With the guards taken off, each kind of damage is found under its rule."""
    await _lived(storage)
    await _unguard(storage, raw)
    await raw(BREAKS[rule])
    async with storage.read() as unit:
        findings = await unit.ledger.audit()
    assert rule.partition(" ")[0] in {finding.rule for finding in findings}


async def _lived(storage: OpenStorage) -> None:
    """A refund, a delivery and a cleared order."""
    market = await settle(storage)
    await order_at(storage, market, State.CLEARED)
    order = await order_at(storage, market, State.IN_PROGRESS)
    await move(storage, order.id, Event.SELLER_CANCEL, Role.SELLER)
    await order_at(storage, market, State.DELIVERED)


async def _unguard(storage: OpenStorage, raw: Raw) -> None:
    """No trigger and no condition is left."""
    if not isinstance(storage, SqliteStorage):
        await raw(_POSTGRES_UNGUARDED)
        return
    for (trigger,) in await raw("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        await raw(f"DROP TRIGGER {trigger}")
    await raw("PRAGMA ignore_check_constraints = ON")


_POSTGRES_UNGUARDED = """
DO $$
DECLARE guard record;
BEGIN
    FOR guard IN SELECT oid::regclass AS name FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', guard.name);
    END LOOP;
    FOR guard IN SELECT conrelid::regclass AS name, conname FROM pg_constraint
        WHERE contype = 'c' AND connamespace = 'public'::regnamespace
    LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', guard.name, guard.conname);
    END LOOP;
END $$
"""
