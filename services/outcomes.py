"""What became of an outbox row: done, tried again, given up, and who is told about it."""

from dataclasses import dataclass, replace
from typing import assert_never

from market.contract import Order
from market.notices import Message, Notice
from market.policy import Policy
from market.reminders import reached
from market.states import Role
from services import billing, refunds
from services.alarms import Alarm, nobody_read, raise_alarm
from services.bill_rows import Billed
from services.payout_rows import NotPaid, Paid
from services.ports import UnitOfWork
from services.rows import Later, OutboxRow, Read, Refused, SendOutcome, Sent, Unreachable
from services.sending_out import told_by_rail

Outcome = SendOutcome | Read | Billed | Paid | NotPaid
NUDGES = frozenset({Notice.NUDGE_REQUIREMENTS, Notice.NUDGE_ACCEPT, Notice.NUDGE_LATE})


@dataclass(frozen=True, slots=True)
class _Ending:
    uow: UnitOfWork
    policy: Policy
    row: OutboxRow
    now_ms: int


async def settle(
    uow: UnitOfWork, policy: Policy, row: OutboxRow, outcome: Outcome, *, now_ms: int
) -> None:
    """Write the outcome of one call and what follows from it."""
    ending = _Ending(uow, policy, row, now_ms)
    match outcome:
        case Sent():
            await _sent(ending)
        case Later():
            await _later(ending, outcome)
        case Unreachable(error):
            await _unreachable(ending, error)
        case Refused(error):
            await _dead(ending, error)
        case Read(sha256):
            await _read(ending, sha256)
        case Billed():
            await billing.made(uow, row, outcome, now_ms=now_ms)
            await uow.outbox.done(row.id, now_ms=now_ms)
        case Paid() | NotPaid():
            await told_by_rail(uow, row, outcome, now_ms=now_ms)
            await uow.outbox.done(row.id, now_ms=now_ms)
        case _:
            assert_never(outcome)


async def _sent(ending: _Ending) -> None:
    row = ending.row
    if row.message is not None:
        await _reminded(ending, row.message)
    elif row.kind == "bill":
        await billing.pointless(ending.uow, row, now_ms=ending.now_ms)
    elif row.kind == "refund":  # a payout that somebody else has ended leaves nothing to write
        await _refunded(ending)
    await ending.uow.outbox.done(row.id, now_ms=ending.now_ms)


async def _refunded(ending: _Ending) -> None:
    row = ending.row
    assert row.refund_rail is not None, "a refund knows its rail"
    assert row.refund_charge_id is not None, "a refund knows its charge"
    await refunds.confirm(
        ending.uow,
        ending.policy,
        rail=row.refund_rail,
        charge_id=row.refund_charge_id,
        now_ms=ending.now_ms,
    )


async def _read(ending: _Ending, sha256: str) -> None:
    assert ending.row.file is not None, "a file was read"
    if sha256:
        await ending.uow.orders.keep_hash(ending.row.file, sha256)
    await ending.uow.outbox.done(ending.row.id, now_ms=ending.now_ms)


async def _later(ending: _Ending, later: Later) -> None:
    waits, tries = ending.policy.windows.outbox_retry_ms, ending.row.attempts + 1
    if later.counts and tries > len(waits):
        await _dead(ending, later.error)
        return
    wait_ms = waits[tries - 1] if later.counts else 0
    await ending.uow.outbox.again(
        ending.row.id,
        at_ms=max(later.at_ms, ending.now_ms + wait_ms),
        error=later.error,
        counts=later.counts,
    )


async def _dead(ending: _Ending, error: str) -> None:
    row = ending.row
    await ending.uow.outbox.dead(row.id, error=error, now_ms=ending.now_ms)
    if row.kind == "fingerprint" or (row.message and row.message.notice is Notice.ALARM):
        return  # the digest is evidence enough; an alarm that cannot be sent would alarm for ever
    if row.kind == "bill":
        await billing.refused(ending.uow, row, now_ms=ending.now_ms)
    about = row.subject_id if row.kind == "payout" else row.id
    await _alarm(ending, f"dead_{row.kind}", about=str(about), detail=error)


async def _unreachable(ending: _Ending, error: str) -> None:
    message = ending.row.message
    if message is None:
        await _dead(ending, error)
        return
    if message.person_id is None:
        about = f"{message.chat_id}:{message.topic_id}"
        await _alarm(ending, "place_gone", about=about, detail=error)
    else:
        await _mark_gone(ending, message.person_id)
        if message.notice is Notice.ALARM:
            await nobody_read(ending.uow, ending.policy, message, now_ms=ending.now_ms)
        await _reminded(ending, message)
        await _tell_other(ending, message, message.person_id)
    await ending.uow.outbox.done(ending.row.id, now_ms=ending.now_ms)


async def _mark_gone(ending: _Ending, person_id: int) -> None:
    person = await ending.uow.people.get(person_id)
    if person.unreachable_ms is None:
        await ending.uow.people.save(replace(person, unreachable_ms=ending.now_ms))


async def _reminded(ending: _Ending, message: Message) -> None:
    if message.notice not in NUDGES or message.order_id is None:
        return
    order = await ending.uow.orders.get(message.order_id)
    if order.version == message.facts["version"]:
        await ending.uow.record(reached(order, ending.now_ms), now_ms=ending.now_ms)


async def _tell_other(ending: _Ending, message: Message, gone_id: int) -> None:
    if message.order_id is None or message.notice is Notice.UNREACHABLE:
        return
    order = await ending.uow.orders.get(message.order_id)
    other_id = _other_id(order, gone_id)
    if other_id is None or order.state.is_final:
        return
    told = Message(
        notice=Notice.UNREACHABLE,
        key=f"order:{order.id}:unreachable:{gone_id}",
        person_id=other_id,
        order_id=order.id,
        facts={"version": order.version, "who": order.role_of(gone_id).value},
    )
    await ending.uow.outbox.add(told, now_ms=ending.now_ms)


def _other_id(order: Order, person_id: int) -> int | None:
    role = order.role_of(person_id)
    if role is Role.STRANGER:
        return None
    return order.party(role.other)


async def _alarm(ending: _Ending, what: str, *, about: str, detail: str) -> None:
    alarm = Alarm(what=what, about=about, detail=detail, once=str(ending.now_ms))
    await raise_alarm(ending.uow, ending.policy, alarm, now_ms=ending.now_ms)
