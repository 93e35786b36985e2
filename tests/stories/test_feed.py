"""Telegram's list of Stars: what the bot never heard of it finds there."""

import asyncio
from typing import Any

import aiohttp
import pytest

from tests.stories import acts
from tests.stories.conftest import Town
from tests.support.house import TOKEN

pytestmark = pytest.mark.story


async def test_a_payment_whose_update_is_lost_is_found_after_the_restart(town: Town) -> None:
    """Killed after approving the checkout, and the update is gone for ever: the order is paid."""
    house, buyer = town.house, town.buyer
    await acts.order(town, await acts.open_market(town))
    await house.sandbox.fault("answerPreCheckoutQuery", delay_ms=600)
    async with house.sandbox.events() as events:
        paying = asyncio.create_task(buyer.person.pays())
        await anext(one async for one in events if one["kind"] == "fault")
    house.halt_bot()  # its approval is on the way, and it hears of nothing any more
    assert (await paying)["ok"]
    await house.kill_bot()
    lost = await _lose_updates(town)
    assert any("successful_payment" in one.get("message", {}) for one in lost)
    await acts.revive(house)
    await buyer.sees_button("Answer the question")
    await acts.answer(town)
    await town.seller.sees("Nokshi")
    assert await buyer.stars() == 1_750


async def _lose_updates(town: Town) -> list[dict[str, Any]]:
    """What waits for the bot is confirmed to Telegram, and nobody keeps it."""
    url = f"{town.house.url}/bot{TOKEN}/getUpdates"
    async with aiohttp.ClientSession() as session:
        async with session.get(url, params={"timeout": "0"}) as answer:
            found: list[dict[str, Any]] = (await answer.json())["result"]
        after = str(found[-1]["update_id"] + 1)
        async with session.get(url, params={"offset": after, "timeout": "0"}) as answer:
            assert (await answer.json())["result"] == []
    return found
