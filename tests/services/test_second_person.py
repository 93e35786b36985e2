"""Money that leaves only when two people agree: refunds by hand, and what the owner takes out."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from market.errors import (
    AnotherOperator,
    Conflict,
    NotAnOperator,
    NotConfirmed,
    NotCovered,
    NotFound,
    OutgoingStopped,
    OwnOrder,
    WrongState,
)
from market.money import Currency, Money
from market.notices import Message
from market.payout_settings import read_payout_terms
from market.people import Person
from market.policy import Policy
from market.proposals import ProposalState
from market.rail_cards import HandRefundCard
from market.states import Event
from storage import OpenStorage
from tests.support.by_hand import TAKA, paid_by_hand, take_taka
from tests.support.town import OPERATOR_TELEGRAM_ID, POLICY, Town

SENT = "8ZZ9Y8X7W6"
BKASH = "manual:bkash"
# 1,200.50 taka are more than one person lets go here.
STRICT = replace(POLICY, payouts=read_payout_terms("bdt_second=1000"))
ALONE = replace(STRICT, operators=frozenset({OPERATOR_TELEGRAM_ID}))
OWNED = replace(ALONE, owners=frozenset({OPERATOR_TELEGRAM_ID, 777}))
MUCH = Money(100_001, Currency.BDT)


async def _house(storage: OpenStorage, policy: Policy) -> Town:
    town = Town(storage, policy)
    await town.settle_in()
    await take_taka(town)
    return town


@pytest.fixture
async def town(storage: OpenStorage) -> AsyncIterator[Town]:
    """A house with two operators, one of them its owner."""
    yield await _house(storage, STRICT)
    async with storage.read() as uow:
        assert await uow.ledger.audit() == ()


async def _cancelled(town: Town) -> int:
    """A paid order that its buyer cancelled; the id of the claim whose money goes back."""
    order, claim = await paid_by_hand(town)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    return claim.id


async def _proposed(town: Town, claim_id: int, by: Person | None = None) -> HandRefundCard:
    command = town.command(by or town.operator)
    return await town.services.hand_refunds.propose(command, claim_id)


async def _alarms(town: Town, person: Person) -> list[tuple[str, str]]:
    """What and about what, of this wave's alarms."""
    await town.drain()
    rows = [row.message for row in town.messenger.sent if row.message is not None]
    return [_what(one) for one in rows if one.person_id == person.id and _is_ours(one)]


def _is_ours(message: Message) -> bool:
    return str(message.facts.get("what", "")).startswith(("draw_", "refund_"))


def _what(message: Message) -> tuple[str, str]:
    return str(message.facts["what"]), str(message.facts["about"])


async def _acts(town: Town) -> list[tuple[int, str]]:
    """Who did what, the oldest first."""
    acts = await town.services.desk.acts(town.operator.id)
    ours = [one for one in acts if one.act.startswith(("draw", "refund_"))]
    return [(one.operator_id, one.act) for one in reversed(ours)]


async def test_much_money_goes_back_when_two_agree(town: Town) -> None:
    """One proposes, another one confirms, then it may be sent; both acts are in the log."""
    claim_id, second = await _cancelled(town), await town.second()
    refunds = town.services.hand_refunds
    card = await refunds.card(second.id, claim_id)
    assert (card.needs_second, card.proposal, card.may_be_sent) == (True, None, False)
    with pytest.raises(NotConfirmed):
        await refunds.sent(town.command(second), claim_id, reference=SENT)
    command = town.command(town.operator)
    await refunds.propose(command, claim_id)
    card = await refunds.propose(command, claim_id)
    assert card.proposal is not None
    assert (card.is_author, card.proposal.amount) == (True, TAKA)
    (waiting,) = await refunds.queue(second.id)
    assert (waiting.is_author, waiting.may_be_sent) == (False, False)
    assert waiting.names == {town.operator.id: "Operator"}
    command = town.command(second)
    for _ in range(2):
        card = await refunds.confirm(command, claim_id, proposal_id=card.proposal.id)
        assert card.proposal is not None
    assert card.may_be_sent
    card = await refunds.sent(town.command(town.operator), claim_id, reference=SENT)
    assert card.refund.state == "sent"
    assert await _acts(town) == [
        (town.operator.id, "refund_proposed"),
        (second.id, "refund_confirmed"),
        (town.operator.id, "refund_sent"),
    ]
    about = str(claim_id)
    told = [("refund_second", about), ("refund_may_go", about)]
    assert told == await _alarms(town, second) == await _alarms(town, town.operator)


async def test_nobody_confirms_himself(town: Town) -> None:
    """Nor proposes twice, nor confirms what was not proposed or is over."""
    claim_id, second = await _cancelled(town), await town.second()
    refunds = town.services.hand_refunds
    with pytest.raises(NotFound):
        await refunds.confirm(town.command(second), claim_id, proposal_id=1)
    card = await _proposed(town, claim_id)
    assert card.proposal is not None
    number = card.proposal.id
    with pytest.raises(AnotherOperator):
        await refunds.confirm(town.command(town.operator), claim_id, proposal_id=number)
    with pytest.raises(WrongState):
        await _proposed(town, claim_id, second)
    with pytest.raises(NotFound):
        await refunds.confirm(town.command(second), claim_id, proposal_id=number + 1)
    with pytest.raises(NotAnOperator):
        await refunds.confirm(town.command(town.seller), claim_id, proposal_id=number)
    with pytest.raises(NotConfirmed):
        await refunds.sent(town.command(second), claim_id, reference=SENT)
    await refunds.confirm(town.command(second), claim_id, proposal_id=number)
    with pytest.raises(WrongState):
        await refunds.confirm(town.command(second), claim_id, proposal_id=number)


async def test_a_given_up_refund_is_not_proposed(town: Town) -> None:
    """Keeping it here as credit lets no money out, so one operator is enough."""
    claim_id, second = await _cancelled(town), await town.second()
    card = await _proposed(town, claim_id)
    assert card.proposal is not None
    refunds = town.services.hand_refunds
    await refunds.give_up(town.command(town.operator), claim_id, reason="Number closed.")
    with pytest.raises(WrongState):
        await refunds.confirm(town.command(second), claim_id, proposal_id=card.proposal.id)
    with pytest.raises(WrongState):
        await _proposed(town, claim_id, second)


async def test_a_frozen_house_agrees_to_nothing(town: Town) -> None:
    """Whoever looks into the books first must not find money gone."""
    claim_id, second = await _cancelled(town), await town.second()
    await town.services.house.freeze(town.command(second))
    with pytest.raises(OutgoingStopped):
        await _proposed(town, claim_id)
    await town.services.house.thaw(town.command(second))
    card = await _proposed(town, claim_id)
    await town.services.house.freeze(town.command(second))
    assert card.proposal is not None
    with pytest.raises(OutgoingStopped):
        await town.services.hand_refunds.confirm(
            town.command(second), claim_id, proposal_id=card.proposal.id
        )


async def test_operators_agree_to_nothing_for_themselves(town: Town) -> None:
    """With its buyer an operator, the house has no second one besides: one is enough."""
    town.buyer = await town.second()
    claim_id = await _cancelled(town)
    with pytest.raises(OwnOrder):
        await _proposed(town, claim_id, town.buyer)
    card = await town.services.hand_refunds.card(town.operator.id, claim_id)
    assert (card.needs_second, card.may_be_sent) == (False, True)


async def test_one_operator_alone_sends(storage: OpenStorage) -> None:
    """Nobody could confirm it, as with verdicts and payouts."""
    town = await _house(storage, ALONE)
    claim_id = await _cancelled(town)
    refunds = town.services.hand_refunds
    assert (await refunds.card(town.operator.id, claim_id)).may_be_sent
    sent = await refunds.sent(town.command(town.operator), claim_id, reference=SENT)
    assert sent.refund.state == "sent"


async def _funded(town: Town, minor: int = 500_000) -> None:
    amount = Money(minor, Currency.BDT)
    await town.services.treasury.put_in(town.command(town.operator), rail=BKASH, amount=amount)


async def _drawn(town: Town, amount: Money = MUCH) -> bool:
    """The owner wants to take it out; whether it waits."""
    command = town.command(town.operator)
    return await town.services.treasury.draw(command, rail=BKASH, amount=amount, from_capital=True)


async def _there(town: Town) -> int:
    async with town.storage.read() as uow:
        return -await uow.books.balance(f"A:prov:{BKASH}:BDT")


async def test_a_large_draw_waits_for_a_second_person(town: Town) -> None:
    """Nothing moves before; it stands in the queue, on the page, in an alarm; then it is booked."""
    await _funded(town)
    second, treasury = await town.second(), town.services.treasury
    command = town.command(town.operator)
    for _ in range(2):
        assert await treasury.draw(command, rail=BKASH, amount=MUCH, from_capital=True)
    assert await _there(town) == 500_000
    (card,) = await treasury.draws(second.id)
    (line,) = (await treasury.page(second.id)).draws
    assert line == card.proposal
    assert (await town.services.desk.queues(second.id)).draws == 1
    assert (card.is_author, card.names) == (False, {town.operator.id: "Operator"})
    command = town.command(second)
    for _ in range(2):
        card = await treasury.confirm_draw(command, line.id)
    assert (ProposalState.CONFIRMED, second.id) == (card.proposal.state, card.proposal.ended_by)
    assert await _there(town) == 500_000 - MUCH.minor
    assert await treasury.draws(second.id) == ()
    assert await _acts(town) == [(town.operator.id, "draw_proposed"), (second.id, "draw_confirmed")]
    about = str(line.id)
    told = [("draw_waits", about), ("draw_confirmed", about)]
    assert told == await _alarms(town, town.operator) == await _alarms(town, second)
    with pytest.raises(WrongState):
        await treasury.confirm_draw(town.command(second), line.id)


async def test_up_to_the_limit_the_owner_draws_alone(town: Town) -> None:
    """The limit itself is not above it."""
    await _funded(town)
    assert not await _drawn(town, Money(100_000, Currency.BDT))
    assert await _there(town) == 400_000


async def test_who_proposed_a_draw_does_not_confirm_it(town: Town) -> None:
    """Nor does anybody who does not run the house."""
    await _funded(town)
    treasury = town.services.treasury
    await _drawn(town)
    (card,) = await treasury.draws(town.operator.id)
    assert card.is_author
    with pytest.raises(AnotherOperator):
        await treasury.confirm_draw(town.command(town.operator), card.proposal.id)
    with pytest.raises(NotAnOperator):
        await treasury.confirm_draw(town.command(town.buyer), card.proposal.id)
    with pytest.raises(NotAnOperator):
        await treasury.draws(town.buyer.id)
    with pytest.raises(NotAnOperator):
        await treasury.drop_draw(town.command(town.buyer), card.proposal.id)
    with pytest.raises(NotFound):
        await treasury.draw_card(town.operator.id, card.proposal.id + 1)


async def test_a_draw_is_covered_when_it_is_confirmed(town: Town) -> None:
    """What was the house's own when it was proposed may be gone since; frozen money stays."""
    await _funded(town)
    second, treasury = await town.second(), town.services.treasury
    with pytest.raises(NotCovered):
        await _drawn(town, Money(500_001, Currency.BDT))
    await _drawn(town, Money(500_000, Currency.BDT))
    (card,) = await treasury.draws(second.id)
    await town.services.house.freeze(town.command(second))
    with pytest.raises(OutgoingStopped):
        await treasury.confirm_draw(town.command(second), card.proposal.id)
    assert (await treasury.draw_card(second.id, card.proposal.id)).is_frozen
    await town.services.house.thaw(town.command(second))
    assert not await _drawn(town, Money(1, Currency.BDT))
    with pytest.raises(NotCovered):
        await treasury.confirm_draw(town.command(second), card.proposal.id)
    assert await _there(town) == 499_999


async def test_a_draw_is_dropped(town: Town) -> None:
    """By anybody of the house, once; a later confirmation finds it over."""
    await _funded(town)
    second, treasury = await town.second(), town.services.treasury
    await _drawn(town)
    (card,) = await treasury.draws(second.id)
    command = town.command(second)
    for _ in range(2):
        card = await treasury.drop_draw(command, card.proposal.id)
    with pytest.raises(WrongState):
        await treasury.drop_draw(town.command(town.operator), card.proposal.id)
    assert (ProposalState.DROPPED, second.id) == (card.proposal.state, card.proposal.ended_by)
    with pytest.raises(WrongState):
        await treasury.confirm_draw(town.command(second), card.proposal.id)
    assert await _there(town) == 500_000


async def test_fees_are_drawn_before_the_owners_money(town: Town) -> None:
    """What is confirmed is booked from the fees where they cover it, else from the capital."""
    await _funded(town)
    second, treasury = await town.second(), town.services.treasury
    await _drawn(town)
    (card,) = await treasury.draws(second.id)
    await treasury.confirm_draw(town.command(second), card.proposal.id)
    (coffer,) = (await treasury.page(second.id)).coffers
    assert (0, 500_000 - MUCH.minor) == (coffer.fees, coffer.capital)


async def test_a_refund_is_no_draw(town: Town) -> None:
    """The number of one kind opens none of the other."""
    claim_id = await _cancelled(town)
    card = await _proposed(town, claim_id)
    assert card.proposal is not None
    with pytest.raises(NotFound):
        await town.services.treasury.confirm_draw(
            town.command(await town.second()), card.proposal.id
        )


async def test_an_owner_alone_draws_alone(storage: OpenStorage) -> None:
    """Where nobody else runs the house, one is enough; a second owner is somebody else."""
    alone = await _house(storage, ALONE)
    await _funded(alone)
    assert not await _drawn(alone)
    owned = Town(storage, OWNED)
    owned.operator = alone.operator
    assert await _drawn(owned)
    other = await owned.citizen(777, name="Owner", code="en")
    (card,) = await owned.services.treasury.draws(other.id)
    await owned.services.treasury.confirm_draw(owned.command(other), card.proposal.id)
    assert await _there(owned) == 500_000 - 2 * MUCH.minor
    assert ("draw_confirmed", str(card.proposal.id)) in await _alarms(owned, other)


async def test_two_who_confirm_at_once_draw_once(town: Town) -> None:
    """The second one finds that it has ended."""
    await _funded(town)
    second = await town.second()
    await _drawn(town)
    (card,) = await town.services.treasury.draws(second.id)
    async with town.storage.begin() as uow:
        ended = (card.proposal, ProposalState.DROPPED)
        await uow.proposals.end(*ended, by=second.id, now_ms=1)
        with pytest.raises(Conflict):
            await uow.proposals.end(*ended, by=second.id, now_ms=2)
