"""Writing one step of a withdrawal: money, then state, then the provider's fact and the notice."""

from market import payout_postings as postings
from market.change import Change
from market.errors import PayoutsFrozen, ReferenceUsed, WayClosed
from market.ledger import Journal
from market.money import Money
from market.notices import Message, Notice
from market.payout_read import Guard
from market.withdrawal import Doing, Step, Withdrawal
from services.freezing import must_flow
from services.ports import UnitOfWork
from services.rows import ProviderCall, ProviderFact


def not_frozen(guard: Guard, now_ms: int) -> None:
    """Raise PayoutsFrozen while something holds this person's money back."""
    if guard.stopped_ms is not None:
        raise PayoutsFrozen(None)
    if now_ms < guard.until_ms:
        raise PayoutsFrozen(guard.until_ms)


async def may_leave(uow: UnitOfWork, withdrawal: Withdrawal, *, now_ms: int) -> None:
    """Money may leave the house, this person's too, and it is there.

    Raises OutgoingStopped, PayoutsFrozen or WayClosed.
    """
    await must_flow(uow)
    not_frozen(await uow.payees.guard(withdrawal.person_id), now_ms)
    if (await uow.withdrawals.funds(withdrawal.way)).till_minor < 0:
        raise WayClosed(withdrawal.way)


async def carried(
    uow: UnitOfWork, before: Withdrawal, after: Withdrawal, doing: Doing, charge_minor: int = 0
) -> None:
    """A step is written: money, then state, then the fact and the notice."""
    journals, message = _journals(before, doing, charge_minor), _told(after, doing)
    if doing.step in {Step.PAY, Step.RETURN} and not await uow.payments.add_fact(
        _fact(after, doing)
    ):
        raise ReferenceUsed
    if journals or message:
        messages = () if message is None else (message,)
        change = Change(journals=journals, messages=messages)
        await uow.record(change, now_ms=doing.now_ms)
    await uow.withdrawals.move(before, after, doing)


def call_key(withdrawal: Withdrawal) -> str:
    """Of the rail's one call in the outbox."""
    return f"payout:{withdrawal.spend_id}"


async def queue_call(uow: UnitOfWork, withdrawal: Withdrawal, *, now_ms: int) -> None:
    """The rail is to send it; the key is the withdrawal's for ever."""
    call = ProviderCall(
        kind="payout",
        key=call_key(withdrawal),
        person_id=withdrawal.person_id,
        subject_id=withdrawal.id,
    )
    await uow.outbox.add_call(call, now_ms=now_ms)


def _journals(before: Withdrawal, doing: Doing, charge_minor: int) -> tuple[Journal, ...]:
    match doing.step:
        case Step.PAY:
            return postings.paid(before, charge_minor)
        case Step.FAIL:
            return postings.not_paid(before)
        case Step.RETURN:
            return postings.returned(before)
        case _:
            return ()


def _fact(after: Withdrawal, doing: Doing) -> ProviderFact:
    return ProviderFact(
        rail=after.way.rail,
        external_id=after.reference,
        kind="out" if doing.step is Step.PAY else "returned",
        person_id=after.person_id,
        amount=after.net,
        intent_id=None,
        order_id=None,
        at_ms=doing.now_ms,
    )


_NOTICES = {
    Step.PAY: Notice.WITHDRAWAL_PAID,
    Step.FAIL: Notice.WITHDRAWAL_FAILED,
    Step.RETURN: Notice.WITHDRAWAL_RETURNED,
}


def _told(after: Withdrawal, doing: Doing) -> Message | None:
    notice = _NOTICES.get(doing.step)
    if notice is None:
        return None
    has_source = doing.step is Step.FAIL
    return Message(
        notice=notice,
        key=f"withdrawal:{after.id}:{after.version}",
        person_id=after.person_id,
        facts={
            "withdrawal": after.id,
            "way": after.way.value,
            "reference": after.reference,
            "reason": doing.note,
            **_amount(after.source if has_source else after.net),
        },
    )


def _amount(money: Money) -> dict[str, object]:
    return {"amount_minor": money.minor, "currency": money.currency.value}
