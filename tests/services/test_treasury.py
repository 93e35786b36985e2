"""The house's own money: each act is done once, logged, refused to others and never too large."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from market.change import Change
from market.deadlines import DAY_MS
from market.errors import (
    InsufficientFunds,
    NotAnOperator,
    NotAnOwner,
    NotCovered,
    NotFound,
    NotOwed,
    OutgoingStopped,
    OwnOrder,
)
from market.house_postings import refund_given_up, write_off
from market.money import Currency, Money
from market.notices import Notice
from market.payout_terms import Way
from market.people import Person
from market.solvency import Shortfall
from market.states import Event, State
from market.treasury import Coffers
from services import refunds
from services.rows import Command, Refused
from services.treasury import TreasuryService
from services.trust import SAME_MS
from tests.support.feed import FakeFeed
from tests.support.payouts import Till
from tests.support.town import Town

BKASH = "manual:bkash"


@pytest.fixture
def feed() -> FakeFeed:
    """A list without lines."""
    return FakeFeed()


TAKA = Money(1_000, Currency.BDT)
STAR = Money(10, Currency.XTR)


async def _balance(town: Town, account: str) -> int:
    async with town.storage.read() as uow:
        return await uow.books.balance(account)


async def _funded(town: Town, minor: int = 5_000) -> None:
    """The owner has put money into the wallet."""
    amount = Money(minor, Currency.BDT)
    await town.services.treasury.put_in(town.command(town.operator), rail=BKASH, amount=amount)


Doing = Callable[[TreasuryService, Command, Person], Awaitable[object]]
OWNERS: dict[str, Doing] = {
    "put in": lambda t, c, _p: t.put_in(c, rail=BKASH, amount=TAKA),
    "exchanged": lambda t, c, _p: t.exchanged_in(c, rail=BKASH, amount=TAKA),
    "budget": lambda t, c, _p: t.budget(c, "promo", TAKA, from_capital=True),
    "draw": lambda t, c, _p: t.draw(c, rail=BKASH, amount=TAKA, from_capital=True),
    "write off": lambda t, c, p: t.write_off(c, p.id, TAKA),
    "attribute": lambda t, c, p: t.attribute(c, p.id, rail="stars", amount=STAR),
    "correct": lambda t, c, _p: t.correct(c, 1),
    "return": lambda t, c, _p: t.return_unknown(c, 1),
}
OPERATORS: dict[str, Doing] = {
    "give": lambda t, c, p: t.give(c, p.id, TAKA, reason="Sorry"),
    "give up": lambda t, c, _p: t.give_up_refund(c, 1),
    "looked": lambda t, c, _p: t.looked(c, rail=BKASH, amount=TAKA),
    "page": lambda t, c, _p: t.page(c.person_id),
}


@pytest.mark.parametrize("act", OWNERS)
async def test_only_owners_act(town: Town, act: str) -> None:
    """An operator who is no owner is refused, whatever the act."""
    second = town.command(await town.second())
    with pytest.raises(NotAnOwner):
        await OWNERS[act](town.services.treasury, second, town.buyer)


@pytest.mark.parametrize("act", OPERATORS)
async def test_others_have_no_say(town: Town, act: str) -> None:
    """Members neither see the page nor act."""
    with pytest.raises(NotAnOperator):
        await OPERATORS[act](town.services.treasury, town.command(town.buyer), town.seller)


async def test_capital_is_put_in_once(town: Town) -> None:
    """The same command twice is one posting, held by the rail and owned by the owner."""
    command = town.command(town.operator)
    for _ in range(2):
        await town.services.treasury.put_in(command, rail=BKASH, amount=TAKA)
    page = await town.services.treasury.page(town.operator.id)
    assert [(one.rail, one.minor) for one in page.held] == [(BKASH, 1_000)]
    assert [(one.currency, one.capital) for one in page.coffers] == [("BDT", 1_000)]
    assert [(one.act, one.may_be_corrected) for one in page.lines] == [("capital", True)]
    assert page.is_owner


async def test_budgets_come_from_what_is_there(town: Town) -> None:
    """Fees or capital may be given away, never more than there is."""
    await _funded(town)
    treasury = town.services.treasury
    await treasury.budget(town.command(town.operator), "promo", TAKA, from_capital=True)
    assert await _balance(town, "Q:promo:BDT") == 1_000
    with pytest.raises(InsufficientFunds):
        await treasury.budget(town.command(town.operator), "goodwill", TAKA, from_capital=False)


async def test_fees_become_a_budget(town: Town) -> None:
    """What was earned in Stars may be given away in Stars."""
    await town.order_in(State.CLEARED)
    await town.services.treasury.budget(
        town.command(town.operator), "goodwill", STAR, from_capital=False
    )
    assert (await _balance(town, "I:fee:XTR"), await _balance(town, "Q:goodwill:XTR")) == (15, 10)


async def test_goodwill_is_credit_within_the_budget(town: Town) -> None:
    """The person has it and hears of it; nobody gives to himself, or beyond the budget."""
    await _funded(town)
    treasury = town.services.treasury
    await treasury.budget(town.command(town.operator), "goodwill", TAKA, from_capital=True)
    with pytest.raises(OwnOrder):
        await treasury.give(town.command(town.operator), town.operator.id, TAKA, reason="Me")
    command = town.command(await town.second())
    for _ in range(2):
        await treasury.give(command, town.buyer.id, TAKA, reason="Sorry")
    with pytest.raises(InsufficientFunds):
        await treasury.give(town.command(town.operator), town.buyer.id, TAKA, reason="More")
    await town.drain()
    assert await _balance(town, f"L:user:{town.buyer.id}:credit:BDT") == 1_000
    assert town.messenger.notices(town.buyer) == [Notice.CREDIT_GIVEN]


async def test_a_draw_leaves_what_people_are_owed(town: Town) -> None:
    """Only what is the house's own, and only from where it lies."""
    await _funded(town, 2_000)
    treasury = town.services.treasury
    await treasury.budget(town.command(town.operator), "goodwill", TAKA, from_capital=True)
    await treasury.give(town.command(town.operator), town.buyer.id, TAKA, reason="Sorry")
    with pytest.raises(NotCovered) as refused:
        await treasury.draw(
            town.command(town.operator),
            rail=BKASH,
            amount=Money(1_001, Currency.BDT),
            from_capital=True,
        )
    assert refused.value.free_minor == 1_000
    with pytest.raises(NotCovered):
        await treasury.draw(
            town.command(town.operator), rail="manual:nagad", amount=TAKA, from_capital=True
        )
    command = town.command(town.operator)
    for _ in range(2):
        await treasury.draw(command, rail=BKASH, amount=TAKA, from_capital=True)
    assert await _balance(town, f"A:prov:{BKASH}:BDT") == -1_000


async def test_a_draw_leaves_what_withdrawals_were_promised(town: Town) -> None:
    """What lies in a wallet for a withdrawal stays there; the rest may go."""
    till = await Till(town).opened(100_000)
    await till.requested()
    treasury, there = town.services.treasury, 100_000 - 34_550
    with pytest.raises(NotCovered) as refused:
        await treasury.draw(
            town.command(town.operator),
            rail=BKASH,
            amount=Money(there + 1, Currency.BDT),
            from_capital=True,
        )
    assert refused.value.free_minor == there
    await treasury.draw(
        town.command(town.operator),
        rail=BKASH,
        amount=Money(there, Currency.BDT),
        from_capital=True,
    )
    town.clock.advance(4 * DAY_MS)
    await till.pay((await till.do("take", await till.stored(1))).withdrawal)
    assert await _balance(town, f"A:prov:{BKASH}:BDT") == 0


async def test_a_draw_and_a_promise_at_once(town: Town) -> None:
    """Whoever comes second finds less; nothing is promised that was drawn."""
    till = await Till(town).opened(40_000)
    await till.account()
    wish = await till.wish()
    await asyncio.gather(
        town.services.withdrawals.request(town.command(town.seller), wish),
        town.services.treasury.draw(
            town.command(town.operator),
            rail=BKASH,
            amount=Money(30_000, Currency.BDT),
            from_capital=True,
        ),
        return_exceptions=True,
    )
    async with town.storage.read() as uow:
        assert (await uow.withdrawals.funds(Way.BKASH)).till_minor >= 0


async def test_nothing_is_drawn_while_anything_is_missing(town: Town, feed: FakeFeed) -> None:
    """Buyers' Stars that are gone are made good first, from whatever purse."""
    await town.order_in(State.IN_PROGRESS)
    await _funded(town)
    feed.add("f1", 1, direction="out", kind="fragment")
    await town.services.reconciler.feed(feed)
    with pytest.raises(NotCovered) as refused:
        await town.services.treasury.draw(
            town.command(town.operator), rail=BKASH, amount=TAKA, from_capital=True
        )
    assert refused.value.free_minor == 0


async def test_fees_of_payouts_are_drawn_and_given(town: Town) -> None:
    """What a payout earned is a fee like others: for a budget, and for the owner."""
    till = await Till(town).opened()
    await till.paid()
    treasury = town.services.treasury
    (taka,) = [one for one in await _coffers(town) if one.currency == "BDT"]
    assert (taka.fees, taka.from_stars) == (1_000, 0)
    half = Money(400, Currency.BDT)
    await treasury.budget(town.command(town.operator), "goodwill", half, from_capital=False)
    rest = Money(600, Currency.BDT)
    with pytest.raises(InsufficientFunds):
        await treasury.draw(
            town.command(town.operator),
            rail=BKASH,
            amount=Money(601, rest.currency),
            from_capital=False,
        )
    await treasury.draw(town.command(town.operator), rail=BKASH, amount=rest, from_capital=False)
    assert await _balance(town, "I:payout_fee:BDT") == 0


async def _coffers(town: Town) -> tuple[Coffers, ...]:
    return (await town.services.treasury.page(town.operator.id)).coffers


async def test_fees_in_stars_leave_as_what_they_became(town: Town, feed: FakeFeed) -> None:
    """250 Stars are taken out, the seller has his taka for 225, the fee of 25 is what is left."""
    till = await Till(town).opened(35_550)
    await till.requested()
    feed.add("f1", 250, direction="out", kind="fragment")
    await town.services.reconciler.feed(feed)
    treasury = town.services.treasury
    await treasury.exchanged_in(
        town.command(town.operator), rail=BKASH, amount=Money(40_000, Currency.BDT)
    )
    (taka,) = [one for one in await _coffers(town) if one.currency == "BDT"]
    assert (taka.fees, taka.from_stars) == (0, 4_450)
    profit = Money(4_450, Currency.BDT)
    with pytest.raises(InsufficientFunds):
        await treasury.draw(
            town.command(town.operator),
            rail=BKASH,
            amount=Money(4_451, profit.currency),
            from_capital=False,
        )
    await treasury.draw(town.command(town.operator), rail=BKASH, amount=profit, from_capital=False)
    assert (await _balance(town, "I:fee:XTR"), await _balance(town, "X:fx:XTR")) == (0, 0)
    assert (await _balance(town, "X:fx:BDT"), await _balance(town, "Q:owner:BDT")) == (0, 71_100)
    (line, *_) = (await treasury.page(town.operator.id)).lines
    assert (line.act, line.may_be_corrected) == ("draw_exchanged", False)


async def test_a_frozen_house_is_not_drawn_from(town: Town) -> None:
    """While money is stopped, the owner's is too."""
    await _funded(town)
    await town.services.house.freeze(town.command(town.operator))
    with pytest.raises(OutgoingStopped):
        await town.services.treasury.draw(
            town.command(town.operator), rail=BKASH, amount=TAKA, from_capital=True
        )


async def test_a_debt_is_written_off(town: Town) -> None:
    """Up to what is owed, as a loss of the house."""
    order = await town.order_in(State.CLEARED)
    await town.services.payments.refunded(charge_id="charge-1")
    treasury, buyer = town.services.treasury, town.buyer
    debts = (await treasury.page(town.operator.id)).debts
    assert [(one.person_id, one.name, one.minor) for one in debts] == [(buyer.id, "Ayesha", 250)]
    with pytest.raises(NotOwed):
        await treasury.write_off(town.command(town.operator), buyer.id, Money(251, Currency.XTR))
    command = town.command(town.operator)
    for _ in range(2):
        await treasury.write_off(command, buyer.id, order.terms.price)
    assert await _balance(town, "E:loss:XTR") == -250
    assert (await treasury.page(town.operator.id)).debts == ()


async def test_a_debt_is_written_off_once(town: Town) -> None:
    """What another owner is writing off at this moment is not there to be written off."""
    await town.order_in(State.CLEARED)
    await town.services.payments.refunded(charge_id="charge-1")
    debt, treasury = Money(250, Currency.XTR), town.services.treasury
    first = write_off("first", town.buyer.id, debt)
    async with town.storage.begin() as uow:
        await uow.record(Change(journals=(first,)), now_ms=town.clock.now_ms())
        second = asyncio.ensure_future(
            treasury.write_off(town.command(town.operator), town.buyer.id, debt)
        )
        await asyncio.sleep(0.2)
    with pytest.raises(NotOwed):
        await second
    assert await _balance(town, f"A:recv:{town.buyer.id}:XTR") == 0


async def test_unknown_money_finds_its_owner(town: Town) -> None:
    """What nobody claimed becomes somebody's credit, no more than there is."""
    feed = FakeFeed()
    feed.add("gift", 10, kind="person")
    await town.services.reconciler.feed(feed)
    treasury = town.services.treasury
    command = town.command(town.operator)
    for _ in range(2):
        await treasury.attribute(command, town.buyer.id, rail="stars", amount=STAR)
    with pytest.raises(InsufficientFunds):
        await treasury.attribute(
            town.command(town.operator), town.buyer.id, rail="stars", amount=STAR
        )
    await town.drain()
    assert await town.balances(town.buyer) == {"credit": 10}
    assert town.messenger.notices(town.buyer) == [Notice.CREDIT_GIVEN]


async def _unknown(town: Town, feed: FakeFeed, telegram_id: int | None = 4711) -> int:
    """Somebody sent ten Stars outside of any order; the number of their transfer."""
    feed.add("gift", 10, kind="person", telegram_id=telegram_id)
    await town.services.reconciler.feed(feed)
    (line, *_) = (await town.services.treasury.page(town.operator.id)).lines
    return line.id


async def test_unknown_money_goes_back_to_who_sent_it(town: Town, feed: FakeFeed) -> None:
    """Promised once, sent by its charge, and confirmed by Telegram's list without an effect."""
    number = await _unknown(town, feed)
    treasury, command = town.services.treasury, town.command(town.operator)
    for _ in range(2):
        await treasury.return_unknown(command, number)
    with pytest.raises(NotFound):
        await treasury.return_unknown(town.command(town.operator), number)
    assert await _balance(town, "L:suspense:stars:XTR") == 0
    assert await _balance(town, "L:refunding:stars:XTR") == 10
    await town.drain()
    assert town.stars.calls == [(4711, "gift")]
    feed.add("gift", 10, direction="out", telegram_id=4711)
    await town.services.reconciler.feed(feed)
    assert await _balance(town, "A:prov:stars:XTR") == 0
    assert await _balance(town, "L:refunding:stars:XTR") == 0


async def test_unknown_money_that_telegram_keeps_is_its_senders_credit(
    town: Town, feed: FakeFeed
) -> None:
    """A refund like any other: it can be given up. Members of the house are known by then."""
    number = await _unknown(town, feed, town.buyer.telegram_id)
    await town.services.treasury.return_unknown(town.command(town.operator), number)
    town.stars.next = [Refused("CHARGE_NOT_FOUND")]
    await town.drain()
    (dead,) = (await town.services.house.report(town.operator.id)).failed_refunds
    await town.services.treasury.give_up_refund(town.command(town.operator), dead.id)
    assert await town.balances(town.buyer) == {"credit": 10}


async def test_unknown_money_without_a_sender_stays(town: Town, feed: FakeFeed) -> None:
    """Nor goes what was given to somebody, or what is no such line."""
    treasury, number = town.services.treasury, await _unknown(town, feed, None)
    await _funded(town)
    for one in (number, number + 1, 999):
        with pytest.raises(NotFound):
            await treasury.return_unknown(town.command(town.operator), one)
    feed.add("other", 5, kind="person", telegram_id=4711)
    await town.services.reconciler.feed(feed)
    (line, *_) = (await treasury.page(town.operator.id)).lines
    all_of_it = Money(15, Currency.XTR)
    await treasury.attribute(
        town.command(town.operator), town.buyer.id, rail="stars", amount=all_of_it
    )
    with pytest.raises(InsufficientFunds):
        await treasury.return_unknown(town.command(town.operator), line.id)


async def test_two_owners_send_unknown_money_back_once(town: Town, feed: FakeFeed) -> None:
    """The second one finds it gone."""
    number, treasury = await _unknown(town, feed), town.services.treasury
    ended = await asyncio.gather(
        *(treasury.return_unknown(town.command(town.operator), number) for _ in range(2)),
        return_exceptions=True,
    )
    assert [type(one) for one in ended if one is not None] == [NotFound]


async def test_exchanged_stars_arrive_elsewhere(town: Town) -> None:
    """What left through Fragment covers its people in the other currency."""
    await town.order_in(State.CLEARED)
    feed = FakeFeed()
    feed.add("f1", 100, direction="out", kind="fragment")
    await town.services.reconciler.feed(feed)
    await town.services.treasury.exchanged_in(
        town.command(town.operator), rail=BKASH, amount=Money(16_000, Currency.BDT)
    )
    before = (await town.services.trust.page()).solvency
    taka, stars = before.positions
    assert (stars.held, stars.owed, stars.exchanged, stars.own) == (150, 225, 100, -75)
    assert (taka.held, taka.exchanged, taka.own) == (16_000, -16_000, 16_000)
    assert before.missing() == (Shortfall("whole", "XTR", 75),)  # nobody has said what a Star is
    await Till(town).rate("1.58", Currency.BDT)
    town.clock.advance(SAME_MS)
    page = await town.services.trust.page()
    assert page.solvency.missing() == ()
    assert [(one.rail, one.minor) for one in page.held] == [(BKASH, 16_000), ("stars", 150)]


async def test_a_wrong_act_is_mirrored_once(town: Town) -> None:
    """The correction refers to its transfer; orders' transfers are never mirrored."""
    await town.order_in(State.IN_PROGRESS)
    await _funded(town)
    treasury = town.services.treasury
    (line,) = (await treasury.page(town.operator.id)).lines
    command = town.command(town.operator)
    for _ in range(2):
        await treasury.correct(command, line.id)
    assert await _balance(town, "Q:owner:BDT") == 0
    mirror, mirrored = (await treasury.page(town.operator.id)).lines
    assert (mirror.act, mirrored.is_corrected) == ("correction", True)
    for one in (line.id, mirror.id, 1, 999):
        with pytest.raises(NotFound):
            await treasury.correct(town.command(town.operator), one)


async def test_a_refund_is_given_up(town: Town) -> None:
    """What Telegram refuses for good stays as credit; taken back later it is taken from there."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    with pytest.raises(NotFound):
        await town.services.treasury.give_up_refund(town.command(town.operator), 1)
    town.stars.next = [Refused("USER_DEACTIVATED")]
    await town.drain()
    (dead,) = (await town.services.house.report(town.operator.id)).failed_refunds
    command = town.command(town.operator)
    for _ in range(2):
        await town.services.treasury.give_up_refund(command, dead.id)
    await town.drain()
    assert await town.balances(town.buyer) == {"credit": 250}
    assert town.messenger.notices(town.buyer)[-1] is Notice.REFUND_KEPT
    with pytest.raises(NotFound):
        await town.services.house.retry(town.command(town.operator), dead.id)
    await town.services.payments.refunded(charge_id="charge-1")
    assert await town.balances(town.buyer) == {}


async def test_a_refund_that_went_back_is_not_given_up(town: Town) -> None:
    """Telegram refused, and lists it as sent all the same: it is over, and makes no credit."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    town.stars.next = [Refused("USER_DEACTIVATED")]
    await town.drain()
    (dead,) = (await town.services.house.report(town.operator.id)).failed_refunds
    await town.services.payments.refunded(charge_id="charge-1")
    other = await town.order_in(State.AWAITING_REQUIREMENTS)
    await town.act(town.buyer, other.id, Event.BUYER_CANCEL_EARLY)  # its money is on the way
    with pytest.raises(NotFound):
        await town.services.treasury.give_up_refund(town.command(town.operator), dead.id)
    assert (await town.services.house.report(town.operator.id)).failed_refunds == ()
    await town.drain()
    assert await town.balances(town.buyer) == {}
    assert town.messenger.notices(town.buyer).count(Notice.REFUND_SENT) == 2


async def _dead_beside_another(town: Town) -> int:
    """A refund that Telegram refused, and money of another one on its way; its row."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    town.stars.next = [Refused("USER_DEACTIVATED")]
    await town.drain()
    (dead,) = (await town.services.house.report(town.operator.id)).failed_refunds
    other = await town.order_in(State.AWAITING_REQUIREMENTS)
    await town.act(town.buyer, other.id, Event.BUYER_CANCEL_EARLY)
    return dead.id


async def test_a_refund_that_goes_back_at_that_moment_is_not_given_up(town: Town) -> None:
    """Who gives up waits for who confirms, and finds it over."""
    number = await _dead_beside_another(town)
    async with town.storage.begin() as uow:
        await refunds.confirm(
            uow, town.policy, rail="stars", charge_id="charge-1", now_ms=town.clock.now_ms()
        )
        giving = asyncio.ensure_future(
            town.services.treasury.give_up_refund(town.command(town.operator), number)
        )
        await asyncio.sleep(0.2)
    with pytest.raises(NotFound):
        await giving
    await town.drain()
    assert await _balance(town, "A:prov:stars:XTR") == 0


async def test_a_refund_that_is_given_up_at_that_moment_is_taken_from_the_credit(
    town: Town,
) -> None:
    """Who confirms waits for who gives up: what went back all the same is credit no more."""
    number = await _dead_beside_another(town)
    async with town.storage.begin() as uow:
        refund = await uow.books.give_up(number, operator_id=town.operator.id, now_ms=1)
        assert refund is not None
        kept = refund_given_up("stars", refund.charge_id, refund.payer_id, refund.amount)
        await uow.record(Change(journals=(kept,)), now_ms=town.clock.now_ms())
        going = asyncio.ensure_future(town.services.payments.refunded(charge_id="charge-1"))
        await asyncio.sleep(0.2)
    await going
    await town.drain()
    assert await town.balances(town.buyer) == {}
    assert await _balance(town, "A:prov:stars:XTR") == 0


async def test_a_wallet_that_was_looked_into(town: Town) -> None:
    """The figure is kept beside the ledger's; a difference alarms at once."""
    await _funded(town)
    treasury, second = town.services.treasury, await town.second()
    right = await treasury.looked(
        town.command(second), rail=BKASH, amount=Money(5_000, TAKA.currency)
    )
    command = town.command(second)
    for _ in range(2):
        wrong = await treasury.looked(command, rail=BKASH, amount=Money(4_000, TAKA.currency))
    assert (right.is_right, wrong.is_right, wrong.difference) == (True, False, -1_000)
    await town.drain()
    assert town.messenger.notices(town.operator) == [Notice.ALARM]
    checks = (await town.services.trust.page()).checks
    assert [(one.rail, one.reported_minor, one.operator_id) for one in checks] == [
        (BKASH, 4_000, second.id)
    ]


async def test_what_everybody_may_know(town: Town) -> None:
    """Held and owed by kind, the last audit, and whether it found anything."""
    await town.order_in(State.IN_PROGRESS)
    await town.services.upkeep.audit()
    page = await town.services.trust.page()
    (stars,) = page.solvency.positions
    assert (stars.held, stars.owed, stars.in_orders, stars.in_wallets, stars.other) == (
        250,
        250,
        250,
        0,
        0,
    )
    assert (page.audited_ms, page.is_right) == (town.clock.now_ms(), True)


async def test_who_asks_again_at_once_sees_the_same(town: Town) -> None:
    """The sums over all accounts are made every half a minute at most, for all together."""
    before, beside = await asyncio.gather(*(town.services.trust.page() for _ in range(2)))
    assert before is beside
    await town.order_in(State.IN_PROGRESS)
    assert before is await town.services.trust.page()
    town.clock.advance(SAME_MS)
    assert before != await town.services.trust.page()
