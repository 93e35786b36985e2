"""The main job, end to end: from "I will …" to released money, both ways round."""

import pytest

from market.money import Currency, Money
from tests.stories import acts
from tests.stories.conftest import DAY_MS, Town
from tests.support.actors import Actor

pytestmark = pytest.mark.story


def stars(actor: Actor, amount: int) -> str:
    """An amount as the person reads it."""
    return str(actor.tr.money(Money(amount, Currency.XTR)))


async def test_a_seller_publishes_and_the_topic_hears_of_it(town: Town) -> None:
    """The announcement stands in the category's topic with picture, price and a deep link."""
    await acts.connected(town)
    await town.seller.arrives()
    await town.seller.sells(acts.TITLE)
    post = await acts.announced(town)
    assert post["media"]["kind"] == "photo"
    assert stars(await Actor.create(town.house.sandbox, "Reader", "bn"), 250) in post["text"]
    assert post["buttons"][0][0]["url"].startswith("https://t.me/gighaat_bot?start=g")


async def test_a_buyer_finds_orders_pays_and_answers(town: Town) -> None:
    """By the link or by browsing to the card, the quote, the invoice, the payment, the answer."""
    link = await acts.open_market(town)
    buyer = town.buyer
    await acts.order(town, link)
    await acts.pay(town)
    assert await buyer.stars() == 1_750
    await acts.answer(town)
    notice = await town.seller.sees("Nokshi")
    assert acts.TITLE in notice["text"]
    await town.seller.says("/orders")
    await town.seller.sees(acts.TITLE)


async def test_browsing_leads_to_the_same_card(town: Town) -> None:
    """A category shows its gigs; a line opens the card with the order button."""
    await acts.open_market(town)
    await town.buyer.arrives()
    await town.buyer.taps("Browse gigs")
    rows = (await town.buyer.sees_button("Main menu"))["buttons"]
    await town.buyer.person.taps(
        next(b["label"] for row in rows for b in row if "🎨" in b["label"])
    )
    await town.buyer.sees(acts.TITLE)
    rows = (await town.buyer.last())["buttons"]
    await town.buyer.person.taps(rows[0][0]["label"])
    card = await town.buyer.sees_button("Order for {price}", price=town.buyer.tr.money(acts.PRICE))
    assert card["media"]["kind"] == "photo"


async def test_a_delivery_arrives_whole(town: Town) -> None:
    """Text and all files reach the buyer in one delivery, markup shown as it was typed."""
    await acts.paid_order(town)
    await acts.answer(town)
    await acts.deliver(town)
    notice = await town.buyer.sees("Here is your <b>logo</b> & all its files.")
    labels = [button["label"] for row in notice["buttons"] for button in row]
    assert town.buyer.label("Accept") == labels[0]
    assert town.buyer.label("Ask for changes") in labels
    files = [m["media"]["name"] for m in await town.buyer.person.messages() if m["media"]]
    assert {"logo.svg", "logo.pdf"} <= set(files)


async def test_acceptance_reviews_and_released_money(town: Town) -> None:
    """Accepting releases less the fee; both reviews are blind; the money clears in time."""
    await acts.paid_order(town, question="")
    await acts.deliver(town)
    await acts.accept(town)
    seller, buyer = town.seller, town.buyer
    for _ in range(3):  # quality, communication, value
        await buyer.taps("{count} ★", count=5)
    await buyer.says("Lovely work & fast")
    await buyer.reads("💛 <b>Thank you for your review.</b>")
    assert stars(seller, 225) in await acts.wallet(seller)
    texts = [message["text"] for message in await seller.person.messages()]
    assert not any("Lovely work" in text for text in texts)
    await seller.taps("{count} ★", count=4)
    await seller.taps("Send the stars alone")
    await seller.sees("Lovely work & fast")
    town.house.advance(22 * DAY_MS)
    available = seller.words("✅ Available: <b>{amount}</b>", amount=stars(seller, 225))
    await acts.eventually(lambda: holds(seller, available))


async def holds(actor: Actor, text: str) -> bool:
    """The wallet says so."""
    return text in await acts.wallet(actor)
