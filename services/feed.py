"""What becomes of one line of the Stars list; a line that was booked before changes nothing."""

from market import house_postings
from market.change import Change
from market.ledger import Journal
from market.policy import Policy
from services.alarms import Alarm, raise_alarm
from services.attempts import retried
from services.feed_rows import FeedRow
from services.payments import PaymentService
from services.ports import Clock, Storage, UnitOfWork


class Feed:
    """Payments and refunds go the way that their updates go; the rest is the house's own money."""

    def __init__(
        self, storage: Storage, clock: Clock, policy: Policy, payments: PaymentService
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._payments = payments

    async def book(self, row: FeedRow) -> None:
        """Raises whatever keeps it from being booked; then it stays open and is tried again."""
        if not await self._see(row):
            return
        if row.direction == "in" and row.kind == "invoice":
            await self._paid(row)
        elif row.direction == "out" and await self._is_charge(row):
            await self._payments.refunded(charge_id=row.external_id)
            await self._close(row, "refund")
        else:
            await self._own(row)

    @retried
    async def _see(self, row: FeedRow) -> bool:
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            if not await uow.books.see(row, now_ms=now_ms):
                return False
            if row.has_extra:
                await self._alarm(uow, "stars_extra", row)
            return True

    async def _paid(self, row: FeedRow) -> None:
        assert row.telegram_id is not None, "an invoice was paid by somebody"
        outcome = await self._payments.paid(
            telegram_id=row.telegram_id,
            charge_id=row.external_id,
            intent_id=row.payload,
            currency=row.amount.currency,
            total=row.amount.minor,
        )
        await self._close(row, "known" if outcome.repeated else "paid")

    async def _is_charge(self, row: FeedRow) -> bool:
        async with self._storage.read() as uow:
            return await uow.payments.fact(row.rail, row.external_id, "in") is not None

    @retried
    async def _own(self, row: FeedRow) -> None:
        """Money that is about nobody's invoice: posted as it happened, operators look at it."""
        async with self._storage.begin() as uow:
            journal = await _journal(uow, row)
            if row.amount.minor:
                change = Change(journals=(journal,))
                await uow.record(change, now_ms=self._clock.now_ms())
            if journal.code != "provider_fee":
                await self._alarm(uow, journal.code, row)
            await uow.books.book(row, journal.code)

    @retried
    async def _close(self, row: FeedRow, what: str) -> None:
        async with self._storage.begin() as uow:
            await uow.books.book(row, what)

    async def _alarm(self, uow: UnitOfWork, what: str, row: FeedRow) -> None:
        detail = f"{row.external_id}: {row.kind} {row.amount.minor} {row.amount.currency}"
        alarm = Alarm(what=what, about="", detail=detail, once=f"{row.external_id}:{row.direction}")
        await raise_alarm(uow, self._policy, alarm, now_ms=self._clock.now_ms())


async def _journal(uow: UnitOfWork, row: FeedRow) -> Journal:
    key = (row.rail, row.external_id, row.amount)
    match (row.direction, row.kind):
        case (_, "nobody"):
            raise ValueError("neither from nor to anybody")
        case ("out", "fragment"):
            return house_postings.exchanged_out(*key)
        case ("in", "fragment") if await uow.books.is_posted(f"{row.rail}:{row.external_id}:out"):
            return house_postings.exchange_undone(*key)
        case ("out", "telegram_api" | "telegram_ads"):
            return house_postings.fee_taken(*key)
        case ("in", _):
            return house_postings.unattributed(*key)
        case _:
            return house_postings.unexplained(*key)
