"""The second person by taps: what one proposes another one confirms."""

from dataclasses import replace
from typing import Any

import pytest

from bot.conversations import by_hand, house_money
from bot.handlers import desk, rails, seconds
from bot.handlers import house_money as page
from bot.ui.taps import (
    ConfirmDraw,
    ConfirmMoney,
    ConfirmRefund,
    DropDraw,
    PickPurse,
    ProposeRefund,
    ShowDraw,
    ShowHandRefund,
    ShowMoney,
    ShowQueue,
    StartMoney,
    WriteByHand,
)
from bot.views import treasury
from bot.views.desk import DRAWS, HAND_REFUNDS
from bot.views.hand_words import SENT
from market import errors
from market.money import Currency, Money
from market.payout_settings import read_payout_terms
from market.people import Person
from market.states import Event
from storage import OpenStorage
from tests.support.by_hand import paid_by_hand, take_taka
from tests.support.steps import closed, enters, says, taps
from tests.support.town import POLICY, Town
from tests.support.turns import turn_of

BY_HAND, MONEY = by_hand.flow(None), house_money.flow(None)  # type: ignore[arg-type]
STRICT = replace(POLICY, payouts=read_payout_terms("bdt_second=1000"))


@pytest.fixture
async def town(storage: OpenStorage) -> Town:
    """A house in which 1,000 taka are much."""
    place = Town(storage, STRICT)
    await place.settle_in()
    await take_taka(place)
    return place


async def tapped(town: Town, handler: Any, tap: Any, who: Person | None = None) -> Any:
    """The turn after the tap of an operator."""
    turn = turn_of(town, who or town.operator)
    await handler(turn, tap)
    return turn


async def test_a_refund_by_hand_passes_two_hands(town: Town) -> None:
    """The second one reads amount, person and wallet; until then nobody types a reference."""
    order, claim = await paid_by_hand(town)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    second, write = await town.second(), WriteByHand(claim.id, SENT)
    turn = await tapped(town, desk.on_show_queue, ShowQueue(HAND_REFUNDS, 0))
    assert "two operators have to agree" in turn.text
    turn = await tapped(town, rails.on_show_hand_refund, ShowHandRefund(claim.id))
    assert turn.labels[:2] == ["Propose to send it", "It cannot be sent…"]
    with pytest.raises(errors.NotConfirmed):
        await enters(BY_HAND, turn, write)
    turn = await tapped(town, seconds.on_propose_refund, ProposeRefund(claim.id))
    assert "You proposed it" in turn.text
    assert turn.labels[0] == "It cannot be sent…"
    turn = await tapped(town, seconds.on_propose_refund, ProposeRefund(claim.id), second)
    assert turn.toasts[0].startswith("That is not possible any more")
    assert "Operator proposed" in turn.text
    assert "to send ৳1,200.50 back to Ayesha by bKash" in turn.text
    turn = await tapped(town, seconds.on_confirm_refund, ConfirmRefund(claim.id, 1), second)
    assert turn.toasts == ["Confirmed: it may be sent."]
    assert "Operator proposed it, Second confirmed it." in turn.text
    assert turn.labels[0] == "I have sent it…"
    done = await says(BY_HAND, turn, await enters(BY_HAND, turn, write), "8ZZ9Y8X7W6")
    assert closed(done).toast == "Booked. The buyer is being told."


async def test_a_draw_passes_two_hands(town: Town) -> None:
    """Proposed in the conversation, found in the queue and on the page, confirmed."""
    funds = Money(500_000, Currency.BDT)
    treasurer = town.services.treasury
    await treasurer.put_in(town.command(town.operator), rail="manual:bkash", amount=funds)
    second, turn = await town.second(), turn_of(town, town.operator)
    now = await enters(MONEY, turn, StartMoney(treasury.DRAW))
    now = await taps(MONEY, turn, now, PickPurse(0))
    now = await says(MONEY, turn, now, "2000")
    done = closed(await taps(MONEY, turn, now, ConfirmMoney()))
    assert done.toast == "Proposed. Another owner or operator has to confirm it."
    turn = await tapped(town, desk.on_show_queue, ShowQueue(DRAWS, 0), second)
    assert "৳2,000 out of bKash" in turn.text
    turn = await tapped(town, page.on_show_money, ShowMoney(0), second)
    assert "Draw: ৳2,000, bKash" in turn.labels
    turn = await tapped(town, seconds.on_show_draw, ShowDraw(1))
    assert "Nothing has been booked yet" in turn.text
    turn = await tapped(town, seconds.on_show_draw, ShowDraw(1), second)
    assert turn.labels[:2] == ["Confirm: ৳2,000", "Drop it"]
    turn = await tapped(town, seconds.on_confirm_draw, ConfirmDraw(1), second)
    assert turn.toasts == ["Confirmed and booked."]
    assert "Second confirmed it" in turn.text
    turn = await tapped(town, seconds.on_drop_draw, DropDraw(1))
    assert turn.toasts[0].startswith("That is not possible any more")
    assert "Second confirmed it" in turn.text
    with pytest.raises(errors.NotFound):
        await tapped(town, seconds.on_confirm_draw, ConfirmDraw(9), second)


async def test_much_goodwill_passes_two_hands(town: Town) -> None:
    """Proposed in the conversation, with its reason read by who confirms it."""
    funds, treasurer = Money(500_000, Currency.BDT), town.services.treasury
    await treasurer.put_in(town.command(town.operator), rail="manual:bkash", amount=funds)
    await treasurer.budget(town.command(town.operator), "goodwill", funds, from_capital=True)
    second, turn = await town.second(), turn_of(town, town.operator)
    now = await enters(MONEY, turn, StartMoney(treasury.GIVE))
    now = await taps(MONEY, turn, now, PickPurse(0))
    for words in (str(town.buyer.id), "2000", "The parcel was late."):
        now = await says(MONEY, turn, now, words)
    done = closed(await taps(MONEY, turn, now, ConfirmMoney()))
    assert done.toast == "Proposed. Another owner or operator has to confirm it."
    turn = await tapped(town, desk.on_show_queue, ShowQueue(DRAWS, 0), second)
    assert "৳2,000 of goodwill for Ayesha" in turn.text
    turn = await tapped(town, seconds.on_show_draw, ShowDraw(1), second)
    assert "The parcel was late." in turn.text
    turn = await tapped(town, seconds.on_confirm_draw, ConfirmDraw(1), second)
    assert turn.toasts == ["Confirmed and booked."]
    assert "Second confirmed it" in turn.text
