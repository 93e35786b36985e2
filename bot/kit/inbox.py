"""Updates on their way in: fetched, stored before they are confirmed, then handed to the lanes.

What is stored is never thrown away: of somebody who floods only the first few updates wait in
memory, the others wait in the database until his lane has room.
"""

import asyncio
import json
from collections import Counter, deque
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import replace
from typing import Any

import structlog
from telegram import Update
from telegram.error import Conflict, RetryAfter, TelegramError

from bot.kit.client import Client
from bot.kit.lanes import HELD, Dispatch, LaneProcessor, lane_key
from bot.kit.throttle import wait_s
from bot.kit.witness import Witness
from services.intake import Intake
from services.rows import InboxRow

WAITING_MAX = 1_000
LANE_MAX = 32
PAGE = 100
FAULT_WAITS_S = (1.0, 2.0, 5.0, 10.0, 30.0)
CONFLICT_WAIT_S = 5.0
STANDBY_S = 2.0
STRAYS_S = (2.0, 10.0, 60.0)
HOPELESS = 1_000
log = structlog.get_logger(__name__)
LaneKey = tuple[str, int] | None
Raw = Mapping[str, Any]


class Inbox:
    """The long-polling loop and what is in hand. One process at a time is in charge of it."""

    def __init__(
        self,
        bot: Client,
        *,
        intake: Intake,
        lanes: LaneProcessor,
        dispatch: Dispatch,
        witness: Witness,
    ) -> None:
        self._bot = bot
        self._witness = witness
        self._intake = intake
        self._lanes = lanes
        self._dispatch = dispatch
        self._offset: int | None = None
        self._last_id = 0
        self._faults = 0
        self._has_charge: bool | None = None
        self._in_hand: Counter[LaneKey] = Counter()
        self._known: set[int] = set()
        self._hurried: set[int] = set()
        self._spilled: dict[LaneKey, deque[int]] = {}
        self._working: set[asyncio.Task[None]] = set()
        self._taking = asyncio.Lock()
        self._behind = asyncio.Event()
        self._room = asyncio.Event()
        self._room.set()

    async def run(self) -> None:
        """Take up what a former run left, and fetch for ever; ends by cancellation."""
        beside = [asyncio.create_task(self._catch_up()), asyncio.create_task(self._watch_strays())]
        try:
            while True:
                await self.stand_by()
                await self._round()
        finally:
            for one in beside:
                one.cancel()

    async def stand_by(self) -> None:
        """Wait until this process is in charge: until then it writes nothing."""
        while not await self._is_in_charge():  # noqa: ASYNC110 - asked of the database
            await asyncio.sleep(STANDBY_S)

    async def finish(self, within_s: float) -> None:
        """Let what is in hand end; what does not end in time is in the inbox."""
        if not self._working:
            return
        _, late = await asyncio.wait(set(self._working), timeout=within_s)
        for one in late:
            one.cancel()
        if late:
            await asyncio.wait(late, timeout=1)

    async def _is_in_charge(self) -> bool:
        """Another process with this database may handle the updates; then this one stands by."""
        try:
            has_charge = await self._intake.in_charge()
        except Exception as fault:  # noqa: BLE001 - out of reach; whoever has it, we do not know
            log.warning("charge_unknown", reason=repr(fault))
            has_charge = False
        if has_charge and not self._has_charge:
            self._behind.set()
        elif not has_charge and self._has_charge is not False:
            log.warning("standing_by")
        self._has_charge = has_charge
        return has_charge

    async def _round(self) -> None:
        """One fetch. Nothing is confirmed before it is stored: the offset moves afterwards.

        An empty answer has confirmed everything before the offset. The next fetch names none:
        after a quiet week Telegram's ids go on anywhere, also below it.
        """
        try:
            updates = await self._witness.hears(self._bot.raw_updates(self._offset))
            self._hurry(updates)
            if updates:
                await self._intake.store(updates, bot_id=self._bot.id)
            self._offset = int(updates[-1]["update_id"]) + 1 if updates else None
            if updates:
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

    def _hurry(self, raws: Sequence[Raw]) -> None:
        """Checkouts wait for nothing, not even for the disk: a lost one costs nobody anything."""
        for raw in raws:
            number = int(raw["update_id"])
            if "pre_checkout_query" not in raw or number in self._hurried:
                continue
            update = self._read(raw)
            if update is not None:
                self._hurried.add(number)
                self._begin(self._lanes.process_update(update, self._dispatch(update)))

    async def _take_new(self) -> None:
        """Take what is stored in hand, as long as there is room."""
        async with self._taking:
            while self._room.is_set():
                rows = await self._intake.pending(after_id=self._last_id, limit=PAGE)
                if not rows:
                    return
                for row in rows:
                    self._last_id = row.id
                    self._admit(row)
        self._behind.set()

    async def _catch_up(self) -> None:
        """Go on taking when there is room again."""
        while True:
            await self._behind.wait()
            await self._room.wait()
            self._behind.clear()
            try:
                if self._has_charge:
                    await self._take_new()
            except Exception:  # the next look may work
                log.exception("inbox_fault")
                self._behind.set()
                await asyncio.sleep(FAULT_WAITS_S[0])

    async def _watch_strays(self) -> None:
        """Rows whose back-off was running when a former process died become due later."""
        turn = 0
        while True:
            await asyncio.sleep(STRAYS_S[min(turn, len(STRAYS_S) - 1)])
            turn += 1
            try:
                if await self._is_in_charge():
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
            await self._room.wait()

    def _admit(self, row: InboxRow) -> None:
        self._known.add(row.id)
        update = self._read(json.loads(row.raw))
        if update is None:
            self._begin(self._give_up(row))
            return
        key = lane_key(update)
        if key is not None and (key in self._spilled or self._in_hand[key] >= LANE_MAX):
            self._spilled.setdefault(key, deque()).append(row.id)
        else:
            self._start(row, update, key)

    def _read(self, raw: Raw) -> Update | None:
        """The update, None when PTB cannot read it: one such update must not stop all others."""
        try:
            return Update.de_json(dict(raw), self._bot)
        except Exception:
            log.exception("update_unreadable", update_id=raw.get("update_id"))
            return None

    async def _give_up(self, row: InboxRow) -> None:
        """Operators are told. A fact about money stays, for a program that can read it."""
        try:
            hopeless = replace(row, attempts=HOPELESS)
            await self._intake.failed(hopeless, "this update cannot be read", counts=True)
        finally:
            self._known.discard(row.id)

    def _start(self, row: InboxRow, update: Update, key: LaneKey) -> None:
        self._in_hand[key] += 1
        self._begin(self._handle(row, update, key))

    def _begin(self, coroutine: Coroutine[Any, Any, None]) -> None:
        work = asyncio.create_task(coroutine)
        self._working.add(work)
        work.add_done_callback(self._working.discard)
        if len(self._working) >= WAITING_MAX:
            self._room.clear()

    async def _handle(self, row: InboxRow, update: Update, key: LaneKey) -> None:
        HELD.set(row)
        try:
            await self._lanes.process_update(update, self._work_on(row, update))
        finally:
            self._known.discard(row.id)
            self._in_hand[key] -= 1
            if not self._in_hand[key]:
                del self._in_hand[key]
            if len(self._working) <= WAITING_MAX:
                self._room.set()
        while key in self._spilled and self._in_hand[key] <= LANE_MAX // 2:
            await self._unspill(key, self._spilled[key])

    def _work_on(self, row: InboxRow, update: Update) -> Coroutine[Any, Any, None]:
        """A checkout was answered before it was stored; only its row has to end."""
        if row.update_id not in self._hurried:
            return self._dispatch(update)
        self._hurried.discard(row.update_id)
        return asyncio.sleep(0)

    async def _unspill(self, key: LaneKey, waiting: deque[int]) -> None:
        """Bring the next of somebody who floods back from the database, in order."""
        seen_to = waiting[-1]
        try:
            rows = await self._intake.pending(after_id=waiting[0] - 1, limit=PAGE)
        except Exception:  # the next look may work
            log.exception("inbox_fault")
            await asyncio.sleep(FAULT_WAITS_S[0])
            return
        found = {row.id: row for row in rows}
        seen_to = min(seen_to, rows[-1].id) if len(rows) == PAGE else seen_to
        while waiting and waiting[0] <= seen_to and self._in_hand[key] < LANE_MAX:
            self._bring_back(waiting.popleft(), found, key)
        if not waiting and self._spilled.get(key) is waiting:
            del self._spilled[key]

    def _bring_back(self, row_id: int, found: dict[int, InboxRow], key: LaneKey) -> None:
        """A row that is gone was ended by somebody else."""
        row = found.get(row_id)
        update = None if row is None else self._read(json.loads(row.raw))
        if row is None or update is None:
            self._known.discard(row_id)
        else:
            self._start(row, update, key)

    def is_idle(self) -> bool:
        """Nothing is in hand and nothing waits."""
        return not self._working and not self._spilled
