"""What one party asks of the other: more time, an end by agreement, a longer look; claims."""

import pytest

from market.deadlines import DAY_MS, HOUR_MS
from market.errors import (
    AmountOutOfRange,
    AnotherAnswers,
    NoLongerLooks,
    NoRequest,
    NumberOutOfRange,
    RequestLive,
    Stale,
    TextTooShort,
    TooManyRequests,
)
from market.notices import Notice
from market.read import OrderCard
from market.requests import Kind
from market.states import Event, Outcome, State
from tests.support.town import START_MS, Town


async def _ask_time(town: Town, order_id: int, days: int = 2) -> OrderCard:
    order = await town.order(order_id)
    return await town.services.orders.ask_time(
        town.command(town.seller),
        order_id,
        version=order.version,
        days=days,
        note="The printer is broken.",
    )


async def test_the_buyer_gives_more_time_with_one_tap(town: Town) -> None:
    """The deadline moves by the days asked for, and both hear of it."""
    order = await town.order_in(State.IN_PROGRESS)
    card = await _ask_time(town, order.id)
    assert card.order.request is not None
    assert (card.order.request.kind, card.order.request.days) == (Kind.TIME, 2)
    card = await town.act(town.buyer, order.id, Event.EXTEND)
    assert card.order.due_at_ms == START_MS + 5 * DAY_MS
    await town.drain()
    assert Notice.TIME_ASKED is town.messenger.notices(town.buyer)[-1]
    assert Notice.TIME_GIVEN is town.messenger.notices(town.seller)[-1]


@pytest.mark.parametrize(("days", "note"), [(0, "x"), (31, "x"), (2, " ")])
async def test_asking_for_time_has_limits(town: Town, days: int, note: str) -> None:
    """1 to 30 days, with a reason."""
    order = await town.order_in(State.IN_PROGRESS)
    with pytest.raises((NumberOutOfRange, TextTooShort)):
        await town.services.orders.ask_time(
            town.command(town.seller), order.id, version=order.version, days=days, note=note
        )


async def test_an_end_by_agreement_sends_everything_back(town: Town) -> None:
    """Nothing for the seller: the whole charge goes back when the other party agrees."""
    order = await town.order_in(State.IN_PROGRESS)
    await town.ask_cancel(town.buyer, order.id)
    card = await town.act(town.seller, order.id, Event.AGREE_CANCEL)
    await town.drain()
    assert (State.CANCELLED, [(town.buyer.telegram_id, "charge-1")]) == (
        card.order.state,
        town.stars.calls,
    )


async def test_an_agreed_split_shares_the_money(town: Town) -> None:
    """100 of 250 for the seller: 90 clear, 10 are the fee, 150 stay as credit of the buyer."""
    order = await town.order_in(State.DELIVERED)
    await town.ask_cancel(town.seller, order.id, 100)
    card = await town.act(town.buyer, order.id, Event.AGREE_CANCEL)
    assert (card.order.state, card.order.outcome) == (State.COMPLETED, Outcome.SPLIT)
    assert await town.balances(town.seller) == {"clearing": 90}
    assert await town.balances(town.buyer) == {"credit": 150}
    town.clock.advance(21 * DAY_MS)
    await town.services.upkeep.lapse()
    assert await town.balances(town.seller) == {"available": 90}


async def test_a_request_has_one_answer(town: Town) -> None:
    """Who asked cannot answer, a second request waits, the wrong answer finds nothing."""
    order = await town.order_in(State.IN_PROGRESS)
    await town.ask_cancel(town.buyer, order.id)
    with pytest.raises(AnotherAnswers):
        await town.act(town.buyer, order.id, Event.AGREE_CANCEL)
    with pytest.raises(RequestLive):
        await _ask_time(town, order.id)
    with pytest.raises(NoRequest):
        await town.act(town.buyer, order.id, Event.EXTEND)
    with pytest.raises(AmountOutOfRange):
        await town.ask_cancel(town.seller, (await town.order_in(State.DELIVERED)).id, 250)


@pytest.mark.parametrize(("who", "event"), [("seller", "REFUSE"), ("buyer", "TAKE_BACK")])
async def test_without_agreement_the_order_goes_on(town: Town, who: str, event: str) -> None:
    """Refused or taken back: silence has a day at least, and nothing was paid."""
    order = await town.order_in(State.DELIVERED)
    town.clock.advance(71 * HOUR_MS)
    await town.ask_cancel(town.buyer, order.id)
    card = await town.act(getattr(town, who), order.id, Event[event], "No.")
    assert (card.order.request, card.order.state) == (None, State.DELIVERED)
    assert town.clock.now_ms() + DAY_MS == card.order.clock_at_ms


async def test_an_unanswered_request_lapses(town: Town) -> None:
    """After 48 hours the state's own clock runs on; both hear of it."""
    order = await town.order_in(State.DELIVERED)
    await town.ask_cancel(town.seller, order.id, 100)
    town.clock.advance(48 * HOUR_MS)
    await town.services.upkeep.lapse()
    await town.drain()
    after = await town.order(order.id)
    assert (after.state, after.request, after.was_refused) == (State.DELIVERED, None, True)
    assert Notice.REQUEST_LAPSED is town.messenger.notices(town.buyer)[-1]


async def test_the_buyer_looks_longer_once(town: Town) -> None:
    """Up to a week more, once per delivery."""
    order = await town.order_in(State.DELIVERED)

    async def look(days: int) -> OrderCard:
        version = (await town.order(order.id)).version
        return await town.services.orders.look_longer(
            town.command(town.buyer), order.id, version=version, days=days
        )

    with pytest.raises(NumberOutOfRange):
        await look(8)
    card = await look(4)
    assert card.order.clock_at_ms == START_MS + 7 * DAY_MS
    with pytest.raises(NoLongerLooks):
        await look(1)


async def test_requests_see_the_present_order(town: Town) -> None:
    """A button of an older version asks for nothing."""
    order = await town.order_in(State.IN_PROGRESS)
    with pytest.raises(Stale):
        await town.services.orders.ask_cancel(
            town.command(town.buyer), order.id, version=order.version - 1, minor=0, note="Stop"
        )


async def test_asking_again_and_again_ends(town: Town) -> None:
    """Each request stops a clock, so one side asks three times in an order, not more."""
    order = await town.order_in(State.IN_PROGRESS)
    for _ in range(3):
        await _ask_time(town, order.id)
        await town.act(town.seller, order.id, Event.TAKE_BACK)
    with pytest.raises(TooManyRequests):
        await _ask_time(town, order.id)
