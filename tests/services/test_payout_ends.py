"""Payouts whose end nobody told the house: a rail without an answer, a hand before the restore."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest

from market import errors
from market.deadlines import HOUR_MS, MINUTE_MS
from market.notices import Notice
from market.payout_read import PayoutCard
from market.payout_terms import BY_HAND, Way
from market.people import Person
from market.states import State
from market.withdrawal import Withdrawal, WithdrawalState
from services.freezing import begin_safe_mode
from services.payout_ends import Sending
from services.payout_rows import Unknown
from storage import OpenStorage
from tests.support.payouts import EVIDENCE, Till
from tests.support.town import OPERATOR_TELEGRAM_ID, POLICY, Town

S = WithdrawalState
TRIES = len(POLICY.windows.outbox_retry_ms) + 1
EARNED, RESERVED = "L:user:1:earned:XTR", "L:user:1:wd:USDT"
SILENT = "transfer 9 under this id is another one"


@dataclass
class Desk:
    """A payout that lies at Crypto Pay, and those who may end it."""

    till: Till

    @property
    def town(self) -> Town:
        """Where it happens."""
        return self.till.town

    async def stuck(self, rounds: int = TRIES + 1) -> Withdrawal:
        """The rail says nothing, as long as anybody asks."""
        await self.till.ripe(minor=225, way=Way.CRYPTO_PAY)
        await self.town.services.sending_out.start()
        self.till.rail.next = [Unknown(SILENT)] * (TRIES + 2)
        for _ in range(rounds):
            await self.till.drain()
            self.town.clock.advance(HOUR_MS)
        return await self.till.stored(1)

    async def says(self, one: Withdrawal, by: Person | None = None, **word: str) -> PayoutCard:
        """An owner's word."""
        return await self.till.do("say", one, by=by, **word)

    async def agrees(self, by: Person, word_id: int) -> PayoutCard:
        """Another one's."""
        return await self.town.services.payouts.agree(self.town.command(by), 1, word_id=word_id)

    async def alarms(self) -> list[tuple[object, object]]:
        """What operators were alarmed of, and about what."""
        await self.town.drain()
        rows = [row.message for row in self.town.messenger.sent]
        told = [row.facts for row in rows if row and row.notice is Notice.ALARM]
        return [(facts["what"], facts["about"]) for facts in told]


async def _desk(storage: OpenStorage, **policy: object) -> Desk:
    ways = BY_HAND | {Way.CRYPTO_PAY}
    town = Town(storage, replace(POLICY, payout_ways=ways, **policy))  # type: ignore[arg-type]
    await town.settle_in()
    return Desk(await Till(town).opened())


@pytest.fixture
async def desk(storage: OpenStorage) -> AsyncIterator[Desk]:
    """A house with one operator, who owns it; the books are right at the end."""
    yield await _desk(storage, operators=frozenset({OPERATOR_TELEGRAM_ID}))
    async with storage.read() as uow:
        assert await uow.ledger.audit() == ()


@pytest.fixture
async def pair(storage: OpenStorage) -> AsyncIterator[Desk]:
    """A house with two."""
    made = await _desk(storage)
    await made.town.second()
    yield made
    async with storage.read() as uow:
        assert await uow.ledger.audit() == ()


async def test_operators_read_why_it_waits(pair: Desk) -> None:
    """How often it was tried, the last answer, and whether it still is; the alarm leads there."""
    one = await pair.stuck(2)
    card = await _card(pair)
    assert card.call is not None
    assert (card.call.attempts, card.call.error, card.call.is_given_up) == (2, SILENT, False)
    for _ in range(TRIES):
        await pair.till.drain()
        pair.town.clock.advance(HOUR_MS)
    card = await _card(pair)
    assert card.call is not None
    assert (card.call.attempts, card.call.is_given_up) == (TRIES, True)
    assert ("dead_payout", str(one.id)) in await pair.alarms()
    house = pair.town.services.house
    await house.retry(pair.town.command(pair.town.operator), card.call.row_id)
    again = (await _card(pair)).call
    assert again is not None
    assert not again.is_given_up


async def _card(desk: Desk) -> PayoutCard:
    return await desk.town.services.payouts.card(desk.town.operator.id, 1)


async def test_an_owner_alone_ends_it_as_sent(desk: Desk) -> None:
    """P18 under the reference; the rail is not asked any more; a second time nothing happens."""
    one = await desk.stuck()
    command = desk.town.command(desk.town.operator)
    payouts = desk.town.services.payouts
    for _ in range(2):
        card = await payouts.say(command, 1, version=one.version, reference=" 7009 ")
    assert (card.withdrawal.state, card.withdrawal.reference) == (S.PAID, "7009")
    assert await desk.till.purses(RESERVED, EARNED) == [0, 0]
    calls = len(desk.till.rail.calls)
    desk.town.clock.advance(HOUR_MS)
    await desk.till.drain()
    assert len(desk.till.rail.calls) == calls
    assert Notice.WITHDRAWAL_PAID in desk.town.messenger.notices(desk.town.seller)
    house = desk.town.services.house
    assert (await house.report(desk.town.operator.id)).failed_refunds == ()


async def test_an_owner_alone_ends_it_as_not_sent(desk: Desk) -> None:
    """P19: the Stars are there again, and the person reads why."""
    one = await desk.stuck()
    card = await desk.says(one, reason="The app is closed.")
    assert card.withdrawal.state is S.FAILED
    assert await desk.till.purses(RESERVED, EARNED) == [0, 225]
    await desk.town.drain()
    assert Notice.WITHDRAWAL_FAILED in desk.town.messenger.notices(desk.town.seller)


async def test_two_people_where_the_house_has_two(pair: Desk) -> None:
    """The owner's word is kept, another operator is alarmed, and his agreement ends it."""
    one, second = await pair.stuck(), await pair.town.second()
    card = await pair.says(one, reference="7009")
    assert card.word is not None
    assert (card.withdrawal.state, card.is_author) == (S.SENDING, True)
    assert ("payout_word", "1") in await pair.alarms()
    with pytest.raises(errors.AnotherOperator):
        await pair.agrees(pair.town.operator, card.word.id)
    with pytest.raises(errors.NotAnOperator):
        await pair.agrees(pair.town.buyer, card.word.id)
    command = pair.town.command(second)
    for _ in range(2):
        ended = await pair.town.services.payouts.agree(command, 1, word_id=card.word.id)
    assert (ended.withdrawal.state, ended.withdrawal.reference) == (S.PAID, "7009")
    assert (ended.is_author, ended.names[pair.town.operator.id]) != (True, "")


async def test_the_newest_word_counts(pair: Desk) -> None:
    """Who agrees to what was said before agrees to nothing."""
    one, second = await pair.stuck(), await pair.town.second()
    old = (await pair.says(one, reference="7009")).word
    new = (await pair.says(one, reason="It was another one.")).word
    assert old is not None
    assert new is not None
    with pytest.raises(errors.NotFound):
        await pair.agrees(second, old.id)
    assert (await pair.agrees(second, new.id)).withdrawal.state is S.FAILED
    with pytest.raises(errors.WrongState):
        await pair.agrees(second, new.id)


async def test_without_a_word_nobody_agrees(pair: Desk) -> None:
    """There is nothing to agree to."""
    await pair.stuck()
    with pytest.raises(errors.NotFound):
        await pair.agrees(await pair.town.second(), 1)


async def test_who_may_end_it(pair: Desk) -> None:
    """Owners only, what a rail sends only, as it was seen, and never the own one."""
    one, second = await pair.stuck(), await pair.town.second()
    with pytest.raises(errors.NotAnOwner):
        await pair.says(one, by=second, reference="7009")
    with pytest.raises(errors.Stale):
        await pair.says(replace(one, version=0), reference="7009")
    with pytest.raises(errors.TextTooShort):
        await pair.says(one)
    with pytest.raises(errors.TextTooLong):
        await pair.says(one, reference="7" * 65)
    with pytest.raises(errors.WrongState):
        await pair.till.do("fail", one, reason="x")
    with pytest.raises(errors.WrongState):
        await pair.till.do("put_back", one)


async def test_what_a_hand_sends_its_holder_ends(desk: Desk) -> None:
    """Owners have other ways there."""
    taken = await desk.till.sending()
    with pytest.raises(errors.WrongState):
        await desk.says(taken, reference="7009")


async def test_nobody_ends_the_own_one(storage: OpenStorage) -> None:
    """An owner who sells waits for another owner."""
    staff = frozenset({OPERATOR_TELEGRAM_ID, 501})
    desk = await _desk(storage, operators=staff, owners=staff)
    one = await desk.stuck()
    with pytest.raises(errors.OwnWithdrawal):
        await desk.says(one, by=desk.town.seller, reference="7009")


async def test_not_while_the_provider_is_asked(desk: Desk) -> None:
    """The post has the call out: its answer may still come, so nobody ends it meanwhile."""
    one = await desk.stuck(2)
    town = desk.town
    async with town.storage.begin() as uow:
        await uow.outbox.claim(town.clock.now_ms(), lease_ms=MINUTE_MS, limit=9)
    with pytest.raises(errors.StillAsked):
        await desk.says(one, reason="The app is closed.")
    town.clock.advance(MINUTE_MS)
    assert (await desk.says(one, reason="The app is closed.")).withdrawal.state is S.FAILED


async def test_a_reference_pays_once(desk: Desk) -> None:
    """Another payout has it already."""
    one = await desk.stuck()
    await desk.says(one, reference="7009")
    async with desk.town.storage.begin() as uow:
        assert await uow.withdrawals.is_referenced(Way.CRYPTO_PAY, "7009")
    desk.till.rail.next = []
    await desk.till.fund(Way.CRYPTO_PAY, 9_000_000)
    await _earn(desk)
    two = await desk.till.ripe(minor=225, way=Way.CRYPTO_PAY)
    await desk.town.services.sending_out.start()
    two = await desk.till.stored(two.id)
    with pytest.raises(errors.ReferenceUsed):
        await desk.says(two, reference="7009")


async def _earn(desk: Desk) -> None:
    await desk.town.order_in(State.CLEARED)


async def _safe(desk: Desk) -> None:
    async with desk.town.storage.begin() as uow:
        await begin_safe_mode(uow, now_ms=desk.town.clock.now_ms())


SENDING = Sending(reference="DHQ7X2P1AB", charge_minor=500, evidence=EVIDENCE)


async def test_what_a_hand_has_sent_before_the_restore(desk: Desk) -> None:
    """In safe mode it is taken and paid at once, whatever funds and guards say now."""
    ripe = await desk.till.ripe()
    with pytest.raises(errors.WrongState):
        await desk.till.do("was_sent", ripe, sending=SENDING)
    await _safe(desk)
    with pytest.raises(errors.OutgoingStopped):
        await desk.till.do("take", ripe)
    assert (await _card(desk)).is_safe
    command, payouts = desk.town.command(desk.town.operator), desk.town.services.payouts
    for _ in range(2):
        card = await payouts.was_sent(command, ripe.id, version=ripe.version, sending=SENDING)
    paid = card.withdrawal
    assert (paid.state, paid.reference, paid.evidence) == (S.PAID, "DHQ7X2P1AB", EVIDENCE)
    assert (paid.operator_id, [one.step.value for one in card.history]) == (
        desk.town.operator.id,
        ["take", "pay"],
    )
    assert await desk.till.purses("L:user:1:wd:BDT", "E:prov_fee:manual:bkash:BDT") == [0, -500]


async def test_a_rail_tells_itself_what_was_sent(desk: Desk) -> None:
    """Its list does; nobody types it."""
    ripe = await desk.till.ripe(minor=225, way=Way.CRYPTO_PAY)
    await _safe(desk)
    with pytest.raises(errors.WrongState):
        await desk.till.do("was_sent", ripe, sending=SENDING)


async def test_a_reference_of_before_the_restore_pays_once(desk: Desk) -> None:
    """The same sending cannot have paid two."""
    paid = await desk.till.paid()
    await _earn(desk)
    ripe = await desk.till.ripe()
    await _safe(desk)
    again = replace(SENDING, reference=paid.reference)
    with pytest.raises(errors.ReferenceUsed):
        await desk.till.do("was_sent", ripe, sending=again)
