"""What an order costs: credit, a seller's coupon, the rest by invoice; and a tip at the end."""

import pytest

from tests.stories import acts
from tests.stories.conftest import Town

pytestmark = pytest.mark.story


async def agreed_split(town: Town) -> None:
    """An order ends with a half for each, so that the buyer has credit."""
    await acts.paid_order(town, question="")
    half = acts.stars(town.seller, 125)
    part = "{percent}%: {amount}"
    await acts.proposes_end(town.seller, "One draft only.", part=part, percent=50, amount=half)
    await town.buyer.taps("Agree: you get {amount}", amount=acts.stars(town.buyer, 125))
    await town.buyer.taps("Yes, end the order")
    await town.buyer.sees_button("Order again")


async def makes_a_coupon(town: Town) -> None:
    """From the list of gigs to a coupon of 20 per cent for this gig."""
    seller = town.seller
    await seller.says("/mygigs")
    await seller.person.sees_button(acts.TITLE)
    await seller.person.taps(acts.TITLE)
    await seller.taps("🏷 Coupons")
    await seller.taps("For this gig")
    await seller.says("eid 20")
    await seller.taps("{percent}%", percent=seller.tr.number(20))
    await seller.taps("As many as come")
    await seller.person.taps(seller.tr.n("{n} day", "{n} days", 7))
    await seller.sees("EID20")


async def test_credit_coupon_charge_and_tip(town: Town) -> None:
    """250 less the coupon's 50 less 125 of credit are 75 by invoice; 50 more are thanks."""
    await agreed_split(town)
    await makes_a_coupon(town)
    buyer, seller = town.buyer, town.seller
    await buyer.taps("Order again")
    await buyer.sees_button("Order and pay {price}", price=acts.stars(buyer, 125))
    await buyer.taps("🏷 I have a coupon")
    await buyer.says("EID20")
    await buyer.taps("Order and pay {price}", price=acts.stars(buyer, 75))
    await buyer.person.sees_invoice()
    await acts.pay(town)
    await acts.deliver(town)
    await acts.accept(town)
    await buyer.taps("🎁 Give a tip")
    await buyer.person.taps(acts.stars(buyer, 50))
    await buyer.person.sees_invoice()
    assert (await buyer.person.pays())["ok"]
    await seller.sees("🎁")
    await acts.has_stars(buyer, 2_000 - 250 - 75 - 50)
    assert acts.stars(seller, 113 + 180 + 50) in await acts.wallet(seller)
