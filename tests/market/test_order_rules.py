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
    NoLongerLooks,
    NumberOutOfRange,
    OwnOrder,
    PaymentMismatch,
    RequestLive,
    Stale,
    TooEarly,
    WrongState,
)
from market.money import Currency, Money
from market.notices import Notice
from market.states import Event, Outcome, Role, State
from tests.support.orders import (
    BUYER,
    PRICE,
    SELLER,
    START_MS,
    STRANGER,
    act,
    asked,
    draft,
    moved,
    order_in,
)


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
    assert order.nudge_at_ms == START_MS + 2 * DAY_MS


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


def test_the_charge_of_another_hold_is_not_applied() -> None:
    """An order has one hold; what was asked for another one does not fill it."""
    paid = Payment(rail="stars", charge_id="x", payer_id=BUYER, amount=PRICE, hold=2)
    given = replace(act(Event.PAID, Role.PROVIDER), payment=paid)
    with pytest.raises(PaymentMismatch) as caught:
        orders.apply(order_in(State.AWAITING_PAYMENT), given)
    assert PaymentMismatch("hold") == caught.value


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
    """A delivered order is not late, nor one whose changes wait for the seller to resume."""
    assert order_in(State.IN_PROGRESS).is_late(START_MS)
    assert not order_in(State.DELIVERED).is_late(START_MS)
    assert not order_in(State.REVISION_REQUESTED).is_late(START_MS)
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


def test_asking_for_changes_sets_a_deadline_that_resuming_keeps() -> None:
    """The deadline is that of a seller who waits for the clock; resuming sooner costs nothing."""
    order = replace(order_in(State.DELIVERED), revisions_used=0, due_at_ms=START_MS - DAY_MS)
    waiting = moved(order, Event.REVISE, Role.BUYER)
    assert (waiting.clock_at_ms, waiting.due_at_ms) == (START_MS + DAY_MS, START_MS + 2 * DAY_MS)
    soon = moved(waiting, Event.RESUME, Role.SELLER, now_ms=START_MS + HOUR_MS)
    late = moved(waiting, Event.RESUME, Role.CLOCK, now_ms=START_MS + DAY_MS)
    assert (soon.due_at_ms, late.due_at_ms) == (waiting.due_at_ms, waiting.due_at_ms)
    roomy = replace(order, due_at_ms=START_MS + 9 * DAY_MS)
    assert moved(roomy, Event.REVISE, Role.BUYER).due_at_ms == START_MS + 9 * DAY_MS


def test_looking_longer_is_granted_once_for_each_delivery() -> None:
    """The buyer takes up to a week more, once; the next delivery may be looked at longer again."""
    order = replace(order_in(State.DELIVERED), clock_at_ms=START_MS + DAY_MS)
    longer = moved(order, Event.LOOK_LONGER, Role.BUYER)
    assert longer.clock_at_ms == START_MS + 3 * DAY_MS
    assert (longer.nudge_at_ms, longer.nudges) == (START_MS + 3 * DAY_MS - 12 * HOUR_MS, 2)
    assert longer.reminded_ms is None
    assert NoLongerLooks() == refusal(longer, Event.LOOK_LONGER, Role.BUYER)
    again = moved(moved(longer, Event.REVISE, Role.BUYER), Event.RESUME, Role.SELLER)
    delivered = moved(again, Event.DELIVER, Role.SELLER)
    assert moved(delivered, Event.LOOK_LONGER, Role.BUYER).longer_looks == 1


@pytest.mark.parametrize("days", [0, 8, -1])
def test_a_longer_look_has_its_bounds(days: int) -> None:
    """One to seven days, and not while a request waits, which stops the clock anyway."""
    order = order_in(State.DELIVERED)
    with pytest.raises(NumberOutOfRange) as caught:
        orders.apply(order, replace(act(Event.LOOK_LONGER, Role.BUYER), days=days))
    assert NumberOutOfRange(1, 7) == caught.value
    waiting = asked(order, Role.SELLER, until_ms=START_MS + 5)
    assert RequestLive(START_MS + 5) == refusal(waiting, Event.LOOK_LONGER, Role.BUYER)


def test_a_claim_waits_for_operators_and_then_falls_back() -> None:
    """Operators are alarmed after 12 hours; after 24 more the buyer is asked again."""
    claimed = moved(order_in(State.AWAITING_PAYMENT), Event.CLAIM, Role.BUYER)
    assert claimed.nudge_at_ms == START_MS + 12 * HOUR_MS
    assert claimed.clock_at_ms == START_MS + 36 * HOUR_MS
    assert TooEarly(START_MS + 36 * HOUR_MS) == refusal(claimed, Event.CLAIM_REJECT, Role.CLOCK)
    again = moved(claimed, Event.CLAIM_REJECT, Role.OPERATOR)
    assert (again.state, again.clock_at_ms) == (State.AWAITING_PAYMENT, START_MS + DAY_MS)


def test_an_operator_rejects_no_claim_on_an_order_of_his_own() -> None:
    """An operator who is a party leaves the claim to another."""
    own = replace(act(Event.CLAIM_REJECT, Role.OPERATOR), person_id=SELLER)
    with pytest.raises(OwnOrder):
        orders.apply(order_in(State.PAYMENT_REVIEW), own)


def test_operators_are_alarmed_and_nobody_is_reminded() -> None:
    """Where operators are waited for the reminder counts, and its message is left to the caller."""
    for state, left in ((State.PAYMENT_REVIEW, None), (State.DISPUTED, START_MS + 4 * DAY_MS)):
        change = reminders.nudge(replace(order_in(state), nudges=0), START_MS, DEFAULT)
        assert change.order is not None
        assert (change.order.nudges, change.order.nudge_at_ms) == (1, left)
        assert change.messages == ()


def test_a_reminder_reaches_the_buyer() -> None:
    """The notice of a reminder carries its number, so that none is queued twice."""
    change = reminders.nudge(replace(order_in(State.IN_PROGRESS), nudges=0), START_MS, DEFAULT)
    message = change.messages[0]
    assert (message.notice, message.person_id) == (Notice.NUDGE_LATE, BUYER)
    assert message.key == "order:7:v5:nudge_late:1"


@pytest.mark.parametrize(("days", "hours"), [(1, 12), (2, 24), (3, 48), (60, 59 * 24)])
def test_the_seller_is_reminded_before_his_deadline(days: int, hours: int) -> None:
    """A day before it, or at half the time of an order of less than two days."""
    unpaid = order_in(State.AWAITING_PAYMENT, asks_requirements=False)
    unpaid = replace(unpaid, terms=replace(unpaid.terms, delivery_days=days))
    order = moved(unpaid, Event.PAID, Role.PROVIDER)
    assert order.nudge_at_ms == START_MS + hours * HOUR_MS
    change = reminders.nudge(order, order.nudge_at_ms, DEFAULT)
    message = change.messages[0]
    assert (message.notice, message.person_id) == (Notice.DUE_SOON, SELLER)
    assert not message.silent
    later = change.order
    assert later is not None
    assert (later.nudges, later.nudge_at_ms) == (0, START_MS + (days + 1) * DAY_MS)


def test_the_seller_is_reminded_once_per_deadline() -> None:
    """The key names the deadline; after it the reminder is left out and the buyer's comes."""
    work = replace(order_in(State.IN_PROGRESS), nudges=0, due_at_ms=START_MS + HOUR_MS)
    twice = [reminders.nudge(work, START_MS + late, DEFAULT).messages[0] for late in (0, 5)]
    assert [f"order:7:due_soon:{START_MS + HOUR_MS}"] * 2 == [one.key for one in twice]
    missed = reminders.nudge(work, START_MS + HOUR_MS, DEFAULT)
    assert missed.messages == ()
    assert missed.order == replace(work, nudge_at_ms=START_MS + 25 * HOUR_MS)
    again = reminders.nudge(missed.order, START_MS + 25 * HOUR_MS, DEFAULT)
    assert again.messages[0].notice is Notice.NUDGE_LATE


def test_money_that_did_not_clear_is_not_announced() -> None:
    """After a chargeback the order clears without a transfer and without a word to the seller."""
    order = replace(order_in(State.COMPLETED), was_charged_back=True, released_minor=0)
    change = orders.apply(order, act(Event.CLEAR, Role.CLOCK))
    assert (change.journals, change.messages) == ((), ())
    good = orders.apply(order_in(State.COMPLETED), act(Event.CLEAR, Role.CLOCK))
    assert [message.notice for message in good.messages] == [Notice.FUNDS_CLEARED]


def test_messages_tell_what_became_of_the_order() -> None:
    """A notice knows event, actor, numbers and the state that followed."""
    change = orders.apply(order_in(State.IN_PROGRESS), act(Event.ASK_TIME, Role.SELLER))
    message = change.messages[0]
    assert (message.notice, message.person_id, message.silent) == (Notice.TIME_ASKED, BUYER, False)
    assert message.facts == {
        "event": "ask_time",
        "by": "seller",
        "version": 6,
        "note": "",
        "minor": 0,
        "days": 2,
        "state": "in_progress",
    }


def test_what_needs_no_answer_comes_without_sound() -> None:
    """That the work goes on, or that the buyer looks longer, makes no sound."""
    resumed = orders.apply(order_in(State.REVISION_REQUESTED), act(Event.RESUME, Role.SELLER))
    looking = orders.apply(order_in(State.DELIVERED), act(Event.LOOK_LONGER, Role.BUYER))
    assert [message.silent for message in (*resumed.messages, *looking.messages)] == [True, True]


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        ((Event.ACCEPT, Role.BUYER), (Event.AUTO_COMPLETE, Role.CLOCK), WrongState),
        ((Event.AUTO_COMPLETE, Role.CLOCK), (Event.ACCEPT, Role.BUYER), WrongState),
        ((Event.AUTO_COMPLETE, Role.CLOCK), (Event.DISPUTE, Role.BUYER), WrongState),
        ((Event.DISPUTE, Role.BUYER), (Event.AUTO_COMPLETE, Role.CLOCK), WrongState),
        ((Event.SELLER_CANCEL, Role.SELLER), (Event.DISPUTE, Role.BUYER), WrongState),
        ((Event.DISPUTE, Role.BUYER), (Event.SELLER_CANCEL, Role.SELLER), WrongState),
        ((Event.ACCEPT, Role.BUYER), (Event.REVISE, Role.BUYER), WrongState),
        ((Event.REVISE, Role.BUYER), (Event.REVISE, Role.BUYER), WrongState),
    ],
)
def test_whoever_comes_second_is_refused(
    first: tuple[Event, Role], second: tuple[Event, Role], refused: type[MarketError]
) -> None:
    """Of two rival events on a delivery only the first acts, whichever it is."""
    after = moved(order_in(State.DELIVERED), *first)
    with pytest.raises(refused):
        orders.apply(after, act(*second))
    with pytest.raises(Stale):
        orders.apply(after, act(*second, version=5))


def test_a_payment_comes_too_late_for_an_ended_order() -> None:
    """An expired order takes no payment; it lands elsewhere and goes back."""
    expired = moved(order_in(State.AWAITING_PAYMENT), Event.EXPIRE, Role.CLOCK)
    with pytest.raises(WrongState):
        orders.apply(expired, act(Event.PAID, Role.PROVIDER))


def test_an_approved_checkout_survives_a_claim() -> None:
    """A payment that was approved before the claim still pays the order under review."""
    leased = reminders.leased(order_in(State.AWAITING_PAYMENT), START_MS + 1).order
    assert leased is not None
    claimed = moved(leased, Event.CLAIM, Role.BUYER)
    assert moved(claimed, Event.PAID, Role.PROVIDER).state is State.AWAITING_REQUIREMENTS


def test_silence_accepts_the_same_money_as_the_buyer() -> None:
    """Accepting and silence post the same transfers; only the outcome differs."""
    order = order_in(State.DELIVERED)
    by_her = orders.apply(order, act(Event.ACCEPT, Role.BUYER))
    by_clock = orders.apply(order, act(Event.AUTO_COMPLETE, Role.CLOCK))
    assert by_her.journals[0].transfers == by_clock.journals[0].transfers
    assert by_her.order is not None
    assert by_clock.order is not None
    assert (by_her.order.outcome, by_clock.order.outcome) == (Outcome.ACCEPTED, Outcome.AUTO)
