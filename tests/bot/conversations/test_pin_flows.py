"""The PIN as people set it, and as withdrawals ask for it; it is in no draft."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from bot.conversations import pin, withdraw
from bot.handlers import pins
from bot.i18n import translator
from bot.kit.flows import Flow, Next, to_json
from bot.ui.taps import (
    ChangeAccount,
    ConfirmWithdrawal,
    ForgetPin,
    PickWay,
    RememberPin,
    ShowPin,
    StartPin,
    StartWithdrawal,
    TakeAll,
)
from market import errors
from market.payout_settings import read_payout_terms
from market.pin import Use
from storage import OpenStorage
from tests.support.payouts import BKASH, Till
from tests.support.steps import asked, closed, ended, enters, gone, says, taps
from tests.support.town import POLICY, Town
from tests.support.turns import turn_of

PIN_FLOW, WITHDRAW = pin.flow(None), withdraw.flow(None)  # type: ignore[arg-type]
PIN, OTHER, WRONG = "4071", "৫৮২০৩", "9999"
STRICT = replace(POLICY, payouts=read_payout_terms("bdt_pin=200"))


@pytest.fixture
async def till(storage: OpenStorage) -> AsyncIterator[Till]:
    """A house in which 225 Stars are much, and a seller who has a PIN."""
    town = Town(storage, STRICT)
    await town.settle_in()
    till = await Till(town).opened()
    yield till
    async with storage.read() as uow:
        assert await uow.ledger.audit() == ()


def _turn(town: Town) -> Any:
    return turn_of(town, town.seller)


async def _kept(town: Town) -> None:
    await town.services.pins.keep(town.command(town.seller), PIN)


async def _says(flow: Flow, town: Town, now: Next, text: str) -> Next:
    """A message of its own each time, so that each try counts."""
    following = await says(flow, _turn(town), now, text)
    if hasattr(following, "draft"):
        assert text not in str(to_json(flow, following.draft)), "no draft holds a PIN"
    return following


async def test_a_first_pin_is_typed_once(town: Town) -> None:
    """In Bengali digits, too; easy ones are refused, and the answer tells what it is for."""
    turn = _turn(town)
    now = await enters(PIN_FLOW, turn, StartPin(0))
    question = asked(PIN_FLOW, turn, now)
    assert "4 to 8 digits" in question
    assert "I delete your message" in question
    for text, refusal in (("12", errors.PinUnfit), ("১২৩৪", errors.PinEasy)):
        with pytest.raises(refusal):
            await _says(PIN_FLOW, town, now, text)
    done = closed(await _says(PIN_FLOW, town, now, OTHER))
    assert done.toast == "Your PIN is set."
    await town.services.pins.prove(town.command(town.seller), "58203", Use.CHANGE)


async def test_changing_and_removing_want_the_old_one(town: Town) -> None:
    """A wrong one is a try; what was proved too long ago is asked for again."""
    await _kept(town)
    now = await enters(PIN_FLOW, _turn(town), StartPin(0))
    assert "The one that you have now" in asked(PIN_FLOW, _turn(town), now)
    with pytest.raises(errors.PinWrong):
        await _says(PIN_FLOW, town, now, WRONG)
    now = await _says(PIN_FLOW, town, now, PIN)
    town.clock.set(town.clock.now_ms() + town.windows.pin_open_ms)
    again = await _says(PIN_FLOW, town, now, OTHER)
    assert gone(again).step == pin.OLD
    now = await _says(PIN_FLOW, town, again, PIN)
    ended(await _says(PIN_FLOW, town, now, OTHER))
    now = await enters(PIN_FLOW, _turn(town), StartPin(1))
    assert "You have no PIN yet." in ended(await _says(PIN_FLOW, town, now, OTHER))
    for how in (1, 7):
        with pytest.raises(errors.NotFound):
            await enters(PIN_FLOW, _turn(town), StartPin(how))


async def test_forgetting_is_asked_once_more_and_taken_back(town: Town) -> None:
    """The page says until when it stays."""
    await _kept(town)
    turn = _turn(town)
    await pins.on_show_pin(turn, ShowPin())
    assert "I have forgotten it" in turn.labels
    await pins.on_forget_pin(turn, ForgetPin(0))
    assert "It is removed after 3 days" in turn.text
    await pins.on_forget_pin(turn, ForgetPin(1))
    assert "Somebody said that it is forgotten" in turn.text
    await pins.on_remember_pin(turn, RememberPin())
    assert "Keep my PIN after all" not in turn.labels
    assert turn.toasts == ["Noted. Your payouts wait until then.", "Your PIN stays."]


async def _withdrawing(till: Till) -> Next:
    turn = _turn(till.town)
    now = await enters(WITHDRAW, turn, StartWithdrawal())
    return await taps(WITHDRAW, turn, now, PickWay(0, 0))


async def test_much_money_is_withdrawn_with_the_pin(till: Till) -> None:
    """Asked after everything was confirmed; the right one carries it out at once."""
    town = till.town
    await till.account()
    await _kept(town)
    now = await _withdrawing(till)
    now = await taps(WITHDRAW, _turn(town), now, TakeAll())
    assert "A PIN keeps your money yours" not in asked(WITHDRAW, _turn(town), now)
    now = await taps(WITHDRAW, _turn(town), now, ConfirmWithdrawal())
    assert "Nothing has been changed or withdrawn yet" in asked(WITHDRAW, _turn(town), now)
    with pytest.raises(errors.PinWrong):
        await _says(WITHDRAW, town, now, WRONG)
    assert "Waiting to be sent" in ended(await _says(WITHDRAW, town, now, "৪০৭১"))


async def test_an_account_is_entered_after_the_pin(till: Till) -> None:
    """Before the first and before another one; when it took too long, once more."""
    town = till.town
    await _kept(town)
    now = await _withdrawing(till)
    assert gone(now).step == withdraw.PIN
    now = await _says(WITHDRAW, town, now, PIN)
    assert "Which bKash number?" in asked(WITHDRAW, _turn(town), now)
    town.clock.set(town.clock.now_ms() + town.windows.pin_open_ms)
    now = await _says(WITHDRAW, town, now, BKASH)
    assert gone(now).step == withdraw.PIN
    now = await _says(WITHDRAW, town, now, PIN)
    now = await _says(WITHDRAW, town, now, BKASH)
    now = await taps(WITHDRAW, _turn(town), now, ChangeAccount())
    assert gone(now).step == withdraw.PIN


async def test_who_has_none_is_offered_one(till: Till) -> None:
    """Below everything that is to be confirmed; the withdrawal goes on without it."""
    town = till.town
    await till.account()
    now = await taps(WITHDRAW, _turn(town), await _withdrawing(till), TakeAll())
    assert "A PIN keeps your money yours" in asked(WITHDRAW, _turn(town), now)
    assert "Waiting to be sent" in ended(
        await taps(WITHDRAW, _turn(town), now, ConfirmWithdrawal())
    )


def test_the_steps_that_take_a_pin_are_secret() -> None:
    """Whatever is typed in them leaves chat and inbox; no other step's does."""
    secret = {
        (flow.name, name)
        for flow in (PIN_FLOW, WITHDRAW)
        for name, step in flow.steps.items()
        if step.is_secret
    }
    assert secret == {("pin", "old"), ("pin", "new"), ("withdraw", "pin")}
    assert PIN_FLOW.title(translator("en")) == "your PIN"
