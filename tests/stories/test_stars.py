"""Stars that come from the wrong person, twice, or too late: nobody loses one."""

import asyncio
from typing import Any

import pytest

from tests.stories import acts
from tests.stories.conftest import HOUR_MS, Town
from tests.support.actors import Actor
from tests.support.house import TOKEN

pytestmark = pytest.mark.story
ANSWERED_MS = 1_500


async def invoice_link(town: Town) -> str:
    """A link with the newest order's payload, as only the token makes one: anybody can pay it."""
    ((payload,),) = acts.rows(
        town, "SELECT id FROM payment_intent ORDER BY created_ms DESC LIMIT 1"
    )
    asked: dict[str, Any] = {
        "title": "Logo",
        "description": "Logo",
        "payload": payload,
        "currency": "XTR",
        "prices": [{"label": "Logo", "amount": acts.PRICE.minor}],
    }
    sandbox = town.house.sandbox
    url = f"{sandbox.url}/bot{TOKEN}/createInvoiceLink"
    async with sandbox.session.post(url, json=asked) as response:
        return str((await response.json())["result"])


async def forwards_invoice(town: Town) -> dict[str, Any]:
    """The buyer shows the group her invoice."""
    buyer = town.buyer.person
    shown = next(one for one in await buyer.messages() if one["invoice"])
    copied = {"chat": town.buyer.id, "message": shown["id"]}
    return await buyer.sandbox.say(town.buyer.id, chat=town.group, forward=copied)


async def pays_link(actor: Actor, link: str) -> dict[str, Any]:
    """The link is paid, or the bot says why not."""
    return await actor.person.sandbox.pay(actor.id, link=link)


async def slow_answers(town: Town, times: int = 1) -> None:
    """What the bot says to the next checkouts takes a while to reach Telegram."""
    method = "answerPreCheckoutQuery"
    await town.house.sandbox.fault(method, delay_ms=ANSWERED_MS, times=times)


async def test_only_its_buyer_pays_once_and_in_time(town: Town) -> None:
    """A stranger is declined, a late payment and a second one go back, one pays the order."""
    buyer = town.buyer
    stranger = await Actor.create(town.house.sandbox, "Mallory", "bn", stars=500)
    await acts.order(town, await acts.open_market(town))
    assert (await forwards_invoice(town))["invoice"] is None
    link = await invoice_link(town)
    declined = await pays_link(stranger, link)
    words = stranger.words("Only the buyer who placed this order can pay for it.")
    assert (declined["ok"], declined["error"]) == (False, words)
    await comes_late(town)
    await acts.orders_another(town)
    await pays_twice(town, await invoice_link(town))
    late = await pays_link(buyer, await invoice_link(town))
    assert late["error"] == buyer.words("This order does not wait for a payment any more.")
    assert await stranger.stars() == 500


async def comes_late(town: Town) -> None:
    """The checkout was approved; before the payment arrives the order has expired."""
    buyer = town.buyer
    await slow_answers(town)
    paying = asyncio.create_task(buyer.person.pays())
    await acts.eventually(lambda: checked(town))
    town.house.advance(HOUR_MS)
    assert (await paying)["ok"]
    await buyer.reads("The order had expired before it arrived; you can order again.")
    await acts.has_stars(buyer, 2_000)


async def checked(town: Town) -> bool:
    """The bot has approved the checkout: its lease stands in the order."""
    return bool(acts.rows(town, "SELECT 1 FROM payment_intent WHERE authorised_until_ms > 0"))


async def pays_twice(town: Town, link: str) -> None:
    """Two checkouts of one invoice are approved before either is paid: one charge goes back."""
    buyer = town.buyer
    await slow_answers(town, times=2)
    paid = await asyncio.gather(buyer.person.pays(), pays_link(buyer, link))
    assert [one["ok"] for one in paid] == [True, True]
    await buyer.sees_button("Answer the question")
    await buyer.reads("The order had been paid already.")
    await acts.has_stars(buyer, 2_000 - acts.PRICE.minor)
