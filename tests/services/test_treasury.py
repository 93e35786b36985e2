"""The house's own money: each act is done once, logged, refused to others and never too large."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

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
from market.money import Currency, Money
from market.notices import Notice
from market.people import Person
from market.states import Event, State
from services.rows import Command, Refused
from services.treasury import TreasuryService
from tests.support.feed import FakeFeed
from tests.support.town import Town

BKASH = "manual:bkash"
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


async def test_exchanged_stars_arrive_elsewhere(town: Town) -> None:
    """What left through Fragment covers its people in the other currency."""
    await town.order_in(State.CLEARED)
    feed = FakeFeed()
    feed.add("f1", 100, direction="out", kind="fragment")
    await town.services.reconciler.feed(feed)
    await town.services.treasury.exchanged_in(
        town.command(town.operator), rail=BKASH, amount=Money(16_000, Currency.BDT)
    )
    taka, stars = (await town.services.trust.page()).positions
    assert (stars.held, stars.owed, stars.exchanged, stars.own) == (150, 225, 100, 25)
    assert (taka.held, taka.exchanged, taka.own, taka.is_covered) == (16_000, -16_000, 16_000, True)


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


async def test_giving_up_and_going_back_at_once(town: Town) -> None:
    """One of them comes first; the other is refused, or takes the credit back."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    town.stars.next = [Refused("USER_DEACTIVATED")]
    await town.drain()
    (dead,) = (await town.services.house.report(town.operator.id)).failed_refunds
    other = await town.order_in(State.AWAITING_REQUIREMENTS)
    await town.act(town.buyer, other.id, Event.BUYER_CANCEL_EARLY)
    await asyncio.gather(
        town.services.treasury.give_up_refund(town.command(town.operator), dead.id),
        town.services.payments.refunded(charge_id="charge-1"),
        return_exceptions=True,
    )
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
    (stars,) = page.positions
    assert (stars.held, stars.owed, stars.in_orders, stars.in_wallets, stars.other) == (
        250,
        250,
        250,
        0,
        0,
    )
    assert (page.audited_ms, page.is_right) == (town.clock.now_ms(), True)


async def test_who_asks_again_at_once_sees_the_same(town: Town) -> None:
    """The sums over all accounts are made every few seconds at most."""
    before = await town.services.trust.page()
    await town.order_in(State.IN_PROGRESS)
    assert before is await town.services.trust.page()
    town.clock.advance(3_000)
    assert before != await town.services.trust.page()
