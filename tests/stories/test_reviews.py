"""Reviews: an order that was cancelled because the work came too late has one, of its buyer."""

import pytest

from tests.stories import acts
from tests.stories.conftest import DAY_MS, HOUR_MS, Town

pytestmark = pytest.mark.story
WORDS = "Four days, and not a single word."
QUESTIONS = (
    "<b>How good is the work?</b>",
    "<b>How was talking with the seller?</b> Friendly, clear, quick to answer?",
    "<b>Was it worth its price?</b>",
)


async def leaves_late_order(town: Town) -> str:
    """Cancelled by the buyer a day after the deadline; answers the gig's link."""
    link = await acts.open_market(town, question="")
    await acts.order(town, link)
    await acts.pay(town)
    town.house.advance(4 * DAY_MS + HOUR_MS)
    buyer = town.buyer
    await buyer.sees("⏰")
    await buyer.taps("Cancel the order")
    await buyer.taps("Cancel now: {price} back", price=buyer.tr.money(acts.PRICE))
    return link


async def test_a_buyer_reviews_an_order_that_came_too_late(town: Town) -> None:
    """Three marks and words; the seller has nothing to review, and others read it after a while."""
    link = await leaves_late_order(town)
    buyer, seller = town.buyer, town.seller
    await buyer.taps("Write a review")
    for question in QUESTIONS:
        await buyer.reads(question)
        await buyer.taps("{count} ★", count=1)
    await buyer.sees_button("Send the stars alone")
    await buyer.says(WORDS)
    await buyer.sees("💛")
    told = await seller.sees("✖️")
    labels = [button["label"] for row in told["buttons"] for button in row]
    assert seller.label("Write a review") not in labels
    await acts.has_stars(buyer, 2_000)
    town.house.advance(15 * DAY_MS)
    await buyer.person.forgets()
    await buyer.says(f"/start {link}")
    card = await buyer.sees(WORDS)
    assert acts.TITLE in card["text"]
