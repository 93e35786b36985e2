"""Claims, wallets and categories as rows: sealed, unique, written once."""

from dataclasses import replace

import pytest

from market.claims import ClaimState, NewClaim
from market.errors import NotFound
from market.gig import Fulfilment
from market.money import Currency
from market.rails import CategoryPolicy, Wallet
from storage import OpenStorage
from tests.storage.conftest import Raw, Refused
from tests.support.walk import Market, draft

WALLET = Wallet(
    name="bkash",
    currency=Currency.BDT,
    number="01711-000001",
    holder="Olivia",
    instructions="",
    is_open=True,
    changed_by=1,
    changed_ms=5,
)
CLAIM = NewClaim(
    wallet="bkash",
    reference="9AB1C2D3E4",
    order_id=1,
    person_id=1,
    digits="4321",
    created_ms=7,
)


@pytest.fixture
async def house(storage: OpenStorage, market: Market) -> OpenStorage:
    """Two orders and a wallet."""
    async with storage.begin() as unit:
        for _ in range(2):
            await unit.orders.add(draft(market))
        await unit.rails.save_wallet(WALLET)
    return storage


async def test_a_wallet_is_kept_and_changed(house: OpenStorage) -> None:
    """By its name; an unknown one is none."""
    closed = replace(WALLET, is_open=False, number="01711-000002")
    async with house.begin() as unit:
        assert await unit.rails.wallet("bkash") == WALLET
        await unit.rails.save_wallet(closed)
        assert await unit.rails.wallets() == (closed,)
        assert await unit.rails.wallet("nagad") is None


async def test_the_sender_is_sealed(house: OpenStorage, raw: Raw) -> None:
    """The digits come back by the repository and stand in no column."""
    async with house.begin() as unit:
        claim = await unit.claims.add(CLAIM)
        assert claim is not None
        assert (claim.digits, claim.state) == ("4321", ClaimState.WAITING)
    ((sealed,),) = await raw("SELECT sealed FROM claim")
    assert b"4321" not in bytes(sealed)
    async with house.read() as unit:
        with pytest.raises(NotFound):
            await unit.claims.get(99)


async def test_a_reference_is_claimed_once(house: OpenStorage) -> None:
    """Whoever claims it; a rejected one is free again."""
    async with house.begin() as unit:
        claim = await unit.claims.add(CLAIM)
        assert claim is not None
        assert await unit.claims.add(replace(CLAIM, order_id=2, person_id=2)) is None
        assert await unit.claims.taken("bkash", "9AB1C2D3E4") == claim
        await unit.claims.decide(replace(claim, state=ClaimState.REJECTED, decided_ms=8))
        assert await unit.claims.taken("bkash", "9AB1C2D3E4") is None
        assert await unit.claims.live_of(1) is None
        assert await unit.claims.waiting(limit=9) == ()
        again = await unit.claims.add(replace(CLAIM, order_id=2, person_id=2))
        assert again is not None
        assert await unit.claims.waiting(limit=9) == (again.id,)
        assert await unit.claims.last_of(2) == again
        assert await unit.claims.last_of(3) is None


async def test_seen_and_seen_anew(house: OpenStorage) -> None:
    """A first amount is kept, and dropped when the second differs."""
    async with house.begin() as unit:
        claim = await unit.claims.add(CLAIM)
        assert claim is not None
        await unit.claims.seen(claim.id, minor=5, operator_id=2)
        seen = await unit.claims.get(claim.id)
        assert (seen.state, seen.seen_minor, seen.seen_by) == (ClaimState.SEEN, 5, 2)
        await unit.claims.seen(claim.id, minor=None, operator_id=2)
        assert await unit.claims.get(claim.id) == claim


BAD = {
    "decided twice": "UPDATE claim SET state = 'landed' WHERE id = 1",
    "another amount": "UPDATE claim SET seen_minor = 6 WHERE id = 1",
    "another reason": "UPDATE claim SET reason = 'x' WHERE id = 1",
    "another reference": "UPDATE claim SET reference = 'x' WHERE id = 2",
    "another order": "UPDATE claim SET order_id = 1 WHERE id = 2",
    "a claim taken away": "DELETE FROM claim WHERE id = 2",
    "paid without an amount": "UPDATE claim SET state = 'paid', decided_ms = 9 WHERE id = 2",
    "seen by nobody": "UPDATE claim SET state = 'seen', seen_minor = 5 WHERE id = 2",
    "decided at no time": "UPDATE claim SET state = 'rejected' WHERE id = 2",
    "unknown state": "UPDATE claim SET state = 'lost' WHERE id = 2",
    "refusal changed": "UPDATE claim_refusal SET why = 'x'",
    "refusal taken away": "DELETE FROM claim_refusal",
    "policy changed": "UPDATE category_policy SET reason = 'x'",
    "policy taken away": "DELETE FROM category_policy",
    "unknown kind": "INSERT INTO category_policy (category, fulfilment, reason, text_version,"
    " operator_id, at_ms) VALUES ('design', 'other', 'x', 1, 1, 1)",
    "two live claims of an order": "INSERT INTO claim (wallet, reference, order_id, person_id,"
    " sealed, created_ms) SELECT wallet, 'OTHER', order_id, person_id, sealed, 9 FROM claim"
    " WHERE id = 2",
}


async def test_what_is_written_stays(house: OpenStorage, raw: Raw, engine: str) -> None:
    """Decided claims, refusals and policies are history; only the sender may be forgotten."""
    policy = CategoryPolicy(
        category="design",
        fulfilment=Fulfilment.NON_DIGITAL,
        reason="r",
        text_version=1,
        operator_id=1,
        at_ms=1,
    )
    async with house.begin() as unit:
        paid = await unit.claims.add(CLAIM)
        assert paid is not None
        decided = replace(paid, state=ClaimState.PAID, seen_minor=5, decided_by=2, decided_ms=8)
        await unit.claims.decide(decided)
        assert await unit.claims.add(replace(CLAIM, order_id=2, reference="ANOTHER123"))
        await unit.claims.refuse(CLAIM, "taken")
        await unit.rails.add_policy(replace(policy, fulfilment=Fulfilment.DIGITAL))
        await unit.rails.add_policy(policy)
        assert await unit.rails.policies() == {"design": policy}
        assert (await unit.claims.since(1, 6), await unit.claims.since(1, 7)) == (3, 0)
        assert await unit.claims.refusals(1) == 1
    taken = []
    for name, sql in BAD.items():
        try:
            await raw(sql)
        except Refused:
            continue
        taken.append(name)
    assert taken == []
    nothing = "x''" if engine == "sqlite" else "''"
    await raw(f"UPDATE claim SET sealed = {nothing} WHERE id = 1")
    async with house.read() as unit:
        assert await unit.claims.get(1) == replace(decided, digits="")
