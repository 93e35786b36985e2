"""What payouts do by themselves: rails that send, and telling operators what waits for them.

A withdrawal is `sending` before its rail is called for the first time, and the rail is asked before
it is called again: whatever is killed in between, it is paid once.
"""

from collections.abc import Mapping

from market.claims import PENDING
from market.deadlines import DAY_MS
from market.errors import MarketError
from market.policy import Policy
from market.withdrawal import Doing, Step, Withdrawal, WithdrawalState, moved
from services.alarms import Alarm, raise_alarm
from services.attempts import retried
from services.freezing import hold_ms
from services.payout_needs import whole_account
from services.payout_rows import NotPaid, Paid, PayoutCall, PayoutOutcome, Unknown, Wait
from services.payout_steps import carried, may_leave, queue_call
from services.ports import Clock, PayoutRail, Rail, Storage, UnitOfWork
from services.rows import Later, OutboxRow, Refused, Sent
from services.sanity import while_sane

BATCH = 50
_Answer = Paid | NotPaid | Sent | Later | Refused


class SendingOut:
    """Each method is one sweep: a bounded batch, safe to run again and from two processes."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy

    @while_sane
    async def start(self) -> int:
        """Hand to their rails what may be sent now; answers how many were looked at."""
        async with self._storage.read() as uow:
            due = await uow.withdrawals.to_send(self._clock.now_ms(), limit=BATCH)
        for withdrawal_id in due:
            await self._start(withdrawal_id)
        return len(due)

    @retried
    async def _start(self, withdrawal_id: int) -> None:
        now_ms = self._clock.now_ms()
        doing = Doing(step=Step.TAKE, now_ms=now_ms)
        async with self._storage.begin() as uow:
            before = await uow.withdrawals.get(withdrawal_id)
            try:
                after = moved(before, doing)
                await may_leave(uow, before, now_ms=now_ms)
            except MarketError:  # cancelled, taken, or frozen meanwhile: it waits for the next look
                return
            await carried(uow, before, after, doing)
            await queue_call(uow, after, now_ms=now_ms)

    async def tell(self) -> int:
        """Alarm operators about what waits for their hands, and again every day."""
        now_ms = self._clock.now_ms()
        told_ms = now_ms - self._policy.windows.payout_remind_ms
        async with self._storage.read() as uow:
            due = await uow.withdrawals.to_tell(now_ms, told_ms=told_ms, limit=BATCH)
            to_send_back = await uow.rails.to_remind(told_ms, limit=BATCH)
        for withdrawal_id in due:
            await self._tell(withdrawal_id)
        for claim_id in to_send_back:
            await self._tell_refund(claim_id)
        return len(due) + len(to_send_back)

    @retried
    async def _tell(self, withdrawal_id: int) -> None:
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            withdrawal = await uow.withdrawals.get(withdrawal_id)
            if not withdrawal.state.is_open:
                return
            is_late = now_ms - withdrawal.from_ms >= self._policy.windows.payout_remind_ms
            alarm = Alarm(
                what="payout_waits" if is_late else "payout",
                about=str(withdrawal_id),
                once=str(now_ms // DAY_MS),
            )
            await raise_alarm(uow, self._policy, alarm, now_ms=now_ms)
            await uow.withdrawals.told(withdrawal_id, now_ms=now_ms)

    @retried
    async def _tell_refund(self, claim_id: int) -> None:
        """Nobody but an operator can send back what came by hand."""
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            refund = await uow.rails.by_hand(claim_id)
            if refund is None or refund.state != PENDING:
                return
            days = (now_ms - refund.promised_ms) // self._policy.windows.payout_remind_ms
            what = "hand_refund_waits" if days else "hand_refund"
            alarm = Alarm(what=what, about=str(claim_id), once=str(days))
            await raise_alarm(uow, self._policy, alarm, now_ms=now_ms)
            await uow.rails.reminded(refund.rail, refund.claim.reference, now_ms=now_ms)


async def pay_out(
    storage: Storage, clock: Clock, policy: Policy, rails: Mapping[str, Rail], row: OutboxRow
) -> _Answer:
    """One call of the ladder for the outbox row of a payout; Sent when nothing is left to do."""
    async with storage.read() as uow:
        if wait_ms := await hold_ms(uow, policy.windows):
            return Later(clock.now_ms() + wait_ms, "frozen", counts=False)
        withdrawal = await uow.withdrawals.get(_subject(row))
        call = await _call(uow, withdrawal)
    if withdrawal.state is not WithdrawalState.SENDING:
        return Sent()
    rail = rails.get(withdrawal.way.rail)
    if not isinstance(rail, PayoutRail):
        return Refused(f"no payouts on rail {withdrawal.way.rail}")
    return _answer(await rail.pay(call), clock.now_ms())


def _subject(row: OutboxRow) -> int:
    assert row.subject_id is not None, "a payout names its withdrawal"
    return row.subject_id


async def _call(uow: UnitOfWork, withdrawal: Withdrawal) -> PayoutCall:
    person = await uow.people.get(withdrawal.person_id)
    return PayoutCall(
        spend_id=withdrawal.spend_id,
        telegram_id=person.telegram_id,
        amount=withdrawal.net,
        destination=await whole_account(uow, withdrawal),
    )


def _answer(outcome: PayoutOutcome, now_ms: int) -> Paid | NotPaid | Later:
    """What is not known is asked again later; the rail asks before it sends."""
    match outcome:
        case Unknown(error):
            return Later(now_ms, error, counts=True)
        case Wait(at_ms, error):
            return Later(at_ms, error, counts=False)
        case _:
            return outcome


async def told_by_rail(
    uow: UnitOfWork, row: OutboxRow, outcome: Paid | NotPaid, *, now_ms: int
) -> None:
    """The rail's word is final: paid, or the person has the money again."""
    before = await uow.withdrawals.get(_subject(row))
    if before.state is not WithdrawalState.SENDING:
        return  # another process heard it first
    if isinstance(outcome, Paid):
        doing = Doing(step=Step.PAY, now_ms=now_ms, reference=outcome.external_id)
        await carried(uow, before, moved(before, doing), doing, outcome.fee_minor)
    else:
        doing = Doing(step=Step.FAIL, now_ms=now_ms, note=outcome.reason)
        await carried(uow, before, moved(before, doing), doing)
