"""Payments: checkouts, money that fits, money that does not, refunds."""

from typing import Any

import pytest

from market.deadlines import MINUTE_MS
from market.errors import CheckoutLive, NotFound, PaymentMismatch, WrongState
from market.ledger import money_in, refund_request
from market.money import Currency, Money
from market.notices import Notice
from market.states import Event, State
from services.rows import PaidOutcome
from tests.support.town import Town


async def _check(town: Town, order_id: int, **changes: Any) -> None:
    asked: dict[str, Any] = {
        "intent_id": await town.services.payments.intent_of(order_id),
        "telegram_id": town.buyer.telegram_id,
        "currency": "XTR",
        "total": 250,
    }
    asked |= changes
    await town.services.payments.check(asked.pop("intent_id"), **asked)


async def test_an_order_without_intent_has_no_payload(town: Town) -> None:
    """Nothing is waited for under an unknown order."""
    assert await town.services.payments.intent_of(999) is None


async def test_an_approved_checkout_blocks_expiry_and_cancelling(town: Town) -> None:
    """While the lease runs the order neither expires nor is cancelled, afterwards it expires."""
    order = await town.placed()
    town.clock.advance(30 * MINUTE_MS - 1)
    await _check(town, order.id)
    town.clock.advance(1)
    await town.services.upkeep.lapse()
    assert State.AWAITING_PAYMENT is (await town.order(order.id)).state
    with pytest.raises(CheckoutLive):
        await town.act(town.buyer, order.id, Event.CANCEL_UNPAID)
    town.clock.advance(2 * MINUTE_MS)
    await town.services.upkeep.lapse()
    assert State.EXPIRED is (await town.order(order.id)).state


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"intent_id": "nonsense"}, NotFound),
        ({"telegram_id": 501}, PaymentMismatch),
        ({"telegram_id": 12345}, PaymentMismatch),
        ({"currency": "USD"}, PaymentMismatch),
        ({"total": 249}, PaymentMismatch),
    ],
)
async def test_a_wrong_checkout_is_refused(
    town: Town, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    """Unknown intent, foreign payer, wrong currency or amount end the checkout."""
    order = await town.placed()
    with pytest.raises(refusal):
        await _check(town, order.id, **changes)


async def test_a_paid_order_approves_no_checkout(town: Town) -> None:
    """The second checkout of an invoice is refused."""
    order = await town.order_in(State.IN_PROGRESS)
    with pytest.raises(WrongState):
        await _check(town, order.id)


async def test_a_payment_is_held(town: Town) -> None:
    """The price moves into the order's escrow and both sides hear of it."""
    order = await town.placed()
    outcome = await town.pay(order)
    await town.drain()
    assert PaidOutcome(order_id=order.id, accepted=True, repeated=False) == outcome
    assert await town.balances(town.buyer) == {"paid_held": 250}
    assert await town.balances(town.seller) == {"held_for_me": 250}
    assert town.messenger.notices(town.seller) == [Notice.ORDER_PAID_SELLER]


async def test_a_repeated_payment_update_has_one_effect(town: Town) -> None:
    """The same charge reported twice is one fact."""
    order = await town.placed()
    await town.pay(order, charge_id="c1")
    before = await town.journals()
    outcome = await town.pay(order, charge_id="c1")
    assert PaidOutcome(order_id=order.id, accepted=True, repeated=True) == outcome
    assert before == await town.journals()


async def _comes_back(town: Town, outcome: PaidOutcome, telegram_id: int) -> None:
    """The money landed, was promised and sent back, and its payer was told both."""
    assert (outcome.accepted, outcome.repeated) == (False, False)
    await town.drain()
    assert (telegram_id, "late") == town.stars.calls[-1]
    payer = await town.services.people.arrive(
        telegram_id, name="P", username=None, language_code=None
    )
    assert town.messenger.notices(payer)[-2:] == [Notice.PAYMENT_RETURNED, Notice.REFUND_SENT]
    assert (await town.balances(payer)).get("credit", 0) == 0


async def test_a_late_payment_goes_back(town: Town) -> None:
    """A payment after the order expired lands and is refunded; its replay has no effect."""
    order = await town.placed()
    town.clock.advance(31 * MINUTE_MS)
    await town.services.upkeep.lapse()
    await _comes_back(town, await town.pay(order, charge_id="late"), town.buyer.telegram_id)
    again = await town.pay(order, charge_id="late")
    assert PaidOutcome(order_id=order.id, accepted=False, repeated=True) == again


async def test_a_second_payment_goes_back(town: Town) -> None:
    """The second charge of one invoice is refunded, the first stays held."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    await _comes_back(town, await town.pay(order, charge_id="late"), town.buyer.telegram_id)
    assert await town.balances(town.buyer) == {"paid_held": 250}


@pytest.mark.parametrize("telegram_id", [501, 4321])
async def test_a_strangers_payment_goes_back(town: Town, telegram_id: int) -> None:
    """Who pays somebody else's invoice gets the money back, also when unknown so far."""
    order = await town.placed()
    outcome = await town.pay(order, charge_id="late", telegram_id=telegram_id)
    await _comes_back(town, outcome, telegram_id)
    assert State.AWAITING_PAYMENT is (await town.order(order.id)).state


async def test_a_wrong_amount_goes_back(town: Town) -> None:
    """One Star less than the price does not pay the order."""
    order = await town.placed()
    outcome = await town.pay(order, charge_id="late", total=249)
    await _comes_back(town, outcome, town.buyer.telegram_id)


async def test_a_payment_for_nothing_goes_back(town: Town) -> None:
    """A payload that the house does not know still lands, is refunded, and only once."""
    order = await town.placed()
    outcome = await town.pay(order, charge_id="late", intent_id="unknown")
    assert outcome.order_id is None
    await _comes_back(town, outcome, town.buyer.telegram_id)
    again = await town.pay(order, charge_id="late", intent_id="unknown")
    assert PaidOutcome(order_id=None, accepted=False, repeated=True) == again


async def test_a_refund_reported_first_is_confirmed_once(town: Town) -> None:
    """Telegram's service message and our own call confirm the same refund once."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    await town.services.payments.refunded(charge_id="charge-1")
    lines = await town.journals()
    await town.drain()
    await town.services.payments.refunded(charge_id="charge-1")
    assert lines == await town.journals()
    assert town.messenger.notices(town.buyer).count(Notice.REFUND_SENT) == 1


@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.COMPLETED])
async def test_a_refund_that_nobody_promised_alarms(town: Town, state: State) -> None:
    """A charge sent back by hand at Telegram moves no money; operators are told once."""
    await town.order_in(state)
    for _ in range(2):
        await town.services.payments.refunded(charge_id="charge-1")
    await town.drain()
    assert town.messenger.notices(town.operator) == [Notice.ALARM]


async def test_a_refund_of_an_unknown_charge_alarms(town: Town) -> None:
    """A charge that never came in is for operators to look at."""
    await town.services.payments.refunded(charge_id="never")
    await town.drain()
    assert town.messenger.notices(town.operator) == [Notice.ALARM]


def test_journal_keys_name_the_charge() -> None:
    """Landing and promise of one charge have their own stable keys."""
    amount = Money(5, Currency.XTR)
    assert (
        money_in("stars", "c", 1, amount).key,
        refund_request("stars", "c", 1, amount).key,
    ) == ("stars:c:in", "stars:c:refund-req")
