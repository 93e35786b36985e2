"""The work board of one person: what goes on, what is over, and the deadlines of a week."""

from zoneinfo import ZoneInfo

from market.board import BoardFilter, in_order, shown
from market.calendar import Week, week_of, week_span
from market.policy import Policy
from market.read import Board
from services.ports import Clock, Storage, UnitOfWork

BOARD_LINES = 8
OPEN_MOST = 500


class Boards:
    """A part of `OrderService`."""

    _storage: Storage
    _clock: Clock
    _policy: Policy

    async def board(
        self,
        person_id: int,
        *,
        page: int,
        finished: bool = False,
        which: BoardFilter = BoardFilter.ALL,
    ) -> Board:
        """A page of what goes on and passes the filter, or of all that is over, newest first."""
        async with self._storage.read() as uow:
            if finished:
                return await self._finished(uow, person_id, page)
            lines = await uow.orders.board(
                person_id, finished=False, offset=0, limit=OPEN_MOST, now_ms=self._clock.now_ms()
            )
        mine, start = shown(in_order(lines), which), page * BOARD_LINES
        end = start + BOARD_LINES
        return Board(mine[start:end], page, has_more=len(mine) > end)

    async def _finished(self, uow: UnitOfWork, person_id: int, page: int) -> Board:
        lines = await uow.orders.board(
            person_id,
            finished=True,
            offset=page * BOARD_LINES,
            limit=BOARD_LINES + 1,
            now_ms=self._clock.now_ms(),
        )
        return Board(lines[:BOARD_LINES], page, has_more=len(lines) > BOARD_LINES)

    async def week(self, person_id: int, *, weeks_on: int = 0) -> Week:
        """The deadlines of a week in the person's zone, so many weeks after the present one."""
        now_ms = self._clock.now_ms()
        async with self._storage.read() as uow:
            zone = ZoneInfo((await uow.people.get(person_id)).zone)
            from_ms, until_ms = week_span(now_ms, zone, weeks_on=weeks_on)
            lines = await uow.orders.deadlines(
                person_id, from_ms=from_ms, until_ms=until_ms, now_ms=now_ms
            )
        return week_of(lines, now_ms=now_ms, zone=zone, weeks_on=weeks_on)
