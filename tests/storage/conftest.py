"""A market on the stored house, and SQL past the repositories for tests of the guards."""

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import pytest

from storage import OpenStorage
from storage.sqlite import SqliteStorage
from tests.support.walk import Market, settle

Raw = Callable[[str], Awaitable[list[Any]]]


class Refused(Exception):
    """The database itself said no."""


@pytest.fixture
async def market(storage: OpenStorage) -> Market:
    """A buyer, a seller and a gig."""
    return await settle(storage)


@pytest.fixture
def raw(storage: Any) -> Raw:
    """Runs one statement in a database transaction of its own; answers its rows."""

    async def on_sqlite(sql: str) -> list[Any]:
        try:
            call: Callable[[Any], Awaitable[list[Any]]] = storage._writer.submit
            return await call(lambda conn: conn.execute(sql).fetchall())
        except sqlite3.IntegrityError as fault:
            raise Refused(str(fault)) from fault

    async def on_postgres(sql: str) -> list[Any]:
        try:
            return [tuple(row) for row in await storage._pool.fetch(sql)]
        except asyncpg.exceptions.IntegrityConstraintViolationError as fault:
            raise Refused(str(fault)) from fault

    return on_sqlite if isinstance(storage, SqliteStorage) else on_postgres
