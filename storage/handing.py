"""What was handed over in an order: the buyer's answer, the seller's deliveries with evidence."""

from itertools import groupby

from market.evidence import digest_of
from market.files import FileRef
from market.read import Answer, Delivery
from services.rows import ToRead
from storage.files import files_of, numbered
from storage.queries import Row, Sql


class Handing:
    """A part of services.repositories.Orders."""

    _sql: Sql

    async def save_answer(self, order_id: int, answer: Answer, *, now_ms: int) -> None:
        """A second answer replaces the first."""
        await self._sql.run("answer_save", order_id=order_id, words=answer.text, at_ms=now_ms)
        await self._sql.run("answer_files_drop", order_id=order_id)
        await self._sql.many("answer_file_add", numbered(order_id, answer.files))

    async def answer(self, order_id: int) -> Answer | None:
        words = await self._sql.value("answer_get", order_id=order_id)
        if words is None:
            return None
        rows = await self._sql.rows("answer_files", order_id=order_id)
        return Answer(words, files_of(rows))

    async def add_delivery(
        self, order_id: int, *, text: str, files: tuple[FileRef, ...], now_ms: int
    ) -> Delivery:
        digest = digest_of(text, files, at_ms=now_ms)
        row = await self._sql.one(
            "delivery_add", order_id=order_id, words=text, digest=digest, at_ms=now_ms
        )
        assert row is not None, "an insert answers its row"
        await self._sql.many("delivery_file_add", numbered(row["id"], files))
        return Delivery(row["id"], row["number"], text, files, now_ms, digest)

    async def deliveries(self, order_id: int) -> tuple[Delivery, ...]:
        rows = await self._sql.rows("deliveries", order_id=order_id)
        groups = (list(group) for _, group in groupby(rows, key=lambda row: row["id"]))
        return tuple(_delivery(group) for group in groups)

    async def keep_hash(self, file: ToRead, sha256: str) -> None:
        """The first hash stays; an empty one says nothing and is not kept."""
        await self._sql.run(
            "file_hash_keep", delivery_id=file.delivery_id, number=file.number, sha256=sha256
        )


def _delivery(rows: list[Row]) -> Delivery:
    first = rows[0]
    return Delivery(
        id=first["id"],
        number=first["number"],
        text=first["words"],
        files=files_of(rows),
        at_ms=first["at_ms"],
        digest=first["digest"],
    )
