"""getUpdates: a long poll that really waits, and gives way to a newer one."""

import asyncio
from typing import TYPE_CHECKING, Any

from sandbox.rules import Refusal, refuse

if TYPE_CHECKING:
    from sandbox.call import Call
    from sandbox.updates import UpdateQueue

LONGEST_SECONDS = 50


class Poller:
    """At most one poll waits; a second one ends it with 409."""

    def __init__(self, queue: "UpdateQueue") -> None:
        self._queue = queue
        self._current: asyncio.Future[None] | None = None

    async def poll(self, *, limit: int, seconds: float) -> list[dict[str, Any]]:
        self.end(refuse("other_poller"))
        found = self._queue.first(limit)
        if found or seconds <= 0:
            return found
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._current = mine
        try:
            return await self._wait(mine, limit=limit, seconds=seconds)
        finally:
            mine.cancel()
            if self._current is mine:
                self._current = None

    async def _wait(
        self, mine: asyncio.Future[None], *, limit: int, seconds: float
    ) -> list[dict[str, Any]]:
        self._queue.arrived.clear()
        arrival = asyncio.ensure_future(self._queue.arrived.wait())
        try:
            either: set[asyncio.Future[Any]] = {arrival, mine}
            await asyncio.wait(either, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            arrival.cancel()
        if mine.done():
            mine.result()
        return self._queue.first(limit)

    def end(self, reason: Refusal | None = None) -> None:
        """Ends the waiting poll, with a refusal or, at shutdown, with nothing."""
        waiting, self._current = self._current, None
        if waiting is None or waiting.done():
            return
        if reason is None:
            waiting.set_result(None)
        else:
            waiting.set_exception(reason)


async def get_updates(call: "Call") -> list[dict[str, Any]]:
    world = call.world
    if world.webhook.url:
        raise refuse("webhook_active")
    world.updates.subscribe(allowed_updates_of(call))
    world.updates.confirm(call.number("offset"))
    limit = min(max(call.number("limit", default=100), 1), 100)
    seconds = min(max(call.number("timeout"), 0), LONGEST_SECONDS)
    return await world.poller.poll(limit=limit, seconds=seconds)


def allowed_updates_of(call: "Call") -> object:
    """None when it is left out or cannot be read, which changes nothing."""
    return call.decoded("allowed_updates")[0]


METHODS = {"getupdates": get_updates}
