"""Proposals and PINs in the database, on both engines: what it refuses, what it gives back."""

from dataclasses import replace

import pytest

from market.deadlines import DEFAULT
from market.errors import Conflict, NotFound
from market.money import Currency, Money
from market.pin import Pin, Use
from market.proposals import NewProposal, ProposalState
from storage import OpenStorage
from storage.cipher import Cipher
from tests.storage.conftest import Raw, Refused
from tests.support.walk import Market

AMOUNT = Money(100_000, Currency.BDT)
_NEW = (
    "INSERT INTO money_proposal (rail, charge_id, currency, amount_minor, proposed_by, proposed_ms,"
    " state, ended_by, ended_ms) VALUES ('manual:bkash', NULL, 'BDT', {}, 1, 1, {})"
)
BAD = {
    "nothing": _NEW.format(0, "'waiting', NULL, NULL"),
    "confirmed by its author": _NEW.format(5, "'confirmed', 1, 2"),
    "confirmed by nobody": _NEW.format(5, "'confirmed', NULL, NULL"),
    "waiting with an end": _NEW.format(5, "'waiting', 2, 2"),
    "an unknown state": _NEW.format(5, "'flown', 2, 2"),
    "another amount": "UPDATE money_proposal SET amount_minor = 1",
    "another purse": "UPDATE money_proposal SET rail = 'manual:nagad'",
    "another charge": "UPDATE money_proposal SET charge_id = 'X'",
    "another author": "UPDATE money_proposal SET proposed_by = 2",
    "another reason": "UPDATE money_proposal SET why = 'x'",
    "for another person": "UPDATE money_proposal SET given_to = 2",
    "gone": "DELETE FROM money_proposal",
    "nothing let go": "INSERT INTO let_go (person_id, currency, amount_minor, at_ms)"
    " VALUES (1, 'BDT', 0, 1)",
    "less let go": "UPDATE let_go SET amount_minor = 1",
    "nothing was let go": "DELETE FROM let_go",
    "a sixth try": "UPDATE pin SET wrong = 6",
    "a PIN of nobody": "UPDATE pin SET person_id = 99",
}


def _draw(charge_id: str | None = None) -> NewProposal:
    return NewProposal(
        rail="manual:bkash", charge_id=charge_id, amount=AMOUNT, proposed_by=1, proposed_ms=1
    )


def _pin() -> Pin:
    return Pin(person_id=1, salt="0a" * 16, digest=b"d" * 32, set_ms=5)


@pytest.fixture(autouse=True)
async def _filled(market: Market, storage: OpenStorage) -> None:
    """A draw that waits and a PIN."""
    assert market.seller.id != market.buyer.id
    async with storage.begin() as uow:
        await uow.proposals.add(_draw())
        await uow.proposals.let_go(1, AMOUNT, now_ms=5)
        await uow.pins.save(_pin())


@pytest.mark.parametrize("sql", BAD.values(), ids=BAD)
async def test_bad_statements_are_refused(raw: Raw, sql: str) -> None:
    """Each one by the database itself."""
    with pytest.raises(Refused):
        await raw(sql)


async def test_a_proposal_ends_once(storage: OpenStorage, raw: Raw) -> None:
    """Then it is no longer among those that wait, and stays as it ended."""
    async with storage.begin() as uow:
        (waiting,) = await uow.proposals.draws(limit=9)
        await uow.proposals.end(waiting, ProposalState.CONFIRMED, by=2, now_ms=7)
        assert await uow.proposals.draws(limit=9) == ()
        ended = await uow.proposals.get(waiting.id)
        assert ended == replace(waiting, state=ProposalState.CONFIRMED, ended_by=2, ended_ms=7)
        with pytest.raises(Conflict):
            await uow.proposals.end(waiting, ProposalState.DROPPED, by=2, now_ms=8)
        with pytest.raises(NotFound):
            await uow.proposals.get(99)
    with pytest.raises(Refused):
        await raw("UPDATE money_proposal SET state = 'waiting', ended_by = NULL, ended_ms = NULL")


async def test_a_refund_is_proposed_once(storage: OpenStorage) -> None:
    """Draws are as many as anybody likes."""
    async with storage.begin() as uow:
        stored = await uow.proposals.add(_draw("9AB1C2D3E4"))
        assert await uow.proposals.add(_draw("9AB1C2D3E4")) is None
        assert await uow.proposals.of_charge("manual:bkash", "9AB1C2D3E4") == stored
        assert await uow.proposals.of_charge("manual:nagad", "9AB1C2D3E4") is None
        assert await uow.proposals.add(_draw()) is not None
        assert len(await uow.proposals.draws(limit=9)) == 2


async def test_goodwill_is_proposed_like_a_draw(storage: OpenStorage) -> None:
    """For whom and why come back with it."""
    gift = replace(_draw(), rail="", given_to=2, why="Sorry")
    async with storage.begin() as uow:
        stored = await uow.proposals.add(gift)
        assert stored is not None
        assert (stored.given_to, stored.why, stored.rail) == (2, "Sorry", "")
        assert (await uow.proposals.draws(limit=9))[-1] == stored


async def test_what_was_let_go_is_summed_up(storage: OpenStorage) -> None:
    """By person and currency, after a moment."""
    async with storage.begin() as uow:
        await uow.proposals.let_go(1, AMOUNT, now_ms=6)
        await uow.proposals.let_go(1, Money(7, Currency.XTR), now_ms=6)
        assert await uow.proposals.alone(1, Currency.BDT, after_ms=4) == 2 * AMOUNT.minor
    async with storage.read() as uow:
        assert await uow.proposals.alone(1, Currency.BDT, after_ms=5) == AMOUNT.minor
        assert await uow.proposals.alone(2, Currency.BDT, after_ms=0) == 0


async def test_a_pin_comes_back_as_it_was(storage: OpenStorage, raw: Raw) -> None:
    """Its hash sealed in the row, for its person only."""
    other = replace(_pin().missed(0, DEFAULT), reset_ms=9, passed_for=Use.CHANGE)
    async with storage.begin() as uow:
        assert await uow.pins.get(1) == _pin()
        await uow.pins.save(other)
    async with storage.read() as uow:
        assert await uow.pins.get(1) == other
        assert await uow.pins.get(2) is None
        assert await uow.pins.to_reset(8, limit=9) == ()
        assert await uow.pins.to_reset(9, limit=9) == (1,)
    ((sealed,),) = await raw("SELECT sealed FROM pin")
    assert b"d" * 32 not in bytes(sealed)
    async with storage.begin() as uow:
        await uow.pins.drop(1)
        assert await uow.pins.get(1) is None


def test_a_mark_is_known_again_under_one_key_only() -> None:
    """What was written cannot be told from it without the key."""
    key, other = Cipher(b"\x01" * 32), Cipher(b"\x02" * 32)
    assert key.mark(b"4071") == key.mark(b"4071")
    assert len({key.mark(b"4071"), key.mark(b"4072"), other.mark(b"4071")}) == 3
