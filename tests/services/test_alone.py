"""What one person lets go alone is counted over a day: no limit is passed in small parts."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from market.deadlines import DAY_MS
from market.errors import NotConfirmed, OutgoingStopped, OwnOrder
from market.money import Currency, Money
from market.notices import Notice
from market.payout_settings import read_payout_terms
from market.people import Person
from market.proposals import DrawCard, ProposalState
from market.states import Event
from storage import OpenStorage
from tests.support.by_hand import TAKA, claimed, paid_by_hand, placed, see, take_taka
from tests.support.town import OPERATOR_TELEGRAM_ID, POLICY, Town

SENT = "8ZZ9Y8X7W6"
BKASH = "manual:bkash"
# 2,000 taka, or 40 Stars, are what one person lets go within a day here.
STRICT = replace(POLICY, payouts=read_payout_terms("bdt_second=2000"), second_operator_minor=40)
ALONE = replace(STRICT, operators=frozenset({OPERATOR_TELEGRAM_ID}))
LIMIT = 200_000


def _taka(minor: int) -> Money:
    return Money(minor, Currency.BDT)


async def _house(storage: OpenStorage, policy: object = STRICT) -> Town:
    town = Town(storage, policy)  # type: ignore[arg-type]
    await town.settle_in()
    await take_taka(town)
    amount = _taka(2_000_000)
    treasury = town.services.treasury
    await treasury.put_in(town.command(town.operator), rail=BKASH, amount=amount)
    await treasury.budget(
        town.command(town.operator), "goodwill", _taka(1_000_000), from_capital=True
    )
    return town


@pytest.fixture
async def town(storage: OpenStorage) -> AsyncIterator[Town]:
    """A house with two operators, one of them its owner, and money of its own."""
    yield await _house(storage)
    async with storage.read() as uow:
        assert await uow.ledger.audit() == ()


async def _drawn(town: Town, minor: int) -> bool:
    """The owner takes it out; whether it waits."""
    command = town.command(town.operator)
    return await town.services.treasury.draw(
        command, rail=BKASH, amount=_taka(minor), from_capital=True
    )


async def _given(town: Town, minor: int, by: Person | None = None) -> bool:
    """An operator gives the buyer credit; whether it waits."""
    command = town.command(by or town.operator)
    return await town.services.treasury.give(command, town.buyer.id, _taka(minor), reason="Sorry")


async def _going_back(town: Town) -> int:
    """A paid order that its buyer cancelled; the claim whose 1,200.50 taka go back."""
    order, claim = await paid_by_hand(town)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    return claim.id


async def _sent(town: Town, claim_id: int, by: Person | None = None, reference: str = SENT) -> None:
    command = town.command(by or town.operator)
    await town.services.hand_refunds.sent(command, claim_id, reference=reference)


async def _credit(town: Town) -> int:
    async with town.storage.read() as uow:
        return await uow.books.balance(f"L:user:{town.buyer.id}:credit:BDT")


async def _waiting(town: Town, reader: Person) -> DrawCard:
    (card,) = await town.services.treasury.draws(reader.id)
    return card


async def test_ten_small_draws_are_one_large_one(town: Town) -> None:
    """The tenth part above the limit waits for a second person; the next day it would not."""
    await town.second()
    assert not any([await _drawn(town, LIMIT // 10) for _ in range(10)])
    assert await _drawn(town, 1)
    town.clock.advance(DAY_MS - 1)
    assert await _drawn(town, 1)
    town.clock.advance(1)
    assert not await _drawn(town, LIMIT)


async def test_draws_goodwill_and_refunds_count_together(town: Town) -> None:
    """Each of them leaves less for the others, in its own currency and of its own person."""
    second, claim_id = await town.second(), await _going_back(town)
    assert not await _given(town, LIMIT - TAKA.minor)
    refunds = town.services.hand_refunds
    assert (await refunds.card(town.operator.id, claim_id)).may_be_sent
    assert not await _drawn(town, 1)
    assert not (await refunds.card(town.operator.id, claim_id)).may_be_sent
    with pytest.raises(NotConfirmed):
        await _sent(town, claim_id)
    assert (await refunds.card(second.id, claim_id)).may_be_sent
    await _sent(town, claim_id, second)
    assert await _given(town, LIMIT - TAKA.minor + 1, second)
    assert await _drawn(town, TAKA.minor)
    assert not await _drawn(town, TAKA.minor - 1)


async def test_what_two_agreed_to_is_not_counted(town: Town) -> None:
    """Neither of them let it go alone."""
    second = await town.second()
    assert await _drawn(town, LIMIT + 1)
    card = await _waiting(town, second)
    await town.services.treasury.confirm_draw(town.command(second), card.proposal.id)
    assert not await _drawn(town, LIMIT)
    claim_id, refunds = await _going_back(town), town.services.hand_refunds
    proposed = await refunds.propose(town.command(town.operator), claim_id)
    assert proposed.proposal is not None
    await refunds.confirm(town.command(second), claim_id, proposal_id=proposed.proposal.id)
    await _sent(town, claim_id, second)
    assert not await _given(town, LIMIT, second)


async def test_what_is_sent_back_counts_as_well(town: Town) -> None:
    """Money that landed is promised by one operator; sending it falls under the same rule."""
    await town.second()
    claim = await claimed(town, await placed(town))
    await see(town, claim, TAKA.minor - 1)
    await _drawn(town, LIMIT - TAKA.minor + 2)
    card = await town.services.hand_refunds.send_back(town.command(town.operator), claim.id)
    assert (card.needs_second, card.may_be_sent) == (True, False)
    with pytest.raises(NotConfirmed):
        await _sent(town, claim.id)


async def test_much_goodwill_waits_for_a_second_person(town: Town) -> None:
    """The buyer has nothing and hears nothing before somebody else confirms it."""
    second = await town.second()
    command, treasury = town.command(town.operator), town.services.treasury
    for _ in range(2):
        assert await treasury.give(command, town.buyer.id, _taka(LIMIT + 1), reason="Sorry")
    card = await _waiting(town, second)
    assert (town.buyer.id, "Sorry") == (card.proposal.given_to, card.proposal.why)
    assert card.names[town.buyer.id] == "Ayesha"
    await town.drain()
    assert (await _credit(town), town.messenger.notices(town.buyer)) == (0, [])
    command = town.command(second)
    for _ in range(2):
        card = await treasury.confirm_draw(command, card.proposal.id)
    await town.drain()
    assert (ProposalState.CONFIRMED, second.id) == (card.proposal.state, card.proposal.ended_by)
    assert await _credit(town) == LIMIT + 1
    assert town.messenger.notices(town.buyer) == [Notice.CREDIT_GIVEN]
    acts = [one.act for one in await town.services.desk.acts(town.operator.id)]
    assert acts[:2] == ["goodwill_confirmed", "goodwill_proposed"]


async def test_goodwill_that_was_proposed_is_dropped(town: Town) -> None:
    """Anybody of the house may say no; nothing is given."""
    second = await town.second()
    await _given(town, LIMIT + 1)
    card = await _waiting(town, second)
    await town.services.treasury.drop_draw(town.command(second), card.proposal.id)
    assert await _credit(town) == 0


async def test_goodwill_is_not_confirmed_by_who_gets_it(town: Town) -> None:
    """With the person that gets it left out, nobody else may be there: then one is enough."""
    second, treasury = await town.second(), town.services.treasury
    owned = replace(STRICT, operators=STRICT.operators | {777})
    larger = Town(town.storage, owned)
    third = await larger.citizen(777, name="Third", code="en")
    command = larger.command(town.operator)
    assert await larger.services.treasury.give(command, second.id, _taka(LIMIT + 1), reason="Sorry")
    card = await _waiting(town, second)
    with pytest.raises(OwnOrder):
        await treasury.confirm_draw(town.command(second), card.proposal.id)
    await larger.services.treasury.confirm_draw(larger.command(third), card.proposal.id)
    assert not await treasury.give(
        town.command(town.operator), second.id, _taka(LIMIT + 1), reason="Sorry"
    )


async def test_goodwill_is_given_while_money_is_stopped(town: Town) -> None:
    """It stays in the house; a draw of the same size does not go."""
    second, treasury = await town.second(), town.services.treasury
    await _given(town, LIMIT + 1)
    await _drawn(town, LIMIT + 1)
    await town.services.house.freeze(town.command(second))
    gift, draw = await treasury.draws(second.id)
    assert (gift.is_frozen, draw.is_frozen) == (False, True)
    await treasury.confirm_draw(town.command(second), gift.proposal.id)
    with pytest.raises(OutgoingStopped):
        await treasury.confirm_draw(town.command(second), draw.proposal.id)


async def test_one_person_alone_is_not_stopped(storage: OpenStorage) -> None:
    """Where nobody else runs the house, nobody could confirm it."""
    town = await _house(storage, ALONE)
    assert not await _drawn(town, LIMIT)
    assert not await _drawn(town, LIMIT)
    assert not await _given(town, LIMIT + 1)


async def test_two_at_once_do_not_pass_it_together(town: Town) -> None:
    """Of two halves and a bit that come at the same moment, one waits."""
    await town.second()
    part = LIMIT // 2 + 1
    waits = await asyncio.gather(
        _given(town, part), _drawn(town, part), _given(town, part), _drawn(town, part)
    )
    assert sorted(waits) == [False, True, True, True]
