"""Disputes: opening, being heard, verdicts, appeals, giving in, reopening, chargebacks."""

from dataclasses import replace

import pytest

from market import order as orders
from market.change import Change
from market.contract import Order
from market.deadlines import DAY_MS, HOUR_MS
from market.dispute import Dispute
from market.errors import (
    AmountOutOfRange,
    Decided,
    MarketError,
    NotDecided,
    NotHeard,
    NotLate,
    OwnOrder,
    ReopenedBefore,
    TooEarly,
    WrongState,
)
from market.money import Currency, Money
from market.notices import Notice
from market.postings import shares_of
from market.split import Split
from market.states import Event, Outcome, Role, State
from tests.support.orders import (
    BUYER,
    OPERATOR,
    PART,
    PRICE,
    SELLER,
    START_MS,
    act,
    dispute,
    judged,
    moved,
    order_in,
    with_numbers,
)

OPEN = order_in(State.DISPUTED)
DONE = replace(order_in(State.COMPLETED), clock_at_ms=START_MS + HOUR_MS, completed_ms=START_MS)
SECOND_OPERATOR = 55


def done(order: Order, event: Event, role: Role, **numbers: int) -> Change:
    """What one event does, with these numbers."""
    return orders.apply(order, with_numbers(act(event, role), **numbers))


def after(order: Order, event: Event, role: Role, **numbers: int) -> Order:
    """The order after one event, with these numbers."""
    order_after = done(order, event, role, **numbers).order
    assert order_after is not None
    return order_after


def refused(order: Order, event: Event, role: Role, **numbers: int) -> MarketError:
    """The refusal of one event with these numbers."""
    with pytest.raises(MarketError) as caught:
        done(order, event, role, **numbers)
    return caught.value


def rows(change: Change) -> list[tuple[str, str, str, int]]:
    """All transfers as plain facts."""
    return [
        (row.code, row.debit.id, row.credit.id, row.amount.minor)
        for journal in change.journals
        for row in journal.transfers
    ]


REFUND = [
    ("P10", "L:escrow:7:1:XTR", "L:user:11:credit:XTR", 250),
    ("P14", "L:user:11:credit:XTR", "L:refunding:stars:XTR", 250),
]
RELEASE = [
    ("P5", "L:escrow:7:1:XTR", "L:user:22:clearing:XTR", 225),
    ("P6", "L:escrow:7:1:XTR", "L:fee_pending:XTR", 25),
]
SPLIT = [
    ("P5", "L:escrow:7:1:XTR", "L:user:22:clearing:XTR", 90),
    ("P6", "L:escrow:7:1:XTR", "L:fee_pending:XTR", 10),
    ("P10", "L:escrow:7:1:XTR", "L:user:11:credit:XTR", 150),
]


@pytest.mark.parametrize("role", [Role.BUYER, Role.SELLER])
def test_a_dispute_opens_with_its_clocks(role: Role) -> None:
    """Whoever opens it has spoken; 48 hours to speak, 72 to decide, 60 days at the very most."""
    order = moved(order_in(State.DELIVERED), Event.DISPUTE, role)
    assert order.dispute == Dispute(
        by=role,
        opened_ms=START_MS,
        evidence_by_ms=START_MS + 2 * DAY_MS,
        decide_by_ms=START_MS + 3 * DAY_MS,
        buyer_said=role is Role.BUYER,
        seller_said=role is Role.SELLER,
    )
    assert order.dispute.unheard == {role.other}
    assert (order.clock_at_ms, order.nudge_at_ms) == (START_MS + 60 * DAY_MS, START_MS + 3 * DAY_MS)
    assert order.held_minor == PRICE.minor


def test_work_in_time_is_not_disputed() -> None:
    """Before the deadline and without a refused request there is nothing to decide."""
    order = replace(order_in(State.IN_PROGRESS), due_at_ms=START_MS)
    assert NotLate(START_MS) == refused(order, Event.DISPUTE, Role.BUYER)
    assert moved(order, Event.DISPUTE, Role.BUYER, now_ms=START_MS + 1).dispute is not None


def test_a_delivery_is_looked_at_first() -> None:
    """In its first hour a delivery is not disputed."""
    order = replace(order_in(State.DELIVERED), entered_ms=START_MS - HOUR_MS + 1)
    assert TooEarly(START_MS + 1) == refused(order, Event.DISPUTE, Role.BUYER)


def test_both_sides_are_heard() -> None:
    """Each side's first statement counts; more may be said until there is a verdict."""
    order = moved(order_in(State.DELIVERED), Event.DISPUTE, Role.SELLER)
    assert order.dispute is not None
    assert not order.dispute.both_said
    heard = moved(order, Event.TESTIFY, Role.BUYER)
    assert heard.dispute is not None
    assert heard.dispute.both_said
    assert heard.clock_at_ms == order.clock_at_ms
    again = moved(heard, Event.TESTIFY, Role.SELLER)
    assert heard.dispute == again.dispute
    assert Decided() == refused(judged(PART), Event.TESTIFY, Role.BUYER)


def test_no_verdict_before_both_were_heard() -> None:
    """A verdict waits for the silent side, but not longer than its time."""
    order = moved(order_in(State.DELIVERED), Event.DISPUTE, Role.BUYER)
    refusal = refused(order, Event.DECIDE, Role.OPERATOR)
    assert NotHeard(START_MS + 2 * DAY_MS) == refusal
    late = after(order, Event.DECIDE, Role.OPERATOR, now_ms=START_MS + 2 * DAY_MS)
    assert late.dispute is not None
    assert late.dispute.has_verdict
    heard = moved(order, Event.TESTIFY, Role.SELLER)
    assert after(heard, Event.DECIDE, Role.OPERATOR).version == heard.version + 1


def test_a_verdict_moves_no_money_yet() -> None:
    """It is written down, both are told, and for 72 hours either may appeal."""
    change = done(OPEN, Event.DECIDE, Role.OPERATOR)
    order = change.order
    assert order is not None
    assert order.dispute is not None
    assert (order.dispute.verdict_minor, order.dispute.verdict_by) == (PART, OPERATOR)
    assert (order.clock_at_ms, order.nudge_at_ms) == (START_MS + 3 * DAY_MS, None)
    assert (change.journals, order.held_minor) == ((), 250)
    assert [message.notice for message in change.messages] == [Notice.VERDICT, Notice.VERDICT]


def test_one_dispute_has_one_first_verdict() -> None:
    """The second of two operators sees that it was decided, before and after an appeal."""
    assert Decided() == refused(judged(PART), Event.DECIDE, Role.OPERATOR)
    appealed = judged(PART, appealed_by=Role.BUYER)
    assert Decided() == refused(appealed, Event.DECIDE, Role.OPERATOR)


@pytest.mark.parametrize("minor", [-1, 251])
def test_a_verdict_lies_within_the_price(minor: int) -> None:
    """Nobody gets more than all or less than nothing, at first or at last."""
    wanted = AmountOutOfRange(0, 250, "XTR")
    assert wanted == refused(OPEN, Event.DECIDE, Role.OPERATOR, minor=minor)
    appealed = judged(PART, appealed_by=Role.BUYER)
    assert wanted == refused(appealed, Event.RESOLVE_SPLIT, Role.OPERATOR, minor=minor)


@pytest.mark.parametrize(
    ("event", "minor"),
    [
        (Event.RESOLVE_REFUND, 1),
        (Event.RESOLVE_RELEASE, 249),
        (Event.RESOLVE_SPLIT, 0),
        (Event.RESOLVE_SPLIT, 250),
    ],
)
def test_the_last_word_has_its_right_name(event: Event, minor: int) -> None:
    """All, nothing and a part are three events; the amount must be that of the event."""
    appealed = judged(PART, appealed_by=Role.BUYER)
    refusal = refused(appealed, event, Role.OPERATOR, minor=minor)
    assert AmountOutOfRange(0, 250, "XTR") == refusal


@pytest.mark.parametrize("party", [BUYER, SELLER])
def test_nobody_judges_his_own_order(party: int) -> None:
    """An operator who is a party neither decides nor has the last word nor reopens."""
    own = OwnOrder()
    assert own == refused(OPEN, Event.DECIDE, Role.OPERATOR, person_id=party)
    appealed = judged(PART, appealed_by=Role.BUYER)
    assert own == refused(appealed, Event.RESOLVE_SPLIT, Role.OPERATOR, person_id=party)
    assert own == refused(DONE, Event.REOPEN, Role.OPERATOR, person_id=party)


@pytest.mark.parametrize(
    ("minor", "event", "state", "posted"),
    [
        (0, Event.RESOLVE_REFUND, State.REFUNDED, REFUND),
        (250, Event.RESOLVE_RELEASE, State.COMPLETED, RELEASE),
        (PART, Event.RESOLVE_SPLIT, State.COMPLETED, SPLIT),
    ],
)
def test_the_clock_carries_a_verdict_out(
    minor: int, event: Event, state: State, posted: list[tuple[str, str, str, int]]
) -> None:
    """When the time to appeal is over the money goes as the verdict says."""
    early = judged(minor, ends_ms=START_MS + 1)
    assert TooEarly(START_MS + 1) == refused(early, event, Role.CLOCK)
    change = done(judged(minor), event, Role.CLOCK)
    assert change.order is not None
    assert (change.order.state, change.order.held_minor) == (state, 0)
    assert posted == rows(change)
    assert change.order.dispute == judged(minor).dispute


@pytest.mark.parametrize(
    ("minor", "event", "state", "posted"),
    [
        (0, Event.RESOLVE_REFUND, State.REFUNDED, REFUND),
        (250, Event.RESOLVE_RELEASE, State.COMPLETED, RELEASE),
        (PART, Event.RESOLVE_SPLIT, State.COMPLETED, SPLIT),
    ],
)
def test_an_operator_has_the_last_word(
    minor: int, event: Event, state: State, posted: list[tuple[str, str, str, int]]
) -> None:
    """After an appeal an operator's word counts at once and replaces the first verdict."""
    appealed = judged(7, appealed_by=Role.BUYER)
    change = done(appealed, event, Role.OPERATOR, person_id=SECOND_OPERATOR)
    order = change.order
    assert order is not None
    assert order.dispute is not None
    assert (state, posted) == (order.state, rows(change))
    assert (order.dispute.verdict_minor, order.dispute.verdict_by) == (minor, SECOND_OPERATOR)


def test_the_clock_does_only_what_was_decided() -> None:
    """Without a verdict, with another one, or during an appeal nothing is carried out."""
    assert NotDecided() == refused(OPEN, Event.RESOLVE_REFUND, Role.CLOCK)
    wrong = refused(judged(0), Event.RESOLVE_RELEASE, Role.CLOCK)
    assert WrongState(Event.RESOLVE_RELEASE, State.DISPUTED) == wrong
    appealed = judged(0, appealed_by=Role.SELLER)
    assert NotDecided() == refused(appealed, Event.RESOLVE_REFUND, Role.CLOCK)


def test_no_last_word_without_an_appeal() -> None:
    """Before an appeal an operator decides; after the verdict he waits like everybody."""
    assert NotDecided() == refused(OPEN, Event.RESOLVE_REFUND, Role.OPERATOR)
    assert NotDecided() == refused(judged(0), Event.RESOLVE_REFUND, Role.OPERATOR)


@pytest.mark.parametrize("role", [Role.BUYER, Role.SELLER])
def test_either_side_appeals_once(role: Role) -> None:
    """An appeal stops the verdict; operators are reminded anew; there is no second appeal."""
    order = moved(judged(PART, ends_ms=START_MS + 1), Event.APPEAL, role)
    assert order.dispute is not None
    assert order.dispute.appealed_by is role
    assert not order.dispute.has_verdict
    assert order.dispute.unheard == set()
    assert order.dispute.decide_by_ms == START_MS + 3 * DAY_MS
    assert (order.clock_at_ms, order.nudges) == (START_MS + 60 * DAY_MS, 0)
    assert order.nudge_at_ms == START_MS + 3 * DAY_MS
    assert orders.clock_event(order) is Event.FALLBACK
    assert NotDecided() == refused(order, Event.APPEAL, role.other)


def test_an_appeal_has_its_time() -> None:
    """At the moment when the verdict takes effect it is too late, even before the clock came."""
    assert NotDecided() == refused(judged(PART), Event.APPEAL, Role.BUYER)
    assert NotDecided() == refused(OPEN, Event.APPEAL, Role.BUYER)


def test_during_an_appeal_more_may_be_said() -> None:
    """The other operator hears what the sides add."""
    order = judged(PART, appealed_by=Role.BUYER)
    assert moved(order, Event.TESTIFY, Role.SELLER).version == order.version + 1


def test_undecided_for_sixty_days_the_buyer_gets_the_money() -> None:
    """The last exit refunds, never while a verdict waits to take effect."""
    early = replace(OPEN, clock_at_ms=START_MS + 1)
    assert TooEarly(START_MS + 1) == refused(early, Event.FALLBACK, Role.CLOCK)
    assert Decided() == refused(judged(PART), Event.FALLBACK, Role.CLOCK)
    change = done(OPEN, Event.FALLBACK, Role.CLOCK)
    assert change.order is not None
    assert (change.order.state, rows(change)) == (State.REFUNDED, REFUND)


@pytest.mark.parametrize("order", [OPEN, judged(PART), judged(PART, appealed_by=Role.BUYER)])
def test_giving_in_is_always_possible(order: Order) -> None:
    """Before a verdict, after it and during an appeal; the verdict stays as it was."""
    hers = done(order, Event.CONCEDE_BUYER, Role.BUYER)
    his = done(order, Event.CONCEDE_SELLER, Role.SELLER)
    assert hers.order is not None
    assert his.order is not None
    assert (hers.order.state, hers.order.outcome) == (State.COMPLETED, Outcome.RELEASED)
    assert (his.order.state, rows(his), rows(hers)) == (State.REFUNDED, REFUND, RELEASE)
    assert (order.dispute, order.dispute) == (hers.order.dispute, his.order.dispute)


def test_released_money_clears_three_days_later_at_least() -> None:
    """After a verdict there are 72 hours, however old the charge; else the ordinary rule."""
    terms = replace(OPEN.terms, clearing_ms=0, charge_hold_ms=0)
    quick = after(replace(judged(250), terms=terms), Event.RESOLVE_RELEASE, Role.CLOCK)
    usual = after(judged(250), Event.RESOLVE_RELEASE, Role.CLOCK)
    assert (quick.clock_at_ms, usual.clock_at_ms) == (START_MS + 3 * DAY_MS, START_MS + 7 * DAY_MS)


def test_the_ends_of_a_dispute_are_told() -> None:
    """Who gives in has the screen; completed orders ask for reviews, refunded ones do not."""
    his = done(OPEN, Event.CONCEDE_SELLER, Role.SELLER)
    hers = done(OPEN, Event.CONCEDE_BUYER, Role.BUYER)
    assert [(one.notice, one.person_id) for one in his.messages] == [(Notice.DISPUTE_ENDED, BUYER)]
    assert [(one.notice, one.person_id) for one in hers.messages] == [
        (Notice.DISPUTE_ENDED, SELLER),
        (Notice.REVIEW_REQUEST, BUYER),
        (Notice.REVIEW_REQUEST, SELLER),
    ]


def test_reopening_takes_the_money_back_into_escrow() -> None:
    """Exactly what was released is held again; the buyer's case is heard anew."""
    released = replace(DONE, released_minor=250)
    change = done(released, Event.REOPEN, Role.OPERATOR)
    order = change.order
    assert order is not None
    assert rows(change) == [
        ("P13", "L:user:22:clearing:XTR", "L:escrow:7:1:XTR", 225),
        ("P13", "L:fee_pending:XTR", "L:escrow:7:1:XTR", 25),
    ]
    assert (order.held_minor, order.released_minor, order.outcome) == (250, None, None)
    assert (order.completed_ms, order.was_reopened) == (None, True)
    assert order.dispute is not None
    assert order.dispute.by is Role.BUYER
    assert order.dispute.unheard == {Role.SELLER}


@pytest.mark.parametrize(
    "order",
    [
        replace(DONE, was_reopened=True),
        replace(DONE, outcome=Outcome.SPLIT, released_minor=PART),
        replace(DONE, was_charged_back=True),
    ],
    ids=["before", "split", "charged back"],
)
def test_an_order_is_reopened_once_at_most(order: Order) -> None:
    """Not twice, not after a split, not when the payment is gone."""
    assert ReopenedBefore() == refused(order, Event.REOPEN, Role.OPERATOR)


def test_cleared_money_is_not_called_back() -> None:
    """From the moment of clearing the order is over, even before the clock came."""
    refusal = refused(order_in(State.COMPLETED), Event.REOPEN, Role.OPERATOR)
    assert WrongState(Event.REOPEN, State.CLEARED) == refusal


@pytest.mark.parametrize("state", sorted(state for state in State if state.is_funded))
def test_a_chargeback_takes_what_is_held(state: State) -> None:
    """A funded order ends; what it held goes to the provider and nobody owes anything."""
    change = done(order_in(state), Event.CHARGEBACK, Role.PROVIDER)
    order = change.order
    assert order is not None
    assert rows(change) == [("P24", "L:escrow:7:1:XTR", "A:prov:stars:XTR", 250)]
    assert (order.state, order.held_minor, order.was_charged_back) == (State.CANCELLED, 0, True)
    assert change.refunds == ()
    assert change.journals[0].key == "stars:ch1:cb"
    assert [one.notice for one in change.messages] == [Notice.PAYMENT_TAKEN_BACK]


def test_a_chargeback_takes_what_clears() -> None:
    """After completion it takes the seller's part and the fee; nothing is left to clear."""
    change = done(replace(DONE, released_minor=250), Event.CHARGEBACK, Role.PROVIDER)
    order = change.order
    assert order is not None
    assert rows(change) == [
        ("P24", "L:user:22:clearing:XTR", "A:prov:stars:XTR", 225),
        ("P24", "L:fee_pending:XTR", "A:prov:stars:XTR", 25),
    ]
    assert (order.state, order.released_minor) == (State.COMPLETED, 0)
    again = refused(order, Event.CHARGEBACK, Role.PROVIDER)
    assert WrongState(Event.CHARGEBACK, State.COMPLETED) == again


def test_after_a_split_the_buyer_owes_her_part() -> None:
    """What went to her as credit cannot be taken twice: it becomes her debt."""
    split = replace(DONE, outcome=Outcome.SPLIT, released_minor=PART)
    change = done(split, Event.CHARGEBACK, Role.PROVIDER)
    assert rows(change) == [
        ("P24", "L:user:22:clearing:XTR", "A:prov:stars:XTR", 90),
        ("P24", "L:fee_pending:XTR", "A:prov:stars:XTR", 10),
        ("P24", "A:recv:11:XTR", "A:prov:stars:XTR", 150),
    ]


def test_shares_can_be_shown_before_they_are_posted() -> None:
    """The amounts on the button are those of the posting, for any part and price."""
    assert shares_of(OPEN, PART) == Split(90, 10, 150)
    dear = replace(OPEN, terms=replace(OPEN.terms, price=Money(999, Currency.BDT)))
    assert shares_of(dear, 333) == Split(300, 33, 666)


def test_a_dispute_knows_who_is_silent() -> None:
    """Both may have spoken, one or none; after a verdict nobody is waited for."""
    none = replace(dispute(), buyer_said=False, seller_said=False)
    assert none.unheard == {Role.BUYER, Role.SELLER}
    assert replace(none, seller_said=True).unheard == {Role.BUYER}
    assert replace(none, verdict_minor=0).unheard == set()
