"""Opening the stored house by its address."""

from pathlib import Path
from typing import Protocol

from services.ports import Storage
from storage.cipher import Cipher
from storage.errors import CannotOpen
from storage.sqlite import open_sqlite

_SQLITE = "sqlite:///"
_POSTGRES = ("postgresql://", "postgres://")


class OpenStorage(Storage, Protocol):
    """A storage that is open and wants to be closed."""

    async def close(self) -> None: ...


async def open_storage(url: str, *, cipher: Cipher) -> OpenStorage:
    """`sqlite:///file.sqlite3` (four slashes for an absolute path) or `postgresql://…`."""
    path = sqlite_path(url)
    if path is not None:
        return await open_sqlite(path, cipher=cipher)
    if url.startswith(_POSTGRES):
        # A house on SQLite, the default, starts without loading the other driver.
        from storage.postgres import open_postgres  # noqa: PLC0415

        return await open_postgres(url, cipher=cipher)
    raise CannotOpen("The database address begins with sqlite:/// or postgresql://.")


def sqlite_path(url: str) -> Path | None:
    """The file that the address names; None for a PostgreSQL database."""
    return Path(url.removeprefix(_SQLITE)) if url.startswith(_SQLITE) else None
