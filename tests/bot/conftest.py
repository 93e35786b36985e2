"""The town on SQLite: the front end needs one engine, the services are tested on both."""

from collections.abc import AsyncIterator

import pytest

from storage import OpenStorage
from tests.support.town import Town


@pytest.fixture
async def town(sqlite_storage: OpenStorage) -> AsyncIterator[Town]:
    """A house with a seller, a buyer and an operator; audited when the test is over."""
    place = Town(sqlite_storage)
    await place.settle_in()
    yield place
    async with sqlite_storage.read() as uow:
        assert await uow.ledger.audit() == ()
