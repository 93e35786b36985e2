"""A house that lives: people act through the real services, the clock runs, processes die.

`Life` holds the files, the services and what outlives a process; what a deed is stands in `deeds`,
what must be true after it in `truths`.
"""

import shutil
from bisect import bisect
from collections.abc import Awaitable, Callable, Sequence
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

from market.contract import Order
from market.errors import AnotherOperator, MarketError, TooManyDisputes, TooManyRequests
from market.order import clock_event
from market.people import Person
from market.rail_cards import ClaimCard, HandRefundCard
from market.reports import Subject
from market.states import Event, Role, State
from payments.stars import StarsRail
from services.registry import Services, wire
from services.rows import Command, PaidOutcome
from tests.support.by_hand import BKASH
from tests.support.clock import SeededIds, SettableClock
from tests.support.crashing import Crashing, Killed, Side
from tests.support.deeds import VERDICTS, Doing, Wanted, Way, confirm, doing, from_ms
from tests.support.inline import InlineStorage
from tests.support.statement import Statement, sought
from tests.support.town import START_MS
from tests.support.truths import Truths
from tests.support.world import CAPITAL, Luck, Origin, Readers, Till

T = TypeVar("T")
PATIENCE = 40


class Pick:
    """Draws one of several things; the test decides how."""

    def __init__(self, draw: Callable[[int], int]) -> None:
        self._draw = draw

    def one(self, things: Sequence[T]) -> T:
        return things[self._draw(len(things)) if len(things) > 1 else 0]

    def rather(self, things: Sequence[T], weight: Callable[[T], int]) -> T:
        """Heavier ones are drawn more often."""
        ends = list(accumulate(map(weight, things)))
        return things[bisect(ends, self._draw(ends[-1]))]


class Life:
    """One house from its opening to its end."""

    def __init__(self, origin: Origin, folder: Path) -> None:
        self.origin = origin
        self.path = folder / "life.sqlite3"
        shutil.copyfile(origin.path, self.path)
        self.clock, self.ids = SettableClock(START_MS), SeededIds()
        self.luck = Luck()
        self.till = Till(self.luck, self.clock)
        self.statement = Statement(CAPITAL[f"manual:{BKASH.name}"].minor)
        self.readers = Readers(self.luck, self.clock)
        self.last: tuple[Command, Doing] | None = None
        self._numbers = 0
        self._open()
        self.truths = Truths(self._inner.connection)

    def _open(self) -> None:
        self._inner = InlineStorage(self.path)
        self.storage = Crashing(self._inner)
        self.services: Services = wire(self.storage, self.clock, self.ids, self.origin.policy)

    def end(self) -> None:
        """Close the house and forget it."""
        self._inner.kill()
        for path in self.path.parent.glob(f"{self.path.name}*"):
            path.unlink()

    def number(self) -> int:
        """One that was not used before."""
        self._numbers += 1
        return self._numbers

    def arm(self, after: int, side: Side) -> None:
        """The process will die around that commit from now on."""
        self.storage.at, self.storage.side = self.storage.commits + after, side

    async def do(self, act: Callable[[Services], Awaitable[T]]) -> T:
        """Ask the house; when it dies meanwhile another process is asked the same."""
        try:
            answer = await act(self.services)
        except Killed:
            pass
        else:
            if not self.storage.is_dead:
                return answer
        self._inner.kill()
        self._open()
        self.truths.connection = self._inner.connection
        return await act(self.services)

    async def command(self, person: Person, wanted: Doing) -> None:
        """Somebody taps once; refusals fly and must leave nothing behind."""
        command = Command(f"key {self.number()}", person.id)
        before = self.truths.mark()
        try:
            await self.do(lambda services: wanted(services, command))
        except MarketError:
            assert before == self.truths.mark(), "a refusal wrote something"
            raise
        self.last = (command, wanted)

    async def again(self) -> None:
        """The last tap comes once more; it has no effect."""
        if self.last is None:
            return
        command, wanted = self.last
        before = self.truths.mark()
        await self.do(lambda services: wanted(services, command))
        assert before == self.truths.mark(), "a repeated command acted twice"

    async def patiently(self, person: Person, wanted: Doing) -> None:
        """Tap; when that is too early, tap right before the moment named and in that moment."""
        try:
            await self.command(person, wanted)
        except MarketError as refusal:
            moment_ms = from_ms(refusal)
            if moment_ms is None:
                raise
        else:
            return
        assert moment_ms > self.clock.now_ms()
        self.clock.set(moment_ms - 1)
        await self.refused(person, wanted)
        self.clock.set(moment_ms)
        await self.command(person, wanted)

    async def refused(self, person: Person, wanted: Doing) -> None:
        """Tap what must not be possible."""
        try:
            await self.command(person, wanted)
        except MarketError:
            return
        raise AssertionError(f"person {person.id} could do what must be refused")

    async def order(self, order_id: int) -> Order:
        async with self._inner.read() as uow:
            return await uow.orders.get(order_id)

    async def take(self, order: Order, way: Way, pick: Pick) -> None:
        """Take this way through the table, by whoever may."""
        match way.role, way.row.event:
            case Role.CLOCK, _:
                await self.silence(order)
            case _, Event.PAID if way.row.src is State.PAYMENT_REVIEW:
                await self.look(order, order.charge.minor)
                await self._has_happened(order, Event.PAID)
            case _, Event.PAID:
                await self.pay(order)
            case _, Event.REOPEN:
                await self._reopen(order, pick)
            case Role.OPERATOR, event if event in VERDICTS:
                await self._verdict(order, event, pick)
            case role, _:
                await self._tap(order, way, self.actor(order, role, pick), pick)

    def actor(self, order: Order, role: Role, pick: Pick) -> Person:
        """The person behind a role; for the provider an operator tells."""
        if role in {Role.BUYER, Role.SELLER}:
            return next(one for one in self.origin.people if one.id == order.party(role))
        return pick.one(self.operators(order))

    def operators(self, order: Order) -> list[Person]:
        """Who may act for the house in this order."""
        parties = {order.buyer_id, order.seller_id}
        return [one for one in self.origin.operators if one.id not in parties]

    async def _tap(self, order: Order, way: Way, person: Person, pick: Pick) -> None:
        price, event = order.terms.price.minor, way.row.event
        wanted = Wanted(
            event=event,
            order_id=order.id,
            version=order.version,
            minor=pick.one((0, 0, 0, 1, price // 3, price - 1)) if event is Event.ASK_CANCEL else 0,
            days=pick.one((1, 5)),
        )
        try:
            await self.patiently(person, doing(wanted))
        except (TooManyDisputes, TooManyRequests):
            return
        if event is Event.CHARGEBACK:
            assert order.charge_id is not None, "what was paid has a charge"
            by_hand = order.charge_id in self.statement.came
            (self.statement if by_hand else self.till).taken_back.add(order.charge_id)
        await self._has_happened(order, event)

    async def _has_happened(self, order: Order, event: Event) -> None:
        assert (order.version + 1, event) == self.truths.newest(order.id)

    async def _verdict(self, order: Order, event: Event, pick: Pick) -> None:
        price, minor = order.terms.price.minor, 0
        match event:
            case Event.DECIDE:
                minor = pick.one((0, 0, price, price, price // 2, price // 3))
            case Event.RESOLVE_RELEASE:
                minor = price
            case Event.RESOLVE_SPLIT:
                minor = pick.one((1, price // 3, price - 1))
        wanted = Wanted(event=event, order_id=order.id, version=order.version, minor=minor)
        person, *others = pick.one(_turned(self.operators(order)))
        try:
            await self.patiently(person, doing(wanted))
        except AnotherOperator:
            assert others, "the only operator has to decide"
            person, *others = [*others, person]
            await self.command(person, doing(wanted))
        if order.version == (await self.order(order.id)).version:
            await self.refused(person, confirm(wanted))
            await self.command(others[0], confirm(wanted))
        await self._has_happened(order, event)

    async def _reopen(self, order: Order, pick: Pick) -> None:
        """Now and then the wish is refused, and wished again."""
        wanted = Wanted(event=Event.REOPEN, order_id=order.id, version=order.version)
        buyer, operator = self.actor(order, Role.BUYER, pick), pick.one(self.operators(order))
        await self.command(buyer, doing(wanted))
        wish = await self._wish(order.id)
        if pick.one((False, False, False, True)):
            await self.command(
                operator, lambda s, c: s.disputes.refuse_reopen(c, wish, reason="It opens here")
            )
            return
        await self.command(operator, lambda s, c: s.disputes.reopen(c, wish))
        await self._has_happened(order, Event.REOPEN)

    async def _wish(self, order_id: int) -> int:
        async with self._inner.read() as uow:
            wishes = await uow.reports.open((Subject.REOPEN,), limit=100)
        return next(wish.id for wish in wishes if wish.order_id == order_id)

    async def pay(self, order: Order, *, charge: str = "", short: int = 0) -> PaidOutcome:
        """Telegram says that this order's buyer has paid, at once or once more."""
        payer = self.actor(order, Role.BUYER, Pick(lambda _: 0)).telegram_id
        charge_id, total = charge or f"charge {self.number()}", order.charge.minor - short
        self.till.charges.setdefault(charge_id, (payer, total))
        intent_id = await self.services.payments.intent_of(order.id)
        assert intent_id is not None, "an order has an invoice"
        return await self.do(
            lambda services: services.payments.paid(
                telegram_id=payer,
                charge_id=charge_id,
                intent_id=intent_id,
                currency="XTR",
                total=total,
            )
        )

    async def look(self, order: Order, minor: int) -> None:
        """Operators see so much on the wallet's statement; much money is seen by two."""
        operators = self.operators(order)
        claim_id = await sought(self.services, operators[0].id, order.id)
        for person in operators:
            card = await self._see(person, claim_id, minor)
            if not card.claim.state.is_live:
                self.statement.came[card.claim.reference] = minor
                return
        raise AssertionError("nobody else has to look")

    async def _see(self, person: Person, claim_id: int, minor: int) -> ClaimCard:
        seen: list[ClaimCard] = []

        async def see(services: Services, command: Command) -> None:
            seen.append(await services.claim_desk.see(command, claim_id, minor=minor))

        await self.command(person, see)
        return seen[-1]

    async def send_back(self, *, is_possible: bool) -> None:
        """An operator sends the oldest refund, or gives it up and it is credit."""
        waiting = await self.services.hand_refunds.queue(self.origin.operators[0].id)
        if not waiting:
            return
        claim = waiting[0].refund.claim
        senders = [one for one in self.origin.operators if one.id != claim.person_id]
        words = f"BACK{claim.id:05}"
        if not is_possible:
            await self.command(
                senders[0], lambda s, c: s.hand_refunds.give_up(c, claim.id, reason=words)
            )
            return
        await self._agree(waiting[0], senders)
        await self.command(
            senders[0], lambda s, c: s.hand_refunds.sent(c, claim.id, reference=words)
        )
        self.statement.sent_back.add(claim.reference)

    async def _agree(self, card: HandRefundCard, senders: list[Person]) -> None:
        """Much money is sent by one and found right by another."""
        claim = card.refund.claim
        if not card.needs_second or card.may_be_sent:
            return
        one, other = senders
        await self.command(one, lambda s, c: s.hand_refunds.propose(c, claim.id))
        proposal = (await self.services.hand_refunds.card(one.id, claim.id)).proposal
        assert proposal is not None, "it was just proposed"

        async def confirm(services: Services, command: Command) -> None:
            await services.hand_refunds.confirm(command, claim.id, proposal_id=proposal.id)

        await self.refused(one, confirm)
        await self.command(other, confirm)

    async def silence(self, order: Order) -> None:
        """Nobody acts until the clock has: not a moment too early, and not for ever."""
        event = clock_event(order)
        for _ in range(PATIENCE):
            now = await self.order(order.id)
            if now.version != order.version:
                assert (order.version + 1, event) == self.truths.event(order.id, order.version + 1)
                return
            await self._pass_time(now)
        raise AssertionError(f"the clock never acts on {order}")

    async def _pass_time(self, order: Order) -> None:
        assert order.clock_at_ms is not None, "who waits for the clock has one"
        if order.nudge_at_ms is not None and order.nudge_at_ms <= order.clock_at_ms:
            self.clock.set(max(self.clock.now_ms(), order.nudge_at_ms))
        else:
            await self._not_before(order, order.clock_at_ms)
        await self.sweep()

    async def _not_before(self, order: Order, clock_at_ms: int) -> None:
        if clock_at_ms > self.clock.now_ms():
            self.clock.set(clock_at_ms - 1)
            await self.do(lambda services: services.upkeep.lapse())
            assert order.version == (await self.order(order.id)).version, "the clock was too early"
        self.clock.set(max(clock_at_ms, self.clock.now_ms()))

    async def sweep(self) -> None:
        """What the house does by itself."""
        await self.do(lambda services: services.upkeep.nudge())
        await self.do(lambda services: services.upkeep.lapse())
        await self.drain()

    async def drain(self) -> None:
        """The post works off what is due."""
        rails = {"stars": StarsRail(self.till)}
        await self.do(lambda services: services.post.drain(self.readers, rails))

    async def settle(self) -> None:
        """All goes well until nothing is left to be sent."""
        self.luck.left.clear()
        operator = self.origin.operators[0]
        while await self.services.hand_refunds.queue(operator.id):
            await self.send_back(is_possible=True)
        for _ in range(PATIENCE):
            due_ms = await self.services.post.next_ms()
            if due_ms is None:
                break
            self.clock.set(max(self.clock.now_ms(), due_ms))
            await self.drain()
        for row_id in self.truths.given_up():
            await self._retry(Command(f"retry {row_id}", operator.id), row_id)
        assert (await self.services.post.next_ms(), self.truths.given_up()) == (None, [])

    async def _retry(self, command: Command, row_id: int) -> None:
        await self.do(lambda services: services.house.retry(command, row_id))
        await self.drain()

    def unfinished(self) -> dict[State, list[int]]:
        """The orders that something may still happen to, by their states."""
        return self.truths.under_way()


def _turned(people: list[Person]) -> list[list[Person]]:
    return [people[n:] + people[:n] for n in range(len(people))]
