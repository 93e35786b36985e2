"""Buyer and seller talk inside an order, through real processes, both ways round."""

import pytest

from tests.stories import acts
from tests.stories.conftest import DAY_MS, Town
from tests.support.actors import Actor
from tests.support.pictures import png

pytestmark = pytest.mark.story
PHONE = "Call me on 01712345678"


async def talking(town: Town) -> tuple[Actor, Actor]:
    """A paid order; the seller stands in its room."""
    await acts.paid_order(town, question="")
    await town.seller.sees_button("💬 Messages")
    await town.seller.taps("💬 Messages")
    await town.seller.reads("Nothing has been written here yet.")
    return town.seller, town.buyer


async def test_words_and_files_reach_the_other_side(town: Town) -> None:
    """Relayed at once, with names and without accounts; answered by a tap."""
    seller, buyer = await talking(town)
    await seller.says("Two ideas are <ready> & waiting")
    await seller.reads("✓ Sent to {name}.", name="Ann")
    heard = await buyer.sees("Two ideas are <ready> & waiting")
    assert "Rahima" in heard["text"]
    await seller.person.uploads("photo", files={"idea.png": png(300, 200)}, caption="The first")
    copy = await buyer.person.sees_media("photo")
    assert "Rahima" in copy["text"]
    assert "The first" in copy["text"]
    await buyer.taps("Reply")
    await buyer.says("Lovely!")
    answer = await seller.sees("Lovely!")
    assert "Ann" in answer["text"]


async def test_an_edit_arrives_as_a_correction(town: Town) -> None:
    """The new version is a new message; the first one stays."""
    seller, buyer = await talking(town)
    said = await seller.says("Ready on Munday")
    await buyer.sees("Ready on Munday")
    await town.house.sandbox.edit(seller.id, message=said["id"], text="Ready on Monday")
    await buyer.sees("Ready on Monday")
    texts = [message["text"] for message in await buyer.person.messages()]
    assert sum("Munday" in text for text in texts) == 1


async def test_a_warning_survives_a_crash(town: Town) -> None:
    """What was typed is kept while the bot is dead, and goes out when the writer insists."""
    seller, buyer = await talking(town)
    await seller.says(PHONE)
    await seller.sees_button("Send it anyway")
    await town.house.kill_bot()
    await acts.revive(town.house)
    await seller.taps("Send it anyway")
    heard = await buyer.sees("01712345678")
    assert "⚠️" in heard["text"]


async def test_the_board_and_the_week(town: Town) -> None:
    """New messages stand on the board, whose moments are Telegram's own; the week is a picture."""
    seller, buyer = await talking(town)
    await buyer.taps("💬 Messages")
    await buyer.says("Hello?")
    await seller.sees("Hello?")
    await seller.says("/orders")
    board = await seller.sees_button("📅 This week")
    assert any(entity["type"] == "date_time" for entity in board["entities"])
    await seller.taps("📅 This week")
    week = await seller.person.sees_media("photo")
    assert "📅" in week["text"]


async def test_an_absence_is_told_to_the_other_side(town: Town) -> None:
    """Declared by taps; the buyer hears of it, and clocks wait for the buyer who is away."""
    seller, buyer = await talking(town)
    await buyer.says("/settings")
    await buyer.taps("I am away")
    await buyer.taps("I am going away")
    await buyer.taps("Tomorrow")
    await buyer.says("2099-01-01")
    await buyer.reads("One absence can last {days} days at most.", days=30)
    await buyer.taps("Later days")
    buttons = (await buyer.last())["buttons"]
    await buyer.person.taps(buttons[0][0]["label"])
    await buyer.taps("Yes, I am away then")
    await seller.sees("🌴")
    town.house.advance(2 * DAY_MS)
    await buyer.says("/settings")
    await buyer.taps("I am away")
    await buyer.taps("I am back")
