"""Acts about the house's own money, as owners and operators write them. Real services."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.conversations import house_money
from bot.i18n import plain, translator
from bot.kit.flows import Done, Go, Next, Stay, from_json, to_json
from bot.kit.sessions import Live, enter, leave
from bot.ui.taps import ConfirmMoney, PickPurse, StartMoney, StepBack
from bot.views import treasury as acts
from market import errors
from market.money import Currency, Money
from market.people import Person
from market.states import State
from tests.support.feed import FakeFeed
from tests.support.town import Town
from tests.support.turns import turn_of

FLOW = house_money.flow(None)  # type: ignore[arg-type]
BKASH = "manual:bkash"


@pytest.fixture(autouse=True)
def live() -> Iterator[Live]:
    """The update in hand."""
    one = Live()
    token = enter(one)
    yield one
    leave(token)


def gone(following: Next) -> Go:
    """The flow goes on."""
    assert isinstance(following, Go), following
    return following


def asked(turn: Any, following: Next) -> str:
    """The question that the person reads now; a restart in the middle loses nothing."""
    go = gone(following)
    assert from_json(FLOW, to_json(FLOW, go.draft)) == go.draft
    return plain(FLOW.steps[go.step].ask(turn, go.draft).text)


async def says(turn: Any, before: Next, text: str) -> Next:
    """The person writes."""
    on_text = FLOW.steps[gone(before).step].text
    assert on_text is not None
    return await on_text(turn, gone(before).draft, text)


async def taps(turn: Any, before: Next, tap: Any) -> Next:
    """The person taps a button of the question."""
    return await FLOW.steps[gone(before).step].taps[type(tap)](turn, gone(before).draft, tap)


async def begun(town: Town, act: int, who: Person | None = None) -> tuple[Any, Next]:
    """Somebody has tapped the act; an owner if not said."""
    turn = turn_of(town, who or town.operator)
    return turn, await FLOW.entries[StartMoney](turn, StartMoney(act))


async def walked(town: Town, act: int, *words: str) -> tuple[str, str]:
    """The first purse, then the words, then yes: the last question and the toast."""
    turn, now = await begun(town, act)
    assert asked(turn, now)
    now = await taps(turn, now, PickPurse(0))
    for word in words:
        assert asked(turn, now)
        now = await says(turn, now, word)
    question = asked(turn, now)
    over = await taps(turn, now, ConfirmMoney())
    assert isinstance(over, Done)
    return question, over.toast or ""


async def _fund(town: Town, minor: int = 100_000) -> None:
    amount = Money(minor, Currency.BDT)
    await town.services.treasury.put_in(town.command(town.operator), rail=BKASH, amount=amount)


async def _balance(town: Town, account: str) -> int:
    async with town.storage.read() as uow:
        return await uow.books.balance(account)


async def test_own_money_is_put_in(town: Town) -> None:
    """Wallet, amount with poisha, once more, written."""
    await _fund(town)
    question, toast = await walked(town, acts.PUT_IN, "৫০০.৫০")
    assert "Own money put in: ৳500.50" in question
    assert "bKash, BDT" in question
    assert toast == "Written down."
    assert await _balance(town, "Q:owner:BDT") == 150_050


async def test_money_is_taken_out_of_fees_first(town: Town) -> None:
    """What fees do not cover comes out of the owner's money."""
    await _fund(town)
    await walked(town, acts.DRAW, "300")
    assert await _balance(town, "Q:owner:BDT") == 70_000


async def test_exchanged_stars_are_written_down(town: Town) -> None:
    """What came of Stars that were taken out."""
    await _fund(town)
    await walked(town, acts.EXCHANGED, "160")
    assert await _balance(town, "X:fx:BDT") == 16_000


async def test_budgets_and_goodwill(town: Town) -> None:
    """A budget of each kind; goodwill goes to a person by number, with a reason."""
    await _fund(town)
    await walked(town, acts.PROMO, "100")
    await walked(town, acts.GOODWILL, "50")
    question, _ = await walked(town, acts.GIVE, str(town.buyer.id), "20", "Sorry for the wait")
    assert "Give goodwill: ৳20" in question
    assert "Ayesha" in question
    assert "Sorry for the wait" in question
    balances = [await _balance(town, f"Q:{name}:BDT") for name in ("promo", "goodwill")]
    assert balances == [10_000, 3_000]


async def test_a_wallet_is_looked_into(town: Town) -> None:
    """The question says nothing of the books; the answer says what differs."""
    await _fund(town)
    for seen, said in (
        ("1000", "✅ The wallet and the books agree."),
        ("990", "⚠️ The wallet has ৳10 less than the books."),
        ("1010", "⚠️ The wallet has ৳10 more than the books."),
    ):
        question, toast = await walked(town, acts.LOOKED, seen)
        assert "1,000" not in question or seen == "1000"
        assert said == toast


async def test_unknown_money_gets_its_owner(town: Town) -> None:
    """A person's number and the amount."""
    feed = FakeFeed()
    feed.add("gift", 10, kind="person")
    await town.services.reconciler.feed(feed)
    await walked(town, acts.ATTRIBUTE, str(town.buyer.id), "10")
    assert await town.balances(town.buyer) == {"credit": 10}


async def test_one_step_back_is_the_first_question(town: Town) -> None:
    """Another wallet may be chosen at any step."""
    await _fund(town)
    turn, now = await begun(town, acts.PUT_IN)
    now = await taps(turn, await taps(turn, now, PickPurse(0)), StepBack())
    assert gone(now).step == "purse"
    with pytest.raises(errors.NotFound):
        await taps(turn, now, PickPurse(99))


async def test_what_cannot_be_begun(town: Town) -> None:
    """Nothing to give, no owner, no such act."""
    _, now = await begun(town, acts.GIVE)
    assert isinstance(now, Stay)
    with pytest.raises(errors.NotAnOwner):
        await begun(town, acts.DRAW, await town.second())
    with pytest.raises(errors.NotFound):
        await begun(town, 99)
    with pytest.raises(errors.NotAnOperator):
        await begun(town, acts.LOOKED, town.buyer)


async def test_unreadable_answers_are_refused(town: Town) -> None:
    """No number, half a poisha's half, nobody's number."""
    await town.order_in(State.CLEARED)
    await walked(town, acts.GOODWILL, "10")
    turn, now = await begun(town, acts.GIVE)
    person = await taps(turn, now, PickPurse(0))
    for words, refusal in (("x", errors.NumberOutOfRange), ("999", errors.NotFound)):
        with pytest.raises(refusal):
            await says(turn, person, words)
    amount = await says(turn, person, str(town.buyer.id))
    for words in ("1.5", "0"):
        with pytest.raises(errors.AmountOutOfRange):
            await says(turn, amount, words)


def test_the_flow_has_a_name_in_menus() -> None:
    """A kept draft can be gone on with."""
    assert FLOW.title(translator("en")) == "the house's money"
    assert "tap" in plain(FLOW.steps["sure"].wants(translator("en")))
