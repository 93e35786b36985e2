"""An older house is opened by this program: nothing is lost and the books stay right."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from market.contract import Order
from market.deadlines import DEFAULT
from market.review import Review
from market.states import Event, Role, State
from storage import OpenStorage, open_storage
from storage.migrations import VERSION_TABLE, migrations
from tests.support.databases import CIPHER, Cluster, sqlite_url
from tests.support.lives import (
    DELIVERED,
    PAID,
    SUBMIT,
    WORK,
    Step,
    Town,
    change_of,
    take,
)
from tests.support.walk import PICTURE, START_MS, Market, draft

HOUSE = Path(__file__).parent / "houses" / "0001.sql"
_REVISED = (*DELIVERED, Step(Event.REVISE, Role.BUYER))
_DONE = (*DELIVERED, Step(Event.ACCEPT, Role.BUYER))
WAYS: dict[int, tuple[Step, ...]] = {
    1: (),
    2: (SUBMIT,),
    3: (SUBMIT, PAID),
    4: WORK,
    5: DELIVERED,
    6: _REVISED,
    7: (*_REVISED, Step(Event.RESUME, Role.SELLER)),
    8: _DONE,
    9: (*_DONE, Step(Event.CLEAR, Role.CLOCK)),
    10: (SUBMIT, Step(Event.CANCEL_UNPAID, Role.BUYER)),
    11: (*WORK, Step(Event.SELLER_CANCEL, Role.SELLER)),
    12: (SUBMIT, PAID, Step(Event.BUYER_CANCEL_EARLY, Role.BUYER)),
    13: (SUBMIT, Step(Event.EXPIRE, Role.CLOCK)),
}


@pytest.fixture
async def old_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database at version 1 in which that version's program has worked."""
    first = migrations(engine)[0]  # type: ignore[arg-type]
    text = HOUSE.read_text(encoding="utf-8")
    if engine == "sqlite":
        path = tmp_path / "old.sqlite3"
        with closing(sqlite3.connect(path)) as conn:
            conn.executescript(f"{VERSION_TABLE}; {first.text}; BEGIN; {text}; COMMIT")
            conn.execute("INSERT INTO schema_version VALUES (1, 'first')")
            conn.commit()
        return sqlite_url(path)
    cluster: Cluster = request.getfixturevalue("cluster")
    url = await cluster.create(template="template1")
    connection = await asyncpg.connect(url)
    for part in (VERSION_TABLE, first.text, text):
        await connection.execute(part)
    await connection.execute("INSERT INTO schema_version VALUES (1, 'first')")
    await connection.close()
    return url


@pytest.fixture
async def opened(old_url: str) -> Any:
    """The older house, opened by this program."""
    storage = await open_storage(old_url, cipher=CIPHER)
    yield storage
    await storage.close()


async def _town(storage: OpenStorage) -> Town:
    """The people of the older house, and the gig."""
    async with storage.begin() as unit:
        buyer, seller = await unit.people.get(1), await unit.people.get(2)
        gig = await unit.gigs.get(1)
        operators = [
            await unit.people.add(tid, language="en", zone="UTC", now_ms=1) for tid in (1003, 1004)
        ]
    return Town(market=Market(buyer, seller, gig), operators=(operators[0], operators[1]))


def _as_made_now(order_id: int, town: Town) -> Order:
    """The order after the same steps in this version's market.

    The older one reminded no seller: work that was under way keeps the buyer's reminder.
    """
    order = replace(draft(town.market), id=order_id)
    for step in WAYS[order_id]:
        made = change_of(order, step, town).order
        assert made is not None
        order = made
    if order.state is not State.IN_PROGRESS or order.due_at_ms is None:
        return order
    return replace(order, nudge_at_ms=order.due_at_ms + DEFAULT.late_nudges_ms[0])


async def test_orders_are_what_they_would_be_now(opened: OpenStorage) -> None:
    """In every state an older order equals one that this version made; the audit is clean."""
    town = await _town(opened)
    async with opened.read() as unit:
        stored = {number: await unit.orders.get(number) for number in WAYS}
        assert await unit.ledger.audit() == ()
    assert {number: _as_made_now(number, town) for number in WAYS} == stored


async def test_older_orders_live_on(opened: OpenStorage) -> None:
    """They take the new ways, and their books stay right."""
    town = await _town(opened)
    ways = {
        4: (Step(Event.ASK_TIME, Role.SELLER, days=1), Step(Event.EXTEND, Role.BUYER)),
        5: (Step(Event.ASK_CANCEL, Role.BUYER, minor=9), Step(Event.AGREE_CANCEL, Role.SELLER)),
        6: (Step(Event.DISPUTE, Role.BUYER), Step(Event.CONCEDE_SELLER, Role.SELLER)),
        8: (Step(Event.REOPEN, Role.OPERATOR), Step(Event.FALLBACK, Role.CLOCK)),
        2: (Step(Event.CLAIM, Role.BUYER), PAID),
    }
    for number, steps in ways.items():
        for step in steps:
            await take(opened, number, step, town)
    async with opened.read() as unit:
        assert await unit.ledger.audit() == ()


async def test_what_belongs_to_orders_is_kept(opened: OpenStorage) -> None:
    """Answers, deliveries without a digest, reviews without questions, histories."""
    files = (PICTURE, replace(PICTURE, file_id="f2", kind="document"))
    async with opened.read() as unit:
        (delivery,) = await unit.orders.deliveries(8)
        answer = await unit.orders.answer(4)
        reviews = await unit.reviews.of_order(9)
        history = await unit.orders.history(9)
    assert ("Here it is", files, "") == (delivery.text, delivery.files, delivery.digest)
    assert answer is not None
    assert answer.files == (PICTURE,)
    said = Review(
        order_id=9,
        author_id=1,
        subject_id=2,
        role=Role.BUYER,
        stars=5,
        words="ভালো",
        written_ms=START_MS,
        visible_from_ms=START_MS,
    )
    assert (said, replace(said, author_id=2, subject_id=1, role=Role.SELLER)) == reviews
    assert [(event.minor, event.days) for event in history] == [(0, 0)] * 7


async def test_gigs_and_the_outbox_are_kept(opened: OpenStorage) -> None:
    """A paused gig stays paused; a queued refund is still one, and what was sent is not again."""
    async with opened.begin() as unit:
        gigs = await unit.gigs.of_seller(2, limit=9)
        rows = await unit.outbox.claim(START_MS + DEFAULT.day_ms, lease_ms=1, limit=99)
    assert [(gig.id, gig.state) for gig in gigs] == [(2, "paused"), (1, "active")]
    assert [(row.kind, row.refund_charge_id) for row in rows if row.kind == "refund"] == [
        ("refund", "ch11")
    ]
    waiting = {row.message.key for row in rows if row.message}
    assert {"order:11:v1:invoice:1", "order:11:v2:order_paid_seller:2"} == waiting
