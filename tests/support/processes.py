"""Programs of a story as processes of their own, forked from one that has imported them already.

They are signalled, killed and waited for like any other process; only their start is quick.
"""

import asyncio
import atexit
import os
import signal
import sys
from collections.abc import Mapping
from importlib import import_module
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

ROOT = Path(__file__).parents[2]
BOT, SANDBOX = "tests.support.bot", "sandbox.__main__"
_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload([BOT, SANDBOX])


class Running:
    """One program, from its start to its end."""

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process

    @classmethod
    def start(cls, program: str, *arguments: str, env: Mapping[str, str], log: Path) -> "Running":
        """Like `python -m program arguments`; what it prints is added to the log."""
        given = (program, arguments, dict(env), log)
        process = _FORKS.Process(target=_be, args=given)  # no daemon: it may start others itself
        process.start()
        _LEFT.append(running := cls(process))
        return running

    @property
    def returncode(self) -> int | None:
        """None while it runs; less than 0 is the signal that ended it."""
        return self._process.exitcode

    def send_signal(self, number: signal.Signals) -> None:
        """Nothing is sent to what has ended."""
        if self._process.pid is not None and self.returncode is None:
            os.kill(self._process.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    async def wait(self) -> int:
        """Its end."""
        await asyncio.to_thread(self._process.join)
        assert self.returncode is not None, "it has ended"
        return self.returncode


_LEFT: list[Running] = []


@atexit.register
def _end_all() -> None:
    """A story that broke leaves nothing behind, and nobody waits for it."""
    for running in _LEFT:
        running.send_signal(signal.SIGKILL)


def _be(program: str, arguments: tuple[str, ...], env: dict[str, str], log: Path) -> None:
    """In the new process: become the program."""
    with log.open("ab", buffering=0) as out:
        os.dup2(out.fileno(), sys.stdout.fileno())
        os.dup2(out.fileno(), sys.stderr.fileno())
    os.environ.clear()
    os.environ.update(env)
    os.chdir(ROOT)
    sys.argv = [program, *arguments]
    sys.exit(import_module(program).main())
