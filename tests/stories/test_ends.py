"""Ends of an order by one side or by the provider; and a buyer's days away."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.stories import acts
from tests.stories.conftest import DAY_MS, HOUR_MS, Town

pytestmark = pytest.mark.story
ZONE = ZoneInfo("Asia/Dhaka")


async def test_a_seller_cancels_with_a_reason(town: Town) -> None:
    """The seller reads what it costs, picks a reason; the buyer reads it and has every Star."""
    await acts.paid_order(town, question="")
    buyer, seller = town.buyer, town.seller
    await seller.taps("Cancel the order")
    ways = await seller.sees_button("Cancel and give the reason")
    assert acts.stars(seller, 225) in ways["text"]
    await seller.taps("Cancel and give the reason")
    await seller.taps("I have no time for it")
    await seller.taps("Cancel with this reason")
    read = await buyer.reads("{seller} cancelled this order.", seller="Rahima")
    assert buyer.label("I have no time for it") in read["text"]
    await acts.has_stars(buyer, 2_000)


async def test_a_chargeback_ends_the_order(town: Town) -> None:
    """An operator enters it from the buyer's card; the order ends and no refund is sent."""
    await acts.paid_order(town, question="")
    await acts.enters_chargeback(town)
    seller = town.seller
    price = seller.tr.money(acts.PRICE)
    await seller.reads("⚠️ <b>A payment of {price} was taken back.</b>", price=price)
    assert await town.buyer.stars() == 1_750
    calls = await town.house.sandbox.calls()
    assert [call for call in calls if call["method"] == "refundStarPayment"] == []


async def test_an_absence_holds_off_silence(town: Town) -> None:
    """With a delivery to look at the buyer goes away: silence counts later than it did."""
    await acts.paid_order(town, question="")
    await acts.deliver(town)
    buyer, seller = town.buyer, town.seller
    notice = await buyer.sees_button("Accept")
    silence = notice["text"].splitlines()[-1]
    await acts.opens_order(buyer)
    assert silence in (await buyer.sees_button("Accept"))["text"]
    await buyer.says("/settings")
    await buyer.taps("I am away")
    await buyer.taps("I am going away")
    await buyer.taps("Today")
    await buyer.says((datetime.now(ZONE) + timedelta(days=1)).date().isoformat())
    await buyer.taps("Yes, I am away then")
    await seller.sees("🌴")
    await acts.opens_order(buyer)
    assert silence not in (await buyer.sees_button("Accept"))["text"]
    town.house.advance(3 * DAY_MS + HOUR_MS)
    await acts.opens_order(buyer)
    await acts.accept(town)
    await seller.sees_button("Write a review")
