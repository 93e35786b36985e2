"""Support threads: a thread waits while its last message is the person's."""

from market.errors import NotFound
from market.read import Thread, ThreadLine
from storage import contacts
from storage.cipher import Cipher
from storage.queries import Row, Sql


class Threads:
    """services.repositories.Threads."""

    def __init__(self, sql: Sql, cipher: Cipher) -> None:
        self._sql = sql
        self._cipher = cipher

    async def open(self, person_id: int, *, kind: str, order_id: int | None, now_ms: int) -> int:
        thread_id: int = await self._sql.value(
            "thread_open", person_id=person_id, kind=kind, order_id=order_id, now_ms=now_ms
        )
        return thread_id

    async def add(self, thread_id: int, *, text: str, operator_id: int | None, now_ms: int) -> int:
        number: int = await self._sql.value(
            "thread_message_add",
            thread_id=thread_id,
            words=text,
            operator_id=operator_id,
            at_ms=now_ms,
        )
        await self._sql.run("thread_waits", id=thread_id, is_waiting=int(operator_id is None))
        return number

    async def get(self, thread_id: int) -> Thread:
        row = await self._sql.one("thread_get", id=thread_id)
        if row is None:
            raise NotFound("thread")
        return await self._thread(row)

    async def find(self, person_id: int, *, kind: str, order_id: int | None) -> int | None:
        """The open thread about this, if any."""
        thread_id: int | None = await self._sql.value(
            "thread_find", person_id=person_id, kind=kind, order_id=order_id
        )
        return thread_id

    async def waiting(self, *, limit: int) -> tuple[Thread, ...]:
        rows = await self._sql.rows("threads_waiting", row_limit=limit)
        return tuple([await self._thread(row) for row in rows])

    async def close(self, thread_id: int) -> None:
        await self._sql.run("thread_close", id=thread_id)

    async def _thread(self, row: Row) -> Thread:
        messages = await self._sql.rows("thread_messages", thread_id=row["id"])
        return Thread(
            id=row["id"],
            person_id=row["person_id"],
            kind=row["kind"],
            order_id=row["order_id"],
            is_open=bool(row["is_open"]),
            lines=tuple(_line(message) for message in messages),
            person_name=contacts.unseal(self._cipher, row["person_id"], row["sealed"]).name,
        )


def _line(row: Row) -> ThreadLine:
    return ThreadLine(row["operator_id"] is not None, row["words"], row["at_ms"])
