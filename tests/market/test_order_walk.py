"""Random lives of orders: whatever happens, clocks, money and history stay in order."""

from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from market import order as orders
from market import reminders
from market.change import Change
from market.contract import Act, Order
from market.deadlines import DAY_MS, DEFAULT, HOUR_MS
from market.errors import CheckoutLive, MarketError, TooEarly
from market.row import Row
from market.states import Event, Role, State
from market.table import TRANSITIONS
from tests.support.orders import BUYER, OPERATOR, PRICE, SELLER, START_MS, act, draft
from tests.support.prices import priced

WAITING = {state for state in State if not state.is_final} - {State.DRAFT}
_PEOPLE = {Role.BUYER: BUYER, Role.SELLER: SELLER, Role.OPERATOR: OPERATOR}
_WAITS_FOR_REMINDERS = {Event.REQ_TIMEOUT, Event.ABANDON, Event.AUTO_COMPLETE}
_RARE = {Event.CHARGEBACK, Event.CLAIM, Event.CONCEDE_BUYER}
_MINORS = (0, 250, 100, 0, 250, 1, 249)


class Choice(NamedTuple):
    """What happens next, as numbers to choose by."""

    row: int
    hours: int
    number: int


HOURS = (0, 0, 0, 1, 1, 2, 13, 25, 49, 80, 200)
choices = st.builds(
    Choice,
    row=st.integers(0, 10_000),
    hours=st.sampled_from(HOURS),
    number=st.integers(1, 7),
)


@dataclass(slots=True)
class Life:
    """One order, the books and the time."""

    order: Order
    now_ms: int = START_MS
    books: Counter[str] = field(default_factory=Counter)
    keys: set[str] = field(default_factory=set)
    passed: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """The balances and the coupon's budget hold what the order will take from them."""
        order = self.order
        self.books["L:user:11:credit:XTR"] = order.from_credit_minor
        self.books["L:user:11:earned:XTR"] = order.from_earned_minor
        self.books["Q:promo:XTR"] = order.terms.coupon_minor
        self.books["A:prov:stars:XTR"] = -sum(self.books.values())

    def live(self, choice: Choice) -> None:
        """Some time passes, then somebody acts, mostly the clock when its time has come."""
        self.now_ms += choice.hours * HOUR_MS
        self._remind()
        if choice.row % 9 == 0 and self.order.clock_at_ms is not None:
            self._fall_silent()
            return
        rows = self._rows(is_end=choice.row % 8 == 1)
        if rows:
            row = rows[choice.row // 8 % len(rows)]
            role = sorted(row.roles)[choice.number % len(row.roles)]
            self._try(self._act(row.event, role, choice))

    def _rows(self, *, is_end: bool) -> list[Row]:
        """Moves from here; ends are drawn apart, so that lives are long."""
        rows = [row for row in TRANSITIONS if row.src is self.order.state]
        return [row for row in rows if (row.dst.is_final or row.event in _RARE) == is_end]

    def _act(self, event: Event, role: Role, choice: Choice) -> Act:
        minor = _MINORS[choice.number % len(_MINORS)]
        if event in {Event.RESOLVE_REFUND, Event.RESOLVE_RELEASE}:
            minor = 0 if event is Event.RESOLVE_REFUND else PRICE.minor
        made = act(event, role, now_ms=self.now_ms)
        person, payment = _PEOPLE.get(role), None
        if made.payment is not None and role is not Role.BUYER:
            payment = replace(made.payment, amount=self.order.charge)
        return replace(made, minor=minor, days=choice.number, person_id=person, payment=payment)

    def _remind(self) -> None:
        if self.order.nudge_at_ms is not None and self.order.nudge_at_ms <= self.now_ms:
            self._keep(reminders.nudge(self.order, self.now_ms, DEFAULT))
            self._keep(reminders.reached(self.order, self.now_ms))

    def _fall_silent(self) -> None:
        """Nobody acts until the clock has, with the reminders that it wants."""
        version = self.order.version
        while version == self.order.version:
            assert self.order.clock_at_ms is not None
            moments = [self.order.clock_at_ms, self.order.nudge_at_ms or self.order.clock_at_ms]
            self.now_ms = max(self.now_ms, min(moments))
            self._remind()
            if self.order.clock_at_ms <= self.now_ms:
                self._strike(self.order)

    def _strike(self, order: Order) -> None:
        """The clock acts at its moment; it is put off for want of a reminder and nothing else."""
        assert order.clock_at_ms is not None
        self.now_ms = max(self.now_ms, order.clock_at_ms)
        made = act(orders.clock_event(order), Role.CLOCK, now_ms=self.now_ms)
        try:
            self._keep(orders.apply(order, made))
        except (TooEarly, CheckoutLive) as early:
            until_ms = early.from_ms if isinstance(early, TooEarly) else early.until_ms
            assert until_ms > self.now_ms
            waiting = reminders.postponed(order, until_ms)
            self._keep(waiting)
            if orders.clock_event(order) in _WAITS_FOR_REMINDERS:
                self._keep(reminders.nudge(self.order, self.now_ms, DEFAULT))
                self._keep(reminders.reached(self.order, self.now_ms))

    def _try(self, made: Act) -> None:
        try:
            self._keep(orders.apply(self.order, made))
        except MarketError:
            return

    def _keep(self, change: Change) -> None:
        assert change.before == self.order
        assert change.order is not None
        self.order = change.order
        for journal in change.journals:
            assert journal.key not in self.keys
            self.keys.add(journal.key)
            for row in journal.transfers:
                assert row.amount.minor > 0
                self.books[row.debit.id] -= row.amount.minor
                self.books[row.credit.id] += row.amount.minor
        if change.event is not None:
            self._check_event(change)
        self.check()

    def _check_event(self, change: Change) -> None:
        assert change.event is not None
        assert change.before is not None
        assert change.before.version + 1 == change.event.version == self.order.version
        numbers = {
            row.number
            for row in TRANSITIONS
            if (row.event, row.src, row.dst)
            == (change.event.event, change.event.src, change.event.dst)
        }
        self.passed.update(numbers)
        assert len({message.key for message in change.messages}) == len(change.messages)
        assert len(numbers) == 1

    def check(self) -> None:
        """The rules that hold after every step."""
        order = self.order
        self._check_clocks()
        assert order.held_minor == self.books["L:escrow:7:1:XTR"]
        assert (order.terms.escrow_minor if order.state.is_funded else 0) == order.held_minor
        for account, minor in self.books.items():
            assert minor >= 0 or account.startswith("A:"), account
        assert sum(self.books.values()) == 0
        if order.state is State.CLEARED:
            assert self.books["L:user:22:clearing:XTR"] == self.books["L:fee_pending:XTR"] == 0
        if order.state in {State.CANCELLED, State.REFUNDED, State.EXPIRED}:
            self._check_sources()

    def _check_sources(self) -> None:
        """Everything is where it came from, the charge on its way out or gone."""
        order = self.order
        assert order.terms.coupon_minor == self.books["Q:promo:XTR"]
        assert order.from_earned_minor == self.books["L:user:11:earned:XTR"]
        assert order.from_credit_minor == self.books["L:user:11:credit:XTR"]

    def _check_clocks(self) -> None:
        order = self.order
        assert (order.clock_at_ms is not None) == (order.state in WAITING)
        assert (order.request is None) == (order.paused_ms is None)
        if order.request is not None:
            assert order.clock_at_ms == order.request.until_ms
            assert order.nudge_at_ms is None
        if order.clock_at_ms is not None:
            assert orders.clock_event(order) in orders.allowed(order, Role.CLOCK)
        if order.state is State.DISPUTED:
            assert order.dispute is not None
        if order.state in {State.IN_PROGRESS, State.DELIVERED, State.REVISION_REQUESTED}:
            assert order.due_at_ms is not None


def lived(steps: list[Choice], *, asks: bool, is_priced: bool = False) -> Life:
    """A life of so many steps; with a coupon, a buyer's fee and balances where it is priced."""
    plain = draft(asks_requirements=asks)
    life = Life(order=priced(plain) if is_priced else plain)
    for step in steps:
        life.live(step)
    return life


def test_the_lives_pass_every_row() -> None:
    """The lives pass each row of the table 20 times at least, so the rules below mean it."""
    dice, passed = Random(3), Counter[int]()  # noqa: S311 - a fixed seed
    for number in range(2_300):
        steps = [
            Choice(dice.randrange(10_000), dice.choice(HOURS), dice.randint(1, 7))
            for _ in range(60)
        ]
        passed += lived(steps, asks=bool(number % 2), is_priced=number % 3 == 0).passed
    assert {number: passed[number] for number in range(2, 39) if passed[number] < 20} == {}


@settings(max_examples=200, deadline=None)
@given(st.lists(choices, min_size=20, max_size=60), st.booleans(), st.booleans())
def test_every_life_stays_in_order(steps: list[Choice], asks: bool, is_priced: bool) -> None:
    """Escrow equals what is held, no account is overdrawn, a waiting order has its one clock."""
    lived(steps, asks=asks, is_priced=is_priced)


@pytest.mark.proof
@settings(max_examples=20_000, deadline=None)
@given(st.lists(choices, min_size=20, max_size=60), st.booleans(), st.booleans())
def test_twenty_thousand_lives(steps: list[Choice], asks: bool, is_priced: bool) -> None:
    """The same over many lives."""
    lived(steps, asks=asks, is_priced=is_priced)


@settings(max_examples=100, deadline=None)
@given(st.lists(choices, max_size=40), st.booleans())
def test_every_life_ends_by_the_clock_alone(steps: list[Choice], asks: bool) -> None:
    """When all people fall silent, the clock brings the order to an end within a year."""
    life = lived(steps, asks=asks)
    if life.order.state is State.DRAFT:
        return
    end_ms = life.now_ms + 365 * DAY_MS
    while not life.order.state.is_final:
        life._fall_silent()
        assert life.now_ms < end_ms
