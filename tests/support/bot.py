"""python -m tests.support.bot: the bot with a clock that a file moves and with seeded ids.

The file named by GIGHAAT_TEST_CLOCK holds an offset in milliseconds. The product has no such door.
"""

import os
import sys
from pathlib import Path

from bot.__main__ import serve
from bot.clocks import WallClock
from tests.support.clock import SeededIds


class OffsetClock:
    """The wall clock plus the file's offset, read every time; an unreadable file means 0."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._wall = WallClock()

    def now_ms(self) -> int:
        return self._wall.now_ms() + self._offset_ms()

    def is_sane(self) -> bool:
        return self._wall.is_sane()

    def heard(self, date_ms: int) -> None:
        self._wall.heard(date_ms)

    def _offset_ms(self) -> int:
        try:
            return int(self._file.read_text()) if self._file else 0
        except (OSError, ValueError):
            return 0


def main() -> int:
    """A second run of one house must not repeat the ids of the first: the seed counts the runs."""
    name = os.environ.get("GIGHAAT_TEST_CLOCK")
    return serve(OffsetClock(Path(name) if name else None), SeededIds(os.getpid()))


if __name__ == "__main__":
    sys.exit(main())
