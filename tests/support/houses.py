"""Older houses: a database at some version of the schema, filled by the programs of its time.

After migration N come the rows of `tests/storage/houses/N.sql`, where there are any; another house
has rows of its own, in files that end with its name.
"""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import asyncpg
import pytest

from storage.migrations import VERSION_TABLE, Migration, migrations
from tests.support.databases import Cluster, sqlite_url

HOUSES = Path(__file__).parents[1] / "storage" / "houses"
BYTES = re.compile(r"x'([0-9a-f]+)'")


async def house_at(
    version: int, engine: str, request: pytest.FixtureRequest, folder: Path, *, name: str = ""
) -> str:
    """The address of a filled house at that version."""
    steps = [step for step in migrations(engine) if step.version <= version]  # type: ignore[arg-type]
    parts = [VERSION_TABLE, *(part for step in steps for part in _parts(step, name))]
    if engine == "sqlite":
        path = folder / "old.sqlite3"
        with closing(sqlite3.connect(path)) as conn:
            conn.executescript(";\n".join(("PRAGMA synchronous = OFF", *parts)))
        return sqlite_url(path)
    cluster: Cluster = request.getfixturevalue("cluster")
    url = await cluster.create(template="template1")
    connection = await asyncpg.connect(url)
    for part in parts:
        await connection.execute(BYTES.sub(r"'\\x\1'", part))
    await connection.close()
    return url


def _parts(step: Migration, name: str) -> list[str]:
    noted = f"INSERT INTO schema_version VALUES ({step.version}, '{step.name}')"
    rows = HOUSES / f"{step.version:04}{name}.sql"
    filled = rows.read_text(encoding="utf-8") if rows.exists() else ""
    return [step.text, noted, f"BEGIN; {filled}; COMMIT" if filled else "SELECT 1"]
