"""The operators' desk: what waits for them, people as they see them, their log, the owners' day."""

from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from market.contract import Order
from market.deadlines import DAY_MS
from market.desk import (
    Case,
    OrderLine,
    PersonCard,
    PersonLine,
    Queues,
    ReportCard,
    ReportLine,
)
from market.errors import NotAnOperator
from market.notices import Message, Notice
from market.people import Person
from market.policy import Policy
from market.read import BoardLine, Thread
from market.reports import Act, Report, Subject
from market.states import Role
from services import cards, reported
from services.attempts import retried
from services.cases import dispute_card
from services.house import dead_money, is_frozen
from services.moderation import Moderation
from services.operators import Operating, not_own, operator, operators, owners
from services.payout_needs import waits_for_operators
from services.ports import Clock, Storage, UnitOfWork
from services.reported import name_of
from services.standings import Standings

MOST = 100
LINES = 20
ACTS_MS = 30 * DAY_MS
OWNERS_HOUR = 9
REPORTED = (Subject.GIG, Subject.GIG_AGAIN, Subject.PERSON, Subject.REVIEW, Subject.ROOM)


class OperatorService(Standings, Moderation):
    """For operators only; whatever they do is logged."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._operating = Operating(clock, policy)

    def is_operator(self, person: Person) -> bool:
        return person.telegram_id in self._policy.operators

    def is_owner(self, person: Person) -> bool:
        return person.telegram_id in self._policy.owner_ids

    async def queues(self, person_id: int) -> Queues:
        """How much waits; raises NotAnOperator."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            return await _queues(uow)

    async def disputes(self, person_id: int) -> tuple[OrderLine, ...]:
        """Disputes that wait for a verdict or for the word after an appeal, the nearest first."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            return await _order_lines(uow, await uow.orders.disputed(limit=MOST))

    async def reports(self, person_id: int, *subjects: Subject) -> tuple[Report, ...]:
        """Unsettled reports, oldest first."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            return await uow.reports.open(subjects, limit=MOST)

    async def report_lines(self, person_id: int, *subjects: Subject) -> tuple[ReportLine, ...]:
        """The same with whom and what they are about."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            reports = await uow.reports.open(subjects, limit=MOST)
            return tuple([await reported.line(uow, one) for one in reports])

    async def report_card(self, person_id: int, report_id: int) -> ReportCard:
        """One report and what it is about; raises NotAnOperator, NotFound."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            return await reported.card(uow, await uow.reports.get(report_id))

    async def find(self, person_id: int, words: str) -> tuple[PersonLine, ...]:
        """People by id, Telegram id or an order's number."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            ids = dict.fromkeys(await uow.people.find(words, limit=LINES))
            return tuple(
                [PersonLine(await uow.people.get(one), await name_of(uow, one)) for one in ids]
            )

    async def person_card(self, person_id: int, about_id: int) -> PersonCard:
        """Everything that operators may know of somebody; raises NotAnOperator, NotFound."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            return await _person_card(uow, about_id, self._clock.now_ms())

    async def case(self, person_id: int, order_id: int) -> Case:
        """A dispute for who may decide it; raises NotAnOperator, OwnOrder, NotFound."""
        now_ms = self._clock.now_ms()
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            order = await uow.orders.get(order_id)
            not_own(order, person_id)
            seen_by = cards.Viewer(person_id, Role.OPERATOR, now_ms)
            return Case(
                card=await dispute_card(uow, order, seen_by, self._policy),
                buyer=await _person_card(uow, order.buyer_id, now_ms),
                seller=await _person_card(uow, order.seller_id, now_ms),
                names=await _names(uow, self._policy),
            )

    async def acts(self, person_id: int) -> tuple[Act, ...]:
        """The newest lines of the log, for operators and owners."""
        until_ms = self._clock.now_ms() + 1
        async with self._storage.read() as uow:
            person = await uow.people.get(person_id)
            if not (self.is_operator(person) or self.is_owner(person)):
                raise NotAnOperator
            return await uow.reports.acts(from_ms=until_ms - ACTS_MS, until_ms=until_ms, limit=MOST)

    async def names(self) -> dict[int, str]:
        """The operators by person id, as the log names them."""
        async with self._storage.read() as uow:
            return await _names(uow, self._policy)

    async def threads(self, person_id: int) -> tuple[Thread, ...]:
        """Questions in support that wait for an answer, oldest first."""
        async with self._storage.read() as uow:
            await operator(uow, self._policy, person_id)
            return await uow.threads.waiting(limit=MOST)

    async def owner_digest(self) -> int:
        """Tell each owner once a day what operators did and what waits; answers how many heard."""
        now_ms = self._clock.now_ms()
        async with self._storage.read() as uow:
            told = [
                message
                for owner in await owners(uow, self._policy)
                if (message := await _owners_day(uow, owner, now_ms)) is not None
            ]
        return await self._tell(told) if told else 0

    @retried
    async def _tell(self, told: list[Message]) -> int:
        async with self._storage.begin() as uow:
            now_ms = self._clock.now_ms()
            for message in told:
                until_ms = str(message.facts["until_ms"])
                await uow.upkeep.set_flag(_told_flag(message.person_id), until_ms, now_ms=now_ms)
            return sum([await uow.outbox.add(message, now_ms=now_ms) for message in told])


async def _person_card(uow: UnitOfWork, about_id: int, now_ms: int) -> PersonCard:
    return PersonCard(
        person=await uow.people.get(about_id),
        contact=await uow.people.contact(about_id),
        figures=await uow.orders.figures(about_id),
        rating=await uow.gigs.rating(about_id, now_ms=now_ms),
        standings=await uow.reports.standings(about_id),
        reports=await uow.reports.about(about_id, limit=LINES),
        strikes=await uow.rooms.strikes(about_id),
        absences=await uow.absences.of(about_id, after_ms=now_ms),
        gigs=await uow.gigs.of_seller(about_id, limit=LINES),
        orders=await _orders_of(uow, about_id, now_ms),
        now_ms=now_ms,
    )


async def _queues(uow: UnitOfWork) -> Queues:
    async def waiting(*subjects: Subject) -> int:
        return len(await uow.reports.open(subjects, limit=MOST))

    disputed = [await uow.orders.get(one) for one in await uow.orders.disputed(limit=MOST)]
    appeals = sum(_is_appealed(order) for order in disputed)
    return Queues(
        disputes=len(disputed) - appeals,
        appeals=appeals,
        claims=len(await uow.claims.waiting(limit=MOST)),
        reports=await waiting(*REPORTED),
        strikes=await waiting(Subject.STRIKES),
        first_gigs=await waiting(Subject.FIRST_GIG),
        reopen=await waiting(Subject.REOPEN),
        standing=await waiting(Subject.STANDING),
        threads=len(await uow.threads.waiting(limit=MOST)),
        dead_updates=len(await uow.inbox.dead_rows(limit=MOST)),
        dead_notices=len(await uow.outbox.dead_rows("notice", limit=MOST)),
        failed_refunds=len(await dead_money(uow, limit=MOST)),
        hand_refunds=len(await uow.rails.to_send_back(limit=MOST)),
        payouts=sum(map(waits_for_operators, await uow.withdrawals.open(limit=MOST))),
        draws=len(await uow.proposals.draws(limit=MOST)),
        most=MOST,
    )


def _is_appealed(order: Order) -> bool:
    return order.dispute is not None and order.dispute.appealed_by is not None


async def _owners_day(uow: UnitOfWork, owner: Person, now_ms: int) -> Message | None:
    """The day that ended at the owner's last nine o'clock; None when nothing is to be told."""
    until_ms = _last_nine(owner, now_ms)
    if await uow.upkeep.flag(_told_flag(owner.id)) == str(until_ms):
        return None
    acts = await uow.reports.acts(from_ms=until_ms - DAY_MS, until_ms=until_ms, limit=MOST)
    queues = asdict(await _queues(uow))
    most = queues.pop("most")
    tally = asdict(await uow.orders.tally(from_ms=until_ms - DAY_MS, until_ms=until_ms))
    if not acts and not any(queues.values()) and not any(tally.values()):
        return None
    return Message(
        notice=Notice.OWNER_DIGEST,
        key=f"owner_digest:{until_ms}:{owner.id}",
        person_id=owner.id,
        facts={
            "until_ms": until_ms,
            "acts": [[act.operator_id, act.act, act.detail, act.at_ms] for act in acts[:LINES]],
            "count": len(acts),
            "queues": queues,
            "most": most,
            "orders": tally,
            "money": [asdict(one) for one in await uow.ledger.house_money()],
            "is_frozen": await is_frozen(uow),
        },
        fold="owner_digest",
    )


def _told_flag(person_id: int | None) -> str:
    """Until when an owner has been told; what was told once is not added up again."""
    return f"owner_digest:{person_id}"


def _last_nine(owner: Person, now_ms: int) -> int:
    here = datetime.fromtimestamp(now_ms / 1_000, UTC).astimezone(ZoneInfo(owner.zone))
    nine = here.replace(hour=OWNERS_HOUR, minute=0, second=0, microsecond=0)
    if nine > here:
        nine -= timedelta(days=1)
    return int(nine.timestamp() * 1_000)


async def _order_lines(uow: UnitOfWork, ids: tuple[int, ...]) -> tuple[OrderLine, ...]:
    return tuple([await _order_line(uow, await uow.orders.get(one)) for one in ids])


async def _order_line(uow: UnitOfWork, order: Order) -> OrderLine:
    gig = await uow.gigs.version(order.gig_version_id)
    return OrderLine(order, gig.title, await uow.orders.proposal(order.id))


async def _orders_of(uow: UnitOfWork, person_id: int, now_ms: int) -> tuple[BoardLine, ...]:
    """What goes on, then what is over."""
    lines: tuple[BoardLine, ...] = ()
    for finished in (False, True):
        lines += await uow.orders.board(
            person_id, finished=finished, offset=0, limit=LINES, now_ms=now_ms
        )
    return lines


async def _names(uow: UnitOfWork, policy: Policy) -> dict[int, str]:
    staff = await operators(uow, policy)
    return {person.id: await name_of(uow, person.id) for person in staff}
