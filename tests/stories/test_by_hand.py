"""An order in taka: sent by hand, seen on the statement by an operator, and sent back by hand."""

import pytest

from bot.views.categories import category_name
from market.money import Currency, Money
from tests.stories import acts
from tests.stories.conftest import Town
from tests.support.actors import Actor, start_parameter
from tests.support.pictures import png

pytestmark = pytest.mark.story
PATIENCE_S = 60.0
TITLE = "A music lesson at your home"
PRICE = Money(120_050, Currency.BDT)
NUMBER, TRX, SENT = "01711-000001", "9AB1C2D3E4", "8ZZ9Y8X7W6"
WHY = "Lessons are given by a teacher who comes to your home."


async def takes_taka(operator: Actor) -> None:
    """The owner enters a wallet, reads the policy, accepts it and says why."""
    await operator.person.forgets()
    await operator.says("/admin")
    await operator.taps("Ways to pay")
    await operator.taps("{wallet}: enter it…", wallet=operator.label("bKash"))
    await operator.says(NUMBER)
    await operator.says("Olivia Khan")
    await operator.taps("Nothing else")
    await operator.taps("Keep it")
    lessons = category_name("lessons", operator.tr)
    await operator.sees_button("{wallet}: change…", wallet=operator.label("bKash"))
    labels = await operator.person.buttons()
    await operator.person.taps(next(one for one in labels if lessons in one))
    await operator.taps("It is not digital…")
    await operator.taps("I have read it and answer for it")
    await operator.says(WHY)
    await operator.sees_button("{wallet}: change…", wallet=operator.label("bKash"))


async def offers_lessons(seller: Actor) -> None:
    """The gig conversation, with a price in taka."""
    await seller.taps("Sell")
    await seller.person.taps("📚 " + category_name("lessons", seller.tr))
    await seller.says(TITLE)
    await seller.says("An hour with the harmonium, at your home in Dhaka. I bring the instrument.")
    await seller.sees_button("Without a picture")
    await seller.person.uploads("photo", files={"lesson.png": png(800, 600)})
    await seller.taps("Price in taka")
    await seller.says("1200.50")
    await seller.says("3")
    await seller.says("1")
    await seller.says("Where do you live?")
    await seller.taps("Publish")
    await seller.sees_button("Show my gig")


async def ordered(town: Town) -> None:
    """The buyer comes by the announcement and orders."""
    await acts.connected(town)
    await takes_taka(town.operator)
    await town.seller.arrives()
    await offers_lessons(town.seller)
    reader = town.buyer.person.at(town.group, topic=await acts.topic_of(town, "lessons"))
    link = start_parameter(await reader.sees(TITLE, within_s=PATIENCE_S))
    price = town.buyer.tr.money(PRICE)
    await town.buyer.arrives(start=f"/start {link}")
    await town.buyer.taps("Order for {price}", price=price)
    await town.buyer.agrees()
    await town.buyer.taps("Order and pay {price}", price=price)


async def claims(buyer: Actor) -> None:
    """From the exact amount and the number to "operators are looking for it"."""
    await buyer.taps("How to pay")
    shown = await buyer.sees(NUMBER)
    assert buyer.tr.money(PRICE) in shown["text"]
    await buyer.taps("I have sent it: {wallet}", wallet=buyer.label("bKash"))
    await buyer.says(TRX.lower())
    await buyer.says("01711004321")
    await buyer.sees(TRX)


async def test_taka_are_sent_seen_and_sent_back(town: Town) -> None:
    """The exact amount pays the order; cancelled, it goes back under a reference."""
    buyer, operator = town.buyer, town.operator
    await ordered(town)
    await claims(buyer)
    await operator.taps("Have a look")
    await operator.taps("💳 The payment")
    card = await operator.sees(TRX)
    assert "4321" in card["text"]
    assert operator.tr.money(PRICE) not in card["text"]
    await operator.taps("Type the amount that I see…")
    await operator.says("1200.50")
    await operator.taps("Yes, book it")
    await buyer.sees("✅")
    await buyer.taps("Cancel the order")
    await buyer.taps("Yes, cancel")
    await operator.person.forgets()
    await operator.says("/admin")
    await operator.person.taps(f"{operator.label('↩️ Refunds by hand')} (1)")
    labels = await operator.person.buttons()
    await operator.person.taps(next(one for one in labels if operator.tr.money(PRICE) in one))
    await operator.taps("I have sent it…")
    await operator.says(SENT.lower())
    await operator.sees(SENT)
    await buyer.sees(SENT)
