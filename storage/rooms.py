"""Order rooms: messages, how far each party has read, quick replies."""

from market.contract import Order
from market.errors import NotFound
from market.room import QuickReply, RoomMessage, Said
from market.states import Role
from storage.files import columns, file_of
from storage.queries import Row, Sql

_BEYOND = 2**62


class Rooms:
    """services.repositories.Rooms."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def add(
        self, order: Order, *, role: Role, said: Said, is_flagged: bool, now_ms: int
    ) -> RoomMessage:
        await self._lock(order.id)
        number: int = await self._sql.value(
            "room_add",
            order_id=order.id,
            role=role,
            person_id=order.party(role),
            words=said.words,
            **columns(said.file),
            chat_id=said.chat_id,
            message_id=said.message_id,
            is_flagged=int(is_flagged),
            at_ms=now_ms,
        )
        await self._sql.run("room_one_more", order_id=order.id, person_id=order.party(role.other))
        return RoomMessage(
            order_id=order.id,
            number=number,
            role=role,
            person_id=order.party(role),
            said=said,
            at_ms=now_ms,
            is_flagged=is_flagged,
        )

    async def messages(
        self, order_id: int, *, before: int | None = None, limit: int
    ) -> tuple[RoomMessage, ...]:
        rows = await self._sql.rows(
            "room_messages",
            order_id=order_id,
            before=_BEYOND if before is None else before,
            row_limit=limit,
        )
        return tuple(_message(row) for row in reversed(rows))

    async def read(self, order_id: int, person_id: int, *, number: int) -> None:
        """What was read stays read, whatever an older screen says."""
        await self._lock(order_id)
        seen = await self._sql.value("room_read_until", order_id=order_id, person_id=person_id)
        if seen is None or number > seen:
            await self._sql.run(
                "room_keep_read", order_id=order_id, person_id=person_id, number=number
            )

    async def unread(self, person_id: int) -> dict[int, int]:
        rows = await self._sql.rows("room_unread", person_id=person_id)
        return {row["order_id"]: row["unread"] for row in rows}

    async def strikes(self, person_id: int) -> int:
        count: int = await self._sql.value("room_strikes", person_id=person_id)
        return count

    async def quick_replies(self, person_id: int) -> tuple[QuickReply, ...]:
        rows = await self._sql.rows("quick_replies", person_id=person_id)
        return tuple(QuickReply(id=row["id"], words=row["words"]) for row in rows)

    async def add_quick_reply(self, person_id: int, words: str) -> QuickReply:
        reply_id: int = await self._sql.value("quick_reply_add", person_id=person_id, words=words)
        return QuickReply(id=reply_id, words=words)

    async def drop_quick_reply(self, person_id: int, reply_id: int) -> bool:
        dropped = await self._sql.value("quick_reply_drop", person_id=person_id, id=reply_id)
        return dropped is not None

    async def _lock(self, order_id: int) -> None:
        """Numbers and unread counts are right only when one unit at a time makes them."""
        if order_id not in self._sql.locked:
            if await self._sql.one("order_locked", id=order_id) is None:
                raise NotFound("order")
            self._sql.locked.add(order_id)


def _message(row: Row) -> RoomMessage:
    said = Said(
        words=row["words"],
        file=file_of(row),
        chat_id=row["chat_id"],
        message_id=row["message_id"],
    )
    return RoomMessage(
        order_id=row["order_id"],
        number=row["number"],
        role=Role(row["role"]),
        person_id=row["person_id"],
        said=said,
        at_ms=row["at_ms"],
        is_flagged=bool(row["is_flagged"]),
    )
