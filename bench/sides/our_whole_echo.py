"""The same echo on the whole stack: inbox, lanes, sessions and finishing on SQLite, FULL."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

os.environ["PTB_TIMEDELTA"] = "1"

from telegram.ext import ApplicationBuilder, MessageHandler, filters

from bench.sides.our_echo import echo
from bot.clocks import RandomIds, WallClock
from bot.kit.apology import Apology
from bot.kit.client import Client, client
from bot.kit.doorway import Doorway
from bot.kit.errors import record
from bot.kit.finishing import Finishing
from bot.kit.inbox import Inbox
from bot.kit.lanes import Desk, LaneProcessor
from bot.kit.witness import Witness
from market.policy import Policy
from services.registry import Services, wire
from storage import Cipher, open_storage


def wired(bot: Client, services: Services) -> tuple[Any, Inbox]:
    """The parts that `bot.app` wires, around one handler."""
    lanes = LaneProcessor()
    builder = ApplicationBuilder().bot(bot).updater(None).job_queue(None)
    application = builder.concurrent_updates(lanes).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.add_error_handler(record)
    dispatch = application.process_update
    desk = Desk(
        keeper=Finishing(services.intake),
        clock=WallClock(),
        dispatch=dispatch,
        prepare=Doorway([], frozenset()).prepare,
        apologise=Apology(bot, services),
    )
    lanes.work_with(desk)
    witness = Witness(WallClock())
    return application, Inbox(
        bot, intake=services.intake, lanes=lanes, dispatch=dispatch, witness=witness
    )


async def serve(url: str) -> None:
    """Until killed."""
    file = Path(os.environ["BENCH_FOLDER"]) / "bench.sqlite3"
    storage = await open_storage(f"sqlite:///{file}", cipher=Cipher(bytes(32)))
    services = wire(storage, WallClock(), RandomIds(), Policy())
    application, inbox = wired(client("7:bench", url, has_limits=True), services)
    await application.initialize()
    await inbox.run()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
