"""Who may trade: operators pause, ban and free people, with a reason that may be appealed."""

from dataclasses import replace

from market.deadlines import DAY_MS
from market.errors import AskedBefore, NotFound, NotYours, NumberOutOfRange
from market.gig import checked
from market.notices import Message, Notice
from market.people import Standing
from market.policy import Policy
from market.reports import StandingChange, Subject
from services.attempts import retried
from services.operators import Operating
from services.ports import Clock, Storage, UnitOfWork
from services.reporting import filed, new_report
from services.rows import Command

PAUSE_DAYS_MOST = 365
REPORTS_MOST = 100
THE_HOUSE = 0


class Standings:
    """A part of `OperatorService`."""

    _storage: Storage
    _clock: Clock
    _policy: Policy
    _operating: Operating

    async def pause(
        self, command: Command, person_id: int, *, days: int, reason: str
    ) -> StandingChange:
        """No new gigs and orders for so many days; what is under way goes on.

        Raises NotAnOperator, NotYours (oneself), NumberOutOfRange, TextTooShort.
        """
        if not 1 <= days <= PAUSE_DAYS_MOST:
            raise NumberOutOfRange(1, PAUSE_DAYS_MOST)
        until_ms = self._clock.now_ms() + days * DAY_MS
        return await self._change(command, person_id, Standing.PAUSED, (reason, until_ms))

    async def ban(self, command: Command, person_id: int, *, reason: str) -> StandingChange:
        """The same without end."""
        return await self._change(command, person_id, Standing.BANNED, (reason, None))

    async def free(self, command: Command, person_id: int, *, reason: str) -> StandingChange:
        """In good standing again."""
        return await self._change(command, person_id, Standing.GOOD, (reason, None))

    @retried
    async def _change(
        self,
        command: Command,
        person_id: int,
        standing: Standing,
        why: tuple[str, int | None],
    ) -> StandingChange:
        change = StandingChange(
            person_id=person_id,
            standing=standing,
            reason=checked(why[0], least=1, most=self._policy.limits.reason_max),
            until_ms=why[1],
            operator_id=command.person_id,
            at_ms=self._clock.now_ms(),
        )
        if person_id == command.person_id:
            raise NotYours("standing")
        async with self._storage.begin() as uow:
            detail = f"person {person_id}: {change.reason}"
            if await self._operating.is_first(uow, command, act=f"stand_{standing}", detail=detail):
                await changed(uow, change)
        return change

    @retried
    async def appeal_standing(self, command: Command, *, text: str) -> None:
        """Ask for another look at a pause or a ban, once for each.

        Raises NotFound in good standing, AskedBefore.
        """
        words, now_ms = self._appealing(text), self._clock.now_ms()
        async with self._storage.begin() as uow:
            last = await _last(uow, command.person_id)
            if await uow.command(command, name="appeal_standing", now_ms=now_ms) is not None:
                return
            for known in await uow.reports.about(command.person_id, limit=REPORTS_MOST):
                if known.subject is Subject.STANDING and known.at_ms >= last.at_ms:
                    raise AskedBefore
            by = command.person_id
            await filed(
                uow,
                self._policy,
                new_report(Subject.STANDING, by, by=by, words=words, now_ms=now_ms),
            )

    def _appealing(self, text: str) -> str:
        limits = self._policy.limits
        return checked(text, least=limits.statement_least, most=limits.note_max)


async def _last(uow: UnitOfWork, person_id: int) -> StandingChange:
    """What the person's standing rests on; raises NotFound in good standing."""
    person = await uow.people.get(person_id)
    changes = await uow.reports.standings(person_id)
    if person.standing is Standing.GOOD or not changes:
        raise NotFound("standing")
    return changes[0]


async def changed(uow: UnitOfWork, change: StandingChange) -> None:
    """The person stands so from now on, hears why, and it stays on record."""
    person = await uow.people.get(change.person_id)
    await uow.people.save(replace(person, standing=Standing(change.standing)))
    await uow.reports.add_standing(change)
    number = len(await uow.reports.standings(change.person_id))
    message = Message(
        notice=Notice.STANDING_CHANGED,
        key=f"standing:{change.person_id}:{number}",
        person_id=change.person_id,
        facts={
            "standing": change.standing,
            "reason": change.reason,
            "until_ms": change.until_ms,
        },
    )
    await uow.outbox.add(message, now_ms=change.at_ms)


async def pause_over(uow: UnitOfWork, person_id: int, *, now_ms: int) -> None:
    """A pause ends by itself; somebody who was freed or banned meanwhile is left alone."""
    person = await uow.people.get(person_id)
    last = (await uow.reports.standings(person_id))[0]
    is_over = last.until_ms is not None and last.until_ms <= now_ms
    if person.standing is not Standing.PAUSED or not is_over:
        return
    freed = replace(
        last,
        standing=Standing.GOOD,
        reason="",
        until_ms=None,
        operator_id=THE_HOUSE,
        at_ms=now_ms,
    )
    await changed(uow, freed)
