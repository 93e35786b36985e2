"""Backups: a whole copy of the database taken while the house works, and the way back.

SQLite is copied by its online backup, PostgreSQL by its own `pg_dump` and `pg_restore`. The file
is sealed (`storage.vault`). Which backups are kept: `storage.keeping`.
"""

import asyncio
import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from storage.errors import BadBackup
from storage.keeping import name_at, tidy
from storage.opening import sqlite_path
from storage.vault import open_file, seal_file

_PASSED_ON = {"host": "PGHOST", "sslmode": "PGSSLMODE", "port": "PGPORT"}


async def take(url: str, target: Path, *, key: bytes) -> None:
    """Copy the database at `url` into the sealed file `target`; raise BadBackup when it cannot.

    Writers go on meanwhile: the copy is of one moment.
    """
    path = sqlite_path(url)
    with _private_folder(target.parent) as folder:
        plain = Path(folder, "plain")
        if path is None:
            await _run("pg_dump", "--format=custom", f"--file={plain}", url=url)
        else:
            await asyncio.to_thread(copy_sqlite, path, plain)
        await asyncio.to_thread(seal_file, plain, target, key)


async def keep_one(url: str, folder: Path, *, key: bytes, now_ms: int) -> Path:
    """Take a backup into the folder and take away those that are not kept any more."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    target = folder / name_at(now_ms)
    await take(url, target, key=key)
    await asyncio.to_thread(tidy, folder)
    return target


async def give_back(url: str, sealed: Path, *, key: bytes) -> None:
    """Fill the database at `url` from a backup; raise BadBackup unless there is none yet."""
    path = sqlite_path(url)
    with _private_folder(_beside(path)) as folder:
        plain = Path(folder, "plain")
        if path is not None and path.exists():
            raise BadBackup(f"{path} exists: stop the bot and move it away first.")
        await asyncio.to_thread(open_file, sealed, plain, key)
        if path is None:
            await _run(
                *("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner"),
                *(f"--dbname={_database(url)}", str(plain)),
                url=url,
            )
        else:
            await asyncio.to_thread(_put_in_place, plain, path)


def copy_sqlite(source: Path, target: Path) -> None:
    """One consistent copy in one step, checked page by page; raise BadBackup."""
    if not source.exists():
        raise BadBackup(f"There is no database {source}.")
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as reading,
            closing(sqlite3.connect(target)) as writing,
        ):
            reading.backup(writing)
            writing.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as fault:
        raise BadBackup(f"The database {source} cannot be copied: {fault}.") from fault
    check_whole(target)


def check_whole(path: Path) -> None:
    """Raise BadBackup when SQLite finds the file damaged."""
    try:
        with closing(sqlite3.connect(path)) as database:
            found = database.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as fault:
        found = str(fault)
    if found != "ok":
        raise BadBackup(f"The copied database is damaged: {found}.")


def _private_folder(place: Path | None) -> tempfile.TemporaryDirectory[str]:
    try:
        return tempfile.TemporaryDirectory(dir=place, prefix=".gighaat-")
    except OSError as fault:
        raise BadBackup(f"Nothing can be written to {place}: {fault.strerror}.") from fault


def _put_in_place(plain: Path, path: Path) -> None:
    check_whole(plain)
    plain.rename(path)


def _beside(path: Path | None) -> Path | None:
    """Beside the database, so that the last step is a rename on one disk."""
    if path is None:
        return None
    path.parent.mkdir(exist_ok=True)
    return path.parent


async def _run(program: str, *arguments: str, url: str) -> None:
    """The password goes through the environment, where other users of the machine cannot read."""
    try:
        running = await asyncio.create_subprocess_exec(
            program, *arguments, env=_environment(url), stderr=asyncio.subprocess.PIPE
        )
    except FileNotFoundError:
        raise BadBackup(
            f"{program} is not installed: it comes with the client programs of PostgreSQL."
        ) from None
    _, said = await running.communicate()
    if running.returncode:
        words = " ".join(said.decode(errors="replace").split())
        raise BadBackup(f"{program} ended with {running.returncode}: {words}")


def _environment(url: str) -> dict[str, str]:
    parts = urlsplit(url)
    given = {
        "PGHOST": parts.hostname or "",
        "PGPORT": str(parts.port or ""),
        "PGUSER": unquote(parts.username or ""),
        "PGPASSWORD": unquote(parts.password or ""),
        "PGDATABASE": _database(url),
    }
    for name, values in parse_qs(parts.query).items():
        if name in _PASSED_ON:
            given[_PASSED_ON[name]] = values[-1]
    return dict(os.environ) | {name: value for name, value in given.items() if value}


def _database(url: str) -> str:
    return unquote(urlsplit(url).path.lstrip("/"))
