"""Work boards: what waits first, filters, pages, unread messages, the week."""

from market.board import BoardFilter
from market.deadlines import DAY_MS
from market.read import Board
from market.states import State
from tests.support.town import Town


async def _board(town: Town, **asked: object) -> Board:
    return await town.services.orders.board(town.seller.id, page=0, **asked)  # type: ignore[arg-type]


def _ids(board: Board) -> list[int]:
    return [line.order_id for line in board.lines]


async def test_what_waits_for_the_reader_stands_first(town: Town) -> None:
    """Own work before deliveries that the buyer looks at; new messages before silence."""
    gig = await town.gig()
    quiet, talking, work = [
        (await town.order_in(state, gig)).id
        for state in (State.DELIVERED, State.DELIVERED, State.IN_PROGRESS)
    ]
    await town.say(town.buyer, talking, "Looks good so far.")
    board = await _board(town)
    assert _ids(board) == [work, talking, quiet]
    assert [line.unread for line in board.lines] == [0, 1, 0]


async def test_a_board_is_filtered(town: Town) -> None:
    """One's turn, selling, buying, late."""
    gig = await town.gig()
    delivered, work = [
        (await town.order_in(state, gig)).id for state in (State.DELIVERED, State.IN_PROGRESS)
    ]
    bought = (await town.placed(await town.gig(town.buyer), town.seller)).id
    town.clock.advance(3 * DAY_MS + 1)
    found = {which: set(_ids(await _board(town, which=which))) for which in BoardFilter}
    assert found == {
        BoardFilter.ALL: {delivered, work, bought},
        BoardFilter.MY_TURN: {work, bought},
        BoardFilter.SELLING: {delivered, work},
        BoardFilter.BUYING: {bought},
        BoardFilter.LATE: {work},
    }


async def test_a_request_shows_whose_turn_it_is(town: Town) -> None:
    """Whoever is asked has the next step."""
    order = await town.order_in(State.IN_PROGRESS)
    await town.ask_cancel(town.seller, order.id)
    (line,) = (await _board(town)).lines
    (hers,) = (await town.services.orders.board(town.buyer.id, page=0)).lines
    assert (line.has_request, line.waits_for_me, hers.waits_for_me) == (True, False, True)


async def test_a_week_holds_its_deadlines(town: Town) -> None:
    """A deadline stands on its day, in the reader's zone; other weeks are empty of it."""
    order = await town.order_in(State.IN_PROGRESS)
    found = []
    for weeks_on in range(2):
        week = await town.services.orders.week(town.seller.id, weeks_on=weeks_on)
        found += [line.order_id for day in week.days for line in day.lines]
    assert found == [order.id]
