"""Ending a bot that was started as a process: politely first, then for good."""

import asyncio
from asyncio.subprocess import Process

STOP_SECONDS = 10.0


async def end(bot: Process) -> None:
    """Ask it to stop; kill it when it does not within STOP_SECONDS."""
    if bot.returncode is not None:
        return
    bot.terminate()
    try:
        await asyncio.wait_for(bot.wait(), STOP_SECONDS)
    except TimeoutError:
        bot.kill()
        await bot.wait()
