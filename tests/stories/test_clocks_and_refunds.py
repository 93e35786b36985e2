"""What the clock does when people say nothing, and how Stars go back."""

import pytest

from market.money import Currency, Money
from tests.stories import acts
from tests.stories.conftest import DAY_MS, HOUR_MS, Town

pytestmark = pytest.mark.story
MINUTE_MS = 60_000


async def test_silence_accepts_after_reminders_and_the_money_clears(town: Town) -> None:
    """Three reminders, then the clock accepts; after the hold the seller may withdraw."""
    await acts.paid_order(town, question="")
    await acts.deliver(town)
    buyer, seller = town.buyer, town.seller
    await buyer.sees_button("Accept")
    for hours in (24, 24, 18):
        town.house.advance(hours * HOUR_MS + MINUTE_MS)
        await buyer.sees("⏰")
    town.house.advance(6 * HOUR_MS)
    await seller.sees_button("Write a review")
    town.house.advance(22 * DAY_MS)
    share = str(seller.tr.money(Money(225, Currency.XTR)))
    wanted = seller.words("✅ Available: <b>{amount}</b>", amount=share)

    async def cleared() -> bool:
        return wanted in await acts.wallet(seller)

    await acts.eventually(cleared)


async def test_an_unpaid_order_expires(town: Town) -> None:
    """Nobody pays: after half an hour the order ends, and its invoice is refused."""
    await acts.order(town, await acts.open_market(town))
    town.house.advance(31 * MINUTE_MS)
    await town.buyer.reads(
        "No payment arrived in time. You can order the gig again whenever you like."
    )
    refused = await town.buyer.person.pays()
    assert not refused["ok"]
    assert await town.buyer.stars() == 2_000


async def test_cancelling_before_the_work_returns_every_star(town: Town) -> None:
    """The buyer cancels before the requirements: the whole charge goes back by itself."""
    await acts.paid_order(town)
    buyer = town.buyer
    assert await buyer.stars() == 1_750
    await buyer.taps("Cancel the order")
    await buyer.taps("Yes, cancel")

    async def refunded() -> bool:
        return await buyer.stars() == 2_000

    await acts.eventually(refunded)
    calls = await town.house.sandbox.calls()
    assert len([call for call in calls if call["method"] == "refundStarPayment"]) == 1


async def test_a_silent_buyer_is_reminded_and_refunded(town: Town) -> None:
    """No answer to the question: two reminders, then the order is cancelled and paid back."""
    await acts.paid_order(town)
    for days in (1, 2):
        town.house.advance(days * DAY_MS + MINUTE_MS)
        await town.buyer.sees("⏰")
    town.house.advance(5 * DAY_MS)

    async def refunded() -> bool:
        return await town.buyer.stars() == 2_000

    await acts.eventually(refunded)


async def test_a_seller_is_reminded_before_his_deadline(town: Town) -> None:
    """A day before it; he delivers from the reminder."""
    await acts.paid_order(town, question="")
    town.house.advance(2 * DAY_MS + MINUTE_MS)
    await town.seller.sees("⏰")
    await acts.deliver(town)
    await town.buyer.sees_button("Accept")


async def test_a_late_order_may_be_left(town: Town) -> None:
    """A day after the deadline the buyer gets a cancel button and her Stars back."""
    await acts.paid_order(town, question="")
    buyer = town.buyer
    town.house.advance(4 * DAY_MS + HOUR_MS)
    await buyer.sees("⏰")
    await buyer.taps("Cancel the order")
    await buyer.taps("Cancel now: {price} back", price=buyer.tr.money(acts.PRICE))

    async def refunded() -> bool:
        return await buyer.stars() == 2_000

    await acts.eventually(refunded)


async def test_changes_lead_to_a_second_delivery(town: Town) -> None:
    """The buyer asks once, the seller resumes and delivers again; then no changes are left."""
    await acts.paid_order(town, question="")
    await acts.deliver(town)
    buyer, seller = town.buyer, town.seller
    await buyer.taps("Ask for changes")
    await buyer.says("A warmer red, please.")
    await seller.sees("A warmer red, please.")
    await seller.taps("Resume work")
    await acts.deliver(town)
    notice = await buyer.sees_button("Accept")
    while buyer.label("Ask an operator") not in await buyer.person.buttons():
        notice = await buyer.sees_button("Accept")
    labels = [button["label"] for row in notice["buttons"] for button in row]
    assert buyer.label("Ask for changes") not in labels
    await acts.accept(town)
    await seller.sees_button("Write a review")
