"""What the database refuses whoever asks, on both engines: each bad statement by itself."""

import pytest

from market.states import State
from storage import OpenStorage
from tests.storage.conftest import Raw, Refused
from tests.support.walk import Market, order_at, placed

_TRANSFER = (
    "INSERT INTO transfer (journal_key, line, code, debit, credit, currency, amount_minor)"
    " VALUES ('order:1:hold', {line}, 'x', '{debit}', '{credit}', '{currency}', {amount})"
)


def _transfer(
    debit: str = "A:prov:stars:XTR",
    credit: str = "L:user:1:credit:XTR",
    *,
    currency: str = "XTR",
    amount: str = "1",
) -> str:
    return _TRANSFER.format(line=9, debit=debit, credit=credit, currency=currency, amount=amount)


def _changes(table: str, columns: str) -> dict[str, str]:
    return {
        f"edit of {table}": f"UPDATE {table} SET {columns}",
        f"delete of {table}": f"DELETE FROM {table}",
    }


_MOVE = "UPDATE orders SET state = '{}', version = version + {}, last_event = '{}' WHERE id = 1"

BAD = {
    "overdraft": _transfer("L:user:1:credit:XTR", "L:user:2:clearing:XTR"),
    "mixed currency": _transfer(currency="BDT"),
    "zero": _transfer(amount="0"),
    "negative": _transfer(amount="-5"),
    "above the limit": _transfer(amount="1000000000000001"),
    "self-transfer": _transfer("A:prov:stars:XTR", "A:prov:stars:XTR"),
    "unknown account": _transfer("A:prov:nobody:XTR"),
    "closed account": _transfer("A:prov:stars:XTR", "L:escrow:2:1:XTR"),
    "unknown journal": _transfer().replace("order:1:hold", "nothing"),
    **_changes("transfer", "amount_minor = 1"),
    **_changes("journal", "code = 'x'"),
    **_changes("order_event", "note = 'x'"),
    **_changes("operator_act", "act = 'x'"),
    **_changes("payment", "amount_minor = 1"),
    **_changes("gig_version", "title = 'x'"),
    **_changes("package", "price_minor = 1"),
    "delete of an account": "DELETE FROM account",
    "delete of an order": "DELETE FROM orders",
    "shrinking totals": "UPDATE account SET debits = debits - 1 WHERE debits > 0",
    "other rule": "UPDATE account SET rule = 'free' WHERE rule = 'credit'",
    "other owner": "UPDATE account SET person_id = 1 WHERE person_id = 2",
    "reopened account": "UPDATE account SET closed = 0 WHERE closed = 1",
    "closed with a balance": "UPDATE account SET closed = 1 WHERE id = 'L:escrow:1:1:XTR'",
    "account born full": "INSERT INTO account (id, currency, kind, rule, credits)"
    " VALUES ('L:x', 'XTR', 'liability', 'credit', 5)",
    "illegal state": _MOVE.format("cleared", 1, "clear"),
    "unknown event": _MOVE.format("delivered", 1, "wish"),
    "state without version": _MOVE.format("delivered", 0, "deliver"),
    "version without state": "UPDATE orders SET version = version + 1 WHERE id = 1",
    "cancel without moving money": _MOVE.format("cancelled", 1, "seller_cancel"),
    "held without escrow": "UPDATE orders SET held_minor = held_minor + 1 WHERE id = 1",
    "price after draft": "UPDATE orders SET price_minor = 1 WHERE id = 1",
    "fee after draft": "UPDATE orders SET fee_bp = 0 WHERE id = 1",
    "buyer after draft": "UPDATE orders SET buyer_id = 2, seller_id = 1 WHERE id = 1",
    "self-order": "UPDATE orders SET seller_id = buyer_id WHERE id = 3",
    "order born paid": "INSERT INTO orders (buyer_id, seller_id, gig_id, gig_version_id,"
    " package_id, currency, price_minor, fee_bp, fee_least_minor, delivery_days, revisions,"
    " clearing_ms, charge_hold_ms, asks_requirements, state, version, last_event, created_ms)"
    " VALUES (1, 2, 1, 1, 1, 'XTR', 5, 0, 0, 1, 0, 0, 0, 0, 'in_progress', 0, 'paid', 1)",
    "event that did not happen": "INSERT INTO order_event VALUES"
    " (1, 99, 'deliver', 'in_progress', 'delivered', 'seller', 2, 1, '')",
    "event twice": "INSERT INTO order_event VALUES"
    " (3, 0, 'create', 'draft', 'draft', 'buyer', 1, 1, '')",
    "journal key twice": "INSERT INTO journal VALUES ('order:1:hold', 'other', 'x', NULL, 1)",
    "charge twice": "INSERT INTO payment VALUES ('stars', 'ch9', 'in', 1, 'XTR', 5, NULL, NULL, 2)",
    "one charge for two orders": "UPDATE orders SET rail = 'stars', charge_id = 'ch1' WHERE id = 3",
    "too many changes": "UPDATE orders SET revisions_used = 3 WHERE id = 1",
    "unknown currency": "UPDATE orders SET currency = 'DOGE' WHERE id = 3",
    "six stars of five": "INSERT INTO review VALUES (1, 1, 2, 'buyer', 6, '', 1, 1)",
}
POSTGRES_ONLY = {
    "account edited upward": "UPDATE account SET credits = credits + 1, debits = debits + 1",
    "escrow without a state": _transfer("A:prov:stars:XTR", "L:escrow:1:1:XTR"),
    "truncated ledger": "TRUNCATE transfer",
}


@pytest.fixture
async def house(storage: OpenStorage, market: Market, raw: Raw) -> Raw:
    """Order 1 in progress, order 2 cleared, order 3 a draft; a fact and an act are stored."""
    await order_at(storage, market, State.IN_PROGRESS)
    await order_at(storage, market, State.CLEARED)
    await placed(storage, market)
    await raw("INSERT INTO payment VALUES ('stars', 'ch9', 'in', 1, 'XTR', 5, NULL, NULL, 1)")
    await raw("INSERT INTO operator_act (operator_id, act, detail, at_ms) VALUES (9, 'a', '', 1)")
    return raw


@pytest.mark.parametrize("name", BAD)
async def test_a_bad_statement_is_refused(name: str, house: Raw) -> None:
    """The database says no by itself."""
    with pytest.raises(Refused):
        await house(BAD[name])


@pytest.mark.parametrize("name", POSTGRES_ONLY)
@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
async def test_what_only_postgres_can_refuse(name: str, house: Raw) -> None:
    """Guards that need deferred or nested triggers."""
    with pytest.raises(Refused):
        await house(POSTGRES_ONLY[name])


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_sqlite_takes_whole_amounts_only(house: Raw) -> None:
    """A strict column refuses a fraction (PostgreSQL's BIGINT would round it)."""
    with pytest.raises(Refused):
        await house(_transfer(amount="1.5"))


async def test_a_good_statement_is_taken(house: Raw) -> None:
    """The guards refuse the bad, not everything: the same transfer with right values passes."""
    await house(_transfer())
    await house("UPDATE orders SET nudges = nudges + 1 WHERE id = 1")
