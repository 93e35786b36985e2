"""Updates on their way in: fetched, stored before they are confirmed, then handed to the lanes.

What is stored is never thrown away: of somebody who floods only the first few updates wait in
memory, the others wait in the database until his lane has room.
"""

import asyncio
import json
from collections import Counter, deque

import structlog
from telegram import Update
from telegram.error import Conflict, RetryAfter, TelegramError

from bot.kit.client import Client
from bot.kit.lanes import HELD, Dispatch, LaneProcessor, lane_key
from bot.kit.throttle import wait_s
from services.intake import Intake
from services.rows import InboxRow

WAITING_MAX = 1_000
LANE_MAX = 32
PAGE = 100
FAULT_WAITS_S = (1.0, 2.0, 5.0, 10.0, 30.0)
CONFLICT_WAIT_S = 5.0
STRAYS_S = (2.0, 10.0, 60.0)
log = structlog.get_logger(__name__)
LaneKey = tuple[str, int] | None


class Inbox:
    """The long-polling loop and what is in hand."""

    def __init__(
        self, bot: Client, *, intake: Intake, lanes: LaneProcessor, dispatch: Dispatch
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._lanes = lanes
        self._dispatch = dispatch
        self._offset: int | None = None
        self._last_id = 0
        self._faults = 0
        self._in_hand: Counter[LaneKey] = Counter()
        self._known: set[int] = set()
        self._spilled: dict[LaneKey, deque[int]] = {}
        self._working: set[asyncio.Task[None]] = set()
        self._room = asyncio.Event()
        self._room.set()

    async def run(self) -> None:
        """Take up what a former run left, then fetch for ever; ends by cancellation."""
        await self._take_new()
        strays = asyncio.create_task(self._watch_strays())
        try:
            while True:
                await self._room.wait()
                await self._round()
        finally:
            strays.cancel()

    async def finish(self, within_s: float) -> None:
        """Let what is in hand end; what does not end in time is in the inbox."""
        if not self._working:
            return
        _, late = await asyncio.wait(set(self._working), timeout=within_s)
        for one in late:
            one.cancel()
        if late:
            await asyncio.wait(late, timeout=1)

    async def _round(self) -> None:
        """One fetch. Nothing is confirmed before it is stored: the offset moves afterwards."""
        try:
            updates = await self._bot.raw_updates(self._offset)
            if updates:
                await self._intake.store(updates, bot_id=self._bot.id)
                self._offset = int(updates[-1]["update_id"]) + 1
                await self._take_new()
        except Exception as error:  # noqa: BLE001 - whatever it is, the next fetch may work
            await asyncio.sleep(self._fault_wait_s(error))
        else:
            self._faults = 0

    def _fault_wait_s(self, error: Exception) -> float:
        """How long to wait; operators read one line per outage."""
        self._faults += 1
        if self._faults == 1:
            told = "another process fetches this bot's updates; stop one of them"
            log.error(
                "fetching_failed", reason=told if isinstance(error, Conflict) else repr(error)
            )
        match error:
            case Conflict():
                return CONFLICT_WAIT_S
            case RetryAfter():
                return wait_s(error)
            case TelegramError() | _:
                return FAULT_WAITS_S[min(self._faults, len(FAULT_WAITS_S)) - 1]

    async def _take_new(self) -> None:
        while rows := await self._intake.pending(after_id=self._last_id, limit=PAGE):
            for row in rows:
                self._last_id = row.id
                self._admit(row)
            await self._room.wait()

    async def _watch_strays(self) -> None:
        """Rows whose back-off was running when a former process died become due later."""
        turn = 0
        while True:
            await asyncio.sleep(STRAYS_S[min(turn, len(STRAYS_S) - 1)])
            turn += 1
            try:
                await self._take_strays()
            except Exception:  # the next look may work
                log.exception("inbox_fault")

    async def _take_strays(self) -> None:
        after_id = 0
        while rows := await self._intake.pending(after_id=after_id, limit=PAGE):
            for row in rows:
                after_id = row.id
                if row.id <= self._last_id and row.id not in self._known:
                    self._admit(row)

    def _admit(self, row: InboxRow) -> None:
        self._known.add(row.id)
        update = Update.de_json(json.loads(row.raw), self._bot)
        key = lane_key(update)
        if key is not None and (key in self._spilled or self._in_hand[key] >= LANE_MAX):
            self._spilled.setdefault(key, deque()).append(row.id)
        else:
            self._start(row, update, key)

    def _start(self, row: InboxRow, update: Update, key: LaneKey) -> None:
        self._in_hand[key] += 1
        work = asyncio.create_task(self._handle(row, update, key))
        self._working.add(work)
        work.add_done_callback(self._working.discard)
        if len(self._working) >= WAITING_MAX:
            self._room.clear()

    async def _handle(self, row: InboxRow, update: Update, key: LaneKey) -> None:
        HELD.set(row)
        try:
            await self._lanes.process_update(update, self._dispatch(update))
        finally:
            self._known.discard(row.id)
            self._in_hand[key] -= 1
            if not self._in_hand[key]:
                del self._in_hand[key]
            if len(self._working) <= WAITING_MAX:
                self._room.set()
        if key in self._spilled and self._in_hand[key] <= LANE_MAX // 2:
            await self._unspill(key)

    async def _unspill(self, key: LaneKey) -> None:
        """Bring the next of somebody who floods back from the database, in order."""
        waiting = self._spilled[key]
        rows = await self._intake.pending(after_id=waiting[0] - 1, limit=PAGE)
        for row in rows:
            if not waiting or self._in_hand[key] >= LANE_MAX:
                break
            if row.id == waiting[0]:
                waiting.popleft()
                self._start(row, Update.de_json(json.loads(row.raw), self._bot), key)
        if not waiting:
            del self._spilled[key]

    def is_idle(self) -> bool:
        """Nothing is in hand and nothing waits."""
        return not self._working and not self._spilled
