"""How often one person may do what costs others time or money."""

from dataclasses import replace

import pytest

from market.errors import TooManyOrders
from market.states import State
from services.ports import Storage
from tests.support.town import POLICY, Town


async def test_orders_within_an_hour_have_a_limit(storage: Storage) -> None:
    """The third is refused, an hour after the first it goes; without a limit all go."""
    town = Town(storage, replace(POLICY, orders_an_hour=2))
    await town.settle_in()
    gigs = [await town.gig(title=f"A gig with number {number}") for number in range(3)]
    await town.placed(gigs[0])
    town.clock.advance(1_000)
    await town.placed(gigs[1])
    with pytest.raises(TooManyOrders):
        await town.placed(gigs[2])
    town.clock.advance(3_599_000)
    assert (await town.placed(gigs[2])).state is State.AWAITING_PAYMENT
