"""Whom the house lets through: by the database, whatever a button says."""

from dataclasses import replace
from typing import Any

import pytest

from market.errors import NotAnOperator, NotAnOwner, NotFound, TermsNotAccepted
from market.people import Person
from market.rights import By
from market.states import State
from services.access import AccessService
from services.ports import Storage
from tests.support.payouts import Till
from tests.support.prices import new_coupon
from tests.support.town import POLICY, Town

OWNER = 905
PASSES = None


async def asked(town: Town, person: Person, by: By, **about: Any) -> type[Exception] | None:
    """None when the person passes, else what was raised."""
    try:
        await town.services.access.authorise(person, by, about)
    except Exception as refusal:  # noqa: BLE001 - it is what the test looks at
        return type(refusal)
    return PASSES


@pytest.mark.parametrize("by", [By.ANYBODY, By.PROVIDER])
async def test_what_is_for_all(town: Town, by: By) -> None:
    """Nobody is stopped."""
    assert await asked(town, await town.citizen(777), by) is PASSES


async def test_agreed(town: Town) -> None:
    """The present terms are accepted, or asked for."""
    newcomer = await town.services.people.arrive(777, name="Ann", username=None, language_code="en")
    assert await asked(town, newcomer, By.AGREED) is TermsNotAccepted
    assert await asked(town, town.buyer, By.AGREED) is PASSES


async def test_an_order_and_its_people(town: Town) -> None:
    """Parties act, operators look on, for others there is no such order; nor is one made up."""
    order = await town.order_in(State.IN_PROGRESS)
    stranger = await town.citizen(777)
    for person, party, viewer in (
        (town.buyer, PASSES, PASSES),
        (town.seller, PASSES, PASSES),
        (town.operator, NotFound, PASSES),
        (stranger, NotFound, NotFound),
    ):
        assert await asked(town, person, By.PARTY, order_id=order.id) is party
        assert await asked(town, person, By.VIEWER, order_id=order.id) is viewer
    for by in (By.PARTY, By.VIEWER):
        assert await asked(town, town.operator, by, order_id=10**6) is NotFound


async def test_a_gig_and_its_seller(town: Town) -> None:
    """Operators do not sell for others; without a gig it is about whatever one sells."""
    gig = await town.gig()
    assert await asked(town, town.seller, By.SELLER, gig_id=gig.id) is PASSES
    assert await asked(town, town.buyer, By.SELLER, gig_id=gig.id) is NotFound
    assert await asked(town, town.operator, By.SELLER, gig_id=gig.id) is NotFound
    assert await asked(town, town.buyer, By.SELLER, gig_id=0) is PASSES
    assert await asked(town, town.buyer, By.SELLER) is PASSES


async def test_a_withdrawal_and_its_payee(town: Town) -> None:
    """Operators have their own view of it, with another button."""
    till = await Till(town).opened()
    number = (await till.requested(100)).withdrawal.id
    assert await asked(town, town.seller, By.PAYEE, withdrawal_id=number) is PASSES
    assert await asked(town, town.buyer, By.PAYEE, withdrawal_id=number) is NotFound
    assert await asked(town, town.operator, By.PAYEE, withdrawal_id=number) is NotFound


async def test_a_coupon_and_its_maker(town: Town) -> None:
    """A seller's is the seller's alone, the house's the operators'."""
    new, coupons = new_coupon(town.clock.now_ms()), town.services.coupons
    own = await coupons.make(town.command(town.seller), replace(new, code="MINE20"))
    houses = await coupons.make_for_house(town.command(town.operator), new)
    assert await asked(town, town.seller, By.ISSUER, coupon_id=own.id) is PASSES
    assert await asked(town, town.operator, By.ISSUER, coupon_id=own.id) is NotFound
    assert await asked(town, town.operator, By.ISSUER, coupon_id=houses.id) is PASSES
    assert await asked(town, town.seller, By.ISSUER, coupon_id=houses.id) is NotAnOperator


async def test_a_thread_and_its_writer(town: Town) -> None:
    """Its person and the operators."""
    thread = await town.services.support.ask(
        town.command(town.buyer), kind="support", order_id=None, text="Is anybody there?"
    )
    assert await asked(town, town.buyer, By.WRITER, thread_id=thread.id) is PASSES
    assert await asked(town, town.operator, By.WRITER, thread_id=thread.id) is PASSES
    assert await asked(town, town.seller, By.WRITER, thread_id=thread.id) is NotFound


async def test_the_house_and_who_runs_it(storage: Storage) -> None:
    """Operators, owners, both or neither."""
    town = Town(storage, replace(POLICY, owners=frozenset({OWNER})))
    await town.settle_in()
    owner = await town.citizen(OWNER)
    for person, operator, staff, alone in (
        (town.operator, PASSES, PASSES, NotAnOwner),
        (owner, NotAnOperator, PASSES, PASSES),
        (town.buyer, NotAnOperator, NotAnOperator, NotAnOwner),
    ):
        assert await asked(town, person, By.OPERATOR) is operator
        assert await asked(town, person, By.STAFF) is staff
        assert await asked(town, person, By.OWNER) is alone


async def test_it_reads_and_never_writes(town: Town) -> None:
    """A view that cannot write is enough."""
    order = await town.order_in(State.IN_PROGRESS)

    class Reading:
        def read(self) -> Any:
            return town.storage.read()

    access = AccessService(Reading(), town.policy)  # type: ignore[arg-type]
    await access.authorise(town.buyer, By.PARTY, {"order_id": order.id})
