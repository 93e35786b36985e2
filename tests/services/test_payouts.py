"""Payouts: operators who pay by hand, rails that pay by themselves, and what can go wrong."""

import asyncio
from dataclasses import replace

import pytest

from market.deadlines import DAY_MS
from market.errors import (
    AnotherOperator,
    ClaimUnfit,
    MarketError,
    NotAnOperator,
    NotAnOwner,
    OutgoingStopped,
    OwnWithdrawal,
    PayoutsFrozen,
    RateUnfit,
    ReferenceUsed,
    TextTooShort,
    TooEarly,
    WayClosed,
    WrongState,
)
from market.house_postings import drawn
from market.ledger import capital
from market.money import Currency, Money
from market.notices import Notice
from market.payout_terms import BY_HAND, Way
from market.people import Standing
from market.states import State
from market.withdrawal import Step, Withdrawal, WithdrawalState
from services.freezing import FROZEN
from services.payout_rows import NotPaid, Paid, PayoutCall, Unknown, Wait
from services.rows import OutboxRow, ProviderFact
from services.sending_out import pay_out, told_by_rail
from storage import OpenStorage
from tests.support.payouts import BKASH, EVIDENCE, Till
from tests.support.town import POLICY, Town

S = WithdrawalState
EARNED, RESERVED = "L:user:1:earned:XTR", "L:user:1:wd:BDT"
WALLET, FEES, COSTS = (
    "A:prov:manual:bkash:BDT",
    "I:payout_fee:BDT",
    "E:prov_fee:manual:bkash:BDT",
)


@pytest.fixture
async def till(town: Town) -> Till:
    """Rates, funds and earnings are there, and a second operator."""
    await town.second()
    return await Till(town).opened()


@pytest.fixture
async def chain(storage: OpenStorage) -> Till:
    """The same in a house that pays out by Crypto Pay as well."""
    town = Town(storage, replace(POLICY, payout_ways=BY_HAND | {Way.CRYPTO_PAY}))
    await town.settle_in()
    await town.second()
    return await Till(town).opened()


async def careful(storage: OpenStorage, *ways: Way) -> Till:
    """The same in a house where hardly anything may be sent by one operator alone."""
    payouts = tuple(replace(one, second_operator_minor=1) for one in POLICY.payouts)
    town = Town(storage, replace(POLICY, payouts=payouts, payout_ways=BY_HAND.union(ways)))
    await town.settle_in()
    await town.second()
    return await Till(town).opened()


async def told(till: Till, notice: Notice) -> dict[str, object]:
    """The facts of the seller's newest notice of that kind."""
    await till.drain()
    rows = [row.message for row in till.town.messenger.sent if row.message is not None]
    mine = [one for one in rows if one.person_id == till.town.seller.id and one.notice is notice]
    return mine[-1].facts


async def alarms(till: Till) -> list[object]:
    """What one operator was alarmed about."""
    await till.drain()
    rows = [row.message for row in till.town.messenger.sent if row.message is not None]
    me = till.town.operator.id
    return [
        one.facts["what"]
        for one in rows
        if one.notice is Notice.ALARM
        and one.person_id == me
        and str(one.facts["what"]).startswith(("payout", "dead_payout"))
    ]


async def test_an_operator_pays_by_hand_and_the_seller_hears_of_it(till: Till) -> None:
    """Taken, sent, typed: the wallet has less, the fee is earned, the charge is a cost."""
    ripe = await till.ripe()
    waiting = await till.do("take", ripe)
    assert (waiting.account, waiting.is_holder) == (BKASH, True)
    card = await till.pay(waiting.withdrawal, " dhq7x2p1ab ", charge_minor=500)
    paid = card.withdrawal
    assert (paid.state, paid.reference, paid.evidence) == (S.PAID, "DHQ7X2P1AB", EVIDENCE)
    assert await till.purses(WALLET, FEES, COSTS, RESERVED) == [
        -(10_000_000 - 34_550 - 500),
        1_000,
        -500,
        0,
    ]
    facts = await told(till, Notice.WITHDRAWAL_PAID)
    assert (facts["amount_minor"], facts["currency"], facts["reference"]) == (
        34_550,
        "BDT",
        "DHQ7X2P1AB",
    )
    steps = [event.step for event in card.history]
    assert steps == [Step.TAKE, Step.PAY]
    acts = await till.town.services.desk.acts(till.town.operator.id)
    assert [act.act for act in acts[:2]] == ["payout_pay", "payout_take"]
    assert BKASH not in "".join(act.detail for act in acts)


async def test_the_first_withdrawal_waits_three_days(till: Till) -> None:
    """Before that nobody can take it; the second one goes at once."""
    card = await till.requested(100)
    with pytest.raises(TooEarly):
        await till.do("take", card.withdrawal)
    till.town.clock.set(card.withdrawal.from_ms)
    taken = await till.do("take", card.withdrawal)
    await till.pay(taken.withdrawal)
    second = await till.requested(100)
    assert second.withdrawal.from_ms == till.town.clock.now_ms()


async def test_what_could_not_be_sent_is_the_sellers_again(till: Till) -> None:
    """All of it, in Stars, with the operator's words."""
    taken = await till.sending()
    with pytest.raises(TextTooShort):
        await till.do("fail", taken, reason=" ")
    card = await till.do("fail", taken, reason="This number has no bKash.")
    assert card.withdrawal.state is S.FAILED
    assert await till.purses(EARNED, RESERVED, "X:fx:BDT", "X:fx:XTR") == [225, 0, 0, 0]
    facts = await told(till, Notice.WITHDRAWAL_FAILED)
    assert (facts["amount_minor"], facts["currency"], facts["reason"]) == (
        225,
        "XTR",
        "This number has no bKash.",
    )


async def test_what_came_back_is_the_sellers_less_the_fee(till: Till) -> None:
    """P20, in taka; the reference stays used."""
    paid = await till.paid()
    card = await till.do("came_back", paid, reason="Sent back by bKash.")
    assert card.withdrawal.state is S.RETURNED
    assert await till.purses("L:user:1:earned:BDT", WALLET) == [34_550, -10_000_000]
    assert (await told(till, Notice.WITHDRAWAL_RETURNED))["amount_minor"] == 34_550
    with pytest.raises(WrongState):
        await till.do("came_back", card.withdrawal, reason="again")


async def test_one_sending_pays_one_withdrawal(till: Till) -> None:
    """A reference is used once per wallet, however it is typed."""
    ripe = await till.ripe(minor=100)
    taken = await till.do("take", ripe)
    await till.pay(taken.withdrawal)
    second = await till.requested(100)
    taken = await till.do("take", second.withdrawal)
    with pytest.raises(ReferenceUsed):
        await till.pay(taken.withdrawal, "dhq7 x2p1ab")
    with pytest.raises(ClaimUnfit):
        await till.pay(taken.withdrawal, "no")
    await till.pay(taken.withdrawal, "DHQ7X2P1AC")


async def test_a_sending_that_the_house_knows_pays_nothing_else(till: Till) -> None:
    """Whatever it was for: the provider's fact is written once."""
    taken = await till.sending()
    fact = ProviderFact(
        rail="manual:bkash",
        external_id="DHQ7X2P1AB",
        kind="out",
        person_id=None,
        amount=taken.net,
        intent_id=None,
        order_id=None,
        at_ms=0,
    )
    async with till.town.storage.begin() as uow:
        await uow.payments.add_fact(fact)
    with pytest.raises(ReferenceUsed):
        await till.pay(taken)
    assert (await till.stored(taken.id)).state is S.SENDING


async def test_the_same_tap_pays_once(till: Till) -> None:
    """A repeated command changes nothing and answers what is."""
    ripe = await till.ripe()
    command = till.town.command(till.town.operator)
    payouts = till.town.services.payouts
    for _ in range(2):
        card = await payouts.take(command, ripe.id, version=ripe.version)
    assert (card.withdrawal.state, card.withdrawal.version) == (S.SENDING, 1)


async def test_two_operators_take_it_at_once(till: Till) -> None:
    """One has it, the other is told."""
    ripe, second = await till.ripe(), await till.town.second()
    takes = [till.do("take", ripe, by=who) for who in (till.town.operator, second)]
    ends = await asyncio.gather(*takes, return_exceptions=True)
    assert len([end for end in ends if isinstance(end, MarketError)]) == 1


async def test_paying_and_cancelling_at_once_moves_money_once(till: Till) -> None:
    """The seller cancels in the second in which it is taken: one of them wins."""
    ripe, town = await till.ripe(), till.town
    cancel = town.services.withdrawals.cancel(
        town.command(town.seller), ripe.id, version=ripe.version
    )
    ends = await asyncio.gather(till.do("take", ripe), cancel, return_exceptions=True)
    assert len([end for end in ends if isinstance(end, MarketError)]) == 1
    stored = await till.stored(ripe.id)
    assert await till.purses(RESERVED) == [35_550 if stored.state is S.SENDING else 0]


async def test_only_its_holder_says_what_became_of_it(till: Till) -> None:
    """Others neither see the account nor decide; an owner may free what was forgotten."""
    second = await till.town.second()
    ripe = await till.ripe()
    taken = (await till.do("take", ripe, by=second)).withdrawal
    cards = [
        await till.town.services.payouts.card(who.id, taken.id)
        for who in (second, till.town.operator)
    ]
    assert [card.account for card in cards] == [BKASH, "017•••678"]
    assert [card.is_owner for card in cards] == [False, True]
    free = (await till.do("put_back", taken)).withdrawal
    assert (free.state, free.operator_id) == (S.REQUESTED, None)
    taken = (await till.do("take", free)).withdrawal
    for act, more in (("put_back", {}), ("fail", {"reason": "x"})):
        with pytest.raises(AnotherOperator):
            await till.do(act, taken, by=second, **more)
    with pytest.raises(AnotherOperator):
        await till.pay(taken, by=second)


async def test_much_money_needs_two_operators(storage: OpenStorage) -> None:
    """One approves, another one sends."""
    till = await careful(storage)
    ripe, second = await till.ripe(), await till.town.second()
    assert ripe.needs_approval
    with pytest.raises(WrongState):
        await till.do("take", ripe)
    approved = (await till.do("approve", ripe)).withdrawal
    assert approved.state is S.APPROVED
    with pytest.raises(AnotherOperator):
        await till.do("take", approved)
    taken = await till.do("take", approved, by=second)
    assert taken.withdrawal.state is S.SENDING
    assert not taken.is_approver


async def test_who_is_not_in_good_standing_is_looked_at(till: Till) -> None:
    """Earned money stays payable, with a second pair of eyes."""
    await till.town.change_person(till.town.seller, standing=Standing.BANNED)
    assert (await till.requested(64)).withdrawal.needs_approval


async def test_operators_do_not_pay_themselves(till: Till) -> None:
    """Not even approve; and nobody else is an operator."""
    ripe, town = await till.ripe(), till.town
    promoted = replace(town.policy, operators=town.policy.operators | {town.seller.telegram_id})
    payouts = type(town.services.payouts)(town.storage, town.clock, promoted)
    with pytest.raises(OwnWithdrawal):
        await payouts.take(town.command(town.seller), ripe.id, version=0)
    assert (await payouts.card(town.seller.id, ripe.id)).is_own
    with pytest.raises(NotAnOperator):
        await till.do("take", ripe, by=town.buyer)
    for call in (town.services.payouts.queue(town.buyer.id), town.services.rates.board(1)):
        with pytest.raises(NotAnOperator):
            await call


async def test_nothing_is_taken_while_the_house_is_frozen(till: Till) -> None:
    """What was sent by hand may be written down all the same."""
    ripe, town = await till.ripe(minor=100), till.town
    taken = (await till.do("take", ripe)).withdrawal
    second = (await till.requested(100)).withdrawal
    town.clock.set(second.from_ms)
    async with town.storage.begin() as uow:
        await uow.upkeep.set_flag(FROZEN, "audit", now_ms=0)
    with pytest.raises(OutgoingStopped):
        await till.do("take", second)
    assert (await till.pay(taken)).withdrawal.state is S.PAID


async def test_nothing_is_taken_when_the_funds_are_gone(till: Till) -> None:
    """The owner has drawn what was promised: nobody is sent what is not there."""
    ripe = await till.ripe()
    gone = ((capital(Currency.BDT), Money(9_990_000, Currency.BDT)),)
    await till.post(drawn("x", "manual:bkash", gone))
    with pytest.raises(WayClosed):
        await till.do("take", ripe)


async def test_operators_hear_of_what_waits_and_again_a_day_later(till: Till) -> None:
    """Not before it can be sent; not twice; not after it is over."""
    card, town = await till.requested(), till.town
    assert await town.services.sending_out.tell() == 0
    town.clock.set(card.withdrawal.from_ms)
    for _ in range(2):
        await town.services.sending_out.tell()
    assert await alarms(till) == ["payout"]
    town.clock.advance(DAY_MS)
    assert await town.services.sending_out.tell() == 1
    assert await alarms(till) == ["payout", "payout_waits"]
    queue = await town.services.payouts.queue(town.operator.id)
    assert [(line.withdrawal.id, line.name) for line in queue] == [(1, "Rahim")]
    assert (await town.services.desk.queues(town.operator.id)).payouts == 1
    await till.do("fail", card.withdrawal, reason="No.")
    await town.services.sending_out._tell(card.withdrawal.id)
    assert await alarms(till) == ["payout", "payout_waits"]


async def sent(chain: Till, minor: int = 225) -> Withdrawal:
    """Asked for, ripe, handed to the rail, and the post went round."""
    ripe = await chain.ripe(minor=minor, way=Way.CRYPTO_PAY)
    await chain.town.services.sending_out.start()
    await chain.drain()
    return await chain.stored(ripe.id)


async def test_crypto_pay_sends_by_itself(chain: Till) -> None:
    """Once it may: 225 Stars at 0.013 are 2.925 USDT, under our own id."""
    paid = await sent(chain)
    assert (paid.state, paid.reference) == (S.PAID, f"transfer {paid.spend_id}")
    (call,) = chain.rail.calls
    assert (call.spend_id, call.telegram_id, call.amount) == (
        paid.spend_id,
        501,
        Money(2_925_000, Currency.USDT),
    )
    assert (await told(chain, Notice.WITHDRAWAL_PAID))["way"] == "crypto_pay"
    assert await chain.town.services.sending_out.start() == 0


async def test_what_the_rail_refuses_is_the_sellers_again(chain: Till) -> None:
    """A definite no: the Stars are back, and the seller reads why."""
    chain.rail.next = [NotPaid("USER_NOT_FOUND")]
    assert (await sent(chain)).state is S.FAILED
    assert await chain.purses(EARNED) == [225]
    assert (await told(chain, Notice.WITHDRAWAL_FAILED))["reason"] == "USER_NOT_FOUND"


@pytest.mark.parametrize("carried_out", [True, False])
async def test_an_unknown_outcome_is_asked_again(chain: Till, carried_out: bool) -> None:
    """Whether it was carried out or not, it is paid once."""
    chain.rail.next = [Unknown("timeout"), ConnectionError("reset")]
    chain.rail.carried_out = carried_out
    assert (await sent(chain)).state is S.SENDING
    for _ in range(3):
        chain.town.clock.advance(DAY_MS)
        await chain.drain()
    assert (await chain.stored(1)).state is S.PAID
    assert len(chain.rail.paid) == 1
    assert await chain.purses("A:prov:crypto_pay:USDT") == [-(1_000_000_000 - 2_925_000)]


async def test_a_kill_after_the_call_pays_once(chain: Till) -> None:
    """The rail was called, the answer was never written: the next process asks first."""
    await chain.ripe(way=Way.CRYPTO_PAY)
    await chain.town.services.sending_out.start()
    async with chain.town.storage.begin() as uow:
        rows = await uow.outbox.claim(chain.town.clock.now_ms(), lease_ms=1, limit=9)
    (row,) = [row for row in rows if row.kind == "payout"]
    assert row.subject_id == 1
    one = await chain.stored(1)
    chain.rail.paid[one.spend_id] = PayoutCall(
        spend_id=one.spend_id, telegram_id=501, amount=one.net
    )
    chain.town.clock.advance(DAY_MS)
    await chain.drain()
    assert (await chain.stored(1)).state is S.PAID
    assert len(chain.rail.paid) == 1


async def test_a_busy_rail_uses_up_no_try(chain: Till) -> None:
    """The provider names the moment."""
    later_ms = chain.town.clock.now_ms() + 10 * DAY_MS
    chain.rail.next = [Wait(later_ms)] * 9
    await sent(chain)
    for _ in range(9):
        chain.town.clock.advance(10 * DAY_MS)
        await chain.drain()
    assert (await chain.stored(1)).state is S.PAID


async def test_a_rail_that_never_answers_is_for_operators(chain: Till) -> None:
    """After all tries it is still being sent; an operator tries again, nobody guesses."""
    chain.rail.next = [Unknown("timeout")] * 8
    stuck = await sent(chain)
    for _ in range(9):
        chain.town.clock.advance(DAY_MS)
        await chain.drain()
    stuck = await chain.stored(1)
    assert stuck.state is S.SENDING
    assert "dead_payout" in await alarms(chain)
    with pytest.raises(WrongState):
        await chain.do("fail", stuck, reason="gone")
    house = await chain.town.services.house.report(chain.town.operator.id)
    (dead,) = house.failed_refunds
    await chain.town.services.house.retry(chain.town.command(chain.town.operator), dead.id)
    await chain.drain()
    assert (await chain.stored(1)).state is S.PAID


async def test_a_frozen_house_calls_no_rail(chain: Till) -> None:
    """Neither begins nor goes on; afterwards it does."""
    town = chain.town
    await chain.ripe(way=Way.CRYPTO_PAY)
    await town.services.house.freeze(town.command(town.operator))
    await town.services.sending_out.start()
    assert (await chain.stored(1)).state is S.REQUESTED
    await town.services.house.thaw(town.command(town.operator))
    await town.services.sending_out.start()
    await town.services.house.freeze(town.command(town.operator))
    await chain.drain()
    assert chain.rail.calls == []
    await town.services.house.thaw(town.command(town.operator))
    town.clock.advance(DAY_MS)
    await chain.drain()
    assert (await chain.stored(1)).state is S.PAID


async def test_a_house_without_the_rail_gives_the_row_up(chain: Till) -> None:
    """Operators hear of it; the money stays reserved."""
    await chain.ripe(way=Way.CRYPTO_PAY)
    await chain.town.services.sending_out.start()
    await chain.town.drain()
    assert (await chain.stored(1)).state is S.SENDING


async def test_a_rail_heard_twice_pays_once(chain: Till) -> None:
    """Two processes had the same answer: the second finds it written."""
    await sent(chain)
    row = OutboxRow(
        id=1,
        kind="payout",
        lane="x",
        attempts=0,
        created_ms=0,
        message=None,
        refund_rail=None,
        refund_charge_id=None,
        refund_person_id=None,
        subject_id=1,
    )
    town = chain.town
    async with town.storage.begin() as uow:
        await told_by_rail(uow, row, Paid("other"), now_ms=1)
    rails = {"crypto_pay": chain.rail}
    await pay_out(town.storage, town.clock, town.policy, rails, row)
    assert len(chain.rail.calls) == 1
    assert (await chain.stored(1)).reference.startswith("transfer wd-")


async def test_much_crypto_needs_two_operators(storage: OpenStorage) -> None:
    """One approves, another one lets it go; then the rail sends it."""
    chain = await careful(storage, Way.CRYPTO_PAY)
    ripe, second = await chain.ripe(way=Way.CRYPTO_PAY), await chain.town.second()
    assert await chain.town.services.sending_out.start() == 0
    await chain.town.services.sending_out.tell()
    assert await alarms(chain) == ["payout"]
    approved = (await chain.do("approve", ripe)).withdrawal
    await chain.do("take", approved, by=second)
    await chain.drain()
    assert (await chain.stored(ripe.id)).state is S.PAID


async def test_one_operator_is_enough_where_there_is_one(storage: OpenStorage) -> None:
    """His approval lets the rail send it, once it may be sent."""
    payouts = tuple(replace(one, second_operator_minor=1) for one in POLICY.payouts)
    policy = replace(
        POLICY,
        operators=frozenset({900}),
        payouts=payouts,
        payout_ways=BY_HAND | {Way.CRYPTO_PAY},
    )
    town = Town(storage, policy)
    await town.settle_in()
    alone = await Till(town).opened()
    card = await alone.requested(way=Way.CRYPTO_PAY)
    with pytest.raises(TooEarly):
        await alone.do("approve", card.withdrawal)
    town.clock.set(card.withdrawal.from_ms)
    await alone.do("approve", card.withdrawal)
    await alone.drain()
    assert (await alone.stored(1)).state is S.PAID
    await town.order_in(State.CLEARED)
    assert not (await alone.requested(64)).withdrawal.needs_approval


async def test_a_frozen_person_is_not_sent_to(chain: Till) -> None:
    """A rail waits as operators do."""
    await chain.ripe(way=Way.CRYPTO_PAY)
    town = chain.town
    await town.services.withdrawals.not_me(town.command(town.seller))
    assert await town.services.sending_out.start() == 0
    await town.services.sending_out._start(1)
    assert (await chain.stored(1)).state is S.REQUESTED
    with pytest.raises(PayoutsFrozen):
        await chain.do("take", await chain.stored(1))


async def test_owners_set_rates_and_operators_read_them(till: Till) -> None:
    """Newest first, with who set it; the same tap sets once; others may not."""
    rates, town = till.town.services.rates, till.town
    command, rate = town.command(town.operator), rates.read("১.৬০", Currency.BDT)
    first = await rates.set(command, rate)
    assert await rates.set(command, rate) == first
    assert await rates.may_set(town.operator.id, Currency.BDT) == first
    second = await town.second()
    board = await rates.board(second.id)
    (line,) = board.lines
    assert [one.micro for one in line.rates] == [160_000_000, 158_000_000]
    assert (board.names[first.set_by], board.may_change) == ("Operator", False)
    assert board.funds[Way.BKASH].till_minor == 10_000_000
    with pytest.raises(NotAnOwner):
        await rates.set(town.command(second), rate)
    for text in ("", "free", "0", "1.0000000001", "-1", "1000000000"):
        with pytest.raises(RateUnfit):
            rates.read(text, Currency.BDT)
