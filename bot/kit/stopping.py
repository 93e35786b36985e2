"""Work that goes on until somebody asks for the end."""

import asyncio
from collections.abc import Coroutine
from typing import Any


async def unless(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Do it, and answer True when it was done before the stop; what fails, flies."""
    doing, asked = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({doing, asked}, return_when=asyncio.FIRST_COMPLETED)
    is_done = doing.done()
    for one in (doing, asked):
        one.cancel()
    await asyncio.gather(doing, asked, return_exceptions=True)
    if is_done:
        doing.result()
    return is_done
