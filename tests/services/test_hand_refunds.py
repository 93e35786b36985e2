"""Money that came by hand goes back by hand: promised, sent under a reference, or given up."""

import pytest

from market import errors
from market.claims import ClaimState
from market.deadlines import DAY_MS, HOUR_MS
from market.notices import Notice
from market.states import Event, State
from services.freezing import begin_safe_mode
from services.house import FROZEN
from tests.support.by_hand import TAKA, TRX, claimed, paid_by_hand, see, taka, take_taka
from tests.support.town import Town

SENT = "8ZZ9Y8X7W6"


@pytest.fixture(autouse=True)
async def _house(town: Town) -> None:
    """The house takes taka for lessons."""
    await take_taka(town)


async def _cancelled(town: Town) -> int:
    """A paid order that its buyer cancelled; the id of the claim whose money goes back."""
    order, claim = await paid_by_hand(town)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    return claim.id


async def _clean(town: Town) -> bool:
    async with town.storage.read() as uow:
        return await uow.ledger.audit() == ()


async def test_a_cancelled_order_waits_to_be_sent_back(town: Town) -> None:
    """No call to any provider: an operator finds it in the queue, with the sender's digits."""
    claim_id = await _cancelled(town)
    await town.drain()
    assert town.stars.calls == []
    (card,) = await town.services.hand_refunds.queue(town.operator.id)
    assert (claim_id, TAKA, "pending", "4321") == (
        card.refund.claim.id,
        card.refund.amount,
        card.refund.state,
        card.refund.claim.digits,
    )
    assert (await town.services.desk.queues(town.operator.id)).hand_refunds == 1
    assert await _clean(town)


async def test_sent_back_under_a_reference(town: Town) -> None:
    """P15: nothing is owed any more; the buyer hears the reference; a second time does nothing."""
    claim_id = await _cancelled(town)
    refunds, command = town.services.hand_refunds, town.command(town.operator)
    for _ in range(2):
        card = await refunds.sent(command, claim_id, reference=SENT.lower())
    await town.drain()
    assert (card.refund.state, card.refund.reference) == ("sent", SENT)
    assert await taka(town, town.buyer) == {}
    assert await refunds.queue(town.operator.id) == ()
    assert Notice.REFUND_SENT in town.messenger.notices(town.buyer)
    (told,) = [
        row.message.facts
        for row in town.messenger.sent
        if row.message and row.message.notice is Notice.REFUND_SENT
    ]
    assert (told["rail"], told["reference"]) == ("manual:bkash", SENT)
    with pytest.raises(errors.WrongState):
        await refunds.sent(town.command(town.operator), claim_id, reference=SENT)
    assert await _clean(town)


async def test_given_up(town: Town) -> None:
    """P16: it stays with the buyer as credit, who reads why."""
    claim_id = await _cancelled(town)
    refunds = town.services.hand_refunds
    command = town.command(town.operator)
    for _ in range(2):
        card = await refunds.give_up(command, claim_id, reason="Number closed.")
    await town.drain()
    assert card.refund.state == "void"
    assert await taka(town, town.buyer) == {"credit": TAKA.minor}
    assert Notice.REFUND_KEPT in town.messenger.notices(town.buyer)
    with pytest.raises(errors.WrongState):
        await refunds.give_up(town.command(town.operator), claim_id, reason="Again.")
    assert await _clean(town)


async def test_money_that_landed_may_go_back(town: Town) -> None:
    """Its owner asked for it: promised whole, once, and only while it is there."""
    claim = await claimed(town)
    await see(town, claim, 5)
    refunds = town.services.hand_refunds
    command = town.command(town.operator)
    for _ in range(2):
        card = await refunds.send_back(command, claim.id)
    assert (card.refund.amount.minor, card.refund.state) == (5, "pending")
    assert await taka(town, town.buyer) == {}
    with pytest.raises(errors.WrongState):
        await refunds.send_back(town.command(town.operator), claim.id)
    await refunds.sent(town.command(town.operator), claim.id, reference=SENT)
    assert await _clean(town)


async def test_what_paid_an_order_is_not_sent_back_so(town: Town) -> None:
    """The order decides about its money."""
    order, claim = await paid_by_hand(town)
    assert (order.state, claim.state) == (State.AWAITING_REQUIREMENTS, ClaimState.PAID)
    with pytest.raises(errors.WrongState):
        await town.services.hand_refunds.send_back(town.command(town.operator), claim.id)


async def test_a_frozen_house_sends_nothing(town: Town) -> None:
    """An operator who has not sent it yet should not."""
    claim_id = await _cancelled(town)
    async with town.storage.begin() as uow:
        await uow.upkeep.set_flag(FROZEN, "audit", now_ms=town.clock.now_ms())
    refunds = town.services.hand_refunds
    assert (await refunds.card(town.operator.id, claim_id)).is_frozen
    with pytest.raises(errors.OutgoingStopped):
        await refunds.sent(town.command(town.operator), claim_id, reference=SENT)


async def test_refunds_are_the_operators(town: Town) -> None:
    """Not the payer's, not a stranger's, and the reference must be one."""
    claim_id = await _cancelled(town)
    refunds = town.services.hand_refunds
    with pytest.raises(errors.NotAnOperator):
        await refunds.sent(town.command(town.seller), claim_id, reference=SENT)
    with pytest.raises(errors.NotAnOperator):
        await refunds.queue(town.buyer.id)
    with pytest.raises(errors.ClaimUnfit):
        await refunds.sent(town.command(town.operator), claim_id, reference="?")
    await town.services.claims.by_hand(town.buyer.id, 1)


async def test_operators_send_themselves_nothing(town: Town) -> None:
    """An operator who bought something waits for another one."""
    town.buyer, second = await town.second(), town.buyer
    claim_id = await _cancelled(town)
    refunds = town.services.hand_refunds
    with pytest.raises(errors.OwnOrder):
        await refunds.sent(town.command(town.buyer), claim_id, reference=SENT)
    with pytest.raises(errors.OwnOrder):
        await refunds.send_back(town.command(town.buyer), claim_id)
    with pytest.raises(errors.NotFound):
        await refunds.card(town.operator.id, claim_id + 1)
    assert second.id != town.buyer.id
    assert (await refunds.card(town.operator.id, claim_id)).refund.claim.reference == TRX


async def _tell(town: Town) -> list[object]:
    """What operators were alarmed about refunds by hand, so far."""
    await town.services.sending_out.tell()
    await town.drain()
    facts = [row.message.facts for row in town.messenger.sent if row.message is not None]
    return [one["what"] for one in facts if str(one.get("what")).startswith("hand_refund")]


async def test_operators_are_told_what_to_send_back(town: Town) -> None:
    """At once, and every day as long as the buyer waits; then the list of stuck things has it."""
    claim_id = await _cancelled(town)
    for _ in range(2):
        assert await _tell(town) == ["hand_refund"]
    for _ in range(4):
        town.clock.advance(12 * HOUR_MS)
        await _tell(town)
    assert await _tell(town) == ["hand_refund", "hand_refund_waits", "hand_refund_waits"]
    assert (await town.services.stuck.look())["hand_refunds"] == 1
    refunds = town.services.hand_refunds
    await refunds.sent(town.command(town.operator), claim_id, reference=SENT)
    town.clock.advance(DAY_MS)
    assert len(await _tell(town)) == 3
    assert "hand_refunds" not in await town.services.stuck.look()


async def test_a_refund_that_was_just_sent_is_told_to_nobody(town: Town) -> None:
    """Between finding and telling it an operator may have sent it."""
    claim_id = await _cancelled(town)
    refunds = town.services.hand_refunds
    await refunds.sent(town.command(town.operator), claim_id, reference=SENT)
    await town.services.sending_out._tell_refund(claim_id)
    assert await _tell(town) == []


async def test_what_was_sent_before_the_restore_is_booked_in_safe_mode(town: Town) -> None:
    """Nothing may be sent then, but what had left is asked for: P15 as ever."""
    claim_id = await _cancelled(town)
    async with town.storage.begin() as uow:
        await begin_safe_mode(uow, now_ms=town.clock.now_ms())
    refunds = town.services.hand_refunds
    card = await refunds.card(town.operator.id, claim_id)
    assert (card.is_frozen, card.is_safe, card.is_stopped) == (True, True, False)
    card = await refunds.sent(town.command(town.operator), claim_id, reference=SENT)
    assert (card.refund.state, card.refund.reference) == ("sent", SENT)
    assert await _clean(town)
