"""Orders and what was handed over in them. Their states are written by storage.recording only."""

from dataclasses import replace
from itertools import groupby

from market.change import OrderEvent
from market.contract import Order
from market.errors import NotFound
from market.files import FileRef
from market.money import Currency, Money
from market.read import Answer, BoardLine, Delivery
from market.states import Event, Role, State
from storage.files import file_of, numbered
from storage.order_rows import draft_columns, event_columns, event_of, order_of
from storage.queries import Row, Sql

_WORKING = (State.IN_PROGRESS, State.REVISION_REQUESTED)


class Orders:
    """services.repositories.Orders."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def add(self, order: Order) -> Order:
        assert order.state is State.DRAFT, "orders begin as drafts"
        order_id = await self._sql.value("order_add", **draft_columns(order))
        await self._sql.run(
            "order_line_add",
            order_id=order_id,
            item_id=order.package_id,
            currency=order.terms.price.currency,
            amount_minor=order.terms.price.minor,
        )
        stored = replace(order, id=order_id)
        await self._sql.run("order_event_add", **event_columns(_created(stored)))
        return stored

    async def get(self, order_id: int) -> Order:
        name = "order_locked" if self._sql.writing else "order_get"
        row = await self._sql.one(name, id=order_id)
        if row is None:
            raise NotFound("order")
        if self._sql.writing:
            self._sql.locked.add(order_id)
        return order_of(row)

    async def open_of_buyer(self, buyer_id: int) -> int:
        count: int = await self._sql.value("open_of_buyer", buyer_id=buyer_id)
        return count

    async def unpaid_of_buyer(self, buyer_id: int, gig_version_id: int) -> int | None:
        found: int | None = await self._sql.value(
            "unpaid_of_buyer", buyer_id=buyer_id, gig_version_id=gig_version_id
        )
        return found

    async def cleared_of_seller(self, seller_id: int) -> int:
        count: int = await self._sql.value("cleared_of_seller", seller_id=seller_id)
        return count

    async def due(self, now_ms: int, *, limit: int) -> tuple[int, ...]:
        rows = await self._sql.rows("orders_due", now_ms=now_ms, row_limit=limit)
        return tuple(row["id"] for row in rows)

    async def to_nudge(self, now_ms: int, *, limit: int) -> tuple[int, ...]:
        rows = await self._sql.rows("orders_to_nudge", now_ms=now_ms, row_limit=limit)
        return tuple(row["id"] for row in rows)

    async def shift_clocks(self, by_ms: int) -> int:
        return len(await self._sql.rows("shift_clocks", by_ms=by_ms))

    async def history(self, order_id: int) -> tuple[OrderEvent, ...]:
        rows = await self._sql.rows("order_history", order_id=order_id)
        return tuple(event_of(row) for row in rows)

    async def board(
        self, person_id: int, *, finished: bool, offset: int, limit: int, now_ms: int
    ) -> tuple[BoardLine, ...]:
        name = "board_finished" if finished else "board_open"
        rows = await self._sql.rows(name, person_id=person_id, row_limit=limit, row_offset=offset)
        return tuple(_board_line(row, person_id, now_ms) for row in rows)

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
        return Answer(words, _files(rows))

    async def add_delivery(
        self, order_id: int, *, text: str, files: tuple[FileRef, ...], now_ms: int
    ) -> Delivery:
        row = await self._sql.one("delivery_add", order_id=order_id, words=text, at_ms=now_ms)
        assert row is not None, "an insert answers its row"
        await self._sql.many("delivery_file_add", numbered(row["id"], files))
        return Delivery(row["id"], row["number"], text, files, now_ms)

    async def deliveries(self, order_id: int) -> tuple[Delivery, ...]:
        rows = await self._sql.rows("deliveries", order_id=order_id)
        groups = (list(group) for _, group in groupby(rows, key=lambda row: row["id"]))
        return tuple(_delivery(group) for group in groups)


def _created(order: Order) -> OrderEvent:
    """Row 1 of the table: the draft itself."""
    return OrderEvent(
        order_id=order.id,
        version=order.version,
        event=Event.CREATE,
        src=State.DRAFT,
        dst=State.DRAFT,
        role=Role.BUYER,
        person_id=order.buyer_id,
        at_ms=order.created_ms,
        note="",
    )


def _board_line(row: Row, person_id: int, now_ms: int) -> BoardLine:
    state, due_at_ms = State(row["state"]), row["due_at_ms"]
    return BoardLine(
        order_id=row["id"],
        title=row["title"],
        role=Role.BUYER if row["buyer_id"] == person_id else Role.SELLER,
        state=state,
        price=Money(row["price_minor"], Currency(row["currency"])),
        until_ms=row["until_ms"],
        is_late=state in _WORKING and due_at_ms is not None and now_ms > due_at_ms,
        waits_for_me=bool(row["waits"]),
    )


def _files(rows: list[Row]) -> tuple[FileRef, ...]:
    return tuple(file for row in rows if (file := file_of(row)) is not None)


def _delivery(rows: list[Row]) -> Delivery:
    first = rows[0]
    return Delivery(first["id"], first["number"], first["words"], _files(rows), first["at_ms"])
