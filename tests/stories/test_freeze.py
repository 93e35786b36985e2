"""Everybody sees what the house holds; an operator stops what leaves, and lets it go."""

import asyncio

import pytest

from bot.ui.links import trust_link
from tests.stories import acts
from tests.stories.conftest import HOUR_MS, Town

pytestmark = pytest.mark.story


async def test_frozen_money_waits_and_leaves_after_the_thaw(town: Town) -> None:
    """The refund of a cancelled order stays in the house until an operator has looked."""
    await acts.paid_order(town)
    buyer, operator = town.buyer, town.operator
    await buyer.says("/start " + trust_link("x").partition("start=")[2])
    await buyer.reads("We hold: <b>{amount}</b>", amount=acts.stars(buyer, 250))
    await operator.says("/freeze Odd refunds")
    await operator.reads(
        "<b>Stopped by an operator.</b> No refund and no payout leaves. Nothing is lost, "
        "everything waits."
    )
    await acts.opens_order(buyer)
    await buyer.taps("Cancel the order")
    await buyer.taps("Yes, cancel")
    await asyncio.sleep(1)
    town.house.advance(35_000)
    assert await buyer.stars() == 1_750
    await buyer.says("/trust")
    await buyer.reads(
        "· {amount} {what}",
        amount=acts.stars(buyer, 250),
        what=buyer.words("on its way back to buyers"),
    )
    await operator.says("/thaw")
    await operator.taps("I have looked: let money leave")
    town.house.advance(HOUR_MS)
    await acts.has_stars(buyer, 2_000)
