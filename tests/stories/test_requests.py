"""What buyer and seller ask of each other: an end together, more time, a longer look.

Every amount and every new moment is read before the tap that makes it so.
"""

import pytest

from tests.stories import acts
from tests.stories.conftest import DAY_MS, HOUR_MS, Town

pytestmark = pytest.mark.story
MINUTE_MS = 60_000
CREDIT = "🎟 Credit here: {amount}"
WHY = "My shop will not open this year."


async def test_an_agreed_end_returns_every_star(town: Town) -> None:
    """The buyer proposes all back; the seller reads the amounts, agrees, and agrees once more."""
    await acts.paid_order(town, question="")
    buyer, seller = town.buyer, town.seller
    await acts.proposes_end(buyer, WHY, part="Nothing: all goes back")
    asked = await seller.sees(WHY)
    assert acts.stars(seller, 250) in asked["text"]
    await seller.taps("Agree: you get {amount}", amount=acts.stars(seller, 0))
    sure = await seller.sees_button("Yes, end the order")
    assert acts.stars(seller, 250) in sure["text"]
    await seller.taps("Yes, end the order")
    await buyer.reads("🤝 <b>You both agreed, and the order has ended.</b>")
    await acts.has_stars(buyer, 2_000)


async def test_an_agreed_split_leaves_credit(town: Town) -> None:
    """The seller proposes a half; the buyer reads her part, agrees, and finds it as credit."""
    await acts.paid_order(town, question="")
    buyer, seller = town.buyer, town.seller
    half = acts.stars(seller, 125)
    why, part = "One of two drafts is done.", "{percent}%: {amount}"
    await acts.proposes_end(seller, why, part=part, percent=50, amount=half)
    asked = await buyer.sees("One of two drafts is done.")
    assert acts.stars(buyer, 125) in asked["text"]
    await buyer.taps("Agree: you get {amount}", amount=acts.stars(buyer, 125))
    sure = await buyer.sees_button("Yes, end the order")
    for amount in (125, 113, 12):
        assert acts.stars(buyer, amount) in sure["text"]
    await buyer.taps("Yes, end the order")
    await seller.reads("🤝 <b>You both agreed, and the order has ended.</b>")
    await acts.wallet_says(buyer, CREDIT, 125)
    assert await buyer.stars() == 1_750
    assert acts.stars(seller, 113) in await acts.wallet(seller)


async def test_silence_on_a_late_order_ends_it(town: Town) -> None:
    """The buyer wants all back, the work becomes late, nobody answers: she has it back."""
    await acts.paid_order(town, question="")
    buyer, seller = town.buyer, town.seller
    town.house.advance(2 * DAY_MS)
    await acts.proposes_end(buyer, WHY, part="Nothing: all goes back")
    await seller.sees(WHY)
    town.house.advance(2 * DAY_MS + HOUR_MS)
    late = "✖️ <b>No answer and no delivery came, so the late order is cancelled.</b>"
    await seller.reads(late)
    await buyer.reads(late)
    await acts.has_stars(buyer, 2_000)


async def test_silence_on_punctual_work_lets_it_go_on(town: Town) -> None:
    """The delivery comes meanwhile; the request lapses, and she can still accept."""
    await acts.paid_order(town, question="")
    buyer, seller = town.buyer, town.seller
    await acts.proposes_end(buyer, WHY, part="Nothing: all goes back")
    await seller.sees(WHY)
    await acts.deliver(town)
    await buyer.sees_button("Accept")
    town.house.advance(2 * DAY_MS + HOUR_MS)
    await seller.reads("⌛ <b>No answer came in time, so the request has lapsed.</b>")
    await buyer.reads("⌛ <b>No answer came in time, so the request has lapsed.</b>")
    await acts.accept(town)
    await seller.sees_button("Write a review")


async def test_a_refusal_opens_the_way_to_a_dispute(town: Town) -> None:
    """Before the deadline there is no dispute; after a no there is, and the seller hears of it."""
    await acts.paid_order(town, question="")
    buyer, seller = town.buyer, town.seller
    await acts.opens_order(buyer)
    await buyer.sees_button("Cancel the order")
    assert buyer.label("Something is wrong") not in await buyer.person.buttons()
    await acts.proposes_end(buyer, WHY, part="Nothing: all goes back")
    await seller.sees(WHY)
    await seller.taps("No")
    name = "Rahima"
    no = "✋ <b>{name} said no to your request.</b> The order goes on as it was."
    await buyer.reads(no, name=name)
    await buyer.taps("Something is wrong")
    await buyer.taps("No answer any more")
    await buyer.says("There was no word about my question for days.")
    await buyer.taps("Done")
    await seller.reads("⚖️ <b>{name} has opened a dispute.</b>", name="Ann")
    await seller.taps("Say your side")


async def test_a_request_is_taken_back(town: Town) -> None:
    """Who asked takes it back; the other side hears of it and goes on."""
    await acts.paid_order(town, question="")
    buyer, seller = town.buyer, town.seller
    await acts.proposes_end(buyer, WHY, part="Nothing: all goes back")
    await seller.sees(WHY)
    await buyer.taps("Take the request back")
    back = "↩️ <b>{name} took the request back.</b> The order goes on as it was."
    await seller.reads(back, name="Ann")
    await acts.deliver(town)
    await buyer.sees_button("Accept")


async def asks_days(town: Town) -> None:
    """The seller asks for two days more."""
    seller = town.seller
    await seller.taps("Ask for more time")
    await seller.taps("{days} more", days=seller.tr.n("{n} day", "{n} days", 2))
    await seller.says("The printer is broken.")
    await town.buyer.sees("The printer is broken.")


async def test_more_time_is_given_by_one_tap(town: Town) -> None:
    """Two days more, agreed: four days later the work is not late."""
    await acts.paid_order(town, question="")
    buyer, seller = town.buyer, town.seller
    await asks_days(town)
    days = buyer.tr.n("{n} day", "{n} days", 2)
    await buyer.taps("Agree: {days} more", days=days)
    await seller.reads("✅ <b>{buyer} gives you more time.</b>", buyer="Ann")
    town.house.advance(4 * DAY_MS + 2 * HOUR_MS)
    await acts.opens_order(buyer)
    await buyer.taps("Cancel the order")
    ways = await buyer.sees_button("Propose an end together")
    price = buyer.tr.money(acts.PRICE)
    labels = [button["label"] for row in ways["buttons"] for button in row]
    assert buyer.label("Cancel now: {price} back", price=price) not in labels


async def test_more_time_is_refused(town: Town) -> None:
    """A no leaves the deadline: a day after it the buyer may leave."""
    await acts.paid_order(town, question="")
    buyer, seller = town.buyer, town.seller
    await asks_days(town)
    await buyer.taps("No")
    no = "✋ <b>{name} said no to your request.</b> The order goes on as it was."
    await seller.reads(no, name="Ann")
    town.house.advance(4 * DAY_MS + HOUR_MS)
    await buyer.sees("⏰")
    await buyer.taps("Cancel the order")
    await buyer.taps("Cancel now: {price} back", price=buyer.tr.money(acts.PRICE))
    await acts.has_stars(buyer, 2_000)


async def test_a_longer_look_moves_the_silence(town: Town) -> None:
    """Three days more: after three days nothing is accepted yet, after six it is."""
    await acts.paid_order(town, question="")
    await acts.deliver(town)
    buyer, seller = town.buyer, town.seller
    await buyer.taps("More time to look")
    await buyer.taps("{days} more", days=buyer.tr.n("{n} day", "{n} days", 3))
    await seller.sees("🔎")
    town.house.advance(3 * DAY_MS + HOUR_MS)
    await acts.opens_order(buyer)
    card = await buyer.sees_button("Accept")
    labels = [button["label"] for row in card["buttons"] for button in row]
    assert buyer.label("More time to look") not in labels
    town.house.advance(2 * DAY_MS + 12 * HOUR_MS)
    await buyer.sees("⏰")
    await acts.opens_order(buyer)  # by then the bot has written down that the reminder arrived
    await buyer.sees_button("Accept")
    town.house.advance(12 * HOUR_MS + MINUTE_MS)
    await seller.sees_button("Write a review")
