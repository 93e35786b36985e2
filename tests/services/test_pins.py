"""PINs: set, proved, locked, forgotten; and what asks for one."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from market.deadlines import HOUR_MS
from market.errors import PayoutsFrozen, PinEasy, PinLocked, PinNeeded, PinUnfit, PinWrong
from market.notices import Notice
from market.payout_settings import read_payout_terms
from market.payout_terms import Way
from market.pin import Use
from services.pins import digest_of
from services.rows import Command
from storage import OpenStorage
from tests.support.payouts import BKASH, Till
from tests.support.town import POLICY, Town

PIN, OTHER, WRONG = "4071", "58203", "9999"
NAGAD = "01811111111"
# 200 taka within a day are much in this house; 100 Stars are 158.
STRICT = replace(POLICY, payouts=read_payout_terms("bdt_pin=200"))


@pytest.fixture
async def till(town: Town) -> Till:
    """Rates, funds and earnings are there."""
    return await Till(town).opened()


@pytest.fixture
async def strict(storage: OpenStorage) -> AsyncIterator[Till]:
    """The same in a house where a few taka are much already."""
    town = Town(storage, STRICT)
    await town.settle_in()
    yield await Till(town).opened()
    async with storage.read() as uow:
        assert await uow.ledger.audit() == ()


async def _kept(town: Town, pin: str = PIN) -> None:
    await town.services.pins.keep(town.command(town.seller), pin)


async def _prove(town: Town, pin: str = PIN, use: Use = Use.WITHDRAW) -> None:
    await town.services.pins.prove(town.command(town.seller), pin, use)


async def _told(town: Town) -> list[Notice]:
    """What the seller has heard about PINs and large withdrawals."""
    await town.drain()
    about = {"pin", "lar"}
    return [one for one in town.messenger.notices(town.seller) if one[:3] in about]


async def test_a_pin_is_kept_as_a_slow_hash_only(town: Town) -> None:
    """Scrypt under a salt of its own; the row holds neither the digits nor the bare hash."""
    await _kept(town)
    async with town.storage.read() as uow:
        pin = await uow.pins.get(town.seller.id)
        row = await uow._sql.one("pin_get", person_id=town.seller.id)  # type: ignore[attr-defined]
    assert pin is not None
    expected = hashlib.scrypt(b"4071", salt=bytes.fromhex(pin.salt), n=2**14, r=8, p=1, dklen=32)
    assert expected == pin.digest == digest_of(PIN, pin.salt)
    assert expected not in bytes(row["sealed"])
    assert len(pin.salt) == 32
    card = await town.services.pins.card(town.seller.id)
    assert (card.is_set, card.reset_ms) == (True, None)
    assert not (await town.services.pins.card(town.buyer.id)).is_set
    assert await _told(town) == [Notice.PIN_CHANGED]


async def test_the_same_command_keeps_it_once(town: Town) -> None:
    """A repeated update neither asks for the old one nor says so twice."""
    command = town.command(town.seller)
    for _ in range(2):
        card = await town.services.pins.keep(command, PIN)
    assert card.is_set
    assert await _told(town) == [Notice.PIN_CHANGED]


@pytest.mark.parametrize(("typed", "refusal"), [("40", PinUnfit), ("1234", PinEasy)])
async def test_unfit_ones_are_not_kept(town: Town, typed: str, refusal: type[Exception]) -> None:
    """Nothing is stored."""
    with pytest.raises(refusal):
        await _kept(town, typed)
    assert not (await town.services.pins.card(town.seller.id)).is_set


async def test_whoever_has_one_types_it_before_another(town: Town) -> None:
    """Changing and removing want the old one, each time anew."""
    await _kept(town)
    pins = town.services.pins
    with pytest.raises(PinNeeded):
        await _kept(town, OTHER)
    with pytest.raises(PinNeeded):
        await pins.remove(town.command(town.seller))
    await _prove(town, use=Use.CHANGE)
    await _kept(town, OTHER)
    with pytest.raises(PinNeeded):
        await pins.remove(town.command(town.seller))
    await _prove(town, OTHER, Use.CHANGE)
    command = town.command(town.seller)
    for _ in range(2):
        assert not (await pins.remove(command)).is_set
    await pins.remove(town.command(town.seller))  # there is none to remove
    assert await _told(town) == [Notice.PIN_CHANGED] * 3


async def test_five_wrong_tries_lock_it_for_a_day(town: Town) -> None:
    """The right one does not count then either; the person hears of it; later all is as before."""
    await _kept(town)
    for left in (4, 3, 2, 1):
        with pytest.raises(PinWrong) as wrong:
            await _prove(town, WRONG)
        assert left == wrong.value.left
    with pytest.raises(PinLocked) as locked:
        await _prove(town, WRONG)
    until_ms = town.clock.now_ms() + 24 * HOUR_MS
    assert until_ms == locked.value.until_ms
    with pytest.raises(PinLocked):
        await _prove(town)
    assert (await town.services.pins.card(town.seller.id)).locked_until_ms == until_ms
    assert await _told(town) == [Notice.PIN_CHANGED, Notice.PIN_LOCKED]
    town.clock.set(until_ms)
    await _prove(town)


async def test_a_repeated_try_counts_once(town: Town) -> None:
    """An update that comes twice is one try, wrong or right."""
    await _kept(town)
    wrong, right = town.command(town.seller), town.command(town.seller)
    for _ in range(7):
        with pytest.raises(PinWrong) as refused:
            await town.services.pins.prove(wrong, WRONG, Use.WITHDRAW)
        assert refused.value.left == 4
    for _ in range(2):
        await town.services.pins.prove(right, PIN, Use.WITHDRAW)
    with pytest.raises(PinUnfit):
        await _prove(town, "?")


async def test_without_a_pin_there_is_nothing_to_prove(town: Town) -> None:
    """Nobody is asked for what he does not have."""
    await _prove(town)
    assert not (await town.services.pins.remember(town.command(town.seller))).is_set
    assert not (await town.services.pins.forgot(town.command(town.seller))).is_set


async def test_an_account_wants_the_pin(till: Till) -> None:
    """The first one too: whoever has the Telegram account must not name his own number."""
    town = till.town
    await _kept(town)
    with pytest.raises(PinNeeded):
        await till.account()
    await _prove(town, use=Use.WITHDRAW)
    with pytest.raises(PinNeeded):
        await till.account()
    await _prove(town, use=Use.ACCOUNT)
    await till.account()
    await till.account()  # the same one is no change
    with pytest.raises(PinNeeded):
        await till.account(NAGAD, Way.NAGAD)
    offer = await town.services.withdrawals.offer(town.seller.id)
    assert offer.has_pin


async def test_small_withdrawals_want_no_pin(till: Till) -> None:
    """Up to the limit within a day; then the PIN, and the person hears of it."""
    town = till.town
    await till.account(BKASH)
    await _kept(town)
    limit = town.policy.payout_terms(Way.BKASH).pin_minor
    assert limit == 200_000
    await town.services.withdrawals.request(town.command(town.seller), await till.wish(100))
    assert await _told(town) == [Notice.PIN_CHANGED]


async def test_a_large_withdrawal_wants_the_pin(strict: Till) -> None:
    """What was asked for within a day counts together; cancelled requests do not."""
    town, withdrawals = strict.town, strict.town.services.withdrawals
    await strict.account(BKASH)
    await _kept(town)
    small = await withdrawals.request(town.command(town.seller), await strict.wish(100))
    with pytest.raises(PinNeeded):
        await withdrawals.request(town.command(town.seller), await strict.wish(70))
    command = town.command(town.seller)
    await withdrawals.cancel(command, small.withdrawal.id, version=0)
    await withdrawals.request(town.command(town.seller), await strict.wish(100))
    await _prove(town)
    command = town.command(town.seller)
    wish = await strict.wish(100)
    for _ in range(2):
        await withdrawals.request(command, wish)
    assert await _told(town) == [Notice.PIN_CHANGED, Notice.LARGE_WITHDRAWAL]


async def test_without_a_pin_a_large_withdrawal_is_told_all_the_same(strict: Till) -> None:
    """The old session hears of it, and can stop it."""
    town = strict.town
    await strict.account(BKASH)
    await town.services.withdrawals.request(town.command(town.seller), await strict.wish(200))
    assert await _told(town) == [Notice.LARGE_WITHDRAWAL]


async def test_a_forgotten_pin_goes_after_three_days(till: Till) -> None:
    """No payout leaves meanwhile; the person hears of both."""
    town = till.town
    await till.account(BKASH)
    await _kept(town)
    at_ms = town.clock.now_ms() + 72 * HOUR_MS
    for _ in range(2):
        card = await town.services.pins.forgot(town.command(town.seller))
        assert card.reset_ms == at_ms
    with pytest.raises(PayoutsFrozen) as frozen:
        await town.services.withdrawals.request(town.command(town.seller), await till.wish(100))
    assert frozen.value.until_ms == at_ms
    town.clock.set(at_ms - 1)
    assert await town.services.pins.reset() == 0
    town.clock.set(at_ms)
    assert await town.services.pins.reset() == 1
    assert not (await town.services.pins.card(town.seller.id)).is_set
    assert await _told(town) == [Notice.PIN_CHANGED, Notice.PIN_FORGOTTEN, Notice.PIN_RESET]
    await town.services.withdrawals.request(town.command(town.seller), await till.wish(100))
    assert not await town.services.pins._reset(town.seller.id, at_ms)


async def test_a_reset_can_be_stopped(town: Town) -> None:
    """Whoever remembers keeps the PIN; the payouts wait as it was said."""
    await _kept(town)
    await town.services.pins.forgot(town.command(town.seller))
    card = await town.services.pins.remember(town.command(town.seller))
    assert (card.is_set, card.reset_ms) == (True, None)
    town.clock.set(town.clock.now_ms() + 72 * HOUR_MS)
    assert await town.services.pins.reset() == 0
    assert not await town.services.pins._reset(town.seller.id, town.clock.now_ms())
    await _prove(town)


async def test_it_was_not_me_keeps_the_pin_and_stops_payouts(town: Town) -> None:
    """Also when the payouts were stopped before."""
    await _kept(town)
    withdrawals = town.services.withdrawals
    for _ in range(2):
        await town.services.pins.forgot(town.command(town.seller))
        await withdrawals.not_me(town.command(town.seller))
        assert (await town.services.pins.card(town.seller.id)).reset_ms is None
    assert (await withdrawals.offer(town.seller.id)).guard.stopped_ms is not None


async def test_the_pin_goes_with_the_person(town: Town) -> None:
    """/deletemydata forgets it."""
    await town.services.pins.keep(town.command(town.buyer), PIN)
    await town.services.privacy.forget(Command("forget", town.buyer.id))
    assert not (await town.services.pins.card(town.buyer.id)).is_set
