"""Writes handled updates down together: what waits while a commit runs shares the next one."""

import asyncio

from market.errors import Busy
from services.intake import Finished, Intake
from services.rows import InboxRow, SessionRow

TOGETHER_MAX = 200


class Finishing:
    """The lanes' keeper: reads pass through, finishes are grouped."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._queue: list[tuple[Finished, asyncio.Future[None]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def session(self, chat_id: int, telegram_id: int) -> SessionRow | None:
        """The stored session of a person in a chat."""
        return await self._intake.session(chat_id, telegram_id)

    async def finish(self, row: InboxRow, session: SessionRow | None, *, drop: bool) -> None:
        """Returns once the row and its session are committed."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append((Finished(row, session, drop), done))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write())
        await done

    async def failed(self, row: InboxRow, error: str, *, counts: bool) -> bool:
        """Record a failed try; True when the update is given up."""
        return await self._intake.failed(row, error, counts=counts)

    async def _write(self) -> None:
        while self._queue:
            group, self._queue = self._queue[:TOGETHER_MAX], self._queue[TOGETHER_MAX:]
            error = await self._commit([finished for finished, _ in group])
            for finished, done in group:
                # One that cannot be written must not fail the others.
                is_told = error is None or isinstance(error, Busy) or len(group) == 1
                _tell(done, error if is_told else await self._commit([finished]))

    async def _commit(self, group: list[Finished]) -> Exception | None:
        try:
            await self._intake.finish_all(group)
        except Exception as error:  # noqa: BLE001 - each waiting lane is told
            return error
        return None


def _tell(done: asyncio.Future[None], error: Exception | None) -> None:
    if done.done():
        return
    if error is None:
        done.set_result(None)
    else:
        done.set_exception(error)
