"""Disputes: opening, hearing, one operator and two, appeals, giving in, reopening, chargebacks."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from market.change import OrderEvent
from market.deadlines import DAY_MS, HOUR_MS
from market.errors import (
    AmountOutOfRange,
    AnotherOperator,
    AskedBefore,
    Decided,
    NotAnOperator,
    NotDecided,
    NotFound,
    NotHeard,
    NotLate,
    NotYours,
    OwnOrder,
    Stale,
    TextTooShort,
    TooEarly,
    TooManyDisputes,
    WrongState,
)
from market.files import FileRef
from market.money import Currency, Money
from market.notices import Notice
from market.policy import Policy
from market.read import Delivery, Statement, StatementLine
from market.reports import Subject
from market.room import RoomMessage
from market.split import Split
from market.states import Event, Outcome, Role, State
from storage import OpenStorage
from tests.support.prices import give_credit
from tests.support.town import POLICY, Town

FILE = FileRef(file_id="f", file_unique_id="u", kind="photo", name="proof.png", size=9)
MUCH = Money(6_000, Currency.XTR)


async def test_a_dispute_is_opened_with_words_and_evidence(town: Town) -> None:
    """The other side hears of it, operators are alarmed, the money stays where it is."""
    order = await town.order_in(State.DELIVERED)
    town.clock.advance(HOUR_MS)
    command = town.command(town.buyer)
    for _ in range(2):
        card = await town.services.disputes.open(
            command,
            order.id,
            version=order.version,
            reason="quality",
            text="  The logo is somebody else's work.  ",
            files=(FILE,),
        )
    await town.drain()
    shown = await town.services.disputes.card(town.seller.id, order.id)
    assert (card.order.state, card.order.held_minor) == (State.DISPUTED, 250)
    assert [
        Statement(1, Role.BUYER, "The logo is somebody else's work.", (FILE,), town.clock.now_ms())
    ] == list(shown.statements)
    assert Notice.DISPUTE_OPENED is town.messenger.notices(town.seller)[-1]
    assert Notice.ALARM is town.messenger.notices(town.operator)[-1]


async def test_a_dispute_needs_twenty_signs(town: Town) -> None:
    """Nineteen signs say too little."""
    order = await town.order_in(State.DELIVERED)
    with pytest.raises(TextTooShort):
        await town.open_dispute(order.id, text="x" * 19)


async def test_a_first_look_comes_before_a_dispute(town: Town) -> None:
    """In the first hour of a delivery, and in work that is on time, nothing is disputed."""
    order = await town.order_in(State.IN_PROGRESS)
    with pytest.raises(NotLate):
        await town.open_dispute(order.id)
    card = await town.deliver(order.id)
    with pytest.raises(TooEarly):
        await town.services.disputes.open(
            town.command(town.buyer),
            order.id,
            version=card.order.version,
            reason="quality",
            text="x" * 20,
            files=(),
        )


async def test_open_disputes_are_limited(town: Town) -> None:
    """The fifth undecided dispute of one person waits; those opened by others do not count."""
    gig = await town.gig()
    for number in range(5):
        order = await town.order_in(State.DELIVERED, gig)
        await town.open_dispute(order.id, by=town.seller if number == 0 else town.buyer)
    order = await town.order_in(State.DELIVERED, gig)
    with pytest.raises(TooManyDisputes):
        await town.open_dispute(order.id)


async def test_both_are_heard_before_a_verdict(town: Town) -> None:
    """Until the other side has spoken, or two days are over, no operator decides."""
    order = await town.order_in(State.DELIVERED)
    await town.open_dispute(order.id)
    with pytest.raises(NotHeard):
        await town.decide(order.id, 0)
    town.clock.advance(48 * HOUR_MS)
    card = await town.decide(order.id, 0)
    assert card.order.dispute is not None
    assert (card.order.dispute.has_verdict, card.order.state) == (True, State.DISPUTED)
    with pytest.raises(Decided):
        await town.testify(town.seller, order.id)


@dataclass(frozen=True)
class _End:
    """How a verdict leaves order and money."""

    state: State
    outcome: Outcome | None
    seller: dict[str, int]
    buyer: dict[str, int]
    refunds: int


_ENDS = {
    0: _End(State.REFUNDED, None, {}, {}, 1),
    250: _End(State.COMPLETED, Outcome.RELEASED, {"clearing": 225}, {}, 0),
    100: _End(State.COMPLETED, Outcome.SPLIT, {"clearing": 90}, {"credit": 150}, 0),
}


@pytest.mark.parametrize("minor", _ENDS)
async def test_a_verdict_is_carried_out_after_three_days(town: Town, minor: int) -> None:
    """Nothing moves while one may appeal; then the money goes where the verdict said."""
    order = await town.heard()
    card = await town.decide(order.id, minor)
    assert card.shares(minor) == Split(minor - minor // 10, minor // 10, 250 - minor)
    assert card.shares(minor) == town.services.disputes.shares(order, minor)
    town.clock.advance(72 * HOUR_MS - 1)
    assert await town.services.upkeep.lapse() == 0
    town.clock.advance(1)
    await town.services.upkeep.lapse()
    await town.drain()
    ended = await town.order(order.id)
    seller, buyer = await town.balances(town.seller), await town.balances(town.buyer)
    refunds = len(town.stars.calls)
    assert _ENDS[minor] == _End(ended.state, ended.outcome, seller, buyer, refunds)
    assert Notice.DISPUTE_ENDED in town.messenger.notices(town.seller)
    assert town.messenger.notices(town.buyer).count(Notice.REFUND_SENT) == refunds


async def test_only_operators_decide(town: Town) -> None:
    """Strangers, parties, and operators who are a party do not."""
    order = await town.heard()
    with pytest.raises(NotAnOperator):
        await town.decide(order.id, 0, by=await town.citizen(700))
    with pytest.raises(OwnOrder):
        await town.decide(order.id, 0, by=town.buyer)
    with pytest.raises(AmountOutOfRange):
        await town.decide(order.id, 251)
    with pytest.raises(TextTooShort):
        await town.decide(order.id, 0, reason=" ")


async def test_a_repeated_verdict_has_one_effect(town: Town) -> None:
    """The same key answers the present dispute."""
    order, command = await town.heard(), town.command(town.operator)
    for _ in range(2):
        card = await town.services.disputes.propose_or_decide(
            command, order.id, version=order.version, minor=100, reason="Half is done."
        )
    assert order.version + 1 == card.order.version


async def _much(town: Town) -> int:
    return (await town.heard(await town.gig(price=MUCH))).id


async def test_much_money_needs_two_operators(town: Town) -> None:
    """The first one proposes, another one confirms exactly that; then the verdict stands."""
    order_id, second = await _much(town), await town.second()
    card = await town.decide(order_id, 1_000)
    await town.drain()
    assert card.proposal is not None
    assert (1_000, town.operator.id, True) == (
        card.proposal.minor,
        card.proposal.operator_id,
        card.needs_second,
    )
    assert Notice.ALARM is town.messenger.notices(second)[-1]
    version = card.order.version
    confirm = town.services.disputes.confirm
    with pytest.raises(AnotherOperator):
        await confirm(town.command(town.operator), order_id, version=version, minor=1_000)
    with pytest.raises(Stale):
        await confirm(town.command(second), order_id, version=version, minor=2_000)
    command = town.command(second)
    for _ in range(2):
        card = await confirm(command, order_id, version=version, minor=1_000)
    assert card.order.dispute is not None
    assert (1_000, town.operator.id, None) == (
        card.order.dispute.verdict_minor,
        card.order.dispute.verdict_by,
        card.proposal,
    )
    with pytest.raises(Decided):
        await confirm(town.command(second), order_id, version=version + 1, minor=1_000)


async def test_the_last_word_about_much_money_needs_two_operators_too(town: Town) -> None:
    """Where nobody else is left, who confirmed speaks, and whose verdict it was may confirm."""
    order_id, second = await _much(town), await town.second()
    await _appealed_by_two(town, order_id)
    with pytest.raises(AnotherOperator):
        await town.decide(order_id, 0)
    shown = await town.services.disputes.card(town.operator.id, order_id)
    assert (shown.may_speak, shown.order.state) == (False, State.DISPUTED)
    card = await town.decide(order_id, 0, by=second)
    assert (card.proposal and card.proposal.minor, card.may_speak) == (0, True)
    confirm = town.services.disputes.confirm
    version = card.order.version
    card = await confirm(town.command(town.operator), order_id, version=version, minor=0)
    assert (card.proposal, card.order.state) == (None, State.REFUNDED)


async def test_neither_of_two_judges_hears_the_appeal(storage: OpenStorage) -> None:
    """A third operator, who had no part in the verdict, has the last word; the others confirm."""
    town = Town(storage, replace(POLICY, operators=POLICY.operators | {902}))
    await town.settle_in()
    order_id, third = await _much(town), await town.citizen(902)
    judges = (town.operator, await _appealed_by_two(town, order_id))
    for judge in judges:
        with pytest.raises(AnotherOperator):
            await town.decide(order_id, 0, by=judge)
    card = await town.decide(order_id, 0, by=third)
    assert card.proposal is not None
    assert (third.id, True) == (card.proposal.operator_id, card.may_speak)


async def _appealed_by_two(town: Town, order_id: int) -> Any:
    """One operator's verdict, confirmed by the second, who is returned; the buyer appeals."""
    second, card = await town.second(), await town.decide(order_id, 6_000)
    confirm = town.services.disputes.confirm
    await confirm(town.command(second), order_id, version=card.order.version, minor=6_000)
    await _appeal(town, order_id)
    return second


async def test_what_would_be_refused_is_not_proposed(town: Town) -> None:
    """A proposal passes the same guards as a verdict, and without one nothing is confirmed."""
    order_id = await _much(town)
    with pytest.raises(AmountOutOfRange):
        await town.decide(order_id, 6_001)
    order = await town.order(order_id)
    with pytest.raises(NotFound):
        await town.services.disputes.confirm(
            town.command(await town.second()), order_id, version=order.version, minor=0
        )


async def test_a_house_of_one_operator_decides_alone(storage: OpenStorage) -> None:
    """Where nobody could confirm, much money does not wait for it; appeals go to the same one."""
    town = Town(storage, Policy(operators=frozenset({900})))
    await town.settle_in()
    order_id = await _much(town)
    card = await town.decide(order_id, 1_000)
    assert (card.proposal, card.needs_second) == (None, False)
    await _appeal(town, order_id)
    card = await town.decide(order_id, 0)
    assert State.REFUNDED is card.order.state


async def _appeal(town: Town, order_id: int) -> Any:
    order = await town.order(order_id)
    return await town.services.disputes.appeal(
        town.command(town.buyer), order_id, version=order.version, text="Look at file 2."
    )


async def test_an_appeal_goes_to_another_operator(town: Town) -> None:
    """The one who decided has spoken; the other one's word is the last and takes effect at once."""
    order, second = await town.heard(), await town.second()
    with pytest.raises(NotDecided):
        await _appeal(town, order.id)
    await town.decide(order.id, 250)
    await _appeal(town, order.id)
    queues = await town.services.desk.queues(second.id)
    assert (queues.disputes, queues.appeals) == (0, 1)
    with pytest.raises(AnotherOperator):
        await town.decide(order.id, 250)
    with pytest.raises(AmountOutOfRange):
        await town.decide(order.id, -1, by=second)
    card = await town.decide(order.id, 100, by=second)
    assert (card.order.state, card.order.outcome) == (State.COMPLETED, Outcome.SPLIT)
    assert await town.balances(town.buyer) == {"credit": 150}


@pytest.mark.parametrize(
    ("who", "event", "state"),
    [
        ("seller", Event.CONCEDE_SELLER, State.REFUNDED),
        ("buyer", Event.CONCEDE_BUYER, State.COMPLETED),
    ],
)
async def test_a_party_may_give_in(town: Town, who: str, event: Event, state: State) -> None:
    """One tap ends the dispute in the other's favour."""
    order = await town.heard()
    card = await town.act(getattr(town, who), order.id, event)
    assert state is card.order.state


async def test_silent_operators_are_alarmed_and_at_last_the_buyer_is_paid(town: Town) -> None:
    """Alarms after 3, 7 and 30 days; after 60 days everything goes back."""
    order = await town.heard()
    await town.drain()
    opened_ms = order.entered_ms
    for days in (3, 7, 30):
        town.clock.set(opened_ms + days * DAY_MS)
        await town.services.upkeep.nudge()
    await town.drain()
    assert town.messenger.notices(town.operator).count(Notice.ALARM) == 4
    town.clock.set(opened_ms + 60 * DAY_MS)
    await town.services.upkeep.lapse()
    await town.drain()
    assert State.REFUNDED is (await town.order(order.id)).state
    assert len(town.stars.calls) == 1


async def test_the_timeline_tells_everything_in_order(town: Town) -> None:
    """Events, transfers, deliveries, statements and the room, oldest first, for three viewers."""
    order = await town.order_in(State.DELIVERED)
    await town.say(town.buyer, order.id, "Is this the final file?")
    await town.open_dispute(order.id)
    for viewer in (town.buyer, town.seller, town.operator):
        card = await town.services.disputes.card(viewer.id, order.id)
        kinds = {type(moment.what) for moment in card.timeline}
        assert {OrderEvent, StatementLine, Delivery, RoomMessage, Statement} == kinds
        moments = [moment.at_ms for moment in card.timeline]
        assert sorted(moments) == moments


async def test_strangers_see_no_dispute(town: Town) -> None:
    """For others, and without a dispute, there is none."""
    order = await town.order_in(State.DELIVERED)
    for person in (town.buyer, await town.citizen(700)):
        with pytest.raises(NotFound):
            await town.services.disputes.card(person.id, order.id)


async def _wish(town: Town, order_id: int) -> int:
    await town.services.disputes.ask_reopen(
        town.command(town.buyer), order_id, text="The files do not open at all."
    )
    (report,) = await town.services.desk.reports(town.operator.id, Subject.REOPEN)
    return report.id


async def test_an_operator_reopens_what_the_buyer_reports(town: Town) -> None:
    """The price is held again, the buyer's words open the dispute, both hear of it."""
    order = await town.order_in(State.COMPLETED)
    report_id, command = await _wish(town, order.id), town.command(town.operator)
    for _ in range(2):
        card = await town.services.disputes.reopen(command, report_id)
    await town.drain()
    shown = await town.services.disputes.card(town.buyer.id, order.id)
    assert (card.order.state, card.order.held_minor) == (State.DISPUTED, 250)
    assert [said.text for said in shown.statements] == ["The files do not open at all."]
    assert await town.balances(town.seller) == {"held_for_me": 250}
    assert Notice.ORDER_REOPENED is town.messenger.notices(town.seller)[-1]
    assert await town.services.desk.reports(town.operator.id, Subject.REOPEN) == ()


async def test_a_refused_wish_is_answered(town: Town) -> None:
    """The buyer reads why; the wish is settled once."""
    order = await town.order_in(State.COMPLETED)
    report_id, command = await _wish(town, order.id), town.command(town.operator)
    refuse = town.services.disputes.refuse_reopen
    for _ in range(2):
        await refuse(command, report_id, reason="They open here.")
    with pytest.raises(WrongState):
        await refuse(town.command(town.operator), report_id, reason="Again.")
    await town.drain()
    assert Notice.REOPEN_REFUSED is town.messenger.notices(town.buyer)[-1]
    assert State.COMPLETED is (await town.order(order.id)).state


async def test_a_wish_to_reopen_has_its_time_and_place(town: Town) -> None:
    """Only the buyer, only while the money clears, one wish at a time, no other report."""
    order = await town.order_in(State.COMPLETED)
    ask = town.services.disputes.ask_reopen
    with pytest.raises(NotYours):
        await ask(town.command(town.seller), order.id, text="x" * 20)
    command = town.command(town.buyer)
    for _ in range(2):
        await ask(command, order.id, text="x" * 20)
    with pytest.raises(AskedBefore):
        await ask(town.command(town.buyer), order.id, text="x" * 20)
    delivered = await town.order_in(State.DELIVERED)
    with pytest.raises(WrongState):
        await ask(town.command(town.buyer), delivered.id, text="x" * 20)
    await town.services.reports.gig(town.command(town.buyer), order.gig_id, words="Copied")
    (other,) = await town.services.desk.reports(town.operator.id, Subject.GIG)
    with pytest.raises(NotFound):
        await town.services.disputes.reopen(town.command(town.operator), other.id)


async def test_a_chargeback_ends_a_funded_order(town: Town) -> None:
    """The provider took the charge: nothing is held, nothing goes back once more."""
    order = await town.order_in(State.DELIVERED)
    card = await town.services.disputes.charge_back(town.command(town.operator), order.id)
    await town.drain()
    assert (
        card.order.state,
        card.order.was_charged_back,
        len(town.stars.calls),
    ) == (State.CANCELLED, True, 0)
    assert Notice.PAYMENT_TAKEN_BACK is town.messenger.notices(town.seller)[-1]
    await town.services.payments.refunded(charge_id="charge-1")
    assert await town.balances(town.buyer) == {}


async def test_a_chargeback_flags_a_completed_order(town: Town) -> None:
    """The clearing money goes first; the order stays completed and clears nothing."""
    order = await town.order_in(State.COMPLETED)
    with pytest.raises(OwnOrder):
        await town.services.disputes.charge_back(town.command(town.buyer), order.id)
    await town.services.disputes.charge_back(town.command(town.operator), order.id)
    town.clock.advance(30 * DAY_MS)
    await town.services.upkeep.lapse()
    assert await town.balances(town.seller) == {}


async def test_a_chargeback_after_clearing_is_the_buyers_debt(town: Town) -> None:
    """An operator enters it, the provider reports it later: once; the seller keeps his money."""
    order = await town.order_in(State.CLEARED)
    with pytest.raises(OwnOrder):
        await town.services.disputes.charge_back(town.command(town.buyer), order.id)
    command = town.command(town.operator)
    for _ in range(2):
        card = await town.services.disputes.charge_back(command, order.id)
    await town.services.payments.refunded(charge_id="charge-1")
    assert card.order.state is State.CLEARED
    (debt,) = (await town.services.treasury.page(town.operator.id)).debts
    assert (debt.person_id, debt.minor) == (town.buyer.id, 250)
    assert await town.balances(town.seller) == {"available": 225}


async def test_what_balances_paid_no_provider_takes_back(town: Town) -> None:
    """Before and after clearing there is no charge to speak of, and nothing is logged."""
    await give_credit(town.storage, town.buyer.id, 250)
    order = await town.placed()
    await town.answer(order.id)
    await town.deliver(order.id)
    await town.act(town.buyer, order.id, Event.ACCEPT)
    for _ in range(2):
        with pytest.raises(WrongState):
            await town.services.disputes.charge_back(town.command(town.operator), order.id)
        town.clock.advance(30 * DAY_MS)
        await town.services.upkeep.lapse()
    assert (await town.order(order.id)).state is State.CLEARED
    assert await town.services.desk.acts(town.operator.id) == ()


def test_the_house_has_two_operators() -> None:
    """What these tests say about a second operator rests on the town's settings."""
    assert len(POLICY.operators) == 2
