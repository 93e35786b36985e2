"""A seller who is away: said before the order is placed, his delivery time waits for him."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.stories import acts
from tests.stories.conftest import DAY_MS, HOUR_MS, Town
from tests.support.actors import Actor

pytestmark = pytest.mark.story


async def goes_away(seller: Actor, *, days: int) -> None:
    """From today on, until so many days from now."""
    last = datetime.now(ZoneInfo(seller.tr.zone)) + timedelta(days=days)
    await seller.says("/settings")
    await seller.taps("I am away")
    await seller.taps("I am going away")
    await seller.taps("Today")
    await seller.says(last.date().isoformat())
    await seller.taps("Yes, I am away then")


async def may_leave(town: Town) -> bool:
    """The buyer is offered to cancel the late order for everything."""
    buyer = town.buyer
    await acts.opens_order(buyer)
    await buyer.taps("Cancel the order")
    ways = await buyer.sees_button("Propose an end together")
    labels = [button["label"] for row in ways["buttons"] for button in row]
    return buyer.label("Cancel now: {price} back", price=buyer.tr.money(acts.PRICE)) in labels


async def test_a_declared_absence_stops_the_sellers_clock(town: Town) -> None:
    """The buyer reads of it before she pays; what would be late without it is not."""
    link = await acts.open_market(town, question="")
    buyer, seller = town.buyer, town.seller
    await goes_away(seller, days=3)
    await buyer.arrives(start=f"/start {link}")
    await buyer.taps("Order for {price}", price=buyer.tr.money(acts.PRICE))
    await buyer.agrees()
    quote = await buyer.sees_button("Order and pay {price}", price=buyer.tr.money(acts.PRICE))
    assert "🌴" in quote["text"]
    await acts.order_again(town)
    await acts.pay(town)
    town.house.advance(4 * DAY_MS + HOUR_MS)
    assert not await may_leave(town)
    town.house.advance(4 * DAY_MS)
    await buyer.sees("⏰")
    assert await may_leave(town)


async def test_an_absence_said_after_the_order_stops_nothing(town: Town) -> None:
    """The buyer counted on three days: she hears of the absence, and may leave when it is late."""
    await acts.paid_order(town, question="")
    await goes_away(town.seller, days=3)
    await town.buyer.sees("🌴")
    town.house.advance(4 * DAY_MS + HOUR_MS)
    await town.buyer.sees("⏰")
    assert await may_leave(town)
