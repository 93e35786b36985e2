"""Writing one Change: transfers first, then the order, its event, refunds and outbox rows."""

import hashlib
import json

from market.change import Change, Refund
from market.contract import Order
from market.errors import Conflict
from market.ledger import Account, Journal, refund_confirmed
from market.rails import is_by_hand
from storage.order_rows import clock_columns, event_columns, progress_columns
from storage.outbox import message_columns, refund_columns
from storage.queries import Sql


async def record(sql: Sql, change: Change, *, now_ms: int) -> None:
    """Escrow is compared when the state is written, so money moves before it."""
    if change.before is not None and change.before.id not in sql.locked:
        await _lock(sql, change.before)
    await _post_all(sql, change.journals, now_ms)
    if change.order is not None:
        await _move(sql, change)
    for refund in change.refunds:
        await _promise(sql, refund, now_ms)
    rows = [message_columns(message, now_ms) for message in change.messages]
    await sql.many("outbox_add_all", rows)


async def _lock(sql: Sql, before: Order) -> None:
    """The order was read elsewhere: a rival may have moved its money meanwhile."""
    row = await sql.one("order_locked", id=before.id)
    if row is None or (row["state"], row["version"]) != (before.state, before.version):
        raise Conflict


async def _post_all(sql: Sql, journals: tuple[Journal, ...], now_ms: int) -> None:
    """Accounts are opened in the order of their ids, so that rivals wait and do not deadlock."""
    accounts = {
        account.id: account
        for journal in journals
        for row in journal.transfers
        for account in (row.debit, row.credit)
    }
    await sql.many("account_add", [_account(accounts[key]) for key in sorted(accounts)])
    fresh = [journal for journal in journals if await _is_new(sql, journal, now_ms)]
    await sql.many("transfer_add", [row for journal in fresh for row in _transfers(journal)])
    for journal in fresh:
        if journal.code == "refund_confirmed":
            await sql.run("refund_sent", confirm_key=journal.key, now_ms=now_ms)
            await sql.run("refund_over", confirm_key=journal.key, now_ms=now_ms)


async def _is_new(sql: Sql, journal: Journal, now_ms: int) -> bool:
    """False when it was posted before; the same key with other content is a bug."""
    digest = _digest(journal)
    added = await sql.value(
        "journal_add",
        key=journal.key,
        request_hash=digest,
        code=journal.code,
        order_id=journal.order_id,
        at_ms=now_ms,
    )
    if added is not None:
        return True
    if await sql.value("journal_hash", key=journal.key) != digest:
        raise RuntimeError(f"journal {journal.key} was posted with other content")
    return False


def _digest(journal: Journal) -> str:
    rows = [
        [row.code, row.debit.id, row.credit.id, row.amount.minor, row.amount.currency]
        for row in journal.transfers
    ]
    text = json.dumps([journal.code, journal.order_id, rows])
    return hashlib.sha256(text.encode()).hexdigest()


def _account(account: Account) -> dict[str, object]:
    return {name: getattr(account, name) for name in Account.__slots__}


def _transfers(journal: Journal) -> list[dict[str, object]]:
    return [
        {
            "journal_key": journal.key,
            "line": line,
            "code": row.code,
            "debit": row.debit.id,
            "credit": row.credit.id,
            "currency": row.amount.currency,
            "amount_minor": row.amount.minor,
        }
        for line, row in enumerate(journal.transfers, start=1)
    ]


async def _move(sql: Sql, change: Change) -> None:
    before, order = change.before, change.order
    assert before is not None, "an order's change names what was read"
    assert order is not None, "an order's change names what becomes of it"
    if change.event is None:
        return await _move_clocks(sql, before, order)
    moved = await sql.value(
        "order_move",
        id=order.id,
        src=before.state,
        seen=before.version,
        dst=order.state,
        version=order.version,
        event=change.event.event,
        **progress_columns(order),
        **clock_columns(order),
    )
    if moved is None:
        raise Conflict
    return await sql.run("order_event_add", **event_columns(change.event))


async def _move_clocks(sql: Sql, before: Order, order: Order) -> None:
    moved = await sql.value(
        "order_clocks",
        id=order.id,
        src=before.state,
        seen=before.version,
        seen_nudges=before.nudges,
        seen_clock_ms=before.clock_at_ms,
        seen_reminded_ms=before.reminded_ms,
        seen_absent_ms=before.absent_ms,
        **clock_columns(order),
    )
    if moved is None:
        raise Conflict


async def _promise(sql: Sql, refund: Refund, now_ms: int) -> None:
    confirmed = refund_confirmed(refund.rail, refund.charge_id, refund.amount)
    await sql.run(
        "refund_add",
        rail=refund.rail,
        charge_id=refund.charge_id,
        payer_id=refund.payer_id,
        currency=refund.amount.currency,
        amount_minor=refund.amount.minor,
        order_id=refund.order_id,
        confirm_key=confirmed.key,
        now_ms=now_ms,
    )
    if not is_by_hand(refund.rail):  # operators send it
        await sql.run("outbox_add_refund", **refund_columns(refund, now_ms))
