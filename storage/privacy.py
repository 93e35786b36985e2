"""What is forgotten: a person who wishes it, words and files past their time. The ledger stays."""

from market.privacy import Needs
from storage.queries import Sql

_NOTHING = b""
_OF_PERSON = (
    "contact_forget",
    "sessions_forget",
    "quick_replies_forget",
    "room_forget",
    "answers_forget",
    "answer_files_forget",
    "threads_forget",
    "threads_close",
    "outbox_forget",
    "evidence_forget",
)
_OF_ORDER = (
    "room_erase",
    "answer_erase",
    "answer_files_drop",
    "deliveries_erase",
    "delivery_files_erase",
    "statements_erase",
    "statement_files_erase",
)


class Privacy:
    """services.repositories.Privacy."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def needs(self, person_id: int) -> Needs:
        if self._sql.writing:  # whoever writes the person's number down waits, or came first
            await self._sql.value("person_locked", id=person_id)
        row = await self._sql.one("privacy_needs", person_id=person_id)
        assert row is not None, "counting always answers"
        return Needs(
            orders=row["orders"],
            purses=row["purses"],
            on_the_way=row["withdrawals"] + row["refunds"],
        )

    async def forget(self, person_id: int, *, now_ms: int) -> None:
        for name in _OF_PERSON:
            await self._sql.run(name, person_id=person_id)
        await self._sql.run("digits_forget", person_id=person_id, nothing=_NOTHING, now_ms=now_ms)
        await self._sql.run("person_forgotten", id=person_id, now_ms=now_ms)

    async def erasable(self, before_ms: int, *, limit: int) -> tuple[int, ...]:
        rows = await self._sql.rows("orders_to_erase", before_ms=before_ms, row_limit=limit)
        return tuple(row["id"] for row in rows)

    async def erase_order(self, order_id: int, *, now_ms: int) -> None:
        for name in _OF_ORDER:
            await self._sql.run(name, order_id=order_id)
        await self._sql.run("order_erased", order_id=order_id, now_ms=now_ms)

    async def erase_claims(self, before_ms: int, *, now_ms: int, limit: int) -> int:
        rows = await self._sql.rows(
            "claims_erase",
            before_ms=before_ms,
            nothing=_NOTHING,
            now_ms=now_ms,
            row_limit=limit,
        )
        return len(rows)

    async def erase_evidence(self, before_ms: int, *, limit: int) -> int:
        rows = await self._sql.rows("evidence_erase", before_ms=before_ms, row_limit=limit)
        return len(rows)

    async def erase_notices(self, after_id: int, before_ms: int, *, limit: int) -> int:
        rows = await self._sql.rows(
            "outbox_erase", after_id=after_id, before_ms=before_ms, row_limit=limit
        )
        return max((row["id"] for row in rows), default=after_id)
