"""What operators do about gigs and reports."""

from market.errors import AnotherOperator, NotFound, NotYours, WrongState
from market.gig import Gig, GigState, checked
from market.notices import Message, Notice
from market.policy import Policy
from market.reports import ON_GIGS, Report, Subject
from services import announcing
from services.attempts import retried
from services.operators import Operating, has_another, not_own
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command
from services.settling import close, tell_reporter

REPORTS_MOST = 100


class Moderation:
    """A part of `OperatorService`."""

    _storage: Storage
    _clock: Clock
    _policy: Policy
    _operating: Operating

    async def take_down(self, command: Command, gig_id: int, *, reason: str) -> Gig:
        """Off the shelf until an operator restores it; open reports on it are settled.

        Raises NotAnOperator, NotYours (own gig), WrongState, TextTooShort.
        """
        return await self._set(command, gig_id, GigState.TAKEN_DOWN, reason)

    async def restore(self, command: Command, gig_id: int, *, reason: str) -> Gig:
        """Back on the shelf as it is now, after `take_down`."""
        return await self._set(command, gig_id, GigState.ACTIVE, reason)

    @retried
    async def _set(self, command: Command, gig_id: int, state: GigState, reason: str) -> Gig:
        why, now_ms = self._reason(reason), self._clock.now_ms()
        async with self._storage.begin() as uow:
            gig = await uow.gigs.get(gig_id)
            if gig.seller_id == command.person_id:
                raise NotYours("gig")
            detail = f"gig {gig_id}: {why}"
            if await self._operating.is_first(uow, command, act=f"gig_{state}", detail=detail):
                if (gig.state is GigState.TAKEN_DOWN) is (state is GigState.TAKEN_DOWN):
                    raise WrongState("gig", gig.state)
                await uow.gigs.set_state(gig_id, state)
                show = announcing.renew if state is GigState.ACTIVE else announcing.edit
                await show(uow, gig, reason=command.key, now_ms=now_ms)
                await uow.outbox.add(_told(gig, state, why, command.key), now_ms=now_ms)
                await self._settle_all(uow, command, gig_id, why)
            return await uow.gigs.get(gig_id)

    async def _settle_all(self, uow: UnitOfWork, command: Command, gig_id: int, why: str) -> None:
        """The seller, who may have asked for another look, is told of the gig itself."""
        now_ms, me = self._clock.now_ms(), command.person_id
        for report in await uow.reports.open(ON_GIGS, limit=REPORTS_MOST):
            if report.about_id != gig_id:
                continue
            if report.subject is Subject.GIG_AGAIN:
                await close(uow, report, operator_id=me, answer=why, now_ms=now_ms)
            else:
                await self._settle(uow, command, report, why)

    @retried
    async def settle(self, command: Command, report_id: int, *, answer: str) -> None:
        """The operators are done with a report; whoever made it reads the answer.

        Wishes to reopen an order are answered by `DisputeService`. Raises NotAnOperator, NotYours
        or OwnOrder for what concerns the operator himself, AnotherOperator, WrongState.
        """
        words = self._reason(answer)
        async with self._storage.begin() as uow:
            report = await uow.reports.get(report_id)
            if report.subject is Subject.REOPEN:
                raise NotFound("report")
            await self._may_settle(uow, report, command.person_id)
            detail = f"report {report_id}: {words}"
            if await self._operating.is_first(uow, command, act="settle", detail=detail):
                await self._settle(uow, command, report, words)

    async def _settle(self, uow: UnitOfWork, command: Command, report: Report, answer: str) -> None:
        now_ms = self._clock.now_ms()
        await close(uow, report, operator_id=command.person_id, answer=answer, now_ms=now_ms)
        await tell_reporter(uow, report, Notice.REPORT_SETTLED, answer=answer, now_ms=now_ms)

    async def _may_settle(self, uow: UnitOfWork, report: Report, operator_id: int) -> None:
        if operator_id in {report.reporter_id, await _concerned(uow, report)}:
            raise NotYours("report")
        if report.order_id is not None:
            not_own(await uow.orders.get(report.order_id), operator_id)
        if report.subject is Subject.STANDING:
            changes = await uow.reports.standings(report.about_id)
            is_own_doing = changes[0].operator_id == operator_id
            if is_own_doing and await has_another(uow, self._policy):
                raise AnotherOperator

    def _reason(self, text: str) -> str:
        return checked(text, least=1, most=self._policy.limits.reason_max)


async def _concerned(uow: UnitOfWork, report: Report) -> int | None:
    """The person whom a report concerns; a room's are the parties of its order."""
    if report.subject in ON_GIGS:
        return (await uow.gigs.get(report.about_id)).seller_id
    return None if report.subject is Subject.ROOM else report.about_id


def _told(gig: Gig, state: GigState, reason: str, once: str) -> Message:
    return Message(
        notice=Notice.GIG_TAKEN_DOWN,
        key=f"gig:{gig.id}:{state}:{once}",
        person_id=gig.seller_id,
        gig_id=gig.id,
        facts={"gig": gig.id, "title": gig.title, "state": state.value, "reason": reason},
    )
