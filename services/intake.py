"""Updates on their way in: stored, handled, finished together with their session, or given up."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from market.policy import Policy
from services.alarms import Alarm, raise_alarm
from services.attempts import retried
from services.ports import Clock, Storage, UnitOfWork
from services.rows import InboxRow, SessionRow

_HALVES = re.compile("[\ud800-\udfff]")
FACTS = ("successful_payment", "refunded_payment")


@dataclass(frozen=True, slots=True)
class Finished:
    """A handled row and what becomes of its session (None: it did not change)."""

    row: InboxRow
    session: SessionRow | None
    drop: bool


class Intake:
    """The inbox and the sessions that its rows move on."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy

    async def in_charge(self) -> bool:
        """Whether we handle the updates; False while another process with this database does."""
        return await self._storage.in_charge()

    @retried
    async def store(self, updates: Sequence[Mapping[str, Any]], *, bot_id: int) -> None:
        """Keep updates as they came; only then may they be confirmed to Telegram."""
        rows = tuple((int(raw["update_id"]), _text(raw)) for raw in updates)
        async with self._storage.begin() as uow:
            await uow.inbox.store(rows, bot_id=bot_id, now_ms=self._clock.now_ms())

    async def pending(self, *, after_id: int, limit: int) -> tuple[InboxRow, ...]:
        """Rows to handle now, in the order in which they came."""
        async with self._storage.read() as uow:
            return await uow.inbox.pending(
                after_id=after_id, now_ms=self._clock.now_ms(), limit=limit
            )

    @retried
    async def finish(self, row: InboxRow, session: SessionRow | None, *, drop: bool) -> None:
        """The row is handled; its session is saved (or dropped) in the same transaction."""
        async with self._storage.begin() as uow:
            await self._finish(uow, Finished(row, session, drop))

    @retried
    async def finish_all(self, finished: Sequence[Finished]) -> None:
        """The same for several rows in one transaction: one commit carries them all."""
        async with self._storage.begin() as uow:
            for one in finished:
                await self._finish(uow, one)

    async def _finish(self, uow: UnitOfWork, one: Finished) -> None:
        session = one.session
        if session is not None and one.drop:
            await uow.inbox.drop_session(session.chat_id, session.telegram_id)
        elif session is not None:
            await uow.inbox.save_session(session)
        await uow.inbox.done(one.row.id, now_ms=self._clock.now_ms())
        if one.row.is_secret:
            await uow.inbox.blot(one.row.id)

    @retried
    async def failed(self, row: InboxRow, error: str, *, counts: bool) -> bool:
        """Try later, or give up after the last try (True). Facts about money are never given up."""
        now_ms, waits = self._clock.now_ms(), self._policy.windows.inbox_retry_ms
        tries = row.attempts + counts
        is_used_up = counts and tries > len(waits)
        is_dead = is_used_up and not is_fact(row)
        async with self._storage.begin() as uow:
            if is_used_up:
                what = "dead_update" if is_dead else "stuck_payment"
                bad = Alarm(what=what, about=str(row.id), detail=error)
                await raise_alarm(uow, self._policy, bad, now_ms=now_ms)
            if is_dead:
                await uow.inbox.dead(row.id, error=error, now_ms=now_ms)
                if row.is_secret:
                    await uow.inbox.blot(row.id)
            else:
                at_ms = now_ms + waits[min(max(tries, 1), len(waits)) - 1]
                await uow.inbox.again(row.id, at_ms=at_ms, error=error, counts=counts)
        return is_dead

    async def session(self, chat_id: int, telegram_id: int) -> SessionRow | None:
        async with self._storage.read() as uow:
            return await uow.inbox.session(chat_id, telegram_id)


def is_fact(row: InboxRow) -> bool:
    """The update reports money that moved."""
    message = json.loads(row.raw).get("message") or {}
    return any(fact in message for fact in FACTS)


def _text(raw: Mapping[str, Any]) -> str:
    """As it came. Half an emoji cannot be stored as text, so that update is written in ASCII."""
    text = json.dumps(raw, ensure_ascii=False, separators=(",", ":"))
    return json.dumps(raw) if _HALVES.search(text) else text
