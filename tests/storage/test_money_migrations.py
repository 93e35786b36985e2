"""Older houses that have worked with money: migrations lose nothing, and what was open goes on."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from market.claims import ClaimState
from market.money import Currency, Money
from market.notices import Notice
from market.states import State
from market.withdrawal import WithdrawalState
from services.registry import Services, wire
from services.rows import Command
from storage import OpenStorage, open_storage
from tests.storage.conftest import Raw, Refused
from tests.support.clock import SeededIds, SettableClock
from tests.support.databases import CIPHER
from tests.support.houses import house_at
from tests.support.money_day import HOUSE, OPERATOR, SECOND, number
from tests.support.payouts import FakePayoutRail
from tests.support.town import FakeMessenger

Rows = dict[str, list[tuple[Any, ...]]]
# The program of 0009 was killed then.
STOPPED_MS = 1_796_000_000_000
HOUSES = [(2, ""), (9, "_money"), (14, "_money")]
COLUMNS = (
    "SELECT table_name, column_name FROM information_schema.columns"
    " WHERE table_schema = 'public' ORDER BY ordinal_position"
)


async def _asked(url: str, sql: str) -> list[tuple[Any, ...]]:
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as conn:
            return list(conn.execute(sql))
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(sql)]
    finally:
        await connection.close()


async def _columns(url: str) -> dict[str, list[str]]:
    """The columns of every table, but for the list of migrations and what they fill themselves."""
    if url.startswith("sqlite"):
        sql = (
            "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c"
            " WHERE t.type = 'table'"
        )
    else:
        sql = COLUMNS
    found: dict[str, list[str]] = {}
    for table, column in await _asked(url, sql):
        found.setdefault(table, []).append(column)
    return {
        table: columns
        for table, columns in found.items()
        if table != "schema_version" and "transition" not in table
    }


async def _rows(url: str, columns: dict[str, list[str]]) -> Rows:
    return {
        table: sorted(await _asked(url, f"SELECT {', '.join(names)} FROM {table}"), key=repr)
        for table, names in columns.items()
    }


@pytest.mark.parametrize(("version", "name"), HOUSES)
async def test_every_row_is_kept(
    version: int, name: str, engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """What stood in any column of any table stands there still, and the books are right."""
    url = await house_at(version, engine, request, tmp_path, name=name)
    columns = await _columns(url)
    before = await _rows(url, columns)
    storage = await open_storage(url, cipher=CIPHER)
    async with storage.read() as uow:
        assert await uow.ledger.audit() == ()
    await storage.close()
    after = await _rows(url, columns)
    assert {table: rows for table, rows in before.items() if rows != after[table]} == {}


@pytest.fixture
async def storage(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[OpenStorage]:
    """The money house of 0009 with what 0014 added, opened by this program."""
    url = await house_at(14, engine, request, tmp_path, name="_money")
    opened = await open_storage(url, cipher=CIPHER)
    yield opened
    async with opened.read() as uow:
        assert await uow.ledger.audit() == ()
    await opened.close()


@pytest.fixture
def services(storage: OpenStorage) -> Services:
    """The program of today in that house."""
    return wire(storage, SettableClock(STOPPED_MS), SeededIds(), HOUSE)


def _by(telegram_id: int, key: str) -> Command:
    return Command(key, number(telegram_id))


async def test_what_is_new_says_what_was_so(storage: OpenStorage, raw: Raw) -> None:
    """Sendings keep the id that the provider may know; nothing is told, kept or given yet."""
    expected: dict[str, list[tuple[object, ...]]] = {
        "SELECT id, spend_id FROM withdrawal ORDER BY id": [(n, f"wd-{n}") for n in range(1, 8)],
        "SELECT DISTINCT hold FROM payment_intent": [(1,)],
        "SELECT DISTINCT again_ms FROM bill": [(0,)],
        "SELECT DISTINCT told_ms FROM refund": [(None,)],
        "SELECT open_ms, every_ms FROM sweep_run": [(None, 0)],
        "SELECT count(*), min(erased_ms) FROM claim": [(5, None)],
    }
    assert expected == {sql: [tuple(row) for row in await raw(sql)] for sql in expected}
    async with storage.read() as uow:
        (draw,) = await uow.proposals.draws(limit=9)
        agreed = await uow.proposals.of_charge("manual:bkash", "AAAA555555")
        assert (draw.given_to, draw.why, draw.amount) == (None, "", Money(1_500_000, Currency.BDT))
        assert agreed is not None
        assert agreed.is_confirmed
        assert await uow.proposals.alone(number(OPERATOR), Currency.BDT, after_ms=0) == 0


async def test_guards_stand_before_older_rows(raw: Raw, storage: OpenStorage) -> None:
    """The new ones too."""
    for sql in (
        "UPDATE withdrawal SET spend_id = 'other'",
        "UPDATE money_proposal SET why = 'x'",
        "UPDATE money_proposal SET given_to = 2 WHERE id = 1",
        "UPDATE payout_word SET reason = 'x'",
        "UPDATE claim SET reference = 'x'",
        "UPDATE tip SET amount_minor = 1",
        "UPDATE feed_row SET amount_minor = 1",
        "UPDATE balance_check SET reported_minor = 1",
    ):
        with pytest.raises(Refused):
            await raw(sql)


async def test_a_payout_on_its_way_arrives_once(services: Services, storage: OpenStorage) -> None:
    """It is asked for under the id that it was begun with."""
    rail, messenger = FakePayoutRail(), FakeMessenger()
    for _ in range(2):
        await services.post.drain(messenger, {"crypto_pay": rail})
    assert [call.spend_id for call in rail.calls] == ["wd-7"]
    async with storage.read() as uow:
        assert (await uow.withdrawals.get(7)).state is WithdrawalState.PAID
    assert Notice.WITHDRAWAL_PAID in messenger.notices()


async def test_what_waited_is_decided(services: Services, storage: OpenStorage) -> None:
    """A claim is seen, a request cancelled, a proposed draw confirmed by another person."""
    await services.claim_desk.see(_by(OPERATOR, "see"), 5, minor=123_651)
    await services.withdrawals.cancel(Command("cancel", 1), 6, version=0)
    await services.treasury.confirm_draw(_by(SECOND, "confirm"), 1)
    async with storage.read() as uow:
        claim = await uow.claims.get(5)
        assert ClaimState.PAID is claim.state
        assert State.IN_PROGRESS is (await uow.orders.get(claim.order_id)).state
        assert WithdrawalState.CANCELLED is (await uow.withdrawals.get(6)).state
        assert (await uow.proposals.get(1)).is_confirmed
