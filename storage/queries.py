"""The named queries of storage/sql, loaded by aiosql, and how repositories call them.

`Sql` is one connection within one unit of work. Repositories never see a driver.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal

import aiosql
from aiosql.query_loader import QueryLoader

from storage.adapters import PostgresAdapter, SqliteAdapter

Engine = Literal["sqlite", "postgres"]
Row = Mapping[str, Any]
Value = Any

_NAME = re.compile(r"--\s*name\s*:\s*")
FOLDER = Path(__file__).parent / "sql"


@cache
def load(engine: Engine) -> Value:
    """All queries of one engine: the shared ones and those that must differ."""
    files = sorted(FOLDER.glob("*.sql")) + sorted((FOLDER / engine).glob("*.sql"))
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    adapter: Value = SqliteAdapter if engine == "sqlite" else PostgresAdapter
    return aiosql.from_str(text, adapter, loader_cls=_Loader)


class _Loader(QueryLoader):
    """The parent looks for /* comments */ at every letter, longer than all else takes."""

    def load_query_data_from_sql(
        self, sql: str, ns_parts: list[str], fname: Path | str = "<unknown>"
    ) -> list[Value]:
        assert "/*" not in sql, "comments in storage/sql are lines"
        parts = _NAME.split(sql)[1:]
        return [self._make_query_datum(part, ns_parts, (fname, 0)) for part in parts]


class Sql:
    """Runs named queries on one connection. `locked` holds the orders read for writing."""

    def __init__(self, queries: Value, connection: Value, *, writing: bool) -> None:
        self._queries = queries
        self._connection = connection
        self.writing = writing
        self.locked: set[int] = set()

    async def one(self, name: str, /, **values: object) -> Row | None:
        row: Row | None = await getattr(self._queries, name)(self._connection, **values)
        return row

    async def value(self, name: str, /, **values: object) -> Value:
        return await getattr(self._queries, name)(self._connection, **values)

    async def rows(self, name: str, /, **values: object) -> list[Row]:
        query = getattr(self._queries, name)
        return [row async for row in query(self._connection, **values)]

    async def run(self, name: str, /, **values: object) -> None:
        """A write whose outcome decides nothing."""
        await getattr(self._queries, name)(self._connection, **values)

    async def many(self, name: str, rows: Sequence[Mapping[str, object]]) -> None:
        """The same write for each row, in one go."""
        if rows:
            await getattr(self._queries, name)(self._connection, rows)
