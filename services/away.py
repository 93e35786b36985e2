"""Is somebody away now, as others see it."""

from services.ports import UnitOfWork


async def away_until(uow: UnitOfWork, person_id: int, *, now_ms: int) -> int | None:
    """When the person is back, None when here."""
    for absence in await uow.absences.of(person_id, after_ms=now_ms):
        if absence.covers(now_ms):
            return absence.until_ms
    return None
