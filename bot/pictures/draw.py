"""The one module that draws: SVG to PNG in other processes, never in the event loop's thread.

Shaping Bengali takes tens of milliseconds of computing, which would hold up everybody's answers.
"""

import asyncio
import multiprocessing
import signal
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from hashlib import sha256
from typing import TypeVar

import fontpkg_hind_siliguri
import resvg_py

from bot.pictures.gig_card import GigCardPicture, gig_card_svg
from bot.pictures.pdf import Leaf, leaf_of
from bot.pictures.statement_page import StatementPage, statement_page_svg
from bot.pictures.week_card import WeekCardPicture, week_card_svg
from bot.ui.screen import Picture

FONTS = sorted(str(path) for path in (fontpkg_hind_siliguri.ROOT / "files").glob("*.ttf"))
FAMILY = "Hind Siliguri"
ZOOM = 1.6
PAPER_WIDTH = 1_488  # 180 dots per inch on A4
CACHE_MAX = 64
Drawn = TypeVar("Drawn", bytes, Leaf)


class Drawer:
    """Draws on a pool of processes and remembers the last pictures by their content."""

    def __init__(self, *, processes: int = 1) -> None:
        self._processes = processes
        self._is_started = False
        self._pool: ProcessPoolExecutor | None = None
        self._known: OrderedDict[str, Picture] = OrderedDict()

    async def start(self) -> None:
        """From now on; the pool and its processes come with the first picture."""
        self._is_started = True

    async def stop(self) -> None:
        """Wait for the picture in hand and end the processes."""
        self._is_started = False
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(pool.shutdown, wait=True, cancel_futures=True)

    async def gig_card(self, card: GigCardPicture) -> Picture:
        """The card of a gig that has no picture."""
        return await self._picture(gig_card_svg(card))

    async def week_card(self, week: WeekCardPicture) -> Picture:
        """A week of deadlines."""
        return await self._picture(week_card_svg(week))

    async def statement(self, pages: tuple[StatementPage, ...]) -> tuple[Leaf, ...]:
        """A statement on paper, one page after the other, so that cards need not wait for all."""
        return tuple([await self._drawn(leaf, statement_page_svg(page)) for page in pages])

    async def _picture(self, svg: str) -> Picture:
        key = sha256(svg.encode()).hexdigest()
        if key not in self._known:
            self._known[key] = Picture(key, await self._drawn(png, svg))
        self._known.move_to_end(key)
        picture = self._known[key]
        if len(self._known) > CACHE_MAX:
            self._known.popitem(last=False)
        return picture

    async def _drawn(self, draw: Callable[[str], Drawn], svg: str) -> Drawn:
        """Draw; a process that was killed (memory) is replaced once."""
        try:
            return await self._submitted(draw, svg)
        except BrokenProcessPool:
            self._pool = self._fresh()
            return await self._submitted(draw, svg)

    async def _submitted(self, draw: Callable[[str], Drawn], svg: str) -> Drawn:
        assert self._is_started, "the drawer is started first"
        self._pool = self._pool or self._fresh()
        return await asyncio.get_running_loop().run_in_executor(self._pool, draw, svg)

    def _fresh(self) -> ProcessPoolExecutor:
        """Spawned, since a fork of a process with threads may hang."""
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._processes, mp_context=context, initializer=_calm)


def _calm() -> None:
    """ctrl-C reaches the whole group; the parent ends its drawers itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def leaf(svg: str) -> Leaf:
    """A page of paper."""
    return leaf_of(_rendered(svg, PAPER_WIDTH))


def png(svg: str) -> bytes:
    """A card."""
    return _rendered(svg, round(800 * ZOOM))


def _rendered(svg: str, width: int) -> bytes:
    """Render with the house's font only, so that every machine draws the same picture."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=True,
            font_files=FONTS,
            font_family=FAMILY,
            sans_serif_family=FAMILY,
            width=width,
        )
    )
