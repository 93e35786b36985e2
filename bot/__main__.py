"""python -m bot: run the bot, or one of the subcommands of `operations`."""

import gc

gc.disable()  # loading leaves no garbage worth stopping for every few milliseconds

import asyncio
import sys
from collections.abc import Coroutine, Sequence
from typing import Any

from bot.app import build
from bot.clocks import RandomIds, WallClock
from bot.journal import set_up
from bot.operations import OK, USAGE, chosen, ready, told
from services.ports import Clock, Ids

gc.freeze()
gc.enable()


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 well, 1 something was found, 2 it cannot start (one line says why)."""
    if not arguments:
        return serve(WallClock(), RandomIds())
    work = chosen(arguments)
    if work is None:
        sys.stderr.write(f"{USAGE}\n")
        return 2
    return asyncio.run(told(work))


def serve(clock: Clock, ids: Ids) -> int:
    """Run the bot until it is told to stop."""
    return asyncio.run(told(lambda: _serve(clock, ids)))


def _serve(clock: Clock, ids: Ids) -> Coroutine[Any, Any, int]:
    settings = ready()
    is_json = settings.log_format == "json" or (
        settings.log_format == "auto" and not sys.stderr.isatty()
    )
    set_up(level=settings.log_level, as_json=is_json, secrets=settings.secrets())

    async def run() -> int:
        house = await build(settings, clock, ids)
        await house.run()
        return OK

    return run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
