"""`kill -9` in the middle of things: the bot starts again and goes on, and nobody pays twice."""

import asyncio

import pytest

from tests.stories import acts
from tests.stories.conftest import Town

pytestmark = pytest.mark.story


async def test_killed_in_a_flow_and_between_payment_and_handling(town: Town) -> None:
    """The answer flow goes on where it was; a payment nobody saw is handled after the restart."""
    house, buyer = town.house, town.buyer
    await acts.order(town, await acts.open_market(town))
    # The bot approves the checkout and is stopped before it can read of the payment.
    assert (await buyer.person.pays())["ok"]
    await house.kill_bot()
    await acts.revive(house)
    await buyer.taps("Answer the question")
    await buyer.says("It is called Nokshi.")
    await buyer.sees_button("Done")
    await house.kill_bot()
    await acts.revive(house)
    await buyer.person.uploads("document", files={"notes.txt": b"red"})
    await buyer.reads("<b>Here so far:</b> {what}", what=acts.both(buyer, 1))
    await buyer.taps("Done")
    await town.seller.sees("Nokshi")
    assert await buyer.stars() == 1_750


async def test_a_payment_made_while_the_bot_is_dead_counts_once(town: Town) -> None:
    """Killed right after approving the checkout: the payment is found and counted once."""
    house, buyer = town.house, town.buyer
    await acts.order(town, await acts.open_market(town))
    await house.sandbox.fault("answerPreCheckoutQuery", delay_ms=300)
    paying = asyncio.create_task(buyer.person.pays())
    await acts.eventually(lambda: answered(town))
    await house.kill_bot()
    paid = await paying
    await acts.revive(house)
    if not paid["ok"]:
        assert (await buyer.person.pays())["ok"]
    await buyer.sees_button("Answer the question")
    assert await buyer.stars() == 1_750


async def answered(town: Town) -> bool:
    """The bot has answered a pre-checkout query."""
    calls = await town.house.sandbox.calls()
    return any(call["method"] == "answerPreCheckoutQuery" for call in calls)


async def test_killed_after_accepting_everything_happens_once(town: Town) -> None:
    """Killed right after the tap: money, notices and reviews come out as if nothing was."""
    house, buyer, seller = town.house, town.buyer, town.seller
    await acts.paid_order(town, question="")
    await acts.deliver(town)
    await buyer.taps("Accept")
    tapping = asyncio.create_task(buyer.taps("Yes, accept"))
    await asyncio.sleep(0)
    await house.kill_bot()
    await acts.revive(house)
    await asyncio.gather(tapping, return_exceptions=True)
    await seller.sees_button("Write a review")
    share = seller.words("⏳ Clearing: {amount}", amount="").strip()
    assert share in await acts.wallet(seller)
