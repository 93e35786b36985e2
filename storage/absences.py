"""Declared absences."""

from dataclasses import replace

from market.absence import Absence
from storage.queries import Sql


class Absences:
    """services.repositories.Absences."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def add(self, absence: Absence) -> Absence:
        absence_id = await self._sql.value(
            "absence_add",
            person_id=absence.person_id,
            from_ms=absence.from_ms,
            until_ms=absence.until_ms,
            declared_ms=absence.declared_ms,
        )
        return replace(absence, id=absence_id)

    async def of(self, person_id: int, *, after_ms: int) -> tuple[Absence, ...]:
        rows = await self._sql.rows("absences_of", person_id=person_id, after_ms=after_ms)
        names = Absence.__slots__
        return tuple(Absence(**{name: row[name] for name in names}) for row in rows)

    async def end(self, absence_id: int, *, at_ms: int) -> None:
        """One that is over stays as it was."""
        await self._sql.run("absence_forget", id=absence_id, at_ms=at_ms)
        await self._sql.run("absence_end", id=absence_id, at_ms=at_ms)
