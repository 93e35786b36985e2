"""What people bring before the operators: gigs, persons, reviews and rooms that break the rules."""

from dataclasses import replace

from market.errors import NotFound
from market.gig import checked
from market.policy import Policy
from market.reports import Report, Subject
from services import cards
from services.alarms import Alarm, raise_alarm
from services.attempts import retried
from services.ports import Clock, Storage, UnitOfWork
from services.reviews import is_public
from services.rows import Command


class ReportService:
    """Reporting; what operators do with reports is in `desk`."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy

    async def gig(self, command: Command, gig_id: int, *, words: str) -> bool:
        """Report a gig; False when this person's report on it is still open."""
        return await self._report(command, Subject.GIG, gig_id, None, words)

    async def person(self, command: Command, person_id: int, *, words: str) -> bool:
        """Report somebody; nobody reports himself (NotFound)."""
        return await self._report(command, Subject.PERSON, person_id, None, words)

    async def room(self, command: Command, order_id: int, *, words: str) -> bool:
        """A party reports what the other one writes."""
        return await self._report(command, Subject.ROOM, order_id, order_id, words)

    async def review(self, command: Command, order_id: int, author_id: int, *, words: str) -> bool:
        """Report a public review."""
        return await self._report(command, Subject.REVIEW, author_id, order_id, words)

    @retried
    async def _report(
        self, command: Command, subject: Subject, about_id: int, order_id: int | None, words: str
    ) -> bool:
        said, now_ms = checked(words, least=1, most=self._policy.limits.note_max), self._now()
        bare = new_report(subject, about_id, by=command.person_id, words=said, now_ms=now_ms)
        wanted = replace(bare, order_id=order_id)
        async with self._storage.begin() as uow:
            await _exists(uow, wanted)
            if await uow.command(command, name="report", now_ms=now_ms) is not None:
                return True
            return await filed(uow, self._policy, wanted) is not None

    def _now(self) -> int:
        return self._clock.now_ms()


async def _exists(uow: UnitOfWork, wanted: Report) -> None:
    match wanted.subject:
        case Subject.GIG:
            await uow.gigs.get(wanted.about_id)
        case Subject.PERSON:
            await uow.people.get(wanted.about_id)
            if wanted.about_id == wanted.reporter_id:
                raise NotFound("person")
        case Subject.ROOM:
            assert wanted.order_id is not None, "a room is an order's"
            assert wanted.reporter_id is not None, "a person reports"
            cards.party(await uow.orders.get(wanted.order_id), wanted.reporter_id)
        case _:
            assert wanted.order_id is not None, "a review is an order's"
            await is_public(uow, wanted.order_id, wanted.about_id, now_ms=wanted.at_ms)


def new_report(
    subject: Subject, about_id: int, *, by: int | None, words: str, now_ms: int
) -> Report:
    """A report that is not stored yet and concerns no order."""
    return Report(
        id=0,
        subject=subject,
        about_id=about_id,
        order_id=None,
        reporter_id=by,
        words=words,
        at_ms=now_ms,
    )


async def filed(uow: UnitOfWork, policy: Policy, wanted: Report) -> int | None:
    """Keep the report and alarm the operators; None when the same one is open."""
    report_id = await uow.reports.add(wanted)
    if report_id is not None:
        alarm = Alarm(what=f"report_{wanted.subject}", about=str(report_id), detail=wanted.words)
        await raise_alarm(uow, policy, alarm, now_ms=wanted.at_ms)
    return report_id
