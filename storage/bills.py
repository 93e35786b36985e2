"""Bills: invoices at providers."""

from market.bill import Bill, BillState
from market.errors import NotFound
from services.bill_rows import Billed
from services.rows import Intent
from storage.queries import Row, Sql


class Bills:
    """services.repositories.Bills."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def add(self, intent: Intent, *, now_ms: int) -> Bill | None:
        row = await self._sql.one(
            "bill_add",
            intent_id=intent.id,
            order_id=intent.order_id,
            rail=intent.rail,
            now_ms=now_ms,
        )
        return None if row is None else _bill(row)

    async def get(self, bill_id: int) -> Bill:
        row = await self._sql.one("bill_get", id=bill_id)
        if row is None:
            raise NotFound("bill")
        return _bill(row)

    async def of_order(self, order_id: int) -> Bill | None:
        row = await self._sql.one("bill_of_order", order_id=order_id)
        return None if row is None else _bill(row)

    async def opened(self, bill_id: int, billed: Billed, *, now_ms: int) -> None:
        await self._sql.run(
            "bill_opened",
            id=bill_id,
            external_id=billed.external_id,
            url=billed.url,
            expires_ms=billed.expires_ms,
            now_ms=now_ms,
        )

    async def ended(self, bill_id: int, state: BillState, *, now_ms: int) -> None:
        await self._sql.run("bill_ended", id=bill_id, state=state, now_ms=now_ms)

    async def by_external(self, rail: str, external_id: str) -> Bill | None:
        row = await self._sql.one("bill_by_external", rail=rail, external_id=external_id)
        return None if row is None else _bill(row)

    async def open(self, rail: str, *, limit: int) -> tuple[Bill, ...]:
        rows = await self._sql.rows("bills_open", rail=rail, row_limit=limit)
        return tuple(_bill(row) for row in rows)

    async def unwanted(self, rail: str, *, now_ms: int, limit: int) -> tuple[Bill, ...]:
        rows = await self._sql.rows("bills_unwanted", rail=rail, now_ms=now_ms, row_limit=limit)
        return tuple(_bill(row) for row in rows)

    async def leave(self, bill_id: int, *, until_ms: int) -> None:
        await self._sql.run("bill_left", id=bill_id, until_ms=until_ms)

    async def looked(self, bill_ids: tuple[int, ...], *, now_ms: int) -> None:
        await self._sql.many("bill_looked", [{"id": one, "now_ms": now_ms} for one in bill_ids])


def _bill(row: Row) -> Bill:
    return Bill(
        id=row["id"],
        intent_id=row["intent_id"],
        order_id=row["order_id"],
        rail=row["rail"],
        state=BillState(row["state"]),
        created_ms=row["created_ms"],
        external_id=row["external_id"] or "",
        url=row["url"],
        expires_ms=row["expires_ms"],
    )
