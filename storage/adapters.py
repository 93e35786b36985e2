"""How aiosql talks to our two drivers: one hop or round trip per statement."""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, NoReturn

from aiosql.adapters.asyncpg import AsyncPGAdapter

Values = Mapping[str, object]
Connection = Any
Found = Any


def _refuse(*_: object) -> NoReturn:
    raise RuntimeError("this kind of query is not used here (see tests/storage/test_queries.py)")


class SqliteAdapter:
    """On `storage.link.Link`, whose methods cost one thread hop each."""

    is_aio_driver = True
    insert_returning = staticmethod(_refuse)
    execute_script = staticmethod(_refuse)
    select_cursor = staticmethod(_refuse)

    def process_sql(self, _name: str, _kind: object, sql: str) -> str:
        return sql

    async def select(
        self, link: Connection, _name: str, sql: str, values: Values, _cls: object = None
    ) -> AsyncIterator[Found]:
        for row in await link.fetch(sql, values):
            yield row

    async def select_one(
        self, link: Connection, _name: str, sql: str, values: Values, _cls: object = None
    ) -> Found:
        rows = await link.fetch(sql, values)
        return rows[0] if rows else None

    async def select_value(self, link: Connection, _name: str, sql: str, values: Values) -> Found:
        rows = await link.fetch(sql, values)
        return rows[0][0] if rows else None

    async def insert_update_delete(
        self, link: Connection, _name: str, sql: str, values: Values
    ) -> None:
        await link.fetch(sql, values)

    async def insert_update_delete_many(
        self, link: Connection, _name: str, sql: str, rows: Sequence[Values]
    ) -> None:
        await link.many(sql, rows)


class PostgresAdapter(AsyncPGAdapter):
    """On an asyncpg connection; the parent numbers the parameters."""

    insert_returning = staticmethod(_refuse)
    execute_script = staticmethod(_refuse)

    async def select(
        self, connection: Connection, name: str, sql: str, values: Values, _cls: object = None
    ) -> AsyncIterator[Found]:
        for row in await connection.fetch(sql, *self._in_order(name, values)):
            yield row

    async def select_one(
        self, connection: Connection, name: str, sql: str, values: Values, _cls: object = None
    ) -> Found:
        return await connection.fetchrow(sql, *self._in_order(name, values))

    async def select_value(
        self, connection: Connection, name: str, sql: str, values: Values
    ) -> Found:
        return await connection.fetchval(sql, *self._in_order(name, values))

    async def insert_update_delete(
        self, connection: Connection, name: str, sql: str, values: Values
    ) -> None:
        await connection.execute(sql, *self._in_order(name, values))

    async def insert_update_delete_many(
        self, connection: Connection, name: str, sql: str, rows: Sequence[Values]
    ) -> None:
        await connection.executemany(sql, [self._in_order(name, values) for values in rows])

    def _in_order(self, name: str, values: Values) -> list[object]:
        return [values[key] for key in self.var_sorted[name]]
