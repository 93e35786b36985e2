"""Is somebody away now or soon, as others see it."""

from market.absence import Absence
from market.deadlines import DAY_MS
from services.ports import UnitOfWork

SOON_MS = 30 * DAY_MS


async def away_until(uow: UnitOfWork, person_id: int, *, now_ms: int) -> int | None:
    """When the person is back, None when here."""
    for absence in await uow.absences.of(person_id, after_ms=now_ms):
        if absence.covers(now_ms):
            return absence.until_ms
    return None


async def away_soon(uow: UnitOfWork, person_id: int, *, now_ms: int) -> Absence | None:
    """The next absence that has not begun and may fall into an order that is placed now."""
    declared = await uow.absences.of(person_id, after_ms=now_ms)
    coming = [one for one in declared if now_ms < one.from_ms <= now_ms + SOON_MS]
    return min(coming, key=lambda one: one.from_ms, default=None)
