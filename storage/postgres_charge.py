"""On PostgreSQL one process at a time handles the updates, the others stand by.

The charge is a lock of one connection: it ends with its process, however that ends.
"""

import asyncio
from typing import Any

import asyncpg

from storage.postgres_faults import postgres_faults

_KEY = 0x67696768616175
_PATIENCE_S = 5.0


class SessionCharge:
    """A lock of PostgreSQL that lives and dies with one connection."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: Any = None
        self._has = False
        self._asking = asyncio.Lock()

    async def is_ours(self) -> bool:
        """Ask the server each time: a lost connection is a lost charge."""
        async with self._asking:
            try:
                with postgres_faults():
                    return await self._ask()
            except BaseException:
                await self.end()
                raise

    async def _ask(self) -> bool:
        if self._connection is None:
            self._connection = await asyncpg.connect(self._url, timeout=_PATIENCE_S)
        question = "SELECT true" if self._has else f"SELECT pg_try_advisory_lock({_KEY})"
        self._has = bool(await self._connection.fetchval(question, timeout=_PATIENCE_S))
        return self._has

    async def end(self) -> None:
        """Let it go."""
        connection, self._connection, self._has = self._connection, None, False
        if connection is not None:
            connection.terminate()
