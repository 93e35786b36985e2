"""The post: takes due outbox rows, has them sent, and writes down what became of them."""

import asyncio
import logging
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from market.policy import Policy
from services import billing
from services.attempts import retried
from services.freezing import hold_ms
from services.outcomes import Outcome, settle
from services.ports import BillRail, Clock, Files, Messenger, Rail, Storage
from services.rows import Later, OutboxRow, Read, Refused, SendOutcome, Sent
from services.sending_out import pay_out

WORKERS = 8
BATCH = 24
log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Round:
    """What the workers of one drain share."""

    messenger: Messenger
    rails: Mapping[str, Rail]
    files: Files | None
    claiming: asyncio.Lock = field(default_factory=asyncio.Lock)
    rows: deque[OutboxRow] = field(default_factory=deque)
    tried: int = 0
    claimed_ms: int = 0
    dry_at: int = -1


class Post:
    """Lanes run side by side, each in order. `stir` is set after commits that may queue rows."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self.stir = asyncio.Event()
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._half_lease_ms = policy.windows.outbox_lease_ms // 2

    async def next_ms(self) -> int | None:
        """When the next row is due, None when the outbox is empty."""
        async with self._storage.read() as uow:
            return await uow.outbox.next_ms()

    async def drain(
        self, messenger: Messenger, rails: Mapping[str, Rail], files: Files | None = None
    ) -> int:
        """Send whatever is due now; answers how many rows were tried.

        Drains may overlap, also between processes: claimed rows carry a lease. Without `files`
        delivered files keep no hash of their bytes.
        """
        self.stir.clear()
        due_ms = await self.next_ms()
        if due_ms is None or due_ms > self._clock.now_ms():
            return 0
        shared = _Round(messenger, rails, files)
        workers = (self._work(shared) for _ in range(WORKERS))
        ends = await asyncio.gather(*workers, return_exceptions=True)
        failures = [end for end in ends if isinstance(end, Exception)]
        if failures:
            raise ExceptionGroup("the outbox was left", failures)
        return shared.tried

    async def _work(self, shared: _Round) -> None:
        while (row := await self._next(shared)) is not None:
            outcome = await self._call(shared, row)
            await self._settle(row, outcome)
            shared.tried += 1

    async def _next(self, shared: _Round) -> OutboxRow | None:
        """The next claimed row, None when the outbox is dry.

        Every settled row opens its lane and may have queued others: it is dry only when nothing
        was settled since the claim that found nothing.
        """
        async with shared.claiming:
            if self._clock.now_ms() - shared.claimed_ms > self._half_lease_ms:
                shared.rows.clear()  # too late to begin a call: they are claimed anew in time
            if not shared.rows and shared.dry_at != shared.tried:
                tried, shared.claimed_ms = shared.tried, self._clock.now_ms()
                shared.rows.extend(await self._claim())
                shared.dry_at = -1 if shared.rows else tried
            return shared.rows.popleft() if shared.rows else None

    @retried
    async def _claim(self) -> tuple[OutboxRow, ...]:
        lease_ms = self._policy.windows.outbox_lease_ms
        async with self._storage.begin() as uow:
            return await uow.outbox.claim(self._clock.now_ms(), lease_ms=lease_ms, limit=BATCH)

    async def _call(self, shared: _Round, row: OutboxRow) -> Outcome:
        """Within half of the lease; begun in the other half, nobody else makes the same call."""
        try:
            async with asyncio.timeout(self._half_lease_ms / 1_000):
                match row.kind:
                    case "refund":
                        return await self._refund(shared, row)
                    case "fingerprint":
                        return await _fingerprint(shared, row)
                    case "payout":
                        rails = shared.rails
                        return await pay_out(self._storage, self._clock, self._policy, rails, row)
                    case "bill":
                        return await self._bill(shared, row)
                    case _:
                        return await shared.messenger.send(await self._folded(row))
        except Exception as bug:  # a row that cannot be sent must not hold up all the others
            log.exception("outbox row %s could not be sent", row.id)
            return Later(self._clock.now_ms(), repr(bug), counts=True)

    async def _folded(self, row: OutboxRow) -> OutboxRow:
        """The newest of several notices of one kind stands for them all."""
        if row.message is None or not row.message.fold:
            return row
        more = await self._fold(row)
        facts = row.message.facts | {"more": more}
        return replace(row, message=replace(row.message, facts=facts))

    @retried
    async def _fold(self, row: OutboxRow) -> int:
        async with self._storage.begin() as uow:
            return await uow.outbox.fold(row, now_ms=self._clock.now_ms())

    async def _refund(self, shared: _Round, row: OutboxRow) -> SendOutcome:
        assert row.refund_rail is not None, "a refund knows its rail"
        assert row.refund_charge_id is not None, "a refund knows its charge"
        assert row.refund_person_id is not None, "a refund knows its payer"
        async with self._storage.read() as uow:
            person = await uow.people.get(row.refund_person_id)
            if wait_ms := await hold_ms(uow, self._policy.windows):
                return Later(self._clock.now_ms() + wait_ms, "frozen", counts=False)
        rail = shared.rails.get(row.refund_rail)
        if rail is None:
            return Refused(f"no rail {row.refund_rail}")
        return await rail.refund(person, row.refund_charge_id)

    async def _bill(self, shared: _Round, row: OutboxRow) -> Outcome:
        async with self._storage.read() as uow:
            wanted = await billing.wanted(uow, row, now_ms=self._clock.now_ms())
        if wanted is None:
            return Sent()
        rail = shared.rails.get(wanted[0])
        if not isinstance(rail, BillRail):
            return Refused(f"no bills on rail {wanted[0]}")
        return await rail.bill(wanted[1])

    @retried
    async def _settle(self, row: OutboxRow, outcome: Outcome) -> None:
        async with self._storage.begin() as uow:
            await settle(uow, self._policy, row, outcome, now_ms=self._clock.now_ms())


async def _fingerprint(shared: _Round, row: OutboxRow) -> Read:
    assert row.file is not None, "a fingerprint is of a file"
    return Read("" if shared.files is None else await shared.files.fingerprint(row.file))
