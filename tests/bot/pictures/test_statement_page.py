"""The statement on paper: any texts can be drawn; the PDF holds the pages as they were drawn."""

import base64
import re
import struct
import zlib
from dataclasses import replace

import pytest

from bot.pictures.draw import Drawer, _rendered
from bot.pictures.pdf import Leaf, leaf_of, pdf
from bot.pictures.statement_page import PaperRow, StatementPage, statement_page_svg

ROW = PaperRow(
    date="২৪ নভেম্বর ২০২৬",
    time="রাত ১০:১৩",
    what="অর্ডার #G থেকে আপনার ভাগ, অপেক্ষায়",
    came="১,৫০০.৫০",
    went="",
    balance="১১,৫০০.৫০",
)
PAGE = StatementPage(
    title="লেনদেনের বিবরণী",
    house="GigHaat",
    facts=(("নাম", "Rahim উদ্দিন"),),
    heads=("তারিখ", "বিবরণ", "জমা", "খরচ", "ব্যালেন্স"),
    rows=(ROW, replace(ROW, what="a line that is so long that it needs two lines in its column")),
    opening=("শুরুতে", "১০,০০০.০০"),
    closing=("শেষে", "১১,৫০০.৫০"),
    parts=(("অপেক্ষায়", "১,৫০০.৫০"),),
    foot="গিগহাট",
    number="১ / ১",
)
WIDTH = 595


@pytest.mark.parametrize(
    "text", ["", "</text><script>&", "$title ${x}", "W" * 300, "ক্ষ্ম" * 60, "🎉"]
)
def test_any_text_can_be_drawn(text: str) -> None:
    """Names are text in the SVG, whatever they are."""
    row = replace(ROW, what=text, date=text)
    page = replace(PAGE, facts=((text, text),), rows=(row,), opening=None, closing=None)
    svg = statement_page_svg(page)
    assert "<script" not in svg
    assert _rendered(svg, WIDTH).startswith(b"\x89PNG")


def test_a_page_keeps_its_pixels() -> None:
    """The rows of three bytes, put into a PNG again, show the same as the one that was drawn."""
    drawn = _rendered(statement_page_svg(PAGE), WIDTH)
    assert _shown(drawn) == _shown(_png(leaf_of(drawn)))


def _shown(png: bytes) -> bytes:
    """The pixels of a PNG, drawn as a picture within a picture."""
    data = base64.b64encode(png).decode()
    image = f'<image width="595" height="842" href="data:image/png;base64,{data}"/>'
    space = 'xmlns="http://www.w3.org/2000/svg" width="595" height="842"'
    return _rendered(f"<svg {space}>{image}</svg>", WIDTH)


def _png(leaf: Leaf) -> bytes:
    size = struct.pack(">IIBBBBB", leaf.width, leaf.height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", size), (b"IDAT", leaf.rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


async def test_pages_are_drawn_one_after_the_other() -> None:
    """180 dots per inch of A4, each page its own picture."""
    drawer = Drawer()
    await drawer.start()
    leaves = await drawer.statement((PAGE, replace(PAGE, rows=())))
    await drawer.stop()
    assert [(leaf.width, leaf.height) for leaf in leaves] == [(1488, 2106)] * 2
    assert leaves[0] != leaves[1]


def test_the_file_says_where_everything_is() -> None:
    """Each object begins where the table says, streams are as long as they say, pages are A4."""
    leaf = Leaf(2, 1, zlib.compress(b"\x00" + b"\xff\x00\x00" * 2))
    made = pdf([leaf, leaf], title="বিবরণী", language="bn")
    start = int(made.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    assert made[start:].startswith(b"xref\n0 10\n")
    places = [int(one) for one in re.findall(rb"(\d{10}) 00000 n ", made)]
    assert [made[at:].split(b" obj")[0] for at in places] == [b"%d 0" % n for n in range(1, 10)]
    for size, data in re.findall(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", made, re.DOTALL):
        assert int(size) == len(data)
    assert made.count(b"/MediaBox [0 0 595 842]") == 2
    assert ("\ufeff" + "বিবরণী").encode("utf-16-be").hex().encode() in made
    assert made.endswith(b"%%EOF\n")
