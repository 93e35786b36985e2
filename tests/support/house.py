"""A whole house for a story: the sandbox and the bot as two processes, killed and started at will.

The bot's clock is moved by writing an offset into a file (`tests.support.bot`).
"""

import asyncio
import os
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sandbox.client import Sandbox
from sandbox.testing import mistakes
from tests.support.judges import complaints
from tests.support.leaks import leaks, typed
from tests.support.processes import BOT, SANDBOX, Running

TOKEN = "7000000001:story"
START_SECONDS = 20.0
LOOK_SECONDS = 0.02


@dataclass
class House:
    """Use `await House.open(folder)` and `await house.close()`."""

    folder: Path
    url: str
    sandbox: Sandbox
    server: Running
    operators: tuple[int, ...]
    database: str
    settings: dict[str, str] = field(default_factory=dict)
    bot: Running | None = None
    offset_ms: int = 0
    expected_lint: frozenset[str] = frozenset()

    @classmethod
    async def open(
        cls, folder: Path, *, operators: tuple[int, ...] = (), database: str = "", **settings: str
    ) -> "House":
        """Start the sandbox; the bot is started by `start_bot`."""
        server, url = await _served(folder / "sandbox.log")
        client = await Sandbox(url).__aenter__()
        database = database or f"sqlite:///{folder / 'house.sqlite3'}"
        house = cls(folder, url, client, server, operators, database, settings)
        house._write_clock()
        return house

    async def start_bot(self) -> None:
        """Start the bot and wait until it polls."""
        starts = self.log().count("polling") + 1
        self.bot = Running.start(BOT, env=self._env(), log=self.folder / "bot.log")
        for _ in range(int(START_SECONDS / LOOK_SECONDS)):
            if self.log().count("polling") >= starts:
                return
            assert self.bot.returncode is None, self.log()
            await asyncio.sleep(LOOK_SECONDS)
        raise AssertionError("the bot did not poll:\n" + self.log())

    async def kill_bot(self) -> None:
        """SIGKILL: nothing is tidied up."""
        assert self.bot is not None
        self.bot.send_signal(signal.SIGKILL)
        await self.bot.wait()

    def halt_bot(self) -> None:
        """SIGSTOP: what it has sent goes through, it does nothing more."""
        assert self.bot is not None
        self.bot.send_signal(signal.SIGSTOP)

    def advance(self, ms: int) -> None:
        """Move the bot's clock forward."""
        self.offset_ms += ms
        self._write_clock()

    def log(self) -> str:
        """What the bot wrote so far."""
        path = self.folder / "bot.log"
        return path.read_text(errors="replace") if path.exists() else ""

    async def close(self) -> None:
        """End both processes; then say what judges and lint found in this story."""
        found = await self.complaints() + leaks(self.log(), TOKEN, *await self._typed())
        for running in (self.bot, self.server):
            if running is not None and running.returncode is None:
                running.send_signal(signal.SIGTERM)
                await asyncio.wait_for(running.wait(), 15)
        await self.sandbox.__aexit__()
        assert found == []

    async def _typed(self) -> set[str]:
        """What people wrote that is nobody else's business."""
        if self.server.returncode is not None:
            return set()
        return typed(await self.sandbox.record())

    async def complaints(self) -> list[str]:
        """What lint and outside judges say of every answer, every update and every call."""
        if self.server.returncode is not None:
            return []
        lint = await mistakes(self.sandbox, expected=self.expected_lint)
        entries = await self.sandbox.record()
        assert len(entries) == (entries[-1]["id"] if entries else 0), "the record has overflowed"
        return lint + complaints(entries, with_calls=True)

    def _write_clock(self) -> None:
        path = self.folder / "clock"
        path.with_suffix(".new").write_text(str(self.offset_ms))
        path.with_suffix(".new").replace(path)

    def _env(self) -> dict[str, str]:
        ours: dict[str, str] = {
            "GIGHAAT_TOKEN": TOKEN,
            "GIGHAAT_BASE_URL": self.url,
            "GIGHAAT_DATABASE": self.database,
            "GIGHAAT_OPERATORS": ",".join(str(one) for one in self.operators),
            "GIGHAAT_OPERATOR_NAME": "Olivia Khan",
            "GIGHAAT_OPERATOR_CONTACT": "@olivia_gighaat",
            "GIGHAAT_RATE_LIMIT": "off",
            "GIGHAAT_WINDOWS": "default,sweep_ms=200,drain_ms=100",
            "GIGHAAT_TEST_CLOCK": str(self.folder / "clock"),
            "PTB_TIMEDELTA": "1",
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIGHAAT")}
        return kept | ours | self.settings


async def _served(log: Path) -> tuple[Running, str]:
    """A sandbox and its address, which is the first thing that it says."""
    options = ("--port", "0", "--token", TOKEN, "--record")
    server = Running.start(SANDBOX, *options, env=os.environ, log=log)
    for _ in range(int(START_SECONDS / LOOK_SECONDS)):
        said = log.read_text() if log.exists() else ""
        if said.endswith("\n"):
            return server, said.split()[-1]
        assert server.returncode is None, said
        await asyncio.sleep(LOOK_SECONDS)
    raise AssertionError("the sandbox said nothing")


def lines(value: Any) -> list[str]:
    """The texts of a transcript, for messages of failed tests."""
    return [message["text"] for message in value]
