"""Running two sides in turn on a server of their own and comparing the rates by their ratio."""

import json
import math
import os
import signal
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from typing import Any

ROOT = Path(__file__).parents[1]
ROUNDS = 5
WARM_S, COUNT_S, START_S = 1.5, 3.0, 30.0


@dataclass(frozen=True, slots=True)
class Side:
    """A program and the load that it meets."""

    name: str
    module: str
    load: dict[str, Any]
    counts: str = "others"


@contextmanager
def process(
    *arguments: str, stdout: int = DEVNULL, folder: str | None = None
) -> Iterator[Popen[str]]:
    """A python process that is ended with the block; without a folder it gets an empty one."""
    with tempfile.TemporaryDirectory(prefix="gighaat-bench-") as fresh:
        env = os.environ | {"PYTHONPATH": str(ROOT), "PTB_TIMEDELTA": "1"}
        env["BENCH_FOLDER"] = folder or fresh
        running = Popen(
            [sys.executable, *arguments],
            stdout=stdout,
            stderr=DEVNULL,
            text=True,
            env=env,
            cwd=ROOT,
        )
        try:
            yield running
        finally:
            running.send_signal(signal.SIGKILL)
            running.wait()


def count(url: str, what: str) -> int:
    """Rounds so far."""
    with urllib.request.urlopen(f"{url}/count", timeout=10) as answer:  # noqa: S310 - loopback
        return int(json.load(answer)["result"].get(what, 0))


def rate(side: Side) -> float:
    """Rounds per second of one side, alone on a fresh server."""
    with process("-m", "bench.local_api", json.dumps(side.load), stdout=PIPE) as server:
        assert server.stdout is not None
        url = f"http://127.0.0.1:{int(server.stdout.readline())}"
        with process("-m", side.module, url):
            wait_for(url, side.counts)
            time.sleep(WARM_S)
            before, start = count(url, side.counts), time.perf_counter()
            time.sleep(COUNT_S)
            return (count(url, side.counts) - before) / (time.perf_counter() - start)


def wait_for(url: str, what: str) -> None:
    """Until the side has done its first round, or it is broken."""
    deadline = time.monotonic() + START_S
    while not count(url, what):
        assert time.monotonic() < deadline, "the side answered nothing"
        time.sleep(0.02)


def start_seconds(module: str) -> float:
    """From the start of the process to its first getUpdates, not its very first start.

    The first start makes the database once in a house's life; it is not counted.
    """
    with tempfile.TemporaryDirectory(prefix="gighaat-bench-") as folder:
        _started(module, folder)
        return _started(module, folder)


def _started(module: str, folder: str) -> float:
    load = {"chats": 1, "kind": "text"}
    with process("-m", "bench.local_api", json.dumps(load), stdout=PIPE) as server:
        assert server.stdout is not None
        url = f"http://127.0.0.1:{int(server.stdout.readline())}"
        began = time.perf_counter()
        with process("-m", module, url, folder=folder):
            while not count(url, "polls"):
                time.sleep(0.005)
            return time.perf_counter() - began


def idle_megabytes(module: str) -> float:
    """Resident memory a few seconds after the start, with nothing to do."""
    load = {"chats": 0, "kind": "text"}
    with process("-m", "bench.local_api", json.dumps(load), stdout=PIPE) as server:
        assert server.stdout is not None
        url = f"http://127.0.0.1:{int(server.stdout.readline())}"
        with process("-m", module, url) as side:
            while not count(url, "polls"):
                time.sleep(0.02)
            time.sleep(3)
            status = Path(f"/proc/{side.pid}/status").read_text().splitlines()
            line = next(line for line in status if line.startswith("VmRSS"))
            return int(line.split()[1]) / 1024


def rates(sides: Sequence[Side], *, rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Every side's rates round by round, the sides in turn and each round in another order."""
    found: dict[str, list[float]] = {side.name: [] for side in sides}
    for number in range(rounds):
        turn = number % len(sides)
        for side in (*sides[turn:], *sides[:turn]):
            found[side.name].append(rate(side))
    return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rows of figures of the same rounds, and the ratio of their medians' rounds."""

    letter: str
    what: str
    ours: list[float]
    theirs: list[float]
    unit: str = "/s"

    @property
    def ratio(self) -> float:
        """The median of the ratios, round by round."""
        pairs = zip(self.ours, self.theirs, strict=True)
        return statistics.median(one / max(other, 0.01) for one, other in pairs)

    def line(self, *, least: float = 0.0, most: float = math.inf) -> bool:
        """Print it; answer whether the ratio reached its goal."""
        figures = [figure(statistics.median(row)) + self.unit for row in (self.ours, self.theirs)]
        goal = f"≥ {least}" if least else f"≤ {most}"
        is_met = least <= self.ratio <= most
        print(
            f"({self.letter}) {self.what:<52} {figures[0]:>9} : {figures[1]:>9} = "
            f"{self.ratio:5.2f}  goal {goal:<5}  {verdict(is_met=is_met)}",
            flush=True,
        )
        return is_met


def figure(value: float) -> str:
    """Short, and never more exact than it is."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}"


def verdict(*, is_met: bool) -> str:
    """The last column."""
    return "ok" if is_met else "BELOW"
