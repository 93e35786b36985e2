"""A house per story: sandbox, bot, an operator, a group with topics, a seller and a buyer."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.actors import Actor
from tests.support.house import House

DAY_MS = 86_400_000
HOUR_MS = 3_600_000


@dataclass
class Town:
    """The people of a story and the house they use."""

    house: House
    seller: Actor
    buyer: Actor
    operator: Actor
    group: int


@pytest.fixture(params=["bn-en", "en-bn"])
def languages(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The seller's and the buyer's language; every story runs both ways round."""
    seller, buyer = request.param.split("-")
    return seller, buyer


@pytest.fixture
async def town(tmp_path: Path, languages: tuple[str, str]) -> AsyncIterator[Town]:
    """Everybody exists, the bot runs and is an admin of the group; nobody has said a word."""
    house = await House.open(tmp_path)
    yield await peopled(house, languages)
    await house.close()


async def peopled(house: House, languages: tuple[str, str]) -> Town:
    """Make the people and the group, then start the bot."""
    seller = await Actor.create(house.sandbox, "Rahima", languages[0])
    buyer = await Actor.create(house.sandbox, "Ann", languages[1], stars=2_000)
    operator = await Actor.create(house.sandbox, "Olivia", "en")
    members = [seller.id, buyer.id, operator.id]
    made = await house.sandbox.chat(
        "supergroup", title="Market", is_forum=True, members=members, admins=[operator.id]
    )
    house.operators = (operator.id,)
    await house.sandbox.member("bot", act="join", chat=made["id"])
    await house.sandbox.member("bot", act="promote", chat=made["id"])
    await house.start_bot()
    return Town(house, seller, buyer, operator, made["id"])
