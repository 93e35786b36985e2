"""The money day, killed at every commit and every call to a provider, ends as if nothing was.

Here each kill is an exception that ends the process's work; `make proof` does it with SIGKILL.
"""

import asyncio
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from market.states import State
from tests.support.databases import Cluster
from tests.support.money_kills import Clean, Kill, held, killed, kills
from tests.support.money_postgres import PostgresDay

ROOT = Path(__file__).parents[2]
STEPS_LEAST, POINTS_LEAST, LOST_LEAST = 90, 680, 34
SIGKILLS_LEAST = {"redelivered": 1_500, "lost": 50}
CORES = 2
POSTGRES_POINTS = 40
CODES = {f"P{number}" for number in range(1, 27)} - {"P12"}  # a split is P5, P6, P10 and P11


@pytest.fixture(scope="module")
def swift() -> Iterator[Path]:
    """A folder in memory where there is one: a kill leaves what was written to the system."""
    memory = Path("/dev/shm")  # noqa: S108 - ours alone, and gone afterwards
    with tempfile.TemporaryDirectory(
        prefix="gighaat-money-", dir=memory if memory.is_dir() else None
    ) as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def clean(swift: Path, sqlite_file: Path) -> Clean:
    """The day without a kill, kept step by step."""
    day = Clean(swift / "clean", frozenset({"before"}), is_quiet=True)
    day.folder.mkdir()
    asyncio.run(day.live(sqlite_file))
    return day


def test_the_day_without_a_kill(clean: Clean) -> None:
    """Every posting of the table happens, and every order comes to the end that it is for."""
    end = clean.kept[-1].stored
    states = {row[0]: row[13] for row in end["orders"]}
    assert {number: states[number] for number in range(1, 5)} == {
        1: State.CLEARED,
        2: State.CANCELLED,
        3: State.CANCELLED,
        4: State.CLEARED,
    }
    assert {row[2] for row in end["transfer"]} & CODES == CODES
    assert len(clean.steps) >= STEPS_LEAST


def test_the_providers_agree_with_the_books(clean: Clean) -> None:
    """What Telegram, Crypto Pay and the owner's phone hold is what the ledger says they hold."""
    said, known = held(clean.kept[-1])
    assert known == said


@pytest.mark.parametrize("loses", [False, True], ids=["redelivered", "lost"])
async def test_killed_at_every_point(clean: Clean, swift: Path, loses: bool) -> None:
    """Money, states, facts, messages and the providers' books are those of the clean day."""
    points = kills(clean, loses=loses)
    print(f"{len(points)} points, killed at each")  # noqa: T201 - the number is the proof's size
    assert len(points) >= (LOST_LEAST if loses else POINTS_LEAST)
    assert [odd for kill in points if (odd := await _odd(clean, swift, kill))] == []


async def _odd(clean: Clean, swift: Path, kill: Kill) -> str | None:
    folder = swift / "killed"
    try:
        return await killed(clean, folder, kill)
    finally:
        shutil.rmtree(folder)


@pytest.mark.parametrize(
    "most", [POSTGRES_POINTS, pytest.param(None, marks=pytest.mark.proof)], ids=["some", "all"]
)
async def test_killed_on_postgresql(clean: Clean, cluster: Cluster, most: int | None) -> None:
    """It keeps the same as SQLite in every step, killed or not; some points, evenly chosen."""
    every = [*kills(clean, loses=False), *kills(clean, loses=True)]
    points = every[:: len(every) // most if most else 1]
    day = PostgresDay(cluster, clean)
    assert await day.live({kill.at for kill in points}) == []
    assert [odd for kill in points if (odd := await day.killed(kill))] == []
    await day.end()


@pytest.mark.proof
@pytest.mark.parametrize("which", sorted(SIGKILLS_LEAST))
def test_really_killed_at_every_point(swift: Path, which: str) -> None:
    """The same with processes that the system kills, before and after each point."""
    running = [_started(swift / f"{which}{part}", which, part) for part in range(CORES)]
    told = [one.communicate()[0] for one in running]
    print("\n".join(told))  # noqa: T201 - the number is the proof's size
    assert [one.returncode for one in running] == [0] * CORES, told
    points = sum(int(one.split()[0]) for one in told)
    assert points >= SIGKILLS_LEAST[which]


def _started(folder: Path, which: str, part: int) -> "subprocess.Popen[str]":
    folder.mkdir()
    module = ["-m", "tests.support.money_sigkill", str(folder), which, str(part), str(CORES)]
    return subprocess.Popen([sys.executable, *module], cwd=ROOT, stdout=subprocess.PIPE, text=True)
