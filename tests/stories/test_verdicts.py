"""Disputes from their opening to the money: both sides speak, an operator decides, time passes."""

import pytest

from market.money import Currency, Money
from tests.stories import acts
from tests.stories.conftest import DAY_MS, HOUR_MS, Town

pytestmark = pytest.mark.story


async def test_a_refund_by_verdict_sends_every_star_back(town: Town) -> None:
    """The operator sees the amounts before; after three days without an appeal it happens."""
    await acts.disputed(town)
    operator = town.operator
    await operator.taps("Decide…")
    await operator.taps("Refund: all to the buyer")
    await operator.says("The picture is blurred.")
    await operator.sees_button("Say the verdict")
    assert "250" in (await operator.last())["text"]
    await operator.taps("Say the verdict")
    await town.buyer.sees("The picture is blurred.")
    await town.seller.sees("The picture is blurred.")
    assert await town.buyer.stars() == 1_750
    town.house.advance(3 * DAY_MS + HOUR_MS)

    async def refunded() -> bool:
        return await town.buyer.stars() == 2_000

    await acts.eventually(refunded)


async def test_a_split_by_verdict_leaves_the_rest_as_credit(town: Town) -> None:
    """Half for each: the seller's part clears, the buyer's stays in the wallet."""
    await acts.disputed(town)
    operator = town.operator
    await operator.taps("Decide…")
    await operator.says("125")
    await operator.says("Both are right.")
    await operator.taps("Say the verdict")
    await town.buyer.sees("Both are right.")
    town.house.advance(3 * DAY_MS + HOUR_MS)
    credit = str(town.buyer.tr.money(Money(125, Currency.XTR)))

    async def credited() -> bool:
        return credit in await acts.wallet(town.buyer)

    await acts.eventually(credited)
