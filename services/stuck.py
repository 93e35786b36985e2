"""What should have moved on long ago, in one list for operators."""

from market.deadlines import DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS
from market.policy import Policy
from market.trust import StuckRow
from services.alarms import Alarm, raise_alarm
from services.attempts import retried
from services.operators import staff_member
from services.ports import Clock, Storage

INBOX_MS, OUTBOX_MS, SENDING_MS, OPEN_MS = (
    60 * SECOND_MS,
    15 * MINUTE_MS,
    10 * MINUTE_MS,
    10 * MINUTE_MS,
)
NEAR_MS = 12 * HOUR_MS
SWEEP_MS, PERIODS = 30 * MINUTE_MS, 3
AGAIN_MS = 6 * HOUR_MS
GONE_MS = 2 * DAY_MS
STUCK = "stuck"
MOST = 30
ON_THEIR_WAY = frozenset({"inbox", "outbox", "sweeps"})


class StuckList:
    """Told when it changes, and again after six hours as long as it is not empty."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._has_looked = False

    async def look(self) -> dict[str, int]:
        """How many of each kind, by its name in the list."""
        async with self._storage.read() as uow:
            return await uow.books.stuck(**self._limits())

    async def rows(self, person_id: int) -> tuple[StuckRow, ...]:
        """Which, since when, and why as far as known; raises NotAnOperator."""
        async with self._storage.read() as uow:
            await staff_member(uow, self._policy, person_id)
            return await uow.books.stuck_rows(limit=MOST, **self._limits())

    def _limits(self) -> dict[str, int]:
        now_ms = self._clock.now_ms()
        return {
            "inbox_ms": now_ms - INBOX_MS,
            "outbox_ms": now_ms - OUTBOX_MS,
            "sending_ms": now_ms - SENDING_MS,
            "claim_ms": now_ms - self._policy.windows.claim_review_ms,
            "decide_ms": now_ms + NEAR_MS,
            "feed_ms": now_ms - OPEN_MS,
            "wallet_ms": now_ms - DAY_MS,
            "hand_ms": now_ms - DAY_MS,
            "sweep_ms": now_ms - SWEEP_MS,
            "gone_ms": now_ms - GONE_MS,
            "now_ms": now_ms,
            "periods": PERIODS,
        }

    async def tell(self) -> int:
        """Tell operators what is new in the list; answers how much is in it.

        What waits in a house that has just started is on its way.
        """
        found = await self.look()
        if not self._has_looked:
            found = {name: count for name, count in found.items() if name not in ON_THEIR_WAY}
        self._has_looked = True
        said = " ".join(f"{name}={count}" for name, count in sorted(found.items()))
        await self._tell(said)
        return sum(found.values())

    @retried
    async def _tell(self, said: str) -> None:
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            before, _, told_ms = (await uow.upkeep.flag(STUCK) or "@0").rpartition("@")
            is_same = before == said and now_ms - int(told_ms) < AGAIN_MS
            if is_same or before == said == "":
                return
            await uow.upkeep.set_flag(STUCK, f"{said}@{now_ms}", now_ms=now_ms)
            if said:
                alarm = Alarm(what=STUCK, about="", detail=said, once=f"{said}@{now_ms}")
                await raise_alarm(uow, self._policy, alarm, now_ms=now_ms)
