"""Ending payouts that nobody told the house about, as operators do it, over real services."""

from dataclasses import replace
from typing import Any

import pytest

from bot.conversations import by_hand, payout, payout_word
from bot.handlers import payouts
from bot.i18n import plain, translator
from bot.kit.flows import Next
from bot.ui.taps import AgreeWord, NoCharge, StartPaid, StartWord, WriteByHand
from bot.views.hand_words import SENT
from market import errors
from market.deadlines import HOUR_MS
from market.payout_terms import BY_HAND, Way
from market.people import Person
from market.states import Event
from market.withdrawal import Withdrawal, WithdrawalState
from services.freezing import begin_safe_mode
from services.payout_rows import Unknown
from storage import OpenStorage
from tests.bot.conversations.test_withdraw_flows import asked, ended, gone, says, taps
from tests.support.by_hand import paid_by_hand, take_taka
from tests.support.payouts import EVIDENCE, Till
from tests.support.town import POLICY, Town
from tests.support.turns import turn_of

WORD, PAYOUT = payout_word.flow(None), payout.flow(None)  # type: ignore[arg-type]
REFUND = by_hand.flow(None)  # type: ignore[arg-type]
S = WithdrawalState


@pytest.fixture
async def till(sqlite_storage: OpenStorage) -> Till:
    """A house with two operators and Crypto Pay."""
    town = Town(sqlite_storage, replace(POLICY, payout_ways=BY_HAND | {Way.CRYPTO_PAY}))
    await town.settle_in()
    await town.second()
    return await Till(town).opened()


async def stuck(till: Till) -> Withdrawal:
    """A payout lies at Crypto Pay without an answer."""
    await till.ripe(minor=225, way=Way.CRYPTO_PAY)
    await till.town.services.sending_out.start()
    till.rail.next = [Unknown("502")]
    await till.drain()
    till.town.clock.advance(HOUR_MS)
    return await till.stored(1)


async def begins(till: Till, tap: Any, who: Person | None = None) -> tuple[Any, Next]:
    """Somebody has tapped a button of the payout."""
    flow = WORD if isinstance(tap, StartWord) else PAYOUT
    turn = turn_of(till.town, who or till.town.operator)
    return turn, await flow.entries[type(tap)](turn, tap)


@pytest.mark.parametrize(("how", "words", "end"), [(0, "7009", S.PAID), (1, "Closed.", S.FAILED)])
async def test_an_owner_says_and_another_one_agrees(
    till: Till, how: int, words: str, end: WithdrawalState
) -> None:
    """The word is asked for, kept, read by another operator, and counts when he agrees."""
    one, second = await stuck(till), await till.town.second()
    turn, now = await begins(till, StartWord(one.id, one.version, how))
    assert "Payout no. 1" in asked(WORD, turn, now)
    assert "Another operator has to look, too." in ended(await says(WORD, turn, now, words))
    word = (await till.town.services.payouts.card(second.id, 1)).word
    assert word is not None
    other = turn_of(till.town, second)
    await payouts.on_agree_word(other, AgreeWord(1, word.id, 0))
    assert "Have you seen that" in plain(other.shown[-1].text)
    assert (await till.stored(1)).state is S.SENDING
    await payouts.on_agree_word(other, AgreeWord(1, word.id, 1))
    assert (await till.stored(1)).state is end
    with pytest.raises(errors.NotFound):
        await payouts.on_agree_word(other, AgreeWord(1, 99, 1))


async def test_what_nobody_may_say(till: Till) -> None:
    """No such way, an old button, what a hand sends, what is over, nothing said."""
    one = await stuck(till)
    for tap, refusal in (
        (StartWord(one.id, one.version, 7), errors.NotFound),
        (StartWord(one.id, 0, 0), errors.Stale),
    ):
        with pytest.raises(refusal):
            await begins(till, tap)
    with pytest.raises(errors.NotFound):
        await payouts.on_agree_word(turn_of(till.town, till.town.operator), AgreeWord(1, 1, 0))
    await till.drain()
    with pytest.raises(errors.WrongState):
        await begins(till, StartWord(one.id, one.version, 0))


async def test_nobody_says_it_of_the_own_one(sqlite_storage: OpenStorage) -> None:
    """An owner who sells waits for another one."""
    ways = BY_HAND | {Way.CRYPTO_PAY}
    staff = POLICY.operators | {501}
    town = Town(sqlite_storage, replace(POLICY, payout_ways=ways, operators=staff, owners=staff))
    await town.settle_in()
    till = await Till(town).opened()
    one = await stuck(till)
    with pytest.raises(errors.OwnWithdrawal):
        await begins(till, StartWord(one.id, one.version, 0), town.seller)


async def safe(town: Town) -> None:
    """The house was restored."""
    async with town.storage.begin() as uow:
        await begin_safe_mode(uow, now_ms=town.clock.now_ms())


async def test_what_was_sent_before_the_restore_is_booked(till: Till) -> None:
    """In safe mode from the queue, with reference, cost and picture."""
    ripe = await till.ripe()
    await safe(till.town)
    turn, now = await begins(till, StartPaid(ripe.id, ripe.version))
    now = await says(PAYOUT, turn, now, "dhq7x2p1ab")
    now = await taps(PAYOUT, turn, now, NoCharge())
    on_file = PAYOUT.steps[gone(now).step].file
    assert on_file is not None
    assert "Payout no. 1: Sent" in ended(await on_file(turn, gone(now).draft, EVIDENCE))
    assert (await till.stored(1)).state is S.PAID


async def test_in_safe_mode_rails_speak_for_themselves(till: Till) -> None:
    """What Crypto Pay sends is in its list."""
    chain = await till.ripe(minor=225, way=Way.CRYPTO_PAY)
    await safe(till.town)
    with pytest.raises(errors.WrongState):
        await begins(till, StartPaid(chain.id, chain.version))


async def test_what_was_too_early_was_not_sent(till: Till) -> None:
    """Nobody could have sent it before the restore."""
    early = await till.requested()
    await safe(till.town)
    with pytest.raises(errors.TooEarly):
        await begins(till, StartPaid(early.withdrawal.id, 0))


async def test_a_refund_by_hand_of_before_the_restore(till: Till) -> None:
    """Its number is typed in safe mode as ever."""
    town = till.town
    await take_taka(town)
    order, claim = await paid_by_hand(town)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    await safe(town)
    turn = turn_of(town, town.operator)
    now = await REFUND.entries[WriteByHand](turn, WriteByHand(claim.id, SENT))
    assert "It was sent" in ended(await says(REFUND, turn, now, "8ZZ9Y8X7W6"))


def test_the_flow_has_a_title() -> None:
    """The menu can name what was left unfinished."""
    assert WORD.title(translator("en"))
