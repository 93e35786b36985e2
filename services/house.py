"""What operators see and do about the running of the house."""

from market.errors import NotFound
from market.policy import Policy
from market.read import DeadRow, House
from services.attempts import retried
from services.audits import AUDIT, audit_flag, audited
from services.freezing import FROZEN, Freezing, is_frozen
from services.operators import Operating, operator
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command

__all__ = ["AUDIT", "FROZEN", "HouseService", "audit_flag", "audited", "is_frozen"]

ROWS = 10


class HouseService(Freezing):
    """For operators only; everything they do is logged."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._operating = Operating(clock, policy)

    async def report(self, person_id: int) -> House:
        """How the house does; raises NotAnOperator."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            audited_ms, findings = audited(await uow.upkeep.flag(AUDIT))
            return House(
                sweeps=await uow.upkeep.sweeps(),
                dead_updates=await uow.inbox.dead_rows(limit=ROWS),
                dead_notices=await uow.outbox.dead_rows("notice", limit=ROWS),
                failed_refunds=await dead_money(uow, limit=ROWS),
                findings=findings,
                audited_ms=audited_ms,
                is_frozen=await is_frozen(uow),
                open_threads=await uow.threads.waiting(limit=ROWS),
            )

    @retried
    async def retry(self, command: Command, row_id: int) -> None:
        """Try a dead notice or refund again; raises NotAnOperator, NotFound."""
        async with self._storage.begin() as uow:
            detail = f"row {row_id}"
            if await self._operating.is_first(uow, command, act="retry", detail=detail):
                await self._revive(uow, row_id)

    async def _revive(self, uow: UnitOfWork, row_id: int) -> None:
        if not await uow.outbox.revive(row_id, now_ms=self._clock.now_ms()):
            raise NotFound("row")


async def dead_money(uow: UnitOfWork, *, limit: int) -> tuple[DeadRow, ...]:
    """Refunds and payouts that could not be sent."""
    refunds = await uow.outbox.dead_rows("refund", limit=limit)
    payouts = await uow.outbox.dead_rows("payout", limit=limit)
    return (*refunds, *payouts)[:limit]
