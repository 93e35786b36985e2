"""What everybody may know about the house's money: held, owed, and when it was last checked."""

import asyncio

from market.deadlines import SECOND_MS
from market.solvency import Trust
from services.coverage import solvency
from services.house import AUDIT, audited
from services.ports import Clock, Storage
from services.treasury import newest_checks

SAME_MS = 30 * SECOND_MS


class TrustService:
    """For every member; nothing here is about anybody in particular."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._seen: Trust | None = None
        self._seen_ms = 0
        self._reading = asyncio.Lock()

    async def page(self) -> Trust:
        """Positions by currency, the newest look at each rail, the last audit.

        All accounts are added up for it: whoever asks within half a minute sees the same, and
        who asks while somebody is waiting for it waits for that answer.
        """
        async with self._reading:
            now_ms = self._clock.now_ms()
            if self._seen is None or not 0 <= now_ms - self._seen_ms < SAME_MS:
                self._seen, self._seen_ms = await self._read(), now_ms
            return self._seen

    async def _read(self) -> Trust:
        async with self._storage.read() as uow:
            audited_ms, findings = audited(await uow.upkeep.flag(AUDIT))
            return Trust(
                solvency=await solvency(uow),
                held=await uow.books.held(),
                checks=await newest_checks(uow),
                audited_ms=audited_ms,
                is_right=not findings,
            )
