"""python -m sandbox.demo: the sandbox, the bot and a small market, until ctrl-C.

The bot runs as a process of its own with a fresh database; all of it ends together.
"""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import webbrowser
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from sandbox.client import Refused, Sandbox
from sandbox.demo_market import Town, fill, settle
from sandbox.ending import end
from sandbox.person import NotSeen
from sandbox.server import make_app, port_number, start
from sandbox.world import Settings

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"
TOKEN = "7000000001:demo-only-token-of-the-local-sandbox"  # noqa: S105 - made up, valid nowhere
PORT_IN_USE, BOT_ENDED = 2, 1
LOG_LINES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    port: int
    opens_browser: bool
    records: bool


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="gighaat-demo-") as folder:
        return asyncio.run(_run(options, Path(folder)))


def _options() -> Options:
    parser = argparse.ArgumentParser(prog="python -m sandbox.demo", description=__doc__)
    parser.add_argument("--port", type=port_number, default=8080)
    parser.add_argument("--no-open", action="store_true", help="do not open a browser")
    parser.add_argument("--record", action="store_true", help="keep answers and updates raw")
    given = parser.parse_args()
    opens_browser = not given.no_open and _has_display()
    return Options(port=given.port, opens_browser=opens_browser, records=given.record)


def _has_display() -> bool:
    """Without a screen webbrowser would start a text browser in this terminal."""
    is_desktop = sys.platform in {"darwin", "win32"}
    return is_desktop or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


async def _run(options: Options, folder: Path) -> int:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with AsyncExitStack() as stack:
        try:
            app = make_app(Settings(token=TOKEN, record=options.records))
            runner, port = await start(app, host=HOST, port=options.port)
        except OSError as problem:
            sys.stderr.write(f"demo: port {options.port}: {problem.strerror} (try PORT=9000)\n")
            return PORT_IN_USE
        stack.push_async_callback(runner.cleanup)
        address = f"http://{HOST}:{port}"
        sandbox = await stack.enter_async_context(Sandbox(address))
        town = await settle(sandbox)
        log = folder / "bot.log"
        bot = await stack.enter_async_context(_bot(address, town, log))
        opening = _open_market(sandbox, town, opens_browser=options.opens_browser)
        return await _until_end(stopped, bot, opening=opening, log=log)


async def _until_end(
    stopped: asyncio.Event, bot: Process, *, opening: Coroutine[None, None, None], log: Path
) -> int:
    """Ctrl-C is the good end; the bot's own end is not."""
    ends = {asyncio.create_task(stopped.wait()), asyncio.create_task(bot.wait())}
    filling = asyncio.create_task(opening)
    try:
        await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for work in (*ends, filling):
            work.cancel()
        await asyncio.gather(*ends, filling, return_exceptions=True)
    if stopped.is_set():
        return 0
    _say("The bot has ended by itself. Its last words:", *_last_lines(log))
    return BOT_ENDED


async def _open_market(sandbox: Sandbox, town: Town, *, opens_browser: bool) -> None:
    """A market that could not be filled is said and left open: the page shows how far it came."""
    _say(f"GigHaat is setting up its market on {sandbox.url} …")
    try:
        await fill(sandbox, town)
    except (NotSeen, Refused, aiohttp.ClientError) as problem:
        _say(f"The market is not complete: {problem}")
    _say(
        f"Open {sandbox.url} and be Ann (buyer), Rahima or Karim (sellers), Tanvir (group member)",
        "or Olivia (operator). Days are minutes here and Stars are play money. Ctrl-C ends it all.",
    )
    if opens_browser:
        await asyncio.to_thread(webbrowser.open, sandbox.url)


@asynccontextmanager
async def _bot(address: str, town: Town, log: Path) -> AsyncIterator[Process]:
    """The bot in a session of its own, so that ctrl-C reaches it once: as our SIGTERM."""
    with log.open("wb") as stream:
        bot = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot"),
            cwd=log.parent,
            env=_environment(address, town, log.parent),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )
    try:
        yield bot
    finally:
        await end(bot)


def _environment(address: str, town: Town, folder: Path) -> dict[str, str]:
    """Only the demo's own settings: neither the shell's nor a `.env` of a real bot."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIGHAAT_")}
    return kept | {
        "PYTHONPATH": str(ROOT),
        "PTB_TIMEDELTA": "1",
        "GIGHAAT_BASE_URL": address,
        "GIGHAAT_TOKEN": TOKEN,
        "GIGHAAT_DATABASE": f"sqlite:///{folder / 'gighaat.sqlite3'}",
        "GIGHAAT_WINDOWS": "demo",
        "GIGHAAT_OPERATORS": str(town.olivia.id),
        "GIGHAAT_OPERATOR_NAME": "GigHaat Demo",
        "GIGHAAT_OPERATOR_CONTACT": "@olivia",
        "GIGHAAT_RATE_LIMIT": "off",
    }


def _last_lines(log: Path) -> list[str]:
    return log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:]


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
