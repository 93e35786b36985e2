"""Money that leaves after the work was done: taken back at the provider, or sent back by hand."""

import pytest

from tests.stories import acts
from tests.stories.conftest import DAY_MS, Town

pytestmark = pytest.mark.story
TAKEN_BACK = "⚠️ <b>A payment of {price} was taken back.</b>"
EXPIRED = "No payment arrived in time. You can order the gig again whenever you like."


async def completed(town: Town) -> None:
    """Accepted: the seller's share is clearing."""
    await acts.paid_order(town, question="")
    await acts.deliver(town)
    await acts.accept(town)
    await town.seller.sees_button("Write a review")


async def nothing_clears(town: Town) -> None:
    """Long after the clearing period the seller has nothing.

    An unpaid order of the same buyer expires in the sweep that would clear the share.
    """
    buyer, seller = town.buyer, town.seller
    await acts.orders_another(town)
    town.house.advance(30 * DAY_MS)
    await buyer.reads(EXPIRED)
    text = await acts.wallet(seller)
    for line in ("✅ Available: <b>{amount}</b>", "⏳ Clearing: {amount}"):
        assert seller.words(line, amount="") not in text


async def test_a_chargeback_of_completed_work_stops_the_clearing(town: Town) -> None:
    """Seller and operators hear of it; the share never clears, and nothing is refunded twice."""
    await completed(town)
    await acts.enters_chargeback(town)
    price = town.seller.tr.money(acts.PRICE)
    await town.seller.reads(TAKEN_BACK, price=price)
    await town.operator.reads("A payment was taken back through the provider.")
    await nothing_clears(town)
    assert await town.buyer.stars() == 1_750
    assert [one for one in await refunds(town) if one["ok"]] == []


async def refunds(town: Town) -> list[dict[str, object]]:
    """Every call that sends a charge back."""
    calls = await town.house.sandbox.calls()
    return [call for call in calls if call["method"] == "refundStarPayment"]


async def test_a_refund_made_by_hand_reaches_the_operators(town: Town) -> None:
    """The provider's own words are believed: both hear of it, and nothing clears."""
    await completed(town)
    await acts.refund_by_hand(town)
    assert await town.buyer.stars() == 2_000
    await town.operator.reads("A payment was taken back through the provider.")
    await town.seller.reads(TAKEN_BACK, price=town.seller.tr.money(acts.PRICE))
    await nothing_clears(town)
    assert await town.buyer.stars() == 2_000
    assert len(await refunds(town)) == 1
