"""What people report, what operators do about it, and the way back."""

import pytest

from tests.stories import acts
from tests.stories.conftest import Town
from tests.support.actors import Message

pytestmark = pytest.mark.story
STOLEN = "I drew this picture last year."
BETTER = "A logo drawn by my own hand"
WHY = "The picture is somebody else's. Please use your own."


async def reports_gig(town: Town) -> str:
    """The buyer opens the announced gig and says what is wrong with it; answers the gig's link."""
    link = await acts.open_market(town, question="")
    buyer = town.buyer
    await buyer.arrives(start=f"/start {link}")
    await buyer.taps("🚩 Report")
    await buyer.taps("Stolen work")
    await buyer.says(STOLEN)
    await buyer.sees_button("Main menu")
    return link


async def test_a_reported_gig_is_taken_down(town: Town) -> None:
    """The seller reads the reason and what to do, the reporter the answer; the gig is gone."""
    link = await reports_gig(town)
    operator, seller = town.operator, town.seller
    await operator.sees(STOLEN)
    await operator.taps("Have a look")
    await operator.taps("Take the gig down…")
    await operator.says(WHY)
    told = await seller.sees(WHY)
    assert acts.TITLE in told["text"]
    answer = await town.buyer.sees(WHY)
    assert "🚩" in answer["text"]
    await town.buyer.says(f"/start {link}")
    await town.buyer.reads("🚫 This gig was taken down by the operators.")


async def the_post(town: Town, text: str) -> Message:
    """The gig's post in its topic, once it holds these words."""
    reader = town.buyer.person.at(town.group, topic=await acts.topic_of(town, "design"))
    return await reader.sees(text)


async def test_a_gig_that_was_taken_down_is_put_right(town: Town) -> None:
    """Its picture goes from the group; the seller changes the gig, an operator puts it back."""
    link = await acts.open_market(town, question="")
    before = await the_post(town, acts.TITLE)
    operator, seller = town.operator, town.seller
    await operator.says("/admin")
    await operator.person.taps(f"{operator.label('🌱 First gigs')} ({operator.tr.number(1)})")
    await operator.reads("<b>First gig of a seller</b>"[3:-4])
    await operator.person.taps((await operator.last())["buttons"][0][0]["label"])
    await operator.taps("Take the gig down…")
    await operator.says(WHY)
    gone = await the_post(town, "🚫")
    assert gone["id"] == before["id"]
    assert gone["media"]["file_unique_id"] != before["media"]["file_unique_id"]
    await seller.sees(WHY)
    await seller.taps("Put it right")
    await seller.taps("✏️ " + seller.label("Title"))
    await seller.says(BETTER)
    await seller.taps("Ask for another look")
    await seller.sees("🔎")
    await operator.reads("Gig put right")
    await operator.taps("Have a look")
    await operator.sees(BETTER)
    await operator.taps("Put it back…")
    await operator.says("Thank you!")
    await seller.sees("Thank you!")
    back = await the_post(town, BETTER)
    assert back["media"]["file_unique_id"] == before["media"]["file_unique_id"]
    await town.buyer.arrives(start=f"/start {link}")
    await town.buyer.sees(BETTER)


async def banned(town: Town) -> None:
    """The operator closes the buyer's account; she reads why."""
    await town.buyer.arrives()
    await town.operator.says(f"/admin {town.buyer.id}")
    await town.operator.taps("Ban…")
    await town.operator.says("Four people report the same deceit.")
    await town.buyer.sees("Four people report the same deceit.")


async def test_a_ban_is_appealed_and_another_operator_frees(town: Town) -> None:
    """The appeal is answered by who did not decide; afterwards ordering works again."""
    second = await acts.second_operator(town)
    link = await acts.open_market(town, question="")
    await banned(town)
    buyer = town.buyer
    await buyer.taps("Appeal")
    await buyer.says("My account was used by my brother.")
    await second.sees("My account was used by my brother.")
    await second.taps("Have a look")
    await second.taps("Free…")
    await second.says("It was not you. Sorry.")
    await buyer.sees("🟢")
    await buyer.says(f"/start {link}")
    await buyer.taps("Order for {price}", price=buyer.tr.money(acts.PRICE))
    await acts.order_again(town)
