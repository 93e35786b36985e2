"""Verdicts that another operator looks at: above the limit, and after a buyer's appeal."""

import pytest

from tests.stories import acts
from tests.stories.conftest import DAY_MS, HOUR_MS, Town
from tests.stories.test_disputes import decides
from tests.support.actors import Actor

pytestmark = pytest.mark.story
CLEARING = "⏳ Clearing: {amount}"
REASONS = "The colours are those of the order."
LIMIT_STARS = 100


async def proposed(town: Town) -> Actor:
    """The first operator has decided above the limit; the second one stands at the case."""
    limited = {"GIGHAAT_SECOND_OPERATOR_STARS": str(LIMIT_STARS)}
    second = await acts.second_operator(town, **limited)
    await acts.disputed(town)
    await decides(town.operator, "Release: all to the seller")
    await town.operator.reads("Your verdict waits until another operator confirms it.")
    await second.reads("A verdict waits for a second operator.")
    await second.taps("Have a look")
    return second


async def test_above_the_limit_a_second_operator_confirms(town: Town) -> None:
    """Until then neither side hears anything; the second reads amounts and reasons first."""
    second = await proposed(town)
    case = await second.sees("📜 Olivia")
    assert REASONS in case["text"]
    for side in (town.buyer, town.seller):
        assert not any(REASONS in one["text"] for one in await side.person.messages())
    await second.taps("Confirm")
    sure = await second.sees_button("Confirm the verdict")
    assert acts.stars(second, 225) in sure["text"]
    await second.taps("Confirm the verdict")
    for side in (town.buyer, town.seller):
        await side.sees(REASONS)
    town.house.advance(3 * DAY_MS + HOUR_MS)
    await acts.wallet_says(town.seller, CLEARING, 225)
    assert await town.buyer.stars() == 1_750


async def test_the_second_operator_may_see_it_otherwise(town: Town) -> None:
    """A verdict of the second's own is a proposal that now waits for the first."""
    second = await proposed(town)
    await second.taps("Decide differently…")
    await second.taps("Refund: all to the buyer")
    await second.says("The picture is blurred.")
    await second.taps("Say the verdict")
    await second.reads("Your verdict waits until another operator confirms it.")
    await acts.eventually(lambda: sees_waiting(town.operator, "The picture is blurred."))
    await town.operator.taps("Have a look")
    await town.operator.sees_button("Confirm")
    await town.operator.taps("Confirm")
    await town.operator.taps("Confirm the verdict")
    await town.seller.sees("The picture is blurred.")
    town.house.advance(3 * DAY_MS + HOUR_MS)
    await acts.has_stars(town.buyer, 2_000)


async def sees_waiting(operator: Actor, words: str) -> bool:
    """The alarm about the newer proposal has come."""
    return words in (await operator.last())["text"]


async def test_a_buyers_appeal_is_heard_by_another_operator(town: Town) -> None:
    """The release waits, the seller hears of the appeal; the last word refunds everything."""
    second = await acts.second_operator(town)
    await acts.disputed(town)
    await decides(town.operator, "Release: all to the seller")
    buyer, seller = town.buyer, town.seller
    await buyer.sees(REASONS)
    await buyer.taps("The dispute")
    await buyer.taps("Appeal")
    await buyer.says("I asked for blue, and this is red.")
    await seller.reads("⚖️ <b>{name} has appealed against the verdict.</b>", name="Ann")
    town.house.advance(4 * DAY_MS)
    await second.reads("A verdict was appealed. Another operator has the last word.")
    held = await acts.wallet(buyer)
    assert acts.stars(buyer, 250) in held
    await second.taps("Have a look")
    await second.sees("I asked for blue, and this is red.")
    await decides(second, "Refund: all to the buyer")
    await acts.has_stars(buyer, 2_000)
