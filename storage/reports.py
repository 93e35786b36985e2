"""Reports, what was done to people's standing, and the log of operators' acts."""

from market.errors import NotFound
from market.reports import Act, Report, StandingChange, Subject
from storage.queries import Row, Sql

_SAID = ("subject", "about_id", "order_id", "reporter_id", "words", "at_ms")


class Reports:
    """services.repositories.Reports."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def add(self, report: Report) -> int | None:
        values = {name: getattr(report, name) for name in _SAID}
        report_id: int | None = await self._sql.value("report_add", **values)
        return report_id

    async def get(self, report_id: int) -> Report:
        row = await self._sql.one("report_get", id=report_id)
        if row is None:
            raise NotFound("report")
        return _report(row)

    async def open(self, subjects: tuple[Subject, ...], *, limit: int) -> tuple[Report, ...]:
        found = [
            _report(row)
            for subject in subjects
            for row in await self._sql.rows("reports_open", subject=subject, row_limit=limit)
        ]
        return tuple(sorted(found, key=lambda report: report.id)[:limit])

    async def close(self, report_id: int, *, operator_id: int, answer: str, now_ms: int) -> bool:
        closed = await self._sql.value(
            "report_close", id=report_id, operator_id=operator_id, answer=answer, now_ms=now_ms
        )
        return closed is not None

    async def about(self, person_id: int, *, limit: int) -> tuple[Report, ...]:
        rows = await self._sql.rows("reports_about", person_id=person_id, row_limit=limit)
        return tuple(_report(row) for row in rows)

    async def add_standing(self, change: StandingChange) -> None:
        values = {name: getattr(change, name) for name in StandingChange.__slots__}
        await self._sql.run("standing_add", **values)

    async def standings(self, person_id: int) -> tuple[StandingChange, ...]:
        rows = await self._sql.rows("standings", person_id=person_id)
        names = StandingChange.__slots__
        return tuple(StandingChange(**{name: row[name] for name in names}) for row in rows)

    async def paused_until(self, now_ms: int, *, limit: int) -> tuple[int, ...]:
        rows = await self._sql.rows("pauses_over", now_ms=now_ms, row_limit=limit)
        return tuple(row["id"] for row in rows)

    async def acts(self, *, from_ms: int, until_ms: int, limit: int) -> tuple[Act, ...]:
        rows = await self._sql.rows("acts", from_ms=from_ms, until_ms=until_ms, row_limit=limit)
        return tuple(Act(**{name: row[name] for name in Act.__slots__}) for row in rows)


def _report(row: Row) -> Report:
    values = {name: row[name] for name in Report.__slots__}
    return Report(**values | {"subject": Subject(row["subject"])})
