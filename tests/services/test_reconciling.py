"""The Stars list: lost payments are found, refunds confirmed, the rest is booked, once."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from market.contract import Order
from market.deadlines import DAY_MS, HOUR_MS, MINUTE_MS
from market.money import Currency, Money
from market.notices import Notice
from market.payout_terms import BY_HAND, Way
from market.states import Event, State
from services.feed import Feed
from services.feed_rows import FeedRow
from services.rows import Refused
from storage import OpenStorage
from tests.support.feed import FakeFeed
from tests.support.payouts import Till
from tests.support.town import POLICY, Town


@dataclass
class _Holding:
    """Crypto Pay as it says how much there is."""

    minor: int
    name: str = "crypto_pay"

    async def holdings(self) -> Money:
        return Money(self.minor, Currency.USDT)


@pytest.fixture
def feed() -> FakeFeed:
    """A list without lines."""
    return FakeFeed()


async def _lists(town: Town, feed: FakeFeed, order: Order, charge_id: str = "c1") -> FeedRow:
    """The buyer's payment stands in the list; no update has told of it."""
    return feed.add(
        charge_id,
        250,
        telegram_id=town.buyer.telegram_id,
        payload=await town.services.payments.intent_of(order.id) or "",
    )


def _back(feed: FakeFeed, row: FeedRow) -> FeedRow:
    """The same charge on its way out."""
    return feed.add(row.external_id, 250, direction="out", telegram_id=row.telegram_id)


async def _alarms(town: Town) -> list[str]:
    """What operators were alarmed about, in order."""
    await town.drain()
    rows = [row.message for row in town.messenger.sent if row.message is not None]
    return [
        str(one.facts["what"])
        for one in rows
        if one.notice is Notice.ALARM and one.person_id == town.operator.id
    ]


async def _stored(town: Town, account: str) -> int:
    async with town.storage.read() as uow:
        return await uow.books.balance(account)


async def test_a_lost_payment_is_found(town: Town, feed: FakeFeed) -> None:
    """A payment whose update never came pays its order, and both sides hear of it."""
    order = await town.placed()
    await _lists(town, feed, order)
    assert await town.services.reconciler.feed(feed) == 1
    await town.drain()
    assert State.AWAITING_REQUIREMENTS is (await town.order(order.id)).state
    assert town.messenger.notices(town.seller) == [Notice.ORDER_PAID_SELLER]


async def test_reading_again_changes_nothing(town: Town, feed: FakeFeed) -> None:
    """The same list twice, and once from its beginning, moves money once."""
    order = await town.placed()
    await _lists(town, feed, order)
    await town.services.reconciler.feed(feed)
    before = await town.journals()
    assert await town.services.reconciler.feed(feed) == 0
    assert before == await town.journals()


async def test_a_payment_that_both_tell_counts_once(town: Town, feed: FakeFeed) -> None:
    """Update first or list first: one fact, one hold."""
    one, two = await town.placed(), await town.placed()
    await town.pay(one, charge_id="c1")
    await _lists(town, feed, one, "c1")
    await _lists(town, feed, two, "c2")
    await town.services.reconciler.feed(feed)
    outcome = await town.pay(two, charge_id="c2")
    assert outcome.accepted
    assert outcome.repeated
    assert await town.balances(town.buyer) == {"paid_held": 500}


async def test_a_late_payment_of_the_list_goes_back(town: Town, feed: FakeFeed) -> None:
    """A payment found after its order expired lands and is sent back."""
    order = await town.placed()
    town.clock.advance(31 * MINUTE_MS)
    await town.services.upkeep.lapse()
    await _lists(town, feed, order)
    await town.services.reconciler.feed(feed)
    await town.drain()
    assert [(town.buyer.telegram_id, "c1")] == town.stars.calls


async def test_a_promised_refund_of_the_list_is_confirmed(town: Town, feed: FakeFeed) -> None:
    """Killed between the refund and its record: the list confirms it, a later try adds nothing."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    charge = await _lists(town, feed, order, "charge-1")
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    _back(feed, charge)
    await town.services.reconciler.feed(feed)
    assert await _stored(town, "L:refunding:stars:XTR") == 0
    await town.drain()
    assert town.messenger.notices(town.buyer).count(Notice.REFUND_SENT) == 1


@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.COMPLETED])
async def test_a_refund_of_nobodys_promise_is_a_chargeback(
    town: Town, feed: FakeFeed, state: State
) -> None:
    """What left the provider is booked: the order knows that its payment was taken back."""
    order = await town.order_in(state)
    charge = await _lists(town, feed, order, "charge-1")
    _back(feed, charge)
    await town.services.reconciler.feed(feed)
    assert (await town.order(order.id)).was_charged_back
    assert await _stored(town, "A:prov:stars:XTR") == 0
    assert await _alarms(town) == ["chargeback"]


async def test_a_chargeback_that_an_operator_entered_is_one(town: Town, feed: FakeFeed) -> None:
    """Entered by hand first, listed later: one fact, one posting."""
    order = await town.order_in(State.IN_PROGRESS)
    await town.services.disputes.charge_back(town.command(town.operator), order.id)
    charge = await _lists(town, feed, order, "charge-1")
    _back(feed, charge)
    await town.services.reconciler.feed(feed)
    assert await _stored(town, "A:prov:stars:XTR") == 0


async def test_a_chargeback_after_the_end_is_a_debt(town: Town, feed: FakeFeed) -> None:
    """The seller keeps what has cleared; the buyer owes it to the house."""
    order = await town.order_in(State.CLEARED)
    charge = await _lists(town, feed, order, "charge-1")
    _back(feed, charge)
    await town.services.reconciler.feed(feed)
    assert await _stored(town, f"A:recv:{town.buyer.id}:XTR") == -250
    assert await town.balances(town.seller) == {"available": 225}
    assert await _alarms(town) == ["chargeback"]


async def test_a_chargeback_of_older_days_is_not_booked_again(
    town: Town, feed: FakeFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Entered when no fact was kept of it: the order knows, so only the fact is added."""

    async def without_fact(*_: object) -> None:
        return None

    order = await town.order_in(State.COMPLETED)
    with monkeypatch.context() as patched:
        patched.setattr("services.reopening._paid", without_fact)
        await town.services.disputes.charge_back(town.command(town.operator), order.id)
    _back(feed, await _lists(town, feed, order, "charge-1"))
    await town.services.reconciler.feed(feed)
    assert await _stored(town, "A:prov:stars:XTR") == 0


async def test_a_second_payment_that_was_given_up_and_taken_back(
    town: Town, feed: FakeFeed
) -> None:
    """It had become credit, so it is taken from there; the order keeps its own payment."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    await town.pay(order, charge_id="twice")
    town.stars.next = [Refused("USER_DEACTIVATED")]
    await town.drain()
    (dead,) = (await town.services.house.report(town.operator.id)).failed_refunds
    await town.services.treasury.give_up_refund(town.command(town.operator), dead.id)
    assert await town.balances(town.buyer) == {"paid_held": 250, "credit": 250}
    _back(feed, await _lists(town, feed, order, "twice"))
    await town.services.reconciler.feed(feed)
    assert await town.balances(town.buyer) == {"paid_held": 250}


async def test_what_the_owner_takes_out_is_booked(town: Town, feed: FakeFeed) -> None:
    """A withdrawal through Fragment is an exchange, and undone when it comes back."""
    feed.add("f1", 90, direction="out", kind="fragment")
    await town.services.reconciler.feed(feed)
    assert await _stored(town, "X:fx:XTR") == -90
    feed.add("f1", 90, kind="fragment")
    await town.services.reconciler.feed(feed)
    assert await _stored(town, "X:fx:XTR") == 0
    assert await _alarms(town) == ["exchanged_out", "exchange_undone"]


@pytest.mark.parametrize(
    ("line", "account", "minor", "alarms"),
    [
        ({"kind": "person"}, "L:suspense:stars:XTR", 40, ["unattributed"]),
        ({"kind": "fragment"}, "L:suspense:stars:XTR", 40, ["unattributed"]),
        ({"kind": "telegram_api", "direction": "out"}, "E:prov_fee:stars:XTR", -40, []),
        ({"kind": "invoice", "direction": "out"}, "E:loss:XTR", -40, ["unexplained"]),
        ({"kind": "other", "direction": "out"}, "E:loss:XTR", -40, ["unexplained"]),
    ],
)
async def test_lines_about_no_invoice_of_ours(
    town: Town,
    feed: FakeFeed,
    *,
    line: dict[str, Any],
    account: str,
    minor: int,
    alarms: list[str],
) -> None:
    """Gifts, costs and the unknown are booked as what they are; operators hear of it."""
    feed.add("x1", 40, **line)
    for _ in range(2):
        await town.services.reconciler.feed(feed)
    assert minor == await _stored(town, account)
    assert alarms == await _alarms(town)


async def test_parts_of_a_star_alarm(town: Town, feed: FakeFeed) -> None:
    """The house takes part in no affiliate programme; such a line alarms and is booked."""
    feed.add("n1", 0, kind="affiliate_program", has_extra=True)
    await town.services.reconciler.feed(feed)
    assert await town.services.reconciler.feed(feed) == 0
    assert await _alarms(town) == ["stars_extra", "unattributed"]


async def test_a_line_that_cannot_be_booked_holds_up_no_other(town: Town, feed: FakeFeed) -> None:
    """It stays open and alarms after ten minutes; the others are booked, and it is read again."""
    order = await town.placed()
    feed.add("odd", 5, kind="nobody")
    await _lists(town, feed, order)
    for _ in range(2):
        with pytest.raises(ExceptionGroup):
            await town.services.reconciler.feed(feed)
        town.clock.advance(10 * MINUTE_MS)
    assert State.AWAITING_REQUIREMENTS is (await town.order(order.id)).state
    with pytest.raises(ExceptionGroup):
        await town.services.reconciler.feed(feed)
    assert await _alarms(town) == ["feed_open"]


async def test_the_list_is_read_on_from_where_it_was_left(
    town: Town, feed: FakeFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages of a hundred; the next reading begins a hundred lines before the end of the last."""
    for number in range(250):
        feed.add(f"a{number}", 1, kind="telegram_api", direction="out")
    assert await town.services.reconciler.feed(feed) == 250
    assert feed.asked == [0, 100, 200]
    feed.add("late", 1, kind="telegram_api", direction="out")
    assert await town.services.reconciler.feed(feed) == 1
    assert feed.asked[3:] == [150, 250]
    monkeypatch.setattr("services.reconciling.PAGES", 1)
    town.clock.advance(MINUTE_MS)
    assert await town.services.reconciler.feed(feed) == 0
    assert feed.asked[5:] == [151]


async def test_telegram_out_of_reach_is_tried_again(town: Town, feed: FakeFeed) -> None:
    """Nothing is written when the list cannot be had."""
    feed.refuses = TimeoutError("no answer")
    with pytest.raises(TimeoutError):
        await town.services.reconciler.feed(feed)
    async with town.storage.read() as uow:
        assert (await uow.books.reading("stars")).read_ms is None


async def test_a_crash_between_booking_and_closing_a_line(
    town: Town, feed: FakeFeed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The payment was booked, the line was not closed: the next reading closes it, no more."""
    order = await town.placed()
    await _lists(town, feed, order)

    async def dies(*_: object) -> None:
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(Feed, "_close", dies)
        with pytest.raises(ExceptionGroup):
            await town.services.reconciler.feed(feed)
    before = await town.journals()
    assert await town.services.reconciler.feed(feed) == 1
    assert before == await town.journals()


async def test_two_processes_book_a_line_once(town: Town, feed: FakeFeed) -> None:
    """Whoever comes second finds it booked and leaves it alone."""
    order = await town.placed()
    row = await _lists(town, feed, order)
    booking = Feed(town.storage, town.clock, town.policy, town.services.payments)
    await booking.book(row)
    before = await town.journals()
    await booking.book(row)
    assert before == await town.journals()


async def test_a_charge_that_is_not_listed_alarms(town: Town, feed: FakeFeed) -> None:
    """An hour after it came in, a charge must stand in Telegram's list."""
    await town.order_in(State.IN_PROGRESS)
    await town.services.reconciler.feed(feed)
    assert await _alarms(town) == []
    town.clock.advance(HOUR_MS)
    for _ in range(2):
        await town.services.reconciler.feed(feed)
    assert await _alarms(town) == ["unlisted"]


async def test_a_balance_that_differs_twice_alarms(town: Town, feed: FakeFeed) -> None:
    """Once may be a payment on its way; twice is for operators, the same once a day."""
    await town.order_in(State.IN_PROGRESS)
    feed.balance_minor = 249
    await town.services.reconciler.balance(feed)
    assert await _alarms(town) == []
    for _ in range(2):
        await town.services.reconciler.balance(feed)
    assert await _alarms(town) == ["balance"]
    town.clock.advance(DAY_MS)
    await town.services.reconciler.balance(feed)
    assert await _alarms(town) == ["balance", "balance"]


@pytest.mark.parametrize(("reported", "is_right"), [(250, True), (0, True), (-1, False)])
async def test_refunds_in_flight_explain_a_lower_balance(
    town: Town, feed: FakeFeed, *, reported: int, is_right: bool
) -> None:
    """A promised refund may have gone or not; more than that may not be missing."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    feed.balance_minor = reported
    await town.services.reconciler.balance(feed)
    async with town.storage.read() as uow:
        (check,) = await uow.books.checks("stars", Currency.XTR, limit=9)
    assert (is_right, 250, 250) == (check.is_right, check.stored_minor, check.in_flight_minor)


async def test_payouts_in_flight_explain_a_lower_balance(storage: OpenStorage) -> None:
    """A payout that is being sent may have gone or not; one that only waits has not."""
    town = Town(storage, replace(POLICY, payout_ways=BY_HAND | {Way.CRYPTO_PAY}))
    await town.settle_in()
    till = await Till(town).opened()
    there = -await _stored(town, "A:prov:crypto_pay:USDT")
    asked = await till.ripe(way=Way.CRYPTO_PAY)
    sent = asked.net.minor

    async def compared(minor: int) -> tuple[bool, int]:
        await town.services.reconciler.holdings(_Holding(minor))
        async with town.storage.read() as uow:
            (check,) = await uow.books.checks("crypto_pay", Currency.USDT, limit=1)
        return check.is_right, check.in_flight_minor

    assert [await compared(there), await compared(there - 1)] == [(True, 0), (False, 0)]
    await town.services.sending_out.start()
    assert [await compared(there), await compared(there - sent)] == [(True, sent), (True, sent)]
    assert await compared(there - sent - 1) == (False, sent)
    await till.drain()
    assert [await compared(there), await compared(there - sent)] == [(False, 0), (True, 0)]


async def test_a_balance_with_parts_of_a_star_alarms(town: Town, feed: FakeFeed) -> None:
    """They can only come from a programme that the house takes no part in."""
    feed.has_extra = True
    await town.services.reconciler.balance(feed)
    assert await _alarms(town) == ["stars_extra"]


async def test_other_providers_are_compared_too(town: Town) -> None:
    """What Crypto Pay says it keeps, beside the ledger; nothing is in flight there."""
    for _ in range(2):
        await town.services.reconciler.holdings(_Holding(5))
    assert await _alarms(town) == ["balance"]


async def test_a_house_that_owes_more_than_it_holds_alarms(town: Town, feed: FakeFeed) -> None:
    """A loss that nobody has put right is told once a day; a covered house says nothing."""
    await town.order_in(State.CLEARED)
    await town.services.reconciler.cover()
    assert await _alarms(town) == []
    feed.add("x", 60, kind="other", direction="out")
    await town.services.reconciler.feed(feed)
    for _ in range(2):
        await town.services.reconciler.cover()
    assert (await _alarms(town))[-1:] == ["short"]
    assert (await _alarms(town)).count("short") == 1


async def test_buyers_stars_that_were_taken_out_alarm(town: Town, feed: FakeFeed) -> None:
    """Stars that have left are not there, whatever they become; operators and owners hear it."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    await _lists(town, feed, order, "charge-1")
    feed.add("f1", 1, direction="out", kind="fragment")
    await town.services.reconciler.feed(feed)
    await Till(town).rate("1.58", Currency.BDT)
    await town.services.treasury.exchanged_in(
        town.command(town.operator), rail="manual:bkash", amount=Money(158, Currency.BDT)
    )
    for _ in range(2):
        await town.services.reconciler.cover()
    assert await _alarms(town) == ["exchanged_out", "refunds_short"]


async def test_stars_that_have_become_nothing_yet_alarm(town: Town, feed: FakeFeed) -> None:
    """Earned Stars are owed; without what they became the whole is too little."""
    order = await town.order_in(State.CLEARED)
    await _lists(town, feed, order, "charge-1")
    feed.add("f1", 100, direction="out", kind="fragment")
    await town.services.reconciler.feed(feed)
    await town.services.reconciler.cover()
    assert await _alarms(town) == ["exchanged_out", "short"]
