"""python -m tests.support.money_sigkill FOLDER redelivered|lost PART PARTS: real deaths.

The money day with real deaths: each point has a process of its own that the system kills there, and
another one that goes on with the file. Prints the number of points, then each difference.
"""

import asyncio
import os
import pickle
import shutil
import signal
import sys
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.support.crashing import Side
from tests.support.databases import sqlite_template
from tests.support.doom import Doom, is_killed
from tests.support.money_day import live
from tests.support.money_kills import DATABASE, Clean, Kill, aftermath, begin, kills, opened
from tests.support.money_world import WORLD, World

SIDES: frozenset[Side] = frozenset({"before", "after"})
FOUND = "found"


def main() -> int:
    """Every PARTS-th point."""
    folder, which, part, parts = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    clean = Clean(folder / "clean", SIDES, is_quiet=False)
    clean.folder.mkdir()
    template = sqlite_template(folder)
    asyncio.run(clean.live(template))
    mine = kills(clean, loses=which == "lost")[part::parts]
    died, found = 0, []
    for number, kill in enumerate(mine):
        has_died, differs = die_and_go_on(clean, folder / str(number), kill)
        died += has_died
        found += [differs] if differs else []
    print(f"{died} points, a process killed at each, the update {which}")  # noqa: T201
    for line in found:
        print(line)  # noqa: T201
    return 1 if found else 0


def die_and_go_on(clean: Clean, folder: Path, kill: Kill) -> tuple[bool, str]:
    """Whether the point was reached, and what is not as on the clean day."""
    _, world = begin(clean, folder, kill.at)
    world.is_kept = True
    world.kept()
    status = in_child(lambda: _dies(clean, folder, kill))
    has_died = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    assert has_died or status == 0, f"{kill.name(clean)}: the process ended with {status}"
    assert in_child(lambda: _goes_on(clean, folder, kill, has_died=has_died)) == 0, kill.name(clean)
    found = (folder / FOUND).read_text()
    shutil.rmtree(folder)
    return has_died, found


def in_child(work: Callable[[], Awaitable[None]]) -> int:
    """Run it in a process of its own; answers how that ended."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    try:
        asyncio.run(_run(work))
    except BaseException:  # noqa: BLE001 - the child has nobody above it
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


async def _run(work: Callable[[], Awaitable[None]]) -> None:
    await work()


async def _dies(clean: Clean, folder: Path, kill: Kill) -> None:
    world = _known(folder)
    async with opened(folder / DATABASE) as storage:
        day = clean.day(storage, world, Doom(kill.fatal, SIDES, is_killed), kill.at)
        await live(day, clean.steps[kill.at], clean.moments[kill.at])


async def _goes_on(clean: Clean, folder: Path, kill: Kill, *, has_died: bool) -> None:
    """One point in each step has its day lived to the end, whatever differs before."""
    world = _known(folder)
    is_last = kill.fatal == len(clean.points[kill.at])
    async with opened(folder / DATABASE) as storage:
        found = await aftermath(clean, storage, world, kill, has_died=has_died, whole=is_last)
    (folder / FOUND).write_text(found or "")


def _known(folder: Path) -> World:
    world: World = pickle.loads((folder / WORLD).read_bytes())  # noqa: S301 - our own file
    return world


if __name__ == "__main__":
    sys.exit(main())
