"""Orders in USDT: the invoice with a link, what the provider reports of it, and money back."""

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from market.bill import Bill, BillState
from market.contract import Order
from market.deadlines import MINUTE_MS, SECOND_MS
from market.errors import NotFound
from market.gig import Fulfilment
from market.notices import Notice
from market.rails import POLICY_VERSION
from market.states import Event, State
from payments.crypto_pay import client, lists
from services import billing, bills
from services.bill_rows import BillReport, RailAway
from services.bills import AWAY_MS, FORGOTTEN_MS, FULL_MS, REFUSED_MS
from services.payout_rows import Paid
from services.readings import paid_list
from services.rows import PaidOutcome, ProviderFact
from storage import OpenStorage
from tests.support.crypto_bench import PAYEE, Bench, payout, usdt
from tests.support.town import POLICY, Town

PRICE = usdt("12.5")
REASON = "Work on the spot, done by people and not by files."


class Counter:
    """The town's counter for USDT: the provider, and the house in front of it."""

    def __init__(self, town: Town, bench: Bench) -> None:
        self.town, self.bench, self.fake, self.rail = town, bench, bench.fake, bench.rail
        self.bills = town.services.bills
        self.rails: dict[str, Any] = {self.rail.name: self.rail}

    async def placed(self) -> Order:
        """An order in USDT that waits for its payment."""
        town = self.town
        await town.services.rails.decide(
            town.command(town.operator),
            "lessons",
            Fulfilment.NON_DIGITAL,
            reason=REASON,
            version=POLICY_VERSION,
        )
        return await town.placed(await town.gig(category="lessons", price=PRICE))

    async def drain(self) -> int:
        """Send what is due, invoices included."""
        return await self.town.services.post.drain(self.town.messenger, self.rails)

    async def sweep(self) -> int:
        """Ask the provider about invoices."""
        return await self.bills.sweep(self.rails)

    async def billed(self) -> Order:
        """An order whose invoice (7001) is there."""
        order = await self.placed()
        await self.drain()
        return order

    async def paid(self) -> Order:
        """An order that was paid by its link; the sweep has seen it."""
        order = await self.billed()
        self.fake.pay(7001)
        await self.sweep()
        return order

    async def again(self, order: Order) -> None:
        """The buyer asks for the invoice once more."""
        command = self.town.command(self.town.buyer)
        await self.town.services.orders.resend_invoice(command, order.id)
        await self.drain()

    async def bill(self, order: Order) -> Bill:
        """The order's newest bill."""
        async with self.town.storage.read() as uow:
            bill = await uow.bills.of_order(order.id)
        assert bill is not None
        return bill

    async def state(self, order: Order) -> State:
        """Where the order stands."""
        return (await self.town.order(order.id)).state

    async def fact(self, external_id: str, kind: str) -> ProviderFact | None:
        """What is booked of the provider's."""
        async with self.town.storage.read() as uow:
            return await uow.payments.fact(self.rail.name, external_id, kind)

    def notices(self) -> list[Notice]:
        """What the buyer was told, oldest first."""
        return self.town.messenger.notices(self.town.buyer)

    def alarms(self) -> list[object]:
        """What operators were alarmed of."""
        rows = [row.message for row in self.town.messenger.sent]
        return [row.facts["what"] for row in rows if row and row.notice is Notice.ALARM]


@pytest.fixture
async def town(storage: OpenStorage) -> AsyncIterator[Town]:
    """A town whose house takes USDT; audited when the test is over."""
    place = Town(storage, replace(POLICY, takes_usdt=True, first_gigs=0))
    await place.settle_in()
    yield place
    async with storage.read() as uow:
        assert await uow.ledger.audit() == ()


@pytest.fixture
async def counter(town: Town) -> AsyncIterator[Counter]:
    """A provider with our money in it, on the town's clock."""
    bench = await Bench.open(town.clock)
    yield Counter(town, bench)
    await bench.close()


async def test_an_order_in_usdt_gets_a_link(counter: Counter) -> None:
    """The invoice is made once and its link is sent."""
    order = await counter.billed()
    await counter.drain()
    bill = await counter.bill(order)
    assert (bill.state, bill.external_id) == (BillState.OPEN, "7001")
    assert bill.url == "https://t.me/CryptoBot?start=IV7001"
    orders, town = counter.town.services.orders, counter.town
    assert (await orders.card(town.buyer.id, order.id)).bill == bill
    assert (await orders.card(town.seller.id, order.id)).bill is None
    assert len(counter.fake.invoices) == 1
    assert Notice.INVOICE in counter.notices()


async def test_the_link_ends_before_the_order(counter: Counter) -> None:
    """What is paid in the last second is seen before the order expires."""
    order = await counter.billed()
    bill = await counter.bill(order)
    pay_by_ms = (await counter.town.order(order.id)).clock_at_ms
    assert pay_by_ms is not None
    assert pay_by_ms - MINUTE_MS == bill.expires_ms


async def test_an_order_in_stars_has_no_bill(counter: Counter) -> None:
    """Telegram's own invoice needs none."""
    order = await counter.town.placed()
    async with counter.town.storage.read() as uow:
        assert await uow.bills.of_order(order.id) is None


async def test_a_paid_link_pays_the_order(counter: Counter) -> None:
    """The price is held, the provider's fee is the house's cost, both are told."""
    order = await counter.paid()
    await counter.drain()
    fresh = await counter.town.order(order.id)
    assert (fresh.state, fresh.charge_id) == (State.AWAITING_REQUIREMENTS, "7001")
    assert (PRICE, usdt("0.375")) == (
        (await counter.fact("7001", "in") or _none()).amount,
        (await counter.fact("7001", "fee") or _none()).amount,
    )
    assert BillState.PAID is (await counter.bill(order)).state
    assert Notice.ORDER_PAID_BUYER in counter.notices()


def _none() -> ProviderFact:
    raise AssertionError("there is no such fact")


async def test_a_report_has_one_effect(counter: Counter) -> None:
    """By webhook, by sweep and by webhook again: the order is paid once."""
    await counter.billed()
    counter.fake.pay(7001)
    (report,) = await counter.rail.paid(since_ms=0)
    outcomes = [await counter.bills.reported(counter.rail.name, report) for _ in range(2)]
    await counter.sweep()
    assert [one is not None and one.repeated for one in outcomes] == [False, True]
    assert [one is not None and one.accepted for one in outcomes] == [True, True]


async def test_open_links_are_asked_for_and_others_are_not(counter: Counter) -> None:
    """Without an open invoice the provider is left in peace for five minutes."""
    assert await counter.sweep() == 0
    calls = len(counter.fake.calls)
    assert await counter.sweep() == 0
    assert calls == len(counter.fake.calls)
    await counter.billed()
    assert await counter.sweep() == 1
    counter.fake.pay(7001)
    assert await counter.sweep() == 1
    assert await counter.sweep() == 0
    counter.town.clock.advance(FULL_MS)
    assert await counter.sweep() == 1


async def test_an_open_report_changes_nothing(counter: Counter) -> None:
    """Nobody has paid yet."""
    order = await counter.billed()
    await counter.sweep()
    assert (
        await counter.state(order),
        (await counter.bill(order)).state,
    ) == (State.AWAITING_PAYMENT, BillState.OPEN)


async def test_money_that_comes_too_late_goes_back(counter: Counter) -> None:
    """The order expired, the money lands and is sent back whole; the buyer is told twice."""
    order = await counter.billed()
    counter.fake.pay(7001)
    counter.town.clock.advance(31 * MINUTE_MS)
    await counter.town.services.upkeep.lapse()
    counter.fake.users.add(counter.town.buyer.telegram_id)
    await counter.sweep()
    await counter.drain()
    assert State.EXPIRED is await counter.state(order)
    assert Decimal("12.5") == counter.fake.sent_to(counter.town.buyer.telegram_id)
    told = counter.notices()
    assert told[-2:] == [Notice.PAYMENT_RETURNED, Notice.REFUND_SENT]


async def test_a_cancelled_order_goes_back_through_crypto_pay(counter: Counter) -> None:
    """The seller cancels: the buyer has the whole price again, once, also after a lost answer."""
    order = await counter.paid()
    await counter.town.act(counter.town.seller, order.id, Event.SELLER_CANCEL, "I am ill.")
    counter.fake.fail("transfer", "silent after")
    await counter.drain()
    counter.town.clock.advance(MINUTE_MS)
    await counter.drain()
    assert Decimal("12.5") == counter.fake.sent_to(PAYEE)
    assert Notice.REFUND_SENT in counter.notices()
    assert await counter.fact("7001", "refund") is not None


async def test_a_frozen_house_sends_nothing_back(counter: Counter) -> None:
    """No money leaves while the books are looked at."""
    order = await counter.paid()
    await counter.town.act(counter.town.seller, order.id, Event.SELLER_CANCEL, "I am ill.")
    async with counter.town.storage.begin() as uow:
        await uow.upkeep.set_flag("frozen", "audit", now_ms=1)
    await counter.drain()
    assert counter.fake.transfers == []


async def test_a_wrong_amount_does_not_pay(counter: Counter) -> None:
    """Never "close enough": it lands and goes back."""
    order = await counter.billed()
    counter.fake.pay(7001, paid_amount="12.4")
    await counter.sweep()
    await counter.drain()
    assert State.AWAITING_PAYMENT is await counter.state(order)
    assert Decimal("12.4") == counter.fake.sent_to(PAYEE)


async def test_money_of_nobody_is_kept_apart(counter: Counter) -> None:
    """An invoice made by hand in the provider's app: booked once, operators look at it."""
    await counter.billed()
    counter.fake.invoices[8000] = counter.fake.invoices[7001] | {
        "invoice_id": 8000,
        "payload": "",
    }
    counter.fake.pay(8000)
    report = (await counter.rail.paid(since_ms=0))[0]
    outcomes = [await counter.bills.reported(counter.rail.name, report) for _ in range(2)]
    await counter.drain()
    expected = [
        PaidOutcome(order_id=None, accepted=False, repeated=repeated) for repeated in (False, True)
    ]
    assert expected == outcomes
    assert counter.alarms() == ["odd_payment"] * 1


async def test_money_for_another_rail_is_nobody_s(counter: Counter) -> None:
    """A payload that belongs to an order in Stars pays nothing here."""
    order = await counter.town.placed()
    payload = await counter.town.services.payments.intent_of(order.id) or ""
    report = BillReport(external_id="9", payload=payload, now="paid", received=PRICE)
    outcome = await counter.bills.reported(counter.rail.name, report)
    assert PaidOutcome(order_id=None, accepted=False, repeated=False) == outcome
    assert State.AWAITING_PAYMENT is await counter.state(order)


async def test_money_in_another_currency_is_left_to_people(counter: Counter) -> None:
    """It cannot be booked: operators are alarmed once, the link is closed."""
    order = await counter.billed()
    counter.fake.pay(7001, paid_asset="TON")
    await counter.sweep()
    counter.town.clock.advance(FULL_MS)
    await counter.sweep()
    await counter.drain()
    assert counter.alarms() == ["odd_payment"]
    assert (
        await counter.state(order),
        (await counter.bill(order)).state,
    ) == (State.AWAITING_PAYMENT, BillState.PAID)


async def test_a_payment_without_fee_books_none(counter: Counter) -> None:
    """Some apps pay none."""
    counter.fake.takes_fee = False
    order = await counter.paid()
    assert State.AWAITING_REQUIREMENTS is await counter.state(order)
    assert await counter.fact("7001", "fee") is None


async def test_a_lost_answer_makes_no_second_invoice(counter: Counter) -> None:
    """The next try finds the one that was made."""
    counter.fake.fail("createInvoice", "silent after")
    order = await counter.billed()
    assert BillState.ASKED is (await counter.bill(order)).state
    counter.town.clock.advance(MINUTE_MS)
    await counter.drain()
    assert BillState.OPEN is (await counter.bill(order)).state
    assert len(counter.fake.invoices) == 1


async def test_a_refused_invoice_is_told(counter: Counter) -> None:
    """The buyer hears of it, operators too; asking again later works."""
    counter.fake.fail("createInvoice", "denied")
    order = await counter.billed()
    await counter.drain()
    assert BillState.REFUSED is (await counter.bill(order)).state
    assert counter.alarms() == ["dead_bill"]
    await counter.again(order)
    assert BillState.OPEN is (await counter.bill(order)).state


async def test_without_the_rail_no_invoice_is_made(counter: Counter) -> None:
    """The token was taken out of the settings meanwhile: operators are told."""
    order = await counter.placed()
    counter.rails.clear()
    await counter.drain()
    await counter.drain()
    assert BillState.REFUSED is (await counter.bill(order)).state
    assert counter.alarms() == ["dead_bill"]


async def test_a_cancelled_order_needs_no_invoice(counter: Counter) -> None:
    """Nothing is asked of the provider."""
    order = await counter.placed()
    await counter.town.act(counter.town.buyer, order.id, Event.CANCEL_UNPAID)
    await counter.drain()
    assert BillState.OVER is (await counter.bill(order)).state
    assert counter.fake.calls == []


async def test_asking_again_sends_the_same_link(counter: Counter) -> None:
    """As long as it works."""
    order = await counter.billed()
    await counter.again(order)
    assert len(counter.fake.invoices) == 1
    assert Notice.INVOICE is counter.notices()[-1]


async def test_asking_again_after_the_end_makes_a_new_link(counter: Counter) -> None:
    """The first one ran out while the house was down, and the order got its time back."""
    order = await counter.billed()
    counter.town.clock.advance(30 * MINUTE_MS - SECOND_MS)
    async with counter.town.storage.begin() as uow:
        await uow.orders.shift_clocks(30 * MINUTE_MS)
    await counter.again(order)
    bill = await counter.bill(order)
    assert (bill.state, bill.external_id) == (BillState.OPEN, "7002")
    counter.fake.pay(7002)
    await counter.sweep()
    assert State.AWAITING_REQUIREMENTS is await counter.state(order)


async def test_an_ended_link_is_written_down(counter: Counter) -> None:
    """The provider says that it works no more; the buyer may ask for another."""
    order = await counter.billed()
    counter.town.clock.advance(30 * MINUTE_MS)
    await counter.sweep()
    assert BillState.OVER is (await counter.bill(order)).state
    assert await counter.sweep() == 0


async def test_a_link_that_the_provider_forgot_ends(counter: Counter) -> None:
    """Deleted in the provider's app: after its time it is not asked for any more."""
    order = await counter.billed()
    counter.fake.invoices.clear()
    await counter.sweep()
    assert BillState.OPEN is (await counter.bill(order)).state
    counter.town.clock.advance(30 * MINUTE_MS + FORGOTTEN_MS)
    await counter.sweep()
    assert BillState.OVER is (await counter.bill(order)).state


async def test_a_report_about_an_unknown_invoice_is_passed_over(counter: Counter) -> None:
    """It ended, and we never made it."""
    report = BillReport(external_id="9", payload="", now="over")
    assert await counter.bills.reported(counter.rail.name, report) is None


async def test_a_provider_that_is_away_is_left_alone(counter: Counter) -> None:
    """The failure is told; half a minute later it is asked again."""
    order = await counter.billed()
    counter.fake.pay(7001)
    counter.fake.fail("getInvoices", "broken before")
    with pytest.raises(RailAway):
        await counter.sweep()
    calls = len(counter.fake.calls)
    assert await counter.sweep() == 0
    assert calls == len(counter.fake.calls)
    counter.town.clock.advance(AWAY_MS)
    await counter.sweep()
    assert State.AWAITING_REQUIREMENTS is await counter.state(order)


async def test_a_second_payment_by_another_link_goes_back(counter: Counter) -> None:
    """Two links of one order, both paid: one pays, the other returns."""
    order = await counter.billed()
    counter.fake.invoices[7009] = counter.fake.invoices[7001] | {"invoice_id": 7009}
    counter.fake.pay(7001)
    counter.fake.pay(7009)
    await counter.sweep()
    await counter.drain()
    assert State.AWAITING_REQUIREMENTS is await counter.state(order)
    assert Decimal("12.5") == counter.fake.sent_to(PAYEE)


async def test_there_is_no_bill_of_that_number(counter: Counter) -> None:
    """An unknown number is not found."""
    async with counter.town.storage.read() as uow:
        with pytest.raises(NotFound):
            await uow.bills.get(999)


async def test_the_rail_pays_out(counter: Counter) -> None:
    """The same rail is a way out."""
    assert isinstance(await counter.rail.pay(payout()), Paid)


@pytest.mark.parametrize("ending", [billing.pointless, billing.refused])
async def test_a_slow_rival_ends_no_link(counter: Counter, ending: Any) -> None:
    """Two posts had the same row; what the faster one made stays."""
    order = await counter.placed()
    async with counter.town.storage.begin() as uow:
        rows = await uow.outbox.claim(counter.town.clock.now_ms(), lease_ms=0, limit=9)
    (row,) = [one for one in rows if one.kind == "bill"]
    await counter.drain()
    async with counter.town.storage.begin() as uow:
        await ending(uow, row, now_ms=counter.town.clock.now_ms())
    assert BillState.OPEN is (await counter.bill(order)).state


async def test_the_invoice_names_the_gig(counter: Counter) -> None:
    """People see at the provider's what they pay for."""
    await counter.billed()
    assert [one["description"] for one in counter.fake.named("createInvoice")] == [
        "A logo for your shop"
    ]


async def test_the_link_of_a_cancelled_order_is_withdrawn(counter: Counter) -> None:
    """Nobody can pay for what is over; the provider is asked once."""
    order = await counter.billed()
    await counter.town.act(counter.town.buyer, order.id, Event.CANCEL_UNPAID)
    await counter.sweep()
    await counter.sweep()
    assert BillState.OVER is (await counter.bill(order)).state
    assert counter.fake.invoices == {}
    assert len(counter.fake.named("deleteInvoice")) == 1


async def test_money_that_was_faster_than_the_withdrawal_goes_back(counter: Counter) -> None:
    """Paid between the look and the withdrawal: the next look sees it."""
    order = await counter.billed()
    await counter.town.act(counter.town.buyer, order.id, Event.CANCEL_UNPAID)
    delete = counter.bench.client.delete_invoice

    async def too_late(invoice_id: str) -> None:
        counter.fake.pay(invoice_id)
        await delete(invoice_id)

    counter.bench.client.delete_invoice = too_late  # type: ignore[method-assign]
    await counter.sweep()
    assert BillState.OPEN is (await counter.bill(order)).state
    await counter.sweep()
    await counter.drain()
    assert BillState.PAID is (await counter.bill(order)).state
    assert Decimal("12.5") == counter.fake.sent_to(PAYEE)


async def test_a_withdrawal_waits_for_the_provider(counter: Counter) -> None:
    """It is away: the link is withdrawn when it is back."""
    order = await counter.billed()
    await counter.town.act(counter.town.buyer, order.id, Event.CANCEL_UNPAID)
    counter.fake.fail("deleteInvoice", "broken before")
    with pytest.raises(RailAway):
        await counter.sweep()
    counter.town.clock.advance(AWAY_MS)
    await counter.sweep()
    assert BillState.OVER is (await counter.bill(order)).state


async def test_a_link_that_is_not_taken_away_is_left_alone(counter: Counter) -> None:
    """The provider refuses: it is asked again ten minutes later, not at every look."""
    order = await counter.billed()
    town = counter.town
    await town.act(town.buyer, order.id, Event.CANCEL_UNPAID)
    counter.fake.fail("deleteInvoice", "denied", "denied")
    for _ in range(5):
        await counter.sweep()
        town.clock.advance(5 * SECOND_MS)
    assert len(counter.fake.named("deleteInvoice")) == 1
    town.clock.advance(REFUSED_MS)
    await counter.sweep()
    assert len(counter.fake.named("deleteInvoice")) == 2


async def test_few_links_are_taken_away_in_a_row(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left waits for the next look."""
    monkeypatch.setattr(bills, "WITHDRAW_MOST", 1)
    for _ in range(2):
        order = await counter.billed()
        await counter.town.act(counter.town.buyer, order.id, Event.CANCEL_UNPAID)
    for many in (1, 2):
        await counter.sweep()
        assert len(counter.fake.named("deleteInvoice")) == many


async def test_paid_invoices_beyond_the_first_page_are_seen(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the order of the list: after a restore none is left out."""
    for module in (client, lists):
        monkeypatch.setattr(module, "PAGE", 1)
    counter.fake.oldest_first = True
    first, second = await counter.billed(), await counter.billed()
    for number in (7001, 7002):
        counter.fake.pay(number)
    async with counter.town.storage.begin() as uow:
        for order in (first, second):
            bill = await uow.bills.of_order(order.id)
            assert bill is not None
            await uow.bills.ended(bill.id, BillState.OVER, now_ms=1)
    await counter.sweep()
    assert [await counter.state(one) for one in (first, second)] == [
        State.AWAITING_REQUIREMENTS,
        State.AWAITING_REQUIREMENTS,
    ]
    async with counter.town.storage.read() as uow:
        reading = await uow.books.reading(paid_list(counter.rail.name))
    assert reading.read_ms == counter.town.clock.now_ms()
