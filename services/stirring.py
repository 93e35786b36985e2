"""A Storage that stirs the post after every commit, so that new outbox rows leave at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from services.ports import Storage, UnitOfWork


class Stirring:
    """Wraps the real storage. The post and the inbox do not use it: their commits queue little."""

    def __init__(self, storage: Storage, stir: asyncio.Event) -> None:
        self._storage = storage
        self._stir = stir

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        async with self._storage.begin() as uow:
            yield uow
        self._stir.set()

    def read(self) -> AbstractAsyncContextManager[UnitOfWork]:
        return self._storage.read()

    async def in_charge(self) -> bool:
        return await self._storage.in_charge()
