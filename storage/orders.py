"""Orders and their clocks. Their states are written by storage.recording only."""

from dataclasses import replace

from market.change import OrderEvent
from market.contract import Order
from market.errors import NotFound
from market.states import Event, Role, State
from storage.boards import Boards
from storage.disputes import Disputes
from storage.handing import Handing
from storage.order_rows import draft_columns, event_columns, event_of, order_of
from storage.queries import Sql


class Orders(Boards, Disputes, Handing):
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
            amount_minor=order.terms.price.minor + order.terms.seller_coupon_minor,
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

    async def placed_since(self, buyer_id: int, from_ms: int) -> int:
        return int(await self._sql.value("placed_since", buyer_id=buyer_id, from_ms=from_ms))

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

    async def parties_at_work(self) -> tuple[int, ...]:
        rows = await self._sql.rows("orders_parties_at_work")
        return tuple(row["person_id"] for row in rows)

    async def to_nudge(self, now_ms: int, *, limit: int) -> tuple[int, ...]:
        rows = await self._sql.rows("orders_to_nudge", now_ms=now_ms, row_limit=limit)
        return tuple(row["id"] for row in rows)

    async def shift_clocks(self, by_ms: int) -> int:
        return len(await self._sql.rows("shift_clocks", by_ms=by_ms))

    async def history(self, order_id: int) -> tuple[OrderEvent, ...]:
        rows = await self._sql.rows("order_history", order_id=order_id)
        return tuple(event_of(row) for row in rows)


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
