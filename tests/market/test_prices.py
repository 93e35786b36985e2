"""The journals of orders with coupon, buyer's fee and balances, row by row (money.md 3.3)."""

from dataclasses import replace

import pytest

from market import order as orders
from market.change import Change
from market.contract import Order, Payment
from market.errors import PaymentMismatch, WrongState
from market.ledger import Journal
from market.money import Currency, Money
from market.notices import Notice
from market.paying import Paying, Purse, buyers_fee, from_balances, is_short
from market.states import Event, Role, State
from tests.support.orders import BUYER, START_MS, act, draft, order_in
from tests.support.prices import priced

Rows = list[tuple[str, str, str, int]]
CREDIT, EARNED = "L:user:11:credit:XTR", "L:user:11:earned:XTR"
CLEARING, PENDING, PROMO = "L:user:22:clearing:XTR", "L:fee_pending:XTR", "Q:promo:XTR"
ESCROW, STARS = "L:escrow:7:1:XTR", "A:prov:stars:XTR"


def stars(minor: int) -> Money:
    """An amount of Telegram Stars."""
    return Money(minor, Currency.XTR)


def rows(journals: tuple[Journal, ...]) -> Rows:
    """Code, debit, credit and amount of every transfer."""
    return [
        (row.code, row.debit.id, row.credit.id, row.amount.minor)
        for journal in journals
        for row in journal.transfers
    ]


def paid(order: Order, minor: int) -> Change:
    """The charge has come."""
    fact = Payment(rail="stars", charge_id="ch1", payer_id=BUYER, amount=stars(minor))
    return orders.apply(order, replace(act(Event.PAID, Role.PROVIDER), payment=fact))


def unpaid() -> Order:
    """The priced order, waiting for its 143."""
    return replace(priced(), state=State.AWAITING_PAYMENT, version=1)


def held() -> Order:
    """The priced order, delivered."""
    after = paid(unpaid(), 143).order
    assert after is not None
    late = replace(order_in(State.DELIVERED), terms=after.terms)
    return replace(
        late,
        held_minor=after.held_minor,
        from_credit_minor=40,
        from_earned_minor=30,
        rail="stars",
        charge_id="ch1",
    )


def test_a_paid_order_takes_from_all_its_sources() -> None:
    """The charge lands with the buyer; credit, earnings and the budget fill the escrow."""
    change = paid(unpaid(), 143)
    assert rows(change.journals) == [
        ("P1", STARS, CREDIT, 143),
        ("P2", CREDIT, ESCROW, 183),
        ("P2", EARNED, ESCROW, 30),
        ("P3", PROMO, ESCROW, 50),
    ]
    assert change.order is not None
    assert change.order.held_minor == 263


@pytest.mark.parametrize("minor", [142, 144, 213, 250])
def test_only_the_charge_pays(minor: int) -> None:
    """Neither the price nor what is due, but exactly the charge is taken."""
    with pytest.raises(PaymentMismatch):
        paid(unpaid(), minor)


def test_balances_that_suffice_pay_at_once() -> None:
    """With nothing left to charge the buyer herself causes the payment, and nothing lands."""
    order = replace(unpaid(), from_credit_minor=183)
    change = orders.apply(order, replace(act(Event.PAID, Role.BUYER), payment=None))
    assert rows(change.journals) == [
        ("P2", CREDIT, ESCROW, 183),
        ("P2", EARNED, ESCROW, 30),
        ("P3", PROMO, ESCROW, 50),
    ]
    assert change.order is not None
    assert (change.order.rail, change.order.charge_id) == (None, None)


def test_nobody_pays_by_saying_so() -> None:
    """As long as something is to be charged the buyer's word pays nothing."""
    with pytest.raises(PaymentMismatch):
        orders.apply(unpaid(), replace(act(Event.PAID, Role.BUYER), payment=None))


def test_no_invoice_is_sent_for_nothing() -> None:
    """The invoice goes out with a charge, and not without one."""
    with_charge = orders.apply(priced(), act(Event.SUBMIT, Role.BUYER))
    without = orders.apply(priced(draft()), act(Event.SUBMIT, Role.BUYER))
    whole = replace(priced(), from_credit_minor=183)
    nothing = orders.apply(whole, act(Event.SUBMIT, Role.BUYER))
    assert [m.notice for m in with_charge.messages] == [Notice.INVOICE]
    assert [m.notice for m in without.messages] == [Notice.INVOICE]
    assert nothing.messages == ()


def test_a_release_pays_seller_and_house() -> None:
    """The seller gets the price less the fee; the house keeps both fees; the coupon is spent."""
    change = orders.apply(held(), act(Event.ACCEPT, Role.BUYER))
    assert rows(change.journals) == [
        ("P5", ESCROW, CLEARING, 225),
        ("P6", ESCROW, PENDING, 25 + 13),
    ]


def test_a_full_refund_returns_everything_to_its_source() -> None:
    """Earnings become earnings again, the charge goes back whole, the coupon goes home."""
    change = orders.apply(held(), act(Event.SELLER_CANCEL, Role.SELLER))
    assert rows(change.journals) == [
        ("P10", ESCROW, CREDIT, 183),
        ("P10", ESCROW, EARNED, 30),
        ("P11", ESCROW, PROMO, 50),
        ("P14", CREDIT, "L:refunding:stars:XTR", 143),
    ]
    assert [(one.charge_id, one.amount) for one in change.refunds] == [("ch1", stars(143))]


def test_nothing_is_sent_back_where_nothing_was_charged() -> None:
    """An order paid from balances gives them back and asks no provider."""
    order = replace(held(), from_credit_minor=183, rail=None, charge_id=None)
    change = orders.apply(order, act(Event.SELLER_CANCEL, Role.SELLER))
    assert rows(change.journals) == [
        ("P10", ESCROW, CREDIT, 183),
        ("P10", ESCROW, EARNED, 30),
        ("P11", ESCROW, PROMO, 50),
    ]
    assert change.refunds == ()


def test_a_split_is_floored_for_the_buyer() -> None:
    """Of 150 that go back the buyer gets 120 of the price and 7 of 13; 30 go home."""
    order = replace(order_in(State.DISPUTED), terms=held().terms, held_minor=263)
    order = replace(order, from_credit_minor=40, from_earned_minor=30)
    assert order.dispute is not None
    appealed = replace(order.dispute, verdict_minor=100, verdict_by=1, appealed_by=Role.BUYER)
    change = orders.apply(replace(order, dispute=appealed), act(Event.RESOLVE_SPLIT, Role.OPERATOR))
    assert rows(change.journals) == [
        ("P5", ESCROW, CLEARING, 90),
        ("P6", ESCROW, PENDING, 10 + 6),
        ("P10", ESCROW, CREDIT, 127 - 17),
        ("P10", ESCROW, EARNED, 127 * 30 // 213),
        ("P11", ESCROW, PROMO, 30),
    ]


def test_a_reopened_order_holds_the_same_again() -> None:
    """Seller's part and both fees come back into escrow; the coupon stays in it."""
    done = replace(held(), state=State.COMPLETED, held_minor=0, released_minor=250)
    done = replace(done, clock_at_ms=START_MS + 1)
    change = orders.apply(done, act(Event.REOPEN, Role.OPERATOR))
    assert rows(change.journals) == [("P13", CLEARING, ESCROW, 225), ("P13", PENDING, ESCROW, 38)]
    assert change.order is not None
    assert change.order.held_minor == 263


def test_a_chargeback_takes_the_charge_only() -> None:
    """From escrow the provider gets its charge; all else goes back to its source."""
    change = orders.apply(held(), act(Event.CHARGEBACK, Role.PROVIDER))
    assert rows(change.journals) == [
        ("P24", ESCROW, STARS, 143),
        ("P10", ESCROW, CREDIT, 40),
        ("P10", ESCROW, EARNED, 30),
        ("P11", ESCROW, PROMO, 50),
    ]


def test_after_completion_a_chargeback_takes_fees_first() -> None:
    """The house gives up its fees, the seller what is missing then; the rest clears for him."""
    done = replace(held(), state=State.COMPLETED, held_minor=0, released_minor=250)
    change = orders.apply(done, act(Event.CHARGEBACK, Role.PROVIDER))
    assert rows(change.journals) == [
        ("P24", CLEARING, STARS, 143 - 38),
        ("P24", PENDING, STARS, 38),
    ]
    assert change.order is not None
    assert (change.order.released_minor, change.order.taken_minor) == (250, 143)
    cleared = orders.apply(change.order, act(Event.CLEAR, Role.CLOCK))
    assert rows(cleared.journals) == [
        ("P7", CLEARING, "L:user:22:earned:XTR", 225 - 105),
    ]


def test_a_small_chargeback_leaves_part_of_the_fee() -> None:
    """A charge below the fees costs the seller nothing."""
    small = replace(held(), from_credit_minor=163)
    done = replace(small, state=State.COMPLETED, held_minor=0, released_minor=250)
    change = orders.apply(done, act(Event.CHARGEBACK, Role.PROVIDER))
    assert rows(change.journals) == [("P24", PENDING, STARS, 20)]
    assert change.order is not None
    cleared = orders.apply(change.order, act(Event.CLEAR, Role.CLOCK))
    assert [row[3] for row in rows(cleared.journals)] == [225, 18]


def test_what_was_not_charged_cannot_be_charged_back() -> None:
    """An order paid from balances knows no chargeback."""
    order = replace(held(), from_credit_minor=183, rail=None, charge_id=None)
    with pytest.raises(WrongState):
        orders.apply(order, act(Event.CHARGEBACK, Role.PROVIDER))


def test_an_order_may_be_free_for_its_buyer() -> None:
    """Where a coupon pays for all nothing is due, and nothing goes back to the buyer."""
    free = priced()
    terms = replace(free.terms, coupon_minor=250, buyer_fee_minor=0)
    free = replace(free, terms=terms, from_credit_minor=0, from_earned_minor=0)
    waiting = replace(free, state=State.AWAITING_PAYMENT)
    change = orders.apply(waiting, replace(act(Event.PAID, Role.BUYER), payment=None))
    assert rows(change.journals) == [("P3", PROMO, ESCROW, 250)]
    assert change.order is not None
    back = orders.apply(change.order, act(Event.SELLER_CANCEL, Role.SELLER))
    assert rows(back.journals) == [("P11", ESCROW, PROMO, 250)]


@pytest.mark.parametrize(
    ("paying", "parts"),
    [
        (Paying(), (60, 0)),
        (Paying(use_earned=True), (60, 100)),
        (Paying(use_credit=False, use_earned=True), (0, 100)),
        (Paying(use_credit=False), (0, 0)),
    ],
)
def test_credit_is_used_unless_switched_off(paying: Paying, parts: tuple[int, int]) -> None:
    """Credit goes first, earnings only where they were ticked; the rest is charged."""
    order = from_balances(draft(), Purse(60, 100), paying)
    assert parts == (order.from_credit_minor, order.from_earned_minor)
    assert order.charge == stars(250 - sum(parts))


def test_balances_pay_no_more_than_is_due() -> None:
    """A full purse keeps what is not needed, credit being used up first."""
    order = from_balances(draft(), Purse(240, 900), Paying(use_earned=True))
    assert (order.from_credit_minor, order.from_earned_minor, order.charge.minor) == (240, 10, 0)


def test_a_purse_is_short_when_either_balance_is() -> None:
    """What the order was to take must still be there, in each of the two."""
    order = priced()
    wanted = {(40, 30): False, (39, 30): True, (40, 29): True, (99, 99): False}
    assert wanted == {purse: is_short(order, Purse(*purse)) for purse in wanted}


def test_the_buyers_fee_is_floored_and_at_least_the_least() -> None:
    """5 % of 59 are 2; a least fee of 3 makes it 3; nothing by default."""
    assert buyers_fee(59, fee_bp=500, least_minor=0) == 2
    assert buyers_fee(59, fee_bp=500, least_minor=3) == 3
    assert buyers_fee(59, fee_bp=0, least_minor=0) == 0
