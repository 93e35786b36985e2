"""Requests by taps: the ways out, agreeing, refusing, taking back, looking longer, versions."""

from typing import Any

import pytest

from bot.handlers import orders, requests
from bot.ui.taps import (
    AgreeRequest,
    CancelOrder,
    GiveTime,
    LookLonger,
    RefuseRequest,
    ShowDeliveries,
    ShowWaysOut,
    TakeBackRequest,
)
from market import errors
from market.deadlines import DAY_MS
from market.states import Event, Outcome, State
from tests.support.town import Town
from tests.support.turns import turn_of


async def asks_time(town: Town, days: int = 2) -> Any:
    """The seller has asked for more days."""
    order = await town.order_in(State.IN_PROGRESS)
    card = await town.services.orders.ask_time(
        town.command(town.seller), order.id, version=order.version, days=days, note="Ill"
    )
    return card.order


async def test_ways_out(town: Town) -> None:
    """Every way with its effect; states without several ways, old buttons and strangers do not."""
    order = await town.order_in(State.IN_PROGRESS)
    turn = turn_of(town, town.buyer)
    await requests.on_show_ways_out(turn, ShowWaysOut(order.id, order.version))
    assert "You get the whole 250 ⭐ back" in turn.text
    with pytest.raises(errors.Stale):
        await requests.on_show_ways_out(turn, ShowWaysOut(order.id, order.version - 1))
    stranger = turn_of(town, await town.citizen(800))
    with pytest.raises(errors.NotFound):
        await requests.on_show_ways_out(stranger, ShowWaysOut(order.id, order.version))
    done = await town.order_in(State.COMPLETED)
    with pytest.raises(errors.WrongState):
        await requests.on_show_ways_out(turn, ShowWaysOut(done.id, done.version))


async def test_leaving_late_work_from_the_list(town: Town) -> None:
    """The effect stands on the list, so its button cancels at once."""
    order = await town.order_in(State.IN_PROGRESS)
    assert order.due_at_ms is not None
    town.clock.set(order.due_at_ms + DAY_MS)
    turn = turn_of(town, town.buyer)
    await requests.on_show_ways_out(turn, ShowWaysOut(order.id, order.version))
    tap = CancelOrder(order.id, order.version, 1)
    assert tap in [button.tap for row in turn.shown[-1].rows for button in row]
    await orders.on_cancel_order(turn, tap)
    assert (await town.order(order.id)).state is State.CANCELLED


async def test_time_is_given_with_one_tap(town: Town) -> None:
    """One tap moves the deadline; a replay moves it once; the seller cannot answer himself."""
    order = await asks_time(town)
    tap = GiveTime(order.id, order.version)
    with pytest.raises(errors.NotYours):
        await requests.on_give_time(turn_of(town, town.seller), tap)
    for _ in range(2):
        turn = turn_of(town, town.buyer, "tap:1")
        await requests.on_give_time(turn, tap)
        assert turn.toasts == ["Agreed: the deadline has moved."]
    after = await town.order(order.id)
    assert order.due_at_ms is not None
    assert after.due_at_ms == order.due_at_ms + 2 * DAY_MS


async def test_agreeing_shows_the_parts_first(town: Town) -> None:
    """The first tap explains, the second ends the order, a replay has no effect."""
    order = await town.order_in(State.DELIVERED)
    order = (await town.ask_cancel(town.seller, order.id, minor=100)).order
    turn = turn_of(town, town.buyer, "tap:7")
    await requests.on_agree_request(turn, AgreeRequest(order.id, order.version, 0))
    assert "You get 150 ⭐ back" in turn.text
    assert (await town.order(order.id)).state is State.DELIVERED
    for _ in range(2):
        await requests.on_agree_request(turn, AgreeRequest(order.id, order.version, 1))
    after = await town.order(order.id)
    assert (after.state, after.outcome) == (State.COMPLETED, Outcome.SPLIT)
    assert (await town.balances(town.buyer))["credit"] == 150


@pytest.mark.parametrize("sure", [0, 1])
async def test_who_asked_cannot_agree(town: Town, sure: int) -> None:
    """Only the other side answers; without a request nothing is agreed to."""
    order = await town.order_in(State.DELIVERED)
    tap = AgreeRequest(order.id, order.version, sure)
    with pytest.raises(errors.NoRequest):
        await requests.on_agree_request(turn_of(town, town.buyer), tap)
    order = (await town.ask_cancel(town.buyer, order.id)).order
    with pytest.raises(errors.AnotherAnswers):
        await requests.on_agree_request(
            turn_of(town, town.buyer), AgreeRequest(order.id, order.version, sure)
        )


async def test_no_and_never_mind(town: Town) -> None:
    """A refusal and a taking back both let the order go on."""
    order = await asks_time(town)
    turn = turn_of(town, town.buyer)
    await requests.on_refuse_request(turn, RefuseRequest(order.id, order.version))
    assert turn.toasts == ["You said no; the order goes on as it was."]
    assert "Something is wrong" in turn.labels
    card = await town.ask_cancel(town.seller, order.id)
    with pytest.raises(errors.NoRequest):
        await requests.on_take_back_request(
            turn_of(town, town.buyer), TakeBackRequest(order.id, card.order.version)
        )
    mine = turn_of(town, town.seller)
    await requests.on_take_back_request(mine, TakeBackRequest(order.id, card.order.version))
    assert mine.toasts == ["Taken back; the order goes on as it was."]
    assert (await town.order(order.id)).request is None


async def test_looking_longer(town: Town) -> None:
    """Zero days ask how many; a number moves the moment, once per delivery."""
    order = await town.order_in(State.DELIVERED)
    turn = turn_of(town, town.buyer)
    await requests.on_look_longer(turn, LookLonger(order.id, order.version, 0))
    assert "More time to look" in turn.text
    await requests.on_look_longer(turn, LookLonger(order.id, order.version, 3))
    after = await town.order(order.id)
    assert order.clock_at_ms is not None
    assert after.clock_at_ms == order.clock_at_ms + 3 * DAY_MS
    assert "More time to look" not in turn.labels
    for days in (0, 1):
        with pytest.raises(errors.NoLongerLooks):
            await requests.on_look_longer(
                turn_of(town, town.buyer), LookLonger(order.id, after.version, days)
            )
    with pytest.raises(errors.NotYours):
        await requests.on_look_longer(
            turn_of(town, town.seller), LookLonger(order.id, after.version, 0)
        )


async def test_every_version_for_both(town: Town) -> None:
    """Both sides find each delivery with the changes that it answers; a stranger finds none."""
    order = await town.order_in(State.DELIVERED)
    await town.act(town.buyer, order.id, Event.REVISE, "A warmer red")
    await town.act(town.seller, order.id, Event.RESUME)
    await town.deliver(order.id, "Warmer")
    for person in (town.buyer, town.seller):
        turn = turn_of(town, person)
        await orders.on_show_deliveries(turn, ShowDeliveries(order.id))
        assert "after: A warmer red" in turn.text
        assert {"📎 Delivery 1", "📎 Delivery 2"} <= set(turn.labels)
    with pytest.raises(errors.NotFound):
        await orders.on_show_deliveries(
            turn_of(town, await town.citizen(800)), ShowDeliveries(order.id)
        )


def test_routes(town: Town) -> None:
    """All taps of requests are answered."""
    assert len(requests.routes(town.services)) == 6
