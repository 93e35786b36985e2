"""What stops all money that leaves: a wrong ledger, an operator's /freeze, a restored backup.

The flags are read by whoever sends money; reading and incoming money go on.
"""

from market.deadlines import SECOND_MS, Windows
from market.errors import NotReconciled, OutgoingStopped
from market.house_errors import BooksWrong
from market.policy import Policy
from market.trust import Stops
from services.alarms import Alarm, raise_alarm
from services.attempts import retried
from services.audits import AUDIT, audited
from services.operators import Operating, operator
from services.ports import Clock, Storage, UnitOfWork
from services.readings import unread
from services.rows import Command

FROZEN, SAFE, UNAUDITED = "frozen", "safe", "unaudited"
BY_AUDIT, BY_OPERATOR = "audit", "operator"
MOST = 50


class Freezing:
    """A part of `HouseService`: stop at once, go on after somebody looked."""

    _storage: Storage
    _clock: Clock
    _policy: Policy
    _operating: Operating

    @retried
    async def freeze(self, command: Command, *, reason: str = "") -> None:
        """No money leaves from now on, refunds included; raises NotAnOperator."""
        async with self._storage.begin() as uow:
            if await self._operating.is_first(uow, command, act="freeze", detail=reason):
                if await uow.upkeep.flag(FROZEN) != BY_AUDIT:
                    await self._set(uow, FROZEN, BY_OPERATOR)
                await self._tell(uow, "frozen", command, reason)

    @retried
    async def thaw(self, command: Command) -> None:
        """Let money leave again after somebody looked.

        Raises NotAnOperator; BooksWrong for who is no owner, as long as the audit finds errors.
        """
        async with self._storage.begin() as uow:
            if await self._operating.is_first(uow, command, act="thaw", detail=""):
                person = await uow.people.get(command.person_id)
                is_owner = person.telegram_id in self._policy.owner_ids
                if not is_owner and await _is_wrong(uow):
                    raise BooksWrong
                await self._set(uow, FROZEN, "")
                await self._tell(uow, "thawed", command, "")

    async def stops(self, person_id: int) -> Stops:
        """What stops money now and what would leave first; raises NotAnOperator."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            return Stops(
                frozen_by=await uow.upkeep.flag(FROZEN) or "",
                safe_since_ms=await safe_since(uow),
                unread=await self._unread(uow),
                outgoing=await uow.books.outgoing(limit=MOST),
                is_wrong=await _is_wrong(uow),
            )

    @retried
    async def leave_safe_mode(self, command: Command) -> None:
        """An owner has read the list of what will leave; raises NotAnOwner, NotReconciled.

        Before that every provider with a list must have been asked what has left already.
        """
        async with self._storage.begin() as uow:
            if not await self._operating.is_owners_first(
                uow, command, act="leave_safe_mode", detail=""
            ):
                return
            if await self._unread(uow):
                raise NotReconciled
            await self._set(uow, SAFE, "")
            await self._tell(uow, "safe_mode_left", command, "")

    async def _unread(self, uow: UnitOfWork) -> tuple[str, ...]:
        from_ms = await safe_since(uow)
        return () if from_ms is None else await unread(uow, self._policy, from_ms=from_ms)

    async def _set(self, uow: UnitOfWork, flag: str, value: str) -> None:
        await uow.upkeep.set_flag(flag, value, now_ms=self._clock.now_ms())

    async def _tell(self, uow: UnitOfWork, what: str, command: Command, detail: str) -> None:
        name = (await uow.people.contact(command.person_id)).name
        alarm = Alarm(what=what, about=name, detail=detail, once=command.key)
        await raise_alarm(uow, self._policy, alarm, now_ms=self._clock.now_ms())


async def _is_wrong(uow: UnitOfWork) -> bool:
    _, findings = audited(await uow.upkeep.flag(AUDIT))
    return bool(findings)


async def is_frozen(uow: UnitOfWork) -> bool:
    """No money leaves: frozen, or in safe mode."""
    return bool(await uow.upkeep.flag(FROZEN)) or bool(await uow.upkeep.flag(SAFE))


async def is_stopped(uow: UnitOfWork) -> bool:
    """No money leaves now: frozen, in safe mode, or the books were not looked at since the start.

    The last ends by itself within seconds; people are not told of it.
    """
    return await is_frozen(uow) or bool(await uow.upkeep.flag(UNAUDITED))


async def hold_ms(uow: UnitOfWork, windows: Windows) -> int:
    """After which time a sending asks again; 0 when it may go."""
    if await is_frozen(uow):
        return windows.outbox_retry_ms[0]
    return SECOND_MS if await is_stopped(uow) else 0


async def must_flow(uow: UnitOfWork) -> None:
    """Raise OutgoingStopped while no money may leave."""
    if await is_stopped(uow):
        raise OutgoingStopped


async def may_be_told(uow: UnitOfWork) -> None:
    """Something was sent by hand: raise OutgoingStopped while nothing may be.

    In safe mode it is asked for: what was sent after the backup was taken has left already.
    """
    if await safe_since(uow) is None:
        await must_flow(uow)


async def begin_safe_mode(uow: UnitOfWork, *, now_ms: int) -> None:
    """After a restore: what the backup does not know of may have left since."""
    await uow.upkeep.set_flag(SAFE, str(now_ms), now_ms=now_ms)


async def safe_since(uow: UnitOfWork) -> int | None:
    """When safe mode began; None outside of it."""
    value = await uow.upkeep.flag(SAFE)
    return int(value) if value else None
