"""Coupons of sellers and of the house: making, using, running out, going home."""

from dataclasses import replace
from typing import Any

import pytest

from market import ledger
from market.change import Change
from market.contract import Order
from market.coupon import Coupon
from market.deadlines import DAY_MS, MINUTE_MS
from market.errors import (
    CodeTaken,
    CodeUnfit,
    CouponRefused,
    CouponUnfit,
    NotAnOperator,
    NotFound,
    TermsNotAccepted,
    Why,
)
from market.gig import Gig
from market.ledger import Journal, Transfer
from market.money import Currency, Money
from market.paying import Paying
from market.people import Person
from market.states import Event, State
from tests.support.prices import give_budget, holds, new_coupon
from tests.support.town import Town

XTR = Currency.XTR


async def of_house(town: Town, **changes: Any) -> Coupon:
    """An operator's coupon: 20 % off."""
    new = new_coupon(town.clock.now_ms(), **changes)
    return await town.services.coupons.make_for_house(town.command(town.operator), new)


async def of_seller(town: Town, **changes: Any) -> Coupon:
    """The seller's coupon: 20 % off any of his gigs."""
    new = new_coupon(town.clock.now_ms(), currency=None, **changes)
    return await town.services.coupons.make(town.command(town.seller), new)


async def place(town: Town, gig: Gig, code: str, buyer: Person | None = None) -> Order:
    """An order with that code."""
    command = town.command(buyer or town.buyer)
    return await town.services.orders.place(command, gig.id, gig.version_id, Paying(code=code))


async def refused(town: Town, gig: Gig, code: str = "EID20") -> Why:
    """Why the code gives nothing."""
    with pytest.raises(CouponRefused) as caught:
        await town.services.orders.quote(town.buyer.id, gig.id, Paying(code=code))
    return caught.value.why


async def test_the_house_pays_its_coupon(town: Town) -> None:
    """The buyer pays 200 of 250, the seller earns as from 250, the budget has 50 less."""
    await give_budget(town.storage, 60)
    await of_house(town)
    gig = await town.gig()
    order = await place(town, gig, " eid-২০ ")
    assert (order.terms.coupon_minor, order.charge.minor) == (50, 200)
    await town.pay(order)
    assert await holds(town.storage, ledger.promo(XTR)) == 10
    await town.answer(order.id)
    await town.deliver(order.id)
    await town.act(town.buyer, order.id, Event.ACCEPT)
    assert await town.balances(town.seller) == {"clearing": 225}


async def test_the_coupon_goes_home_and_can_be_used_again(town: Town) -> None:
    """A cancelled order gives the budget its part and the buyer her use back."""
    await give_budget(town.storage, 50)
    await of_house(town)
    gig = await town.gig()
    order = await place(town, gig, "EID20")
    await town.pay(order)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    await town.drain()
    assert await holds(town.storage, ledger.promo(XTR)) == 50
    assert await town.balances(town.buyer) == {}
    assert (await place(town, gig, "EID20")).terms.coupon_minor == 50


async def test_a_sellers_coupon_makes_the_price_lower(town: Town) -> None:
    """The fee is taken on what is left: of 200 the seller gets 180."""
    await of_seller(town)
    order = await place(town, await town.gig(), "EID20")
    terms = order.terms
    assert (terms.price.minor, terms.seller_coupon_minor, terms.coupon_minor) == (200, 50, 0)
    await town.pay(order)
    await town.answer(order.id)
    await town.deliver(order.id)
    await town.act(town.buyer, order.id, Event.ACCEPT)
    assert await town.balances(town.seller) == {"clearing": 180}


async def test_a_coupon_serves_a_buyer_once(town: Town) -> None:
    """A second order of the same buyer is refused, another buyer's is not."""
    await of_seller(town)
    gig = await town.gig()
    await place(town, gig, "EID20")
    assert await refused(town, gig) is Why.USED
    other = await town.citizen(503)
    assert (await place(town, gig, "EID20", other)).terms.seller_coupon_minor == 50


async def test_an_unpaid_order_frees_its_use(town: Town) -> None:
    """Only so many orders: one that expires leaves its place to the next."""
    await of_seller(town, uses_most=1)
    gig = await town.gig()
    other = await town.citizen(503)
    await place(town, gig, "EID20", other)
    assert await refused(town, gig) is Why.USED_UP
    town.clock.advance(31 * MINUTE_MS)
    await town.services.upkeep.lapse()
    assert (await place(town, gig, "EID20")).terms.seller_coupon_minor == 50


async def test_the_budget_is_promised_once(town: Town) -> None:
    """What unpaid orders will take is not promised again, and comes free with them."""
    await give_budget(town.storage, 99)
    await of_house(town)
    gig = await town.gig()
    other = await town.citizen(503)
    first = await place(town, gig, "EID20", other)
    assert await refused(town, gig) is Why.BUDGET
    await town.act(other, first.id, Event.CANCEL_UNPAID)
    assert (await place(town, gig, "EID20")).terms.coupon_minor == 50


async def test_a_budget_that_shrank_sends_the_charge_back(town: Town) -> None:
    """The budget is below what was promised: the charge is not applied and goes back."""
    await give_budget(town.storage, 50)
    await of_house(town)
    order = await place(town, await town.gig(), "EID20")
    await _spend(town, 1)
    assert not (await town.pay(order)).accepted
    assert (await town.order(order.id)).state is State.AWAITING_PAYMENT


async def _spend(town: Town, minor: int) -> None:
    row = Transfer("P25", ledger.promo(XTR), ledger.capital(XTR), Money(minor, XTR))
    async with town.storage.begin() as uow:
        await uow.record(Change(journals=(Journal("adm:x", "budget", (row,)),)), now_ms=1)


async def test_codes_are_refused_with_their_reason(town: Town) -> None:
    """Unknown, too early, over, of another gig, in other money, stopped, worth nothing."""
    gig, other = await town.gig(), await town.gig()
    now_ms = town.clock.now_ms()
    late = {"from_ms": now_ms + DAY_MS, "until_ms": now_ms + 2 * DAY_MS}
    await of_seller(town, code="LATER", **late)
    await of_seller(town, code="THERE", gig_id=other.id)
    await of_seller(town, code="CRUMB", percent_bp=1)
    await of_house(town, code="TAKA", currency=Currency.BDT)
    stopped = await of_seller(town, code="GONE")
    await town.services.coupons.stop(town.command(town.seller), stopped.id)
    await of_seller(town, code="SHORT", until_ms=now_ms + 1)
    town.clock.advance(2)
    whys = {code: await refused(town, gig, code) for code in ("NOPE", "LATER", "THERE", "CRUMB")}
    whys |= {code: await refused(town, gig, code) for code in ("TAKA", "GONE", "SHORT")}
    assert whys == {
        "NOPE": Why.UNKNOWN,
        "LATER": Why.NOT_YET,
        "THERE": Why.OTHER_GIG,
        "CRUMB": Why.SMALL,
        "TAKA": Why.OTHER_CURRENCY,
        "GONE": Why.STOPPED,
        "SHORT": Why.OVER,
    }


async def test_a_sellers_coupon_leaves_the_least_price(town: Town) -> None:
    """All of the price off leaves the least price that the house allows."""
    new = new_coupon(town.clock.now_ms(), code="ALL", percent_bp=None, amount_minor=250)
    await town.services.coupons.make(town.command(town.seller), new)
    order = await place(town, await town.gig(), "ALL")
    assert (order.terms.price.minor, order.terms.seller_coupon_minor) == (10, 240)


async def test_the_house_may_pay_for_all(town: Town) -> None:
    """A coupon worth more than the price, with a most: all of it, or as much as the most."""
    await give_budget(town.storage, 1_000)
    await of_house(town, code="FREE", percent_bp=10_000)
    await of_house(town, code="SOME", percent_bp=10_000, most_minor=30)
    gig = await town.gig()
    assert (await place(town, gig, "SOME")).terms.coupon_minor == 30
    order = await place(town, gig, "FREE")
    assert (order.charge.minor, order.state) == (0, State.AWAITING_REQUIREMENTS)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    assert await holds(town.storage, ledger.promo(XTR)) == 1_000


async def test_makers_see_their_coupons(town: Town) -> None:
    """Each with its uses and what it gave; the house's are for operators' eyes."""
    await give_budget(town.storage, 500)
    mine, houses = await of_seller(town), await of_house(town, code="HAAT")
    gig = await town.gig()
    await place(town, gig, "EID20")
    await place(town, gig, "HAAT")
    coupons = town.services.coupons
    (seen,) = await coupons.mine(town.seller.id)
    assert (seen.coupon, seen.uses, seen.given_minor) == (mine, 1, 50)
    of = await coupons.of_house(town.operator.id)
    (seen,) = of.uses
    assert of.left == (Money(450, XTR),)
    assert (seen.coupon, seen.uses, seen.given_minor) == (houses, 1, 50)
    with pytest.raises(NotAnOperator):
        await coupons.of_house(town.seller.id)


async def test_whoever_may_stop_a_coupon_sees_it(town: Town) -> None:
    """The seller his own while it lives, an operator the house's; for others there is none."""
    coupons, now_ms = town.services.coupons, town.clock.now_ms()
    mine, houses = await of_seller(town), await of_house(town)
    assert await coupons.own(town.seller.id, mine.id) == mine
    assert await coupons.own(town.operator.id, houses.id) == houses
    assert [mine.is_live(now_ms + later) for later in (-1, 0, 31 * DAY_MS)] == [False, True, False]
    with pytest.raises(NotFound):
        await coupons.own(town.buyer.id, mine.id)
    with pytest.raises(NotAnOperator):
        await coupons.own(town.seller.id, houses.id)


async def test_making_is_done_once(town: Town) -> None:
    """A repeated command answers the same coupon; a code is taken while its coupon lives."""
    coupons, now_ms = town.services.coupons, town.clock.now_ms()
    for make, person in ((coupons.make, town.seller), (coupons.make_for_house, town.operator)):
        command = town.command(person)
        first = await make(command, new_coupon(now_ms))
        assert first == await make(command, new_coupon(now_ms))
        with pytest.raises(CodeTaken):
            await make(town.command(person), new_coupon(now_ms))
        await coupons.stop(town.command(person), first.id)
        again = await coupons.stop(town.command(person), first.id)
        assert again.stopped_ms == now_ms
        assert (await make(town.command(person), new_coupon(now_ms))).id != first.id


async def test_others_make_and_stop_nothing(town: Town) -> None:
    """Not for another's gig, not without terms, not the house's without being an operator."""
    coupons, now_ms = town.services.coupons, town.clock.now_ms()
    gig, mine = await town.gig(), await of_seller(town)
    houses = await of_house(town)
    with pytest.raises(NotFound):
        await coupons.make(town.command(town.buyer), new_coupon(now_ms, gig_id=gig.id))
    with pytest.raises(NotAnOperator):
        await coupons.make_for_house(town.command(town.seller), new_coupon(now_ms))
    with pytest.raises(NotFound):
        await coupons.stop(town.command(town.buyer), mine.id)
    with pytest.raises(NotAnOperator):
        await coupons.stop(town.command(town.seller), houses.id)
    with pytest.raises(NotFound):
        await coupons.stop(town.command(town.seller), 999)
    await town.change_person(town.buyer, terms_version=0)
    with pytest.raises(TermsNotAccepted):
        await coupons.make(town.command(town.buyer), new_coupon(now_ms))


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"percent_bp": None}, "worth"),
        ({"amount_minor": 5}, "worth"),
        ({"percent_bp": 0}, "worth"),
        ({"percent_bp": 10_001}, "worth"),
        ({"percent_bp": None, "amount_minor": 0}, "worth"),
        ({"until_ms": 5}, "dates"),
        ({"until_ms": 9 * 10**15}, "dates"),
        ({"uses_most": 0}, "uses"),
        ({"percent_bp": None, "amount_minor": 5, "currency": None}, "currency"),
    ],
)
async def test_what_is_no_coupon_is_refused(town: Town, changes: dict[str, Any], what: str) -> None:
    """One worth, sensible dates, a number of uses, and a currency where an amount is meant."""
    new = replace(new_coupon(town.clock.now_ms()), **changes)
    with pytest.raises(CouponUnfit) as caught:
        await town.services.coupons.make(town.command(town.seller), new)
    assert CouponUnfit(what) == caught.value


@pytest.mark.parametrize("code", ["", "AB", "A" * 21, "ঈদ২০", "EID<b>"])
async def test_what_is_no_code_is_refused(town: Town, code: str) -> None:
    """Codes are Latin letters and digits, 3 to 20 of them."""
    with pytest.raises(CodeUnfit):
        await of_seller(town, code=code)
