"""The house beside its providers: Telegram's list of Stars read and booked, balances compared."""

import logging
from dataclasses import dataclass, field

from market.deadlines import DAY_MS, HOUR_MS, MINUTE_MS
from market.ledger import provider
from market.money import Currency, Money
from market.policy import Policy
from market.trust import Check
from services.alarms import Alarm, raise_alarm
from services.attempts import retried
from services.coverage import solvency
from services.feed import Feed
from services.feed_rows import FeedRow, Reading
from services.payments import STARS, PaymentService
from services.ports import Clock, HoldsMoney, StarsFeed, Storage, UnitOfWork
from services.sendings import Sendings

PAGE, PAGES = 100, 50
AGAIN = 100
UNMATCHED_MS = 10 * MINUTE_MS
LISTED_WITHIN_MS, LISTED_FOR_MS = HOUR_MS, 30 * DAY_MS
MOST = 20
log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Pass:
    """Where one reading of the list stands; `open_at` is the first line that is not booked."""

    at: int
    booked: int = 0
    open_at: int | None = None
    failures: list[Exception] = field(default_factory=list)

    @property
    def read_to(self) -> int:
        return self.at if self.open_at is None else self.open_at


class Reconciler:
    """Providers are right about facts; what the house does not know of it learns here.

    `sendings` reads the lists of what other rails have sent.
    """

    def __init__(
        self, storage: Storage, clock: Clock, policy: Policy, payments: PaymentService
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._feed = Feed(storage, clock, policy, payments)
        self.sendings = Sendings(storage, clock, policy)

    async def feed(self, stars: StarsFeed) -> int:
        """Read the list, its last hundred known lines once more; answers how many were booked.

        Lines that could not be booked are read again until they are; they hold up no other.
        """
        started_ms = self._clock.now_ms()
        async with self._storage.read() as uow:
            reading = await uow.books.reading(STARS)
        reader = _Pass(max(0, reading.read_to - AGAIN))
        is_whole = await self._read(reader, stars)
        await self._read_on(Reading(reader.read_to, started_ms if is_whole else None))
        await self._look(started_ms)
        if reader.failures:
            raise ExceptionGroup("lines were left open", reader.failures)
        return reader.booked

    async def _read(self, reader: _Pass, stars: StarsFeed) -> bool:
        """Page by page; False when the end was not reached this time."""
        for _ in range(PAGES):
            rows = await stars.transactions(offset=reader.at, limit=PAGE)
            known = await self._known(rows)
            for number, row in enumerate(rows):
                if (row.external_id, row.direction) not in known:
                    await self._take(reader, reader.at + number, row)
            reader.at += len(rows)
            if len(rows) < PAGE:
                return True
        return False

    async def _known(self, rows: tuple[FeedRow, ...]) -> set[tuple[str, str]]:
        moments = [row.at_ms for row in rows] or [0]
        async with self._storage.read() as uow:
            return await uow.books.booked(STARS, from_ms=min(moments), until_ms=max(moments))

    async def _take(self, reader: _Pass, place: int, row: FeedRow) -> None:
        try:
            await self._feed.book(row)
        except Exception as failure:  # one line must not hold up the others
            log.exception("line %s of the Stars list could not be booked", row.external_id)
            await self._fail(row, repr(failure))
            reader.failures.append(failure)
            reader.open_at = place if reader.open_at is None else reader.open_at
        else:
            reader.booked += 1

    @retried
    async def _fail(self, row: FeedRow, error: str) -> None:
        async with self._storage.begin() as uow:
            await uow.books.fail(row, error)

    @retried
    async def _read_on(self, reading: Reading) -> None:
        async with self._storage.begin() as uow:
            await uow.books.read_on(STARS, reading)

    @retried
    async def _look(self, now_ms: int) -> None:
        """Alarm about lines that stay open, and about charges that are not in the list at all."""
        async with self._storage.begin() as uow:
            reading = await uow.books.reading(STARS)
            for row in await uow.books.open_rows(before_ms=now_ms - UNMATCHED_MS, limit=MOST):
                about = f"{row.rail}:{row.external_id}"
                await self._alarm(uow, Alarm(what="feed_open", about=about, detail=row.error))
            if reading.read_ms == now_ms:
                await self._unlisted(uow, now_ms)

    async def _unlisted(self, uow: UnitOfWork, now_ms: int) -> None:
        missing = await uow.books.unlisted(
            STARS,
            from_ms=now_ms - LISTED_FOR_MS,
            until_ms=now_ms - LISTED_WITHIN_MS,
            limit=MOST,
        )
        for charge_id, order_id in missing:
            about = "" if order_id is None else str(order_id)
            alarm = Alarm(what="unlisted", about=about, detail=charge_id, once=charge_id)
            await self._alarm(uow, alarm)

    async def balance(self, stars: StarsFeed) -> None:
        """Compare what Telegram says it holds; a difference counts when it is seen twice."""
        told = await stars.balance()
        await self._compare(STARS, Money(told.amount, Currency.XTR))
        if told.has_extra:
            once = _day(self._clock.now_ms())
            await self._say(Alarm(what="stars_extra", about="", once=once))

    async def holdings(self, rail: HoldsMoney) -> None:
        """The same for another provider."""
        await self._compare(rail.name, await rail.holdings())

    @retried
    async def _compare(self, rail: str, told: Money) -> None:
        cur = told.currency
        async with self._storage.begin() as uow:
            check = Check(
                rail=rail,
                currency=cur,
                reported_minor=told.minor,
                stored_minor=-await uow.books.balance(provider(rail, cur).id),
                in_flight_minor=await uow.books.in_flight(rail, cur),
                at_ms=self._clock.now_ms(),
            )
            before = await uow.books.checks(rail, cur, limit=1)
            await uow.books.add_check(check)
            if not check.is_right and before and not before[0].is_right:
                await self._alarm(uow, _differs(check))

    @retried
    async def cover(self) -> None:
        """Refunds are possible where they are owed, and the whole nets to zero; owners hear."""
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            for one in (await solvency(uow)).missing():
                what = "short" if one.kind == "whole" else "refunds_short"
                about, once = f"{one.minor} {one.currency}", f"{one.currency}:{_day(now_ms)}"
                alarm = Alarm(what=what, about="", detail=about, once=once)
                await raise_alarm(uow, self._policy, alarm, now_ms=now_ms, are_owners_told=True)

    @retried
    async def _say(self, alarm: Alarm) -> None:
        async with self._storage.begin() as uow:
            await self._alarm(uow, alarm)

    async def _alarm(self, uow: UnitOfWork, alarm: Alarm) -> None:
        await raise_alarm(uow, self._policy, alarm, now_ms=self._clock.now_ms())


def _differs(check: Check) -> Alarm:
    detail = f"{check.reported_minor} ≠ {check.stored_minor} {check.currency}"
    once = f"{check.difference}:{_day(check.at_ms)}"
    return Alarm(what="balance", about=check.rail, detail=detail, once=once)


def _day(now_ms: int) -> str:
    """What is still so the next day is told once more."""
    return str(now_ms // DAY_MS)
