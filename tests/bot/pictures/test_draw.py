"""Drawing: a real PNG out of another process, the same for the same content."""

import struct
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.i18n import translator
from bot.pictures.draw import FONTS, Drawer, png
from bot.pictures.gig_card import GigCardPicture, gig_card_svg
from bot.views.gig_picture import gig_picture
from market.gig import GigState
from tests.support.samples import gig_card

CARD = GigCardPicture(
    title="আপনার দোকানের জন্য লোগো ডিজাইন",
    price="২৫০ ⭐",
    seller="রহিম উদ্দিন",
    category="ডিজাইন",
    category_key="design",
)


@pytest.fixture
async def drawer() -> AsyncIterator[Drawer]:
    """A started drawer."""
    running = Drawer()
    await running.start()
    yield running
    await running.stop()


async def test_a_card_is_a_png(drawer: Drawer) -> None:
    """The picture has Telegram's side ratio and a key of its content."""
    picture = await drawer.gig_card(CARD)
    assert picture.png.startswith(b"\x89PNG")
    assert struct.unpack(">II", picture.png[16:24]) == (1280, 669)
    assert len(picture.key) == 64


async def test_the_same_card_is_drawn_once(drawer: Drawer) -> None:
    """The content decides; another price is another picture."""
    first = await drawer.gig_card(CARD)
    assert await drawer.gig_card(CARD) is first
    assert (await drawer.gig_card(replace(CARD, price="৩০০ ⭐"))).key != first.key


def test_fonts_are_there() -> None:
    """The house brings its own font; nothing is taken from the system."""
    assert len(FONTS) == 5


def test_bengali_is_shaped() -> None:
    """A conjunct is drawn as one sign: other pixels than its parts one by one."""
    joined, apart = (_drawn("ক্ষ"), _drawn("ক\u09cd\u200cষ"))
    assert joined != apart


def test_texts_cannot_break_out() -> None:
    """What a seller typed is text in the SVG, whatever it is."""
    svg = gig_card_svg(replace(CARD, title="</text><script>&", seller="$price ${x} <g>"))
    assert "<script" not in svg
    assert png(svg).startswith(b"\x89PNG")


@pytest.mark.parametrize("title", ["", "🎉🎉", "W" * 80, "ক্ষ্ম" * 16, "ل" * 20])
def test_any_title_can_be_drawn(title: str) -> None:
    """Titles that are empty, endless or in other scripts still make a card."""
    assert png(gig_card_svg(replace(CARD, title=title))).startswith(b"\x89PNG")


def test_the_card_of_a_gig() -> None:
    """The view fills the card in the place's language."""
    made = gig_picture(gig_card(), translator("bn"))
    assert (made.price, made.category, made.seller) == ("২৫০ ⭐", "ডিজাইন", "Rahim Uddin")


def test_nothing_of_the_seller_is_on_the_card_of_a_gig_that_was_taken_down() -> None:
    """It says what happened, and neither title nor name nor price."""
    card = gig_card(state=GigState.TAKEN_DOWN)
    made = gig_picture(card, translator("en"))
    assert "taken down" in made.title
    assert made.seller == ""
    svg = gig_card_svg(made)
    assert not any(word in svg for word in (card.gig.title, card.seller_name, "250"))


def _drawn(text: str) -> bytes:
    return png(gig_card_svg(replace(CARD, title=text)))
