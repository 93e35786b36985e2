"""The whole bot, as `python -m bot` runs it, on a database of its own."""

import os
import sys
from pathlib import Path

from bot.__main__ import serve
from bot.clocks import RandomIds, WallClock

KEY = bytes(32)


def database() -> str:
    """Where this side's database lies."""
    return f"sqlite:///{Path(os.environ['BENCH_FOLDER']) / 'bench.sqlite3'}"


def main(url: str) -> int:
    """Until killed."""
    given = {
        "TOKEN": "7:bench",
        "BASE_URL": url,
        "DATABASE": database(),
        "KEY": KEY.hex(),
        "LOG_LEVEL": "WARNING",
    }
    os.environ.update({f"GIGHAAT_{name}": value for name, value in given.items()})
    return serve(WallClock(), RandomIds())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
