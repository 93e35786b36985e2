"""What Crypto Pay lists as sent, beside what the house knows of it: nothing leaves twice."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from market.contract import Order
from market.deadlines import DAY_MS, HOUR_MS, MINUTE_MS
from market.errors import NotReconciled
from market.gig import Fulfilment
from market.notices import Notice
from market.payout_terms import BY_HAND, Way
from market.rails import POLICY_VERSION
from market.states import Event, State
from market.withdrawal import Withdrawal, WithdrawalState
from services import readings
from services.bill_rows import BillReport, RailAway
from services.feed_rows import FeedRow, Reading
from services.freezing import begin_safe_mode
from services.payout_rows import Unknown
from services.payout_steps import call_key
from services.restoring import Restoring
from services.sendings import Sendings
from storage import OpenStorage
from tests.support.crypto_bench import usdt
from tests.support.feed import FakeFeed
from tests.support.payouts import FakePayoutRail, Till
from tests.support.town import POLICY, Town

S = WithdrawalState
RAIL, PROVIDER, LOSS = "crypto_pay", "A:prov:crypto_pay:USDT", "E:loss:USDT"
NET = usdt("2.925")  # 225 Stars at 0.013


@dataclass
class ListingRail(FakePayoutRail):
    """A till that lists what it has sent."""

    rows: list[FeedRow] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)
    is_away: bool = False

    async def sent(self, *, since_ms: int) -> tuple[FeedRow, ...]:
        if self.is_away:
            raise RailAway("gone")
        self.asked.append(since_ms)
        return tuple(row for row in self.rows if row.at_ms >= since_ms)


@dataclass
class Desk:
    """The till and its list."""

    till: Till
    rail: ListingRail

    def lists(self, payload: str, **changes: Any) -> None:
        """The provider has a line."""
        row = FeedRow(
            rail=RAIL,
            external_id="9001",
            direction="out",
            kind="transfer",
            amount=NET,
            at_ms=self.till.town.clock.now_ms(),
            telegram_id=self.till.town.seller.telegram_id,
            payload=payload,
        )
        self.rail.rows.append(replace(row, **changes))

    async def read(self) -> int:
        """The house looks."""
        return await self.till.town.services.reconciler.sendings.sweep({RAIL: self.rail})

    async def alarms(self) -> list[object]:
        """What operators were alarmed of."""
        town = self.till.town
        await town.drain()
        rows = [row.message for row in town.messenger.sent]
        return [row.facts["what"] for row in rows if row and row.notice is Notice.ALARM]

    async def ripe(self) -> Withdrawal:
        """225 Stars may be sent as USDT."""
        return await self.till.ripe(minor=225, way=Way.CRYPTO_PAY)


@pytest.fixture
async def desk(storage: OpenStorage) -> AsyncIterator[Desk]:
    """A seller with 225 Stars earned; the books are right at the end."""
    ways = BY_HAND | {Way.CRYPTO_PAY}
    town = Town(storage, replace(POLICY, payout_ways=ways, takes_usdt=True))
    await town.settle_in()
    till = await Till(town).opened()
    rail = till.rail = ListingRail()
    yield Desk(till, rail)
    async with storage.read() as uow:
        assert await uow.ledger.audit() == ()


async def test_what_the_house_has_sent_is_known(desk: Desk) -> None:
    """A line of our own sending changes nothing, however often it is read."""
    await desk.ripe()
    await desk.till.town.services.sending_out.start()
    await desk.till.drain()
    paid = await desk.till.stored(1)
    desk.lists(paid.spend_id)
    before = await desk.till.purses(PROVIDER)
    assert [await desk.read(), await desk.read()] == [1, 0]
    assert await desk.till.purses(PROVIDER, LOSS) == [*before, 0]
    assert "sent_unknown" not in await desk.alarms()


@pytest.mark.parametrize("is_started", [False, True], ids=["requested", "sending"])
async def test_what_had_left_is_paid(desk: Desk, *, is_started: bool) -> None:
    """Sent after the backup: P18 once, the person hears of it, and the rail is not called again."""
    ripe = await desk.ripe()
    if is_started:
        await desk.till.town.services.sending_out.start()
    desk.lists(ripe.spend_id)
    await desk.read()
    paid = await desk.till.stored(ripe.id)
    assert (paid.state, paid.reference, paid.operator_id) == (S.PAID, "9001", None)
    await desk.till.town.services.sending_out.start()
    await desk.till.drain()
    assert desk.rail.calls == []
    assert Notice.WITHDRAWAL_PAID in desk.till.town.messenger.notices(desk.till.town.seller)
    async with desk.till.town.storage.read() as uow:
        assert await uow.outbox.call(call_key(paid)) is None


async def test_a_call_that_is_out_finds_it_paid(desk: Desk) -> None:
    """The post has the row while the list is read: its answer changes nothing any more."""
    ripe = await desk.ripe()
    town = desk.till.town
    await town.services.sending_out.start()
    async with town.storage.begin() as uow:
        await uow.outbox.claim(town.clock.now_ms(), lease_ms=MINUTE_MS, limit=9)
    desk.lists(ripe.spend_id)
    await desk.read()
    town.clock.advance(HOUR_MS)
    await desk.till.drain()
    paid = await desk.till.stored(ripe.id)
    assert (paid.state, paid.reference, desk.rail.calls) == (S.PAID, "9001", [])
    async with town.storage.read() as uow:
        assert await uow.outbox.call(call_key(paid)) is None


async def test_approval_and_time_do_not_matter_to_a_fact(desk: Desk) -> None:
    """The backup knows neither that it was approved nor that it was ripe."""
    card = await desk.till.requested(minor=225, way=Way.CRYPTO_PAY)
    desk.lists(card.withdrawal.spend_id)
    await desk.read()
    assert (await desk.till.stored(1)).state is S.PAID


ODD: dict[str, dict[str, Any]] = {
    "another amount": {"amount": usdt("3")},
    "another person": {"telegram_id": 7},
    "not completed": {"kind": "frozen 2.925 USDT"},
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
async def test_another_sending_under_our_id(desk: Desk, odd: dict[str, Any]) -> None:
    """It is not that payout: a loss until explained, an alarm, and the payout stays as it is."""
    ripe = await desk.ripe()
    desk.lists(ripe.spend_id, **odd)
    await desk.read()
    assert (await desk.till.stored(ripe.id)).state is S.REQUESTED
    amount = odd.get("amount", NET)
    assert await desk.till.purses(LOSS) == [-amount.minor]
    assert (await desk.alarms()).count("sent_unknown") == 1


async def test_a_sending_that_nobody_knows(desk: Desk) -> None:
    """Booked as lost once, alarmed once."""
    desk.lists("wd-of-the-lost-minutes")
    for _ in range(2):
        await desk.read()
    assert await desk.till.purses(LOSS) == [-NET.minor]
    assert (await desk.alarms()).count("sent_unknown") == 1


async def test_other_money_is_only_told(desk: Desk) -> None:
    """What the house keeps no books of cannot be booked."""
    desk.lists("", amount=usdt("0"), kind="completed 3.5 TON")
    await desk.read()
    assert await desk.till.purses(LOSS) == [0]
    assert "sent_unknown" in await desk.alarms()


async def test_what_ended_otherwise_is_not_paid_twice(desk: Desk) -> None:
    """A cancelled request that was sent all the same: the money is lost until explained."""
    ripe = await desk.ripe()
    town = desk.till.town
    await town.services.withdrawals.cancel(town.command(town.seller), ripe.id, version=0)
    desk.lists(ripe.spend_id)
    await desk.read()
    assert (await desk.till.stored(ripe.id)).state is S.CANCELLED
    assert await desk.till.purses(LOSS) == [-NET.minor]


async def _usdt_order(desk: Desk) -> Order:
    """An order in USDT that was paid by invoice 7001."""
    town, price = desk.till.town, usdt("12.5")
    await town.services.rails.decide(
        town.command(town.operator),
        "lessons",
        Fulfilment.NON_DIGITAL,
        reason="Work on the spot, done by people.",
        version=POLICY_VERSION,
    )
    order = await town.placed(await town.gig(category="lessons", price=price))
    intent_id = await town.services.payments.intent_of(order.id)
    assert intent_id is not None
    report = BillReport(external_id="7001", payload=intent_id, now="paid", received=price)
    await town.services.bills.reported(RAIL, report)
    return await town.order(order.id)


@contextmanager
def _failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No line can be booked."""

    async def fails(*_args: object) -> str:
        raise ValueError("no")

    with monkeypatch.context() as patch:
        patch.setattr(Sendings, "_booked", fails)
        yield


async def test_a_line_that_cannot_be_booked_stays_open(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list counts as read only when all of it is booked; then it is."""
    desk.lists("wd-x")
    with _failing(monkeypatch), pytest.raises(ExceptionGroup):
        await desk.read()
    async with desk.till.town.storage.read() as uow:
        (left,) = await uow.books.open_rows(before_ms=desk.till.town.clock.now_ms(), limit=9)
        assert (left.external_id, "no" in left.error) == ("9001", True)
        assert await uow.books.reading(readings.sent_list(RAIL)) == Reading(0, None)
    assert await desk.read() == 1


async def test_a_line_that_another_process_has_booked(desk: Desk) -> None:
    """Two read the same list at once: the second finds it booked."""
    desk.lists("wd-x")
    await desk.read()
    sendings = desk.till.town.services.reconciler.sendings
    await sendings._book(desk.rail.rows[0])
    assert await desk.till.purses(LOSS) == [-NET.minor]


async def test_reading_goes_on_where_it_was(desk: Desk) -> None:
    """A house that has never read begins now; later it reads on with an hour to spare."""
    town = desk.till.town
    first_ms = town.clock.now_ms()
    await desk.read()
    town.clock.advance(DAY_MS)
    await desk.read()
    assert desk.rail.asked == [first_ms - HOUR_MS, first_ms - HOUR_MS]
    desk.rail.is_away = True
    with pytest.raises(RailAway):
        await desk.read()


async def _paid_list_is_read(desk: Desk) -> None:
    async with desk.till.town.storage.begin() as uow:
        at_ms = desk.till.town.clock.now_ms()
        await readings.was_read(uow, readings.paid_list(RAIL), at_ms=at_ms)


async def test_safe_mode_waits_for_all_lists(desk: Desk) -> None:
    """Telegram's, the paid invoices, then what was sent: until all were read nobody leaves it."""
    town = desk.till.town
    house = town.services.house
    ripe = await desk.ripe()
    desk.lists(ripe.spend_id)
    async with town.storage.begin() as uow:
        await begin_safe_mode(uow, now_ms=town.clock.now_ms())
    assert (await house.stops(town.operator.id)).unread == ("stars", "crypto_pay")
    assert await desk.read() == 0
    await town.services.reconciler.feed(FakeFeed())
    await _paid_list_is_read(desk)
    assert (await house.stops(town.operator.id)).unread == ("crypto_pay",)
    with pytest.raises(NotReconciled):
        await house.leave_safe_mode(town.command(town.operator))
    assert await desk.read() == 1
    assert (await house.stops(town.operator.id)).unread == ()
    assert (await desk.till.stored(ripe.id)).state is S.PAID
    await house.leave_safe_mode(town.command(town.operator))
    await desk.till.drain()
    assert desk.rail.calls == []


async def test_after_a_restore_all_is_read_since_the_backup(desk: Desk) -> None:
    """A list that was never read begins with the backup's last minute."""
    town = desk.till.town
    worked_ms = town.clock.now_ms()
    await town.services.upkeep.beat()
    town.clock.advance(9 * HOUR_MS)
    await Restoring(town.storage, town.clock).restored()
    await _paid_list_is_read(desk)
    await desk.read()
    assert desk.rail.asked == [worked_ms - HOUR_MS]
    await Restoring(town.storage, town.clock).restored()
    async with town.storage.read() as uow:
        assert await uow.books.reading(readings.sent_list(RAIL)) == Reading(0, town.clock.now_ms())


async def test_an_id_is_never_given_again(desk: Desk) -> None:
    """Numbers begin again after a restore; what the provider knows of them it does not know."""
    ripe = await desk.ripe()
    desk.rail.next = [Unknown("x")]
    await desk.till.town.services.sending_out.start()
    await desk.till.drain()
    (call,) = desk.rail.calls
    assert call.spend_id == ripe.spend_id
    assert call.spend_id != f"wd-{ripe.id}"


REFUND_ROWS = {"promised": True, "unknown to the backup": False}


@pytest.mark.parametrize("is_promised", REFUND_ROWS.values(), ids=REFUND_ROWS)
async def test_a_refund_that_had_left(desk: Desk, *, is_promised: bool) -> None:
    """P15 where it was promised; else the order that goes on in the backup has lost its money."""
    town = desk.till.town
    order = await _usdt_order(desk)
    assert order.charge_id is not None
    if is_promised:
        await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    desk.lists(
        f"refund-{order.charge_id}",
        amount=order.terms.price,
        telegram_id=town.buyer.telegram_id,
    )
    for _ in range(2):
        await desk.read()
    async with town.storage.read() as uow:
        kind = "refund" if is_promised else "chargeback"
        assert await uow.payments.fact(RAIL, order.charge_id, kind) is not None
    assert (await town.order(order.id)).state is State.CANCELLED
    assert await desk.till.purses(LOSS) == [0]


@pytest.mark.parametrize("key", ["refund-404", "refund-7001"])
async def test_a_refund_of_nothing(desk: Desk, key: str) -> None:
    """No such charge, or another amount: nobody knows why it left."""
    await _usdt_order(desk)
    desk.lists(key, amount=usdt("1.5"))
    await desk.read()
    assert await desk.till.purses(LOSS) == [-usdt("1.5").minor]
