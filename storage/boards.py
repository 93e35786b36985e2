"""The work board: a person's orders as lines, and how they ended."""

from market.board import in_order, moment_ms
from market.desk import OrderTally
from market.read import BoardLine, PartyFigures
from market.waiting import next_steps, until_ms
from storage.order_rows import order_of
from storage.queries import Row, Sql


class Boards:
    """A part of services.repositories.Orders."""

    _sql: Sql

    async def live_of(self, person_id: int) -> tuple[int, ...]:
        rows = await self._sql.rows("orders_live", person_id=person_id)
        return tuple(row["id"] for row in rows)

    async def board(
        self, person_id: int, *, finished: bool, offset: int, limit: int, now_ms: int
    ) -> tuple[BoardLine, ...]:
        if not finished:
            lines = await self._open(person_id, now_ms)
            return in_order(lines)[offset : offset + limit]
        rows = await self._sql.rows(
            "board_finished", person_id=person_id, row_limit=limit, row_offset=offset
        )
        return tuple(_line(row, person_id, now_ms) for row in rows)

    async def deadlines(
        self, person_id: int, *, from_ms: int, until_ms: int, now_ms: int
    ) -> tuple[BoardLine, ...]:
        lines = await self._open(person_id, now_ms)
        in_span = [line for line in lines if from_ms <= moment_ms(line) < until_ms]
        return tuple(sorted(in_span, key=lambda line: (moment_ms(line), line.order_id)))

    async def tally(self, *, from_ms: int, until_ms: int) -> OrderTally:
        row = await self._sql.one("orders_tally", from_ms=from_ms, until_ms=until_ms)
        assert row is not None, "an aggregate has a row"
        return OrderTally(**{name: int(row[name]) for name in OrderTally.__slots__})

    async def figures(self, person_id: int) -> PartyFigures:
        row = await self._sql.one("party_figures", person_id=person_id)
        assert row is not None, "an aggregate has a row"
        return PartyFigures(**{name: int(row[name]) for name in PartyFigures.__slots__})

    async def _open(self, person_id: int, now_ms: int) -> list[BoardLine]:
        rows = await self._sql.rows("board_open", person_id=person_id)
        return [_line(row, person_id, now_ms) for row in rows]


def _line(row: Row, person_id: int, now_ms: int) -> BoardLine:
    order = order_of(row)
    role = order.role_of(person_id)
    return BoardLine(
        order_id=order.id,
        title=row["title"],
        role=role,
        state=order.state,
        price=order.terms.price,
        until_ms=until_ms(order, role),
        is_late=order.is_late(now_ms),
        waits_for_me=role in next_steps(order),
        unread=row["unread"],
        has_request=order.request is not None,
    )
