"""Our transport and our lanes without storage: the same echo as the baseline's."""

import asyncio
import os
import sys
from typing import Any

os.environ["PTB_TIMEDELTA"] = "1"

from telegram import Update
from telegram.ext import ApplicationBuilder, MessageHandler, filters

from bot.kit.client import client
from bot.kit.lanes import LaneProcessor


async def echo(update: Update, _context: Any) -> None:
    """Say the same back."""
    assert update.message is not None
    await update.message.reply_text(update.message.text or "")


async def serve(url: str) -> None:
    """Fetch, and give every update to its lane."""
    bot, lanes = client("7:bench", url, has_limits=True), LaneProcessor()
    builder = ApplicationBuilder().bot(bot).updater(None).job_queue(None)
    application = builder.concurrent_updates(lanes).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    await application.initialize()
    offset: int | None = None
    working: set[asyncio.Task[None]] = set()
    while True:
        for raw in await bot.raw_updates(offset):
            offset = int(raw["update_id"]) + 1
            update = Update.de_json(raw, bot)
            dispatched = application.process_update(update)
            work = asyncio.create_task(lanes.process_update(update, dispatched))
            working.add(work)
            work.add_done_callback(working.discard)


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
