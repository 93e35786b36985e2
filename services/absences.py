"""Declared absences: their limits, and what they do to orders that are under way."""

from market.absence import Absence, stopped
from market.deadlines import DAY_MS
from market.errors import AbsenceUnfit, NotFound
from market.notices import Message, Notice
from market.policy import Policy
from services import cards
from services.attempts import retried
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command

YEAR_MS = 365 * DAY_MS


class AbsenceService:
    """Going away and coming back."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy

    @retried
    async def declare(self, command: Command, *, from_ms: int, until_ms: int) -> Absence:
        """Be away: clocks that wait for the person stand still, the other sides hear of it.

        Raises AbsenceUnfit.
        """
        now_ms = self._clock.now_ms()
        wanted = Absence(
            id=0,
            person_id=command.person_id,
            from_ms=max(from_ms, now_ms),
            until_ms=until_ms,
            declared_ms=now_ms,
        )
        async with self._storage.begin() as uow:
            before = await uow.command(command, name="away", now_ms=now_ms)
            if before is not None:
                return await _of(uow, command.person_id, int(before))
            await self._fits(uow, wanted)
            absence = await uow.absences.add(wanted)
            await uow.result(command, str(absence.id))
            await self._stop_clocks(uow, absence)
            return absence

    async def _fits(self, uow: UnitOfWork, wanted: Absence) -> None:
        policy, long_ms = self._policy, wanted.until_ms - wanted.from_ms
        if long_ms <= 0:
            raise AbsenceUnfit("past", 0)
        if long_ms > policy.absence_days * DAY_MS:
            raise AbsenceUnfit("long", policy.absence_days)
        if wanted.from_ms > wanted.declared_ms + policy.absence_ahead_days * DAY_MS:
            raise AbsenceUnfit("far", policy.absence_ahead_days)
        others = await uow.absences.of(wanted.person_id, after_ms=wanted.from_ms - YEAR_MS)
        if any(one.from_ms < wanted.until_ms and wanted.from_ms < one.until_ms for one in others):
            raise AbsenceUnfit("overlaps", 0)
        if long_ms + sum(_within_year(one, wanted) for one in others) > _year_ms(policy):
            raise AbsenceUnfit("year", policy.absence_year_days)

    async def _stop_clocks(self, uow: UnitOfWork, absence: Absence) -> None:
        """Orders are taken by their ids, so that two who go away at once do not deadlock."""
        now_ms, windows = self._clock.now_ms(), self._policy.windows
        for order_id in sorted(await uow.orders.live_of(absence.person_id)):
            order = await uow.orders.get(order_id)
            change = stopped(order, absence, now_ms=now_ms, windows=windows)
            if change is not None:
                await uow.record(change, now_ms=now_ms)
            other_id = order.party(cards.party(order, absence.person_id).other)
            if order.state.is_funded:
                await uow.outbox.add(_away(absence, order_id, other_id), now_ms=now_ms)

    @retried
    async def end(self, command: Command, absence_id: int) -> tuple[Absence, ...]:
        """Be back earlier, or do not go; what the absence gave orders stays given."""
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            if await uow.command(command, name="back", now_ms=now_ms) is None:
                absence = await _of(uow, command.person_id, absence_id)
                await uow.absences.end(absence.id, at_ms=now_ms)
            return await uow.absences.of(command.person_id, after_ms=now_ms)

    async def of(self, person_id: int) -> tuple[Absence, ...]:
        """The present absence and those to come."""
        async with self._storage.read() as uow:
            return await uow.absences.of(person_id, after_ms=self._clock.now_ms())


async def _of(uow: UnitOfWork, person_id: int, absence_id: int) -> Absence:
    for absence in await uow.absences.of(person_id, after_ms=0):
        if absence.id == absence_id:
            return absence
    raise NotFound("absence")


def _within_year(one: Absence, wanted: Absence) -> int:
    """How long it was, of the year before the wanted one and of all that comes."""
    return one.until_ms - max(one.from_ms, wanted.from_ms - YEAR_MS)


def _year_ms(policy: Policy) -> int:
    return policy.absence_year_days * DAY_MS


def _away(absence: Absence, order_id: int, other_id: int) -> Message:
    return Message(
        notice=Notice.AWAY,
        key=f"absence:{absence.id}:{order_id}",
        person_id=other_id,
        order_id=order_id,
        facts={"from_ms": absence.from_ms, "until_ms": absence.until_ms},
        silent=True,
        fold=f"absence:{absence.id}",
    )
