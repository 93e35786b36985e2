"""What providers report about their invoices: asked again and again, and told by their webhooks."""

from collections.abc import Mapping
from dataclasses import dataclass

from market.bill import Bill, BillState
from market.change import Change
from market.contract import Payment
from market.house_postings import fee_taken, unattributed
from market.money import Money
from market.policy import Policy
from services import readings
from services.alarms import Alarm, raise_alarm
from services.attempts import retried
from services.bill_rows import BillReport, RailAway
from services.payments import PaymentService
from services.ports import BillRail, Clock, Rail, Storage, UnitOfWork
from services.rows import Intent, PaidOutcome, ProviderFact

ASK_MOST = 100
WITHDRAW_MOST = 10
FULL_MS = 5 * 60_000
REFUSED_MS = 10 * 60_000
AWAY_MS = 30_000
FORGOTTEN_MS = 60 * 60_000


@dataclass(slots=True)
class _Round:
    """When a rail was asked for everything, and until when it is left alone."""

    full_ms: int | None = None
    quiet_until_ms: int = 0


class BillService:
    """A report has one effect however often and by whichever way it comes."""

    def __init__(
        self, storage: Storage, clock: Clock, policy: Policy, payments: PaymentService
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._payments = payments
        self._rounds: dict[str, _Round] = {}

    async def sweep(self, rails: Mapping[str, Rail]) -> int:
        """Ask each rail with bills about the open ones; answers how many reports came."""
        asked = [await self.look(rail) for rail in rails.values() if isinstance(rail, BillRail)]
        return sum(asked)

    async def look(self, rail: BillRail) -> int:
        """Open bills each time, everything that was paid every five minutes; raises RailAway."""
        now_ms, last = self._clock.now_ms(), self._rounds.setdefault(rail.name, _Round())
        is_full = last.full_ms is None or now_ms - last.full_ms >= FULL_MS
        async with self._storage.read() as uow:
            bills = await uow.bills.open(rail.name, limit=ASK_MOST)
        if now_ms < last.quiet_until_ms or not (bills or is_full):
            return 0
        try:
            reports = await self._asked(rail, bills, full=is_full)
            await self._take(rail.name, reports, bills)
            if is_full:
                await self._was_read(rail.name, now_ms)
            await self._withdraw(rail)
        except RailAway:
            last.quiet_until_ms = now_ms + AWAY_MS
            raise
        last.full_ms = now_ms if is_full else last.full_ms
        return len(reports)

    async def _asked(
        self, rail: BillRail, bills: tuple[Bill, ...], *, full: bool
    ) -> tuple[BillReport, ...]:
        ids = tuple(bill.external_id for bill in bills)
        open_ones = await rail.look(ids) if ids else ()
        if not full:
            return open_ones
        async with self._storage.read() as uow:
            since_ms = await readings.since_ms(uow, readings.paid_list(rail.name), never_ms=0)
        return open_ones + await rail.paid(since_ms=since_ms)

    @retried
    async def _was_read(self, rail: str, at_ms: int) -> None:
        async with self._storage.begin() as uow:
            await readings.was_read(uow, readings.paid_list(rail), at_ms=at_ms)

    async def _take(
        self, rail: str, reports: tuple[BillReport, ...], bills: tuple[Bill, ...]
    ) -> None:
        for report in await self._news(rail, reports):
            await self.reported(rail, report)
        told = {report.external_id for report in reports}
        if bills:
            await self._looked(bills, told)

    async def _withdraw(self, rail: BillRail) -> None:
        """Nobody should pay for an order that is over: it would only cost the provider's fee."""
        now_ms = self._clock.now_ms()
        async with self._storage.read() as uow:
            unwanted = await uow.bills.unwanted(rail.name, now_ms=now_ms, limit=WITHDRAW_MOST)
        for bill in unwanted:
            if await rail.withdraw(bill.external_id):
                over = BillReport(external_id=bill.external_id, payload="", now="over")
                await self.reported(rail.name, over)
            else:
                await self._refused(bill, now_ms)

    @retried
    async def _refused(self, bill: Bill, now_ms: int) -> None:
        """It is left alone for a while; the list of invoices says when it is over."""
        async with self._storage.begin() as uow:
            await uow.bills.leave(bill.id, until_ms=now_ms + REFUSED_MS)

    async def _news(self, rail: str, reports: tuple[BillReport, ...]) -> tuple[BillReport, ...]:
        """Without what is booked already: most of what was paid was paid long ago."""
        async with self._storage.read() as uow:
            known = {
                report.external_id
                for report in reports
                if await uow.payments.fact(rail, report.external_id, "in") is not None
            }
        return tuple(report for report in reports if report.external_id not in known)

    @retried
    async def _looked(self, bills: tuple[Bill, ...], told: set[str]) -> None:
        """One of which the provider says nothing, long after its time, is over."""
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            await uow.bills.looked(tuple(bill.id for bill in bills), now_ms=now_ms)
            for bill in bills:
                ended_ms = bill.expires_ms or bill.created_ms
                if bill.external_id not in told and now_ms >= ended_ms + FORGOTTEN_MS:
                    await uow.bills.ended(bill.id, BillState.OVER, now_ms=now_ms)

    @retried
    async def reported(self, rail: str, report: BillReport) -> PaidOutcome | None:
        """Write one report down; None when no money of ours came with it."""
        async with self._storage.begin() as uow:
            if report.now == "over":
                await self._end(uow, rail, report, BillState.OVER)
            return await self._paid(uow, rail, report) if report.now == "paid" else None

    async def _end(self, uow: UnitOfWork, rail: str, report: BillReport, state: BillState) -> None:
        bill = await uow.bills.by_external(rail, report.external_id)
        if bill is not None:
            await uow.bills.ended(bill.id, state, now_ms=self._clock.now_ms())

    async def _paid(self, uow: UnitOfWork, rail: str, report: BillReport) -> PaidOutcome | None:
        await self._end(uow, rail, report, BillState.PAID)
        if report.odd:
            await self._alarm(uow, rail, report, report.odd)
        if report.received is None:
            return None
        intent = await uow.payments.intent(report.payload)
        if intent is None or intent.rail != rail:
            outcome = await self._stray(uow, rail, report, report.received)
        else:
            outcome = await self._landed(uow, intent, report, report.received)
        await self._fee(uow, rail, report, intent)
        return outcome

    async def _landed(
        self, uow: UnitOfWork, intent: Intent, report: BillReport, received: Money
    ) -> PaidOutcome:
        """Providers do not say who paid: the link was shown to one person only."""
        payment = Payment(
            rail=intent.rail,
            charge_id=report.external_id,
            payer_id=intent.person_id,
            amount=received,
        )
        return await self._payments.land(uow, payment, intent)

    async def _stray(
        self, uow: UnitOfWork, rail: str, report: BillReport, received: Money
    ) -> PaidOutcome:
        journal = unattributed(rail, report.external_id, received)
        is_new = not await uow.books.is_posted(journal.key)
        if is_new:
            await uow.record(Change(journals=(journal,)), now_ms=self._clock.now_ms())
            await self._alarm(uow, rail, report, "")
        return PaidOutcome(order_id=None, accepted=False, repeated=not is_new)

    async def _fee(
        self, uow: UnitOfWork, rail: str, report: BillReport, intent: Intent | None
    ) -> None:
        if report.fee is None or not report.fee.minor:
            return
        fact = ProviderFact(
            rail=rail,
            external_id=report.external_id,
            kind="fee",
            person_id=None,
            amount=report.fee,
            intent_id=None,
            order_id=None if intent is None else intent.order_id,
            at_ms=self._clock.now_ms(),
        )
        if await uow.payments.add_fact(fact):
            journal = fee_taken(rail, report.external_id, report.fee)
            await uow.record(Change(journals=(journal,)), now_ms=fact.at_ms)

    async def _alarm(self, uow: UnitOfWork, rail: str, report: BillReport, detail: str) -> None:
        alarm = Alarm(what="odd_payment", about=f"{rail}:{report.external_id}", detail=detail)
        await raise_alarm(uow, self._policy, alarm, now_ms=self._clock.now_ms())
