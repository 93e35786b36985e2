"""The subcommands of python -m bot, and the one line that operators read when it cannot start.

Running the bot itself is `bot.__main__`'s.
"""

import sys
from collections.abc import Awaitable, Callable

from telegram.error import InvalidToken, TelegramError

from bot.clocks import RandomIds, WallClock
from bot.config import Misconfigured, Settings, load
from services.registry import wire
from storage.cipher import Cipher
from storage.errors import CannotOpen, WrongKey
from storage.opening import open_storage

OK, FOUND, CANNOT = 0, 1, 2


async def check() -> int:
    """Say what is missing in the settings, one line each; else who may do what."""
    try:
        settings = ready()
    except Misconfigured as error:
        sys.stdout.write("\n".join(error.lines) + "\n")
        return CANNOT
    sys.stdout.write("\n".join(["The settings are complete.", *settings.roles()]) + "\n")
    return OK


async def audit() -> int:
    """Check the ledger from scratch, one line per finding."""
    settings = ready()
    storage = await open_storage(settings.database, cipher=Cipher(settings.sealing_key()))
    try:
        services = wire(storage, WallClock(), RandomIds(), settings.policy())
        findings = await services.upkeep.audit()
    finally:
        await storage.close()
    lines = [f"{one.rule}: {one.detail}" for one in findings] or ["The books are right."]
    sys.stdout.write("\n".join(lines) + "\n")
    return FOUND if findings else OK


COMMANDS: dict[str, Callable[[], Awaitable[int]]] = {"audit": audit, "check": check}


def ready() -> Settings:
    """The settings, complete; raises Misconfigured."""
    settings = load()
    if missing := settings.missing():
        raise Misconfigured(*missing)
    return settings


async def told(work: Callable[[], Awaitable[int]]) -> int:
    """What an operator can mend is one line and exit code 2; everything else is a bug."""
    try:
        return await work()
    except Misconfigured as error:
        lines = error.lines
    except InvalidToken:
        lines = ("Telegram refuses GIGHAAT_TOKEN: copy it again from @BotFather",)
    except (CannotOpen, WrongKey) as error:
        lines = (f"GIGHAAT_DATABASE: {error}",)
    except TelegramError as error:
        lines = (f"Telegram cannot be reached at GIGHAAT_BASE_URL: {error.message}",)
    sys.stderr.write(" ".join("; ".join(lines).split()) + "\n")
    return CANNOT
