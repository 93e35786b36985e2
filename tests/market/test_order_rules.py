"""Guards, deadlines, money and notices of single transitions."""

from dataclasses import replace

import pytest

from market import order as orders
from market import reminders
from market.contract import Order, Payment
from market.deadlines import DAY_MS, DEFAULT, HOUR_MS
from market.errors import (
    CheckoutLive,
    MarketError,
    NoChangesLeft,
    PaymentMismatch,
    Stale,
    TooEarly,
)
from market.money import Currency, Money
from market.notices import Notice
from market.states import Event, Outcome, Role, State
from tests.support.orders import BUYER, PRICE, SELLER, START_MS, STRANGER, act, draft, order_in


def moved(order: Order, event: Event, role: Role, *, now_ms: int = START_MS) -> Order:
    """The order after one legal event."""
    after = orders.apply(order, act(event, role, now_ms=now_ms)).order
    assert after is not None
    return after


def refusal(order: Order, event: Event, role: Role, *, now_ms: int = START_MS) -> MarketError:
    """The refusal of one event."""
    with pytest.raises(MarketError) as caught:
        orders.apply(order, act(event, role, now_ms=now_ms))
    return caught.value


def test_a_stale_button_is_refused_before_anything_else() -> None:
    """A button drawn for version 4 does nothing to version 5."""
    with pytest.raises(Stale) as caught:
        orders.apply(order_in(State.DELIVERED), act(Event.ACCEPT, Role.BUYER, version=4))
    assert Stale(4, 5) == caught.value


def test_submitting_opens_the_payment_window() -> None:
    """An unpaid order expires half an hour after it was placed."""
    assert moved(draft(), Event.SUBMIT, Role.BUYER).clock_at_ms == START_MS + 30 * 60_000


def test_paying_asks_the_requirements() -> None:
    """The buyer has seven days to answer, and is reminded after one."""
    order = moved(order_in(State.AWAITING_PAYMENT), Event.PAID, Role.PROVIDER)
    assert order.state == State.AWAITING_REQUIREMENTS
    assert (order.clock_at_ms, order.nudge_at_ms) == (START_MS + 7 * DAY_MS, START_MS + DAY_MS)
    assert (order.rail, order.charge_id, order.held_minor) == ("stars", "ch1", 250)


def test_paying_a_gig_without_question_starts_the_work() -> None:
    """Without requirements the seller's days run from the payment."""
    unpaid = order_in(State.AWAITING_PAYMENT, asks_requirements=False)
    order = moved(unpaid, Event.PAID, Role.PROVIDER)
    assert (order.state, order.due_at_ms) == (State.IN_PROGRESS, START_MS + 3 * DAY_MS)


@pytest.mark.parametrize(
    ("payer", "amount", "what"),
    [
        (STRANGER, PRICE, "payer"),
        (BUYER, Money(249, Currency.XTR), "amount"),
        (BUYER, Money(250, Currency.BDT), "amount"),
    ],
)
def test_a_wrong_payment_is_not_applied(payer: int, amount: Money, what: str) -> None:
    """Payer, amount and currency must be exactly the order's."""
    paid = Payment(rail="stars", charge_id="x", payer_id=payer, amount=amount)
    with pytest.raises(PaymentMismatch) as caught:
        orders.apply(
            order_in(State.AWAITING_PAYMENT),
            replace(act(Event.PAID, Role.PROVIDER), payment=paid),
        )
    assert PaymentMismatch(what) == caught.value


@pytest.mark.parametrize(
    ("event", "role"),
    [
        (Event.EXPIRE, Role.CLOCK),
        (Event.CANCEL_UNPAID, Role.BUYER),
        (Event.CANCEL_UNPAID, Role.SELLER),
    ],
)
def test_a_live_checkout_stops_expiry_and_cancelling(event: Event, role: Role) -> None:
    """An approved checkout may still become a payment: nothing ends the order meanwhile."""
    leased = reminders.leased(order_in(State.AWAITING_PAYMENT), START_MS + 1).order
    assert leased is not None
    assert CheckoutLive(START_MS + 1) == refusal(leased, event, role)
    assert moved(leased, event, role, now_ms=START_MS + 1).state.is_final


def test_the_clock_does_not_act_early() -> None:
    """One millisecond before its moment the clock is refused with that moment."""
    order = replace(order_in(State.COMPLETED), clock_at_ms=START_MS + 1)
    assert TooEarly(START_MS + 1) == refusal(order, Event.CLEAR, Role.CLOCK)


def test_silence_accepts_only_after_a_reminder_arrived() -> None:
    """The reminder must have reached the buyer at least twelve hours ago."""
    order = order_in(State.DELIVERED)
    never = replace(order, reminded_ms=None)
    lately = replace(order, reminded_ms=START_MS - 11 * HOUR_MS)
    assert TooEarly(START_MS + 12 * HOUR_MS) == refusal(never, Event.AUTO_COMPLETE, Role.CLOCK)
    assert TooEarly(START_MS + HOUR_MS) == refusal(lately, Event.AUTO_COMPLETE, Role.CLOCK)
    done = moved(order, Event.AUTO_COMPLETE, Role.CLOCK)
    assert (done.state, done.outcome) == (State.COMPLETED, Outcome.AUTO)


@pytest.mark.parametrize(
    ("state", "event"),
    [(State.AWAITING_REQUIREMENTS, Event.REQ_TIMEOUT), (State.IN_PROGRESS, Event.ABANDON)],
)
def test_silence_cancels_only_after_two_reminders(state: State, event: Event) -> None:
    """With one reminder sent the clock waits twelve hours more."""
    order = replace(order_in(state), nudges=1)
    assert TooEarly(START_MS + 12 * HOUR_MS) == refusal(order, event, Role.CLOCK)


def test_the_buyer_may_leave_a_late_order_after_a_day() -> None:
    """Late cancelling opens 24 hours after the seller's deadline."""
    order = replace(order_in(State.IN_PROGRESS), due_at_ms=START_MS - 23 * HOUR_MS)
    assert TooEarly(START_MS + HOUR_MS) == refusal(order, Event.LATE_CANCEL, Role.BUYER)


def test_changes_are_counted() -> None:
    """The package's rounds can be asked for, one more cannot."""
    order = replace(order_in(State.DELIVERED), revisions_used=1)
    assert moved(order, Event.REVISE, Role.BUYER).revisions_used == 2
    used = replace(order, revisions_used=2)
    assert NoChangesLeft(2) == refusal(used, Event.REVISE, Role.BUYER)


def test_the_seller_resumes_at_once_and_the_clock_after_a_day() -> None:
    """Resuming gives what was left of the days, and at least a day."""
    order = replace(order_in(State.REVISION_REQUESTED), clock_at_ms=START_MS + HOUR_MS)
    short = moved(order, Event.RESUME, Role.SELLER)
    assert short.due_at_ms == START_MS + DAY_MS
    early = replace(order, due_at_ms=START_MS + 2 * DAY_MS)
    assert moved(early, Event.RESUME, Role.SELLER).due_at_ms == START_MS + 2 * DAY_MS
    fresh = replace(order, due_at_ms=None)
    assert moved(fresh, Event.RESUME, Role.SELLER).due_at_ms == START_MS + DAY_MS
    assert TooEarly(START_MS + HOUR_MS) == refusal(order, Event.RESUME, Role.CLOCK)


def test_clearing_waits_for_the_charge_to_be_safe() -> None:
    """Funds clear at the later of completion + 7 days and charge + 21 days."""
    old, new = START_MS - 40 * DAY_MS, START_MS - DAY_MS
    order = order_in(State.DELIVERED)
    late = moved(replace(order, paid_ms=old), Event.ACCEPT, Role.BUYER)
    soon = moved(replace(order, paid_ms=new), Event.ACCEPT, Role.BUYER)
    assert (START_MS + 7 * DAY_MS, new + 21 * DAY_MS) == (late.clock_at_ms, soon.clock_at_ms)


def test_paying_lands_and_holds_the_money() -> None:
    """P1 lands with the buyer, P2 holds it in the order's escrow."""
    change = orders.apply(order_in(State.AWAITING_PAYMENT), act(Event.PAID, Role.PROVIDER))
    rows = [row for journal in change.journals for row in journal.transfers]
    assert [(row.code, row.debit.id, row.credit.id, row.amount.minor) for row in rows] == [
        ("P1", "A:prov:stars:XTR", "L:user:11:credit:XTR", 250),
        ("P2", "L:user:11:credit:XTR", "L:escrow:7:1:XTR", 250),
    ]
    assert [journal.key for journal in change.journals] == ["stars:ch1:in", "order:7:hold"]


def test_accepting_releases_less_the_fee() -> None:
    """P5 and P6 share the escrow: 225 Stars clear for the seller, 25 are the fee."""
    change = orders.apply(order_in(State.DELIVERED), act(Event.ACCEPT, Role.BUYER))
    assert [
        (row.code, row.debit.id, row.credit.id, row.amount.minor)
        for row in change.journals[0].transfers
    ] == [
        ("P5", "L:escrow:7:1:XTR", "L:user:22:clearing:XTR", 225),
        ("P6", "L:escrow:7:1:XTR", "L:fee_pending:XTR", 25),
    ]


def test_clearing_makes_the_money_withdrawable() -> None:
    """P7 and P8 move exactly what was released."""
    change = orders.apply(order_in(State.COMPLETED), act(Event.CLEAR, Role.CLOCK))
    assert [
        (row.code, row.debit.id, row.credit.id, row.amount.minor)
        for row in change.journals[0].transfers
    ] == [
        ("P7", "L:user:22:clearing:XTR", "L:user:22:earned:XTR", 225),
        ("P8", "L:fee_pending:XTR", "I:fee:XTR", 25),
    ]


def test_cancelling_sends_the_whole_charge_back() -> None:
    """P10 and P14 move all of it to the refund, which names charge and payer."""
    change = orders.apply(
        order_in(State.AWAITING_REQUIREMENTS), act(Event.BUYER_CANCEL_EARLY, Role.BUYER)
    )
    rows = [row for journal in change.journals for row in journal.transfers]
    assert [(row.code, row.debit.id, row.credit.id, row.amount.minor) for row in rows] == [
        ("P10", "L:escrow:7:1:XTR", "L:user:11:credit:XTR", 250),
        ("P14", "L:user:11:credit:XTR", "L:refunding:stars:XTR", 250),
    ]
    refund = change.refunds[0]
    assert (
        refund.rail,
        refund.charge_id,
        refund.payer_id,
        refund.amount,
        refund.order_id,
    ) == ("stars", "ch1", BUYER, PRICE, 7)


def test_a_fee_of_nothing_moves_nothing() -> None:
    """A free house posts no empty transfer."""
    order = order_in(State.DELIVERED)
    free = replace(order, terms=replace(order.terms, fee_bp=0, fee_least_minor=0))
    change = orders.apply(free, act(Event.ACCEPT, Role.BUYER))
    assert [row.code for row in change.journals[0].transfers] == ["P5"]


def test_both_sides_are_told_once() -> None:
    """Accepting tells the seller and asks both for a review; the keys carry the version."""
    change = orders.apply(order_in(State.DELIVERED), act(Event.ACCEPT, Role.BUYER))
    assert [(message.notice, message.person_id) for message in change.messages] == [
        (Notice.ORDER_ACCEPTED, SELLER),
        (Notice.REVIEW_REQUEST, BUYER),
        (Notice.REVIEW_REQUEST, SELLER),
    ]
    assert change.messages[0].key == "order:7:v6:order_accepted:22"


def test_roles_are_looked_up_by_person() -> None:
    """Buyer and seller are the order's parties; everybody else is a stranger."""
    order = draft()
    assert [order.role_of(person) for person in (BUYER, SELLER, STRANGER, None)] == [
        Role.BUYER,
        Role.SELLER,
        Role.STRANGER,
        Role.STRANGER,
    ]


def test_lateness_is_seen_only_while_work_is_due() -> None:
    """A delivered order is not late, whatever its deadline says."""
    assert order_in(State.IN_PROGRESS).is_late(START_MS)
    assert not order_in(State.DELIVERED).is_late(START_MS)
    assert not replace(order_in(State.IN_PROGRESS), due_at_ms=None).is_late(START_MS)


def test_reminders_follow_the_windows() -> None:
    """Three reminders to accept: after 24, 48 and 66 hours; then no more."""
    order = replace(order_in(State.DELIVERED), nudges=0, reminded_ms=None)
    moments, now = [], START_MS
    while True:
        change = reminders.nudge(order, now, DEFAULT)
        assert change.order is not None
        assert order.version == change.order.version
        order = change.order
        if order.nudge_at_ms is None:
            break
        moments.append((order.nudge_at_ms - now) // HOUR_MS)
        now = order.nudge_at_ms
    assert (moments, order.nudges) == ([24, 18], 3)


def test_only_the_first_reminder_counts() -> None:
    """`reminded_ms` is when the first reminder of this state arrived."""
    first = reminders.reached(replace(order_in(State.DELIVERED), reminded_ms=None), 5).order
    assert first is not None
    again = reminders.reached(first, 9).order
    assert again is not None
    assert (first.reminded_ms, again.reminded_ms) == (5, 5)


def test_postponing_keeps_the_version() -> None:
    """The clock looks again later; buttons already shown stay good."""
    later = reminders.postponed(order_in(State.DELIVERED), 99).order
    assert later is not None
    assert (later.clock_at_ms, later.version) == (99, 5)


def test_whoever_cancels_is_not_told_about_it() -> None:
    """The other side hears of a cancelled order; when the clock cancels, both do."""
    early = orders.apply(
        order_in(State.AWAITING_REQUIREMENTS), act(Event.BUYER_CANCEL_EARLY, Role.BUYER)
    )
    late = orders.apply(order_in(State.AWAITING_REQUIREMENTS), act(Event.REQ_TIMEOUT, Role.CLOCK))
    assert [message.person_id for message in early.messages] == [SELLER]
    assert [message.person_id for message in late.messages] == [BUYER, SELLER]
