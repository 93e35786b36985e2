"""Who is answered when: one person's updates in order, different people side by side.

A lane also carries one update to its end: session in, dispatch, session out, tries and back-off
(DESIGN.md decisions 5 and 6). Where updates come from is the inbox's.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import structlog
from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import BaseUpdateProcessor

from bot.kit.sessions import Live, Session, enter, from_row, leave, to_row
from market.errors import Busy
from services.ports import Clock
from services.rows import InboxRow, SessionRow

PARALLEL = 128
DEADLINE_MS = 9_000
HASTE_S = (0.2, 0.5, 1.0, 2.0)
BACKOFF_S = (1.0, 5.0, 15.0, 30.0)
log = structlog.get_logger(__name__)

Dispatch = Callable[[object], Coroutine[Any, Any, None]]
Apologise = Callable[[Update, InboxRow], Awaitable[None]]
Prepare = Callable[[Session, Update], None]


class Keeper(Protocol):
    """Stored sessions and rows (services.intake, with finishes written together)."""

    async def session(self, chat_id: int, telegram_id: int) -> SessionRow | None: ...
    async def finish(self, row: InboxRow, session: SessionRow | None, *, drop: bool) -> None: ...
    async def failed(self, row: InboxRow, error: str, *, counts: bool) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What a lane works with besides the update."""

    keeper: Keeper
    clock: Clock
    dispatch: Dispatch
    prepare: Prepare
    apologise: Apologise
    waits_s: tuple[float, ...] = BACKOFF_S


@dataclass(slots=True)
class _Lane:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


HELD: ContextVar[InboxRow] = ContextVar("held")


class LaneProcessor(BaseUpdateProcessor):
    """PTB's place for deciding about concurrency.

    The outer gate never queues anyone: a slot is taken after the lane, so that those who wait
    hold nothing. Pre-checkout queries have ten seconds and take neither lane nor slot.
    """

    def __init__(self, parallel: int = PARALLEL) -> None:
        super().__init__(2**31 - 1)
        self._slots = asyncio.Semaphore(parallel)
        self._lanes: dict[tuple[str, int], _Lane] = {}
        self._desk: Desk | None = None

    def work_with(self, desk: Desk) -> None:
        """The composition root hands over the desk once the application exists."""
        self._desk = desk

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Updates that still wait are in the inbox."""
        self._lanes.clear()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """PTB's hook around one dispatch."""
        assert isinstance(coroutine, Coroutine), "PTB hands over its coroutine"
        if not isinstance(update, Update):
            await coroutine
            return
        async with self._in_lane(lane_key(update), coroutine):
            await self._carry(update, coroutine)

    @asynccontextmanager
    async def _in_lane(
        self, key: tuple[str, int] | None, coroutine: Coroutine[Any, Any, Any]
    ) -> AsyncIterator[None]:
        if key is None:
            yield
            return
        lane = self._lanes.setdefault(key, _Lane())
        lane.waiting += 1
        try:
            async with lane.lock:
                yield
        finally:
            coroutine.close()  # does nothing to one that has run
            lane.waiting -= 1
            if not lane.waiting:
                self._lanes.pop(key, None)

    async def _carry(self, update: Update, coroutine: Coroutine[Any, Any, Any]) -> None:
        """Try until the update is handled or given up; the lane waits, the slots do not."""
        desk, row = self._desk, HELD.get(None)
        if desk is not None and is_deadline(update):
            await _answer_at_once(desk, update, row, coroutine)
            return
        if desk is None or row is None:
            async with self._slots:
                await coroutine
            return
        carried = _Carried(desk, update, row)
        while not await self._tried(carried, coroutine):
            await asyncio.sleep(carried.wait_s())
            coroutine = desk.dispatch(update)

    async def _tried(self, carried: "_Carried", coroutine: Coroutine[Any, Any, Any]) -> bool:
        async with self._slots:
            return await carried.once(coroutine)


class _Carried:
    """One update on its way, with the tries it has used."""

    def __init__(self, desk: Desk, update: Update, row: InboxRow) -> None:
        self._desk = desk
        self._update = update
        self._row = row
        self._faults = 0

    def wait_s(self) -> float:
        waits = self._desk.waits_s
        return waits[min(self._row.attempts + self._faults, len(waits)) - 1]

    async def once(self, coroutine: Coroutine[Any, Any, Any]) -> bool:
        """One try; True when the update needs no other."""
        failure = await self._attempt(coroutine)
        return failure is None or await self._is_given_up(failure)

    async def _attempt(self, coroutine: Coroutine[Any, Any, Any]) -> BaseException | None:
        """Only what was dispatched without failure is saved; else the copy is thrown away."""
        try:
            before = await self._loaded()
            session = from_row(before, *_place(self._update))
            self._desk.prepare(session, self._update)
            live = Live(session=session, now_ms=self._desk.clock.now_ms())
            failure = await _dispatched(coroutine, live)
            self._row = replace(self._row, is_secret=live.is_secret)
            if failure is None:
                await self._finish(before, session)
        except Exception as error:  # noqa: BLE001 - a lane survives whatever goes wrong
            return error
        else:
            return failure
        finally:
            coroutine.close()

    async def _loaded(self) -> SessionRow | None:
        chat_id, telegram_id = _place(self._update)
        if not chat_id or not telegram_id:
            return None
        return await self._desk.keeper.session(chat_id, telegram_id)

    async def _finish(self, before: SessionRow | None, session: Session) -> None:
        """Nothing is written about a session that did not change."""
        after = to_row(session, self._desk.clock.now_ms())
        was = before or to_row(Session(session.chat_id, session.telegram_id), 0)
        has_changed = replace(was, updated_ms=after.updated_ms) != after
        is_gone = session.is_empty and before is not None
        changed = after if has_changed or is_gone else None
        await self._desk.keeper.finish(self._row, changed, drop=session.is_empty)

    async def _is_given_up(self, failure: BaseException) -> bool:
        """A fault of the whole process uses up no try."""
        counts = not is_fault(failure)
        log.error("update_failed", row=self._row.id, counts=counts, exc_info=failure)
        self._faults += not counts
        is_dead = await self._guarded(
            self._desk.keeper.failed(self._row, repr(failure)[:500], counts=counts)
        )
        self._row = replace(self._row, attempts=self._row.attempts + counts)
        if is_dead:
            await self._guarded(self._desk.apologise(self._update, self._row))
        return bool(is_dead)

    async def _guarded(self, call: Awaitable[Any]) -> object:
        try:
            return await call
        except Exception:  # the row stays in the inbox whatever happens
            log.exception("inbox_fault", row=self._row.id)
            self._faults += 1
            return None


async def _answer_at_once(
    desk: Desk, update: Update, row: InboxRow | None, coroutine: Coroutine[Any, Any, Any]
) -> None:
    """A checkout: no lane, no slot, no session, and perhaps not stored yet.

    Trouble on the way is tried again while Telegram waits; then it is let go.
    """
    since_ms = desk.clock.now_ms() if row is None else row.received_ms
    for wait_s in HASTE_S:
        if desk.clock.now_ms() - since_ms > DEADLINE_MS:
            break
        live = Live(now_ms=desk.clock.now_ms())
        failure = await _dispatched(coroutine, live)
        if failure is None:
            break
        log.error("checkout_failed", exc_info=failure)
        if not is_fault(failure):
            break
        await asyncio.sleep(wait_s)
        coroutine = desk.dispatch(update)
    coroutine.close()
    if row is not None:
        await _end_quietly(desk, row)


async def _end_quietly(desk: Desk, row: InboxRow) -> None:
    try:
        await desk.keeper.finish(row, None, drop=False)
    except Exception:  # it is looked at again, and let go for its age
        log.exception("inbox_fault", row=row.id)


async def _dispatched(coroutine: Coroutine[Any, Any, Any], live: Live) -> BaseException | None:
    token = enter(live)
    try:
        await coroutine
        return live.failure
    finally:
        leave(token)


def lane_key(update: Update) -> tuple[str, int] | None:
    """Whose lane it is; None for a checkout, which waits for nobody."""
    if is_deadline(update):
        return None
    if update.effective_user is not None:
        return ("person", update.effective_user.id)
    return ("chat", update.effective_chat.id if update.effective_chat else 0)


def is_deadline(update: Update) -> bool:
    """Telegram waits ten seconds for the answer."""
    return update.pre_checkout_query is not None


def is_fault(failure: BaseException) -> bool:
    """The network or the database, not this update."""
    if isinstance(failure, BadRequest):
        return False
    return isinstance(failure, NetworkError | RetryAfter | Busy | OSError | asyncio.CancelledError)


def _place(update: Update) -> tuple[int, int]:
    chat, user = update.effective_chat, update.effective_user
    return (chat.id if chat else 0, user.id if user else 0)
