"""Many orders at once, lived at random through the real services on real SQLite.

People do what the table lets them and what it does not, the clock runs from moment to moment, the
provider fails in four of ten calls, the process dies at commits. After every step the books and
every order must be right, and over all lives every row of the table must have been passed.

Lives come in rounds. What was passed rarely in the rounds before is wanted most in the next one;
within a round these wishes stand still, so that a life that fails can be lived again and shortened.
"""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, count
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, note, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    rule,
    run_state_machine_as_test,
)

from market.contract import Order
from market.deadlines import DAY_MS, HOUR_MS, MINUTE_MS
from market.errors import AbsenceUnfit, WrongState
from market.gig import Gig
from market.money import Money
from market.paying import Paying, buyers_fee
from market.people import Person
from market.rails import is_by_hand, rail_of
from market.states import Event, Role, State
from market.table import TRANSITIONS, Row
from tests.support.crashing import Side
from tests.support.deeds import UNSEEN, Wanted, Way, doing, ways
from tests.support.life import Life, Pick
from tests.support.seeds import new_seed
from tests.support.truths import Passed
from tests.support.wishes import wishes
from tests.support.world import Origin, origin

LEAST, PROCESSES, ROUND = 20, 2, 10
CHARGED, EARNED, GIVEN = Paying(use_credit=False), Paying(use_earned=True), Paying()
PAYING = (*(CHARGED, EARNED, Paying()) * 3, GIVEN)
ORDERS_MOST, LUCK, FINE = 5, 6, 10**9
JUMPS = (MINUTE_MS, HOUR_MS, 13 * HOUR_MS, DAY_MS, 3 * DAY_MS)
SIDES: tuple[Side, ...] = ("before", "after")
_EVENTS = tuple(event for event in Event if event is not Event.CREATE)
_WELL = (Event.PAID, Event.REQUIREMENTS, Event.DELIVER, Event.REVISE)
_FOR_OTHERS = {
    Event.REOPEN: {Role.BUYER: Role.OPERATOR},  # she asks him to
    Event.CHARGEBACK: {Role.OPERATOR: Role.PROVIDER},  # he tells what it did
}
_HAPPENINGS = (
    *("go_on",) * 30,
    *("sweep",) * 2,
    *(
        "begin",
        "meddle",
        "be_late",
        "repeat",
        "wait",
        "arm",
        "pay_oddly",
        "see_oddly",
        "send_back",
        "check_out",
        "go_away",
        "stop",
    ),
)


class Lives(RuleBasedStateMachine):
    """Each rule is one step; what is of the class is of a whole round."""

    origin: ClassVar[Origin]
    folder: ClassVar[Path]
    wishes: ClassVar[dict[Passed, float]]
    passed: ClassVar[Counter[Passed]]

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.life = Life(self.origin, self.folder)

    @rule(seed=st.integers(0, 2**48))
    def happen(self, seed: int) -> None:
        """Something happens: mostly, an order goes one of the ways that are open to it.

        One number decides a whole step, evenly: single draws would favour first choices so much
        that no order gets far.
        """
        pick = Pick(Random(seed).randrange)  # noqa: S311 - chance, not secrets
        what = pick.one(_HAPPENINGS)
        note(f"{what}:")
        self.loop.run_until_complete(self._checked(getattr(self, f"_{what}")(pick)))

    async def _checked(self, happening: Coroutine[Any, Any, object]) -> None:
        await happening
        async with self.life.storage.inner.read() as uow:
            assert await uow.ledger.audit() == ()
        self.life.truths.check()

    async def _place(self, pick: Pick) -> None:
        """Somebody orders something."""
        if sum(map(len, self.life.unfinished().values())) >= ORDERS_MOST:
            return
        buyer = pick.one(self.origin.buyers)
        gig = pick.one([one for one in self.origin.gigs if one.seller_id != buyer.id])
        paying = pick.one(PAYING)
        if paying is GIVEN:
            await self._give(buyer, gig)
        await self.life.command(
            buyer, lambda s, c: s.orders.place(c, gig.id, gig.version_id, paying)
        )

    async def _give(self, buyer: Person, gig: Gig) -> None:
        """An operator gives the buyer credit for all that the gig costs."""
        price = gig.price
        fee = buyers_fee(price.minor, fee_bp=self.origin.policy.buyer_fee_bp, least_minor=0)
        due = Money(price.minor + fee, price.currency)
        giver = next(one for one in self.origin.operators if one.id != buyer.id)
        await self.life.command(
            giver, lambda s, c: s.treasury.give(c, buyer.id, due, reason="Sorry")
        )

    async def _begin(self, pick: Pick) -> None:
        """Somebody orders something, and all goes well for a while."""
        await self._place(pick)
        order_id = max(self.life.truths.orders())
        for event in _WELL[: pick.one((0, 1, 1, 2, 3, 4))]:
            order = await self.life.order(order_id)
            found = [way for way in self._ways(order) if way.row.event is event]
            if found:
                await self.life.take(order, found[0], pick)

    async def _go_on(self, pick: Pick) -> None:
        """One of the ways that are open to orders is taken, rather one that is wanted."""
        found: dict[Way, list[Order]] = {}
        for order_id in chain(*self.life.unfinished().values()):
            order = await self.life.order(order_id)
            for way in self._ways(order):
                found.setdefault(way, []).append(order)
        if not found:
            await self._begin(pick)
            return
        way = pick.rather(list(found), self._weight)
        await self.life.take(pick.one(found[way]), way, pick)

    def _weight(self, way: Way) -> int:
        """What this life has done already, it wants less."""
        passed = (way.row.event, way.row.src, way.row.dst, way.role)
        return 1 + int(FINE * self.wishes[passed] / (1 + self.life.truths.passed[passed]))

    def _ways(self, order: Order) -> list[Way]:
        now_ms, windows = self.life.clock.now_ms(), self.origin.policy.windows
        return ways(order, now_ms=now_ms, windows=windows)

    async def _order(self, pick: Pick) -> Order | None:
        """An order that is under way: rare states are looked at as often as others."""
        found = self.life.unfinished()
        if not found:
            return None
        return await self.life.order(pick.one(found[pick.one(sorted(found))]))

    async def _meddle(self, pick: Pick) -> None:
        """Anybody tries anything, on a screen of any age; what the table forbids is refused."""
        order = await self._order(pick)
        if order is None:
            return
        person = pick.one(self.origin.people)
        wanted = Wanted(
            event=pick.one(_EVENTS),
            order_id=order.id,
            version=order.version - pick.one((0, 0, 1)),
            minor=pick.one((0, 1, order.terms.price.minor)),
        )
        if not _may(order, wanted, self._role(order, person.id)):
            await self.life.refused(person, doing(wanted))

    async def _be_late(self, pick: Pick) -> None:
        """Who may act does so on a screen that is out of date."""
        order = await self._order(pick)
        if order is None:
            return
        way = pick.one(self._ways(order))
        event = way.row.event
        if way.role is Role.CLOCK or event in UNSEEN or event is Event.PAID:
            return
        wanted = Wanted(event=event, order_id=order.id, version=order.version - 1)
        await self.life.refused(self.life.actor(order, way.role, pick), doing(wanted))

    def _role(self, order: Order, person_id: int) -> Role:
        role = order.role_of(person_id)
        is_operator = person_id in {one.id for one in self.origin.operators}
        return Role.OPERATOR if role is Role.STRANGER and is_operator else role

    async def _repeat(self, _pick: Pick) -> None:
        """The last tap comes once more."""
        await self.life.again()

    async def _wait(self, pick: Pick) -> None:
        """Time passes, to a moment that matters or right before it."""
        order = await self._order(pick)
        now_ms = self.life.clock.now_ms()
        moments = [now_ms + jump for jump in JUMPS]
        if order is not None:
            moments += [moment - less for moment in _moments(order) for less in (1, 0)]
        self.life.clock.set(max(now_ms, pick.one(moments)))

    async def _sweep(self, pick: Pick) -> None:
        """The house does what is due, and the provider fails now and then."""
        self.life.luck.left = [pick.one(range(10)) for _ in range(LUCK)]
        await self.life.sweep()

    async def _arm(self, pick: Pick) -> None:
        """The process will die soon."""
        self.life.arm(pick.one((1, 2, 3, 4)), pick.one(SIDES))

    async def _pay_oddly(self, pick: Pick) -> None:
        """Money comes for an order that does not want it, too little, or is reported again."""
        found = self.life.truths.orders()
        if not found:
            return
        order = await self.life.order(pick.one(found))
        if order.charge.minor == 0 or _is_by_hand(order):
            return
        if order.charge_id is not None and pick.one((True, False)):
            assert (await self.life.pay(order, charge=order.charge_id)).repeated
            return
        short = pick.one((0, 1)) if order.charge.minor > 1 else 0
        paid = await self.life.pay(order, short=short)
        assert not (paid.accepted and short)

    async def _see_oddly(self, pick: Pick) -> None:
        """Operators see other money than was asked for, or for an order that is over."""
        found = await self.life.services.claim_desk.queue(self.origin.operators[0].id)
        if not found:
            return
        order = pick.one(found).order
        due = order.charge.minor
        await self.life.look(order, pick.one((due - 1, due, due + 1, 3 * due)))

    async def _send_back(self, pick: Pick) -> None:
        """Money goes back by hand, or cannot."""
        await self.life.send_back(is_possible=pick.one((True, True, False)))

    async def _check_out(self, pick: Pick) -> None:
        """Telegram asks whether a checkout may go on."""
        order = await self._order(pick)
        if order is None or order.charge.minor == 0 or _is_by_hand(order):
            return
        intent_id = await self.life.services.payments.intent_of(order.id)
        assert intent_id is not None, "what is charged has an intent"
        payer, price = self.life.actor(order, Role.BUYER, pick), order.charge.minor
        try:
            await self.life.do(
                lambda s: s.payments.check(
                    intent_id, telegram_id=payer.telegram_id, currency="XTR", total=price
                )
            )
        except WrongState:
            assert order.state is not State.AWAITING_PAYMENT

    async def _go_away(self, pick: Pick) -> None:
        """Somebody is away for some days, or back earlier."""
        person = pick.one(self.origin.people)
        coming = await self.life.services.absences.of(person.id)
        if coming:
            gone = pick.one(coming)
            await self.life.command(person, lambda s, c: s.absences.end(c, gone.id))
            return
        from_ms = self.life.clock.now_ms() + pick.one((0, DAY_MS))
        until_ms = from_ms + pick.one((1, 3, 20)) * DAY_MS
        with suppress(AbsenceUnfit):  # sixty days a year are all
            await self.life.command(
                person, lambda s, c: s.absences.declare(c, from_ms=from_ms, until_ms=until_ms)
            )

    async def _stop(self, pick: Pick) -> None:
        """The house is down for a while; people get that time back."""
        await self.life.do(lambda s: s.upkeep.beat())
        self.life.clock.advance(pick.one((0, 1, 30)) * HOUR_MS)
        await self.life.do(lambda s: s.upkeep.mend_outage())

    def teardown(self) -> None:
        """At the end all is sent, and provider and ledger agree."""
        try:
            self.loop.run_until_complete(self._checked(self.life.settle()))
            till, statement, truths = self.life.till, self.life.statement, self.life.truths
            truths.check_provider("stars:XTR", till.balance(), till.sent_back)
            truths.check_provider("manual:bkash:BDT", statement.balance(), statement.sent_back)
        finally:
            self.passed.update(self.life.truths.passed)
            self.life.end()
            self.loop.close()


def _is_by_hand(order: Order) -> bool:
    return is_by_hand(rail_of(order.terms.price.currency))


def _may(order: Order, wanted: Wanted, role: Role) -> bool:
    """Somebody in this role could do this; whether it works is another rule's to see."""
    if wanted.version != order.version and wanted.event not in UNSEEN:
        return False
    if wanted.event is Event.PAID:  # no button does it
        return False
    if wanted.event in _FOR_OTHERS:
        role = _FOR_OTHERS[wanted.event].get(role, Role.STRANGER)
    return any(
        row.event is wanted.event and row.src is order.state and role in row.roles
        for row in TRANSITIONS
    )


def _moments(order: Order) -> list[int]:
    dispute = order.dispute
    heard = () if dispute is None else (dispute.evidence_by_ms, dispute.decide_by_ms)
    moments = (order.clock_at_ms, order.nudge_at_ms, order.due_at_ms, order.lease_until_ms, *heard)
    return [moment for moment in moments if moment is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Some lives of 60 steps in one process."""

    origin: Origin
    folder: Path
    seed: int
    runs: int = ROUND
    phases: Sequence[Phase] = tuple(Phase)

    def live(self, before: Counter[Passed]) -> Counter[Passed]:
        """How often each way was passed."""
        passed: Counter[Passed] = Counter()
        facts = {"wishes": wishes(before), "passed": passed}
        kind = type("Lives", (Lives,), {"origin": self.origin, "folder": self.folder, **facts})
        run_state_machine_as_test(
            seed(self.seed)(kind),
            settings=settings(
                max_examples=self.runs,
                stateful_step_count=60,
                deadline=None,
                database=None,
                phases=self.phases,
                report_multiple_bugs=False,
                suppress_health_check=list(HealthCheck),
            ),
        )
        return passed


def live_apart(folder: Path, *, runs: int) -> Counter[Passed]:
    """Lives in a process per core; without the cost of measuring coverage."""
    start = asyncio.run(origin(folder))
    homes = [folder / str(number) for number in range(PROCESSES)]
    for home in homes:
        home.mkdir()
    seeds = count(new_seed())
    passed: Counter[Passed] = Counter()
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        for _ in range(runs // ROUND // PROCESSES):
            rounds = [Round(origin=start, folder=home, seed=next(seeds)) for home in homes]
            parts = [pool.submit(one.live, passed) for one in rounds]
            passed = sum((part.result() for part in parts), passed)
    return passed


def rarely(passed: Counter[Passed]) -> dict[str, int]:
    """The rows that were passed too rarely, by each who may; the ten rarest are printed."""
    counts = {
        f"{row.number} {row.event} by {role}: {row.src} to {row.dst}": passed[
            row.event, row.src, row.dst, role
        ]
        for row in TRANSITIONS
        for role in row.roles
    }
    poorest = sorted(counts.items(), key=lambda item: item[1])[:10]
    print(*(f"{count:6} {name}" for name, count in poorest), sep="\n")  # noqa: T201
    return {name: count for name, count in counts.items() if count < LEAST}


def test_whatever_happens_everything_stays_right(tmp_path: Path) -> None:
    """500 lives of 60 steps keep every rule at every step and pass each row 20 times."""
    assert rarely(live_apart(tmp_path, runs=500)) == {}


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: f"{row.number} {row.src}")
def test_a_row_passed_too_rarely_fails_the_run(row: Row) -> None:
    """19 times are too few, and so is never."""
    way = (row.event, row.src, row.dst, min(row.roles))
    enough = Counter(
        {(r.event, r.src, r.dst, role): LEAST for r in TRANSITIONS for role in r.roles}
    )
    assert rarely(enough) == {}
    assert list(rarely(enough - Counter([way])).values()) == [LEAST - 1]
    del enough[way]
    assert list(rarely(enough).values()) == [0]


@pytest.mark.proof
def test_twenty_thousand_lives(tmp_path: Path) -> None:
    """The same over many more lives."""
    assert rarely(live_apart(tmp_path, runs=20_000)) == {}
