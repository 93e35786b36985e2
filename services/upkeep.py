"""What the house does by itself: deadlines, reminders, tidying, the audit, its own heartbeat."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from market.contract import Order
from market.deadlines import DAY_MS
from market.policy import Policy
from market.read import AuditFinding
from market.reminders import ALARMING
from services import lapsing
from services.alarms import Alarm, raise_alarm, tell_kept
from services.attempts import retried
from services.digests import summarise
from services.freezing import BY_AUDIT, FROZEN, UNAUDITED
from services.house import AUDIT, audit_flag
from services.ports import Clock, Storage, UnitOfWork
from services.recording import record
from services.rows import KeptAlarm
from services.sanity import while_sane
from services.standings import pause_over
from services.stuck import PERIODS, SWEEP_MS

BATCH = 50
SWEEP, CLOCK = "sweep", "clock"
T = TypeVar("T")


class Upkeep:
    """Each method is one sweep: a bounded batch, safe to run again and from two processes."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy

    @while_sane
    async def lapse(self) -> int:
        """Move the orders whose clock has run out; answers how many were looked at."""
        async with self._storage.read() as uow:
            due = await uow.orders.due(self._clock.now_ms(), limit=BATCH)
        return await _each(due, self._lapse)

    @retried
    async def _lapse(self, order_id: int) -> None:
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            order = await uow.orders.get(order_id)
            change = lapsing.lapsed(order, now_ms, self._policy.windows)
            if change is not None:
                await record(uow, self._policy, change, now_ms=now_ms)

    @while_sane
    async def nudge(self) -> int:
        """Queue reminders that are due; answers how many orders were looked at."""
        async with self._storage.read() as uow:
            due = await uow.orders.to_nudge(self._clock.now_ms(), limit=BATCH)
        return await _each(due, self._nudge)

    @retried
    async def _nudge(self, order_id: int) -> None:
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            order = await uow.orders.get(order_id)
            change = lapsing.nudged(order, now_ms, self._policy.windows)
            if change is not None:
                await uow.record(change, now_ms=now_ms)
                await self._alarm_waiting(uow, order, now_ms=now_ms)

    async def _alarm_waiting(self, uow: UnitOfWork, order: Order, *, now_ms: int) -> None:
        """Where operators are waited for they are reminded."""
        what = ALARMING.get(order.state)
        if what is not None:
            once = f"v{order.version}:{order.nudges}"
            alarm = Alarm(what=what, about=str(order.id), once=once)
            await raise_alarm(uow, self._policy, alarm, now_ms=now_ms)

    async def free_paused(self) -> int:
        """End the pauses that are over; answers how many people were looked at."""
        async with self._storage.read() as uow:
            due = await uow.reports.paused_until(self._clock.now_ms(), limit=BATCH)
        return await _each(due, self._free_paused)

    @retried
    async def _free_paused(self, person_id: int) -> None:
        async with self._storage.begin() as uow:
            await pause_over(uow, person_id, now_ms=self._clock.now_ms())

    async def digest(self) -> int:
        """Queue the daily summaries that are due; answers how many people were looked at."""
        async with self._storage.read() as uow:
            due = await uow.people.to_digest(self._clock.now_ms(), limit=BATCH)
        return await _each(due, self._digest)

    @retried
    async def _digest(self, person_id: int) -> None:
        async with self._storage.begin() as uow:
            person = await uow.people.get(person_id)
            await summarise(uow, person, now_ms=self._clock.now_ms())

    @while_sane
    @retried
    async def expire_drafts(self) -> int:
        """Forget sessions that nobody went on with."""
        before_ms = self._clock.now_ms() - self._policy.windows.draft_ms
        async with self._storage.begin() as uow:
            return await uow.inbox.expire_sessions(before_ms)

    @while_sane
    @retried
    async def prune(self) -> int:
        """Forget handled updates after a while, and alarms that nobody came for in half a year."""
        now_ms, windows = self._clock.now_ms(), self._policy.windows
        async with self._storage.begin() as uow:
            await uow.upkeep.drop_alarms(now_ms - windows.texts_keep_ms)
            return await uow.inbox.prune(now_ms - windows.inbox_keep_ms)

    async def audit(self) -> tuple[AuditFinding, ...]:
        """Check the books from scratch; when they are wrong no money leaves until a thaw."""
        findings = await self.look()
        await self._keep_audit(findings)
        return findings

    async def look(self) -> tuple[AuditFinding, ...]:
        """The same, and nothing is written: for whoever looks beside a running house.

        Each rule sees one moment of its own, so that no moment has to be kept for long.
        """
        async with self._storage.read() as uow:
            rules = uow.ledger.rules
        findings: list[AuditFinding] = []
        for rule in rules:
            async with self._storage.read() as uow:
                findings += await uow.ledger.broken(rule)
        return tuple(findings)

    @retried
    async def hold_money(self) -> None:
        """At the start: no money leaves before the next audit has ended."""
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            await uow.upkeep.set_flag(UNAUDITED, str(now_ms), now_ms=now_ms)

    @retried
    async def _keep_audit(self, findings: tuple[AuditFinding, ...]) -> None:
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            await uow.upkeep.set_flag(AUDIT, audit_flag(now_ms, findings), now_ms=now_ms)
            if await uow.upkeep.flag(UNAUDITED):
                await uow.upkeep.set_flag(UNAUDITED, "", now_ms=now_ms)
            if findings and await uow.upkeep.flag(FROZEN) != BY_AUDIT:
                await uow.upkeep.set_flag(FROZEN, BY_AUDIT, now_ms=now_ms)
                await raise_alarm(uow, self._policy, _wrong(findings, now_ms), now_ms=now_ms)

    async def beat(self) -> None:
        """The house is up.

        A moment that cannot be believed is not kept: after a restart nobody would doubt it.
        """
        if self._clock.is_sane():
            await self._beat()

    @retried
    async def _beat(self) -> None:
        async with self._storage.begin() as uow:
            await uow.upkeep.beat(self._clock.now_ms())

    async def tell_kept(self) -> int:
        """Alarms that found nobody go to whoever runs the house and writes first; answers how many.

        They wait in the database meanwhile.
        """
        async with self._storage.read() as uow:
            kept = await uow.upkeep.kept_alarms(limit=BATCH)
        return sum([await self._tell_kept(alarm) for alarm in kept])

    @retried
    async def _tell_kept(self, alarm: KeptAlarm) -> bool:
        async with self._storage.begin() as uow:
            return await tell_kept(uow, self._policy, alarm, now_ms=self._clock.now_ms())

    async def watch_clock(self) -> bool:
        """Say when the clock stops being sane, and when it is right again; answers which."""
        is_sane = self._clock.is_sane()
        async with self._storage.read() as uow:
            is_told = bool(await uow.upkeep.flag(CLOCK))
        if is_sane is is_told:
            await self._tell_clock("" if is_sane else CLOCK)
        return is_sane

    @retried
    async def _tell_clock(self, value: str) -> None:
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            if (await uow.upkeep.flag(CLOCK) or "") == value:
                return
            await uow.upkeep.set_flag(CLOCK, value, now_ms=now_ms)
            alarm = Alarm(what=value or "clock_right", about="", once=str(now_ms))
            await raise_alarm(uow, self._policy, alarm, now_ms=now_ms)

    @retried
    async def mend_outage(self) -> int:
        """Give people back the time during which the house was down; answers how much, in ms.

        Runs at the start, before any sweep.
        """
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            last_ms = await uow.upkeep.heartbeat()
            gap_ms = 0 if last_ms is None else now_ms - last_ms
            await uow.upkeep.beat(now_ms)
            if gap_ms <= self._policy.windows.outage_ms:
                return 0
            await uow.orders.shift_clocks(gap_ms)
            return gap_ms

    async def run(self, name: str, sweep: Callable[[], Awaitable[T]], every_ms: int = 0) -> T:
        """Run a sweep and keep when it ran and how it ended; its failure flies on."""
        await self._started(name, every_ms)
        try:
            answer = await sweep()
        except Exception as failure:
            await self._failed(name, repr(failure))
            raise
        await self._succeeded(name)
        return answer

    @retried
    async def _started(self, name: str, every_ms: int) -> None:
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            await uow.upkeep.sweep_started(name, every_ms=every_ms, now_ms=now_ms)

    @retried
    async def _succeeded(self, name: str) -> None:
        async with self._storage.begin() as uow:
            await uow.upkeep.sweep_succeeded(name, now_ms=self._clock.now_ms())

    @retried
    async def _failed(self, name: str, error: str) -> None:
        """One failure is written down; one that nothing mends is told, and again every day."""
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            open_ms, every_ms = await uow.upkeep.sweep_failed(name, error=error)
            if now_ms - open_ms >= max(SWEEP_MS, PERIODS * every_ms):
                alarm = Alarm(what=SWEEP, about=name, detail=error, once=str(now_ms // DAY_MS))
                await raise_alarm(uow, self._policy, alarm, now_ms=now_ms)


async def _each(ids: tuple[int, ...], do: Callable[[int], Coroutine[Any, Any, None]]) -> int:
    """One after the other; those that failed are raised together after all had their turn."""
    failures: list[Exception] = []
    for one in ids:
        ended = await asyncio.gather(do(one), return_exceptions=True)
        failures += [failure for failure in ended if isinstance(failure, Exception)]
    if failures:
        raise ExceptionGroup("left as they were", failures)
    return len(ids)


def _wrong(findings: tuple[AuditFinding, ...], now_ms: int) -> Alarm:
    first = findings[0]
    return Alarm(
        what="audit",
        about=first.rule,
        detail=f"{first.detail} ({len(findings)})",
        once=str(now_ms),
    )
