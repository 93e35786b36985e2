"""What one party asks of the other: an end by agreement, more time; answers, silence, money."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from market import order as orders
from market import postings
from market.contract import Order
from market.deadlines import DAY_MS, HOUR_MS
from market.errors import (
    AmountOutOfRange,
    AnotherAnswers,
    MarketError,
    NoRequest,
    NotLate,
    NumberOutOfRange,
    RequestLive,
    TooEarly,
)
from market.ledger import Transfer
from market.money import Currency, Money
from market.notices import Notice
from market.requests import Kind, Request
from market.states import Event, Outcome, Role, State
from tests.support.orders import (
    BUYER,
    PART,
    SELLER,
    START_MS,
    act,
    asked,
    moved,
    order_in,
    with_numbers,
)
from tests.support.seeds import new_seed
from tests.support.splits import CASES, WHOLE, Case, random_cases

WORK = [State.IN_PROGRESS, State.DELIVERED, State.REVISION_REQUESTED]
DELIVERY = replace(order_in(State.DELIVERED), clock_at_ms=START_MS + 60 * HOUR_MS, nudges=0)
AT_WORK = replace(
    order_in(State.IN_PROGRESS),
    due_at_ms=START_MS + 2 * DAY_MS,
    clock_at_ms=START_MS + 9 * DAY_MS,
    nudge_at_ms=START_MS + DAY_MS,
    nudges=0,
)


AGREES = act(Event.AGREE_CANCEL, Role.SELLER)


def refused(order: Order, event: Event, role: Role, **numbers: int) -> MarketError:
    """The refusal of one event with these numbers."""
    with pytest.raises(MarketError) as caught:
        orders.apply(order, with_numbers(act(event, role), **numbers))
    return caught.value


@pytest.mark.parametrize("state", WORK)
@pytest.mark.parametrize("role", [Role.BUYER, Role.SELLER])
def test_a_request_stops_the_clock(state: State, role: Role) -> None:
    """The other party has 48 hours; the state's own clock and its reminders stand still."""
    order = replace(order_in(state), clock_at_ms=START_MS + 5, nudge_at_ms=START_MS + 3)
    waiting = moved(order, Event.ASK_CANCEL, role)
    until_ms = START_MS + 2 * DAY_MS
    assert Request(kind=Kind.CANCEL, by=role, until_ms=until_ms, minor=PART) == waiting.request
    assert (waiting.clock_at_ms, waiting.paused_ms) == (until_ms, START_MS + 5)
    assert waiting.nudge_at_ms is None


def test_more_time_is_asked_in_days() -> None:
    """The seller's wish for more time names days and no money."""
    made = replace(act(Event.ASK_TIME, Role.SELLER), minor=50)
    waiting = orders.apply(AT_WORK, made).order
    assert waiting is not None
    until_ms = START_MS + 2 * DAY_MS
    assert Request(kind=Kind.TIME, by=Role.SELLER, until_ms=until_ms, days=2) == waiting.request


def test_one_request_at_a_time() -> None:
    """While something waits for an answer nobody asks for anything else."""
    waiting = asked(AT_WORK, Role.BUYER, until_ms=START_MS + 7)
    assert RequestLive(START_MS + 7) == refused(waiting, Event.ASK_CANCEL, Role.SELLER)
    assert RequestLive(START_MS + 7) == refused(waiting, Event.ASK_TIME, Role.SELLER)


@pytest.mark.parametrize("minor", [-1, 250, 10**9])
def test_the_part_lies_within_the_price(minor: int) -> None:
    """All of it means accepting, which is another button; less than nothing means nothing."""
    refusal = refused(AT_WORK, Event.ASK_CANCEL, Role.BUYER, minor=minor)
    assert AmountOutOfRange(0, 249, "XTR") == refusal


@pytest.mark.parametrize("days", [0, 31])
def test_more_time_has_its_bounds(days: int) -> None:
    """One to thirty days."""
    assert NumberOutOfRange(1, 30) == refused(AT_WORK, Event.ASK_TIME, Role.SELLER, days=days)


@pytest.mark.parametrize("event", [Event.AGREE_CANCEL, Event.REFUSE, Event.TAKE_BACK])
@pytest.mark.parametrize("role", [Role.BUYER, Role.SELLER])
def test_without_a_request_there_is_no_answer(event: Event, role: Role) -> None:
    """A button of a request that is gone says so."""
    assert NoRequest() == refused(AT_WORK, event, role)


def test_silence_ends_no_request_that_is_not_there() -> None:
    """The clock finds nothing to end."""
    assert NoRequest() == refused(AT_WORK, Event.LAPSE, Role.CLOCK)
    assert NoRequest() == refused(AT_WORK, Event.EXTEND, Role.BUYER)


@pytest.mark.parametrize("event", [Event.AGREE_CANCEL, Event.REFUSE])
def test_nobody_answers_himself(event: Event) -> None:
    """Only the other party agrees or refuses, only the asking one takes back."""
    waiting = asked(AT_WORK, Role.BUYER)
    assert AnotherAnswers() == refused(waiting, event, Role.BUYER)
    assert NoRequest() == refused(waiting, Event.TAKE_BACK, Role.SELLER)


def test_answers_fit_the_question() -> None:
    """More time is no end of the order, and an end is no more time."""
    time = asked(AT_WORK, Role.SELLER, kind=Kind.TIME, days=2)
    end = asked(AT_WORK, Role.SELLER)
    assert NoRequest() == refused(time, Event.AGREE_CANCEL, Role.BUYER)
    assert NoRequest() == refused(end, Event.EXTEND, Role.BUYER)


@pytest.mark.parametrize("state", WORK)
def test_agreeing_on_nothing_sends_the_charge_back(state: State) -> None:
    """With no part for the seller the order is cancelled and the whole charge goes back."""
    waiting = asked(order_in(state), Role.SELLER)
    change = orders.apply(waiting, act(Event.AGREE_CANCEL, Role.BUYER))
    assert change.order is not None
    assert (change.order.state, change.order.held_minor) == (State.CANCELLED, 0)
    assert change.order.request is None
    assert [refund.amount.minor for refund in change.refunds] == [250]
    assert [message.notice for message in change.messages] == [Notice.ORDER_SPLIT]
    assert change.messages[0].facts["state"] == "cancelled"


@pytest.mark.parametrize("state", WORK)
def test_agreeing_on_a_part_shares_the_escrow(state: State) -> None:
    """The seller's part clears less the fee; hers stays as credit; both may review."""
    waiting = asked(order_in(state), Role.BUYER, minor=PART)
    change = orders.apply(waiting, act(Event.AGREE_CANCEL, Role.SELLER))
    done = change.order
    assert done is not None
    assert (done.state, done.outcome, done.released_minor) == (
        State.COMPLETED,
        Outcome.SPLIT,
        PART,
    )
    assert change.refunds == ()
    assert rows(change.journals[0].transfers) == [
        ("P5", "L:escrow:7:1:XTR", "L:user:22:clearing:XTR", 90),
        ("P6", "L:escrow:7:1:XTR", "L:fee_pending:XTR", 10),
        ("P10", "L:escrow:7:1:XTR", "L:user:11:credit:XTR", 150),
    ]
    assert [(message.notice, message.person_id) for message in change.messages] == [
        (Notice.ORDER_SPLIT, BUYER),
        (Notice.REVIEW_REQUEST, BUYER),
        (Notice.REVIEW_REQUEST, SELLER),
    ]
    cleared = orders.apply(replace(done, clock_at_ms=START_MS), act(Event.CLEAR, Role.CLOCK))
    assert [row[3] for row in rows(cleared.journals[0].transfers)] == [90, 10]


def rows(transfers: tuple[Transfer, ...]) -> list[tuple[str, str, str, int]]:
    """Transfers as plain facts."""
    return [(row.code, row.debit.id, row.credit.id, row.amount.minor) for row in transfers]


def splits_exactly(case: Case) -> None:
    """The postings of one agreed split sum to the price, and clearing moves what was released."""
    price, minor = case.price, case.price * min(case.share, WHOLE - 1) // WHOLE
    terms = replace(
        AT_WORK.terms,
        price=Money(price, Currency.BDT),
        fee_bp=case.bp,
        fee_least_minor=case.least,
    )
    request = Request(kind=Kind.CANCEL, by=Role.BUYER, until_ms=START_MS, minor=minor)
    order = replace(AT_WORK, terms=terms, request=request, released_minor=minor)
    posted, _ = postings.agreed_split(order, AGREES)
    assert sum(row.amount.minor for row in posted[0].transfers) == price
    cleared, _ = postings.clear(order, AGREES)
    assert minor == sum(row.amount.minor for journal in cleared for row in journal.transfers)


@settings(max_examples=1_000, deadline=None)
@given(CASES)
def test_every_split_is_exact(case: Case) -> None:
    """Whatever the price and the fee, the parts sum to the price and no unit is lost."""
    splits_exactly(case)


def test_twenty_thousand_random_splits_are_exact() -> None:
    """The same for 20,000 cases drawn at random, another 20,000 in each run."""
    for case in random_cases(20_000, seed=new_seed()):
        splits_exactly(case)


@pytest.mark.proof
@settings(max_examples=1_000_000, deadline=None)
@given(CASES)
def test_a_million_splits_are_exact(case: Case) -> None:
    """The same over a million cases."""
    splits_exactly(case)


def test_a_refusal_lets_the_delivery_go_on() -> None:
    """Silence accepts with a day at least, after one more reminder; a dispute is open from now."""
    near = replace(DELIVERY, clock_at_ms=START_MS + HOUR_MS)
    again = moved(asked(near, Role.BUYER), Event.REFUSE, Role.SELLER)
    assert (again.clock_at_ms, again.nudge_at_ms) == (START_MS + DAY_MS, START_MS + 12 * HOUR_MS)
    assert (again.request, again.paused_ms, again.nudges) == (None, None, 2)
    assert again.was_refused
    far = moved(asked(DELIVERY, Role.BUYER), Event.REFUSE, Role.SELLER)
    assert far.clock_at_ms == START_MS + 60 * HOUR_MS


def test_a_refusal_lets_the_work_go_on() -> None:
    """The abandon clock gets a day at least, and the reminders of both come back."""
    again = moved(asked(AT_WORK, Role.BUYER), Event.REFUSE, Role.SELLER)
    assert (again.clock_at_ms, again.nudge_at_ms) == (AT_WORK.clock_at_ms, AT_WORK.nudge_at_ms)
    late = replace(order_in(State.IN_PROGRESS), nudges=1)
    after = moved(asked(late, Role.BUYER), Event.REFUSE, Role.SELLER)
    assert (after.clock_at_ms, after.nudge_at_ms) == (START_MS + DAY_MS, START_MS)
    reminded = moved(asked(replace(late, nudges=2), Role.BUYER), Event.REFUSE, Role.SELLER)
    assert reminded.nudge_at_ms is None


def test_a_refusal_lets_changes_wait_on() -> None:
    """The work resumes at its moment, or at once when that has passed."""
    order = replace(order_in(State.REVISION_REQUESTED), clock_at_ms=START_MS + 5)
    assert moved(asked(order, Role.BUYER), Event.REFUSE, Role.SELLER).clock_at_ms == START_MS + 5
    over = asked(order_in(State.REVISION_REQUESTED), Role.BUYER)
    assert moved(over, Event.REFUSE, Role.SELLER).clock_at_ms == START_MS


def test_taking_back_opens_no_dispute() -> None:
    """Who takes a request back was not refused anything."""
    again = moved(asked(AT_WORK, Role.BUYER), Event.TAKE_BACK, Role.BUYER)
    assert not again.was_refused
    with pytest.raises(NotLate) as caught:
        orders.apply(again, act(Event.DISPUTE, Role.BUYER))
    assert NotLate(START_MS + 2 * DAY_MS) == caught.value


def test_a_refused_request_opens_the_dispute() -> None:
    """After a no either party may ask for a decision, late or not."""
    again = moved(asked(AT_WORK, Role.BUYER), Event.REFUSE, Role.SELLER)
    assert moved(again, Event.DISPUTE, Role.SELLER).state is State.DISPUTED


def test_silence_lapses_at_its_moment() -> None:
    """Not a millisecond before the time to answer is over."""
    waiting = asked(AT_WORK, Role.BUYER, until_ms=START_MS + 1)
    assert TooEarly(START_MS + 1) == refused(waiting, Event.LAPSE, Role.CLOCK)


def test_silence_about_late_work_gives_the_buyer_her_money() -> None:
    """A buyer who wants all back for late work gets it when the seller does not answer."""
    late = asked(order_in(State.IN_PROGRESS), Role.BUYER)
    change = orders.apply(late, act(Event.LAPSE, Role.CLOCK))
    assert change.order is not None
    assert change.order.state is State.CANCELLED
    assert [refund.amount.minor for refund in change.refunds] == [250]


@pytest.mark.parametrize(
    "order",
    [
        asked(order_in(State.IN_PROGRESS), Role.SELLER),
        asked(order_in(State.IN_PROGRESS), Role.BUYER, minor=PART),
        asked(order_in(State.IN_PROGRESS), Role.SELLER, kind=Kind.TIME, days=2),
        asked(AT_WORK, Role.BUYER),
        asked(order_in(State.DELIVERED), Role.BUYER),
        asked(order_in(State.REVISION_REQUESTED), Role.BUYER),
    ],
    ids=["seller's", "a part", "time", "in time", "delivered", "changes wait"],
)
def test_all_other_silence_means_no(order: Order) -> None:
    """Other requests lapse without moving money, and leave a dispute open."""
    change = orders.apply(order, act(Event.LAPSE, Role.CLOCK))
    assert change.order is not None
    assert (change.order.state, change.order.request) == (order.state, None)
    assert change.order.was_refused
    assert change.journals == ()


def test_a_delivery_voids_what_the_seller_asked() -> None:
    """Who delivers wants neither more time nor an end any more."""
    for kind in Kind:
        waiting = asked(AT_WORK, Role.SELLER, kind=kind, days=1)
        delivered = moved(waiting, Event.DELIVER, Role.SELLER)
        assert delivered.request is None
        assert delivered.clock_at_ms == START_MS + 72 * HOUR_MS


def test_a_delivery_leaves_what_the_buyer_asked() -> None:
    """Her wish to end survives the delivery and stops acceptance by silence."""
    waiting = asked(AT_WORK, Role.BUYER, until_ms=START_MS + HOUR_MS)
    delivered = moved(waiting, Event.DELIVER, Role.SELLER)
    assert waiting.request == delivered.request
    assert (delivered.clock_at_ms, delivered.nudge_at_ms) == (START_MS + HOUR_MS, None)
    assert delivered.paused_ms == START_MS + 72 * HOUR_MS
    later = replace(act(Event.AUTO_COMPLETE, Role.CLOCK), now_ms=START_MS + 99 * DAY_MS)
    with pytest.raises(RequestLive):
        orders.apply(delivered, later)
    after = moved(delivered, Event.LAPSE, Role.CLOCK, now_ms=START_MS + HOUR_MS)
    assert after.clock_at_ms == START_MS + 72 * HOUR_MS


def test_resuming_leaves_what_the_buyer_asked_too() -> None:
    """The seller goes on with the changes while her wish to end waits."""
    order = replace(order_in(State.REVISION_REQUESTED), due_at_ms=START_MS + 2 * DAY_MS)
    hers = moved(asked(order, Role.BUYER), Event.RESUME, Role.SELLER)
    his = moved(asked(order, Role.SELLER), Event.RESUME, Role.SELLER)
    assert (hers.request is None, his.request is None) == (False, True)
    assert hers.paused_ms == START_MS + 9 * DAY_MS
    assert orders.clock_event(hers) is Event.LAPSE


@pytest.mark.parametrize(
    ("event", "role"),
    [
        (Event.ACCEPT, Role.BUYER),
        (Event.REVISE, Role.BUYER),
        (Event.SELLER_CANCEL, Role.SELLER),
        (Event.DISPUTE, Role.BUYER),
    ],
)
def test_a_step_of_the_order_ends_the_request(event: Event, role: Role) -> None:
    """Whatever moves a delivery on leaves no request behind."""
    after = moved(asked(order_in(State.DELIVERED), Role.BUYER), event, role)
    assert (after.request, after.paused_ms) == (None, None)


@pytest.mark.parametrize(
    ("state", "event"),
    [
        (State.DELIVERED, Event.AUTO_COMPLETE),
        (State.IN_PROGRESS, Event.ABANDON),
        (State.REVISION_REQUESTED, Event.RESUME),
    ],
)
def test_the_clock_does_nothing_else_meanwhile(state: State, event: Event) -> None:
    """Under a live request the state's own clock is refused, however late it is."""
    waiting = asked(order_in(state), Role.BUYER, until_ms=START_MS)
    assert RequestLive(START_MS) == refused(waiting, event, Role.CLOCK)


def test_more_time_counts_from_the_deadline() -> None:
    """Two days more after the deadline that was; the reminders begin anew, the seller's first."""
    waiting = asked(AT_WORK, Role.SELLER, kind=Kind.TIME, days=2)
    after = moved(waiting, Event.EXTEND, Role.BUYER)
    assert after.due_at_ms == START_MS + 4 * DAY_MS
    assert after.clock_at_ms == START_MS + 11 * DAY_MS
    assert after.nudge_at_ms == START_MS + 3 * DAY_MS
    assert (after.nudges, after.request, after.paused_ms) == (0, None, None)


def test_more_time_for_late_work_counts_from_now() -> None:
    """Days that have passed already are not given again."""
    waiting = asked(order_in(State.IN_PROGRESS), Role.SELLER, kind=Kind.TIME, days=2)
    assert moved(waiting, Event.EXTEND, Role.BUYER).due_at_ms == START_MS + 2 * DAY_MS
