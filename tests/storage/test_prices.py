"""Prices in storage: what the database refuses, what the audit finds, and older houses."""

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from market import postings
from market.errors import CouponRefused
from market.money import Currency, Money
from market.paying import Paying
from market.split import BP, Pricing, Split, split
from market.states import Event, State
from storage import OpenStorage, open_storage
from tests.storage.conftest import Raw, Refused
from tests.support.databases import CIPHER
from tests.support.houses import house_at
from tests.support.prices import give_budget, give_credit, new_coupon
from tests.support.town import Town

GUARD = (sqlite3.IntegrityError, asyncpg.exceptions.IntegrityConstraintViolationError)
_COUPON = (
    "INSERT INTO coupon (code, seller_id, percent_bp, amount_minor, currency, from_ms, until_ms,"
    " made_by, made_ms) VALUES ({})"
)
_AGAIN = (
    "INSERT INTO orders (buyer_id, seller_id, gig_id, gig_version_id, package_id, currency,"
    " price_minor, fee_bp, fee_least_minor, delivery_days, revisions, clearing_ms, charge_hold_ms,"
    " asks_requirements, state, version, last_event, created_ms, coupon_minor, coupon_id,"
    " from_credit_minor, from_earned_minor)"
    " SELECT buyer_id, seller_id, gig_id, gig_version_id, package_id, currency, price_minor,"
    " fee_bp, fee_least_minor, delivery_days, revisions, clearing_ms, charge_hold_ms,"
    " asks_requirements, 'draft', 0, 'create', created_ms, {} FROM orders WHERE id = 1"
)
BAD = {
    "coupon after the draft": "UPDATE orders SET coupon_minor = 1 WHERE id = 1",
    "fee after the draft": "UPDATE orders SET buyer_fee_minor = 1 WHERE id = 1",
    "credit after the draft": "UPDATE orders SET from_credit_minor = 1 WHERE id = 1",
    "earnings after the draft": "UPDATE orders SET from_earned_minor = 1 WHERE id = 1",
    "another coupon": "UPDATE orders SET coupon_id = NULL WHERE id = 1",
    "hold without the fee": "UPDATE orders SET held_minor = 249 WHERE id = 1",
    "coupon twice": _AGAIN.format("50, 1, 0, 0"),
    "more coupon than price": _AGAIN.format("251, 1, 0, 0"),
    "coupon of nobody": _AGAIN.format("50, NULL, 0, 0"),
    "more balance than due": _AGAIN.format("0, NULL, 200, 51"),
    "edit of a coupon": "UPDATE coupon SET percent_bp = 9999, stopped_ms = 5",
    "delete of a coupon": "DELETE FROM coupon",
    "code twice": _COUPON.format("'EID20', NULL, 1, NULL, 'XTR', 1, 2, 1, 1"),
    "two worths": _COUPON.format("'X', NULL, 1, 1, 'XTR', 1, 2, 1, 1"),
    "no worth": _COUPON.format("'X', NULL, NULL, NULL, 'XTR', 1, 2, 1, 1"),
    "no currency": _COUPON.format("'X', NULL, 1, NULL, NULL, 1, 2, 1, 1"),
    "no time": _COUPON.format("'X', NULL, 1, NULL, 'XTR', 2, 2, 1, 1"),
    "overdrawn budget": (
        "INSERT INTO transfer (journal_key, line, code, debit, credit, currency, amount_minor)"
        " VALUES ('order:1:hold', 9, 'P3', 'Q:promo:XTR', 'A:prov:stars:XTR', 'XTR', 1)"
    ),
}


@pytest.fixture
async def town(storage: OpenStorage) -> Town:
    """Order 1 has been paid with a coupon of the house and with credit."""
    place = Town(storage)
    await place.settle_in()
    await give_budget(storage, 50)
    await give_credit(storage, place.buyer.id, 20)
    new = new_coupon(place.clock.now_ms())
    await place.services.coupons.make_for_house(place.command(place.operator), new)
    gig = await place.gig()
    order = await place.services.orders.place(
        place.command(place.buyer), gig.id, gig.version_id, Paying(code="EID20")
    )
    await place.pay(order)
    return place


@pytest.mark.parametrize("sql", BAD.values(), ids=BAD.keys())
async def test_bad_prices_are_refused(town: Town, raw: Raw, sql: str) -> None:
    """Whoever writes it, the database itself says no, and the order stands as it stood."""
    with pytest.raises(Refused):
        await raw(sql)
    assert (await town.order(1)).held_minor == 250


async def test_a_priced_order_is_stored_whole(town: Town) -> None:
    """What was agreed is what is read."""
    order = await town.order(1)
    terms = order.terms
    assert (terms.coupon_minor, terms.coupon_id, terms.buyer_fee_minor) == (50, 1, 0)
    assert (order.from_credit_minor, order.from_earned_minor, order.charge.minor) == (20, 0, 180)
    assert order.state is State.AWAITING_REQUIREMENTS


async def test_a_stopped_coupon_leaves_its_code(town: Town, raw: Raw) -> None:
    """The code of a stopped coupon may be given again, and the newer one counts."""
    await raw("UPDATE coupon SET stopped_ms = 5")
    await raw(_COUPON.format("'EID20', NULL, 100, NULL, 'XTR', 1, 9000000000000, 1, 1"))
    async with town.storage.read() as unit:
        found = await unit.coupons.find("EID20", seller_id=town.seller.id)
    assert found is not None
    assert found.percent_bp == 100


async def test_two_placings_do_not_use_a_coupon_twice(town: Town) -> None:
    """The buyer's second order with the code is refused while the first one stands."""
    gig = await town.gig()
    with pytest.raises(CouponRefused):
        await town.services.orders.place(
            town.command(town.buyer), gig.id, gig.version_id, Paying(code="EID20")
        )


async def test_the_audit_finds_a_changed_line(town: Town, raw: Raw) -> None:
    """A price that is not what was bought less the seller's coupon is found."""
    await raw("UPDATE order_line SET amount_minor = 251")
    async with town.storage.read() as unit:
        assert {finding.rule for finding in await unit.ledger.audit()} == {"I7"}


def _own_floor(pricing: Pricing, gross_minor: int) -> Split:
    """The seller's part by a formula of its own, not what is left after the fee."""
    own = gross_minor * (BP - pricing.fee_bp) // BP
    return replace(split(pricing, gross_minor), seller_minor=own)


async def test_a_share_with_its_own_floor_is_refused(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 255 the seller would get 229 and the house 25: the unit that is lost stops it all."""
    order = await town.order_in(State.DELIVERED, await town.gig(price=Money(255, Currency.XTR)))
    monkeypatch.setattr(postings, "split", _own_floor)
    with pytest.raises(GUARD, match="escrow differs"):
        await town.act(town.buyer, order.id, Event.ACCEPT)
    assert (await town.order(order.id)).held_minor == 255


@pytest.mark.parametrize("version", [1, 2])
async def test_older_orders_are_priced_as_before(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path, version: int
) -> None:
    """Orders of older houses owe their price, pay by charge only, and the books are right."""
    opened: Any = await open_storage(
        await house_at(version, engine, request, tmp_path), cipher=CIPHER
    )
    async with opened.read() as unit:
        orders = [await unit.orders.get(number) for number in range(2, 12)]
        assert await unit.ledger.audit() == ()
    await opened.close()
    assert {order.terms.price for order in orders} == {order.charge for order in orders}
    assert {order.terms.escrow_minor for order in orders} == {250}
