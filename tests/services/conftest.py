"""The town on both engines; after every test its books must be right."""

from collections.abc import AsyncIterator

import pytest

from storage import OpenStorage
from tests.support.town import Town


@pytest.fixture
async def town(storage: OpenStorage) -> AsyncIterator[Town]:
    """A house with a seller, a buyer and an operator; audited when the test is over."""
    place = Town(storage)
    await place.settle_in()
    yield place
    async with storage.read() as uow:
        assert await uow.ledger.audit() == ()
