"""Declared absences: limits, clocks that stand still, and what others see of it."""

import pytest

from market.absence import Absence
from market.deadlines import DAY_MS, HOUR_MS
from market.errors import AbsenceUnfit, NotFound
from market.notices import Notice
from market.people import Person
from market.states import Event, State
from tests.support.town import START_MS, Town


async def _away(town: Town, person: Person, *, days: float, after: float = 0) -> Absence:
    from_ms = town.clock.now_ms() + int(after * DAY_MS)
    return await town.services.absences.declare(
        town.command(person), from_ms=from_ms, until_ms=from_ms + int(days * DAY_MS)
    )


async def test_a_buyers_absence_gives_her_time(town: Town) -> None:
    """The delivery waits as long as she is away; the seller hears of it without a sound."""
    order = await town.order_in(State.DELIVERED)
    await _away(town, town.buyer, days=5)
    await town.drain()
    assert (await town.order(order.id)).clock_at_ms == START_MS + 8 * DAY_MS
    rows = [row.message for row in town.messenger.sent if row.message is not None]
    (told,) = [message for message in rows if message.notice is Notice.AWAY]
    assert (town.seller.id, True, START_MS + 5 * DAY_MS) == (
        told.person_id,
        told.silent,
        told.facts["until_ms"],
    )
    card = await town.services.orders.card(town.seller.id, order.id)
    assert card.away_until_ms == START_MS + 5 * DAY_MS
    assert (await town.services.orders.card(town.operator.id, order.id)).away_until_ms is None


async def test_an_absence_stops_clocks_that_begin_in_it(town: Town) -> None:
    """What is delivered while the buyer is away waits from her return on."""
    order = await town.order_in(State.IN_PROGRESS)
    await _away(town, town.buyer, days=2)
    town.clock.advance(DAY_MS)
    card = await town.deliver(order.id)
    assert card.order.clock_at_ms == START_MS + 5 * DAY_MS


async def test_a_sellers_later_absence_moves_nothing(town: Town) -> None:
    """The buyer ordered without knowing of it: the deadline stays."""
    order = await town.order_in(State.IN_PROGRESS)
    town.clock.advance(1)
    await _away(town, town.seller, days=2)
    assert order.due_at_ms == (await town.order(order.id)).due_at_ms


async def test_orders_on_an_absent_sellers_gig_count_from_his_return(town: Town) -> None:
    """Gig and quote say so beforehand, and so it is."""
    gig = await town.gig()
    await _away(town, town.seller, days=4)
    back_ms = START_MS + 4 * DAY_MS
    quote = await town.services.orders.quote(town.buyer.id, gig.id)
    assert (back_ms, back_ms) == (quote.card.away_until_ms, quote.counts_from_ms)
    order = await town.order_in(State.IN_PROGRESS, gig)
    assert back_ms + 3 * DAY_MS == order.due_at_ms


async def test_a_quote_promises_no_more_than_absences_may_move(town: Town) -> None:
    """Away for 20 days, the delivery time begins after the 14 that one order gets."""
    gig = await town.gig()
    await _away(town, town.seller, days=20)
    quote = await town.services.orders.quote(town.buyer.id, gig.id)
    assert quote.counts_from_ms == START_MS + 14 * DAY_MS
    order = await town.order_in(State.IN_PROGRESS, gig)
    assert order.due_at_ms == START_MS + 17 * DAY_MS


async def test_an_absence_to_come_is_known_before_ordering(town: Town) -> None:
    """It will move the delivery, so gig and quote name its days; one that is over is forgotten."""
    gig = await town.gig()
    await _away(town, town.seller, days=1, after=1)
    card = await town.services.gigs.card(gig.id)
    assert card.away_soon is not None
    days = (START_MS + DAY_MS, START_MS + 2 * DAY_MS)
    assert (None, days) == (card.away_until_ms, (card.away_soon.from_ms, card.away_soon.until_ms))
    town.clock.advance(2 * DAY_MS)
    quote = await town.services.orders.quote(town.buyer.id, gig.id)
    assert (
        quote.card.away_until_ms,
        quote.card.away_soon,
        quote.counts_from_ms,
    ) == (None, None, None)


async def test_an_absence_far_off_is_no_matter(town: Town) -> None:
    """Only what may fall into this order's time is told."""
    gig = await town.gig()
    await _away(town, town.seller, days=1, after=40)
    assert (await town.services.gigs.card(gig.id)).away_soon is None


@pytest.mark.parametrize(
    ("days", "after", "why"),
    [(31, 0, "long"), (1, 61, "far"), (-1, 0, "past"), (1, -2, "past")],
)
async def test_absences_have_limits(town: Town, days: float, after: float, why: str) -> None:
    """At most 30 days, begun within 60, not over already."""
    with pytest.raises(AbsenceUnfit) as refusal:
        await _away(town, town.buyer, days=days, after=after)
    assert why == refusal.value.why


async def test_absences_do_not_overlap(town: Town) -> None:
    """A second one in the same days is refused; the next day is free."""
    await _away(town, town.buyer, days=5)
    with pytest.raises(AbsenceUnfit) as refusal:
        await _away(town, town.buyer, days=5, after=4)
    assert refusal.value.why == "overlaps"
    await _away(town, town.buyer, days=5, after=5)
    assert len(await town.services.absences.of(town.buyer.id)) == 2


async def test_a_year_holds_sixty_days_of_absence(town: Town) -> None:
    """Two months are used up until the year is over."""
    for _ in range(2):
        await _away(town, town.buyer, days=30)
        town.clock.advance(60 * DAY_MS)
    with pytest.raises(AbsenceUnfit) as refusal:
        await _away(town, town.buyer, days=1)
    assert refusal.value.why == "year"
    town.clock.advance(300 * DAY_MS)
    await _away(town, town.buyer, days=30)


async def test_an_absence_is_declared_once_per_key(town: Town) -> None:
    """The same key answers the same absence."""
    command, now_ms = town.command(town.buyer), town.clock.now_ms()
    declare = town.services.absences.declare
    first = await declare(command, from_ms=now_ms, until_ms=now_ms + DAY_MS)
    assert first == await declare(command, from_ms=now_ms, until_ms=now_ms + DAY_MS)


async def test_who_comes_back_earlier_says_so(town: Town) -> None:
    """A present absence ends now, one to come is forgotten, others' are not found."""
    present = await _away(town, town.buyer, days=5)
    coming = await _away(town, town.buyer, days=5, after=10)
    town.clock.advance(HOUR_MS)
    end = town.services.absences.end
    with pytest.raises(NotFound):
        await end(town.command(town.seller), present.id)
    command = town.command(town.buyer)
    for _ in range(2):
        left = await end(command, present.id)
    assert (coming,) == left
    assert await end(town.command(town.buyer), coming.id) == ()


async def test_both_sides_absences_count_for_their_own_silence(town: Town) -> None:
    """An absent buyer who is asked to agree has the time to answer after her return."""
    order = await town.order_in(State.IN_PROGRESS)
    await _away(town, town.buyer, days=1)
    card = await town.ask_cancel(town.seller, order.id)
    assert card.order.clock_at_ms == START_MS + 3 * DAY_MS
    await town.act(town.seller, order.id, Event.TAKE_BACK)


async def test_only_live_orders_hear_of_an_absence(town: Town) -> None:
    """Completed and unpaid orders have nothing to wait for."""
    await town.order_in(State.COMPLETED)
    await town.placed()
    await _away(town, town.buyer, days=1)
    await town.drain()
    assert Notice.AWAY not in town.messenger.notices()
