"""Runs the sweeps by the clock; APScheduler only ticks, and is imported nowhere else."""

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.sweeps import Sweep

Record = Callable[[str, Callable[[], Awaitable[object]], int], Awaitable[object]]
log = logging.getLogger(__name__)


class Runner:
    """`record` writes down when a sweep ran and how it ended; `stir` asks for a drain now.

    While `in_charge` says no, another process with this database does the work.
    """

    def __init__(
        self,
        table: tuple[Sweep, ...],
        *,
        record: Record,
        stir: asyncio.Event,
        in_charge: Callable[[], Awaitable[bool]],
    ) -> None:
        self._table = {sweep.name: sweep for sweep in table}
        self._record = record
        self._stir = stir
        self._in_charge = in_charge
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._stirred: asyncio.Task[None] | None = None
        self._kept: dict[str, float] = {}

    def start(self) -> None:
        """From now on; everything runs once at the start, since time may have been missed."""
        for sweep in self._table.values():
            self._scheduler.add_job(
                self._tick,
                "interval",
                args=[sweep.name],
                id=sweep.name,
                seconds=sweep.every_ms / 1_000,
                next_run_time=datetime.now(UTC),
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
        self._scheduler.start()
        if "drain" in self._table:
            self._stirred = asyncio.create_task(self._drain_when_stirred())

    async def stop(self, within_s: float) -> None:
        """No new runs; those under way may end. What does not end in time is found again."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        if self._stirred is not None:
            self._stirred.cancel()
        running = set(self._running.values())
        if not running:
            return
        _, late = await asyncio.wait(running, timeout=within_s)
        for one in late:
            one.cancel()

    async def run(self, name: str) -> None:
        """Run one sweep now, unless it is running; its failure is told and stops nothing."""
        running = self._running.get(name)
        if running is not None and not running.done():
            return
        self._running[name] = asyncio.create_task(self._guarded(self._table[name]))
        await asyncio.wait({self._running[name]})

    async def _tick(self, name: str) -> None:
        with suppress(asyncio.CancelledError):  # whoever waits for it is let go when all ends
            await self.run(name)

    async def _is_ours(self) -> bool:
        try:
            return await self._in_charge()
        except Exception as fault:  # noqa: BLE001 - nobody knows who is in charge; the inbox tells
            log.debug("charge unknown: %r", fault)
            return False

    async def _guarded(self, sweep: Sweep) -> None:
        if not await self._is_ours():
            return
        try:
            if self._is_time_to_keep(sweep):
                await self._record(sweep.name, sweep.work, sweep.every_ms)
            else:
                await self._unkept(sweep)
        except Exception:
            self._kept.pop(sweep.name, None)
            log.exception("sweep %s failed; it runs again", sweep.name)

    async def _unkept(self, sweep: Sweep) -> None:
        try:
            await sweep.work()
        except Exception as failure:  # noqa: BLE001 - whatever it was, it is written down
            await self._record(sweep.name, partial(_again, failure), sweep.every_ms)

    def _is_time_to_keep(self, sweep: Sweep) -> bool:
        now_s = time.monotonic()
        if now_s - self._kept.get(sweep.name, -math.inf) < sweep.kept_every_ms / 1_000:
            return False
        self._kept[sweep.name] = now_s
        return True

    async def _drain_when_stirred(self) -> None:
        while True:
            await self._stir.wait()
            self._stir.clear()
            running = self._running.get("drain")
            if running is not None and not running.done():
                await asyncio.wait({running})
            await self.run("drain")


async def _again(failure: Exception) -> object:
    """The same failure once more, for the record."""
    raise failure
