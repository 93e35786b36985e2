"""Withdrawing and paying out as people do it: the four conversations, over real services."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.conversations import payout, rate, unpaid, withdraw
from bot.i18n import plain, translator
from bot.kit.flows import Done, Flow, Go, Next, from_json, to_json
from bot.kit.sessions import Live, enter, leave
from bot.ui.taps import (
    ChangeAccount,
    ConfirmWithdrawal,
    NoCharge,
    PickWay,
    SetRate,
    StartPaid,
    StartRate,
    StartUnpaid,
    StartWithdrawal,
    StepBack,
    TakeAll,
)
from market import errors
from market.deadlines import HOUR_MS
from market.money import Currency
from market.payout_terms import BY_HAND, Way
from market.people import Person
from market.states import State
from market.withdrawal import Withdrawal, WithdrawalState
from storage import OpenStorage
from tests.support.payouts import BKASH, EVIDENCE, Till
from tests.support.town import POLICY, Town
from tests.support.turns import turn_of

WITHDRAW, PAYOUT = withdraw.flow(None), payout.flow(None)  # type: ignore[arg-type]
UNPAID, RATE = unpaid.flow(None), rate.flow(None)  # type: ignore[arg-type]
TO_BKASH, TO_NAGAD, TO_CRYPTO = PickWay(0, 0), PickWay(1, 0), PickWay(3, 0)
S = WithdrawalState


@pytest.fixture(autouse=True)
def live() -> Iterator[Live]:
    """The update in hand."""
    one = Live()
    token = enter(one)
    yield one
    leave(token)


@pytest.fixture
async def till(town: Town) -> Till:
    """Rates, funds and earnings are there."""
    return await Till(town).opened()


def gone(following: Next) -> Go:
    """The flow goes on."""
    assert isinstance(following, Go), following
    return following


def ended(following: Next) -> str:
    """The flow is over; what the person reads then."""
    assert isinstance(following, Done), following
    assert following.screen is not None
    return plain(following.screen.text)


def asked(flow: Flow, turn: Any, following: Next) -> str:
    """The question that the person reads now; a restart in the middle loses nothing."""
    go = gone(following)
    assert from_json(flow, to_json(flow, go.draft)) == go.draft
    return plain(flow.steps[go.step].ask(turn, go.draft).text)


async def says(flow: Flow, turn: Any, before: Next, text: str) -> Next:
    """The person writes."""
    on_text = flow.steps[gone(before).step].text
    assert on_text is not None
    return await on_text(turn, gone(before).draft, text)


async def taps(flow: Flow, turn: Any, before: Next, tap: Any) -> Next:
    """The person taps a button of the question."""
    return await flow.steps[gone(before).step].taps[type(tap)](turn, gone(before).draft, tap)


async def begins(till: Till, who: Person | None = None) -> tuple[Any, Next]:
    """The person has tapped Withdraw."""
    turn = turn_of(till.town, who or till.town.seller)
    return turn, await WITHDRAW.entries[StartWithdrawal](turn, StartWithdrawal())


async def test_stars_are_withdrawn_to_a_new_number(till: Till) -> None:
    """Way, number, amount, everything once more; then it is asked for."""
    turn, now = await begins(till)
    assert "You can withdraw 225 ⭐" in asked(WITHDRAW, turn, now)
    now = await taps(WITHDRAW, turn, now, TO_BKASH)
    question = asked(WITHDRAW, turn, now)
    assert "Which bKash number?" in question
    assert "A new account" not in question
    with pytest.raises(errors.DetailsUnreadable):
        await says(WITHDRAW, turn, now, "my number")
    now = await says(WITHDRAW, turn, now, BKASH)
    assert BKASH not in str(to_json(WITHDRAW, gone(now).draft)), "no draft holds an account"
    assert "From 64 ⭐ to 225 ⭐" in asked(WITHDRAW, turn, now)
    for text in ("63", "226", "all"):
        with pytest.raises((errors.AmountOutOfRange, errors.AmountUnreadable)):
            await says(WITHDRAW, turn, now, text)
    now = await says(WITHDRAW, turn, now, "১০০")
    assert "You receive: ৳148" in asked(WITHDRAW, turn, now)
    now = await taps(WITHDRAW, turn, now, StepBack())
    now = await taps(WITHDRAW, turn, now, TakeAll())
    assert "You receive: ৳345.50" in asked(WITHDRAW, turn, now)
    said = ended(await taps(WITHDRAW, turn, now, ConfirmWithdrawal()))
    assert "Withdrawal no. 1: Waiting to be sent" in said
    assert (await till.stored(1)).source.minor == 225


async def test_a_known_number_is_not_asked_again(till: Till) -> None:
    """Another one freezes payouts, and the person is told so before and after."""
    await till.account()
    turn, now = await begins(till)
    now = await taps(WITHDRAW, turn, now, TO_BKASH)
    assert "017•••678" in asked(WITHDRAW, turn, now)
    now = await taps(WITHDRAW, turn, now, ChangeAccount())
    assert "A new account holds all your payouts back for 3 days" in asked(WITHDRAW, turn, now)
    said = ended(await says(WITHDRAW, turn, now, "01898765432"))
    assert "Your bKash account is changed." in said
    turn, now = await begins(till)
    assert "Your payouts are on hold until" in ended(now)


async def test_a_new_rate_is_shown_before_it_counts(till: Till) -> None:
    """The confirmation comes again with the new amounts."""
    await till.account()
    turn, now = await begins(till)
    now = await taps(WITHDRAW, turn, now, TO_BKASH)
    now = await taps(WITHDRAW, turn, now, TakeAll())
    await till.rate("1.50", Currency.BDT)
    now = await taps(WITHDRAW, turn, now, ConfirmWithdrawal())
    assert plain(gone(now).note or "").startswith("The rate has just changed.")
    assert "You receive: ৳327.50" in asked(WITHDRAW, turn, now)
    ended(await taps(WITHDRAW, turn, now, ConfirmWithdrawal()))


async def test_what_is_gone_meanwhile_is_asked_again(till: Till) -> None:
    """Another withdrawal took the money: the amount is asked once more."""
    await till.account()
    turn, now = await begins(till)
    now = await taps(WITHDRAW, turn, now, TO_BKASH)
    now = await taps(WITHDRAW, turn, now, TakeAll())
    await till.requested(100)
    now = await taps(WITHDRAW, turn, now, ConfirmWithdrawal())
    assert gone(now).step == withdraw.AMOUNT
    assert "From 64 ⭐ to 125 ⭐" in asked(WITHDRAW, turn, now)
    await till.requested(125)
    with pytest.raises(errors.WayClosed):
        await taps(WITHDRAW, turn, now, StepBack())


async def test_other_ways_are_a_step_back(till: Till) -> None:
    """And numbers of buttons that were never shown lead nowhere."""
    await till.account()
    turn, now = await begins(till)
    first = now
    now = await taps(WITHDRAW, turn, now, TO_BKASH)
    now = await taps(WITHDRAW, turn, now, StepBack())
    assert gone(now).step == withdraw.WAY
    now = await taps(WITHDRAW, turn, now, TO_NAGAD)
    assert "Which Nagad number?" in asked(WITHDRAW, turn, now)
    with pytest.raises(errors.NotFound):
        await taps(WITHDRAW, turn, first, PickWay(9, 0))
    with pytest.raises(errors.NotFound):
        await taps(WITHDRAW, turn, first, PickWay(0, 9))
    with pytest.raises(errors.WayClosed):
        await taps(WITHDRAW, turn, first, TO_CRYPTO)


async def test_crypto_pay_asks_for_no_account(sqlite_storage: OpenStorage) -> None:
    """It knows people by their Telegram account."""
    town = Town(sqlite_storage, replace(POLICY, payout_ways=BY_HAND | {Way.CRYPTO_PAY}))
    await town.settle_in()
    till = await Till(town).opened()
    turn, now = await begins(till)
    now = await taps(WITHDRAW, turn, now, TO_CRYPTO)
    assert "From 154 ⭐ to 225 ⭐" in asked(WITHDRAW, turn, now)
    with pytest.raises(errors.NotFound):
        await taps(WITHDRAW, turn, now, ChangeAccount())


async def test_what_cannot_begin_says_why(till: Till) -> None:
    """Nothing earned, no rate or funds, too often, stopped."""
    _turn, now = await begins(till, till.town.buyer)
    assert "Nothing can be withdrawn yet." in ended(now)
    for _ in range(3):
        await till.requested(64)
    with pytest.raises(errors.TooManyWithdrawals):
        await begins(till)


async def test_a_house_without_a_rate(town: Town) -> None:
    """The person is told that an owner has to set one."""
    till = Till(town)
    await town.order_in(State.CLEARED)
    turn, now = await begins(till)
    assert "No way is open for 225 ⭐" in ended(now)
    turn = turn_of(town, town.seller)
    assert isinstance(await WITHDRAW.commands["withdraw"](turn), Done)


async def taken(till: Till) -> Withdrawal:
    """An operator has it in hand."""
    return await till.sending()


async def starts(till: Till, tap: Any, who: Person | None = None) -> tuple[Any, Next]:
    """An operator has tapped a button of the payout."""
    flow = {StartPaid: PAYOUT, StartUnpaid: UNPAID, StartRate: RATE}[type(tap)]
    turn = turn_of(till.town, who or till.town.operator)
    return turn, await flow.entries[type(tap)](turn, tap)


async def test_a_payout_is_booked_with_reference_cost_and_picture(till: Till) -> None:
    """Each step may be gone back to; the picture books it."""
    one = await taken(till)
    turn, now = await starts(till, StartPaid(one.id, one.version))
    assert "TrxID" in asked(PAYOUT, turn, now)
    with pytest.raises(errors.ClaimUnfit):
        await says(PAYOUT, turn, now, "?")
    now = await says(PAYOUT, turn, now, "dhq7x2p1ab")
    assert "DHQ7X2P1AB" in asked(PAYOUT, turn, now)
    back = await taps(PAYOUT, turn, now, StepBack())
    assert gone(back).step == payout.REFERENCE
    with pytest.raises(errors.AmountOutOfRange):
        await says(PAYOUT, turn, now, "999999")
    now = await says(PAYOUT, turn, now, "5")
    assert "charge ৳5" in asked(PAYOUT, turn, now)
    now = await taps(PAYOUT, turn, now, StepBack())
    now = await taps(PAYOUT, turn, now, NoCharge())
    on_file = PAYOUT.steps[gone(now).step].file
    assert on_file is not None
    assert "Payout no. 1: Sent" in ended(await on_file(turn, gone(now).draft, EVIDENCE))
    assert (await till.stored(1)).evidence == EVIDENCE


async def test_only_what_is_in_hand_can_be_booked(till: Till) -> None:
    """Not before it is taken, not by others, not by an old button."""
    ripe = await till.ripe()
    with pytest.raises(errors.WrongState):
        await starts(till, StartPaid(ripe.id, 0))
    one = (await till.do("take", ripe)).withdrawal
    second = await till.town.second()
    with pytest.raises(errors.AnotherOperator):
        await starts(till, StartPaid(one.id, one.version), second)
    with pytest.raises(errors.Stale):
        await starts(till, StartPaid(one.id, 0))
    with pytest.raises(errors.NotAnOperator):
        await starts(till, StartPaid(one.id, one.version), till.town.buyer)


async def test_what_did_not_go_is_said_in_words(till: Till) -> None:
    """Could not be sent, or came back: the person reads why."""
    one = await taken(till)
    turn, now = await starts(till, StartUnpaid(one.id, one.version, 0))
    assert "cannot be sent" in asked(UNPAID, turn, now)
    assert "Could not be sent" in ended(await says(UNPAID, turn, now, "No such number."))
    till.town.clock.advance(25 * HOUR_MS)
    paid = await till.paid()
    turn, now = await starts(till, StartUnpaid(paid.id, paid.version, 1))
    assert "came back" in asked(UNPAID, turn, now)
    assert "Came back" in ended(await says(UNPAID, turn, now, "Sent back."))
    for tap, refusal in (
        (StartUnpaid(paid.id, paid.version, 7), errors.NotFound),
        (StartUnpaid(paid.id, paid.version, 1), errors.WrongState),
    ):
        with pytest.raises(refusal):
            await starts(till, tap)
    assert (await till.stored(paid.id)).state is S.RETURNED


async def test_an_owner_sets_a_rate(till: Till) -> None:
    """A number, what it would mean, and it counts; typed again in place of confirmed."""
    turn, now = await starts(till, StartRate(1))
    assert "Now: ৳1.58 for 1 ⭐" in asked(RATE, turn, now)
    with pytest.raises(errors.RateUnfit):
        await says(RATE, turn, now, "free")
    now = await says(RATE, turn, now, "15.8")
    assert "1,000 ⭐ would bring ৳15,800." in asked(RATE, turn, now)
    now = await taps(RATE, turn, now, StepBack())
    now = await says(RATE, turn, now, "15")
    now = await says(RATE, turn, now, "১.৬০")
    assert "৳1.60 for 1 ⭐" in ended(await taps(RATE, turn, now, SetRate()))


async def test_rates_are_for_owners_and_known_money(till: Till) -> None:
    """Other operators read only; there is no rate for a currency nobody is paid in."""
    second = await till.town.second()
    with pytest.raises(errors.NotAnOwner):
        await starts(till, StartRate(1), second)
    for number in (2, 9):
        with pytest.raises(errors.NotFound):
            await starts(till, StartRate(number))


def test_every_flow_has_a_title() -> None:
    """The menu can name what was left unfinished."""
    titles = [flow.title(translator("en")) for flow in (WITHDRAW, PAYOUT, UNPAID, RATE)]
    assert all(titles)
