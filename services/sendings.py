"""What a provider lists as sent, beside what the house knows: nothing that left goes unnoticed.

After a restore this finds what had left since the backup. Telegram's list is `reconciling`'s.
"""

import logging
from collections.abc import Mapping

from market.change import Change
from market.house_postings import unexplained
from market.policy import Policy
from market.withdrawal import Doing, Step, Withdrawal, WithdrawalState, moved
from services import readings, refunds
from services.alarms import Alarm, raise_alarm
from services.attempts import retried
from services.feed_rows import FeedRow
from services.freezing import safe_since
from services.payout_steps import call_key, carried
from services.ports import Clock, ListsSendings, Rail, Storage, UnitOfWork

TRANSFER, REFUND = "transfer", "refund-"
KNOWN = frozenset({WithdrawalState.PAID, WithdrawalState.RETURNED})
log = logging.getLogger(__name__)


class Sendings:
    """A line is booked once; one that cannot be booked is read again and holds up no other."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy

    async def sweep(self, rails: Mapping[str, Rail]) -> int:
        """Read the lists of all rails that have one; answers how many lines were new."""
        read = [await self.read(rail) for rail in rails.values() if isinstance(rail, ListsSendings)]
        return sum(read)

    async def read(self, rail: ListsSendings) -> int:
        """One rail's; in safe mode only after its paid invoices, which say what may go back.

        Raises RailAway.
        """
        now_ms, listed = self._clock.now_ms(), readings.sent_list(rail.name)
        async with self._storage.read() as uow:
            if not await _may_begin(uow, rail.name):
                return 0
            since_ms = await readings.since_ms(uow, listed, never_ms=now_ms - readings.MARGIN_MS)
        rows = await self._news(rail.name, await rail.sent(since_ms=since_ms))
        failures = [failure for row in rows if (failure := await self._take(row)) is not None]
        if failures:
            raise ExceptionGroup("lines were left open", failures)
        await self._was_read(listed, now_ms)
        return len(rows)

    async def _news(self, rail: str, rows: tuple[FeedRow, ...]) -> tuple[FeedRow, ...]:
        moments = [row.at_ms for row in rows] or [0]
        async with self._storage.read() as uow:
            known = await uow.books.booked(rail, from_ms=min(moments), until_ms=max(moments))
        return tuple(row for row in rows if (row.external_id, row.direction) not in known)

    @retried
    async def _was_read(self, listed: str, at_ms: int) -> None:
        async with self._storage.begin() as uow:
            await readings.was_read(uow, listed, at_ms=at_ms)

    async def _take(self, row: FeedRow) -> Exception | None:
        try:
            await self._book(row)
        except Exception as failure:  # one line must not hold up the others
            log.exception("sending %s could not be booked", row.external_id)
            await self._fail(row, repr(failure))
            return failure
        return None

    @retried
    async def _fail(self, row: FeedRow, error: str) -> None:
        async with self._storage.begin() as uow:
            await uow.books.see(row, now_ms=self._clock.now_ms())
            await uow.books.fail(row, error)

    @retried
    async def _book(self, row: FeedRow) -> None:
        async with self._storage.begin() as uow:
            if await uow.books.see(row, now_ms=self._clock.now_ms()):
                await uow.books.book(row, await self._booked(uow, row))

    async def _booked(self, uow: UnitOfWork, row: FeedRow) -> str:
        """What it was, in a word."""
        withdrawal = await uow.withdrawals.by_spend(row.payload)
        if withdrawal is not None and await _is_of(uow, row, withdrawal):
            if withdrawal.state.is_open:
                await self._paid(uow, row, withdrawal)
            if withdrawal.state.is_open or withdrawal.state in KNOWN:
                return "payout"
        elif row.payload.startswith(REFUND) and await _is_refund(uow, row):
            await refunds.confirm(
                uow,
                self._policy,
                rail=row.rail,
                charge_id=row.payload.removeprefix(REFUND),
                now_ms=self._clock.now_ms(),
            )
            return "refund"
        await self._unexplained(uow, row)
        return "unexplained"

    async def _paid(self, uow: UnitOfWork, row: FeedRow, before: Withdrawal) -> None:
        """It has left, whatever the house meant to do with it still."""
        now_ms = self._clock.now_ms()
        if before.state is not WithdrawalState.SENDING:
            taking = Doing(step=Step.TAKE, now_ms=now_ms, is_fact=True)
            taken = moved(before, taking)
            await carried(uow, before, taken, taking)
            before = taken
        paying = Doing(step=Step.PAY, now_ms=now_ms, reference=row.external_id, is_fact=True)
        await carried(uow, before, moved(before, paying), paying)
        await uow.outbox.end(call_key(before), now_ms=now_ms)

    async def _unexplained(self, uow: UnitOfWork, row: FeedRow) -> None:
        now_ms = self._clock.now_ms()
        if row.amount.minor:
            journal = unexplained(row.rail, row.external_id, row.amount)
            await uow.record(Change(journals=(journal,)), now_ms=now_ms)
        detail = f"{row.external_id}: {row.kind} {row.amount.minor} {row.amount.currency}"
        once = f"{row.rail}:{row.external_id}"
        alarm = Alarm(what="sent_unknown", about=row.rail, detail=detail, once=once)
        await raise_alarm(uow, self._policy, alarm, now_ms=now_ms)


async def _may_begin(uow: UnitOfWork, rail: str) -> bool:
    from_ms = await safe_since(uow)
    paid = readings.paid_list(rail)
    return from_ms is None or await readings.is_read(uow, paid, from_ms=from_ms)


async def _is_of(uow: UnitOfWork, row: FeedRow, withdrawal: Withdrawal) -> bool:
    person = await uow.people.get(withdrawal.person_id)
    sent = (row.kind, row.telegram_id, row.amount)
    return sent == (TRANSFER, person.telegram_id, withdrawal.net)


async def _is_refund(uow: UnitOfWork, row: FeedRow) -> bool:
    """The whole charge, to who has paid it."""
    paid = await uow.payments.fact(row.rail, row.payload.removeprefix(REFUND), "in")
    if paid is None or paid.person_id is None:
        return False
    payer = await uow.people.get(paid.person_id)
    return (row.kind, row.telegram_id, row.amount) == (TRANSFER, payer.telegram_id, paid.amount)
