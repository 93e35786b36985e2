"""A stranger with a changed app presses what is not his, and then wishes to be forgotten."""

import sqlite3
from contextlib import closing
from random import Random

import pytest

from bot.i18n import plain
from bot.views.forgetting import forgotten_screen
from tests.stories import acts
from tests.stories.conftest import Town
from tests.support.actors import Actor
from tests.support.forging import Forger
from tests.support.office import digests

pytestmark = pytest.mark.story
FORGED = 60
BOOKS = (
    "orders",
    "order_event",
    "journal",
    "transfer",
    "account",
    "payment",
    "refund",
    "gig",
    "coupon",
    "withdrawal",
    "operator_act",
    "room_message",
)


def books(town: Town) -> dict[str, str]:
    """What orders and money are, as hashes."""
    with closing(sqlite3.connect(_file(town))) as connection:
        found = digests(connection)
    return {table: found[table] for table in BOOKS}


def _file(town: Town) -> str:
    return str(town.house.folder / "house.sqlite3")


async def test_a_stranger_changes_nothing_and_is_forgotten(town: Town) -> None:
    """60 forged buttons by the control interface: no effect; then the name is gone for good."""
    await acts.paid_order(town)
    stranger = await Actor.create(town.house.sandbox, "Mallory", town.buyer.tr.language)
    await stranger.arrives()
    await stranger.sees_button("My orders")
    await _presses(town, stranger)
    await _is_forgotten(town, stranger)


async def _presses(town: Town, stranger: Actor) -> None:
    def numbers(question: str) -> list[int]:
        with closing(sqlite3.connect(_file(town))) as connection:
            return [row[0] for row in connection.execute(question)]

    forger = Forger(Random(7), numbers)  # noqa: S311 - repeatable
    before = books(town)
    for _ in range(FORGED):
        message = await stranger.last()
        await town.house.sandbox.tap(stranger.id, message=message["id"], data=forger.foreign())
    assert books(town) == before


async def _is_forgotten(town: Town, stranger: Actor) -> None:
    await stranger.says("/deletemydata")
    await stranger.taps("Go on")
    await stranger.taps("Delete everything now")
    await stranger.sees(plain(forgotten_screen(stranger.tr).text).split("\n")[0])
    with closing(sqlite3.connect(_file(town))) as connection:
        (left,) = connection.execute(
            "SELECT count(*) FROM person_private JOIN person ON id = person_id"
            " WHERE telegram_id = ?",
            (stranger.id,),
        ).fetchone()
    assert left == 0
