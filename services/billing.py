"""A bill on its way: queued with its intent, made by the post, or given up.

What is paid is `services.bills`'.
"""

from market.bill import Bill, BillState
from market.notices import Message, Notice
from market.rails import CRYPTO_PAY
from market.states import State
from services.bill_rows import BillCall, Billed
from services.ports import UnitOfWork
from services.rows import Intent, OutboxRow, ProviderCall

WITH_BILLS = frozenset({CRYPTO_PAY})
MARGIN_MS = 60_000
MARGIN_SHARE = 4


async def ask(uow: UnitOfWork, intent: Intent, *, now_ms: int) -> None:
    """Queue the making of a bill, unless a live one is there or the rail has no bills."""
    if intent.rail not in WITH_BILLS:
        return
    bill = await uow.bills.add(intent, now_ms=now_ms)
    if bill is None:
        return
    call = ProviderCall(
        kind="bill",
        key=f"bill:{bill.id}",
        person_id=intent.person_id,
        order_id=intent.order_id,
        subject_id=bill.id,
        intent_id=intent.id,
    )
    await uow.outbox.add_call(call, now_ms=now_ms)


async def ask_again(uow: UnitOfWork, order_id: int, *, now_ms: int) -> None:
    """The buyer wants to pay: a link that has run out is followed by a new one."""
    intent = await uow.payments.intent_of_order(order_id)
    assert intent is not None, "an order that waits for its payment has an intent"
    last = await uow.bills.of_order(order_id)
    if last is not None and last.state is BillState.OPEN and not last.is_payable(now_ms):
        await uow.bills.ended(last.id, BillState.OVER, now_ms=now_ms)
    await ask(uow, intent, now_ms=now_ms)


async def wanted(uow: UnitOfWork, row: OutboxRow, *, now_ms: int) -> tuple[str, BillCall] | None:
    """The rail and what to ask it for; None when nobody waits for the bill any more."""
    bill, intent = await _of(uow, row)
    assert intent.order_id is not None, "bills are for orders"
    order = await uow.orders.get(intent.order_id)
    until_ms = order.clock_at_ms if order.state is State.AWAITING_PAYMENT else None
    if not bill.is_coming() or until_ms is None or until_ms <= now_ms:
        return None
    call = BillCall(
        payload=intent.id,
        amount=intent.amount,
        title=(await uow.gigs.version(order.gig_version_id)).title,
        until_ms=_with_margin(until_ms, now_ms),
    )
    return bill.rail, call


def _with_margin(until_ms: int, now_ms: int) -> int:
    """The link ends a little before the order does, so that paid money is seen in time."""
    return until_ms - min(MARGIN_MS, (until_ms - now_ms) // MARGIN_SHARE)


async def made(uow: UnitOfWork, row: OutboxRow, billed: Billed, *, now_ms: int) -> None:
    """The provider has made it: keep the link and send it."""
    bill, intent = await _of(uow, row)
    await uow.bills.opened(bill.id, billed, now_ms=now_ms)
    await _tell(uow, intent, f"bill:{bill.id}:open", now_ms=now_ms)


async def pointless(uow: UnitOfWork, row: OutboxRow, *, now_ms: int) -> None:
    """Nobody waits for it any more: no invoice was asked for, or a rival has made it."""
    bill, _ = await _of(uow, row)
    if bill.is_coming():
        await uow.bills.ended(bill.id, BillState.OVER, now_ms=now_ms)


async def refused(uow: UnitOfWork, row: OutboxRow, *, now_ms: int) -> None:
    """The provider will not make it: the buyer should not wait for it."""
    bill, intent = await _of(uow, row)
    if bill.is_coming():
        await uow.bills.ended(bill.id, BillState.REFUSED, now_ms=now_ms)
        await _tell(uow, intent, f"bill:{bill.id}:refused", now_ms=now_ms)


async def _of(uow: UnitOfWork, row: OutboxRow) -> tuple[Bill, Intent]:
    assert row.subject_id is not None, "a bill's row names its bill"
    bill = await uow.bills.get(row.subject_id)
    intent = await uow.payments.intent(bill.intent_id)
    assert intent is not None, "a bill is for an intent"
    return bill, intent


async def _tell(uow: UnitOfWork, intent: Intent, key: str, *, now_ms: int) -> None:
    assert intent.order_id is not None, "bills are for orders"
    order = await uow.orders.get(intent.order_id)
    message = Message(
        notice=Notice.INVOICE,
        key=key,
        person_id=intent.person_id,
        order_id=intent.order_id,
        facts={"version": order.version},
    )
    await uow.outbox.add(message, now_ms=now_ms)
