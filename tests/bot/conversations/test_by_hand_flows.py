"""Money by hand in conversation, with real services: claims, amounts, words, wallets, kinds."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.conversations import by_hand, claim, fulfilment, seen, wallet_setup
from bot.i18n import plain, translator
from bot.kit.flows import Done, Flow, Go, Next, Stay, from_json, to_json
from bot.kit.sessions import Live, enter, leave
from bot.ui.taps import (
    AcceptPolicy,
    ConfirmSeen,
    DecideFulfilment,
    EditWallet,
    SaveWallet,
    SkipStep,
    StartClaim,
    StartSeeing,
    WriteByHand,
)
from bot.views import hand_words
from bot.views.by_hand import claim_state
from market import errors
from market.claims import Claim, ClaimState
from market.gig import Fulfilment
from market.rails import POLICY_VERSION
from market.states import Event, State
from services.house import FROZEN
from tests.support.by_hand import TAKA, TRX, claimed, paid_by_hand, placed, take_taka
from tests.support.town import Town
from tests.support.turns import turn_of

CLAIM, SEEN = claim.flow(None), seen.flow(None)  # type: ignore[arg-type]
BY_HAND, WALLET = by_hand.flow(None), wallet_setup.flow(None)  # type: ignore[arg-type]
FULFILMENT = fulfilment.flow(None)  # type: ignore[arg-type]
FLOWS = (CLAIM, SEEN, BY_HAND, WALLET, FULFILMENT)
LESSONS = 7


@pytest.fixture(autouse=True)
def live() -> Iterator[Live]:
    """The update in hand."""
    one = Live()
    token = enter(one)
    yield one
    leave(token)


@pytest.fixture(autouse=True)
async def _house(town: Town) -> None:
    """The house takes taka for lessons."""
    await take_taka(town)


def gone(following: Next) -> Go:
    """The flow goes on."""
    assert isinstance(following, Go), following
    return following


def ended(following: Next) -> str:
    """The flow is over; what is shown then."""
    assert isinstance(following, Done), following
    assert following.screen is not None
    return plain(following.screen.text)


def note(following: Next) -> str:
    """The question stays, with a word about the answer."""
    assert isinstance(following, Stay), following
    return plain(following.note)


def asked(flow: Flow, turn: Any, following: Next) -> str:
    """The question that the person reads now; a restart in the middle loses nothing."""
    go = gone(following)
    assert from_json(flow, to_json(flow, go.draft)) == go.draft
    return plain(flow.steps[go.step].ask(turn, go.draft).text)


async def says(flow: Flow, turn: Any, before: Next, text: str) -> Next:
    """The person writes another message."""
    on_text = flow.steps[gone(before).step].text
    assert on_text is not None
    turn.command = replace(turn.command, key=f"{turn.command.key}+")
    return await on_text(turn, gone(before).draft, text)


async def taps(flow: Flow, turn: Any, before: Next, tap: Any) -> Next:
    """The person taps a button of the question."""
    return await flow.steps[gone(before).step].taps[type(tap)](turn, gone(before).draft, tap)


async def claiming(town: Town) -> tuple[Any, Next, int]:
    """The buyer has tapped "I have sent it"."""
    order = await placed(town)
    turn = turn_of(town, town.buyer)
    now = await CLAIM.entries[StartClaim](turn, StartClaim(order.id, order.version, 0))
    return turn, now, order.id


async def test_a_claim_is_two_answers(town: Town) -> None:
    """The number of the payment, the sender's digits; then operators look."""
    turn, now, order_id = await claiming(town)
    assert "bKash: ৳1,200.50" in asked(CLAIM, turn, now)
    now = await says(CLAIM, turn, now, f" {TRX.lower()} ")
    assert f"bKash, {TRX}" in asked(CLAIM, turn, now)
    done = ended(await says(CLAIM, turn, now, "০১৭১১ ০০৪৩২১"))
    assert "Operators are looking for the money" in done
    assert (await town.order(order_id)).state is State.PAYMENT_REVIEW
    async with town.storage.read() as uow:
        found = await uow.claims.live_of(order_id)
    assert found is not None
    assert (found.reference, found.digits) == (TRX, "4321")


async def test_wrong_answers_are_told(town: Town) -> None:
    """What is wrong and what would work; the question stays."""
    turn, now, _ = await claiming(town)
    assert "9AB1C2D3E4" in note(await says(CLAIM, turn, now, "it was yesterday"))
    now = await says(CLAIM, turn, now, TRX)
    assert "last four digits" in note(await says(CLAIM, turn, now, "12"))


async def test_a_used_number_is_told(town: Town) -> None:
    """At the first question, and at the end when a rival was faster."""
    turn, now, _ = await claiming(town)
    later = await says(CLAIM, turn, now, TRX)
    await paid_by_hand(town)
    for _ in range(2):
        assert "does not count twice" in note(await says(CLAIM, turn, now, TRX))
    again = await says(CLAIM, turn, later, "4321")
    assert "does not count twice" in str(gone(again).note)
    assert "TrxID" in asked(CLAIM, turn, again)
    with pytest.raises(errors.TooManyClaims):
        await says(CLAIM, turn, now, TRX)
    async with town.storage.read() as uow:
        assert await uow.claims.refusals(town.buyer.id) == 3


async def test_a_message_that_comes_again_is_the_same_try(town: Town) -> None:
    """A restart in the middle answers the same once more, and counts nothing twice."""
    turn, now, _ = await claiming(town)
    await paid_by_hand(town)
    step = CLAIM.steps[gone(now).step]
    assert step.text is not None
    for _ in range(4):
        assert "does not count twice" in note(await step.text(turn, gone(now).draft, TRX))
    async with town.storage.read() as uow:
        assert await uow.claims.refusals(town.buyer.id) == 1


async def test_a_claim_begins_where_one_may_pay(town: Town) -> None:
    """Not with a wallet that is closed or does not exist, not by the seller, not by an old tap."""
    order = await placed(town)
    enter_by = CLAIM.entries[StartClaim]
    for wallet in (1, 9):
        with pytest.raises(errors.NoWallet):
            await enter_by(turn_of(town, town.buyer), StartClaim(order.id, order.version, wallet))
    with pytest.raises(errors.NotYours):
        await enter_by(turn_of(town, town.seller), StartClaim(order.id, order.version, 0))
    with pytest.raises(errors.Stale):
        await enter_by(turn_of(town, town.buyer), StartClaim(order.id, order.version + 1, 0))


async def seeing(town: Town, found: Claim, who: Any = None) -> tuple[Any, Next]:
    """An operator has tapped "Type the amount"."""
    turn = turn_of(town, who or town.operator)
    return turn, await SEEN.entries[StartSeeing](turn, StartSeeing(found.id))


async def test_the_amount_is_typed_and_confirmed(town: Town) -> None:
    """Nothing is filled in; the typed amount is shown once more, then it is booked."""
    found = await claimed(town)
    turn, now = await seeing(town, found)
    question = asked(SEEN, turn, now)
    assert TRX in question
    assert "1,200" not in question
    now = await says(SEEN, turn, now, "1200")
    assert "you saw ৳1,200 on" in asked(SEEN, turn, now)
    now = await says(SEEN, turn, now, "১২০০.৫০")
    assert "you saw ৳1,200.50 on" in asked(SEEN, turn, now)
    done = ended(await taps(SEEN, turn, now, ConfirmSeen()))
    assert "arrived and paid the order" in done
    assert (await town.order(found.order_id)).state is State.AWAITING_REQUIREMENTS
    with pytest.raises(errors.WrongState):
        await seeing(town, found)


async def test_amounts_that_are_none(town: Town) -> None:
    """Words and parts of a poisha are refused."""
    found = await claimed(town)
    turn, now = await seeing(town, found)
    with pytest.raises(errors.AmountUnreadable):
        await says(SEEN, turn, now, "all of it")
    with pytest.raises(errors.AmountOutOfRange):
        await says(SEEN, turn, now, "1.005")


async def test_the_first_operator_does_not_look_twice(town: Town) -> None:
    """Above the limit somebody else is asked."""
    await town.second()
    order = await placed(town, price=TAKA + TAKA + TAKA + TAKA + TAKA + TAKA + TAKA)
    found = await claimed(town, order)
    turn, now = await seeing(town, found)
    now = await says(SEEN, turn, now, "8403.50")
    assert "second operator" in ended(await taps(SEEN, turn, now, ConfirmSeen()))
    with pytest.raises(errors.AnotherOperator):
        await seeing(town, found)


async def writing(town: Town, claim_id: int, how: int) -> tuple[Any, Next]:
    """An operator begins to write."""
    turn = turn_of(town, town.operator)
    return turn, await BY_HAND.entries[WriteByHand](turn, WriteByHand(claim_id, how))


async def test_a_claim_is_rejected_in_words(town: Town) -> None:
    """The buyer reads the reason; a decided claim is not written about."""
    found = await claimed(town)
    turn, now = await writing(town, found.id, hand_words.REJECT)
    assert "No such payment was found" in asked(BY_HAND, turn, now)
    assert "Nothing has come." in ended(await says(BY_HAND, turn, now, "Nothing has come."))
    with pytest.raises(errors.WrongState):
        await writing(town, found.id, hand_words.REJECT)


@pytest.mark.parametrize(
    ("how", "words", "state", "shown"),
    [
        (hand_words.SENT, "8zz9y8x7w6", "sent", "8ZZ9Y8X7W6"),
        (hand_words.GIVE_UP, "The number is closed.", "void", "keeps it here"),
    ],
)
async def test_a_refund_is_written_about(
    town: Town, how: int, words: str, state: str, shown: str
) -> None:
    """Sent under a reference, or given up with a reason; once."""
    order, found = await paid_by_hand(town)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    turn, now = await writing(town, found.id, how)
    assert asked(BY_HAND, turn, now)
    assert shown in ended(await says(BY_HAND, turn, now, words))
    async with town.storage.read() as uow:
        assert state == await uow.books.refund_state("manual:bkash", TRX)
    with pytest.raises(errors.WrongState):
        await writing(town, found.id, how)


async def test_nothing_is_sent_from_a_frozen_house(town: Town) -> None:
    """The operator reads so before anything is typed; there is no other way to write."""
    order, found = await paid_by_hand(town)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    async with town.storage.begin() as uow:
        await uow.upkeep.set_flag(FROZEN, "audit", now_ms=town.clock.now_ms())
    with pytest.raises(errors.OutgoingStopped):
        await writing(town, found.id, hand_words.SENT)
    with pytest.raises(errors.NotFound):
        await writing(town, found.id, 9)


async def test_a_wallet_is_entered(town: Town) -> None:
    """Number, holder, what else, a look, done: buyers see it."""
    turn = turn_of(town, town.operator)
    now = await WALLET.entries[EditWallet](turn, EditWallet(1))
    assert "Nagad" in asked(WALLET, turn, now)
    now = await says(WALLET, turn, now, "01811-000009")
    now = await says(WALLET, turn, now, "Olivia  Khan")
    assert "anything else" in asked(WALLET, turn, now)
    skipped = await taps(WALLET, turn, now, SkipStep())
    assert "Olivia Khan" in asked(WALLET, turn, skipped)
    now = await says(WALLET, turn, now, "Send Money, not Payment")
    assert "Send Money, not Payment" in asked(WALLET, turn, now)
    assert "01811-000009" in ended(await taps(WALLET, turn, now, SaveWallet()))
    order = await placed(town)
    paying = await town.services.claims.by_hand(town.buyer.id, order.id)
    assert [one.name for one in paying.wallets] == ["bkash", "nagad"]


async def test_a_category_is_decided(town: Town) -> None:
    """The policy is read and accepted, the reason is kept."""
    turn = turn_of(town, town.operator)
    now = await FULFILMENT.entries[DecideFulfilment](turn, DecideFulfilment(0, 1))
    assert "In Bangladesh" in asked(FULFILMENT, turn, now)
    with pytest.raises(errors.PolicyUnread):
        await taps(FULFILMENT, turn, now, AcceptPolicy(POLICY_VERSION + 1))
    now = await taps(FULFILMENT, turn, now, AcceptPolicy(POLICY_VERSION))
    assert "20 to 500" in asked(FULFILMENT, turn, now)
    assert "Design" in ended(await says(FULFILMENT, turn, now, "Signs are painted on the wall."))
    setup = await town.services.rails.setup(town.operator.id)
    decided = dict(setup.categories)["design"]
    assert decided is not None
    assert decided.fulfilment is Fulfilment.NON_DIGITAL


async def test_only_owners_set_up(town: Town) -> None:
    """Another operator may look, nobody else; made-up numbers lead nowhere."""
    second = await town.second()
    assert not (await town.services.rails.setup(second.id)).is_owner
    for who, refusal in ((second, errors.NotAnOwner), (town.buyer, errors.NotAnOperator)):
        with pytest.raises(refusal):
            await WALLET.entries[EditWallet](turn_of(town, who), EditWallet(0))
        with pytest.raises(refusal):
            await FULFILMENT.entries[DecideFulfilment](
                turn_of(town, who), DecideFulfilment(LESSONS, 1)
            )
    turn = turn_of(town, town.operator)
    with pytest.raises(errors.NotFound):
        await WALLET.entries[EditWallet](turn, EditWallet(9))
    for forged in (DecideFulfilment(99, 1), DecideFulfilment(0, 2)):
        with pytest.raises(errors.NotFound):
            await FULFILMENT.entries[DecideFulfilment](turn, forged)


@pytest.mark.parametrize("flow", FLOWS)
def test_flows_speak(flow: Flow) -> None:
    """Each flow has a name for menus and says what it wants, in both languages."""
    for language in ("bn", "en"):
        tr = translator(language)
        assert flow.title(tr)
        assert all(step.wants(tr) for step in flow.steps.values())


def test_claims_end_in_words() -> None:
    """Every state of a claim that can be asked about has its own name."""
    names = {claim_state(state, translator("en")) for state in ClaimState}
    assert len(names) == len(ClaimState)
