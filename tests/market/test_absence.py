"""Declared absences: which clocks they stop, for whom, and within which bounds."""

from dataclasses import replace

import pytest

from market.absence import Absence, stopped, waits_for
from market.contract import Order
from market.deadlines import DAY_MS, DEFAULT
from market.requests import Kind
from market.states import Event, Role, State
from tests.support.orders import (
    BUYER,
    SELLER,
    START_MS,
    STRANGER,
    act,
    asked,
    dispute,
    draft,
    judged,
    moved,
    order_in,
)

AWAY = Absence(
    id=1,
    person_id=BUYER,
    from_ms=START_MS - DAY_MS,
    until_ms=START_MS + 5 * DAY_MS,
    declared_ms=START_MS - 9 * DAY_MS,
)
HIS = replace(AWAY, person_id=SELLER)
IN_TWO_DAYS = START_MS + 2 * DAY_MS
DELIVERY = replace(
    order_in(State.DELIVERED), clock_at_ms=IN_TWO_DAYS, nudge_at_ms=START_MS + DAY_MS
)
WORK = replace(
    order_in(State.IN_PROGRESS),
    due_at_ms=IN_TWO_DAYS,
    clock_at_ms=START_MS + 9 * DAY_MS,
    nudge_at_ms=START_MS + 3 * DAY_MS,
)
UNHEARD = replace(
    order_in(State.DISPUTED),
    clock_at_ms=START_MS + 60 * DAY_MS,
    nudge_at_ms=START_MS + 3 * DAY_MS,
    dispute=replace(
        dispute(), buyer_said=False, evidence_by_ms=IN_TWO_DAYS, decide_by_ms=IN_TWO_DAYS + DAY_MS
    ),
)


def away(order: Order, absence: Absence = AWAY, *, now_ms: int = START_MS) -> Order | None:
    """The order with its clocks moved, None when they were not."""
    change = stopped(order, absence, now_ms=now_ms, windows=DEFAULT)
    if change is None:
        return None
    assert order == change.before
    assert change.event is None
    assert change.order is not None
    assert order.version == change.order.version
    return change.order


def test_an_absence_covers_its_time() -> None:
    """From the first moment to just before the last."""
    inside = [AWAY.from_ms, AWAY.until_ms - 1]
    outside = [AWAY.from_ms - 1, AWAY.until_ms]
    assert [AWAY.covers(one) for one in (*inside, *outside)] == [True, True, False, False]


def test_the_clock_waits_for_somebody_or_nobody() -> None:
    """Buyers answer and accept, sellers deliver, and who is asked answers."""
    waiting = {state: waits_for(order_in(state)) for state in State}
    assert {state: role for state, role in waiting.items() if role is not None} == {
        State.AWAITING_REQUIREMENTS: Role.BUYER,
        State.DELIVERED: Role.BUYER,
        State.IN_PROGRESS: Role.SELLER,
    }
    assert waits_for(asked(DELIVERY, Role.BUYER)) is Role.SELLER


def test_an_absent_buyer_does_not_accept_by_silence() -> None:
    """Clock and next reminder move by the rest of the absence."""
    order = away(DELIVERY)
    assert order is not None
    assert order.clock_at_ms == START_MS + 7 * DAY_MS
    assert order.nudge_at_ms == START_MS + 6 * DAY_MS
    assert (order.absent_ms, order.absent_until_ms) == (5 * DAY_MS, START_MS + 5 * DAY_MS)
    assert DELIVERY.due_at_ms == order.due_at_ms


def test_the_same_days_never_count_twice() -> None:
    """Asked again, today or tomorrow, the same absence moves nothing; a longer one its rest."""
    order = away(DELIVERY)
    assert order is not None
    assert away(order) is None
    assert away(order, now_ms=START_MS + DAY_MS) is None
    longer = away(order, replace(AWAY, until_ms=START_MS + 6 * DAY_MS))
    assert longer is not None
    assert longer.clock_at_ms == START_MS + 8 * DAY_MS


def test_an_absence_to_come_counts_from_its_beginning() -> None:
    """A clock that would run out meanwhile stops for the days away; reminders before it stay."""
    later = replace(AWAY, from_ms=START_MS + DAY_MS, until_ms=START_MS + 4 * DAY_MS)
    order = away(DELIVERY, later)
    assert order is not None
    assert (order.clock_at_ms, order.nudge_at_ms) == (START_MS + 5 * DAY_MS, START_MS + DAY_MS)
    after = replace(AWAY, from_ms=IN_TWO_DAYS)
    assert away(DELIVERY, after) is None


def test_an_absence_that_is_over_moves_nothing() -> None:
    """Days gone by are gone."""
    assert away(DELIVERY, now_ms=AWAY.until_ms) is None


def test_an_order_is_stopped_for_two_weeks_at_most() -> None:
    """However long the absence, an order waits fourteen days in all."""
    long = replace(AWAY, until_ms=START_MS + 30 * DAY_MS)
    order = away(replace(DELIVERY, absent_ms=4 * DAY_MS), long)
    assert order is not None
    assert (order.clock_at_ms, order.absent_ms) == (IN_TWO_DAYS + 10 * DAY_MS, 14 * DAY_MS)
    assert away(replace(DELIVERY, absent_ms=14 * DAY_MS), long) is None


@pytest.mark.parametrize("person", [SELLER, STRANGER])
def test_the_other_side_waits_for_nobody_away(person: int) -> None:
    """An absence stops only what would run against the absent person."""
    assert away(DELIVERY, replace(AWAY, person_id=person)) is None


@pytest.mark.parametrize(
    "state", [State.AWAITING_PAYMENT, State.REVISION_REQUESTED, State.COMPLETED, State.CLEARED]
)
def test_other_clocks_go_on(state: State) -> None:
    """Paying, resuming and clearing wait for nobody."""
    assert (away(order_in(state)), away(order_in(state), HIS)) == (None, None)
    assert away(draft()) is None


def test_a_seller_who_said_so_before_gets_his_days() -> None:
    """The buyer knew: deadline, abandonment and the reminder of lateness move together."""
    early = replace(HIS, declared_ms=WORK.created_ms)
    order = away(WORK, early)
    assert order is not None
    assert order.due_at_ms == START_MS + 7 * DAY_MS
    assert order.clock_at_ms == START_MS + 14 * DAY_MS
    assert order.nudge_at_ms == START_MS + 8 * DAY_MS


def test_a_seller_who_says_so_later_must_ask() -> None:
    """An absence declared after the order was placed gives no more time for the work."""
    late = replace(HIS, declared_ms=WORK.created_ms + 1)
    assert away(WORK, late) is None


def test_late_work_stays_late() -> None:
    """A deadline that had passed before the absence is not moved."""
    over = replace(WORK, due_at_ms=START_MS - 1)
    assert away(over, replace(HIS, declared_ms=0)) is None


def test_work_without_a_reminder_to_come_is_moved_too() -> None:
    """Deadline and clock move also when the next reminder was sent."""
    order = away(replace(WORK, nudge_at_ms=None), replace(HIS, declared_ms=0))
    assert order is not None
    assert (order.due_at_ms, order.nudge_at_ms) == (START_MS + 7 * DAY_MS, None)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_request_waits_for_the_absent(kind: Kind) -> None:
    """The time to answer moves, declared before the order or not; the paused clock stands."""
    waiting = asked(WORK, Role.SELLER, kind=kind, until_ms=IN_TWO_DAYS)
    order = away(waiting, replace(AWAY, declared_ms=START_MS))
    assert order is not None
    assert order.request is not None
    assert (order.request.until_ms, order.clock_at_ms) == (START_MS + 7 * DAY_MS,) * 2
    assert (order.paused_ms, order.due_at_ms) == (WORK.clock_at_ms, WORK.due_at_ms)


def test_a_request_carried_through_a_delivery_keeps_its_days() -> None:
    """The seller's days away count once for the buyer's request, delivery or not."""
    his = replace(HIS, declared_ms=START_MS)
    waiting = away(asked(WORK, Role.BUYER, until_ms=IN_TWO_DAYS), his)
    assert waiting is not None
    delivered = moved(waiting, Event.DELIVER, Role.SELLER)
    assert delivered.request == waiting.request
    assert away(delivered, his) is None


def test_a_new_state_begins_to_count_anew() -> None:
    """Days of the state before do not hide those of the next, which are other days of waiting."""
    order = away(order_in_requirements())
    assert order is not None
    working = moved(order, Event.REQUIREMENTS, Role.BUYER)
    assert (working.absent_until_ms, working.absent_ms) == (None, 5 * DAY_MS)


def order_in_requirements() -> Order:
    """An order that waits for the buyer's answer, two days more."""
    return replace(order_in(State.AWAITING_REQUIREMENTS), clock_at_ms=IN_TWO_DAYS)


def test_who_has_not_spoken_in_a_dispute_gets_time() -> None:
    """The times to speak and to decide move, and the alarm with them; the last exit does not."""
    order = away(UNHEARD)
    assert order is not None
    assert order.dispute is not None
    assert order.dispute.evidence_by_ms == START_MS + 7 * DAY_MS
    assert order.dispute.decide_by_ms == START_MS + 8 * DAY_MS
    assert order.clock_at_ms == UNHEARD.clock_at_ms
    assert away(order) is None


def test_who_has_spoken_gets_no_more_time() -> None:
    """The seller has said his piece: his absence delays nobody."""
    assert away(UNHEARD, HIS) is None
    appealed = judged(100, ends_ms=IN_TWO_DAYS, appealed_by=Role.SELLER)
    assert away(appealed) is None


@pytest.mark.parametrize("absence", [AWAY, HIS])
def test_a_verdict_waits_for_the_absent(absence: Absence) -> None:
    """The time to appeal is stopped for either side, not for others."""
    order = away(judged(100, ends_ms=IN_TWO_DAYS), absence)
    assert order is not None
    assert order.clock_at_ms == START_MS + 7 * DAY_MS
    stranger = replace(absence, person_id=STRANGER)
    assert away(judged(100, ends_ms=IN_TWO_DAYS), stranger) is None


def test_a_stopped_clock_acts_at_its_new_moment() -> None:
    """What the sweep sees after an absence is an ordinary order."""
    order = away(DELIVERY)
    assert order is not None
    assert order.clock_at_ms is not None
    done = moved(order, Event.AUTO_COMPLETE, Role.CLOCK, now_ms=order.clock_at_ms)
    assert done.state is State.COMPLETED
    assert act(Event.ACCEPT, Role.BUYER).now_ms < order.clock_at_ms
