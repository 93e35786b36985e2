"""Providers' lists beside the ledger, on both engines."""

import pytest

from market.money import Currency, Money
from market.trust import Check
from services.feed_rows import FeedRow, Reading
from storage import OpenStorage
from tests.storage.conftest import Raw, Refused
from tests.support.walk import Market

ROW = FeedRow(
    rail="stars",
    external_id="t1",
    direction="in",
    kind="invoice",
    amount=Money(50, Currency.XTR),
    at_ms=1_000,
    telegram_id=1001,
)


async def test_how_far_a_list_was_read(storage: OpenStorage) -> None:
    """Nothing at first; without a moment the last whole reading stays known."""
    async with storage.begin() as unit:
        assert Reading(0, None) == await unit.books.reading("stars")
        await unit.books.read_on("stars", Reading(7, 5_000))
        await unit.books.read_on("stars", Reading(9, None))
        assert Reading(9, 5_000) == await unit.books.reading("stars")


async def test_a_line_is_booked_once(storage: OpenStorage) -> None:
    """Seen lines are open until they are booked; a failure is kept beside them."""
    async with storage.begin() as unit:
        assert await unit.books.see(ROW, now_ms=2_000)
        await unit.books.fail(ROW, "no luck")
        (open_row,) = await unit.books.open_rows(before_ms=2_000, limit=9)
        assert (open_row.external_id, open_row.error) == ("t1", "no luck")
        assert await unit.books.booked("stars", from_ms=0, until_ms=9_999) == set()
        await unit.books.book(ROW, "paid")
        assert not await unit.books.see(ROW, now_ms=3_000)
        assert await unit.books.open_rows(before_ms=9_999, limit=9) == ()
        assert await unit.books.booked("stars", from_ms=0, until_ms=9_999) == {("t1", "in")}


async def test_checks_are_kept_newest_first(storage: OpenStorage, market: Market) -> None:
    """What was reported, beside what the ledger said."""
    check = Check(
        rail="manual:bkash",
        currency="BDT",
        reported_minor=5,
        stored_minor=7,
        in_flight_minor=0,
        at_ms=1,
        operator_id=market.buyer.id,
    )
    async with storage.begin() as unit:
        await unit.books.add_check(check)
        assert (check,) == await unit.books.checks("manual:bkash", "BDT", limit=1)
        assert await unit.books.balance("A:prov:nobody:XTR") == 0


FORBIDDEN = (
    "UPDATE feed_row SET booked = 'paid' WHERE external_id = 't1'",
    "UPDATE feed_row SET amount_minor = 1 WHERE external_id = 't2'",
    "DELETE FROM feed_row",
    "UPDATE balance_check SET reported_minor = 1",
    "DELETE FROM balance_check",
)


@pytest.mark.parametrize("sql", FORBIDDEN)
async def test_what_was_seen_stays(storage: OpenStorage, raw: Raw, sql: str) -> None:
    """A line is booked once and never edited, a check never at all."""
    async with storage.begin() as unit:
        await unit.books.see(ROW, now_ms=1)
        await unit.books.book(ROW, "known")
        row = FeedRow(
            rail="stars",
            external_id="t2",
            direction="out",
            kind="api",
            amount=ROW.amount,
            at_ms=1,
        )
        await unit.books.see(row, now_ms=1)
        check = Check(
            rail="stars",
            currency="XTR",
            reported_minor=0,
            stored_minor=0,
            in_flight_minor=0,
            at_ms=1,
        )
        await unit.books.add_check(check)
    with pytest.raises(Refused):
        await raw(sql)
