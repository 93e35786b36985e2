"""What the database refuses whoever asks, on both engines: each bad statement by itself."""

import pytest

from market.contract import Order
from market.dispute import Proposal
from market.reports import StandingChange
from market.room import Said
from market.states import Role
from services.ports import UnitOfWork
from services.rows import ToRead
from storage import OpenStorage
from tests.storage.conftest import Raw, Refused
from tests.support.lives import HEARD, ROADS, WORK, found, lived
from tests.support.samples import report, review
from tests.support.walk import PICTURE

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


_REVIEW = (
    "INSERT INTO review (order_id, author_id, subject_id, role, stars, quality, words, written_ms,"
    " visible_from_ms) VALUES (1, 1, 2, 'buyer', {}, {}, '', 1, 1)"
)
_OF_4 = (
    "UPDATE orders SET state = '{}', version = version + 1, last_event = '{}', outcome = NULL"
    " WHERE id = 4"
)
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
    **_changes("delivery", "words = 'x'"),
    **_changes("delivery_file", "name = 'x'"),
    **_changes("dispute_statement", "words = 'x'"),
    **_changes("dispute_statement_file", "name = 'x'"),
    **_changes("room_message", "words = 'x'"),
    **_changes("standing_change", "reason = 'x'"),
    **_changes("report", "words = 'x', closed_ms = 1"),
    **_changes("review", "stars = 1"),
    "second hash of a file": "UPDATE delivery_file SET sha256 = 'other'",
    "report settled anew": "UPDATE report SET answer = 'x' WHERE id = 1",
    "report opened anew": "UPDATE report SET closed_ms = NULL WHERE id = 1",
    "same report twice": "INSERT INTO report (subject, about_id, words, at_ms)"
    " VALUES ('gig', 1, '', 1)",
    "other words of a review": "UPDATE review SET words = 'x'",
    "review shown later": "UPDATE review SET visible_from_ms = visible_from_ms + 1",
    "second answer to a review": "UPDATE review SET reply = 'x', replied_ms = 9",
    "answer to a review taken away": "UPDATE review SET reply = '', replied_ms = NULL",
    "answer to a review without a time": "UPDATE review SET replied_ms = NULL",
    "second removal of a review": "UPDATE review SET removed_reason = 'x'",
    "review brought back": "UPDATE review SET removed_reason = ''",
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
    " (1, 99, 'deliver', 'in_progress', 'delivered', 'seller', 2, 1, '', 0, 0)",
    "event twice": "INSERT INTO order_event VALUES"
    " (3, 0, 'create', 'draft', 'draft', 'buyer', 1, 1, '', 0, 0)",
    "journal key twice": "INSERT INTO journal VALUES ('order:1:hold', 'other', 'x', NULL, 1)",
    "charge twice": "INSERT INTO payment VALUES ('stars', 'ch9', 'in', 1, 'XTR', 5, NULL, NULL, 2)",
    "one charge for two orders": "UPDATE orders SET rail = 'stars', charge_id = 'ch1' WHERE id = 3",
    "too many changes": "UPDATE orders SET revisions_used = 3 WHERE id = 1",
    "unknown currency": "UPDATE orders SET currency = 'DOGE' WHERE id = 3",
    "six stars of five": _REVIEW.format(6, 1),
    "six stars of quality": _REVIEW.format(5, 6),
    "refunded without moving money": _OF_4.format("refunded", "concede_seller"),
    "completed without moving money": _OF_4.format("completed", "resolve_split"),
    "verdict of a stranger's event": _OF_4.format("disputed", "deliver"),
    "dispute that holds nothing": "UPDATE orders SET held_minor = 0 WHERE id = 4",
    "disputed without a dispute": "UPDATE orders SET dispute_by = NULL WHERE id = 4",
    "verdict of a party": "UPDATE orders SET dispute_verdict_by = seller_id WHERE id = 4",
    "verdict above the price": "UPDATE orders SET dispute_verdict_minor = 251 WHERE id = 4",
    "request without an end": "UPDATE orders SET request_kind = 'time', paused_ms = 1 WHERE id = 1",
    "clock that stands still for nothing": "UPDATE orders SET paused_ms = 1 WHERE id = 1",
    "request for the whole price": "UPDATE orders SET request_minor = 250 WHERE id = 1",
    "release above the price": "UPDATE orders SET released_minor = 251 WHERE id = 2",
    "unknown outcome": "UPDATE orders SET outcome = 'lost' WHERE id = 2",
    "account of a refunded order": _transfer("A:prov:stars:XTR", "L:escrow:5:1:XTR"),
    "two proposals": "INSERT INTO verdict_proposal SELECT * FROM verdict_proposal",
    "absence that ends before it begins": "INSERT INTO absence (person_id, from_ms, until_ms,"
    " declared_ms) VALUES (1, 5, 5, 1)",
    "less than nothing unread": "UPDATE room_read SET unread = -1",
    "digest at 24": "UPDATE person SET digest_hour = 24",
    "unknown kind of outbox row": "UPDATE outbox SET kind = 'wish'",
    "unknown state of a gig": "UPDATE gig SET state = 'sold'",
}
POSTGRES_ONLY = {
    "account edited upward": "UPDATE account SET credits = credits + 1, debits = debits + 1",
    "escrow without a state": _transfer("A:prov:stars:XTR", "L:escrow:1:1:XTR"),
    "truncated ledger": "TRUNCATE transfer",
    "truncated room": "TRUNCATE room_message",
    "truncated statements": "TRUNCATE dispute_statement CASCADE",
    "escrow of a dispute": _transfer("L:escrow:4:1:XTR", "A:prov:stars:XTR"),
}


@pytest.fixture
async def house(storage: OpenStorage, raw: Raw) -> Raw:
    """Orders 1 to 5: in progress, cleared, a draft, in dispute, refunded; with all they have."""
    town = await found(storage)
    for steps in (WORK, ROADS["plain"], (), HEARD, ROADS["no verdict"]):
        await lived(storage, town, steps)
    await raw("INSERT INTO payment VALUES ('stars', 'ch9', 'in', 1, 'XTR', 5, NULL, NULL, 1)")
    async with storage.begin() as unit:
        await _furnish(unit, await unit.orders.get(4))
    return raw


async def _furnish(unit: UnitOfWork, order: Order) -> None:
    """A delivery, a statement, a room, a review with its answer, reports, an act: all watched."""
    add = unit.orders
    delivery = await add.add_delivery(order.id, text="a", files=(PICTURE,), now_ms=1)
    file = ToRead(delivery_id=delivery.id, number=1, file_id="f1", size=10)
    await add.keep_hash(file, "ab")
    await add.add_statement(order.id, role=Role.BUYER, text="a", files=(PICTURE,), now_ms=1)
    await add.propose(Proposal(order.id, 5, "a", 3, 1))
    said = Said(words="a", file=None, chat_id=1, message_id=1)
    await unit.rooms.add(order, role=Role.BUYER, said=said, is_flagged=False, now_ms=1)
    await unit.reviews.add(review(order_id=2))
    await unit.reviews.reply(2, order.buyer_id, text="a", now_ms=2)
    await unit.reviews.remove(2, order.buyer_id, reason="a")
    for gig_id in (2, 1):
        await unit.reports.add(report(about_id=gig_id))
    await unit.reports.close(1, operator_id=3, answer="a", now_ms=2)
    await unit.reports.add_standing(
        StandingChange(
            person_id=1, standing="paused", reason="a", until_ms=5, operator_id=3, at_ms=1
        )
    )
    await unit.upkeep.log_act(9, act="a", detail="", now_ms=1)


async def _taken(house: Raw, statements: dict[str, str]) -> list[str]:
    """The names of the statements that the database let pass."""
    taken = []
    for name, sql in statements.items():
        try:
            await house(sql)
        except Refused:
            continue
        taken.append(name)
    return taken


async def test_bad_statements_are_refused(house: Raw) -> None:
    """The database says no to each by itself."""
    assert await _taken(house, BAD) == []


@pytest.mark.parametrize("engine", ["postgres"], indirect=True)
async def test_what_only_postgres_can_refuse(house: Raw) -> None:
    """Guards that need deferred or nested triggers."""
    assert await _taken(house, POSTGRES_ONLY) == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_sqlite_takes_whole_amounts_only(house: Raw) -> None:
    """A strict column refuses a fraction (PostgreSQL's BIGINT would round it)."""
    with pytest.raises(Refused):
        await house(_transfer(amount="1.5"))


async def test_a_good_statement_is_taken(house: Raw) -> None:
    """The guards refuse the bad, not everything: the same transfer with right values passes."""
    await house(_transfer())
    await house("UPDATE orders SET nudges = nudges + 1 WHERE id = 1")
