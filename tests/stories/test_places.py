"""Where gigs are found: topics that operators link, shelves with pages, gigs that pause."""

import pytest

from bot.views.categories import category_label
from tests.stories import acts
from tests.stories.conftest import Town
from tests.support.actors import Actor, Message

pytestmark = pytest.mark.story

SHELF = 8


def labels(message: Message) -> list[str]:
    """The buttons' texts, row by row."""
    return [button["label"] for row in message["buttons"] for button in row]


async def test_a_topic_is_linked_and_let_go(town: Town) -> None:
    """/connect inside a topic links that one alone; nothing is posted there after letting it go."""
    operator, seller = town.operator, town.seller
    await operator.arrives()
    topic = (await town.house.sandbox.topic(operator.id, chat=town.group, name="Logos"))["id"]
    here = operator.person.at(town.group, topic=topic)
    await here.says("/connect")
    await here.taps(category_label("design", operator.tr))
    await seller.arrives()
    await seller.sells(acts.TITLE)
    post = await seller.person.at(town.group, topic=topic).sees(acts.TITLE)
    assert post["buttons"][0][0]["url"].startswith("https://t.me/gighaat_bot?start=g")
    await here.says("/connect")
    await here.taps(operator.label("Announce nothing here"))
    await here.sees(operator.words("I announce nothing here any more. /connect brings it back."))
    await seller.says("/start")
    await seller.sells("I will draw another sign")
    shown = [one["text"] for one in await here.messages()]
    assert not any("another sign" in text for text in shown)


async def test_a_shelf_has_newer_and_older_pages(town: Town) -> None:
    """Nine gigs are two pages: the newest eight first, the oldest behind *Older*, and back."""
    seller, buyer = town.seller, town.buyer
    await seller.arrives()
    for number in range(SHELF + 1):
        await seller.person.forgets()
        await seller.says("/start")
        await seller.sells(f"I will draw sign number {number + 1:02}")
    await buyer.arrives()
    await buyer.says("/browse")
    await buyer.person.taps(f"{category_label('design', buyer.tr)} ({buyer.tr.number(SHELF + 1)})")
    first = await buyer.sees("sign number 09")
    assert "sign number 01" not in first["text"]
    assert buyer.label("Newer") not in labels(first)
    await buyer.taps("Older")
    second = await buyer.sees("sign number 01")
    assert "sign number 02" not in second["text"]
    await buyer.taps("Newer")
    assert (await buyer.sees("sign number 09"))["text"] == first["text"]


async def test_a_paused_gig_says_so_everywhere(town: Town) -> None:
    """Pausing edits the announcement and closes the gig for newcomers; resuming opens it again."""
    link = await acts.open_market(town)
    seller, buyer = town.seller, town.buyer
    await seller.taps("Show my gig")
    await seller.taps("Pause")
    topic = await acts.topic_of(town, "design")
    group = buyer.person.at(town.group, topic=topic)
    await group.sees(seller_words("⏸ Not taking orders now.", seller))
    await buyer.arrives(start=f"/start {link}")
    card = await buyer.reads("⏸ Not taking orders now.")
    assert not any("250" in label for label in labels(card))
    await seller.taps("Take orders again")
    await buyer.says(f"/start {link}")
    await buyer.sees_button("Order for {price}", price=buyer.tr.money(acts.PRICE))


def seller_words(english: str, reader: Actor) -> str:
    """A sentence of a post, which speaks both languages."""
    return reader.words(english)
