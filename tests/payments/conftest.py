"""A bench with Crypto Pay on it."""

from collections.abc import AsyncIterator

import pytest

from market.people import Person, Standing
from tests.support.crypto_bench import PAYEE, START_MS, Bench


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    """A provider with 100 USDT of ours and one person who has an account there."""
    made = await Bench.open()
    yield made
    await made.close()


@pytest.fixture
def payee() -> Person:
    """Who paid, and gets it back."""
    return Person(
        id=1,
        telegram_id=PAYEE,
        language="en",
        zone="Asia/Dhaka",
        standing=Standing.GOOD,
        terms_version=1,
        created_ms=START_MS,
    )
