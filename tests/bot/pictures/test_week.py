"""The picture of a week: any texts can be drawn, mixed scripts stay whole."""

import struct
from dataclasses import replace

import pytest

from bot.pictures.draw import Drawer, png
from bot.pictures.gig_card import GigCardPicture, gig_card_svg
from bot.pictures.week_card import DayPicture, Entry, WeekCardPicture, week_card_svg
from bot.pictures.wrap import written

ENTRY = Entry(time="রাত ১০:১৩", text="#H আপনার দোকানের জন্য লোগো", kind="sell")
DAY = DayPicture(
    name="বৃহস্পতিবার ২৪",
    entries=(ENTRY, replace(ENTRY, kind="late"), replace(ENTRY, kind="buy")),
    more="আরও ২টি",
    is_work_day=True,
    is_today=True,
    is_over=False,
)
OFF = replace(DAY, entries=(), more="", is_work_day=False, is_today=False, is_over=True)
WEEK = WeekCardPicture(title="২০ সেপ্টেম্বর থেকে ২৬ সেপ্টেম্বর", days=(DAY, *[OFF] * 6))


async def test_a_week_is_a_png() -> None:
    """As wide as every picture of the house, and as high as its days need."""
    drawer = Drawer()
    await drawer.start()
    picture = await drawer.week_card(WEEK)
    await drawer.stop()
    width, height = struct.unpack(">II", picture.png[16:24])
    quiet = png(week_card_svg(replace(WEEK, days=(OFF,) * 7)))
    assert width == 1280
    assert height > struct.unpack(">II", quiet[16:24])[1]


@pytest.mark.parametrize(
    "text", ["", "</text><script>&", "$title ${x}", "W" * 300, "ক্ষ্ম" * 60, "🎉"]
)
def test_any_text_can_be_drawn(text: str) -> None:
    """What people typed is text in the SVG, whatever it is."""
    day = replace(DAY, entries=(replace(ENTRY, text=text, time=text),), name=text, more=text)
    svg = week_card_svg(WeekCardPicture(title=text, days=(day,)))
    assert "<script" not in svg
    assert png(svg).startswith(b"\x89PNG")


def test_bengali_after_latin_is_shaped_apart() -> None:
    """Vowel signs must not stand on the wrong side because a run began with a Latin letter."""
    assert written("PNG লোগো ডিজাইন & SVG") == "PNG \u2066লোগো ডিজাইন\u2069 &amp; SVG"
    assert written("Logo") == "Logo"


def test_a_gigs_title_may_mix_scripts() -> None:
    """The sign for "lo" is the same after Latin letters as alone: other pixels than torn apart."""
    card = GigCardPicture(
        title="PNG লোগো", price="৳১", seller="Rahim", category="ডিজাইন", category_key="design"
    )
    svg = gig_card_svg(card)
    assert png(svg) != png(svg.replace("\u2066", "").replace("\u2069", ""))
