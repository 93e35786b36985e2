"""The inbox of raw updates, and the sessions that they move on."""

from market.read import DeadRow
from services.rows import InboxRow, SessionRow
from storage.cipher import Cipher
from storage.queries import Sql


class Inbox:
    """services.repositories.Inbox."""

    def __init__(self, sql: Sql, cipher: Cipher) -> None:
        self._sql = sql
        self._cipher = cipher

    async def store(
        self, updates: tuple[tuple[int, str], ...], *, bot_id: int, now_ms: int
    ) -> None:
        rows = [
            {
                "bot_id": bot_id,
                "update_id": update_id,
                "hash": self._cipher.mark(raw.encode()),
                "raw": raw,
                "now_ms": now_ms,
            }
            for update_id, raw in updates
        ]
        await self._sql.many("inbox_add", rows)

    async def pending(self, *, after_id: int, now_ms: int, limit: int) -> tuple[InboxRow, ...]:
        rows = await self._sql.rows(
            "inbox_pending", after_id=after_id, now_ms=now_ms, row_limit=limit
        )
        return tuple(
            InboxRow(
                id=row["id"],
                update_id=row["update_id"],
                raw=row["raw"],
                attempts=row["attempts"],
                received_ms=row["received_ms"],
            )
            for row in rows
        )

    async def done(self, row_id: int, *, now_ms: int) -> None:
        await self._sql.run("inbox_done", id=row_id, now_ms=now_ms)

    async def blot(self, row_id: int) -> None:
        await self._sql.run("inbox_blot", id=row_id)

    async def again(self, row_id: int, *, at_ms: int, error: str, counts: bool) -> None:
        await self._sql.run("inbox_again", id=row_id, at_ms=at_ms, error=error, more=int(counts))

    async def dead(self, row_id: int, *, error: str, now_ms: int) -> None:
        await self._sql.run("inbox_dead", id=row_id, error=error, now_ms=now_ms)

    async def dead_rows(self, *, limit: int) -> tuple[DeadRow, ...]:
        rows = await self._sql.rows("inbox_dead_rows", row_limit=limit)
        return tuple(DeadRow(row["id"], row["kind"], row["error"], row["at_ms"]) for row in rows)

    async def prune(self, before_ms: int) -> int:
        """Forget finished updates; waiting ones are kept however old they are."""
        return len(await self._sql.rows("inbox_prune", before_ms=before_ms))

    async def session(self, chat_id: int, telegram_id: int) -> SessionRow | None:
        row = await self._sql.one("session_get", chat_id=chat_id, telegram_id=telegram_id)
        return None if row is None else SessionRow(**{k: row[k] for k in SessionRow.__slots__})

    async def save_session(self, row: SessionRow) -> None:
        values = {name: getattr(row, name) for name in SessionRow.__slots__}
        await self._sql.run("session_save", **values)

    async def drop_session(self, chat_id: int, telegram_id: int) -> None:
        await self._sql.run("session_drop", chat_id=chat_id, telegram_id=telegram_id)

    async def expire_sessions(self, before_ms: int) -> int:
        return len(await self._sql.rows("sessions_expire", before_ms=before_ms))
