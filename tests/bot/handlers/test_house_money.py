"""The house's money by taps: /trust, /freeze, /thaw, safe mode, debts, mirrors, refunds."""

from typing import Any

import pytest

from bot.handlers import desk, house_money, start, stops, trust
from bot.ui.taps import (
    CorrectLine,
    FreezeMoney,
    GiveUpRefund,
    LeaveSafeMode,
    ReturnUnknown,
    ShowMoney,
    ShowStops,
    ShowStuck,
    ShowTrust,
    WriteOff,
)
from bot.views.treasury import DEBTS, LINES, SUMS
from market import errors
from market.deadlines import HOUR_MS
from market.money import Currency, Money
from market.people import Person
from market.states import Event, State
from services.freezing import begin_safe_mode
from services.rows import Refused
from tests.support.feed import FakeFeed
from tests.support.town import Town
from tests.support.turns import turn_of


async def seen(town: Town, handler: Any, *tap: Any, who: Person | None = None, **how: Any) -> Any:
    """The turn after somebody has tapped or written the command; an operator if not said."""
    turn = turn_of(town, who or town.operator, **how)
    await handler(turn, *tap)
    return turn


async def test_everybody_may_see_what_is_held(town: Town) -> None:
    """By command, by button and by a link, without a word about anybody."""
    await town.order_in(State.IN_PROGRESS)
    for handler, tap in ((trust.show_trust, ()), (trust.on_show_trust, (ShowTrust(),))):
        turn = await seen(town, handler, *tap, who=town.buyer)
        assert "We hold: 250 ⭐" in turn.text
    turn = await seen(town, start.on_start, who=town.buyer, argument="trust")
    assert "Everything that we owe is there." in turn.text


async def test_freeze_is_at_once_and_thaw_asks(town: Town) -> None:
    """The command stops, the reason is logged; letting go is a button on what is shown."""
    turn = await seen(town, stops.on_freeze, argument="Odd refunds")
    assert "Stopped by an operator." in turn.text
    assert "I have looked: let money leave" in turn.labels
    turn = await seen(town, stops.on_thaw)
    assert "Stopped by an operator." in turn.text
    turn = await seen(town, stops.on_show_stops, ShowStops())
    assert (await town.services.house.stops(town.operator.id)).frozen_by == "operator"


async def test_a_button_stops_too(town: Town) -> None:
    """The page offers it as long as nothing is stopped."""
    turn = await seen(town, stops.on_show_stops, ShowStops())
    assert "Stop everything" in turn.labels
    turn = await seen(town, stops.on_freeze_money, FreezeMoney())
    assert turn.toasts == ["Stopped. Nothing leaves until somebody lets it."]


@pytest.mark.parametrize("handler", [stops.on_freeze, stops.on_thaw])
async def test_others_know_no_such_command(town: Town, handler: Any) -> None:
    """For members /freeze and /thaw do not exist."""
    turn = await seen(town, handler, who=town.buyer)
    assert "I do not know that command" in turn.text


async def test_what_is_stuck_is_seen_row_by_row(town: Town) -> None:
    """With its error; whoever runs the house may look, nobody else."""

    async def fails() -> None:
        raise OSError("disk full")

    for _ in range(2):
        with pytest.raises(OSError, match="disk full"):
            await town.services.upkeep.run("backup", fails)
        town.clock.advance(HOUR_MS)
    turn = await seen(town, stops.on_show_stuck, ShowStuck())
    assert "does not succeed: backup" in turn.text
    assert "disk full" in turn.text
    with pytest.raises(errors.NotAnOperator):
        await seen(town, stops.on_show_stuck, ShowStuck(), who=town.buyer)


async def test_safe_mode_is_left_by_an_owner_who_read_the_list(town: Town) -> None:
    """The list, a question, the end; another operator gets no such button."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    async with town.storage.begin() as uow:
        await begin_safe_mode(uow, now_ms=town.clock.now_ms())
    turn = await seen(town, stops.on_show_stops, ShowStops())
    assert "Not read to its end yet: Telegram Stars" in turn.text
    assert "End safe mode" not in turn.labels
    await town.services.reconciler.feed(FakeFeed())
    turn = await seen(town, stops.on_show_stops, ShowStops(), who=await town.second())
    assert "End safe mode" not in turn.labels
    turn = await seen(town, stops.on_show_stops, ShowStops())
    assert "refund 250 ⭐, Telegram Stars" in turn.text
    assert "End safe mode" in turn.labels
    turn = await seen(town, stops.on_leave_safe_mode, LeaveSafeMode(0))
    assert "1 refund or payout in the list leaves right away" in turn.text
    turn = await seen(town, stops.on_leave_safe_mode, LeaveSafeMode(1))
    assert "Nothing is stopped" in turn.text


async def test_the_sums_of_the_house(town: Town) -> None:
    """What lies where, what is owed and what is the house's own."""
    await town.order_in(State.CLEARED)
    turn = await seen(town, house_money.on_show_money, ShowMoney(SUMS))
    assert "Telegram Stars: 250 ⭐" in turn.text
    assert "Owed 225 ⭐; the house's own 25 ⭐" in turn.text
    assert "25 ⭐ fees earned" in turn.text
    turn = await seen(town, house_money.on_show_money, ShowMoney(SUMS), who=await town.second())
    assert "Take money out" not in turn.labels
    with pytest.raises(errors.NotAnOperator):
        await seen(town, house_money.on_show_money, ShowMoney(SUMS), who=town.buyer)


async def test_a_debt_is_written_off_after_a_question(town: Town) -> None:
    """It is listed with its person, asked about once more, and gone."""
    await town.order_in(State.CLEARED)
    await town.services.payments.refunded(charge_id="charge-1")
    turn = await seen(town, house_money.on_show_money, ShowMoney(DEBTS))
    assert "250 ⭐" in turn.text
    ask = WriteOff(town.buyer.id, 250, 0, 0)
    turn = await seen(town, house_money.on_write_off, ask)
    assert "Write off 250 ⭐" in turn.text
    turn = await seen(town, house_money.on_write_off, WriteOff(town.buyer.id, 250, 0, 1))
    assert "Nobody owes anything." in turn.text


async def test_a_posting_is_mirrored_after_a_question(town: Town) -> None:
    """The act, a question, its mirror; once only."""
    amount = Money(5_000, Currency.BDT)
    await town.services.treasury.put_in(
        town.command(town.operator), rail="manual:bkash", amount=amount
    )
    (line,) = (await town.services.treasury.page(town.operator.id)).lines
    turn = await seen(town, house_money.on_correct_line, CorrectLine(line.id, 0))
    assert "own money put in: ৳50, bKash → owner's money" in turn.text
    turn = await seen(town, house_money.on_correct_line, CorrectLine(line.id, 1))
    assert "mirror: ৳50, owner's money → bKash" in turn.text
    with pytest.raises(errors.NotFound):
        await seen(town, house_money.on_correct_line, CorrectLine(line.id, 0))
    turn = await seen(town, house_money.on_show_money, ShowMoney(LINES))
    assert "(mirrored)" in turn.text


async def test_unknown_money_is_sent_back_after_a_question(town: Town) -> None:
    """Offered where Telegram names who sent it; asked, promised, and gone from the offers."""
    feed = FakeFeed()
    feed.add("gift", 10, kind="person", telegram_id=4711)
    await town.services.reconciler.feed(feed)
    (line,) = (await town.services.treasury.page(town.operator.id)).lines
    turn = await seen(town, house_money.on_return_unknown, ReturnUnknown(line.id, 0))
    assert "Send this back?" in turn.text
    turn = await seen(town, house_money.on_return_unknown, ReturnUnknown(line.id, 1))
    assert "goes back to who sent it: 10 ⭐, unknown people → on its way back" in turn.text
    for number in (line.id, 999):
        with pytest.raises(errors.NotFound):
            await seen(town, house_money.on_return_unknown, ReturnUnknown(number, 0))


async def test_a_refund_is_given_up_after_a_question(town: Town) -> None:
    """What it means is said first; then the list of failed refunds is shown again."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    town.stars.next = [Refused("USER_DEACTIVATED")]
    await town.drain()
    (dead,) = (await town.services.house.report(town.operator.id)).failed_refunds
    turn = await seen(town, house_money.on_give_up_refund, GiveUpRefund(dead.id, 0))
    assert "stays" not in turn.text
    assert "keeps the amount here as credit" in turn.text
    turn = await seen(town, house_money.on_give_up_refund, GiveUpRefund(dead.id, 1))
    assert "Nothing. Good." in turn.text
    assert await town.balances(town.buyer) == {"credit": 250}


async def test_the_log_names_the_acts(town: Town) -> None:
    """What was done about money stands in the log in words."""
    await town.services.house.freeze(town.command(town.operator), reason="Odd refunds")
    turn = await seen(town, desk.on_admin, argument="log")
    assert "money stopped: Odd refunds" in turn.text
