"""On SQLite one process handles the updates: a second one would answer everything twice.

The charge ends with its process, also by `kill -9`: nobody has to wait for a lease.
"""

import fcntl
import os
from pathlib import Path


class FileCharge:
    """A lock on a file of its own beside the database (SQLite keeps its locks on the others)."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f"{path.name}-charge")
        self._descriptor: int | None = None

    def is_ours(self) -> bool:
        """True from the first time on that nobody else had it."""
        if self._descriptor is not None:
            return True
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        except OSError:  # a file system without locks: SQLite wants one process there anyway
            pass
        self._descriptor = descriptor
        return True

    def end(self) -> None:
        """Let it go."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
