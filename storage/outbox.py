"""The outbox: rows of one lane go out in order, a leased or waiting row holds its lane only."""

import json

from market.change import Refund
from market.notices import Message, Notice
from market.payout_read import Call
from market.read import DeadRow
from services.rows import OutboxRow, ProviderCall, ToRead
from storage.queries import Row, Sql


class Outbox:
    """services.repositories.Outbox."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def add(self, message: Message, *, now_ms: int) -> bool:
        return await self._sql.value("outbox_add", **message_columns(message, now_ms)) is not None

    async def claim(self, now_ms: int, *, lease_ms: int, limit: int) -> tuple[OutboxRow, ...]:
        rows = await self._sql.rows(
            "outbox_claim", now_ms=now_ms, until_ms=now_ms + lease_ms, row_limit=limit
        )
        return tuple(_row(row) for row in sorted(rows, key=lambda row: int(row["id"])))

    async def done(self, row_id: int, *, now_ms: int) -> None:
        await self._sql.run("outbox_done", id=row_id, now_ms=now_ms)

    async def fold(self, row: OutboxRow, *, now_ms: int) -> int:
        message = row.message
        if message is None or not message.fold:
            return 0
        older = await self._sql.rows(
            "outbox_fold", id=row.id, lane=row.lane, fold=message.fold, now_ms=now_ms
        )
        more = sum(1 + found["folded"] for found in older)
        folded: int = await self._sql.value("outbox_folded", id=row.id, more=more)
        return folded

    async def add_fingerprint(self, file: ToRead, *, now_ms: int) -> None:
        key = f"fingerprint:{file.delivery_id}:{file.number}"
        await self._sql.run(
            "outbox_add_fingerprint",
            key=key,
            delivery_id=file.delivery_id,
            number=file.number,
            file_id=file.file_id,
            size=file.size,
            now_ms=now_ms,
        )

    async def add_call(self, call: ProviderCall, *, now_ms: int) -> bool:
        names = ("kind", "key", "person_id", "order_id", "subject_id", "intent_id")
        columns = {name: getattr(call, name) for name in names}
        return await self._sql.value("outbox_add_call", **columns, now_ms=now_ms) is not None

    async def again(self, row_id: int, *, at_ms: int, error: str, counts: bool) -> None:
        await self._sql.run("outbox_again", id=row_id, at_ms=at_ms, error=error, more=int(counts))

    async def dead(self, row_id: int, *, error: str, now_ms: int) -> None:
        row = await self._sql.one("outbox_dead", id=row_id, error=error, now_ms=now_ms)
        if row is not None:
            await self._mark_refund(row, "failed", now_ms)

    async def revive(self, row_id: int, *, now_ms: int) -> bool:
        row = await self._sql.one("outbox_revive", id=row_id, now_ms=now_ms)
        if row is not None:
            await self._mark_refund(row, "pending", now_ms)
        return row is not None

    async def _mark_refund(self, row: Row, state: str, now_ms: int) -> None:
        rail, charge_id = row["refund_rail"], row["refund_charge_id"]
        if charge_id is not None:
            await self._sql.run(
                "refund_mark", rail=rail, charge_id=charge_id, state=state, now_ms=now_ms
            )

    async def call(self, key: str) -> Call | None:
        row = await self._sql.one("outbox_call", key=key)
        if row is None:
            return None
        is_given_up = row["state"] == "dead"
        return Call(
            row_id=row["id"],
            attempts=row["attempts"],
            error=row["error"],
            is_given_up=is_given_up,
        )

    async def end(self, key: str, *, now_ms: int) -> bool:
        await self._sql.value("outbox_ended", key=key, now_ms=now_ms)
        return await self._sql.one("outbox_call", key=key) is None

    async def dead_rows(self, kind: str, *, limit: int) -> tuple[DeadRow, ...]:
        rows = await self._sql.rows("outbox_dead_rows", kind=kind, row_limit=limit)
        return tuple(DeadRow(row["id"], row["kind"], row["error"], row["at_ms"]) for row in rows)

    async def next_ms(self) -> int | None:
        moment: int | None = await self._sql.value("outbox_next_ms")
        return moment


def message_columns(message: Message, now_ms: int) -> dict[str, object]:
    to = message.chat_id if message.person_id is None else message.person_id
    return {
        "key": message.key,
        "lane": f"chat:{to}",
        "notice": message.notice,
        "person_id": message.person_id,
        "chat_id": message.chat_id,
        "topic_id": message.topic_id,
        "order_id": message.order_id,
        "gig_id": message.gig_id,
        "facts": json.dumps(message.facts, ensure_ascii=False),
        "silent": int(message.silent),
        "fold": message.fold,
        "now_ms": now_ms,
    }


def refund_columns(refund: Refund, now_ms: int) -> dict[str, object]:
    """The key is stable: one charge is sent back once, however often it is asked."""
    return {
        "key": f"refund:{refund.rail}:{refund.charge_id}",
        "person_id": refund.payer_id,
        "order_id": refund.order_id,
        "rail": refund.rail,
        "charge_id": refund.charge_id,
        "now_ms": now_ms,
    }


def _row(row: Row) -> OutboxRow:
    kind = row["kind"]
    return OutboxRow(
        id=row["id"],
        kind=kind,
        lane=row["lane"],
        attempts=row["attempts"],
        created_ms=row["created_ms"],
        message=_message(row) if kind == "notice" else None,
        refund_rail=row["refund_rail"],
        refund_charge_id=row["refund_charge_id"],
        refund_person_id=row["person_id"] if kind == "refund" else None,
        file=_to_read(row) if kind == "fingerprint" else None,
        subject_id=row["subject_id"],
        intent_id=row["intent_id"],
    )


def _to_read(row: Row) -> ToRead:
    return ToRead(
        delivery_id=row["delivery_id"],
        number=row["file_number"],
        file_id=row["file_id"],
        size=row["file_size"],
    )


def _message(row: Row) -> Message:
    return Message(
        notice=Notice(row["notice"]),
        key=row["key"],
        person_id=row["person_id"],
        chat_id=row["chat_id"],
        topic_id=row["topic_id"],
        order_id=row["order_id"],
        gig_id=row["gig_id"],
        facts=json.loads(row["facts"]),
        silent=bool(row["silent"]),
        fold=row["fold"],
    )
