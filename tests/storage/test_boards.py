"""The work board: whose turn it is, until when, what is new; the deadlines of a week."""

from market.deadlines import DAY_MS, HOUR_MS
from market.read import BoardLine
from market.room import Said
from market.states import Event, Role
from services.ports import Storage
from storage import OpenStorage
from tests.support.lives import DISPUTED, ROADS, WORK, Step, Town, found, lived
from tests.support.walk import START_MS


async def _board(storage: Storage, person_id: int, now_ms: int = START_MS) -> list[BoardLine]:
    async with storage.read() as unit:
        board = unit.orders.board
        return list(await board(person_id, finished=False, offset=0, limit=99, now_ms=now_ms))


async def _busy(storage: Storage) -> tuple[Town, dict[str, int]]:
    """Work without more, work with a request, a dispute that the seller has not answered."""
    town = await found(storage)
    asked = Step(Event.ASK_TIME, Role.SELLER, days=2)
    ways = {"work": WORK, "asked": (*WORK, asked), "disputed": DISPUTED}
    ids = {name: (await lived(storage, town, way)).id for name, way in ways.items()}
    for road in ("plain", "never paid"):
        await lived(storage, town, ROADS[road])
    return town, ids


async def test_requests_and_disputes_wait_for_somebody(storage: OpenStorage) -> None:
    """A request waits for the one who was asked, a dispute for the one who has not spoken."""
    town, ids = await _busy(storage)
    buyers = await _board(storage, town.market.buyer.id)
    sellers = await _board(storage, town.market.seller.id)
    assert [ids["asked"]] == [line.order_id for line in buyers if line.waits_for_me]
    assert [ids["disputed"], ids["work"]] == [
        line.order_id for line in sellers if line.waits_for_me
    ]
    assert [ids["asked"]] == [line.order_id for line in sellers if line.has_request]
    until = {line.order_id: line.until_ms for line in buyers}
    assert (
        until[ids["asked"]],
        until[ids["disputed"]],
    ) == (START_MS + 2 * DAY_MS, START_MS + 2 * HOUR_MS + 3 * DAY_MS)


async def test_lines_tell_what_is_new_in_their_rooms(storage: OpenStorage) -> None:
    """Unread messages are counted for the reader, also on finished orders."""
    town, ids = await _busy(storage)
    said = Said(words="Hello", file=None, chat_id=1, message_id=1)
    async with storage.begin() as unit:
        for order_id in (ids["work"], ids["work"], ids["disputed"] + 1):
            order = await unit.orders.get(order_id)
            await unit.rooms.add(order, role=Role.BUYER, said=said, is_flagged=False, now_ms=1)
    sellers = {line.order_id: line.unread for line in await _board(storage, town.market.seller.id)}
    buyers = {line.order_id: line.unread for line in await _board(storage, town.market.buyer.id)}
    assert {ids["work"]: 2, ids["asked"]: 0, ids["disputed"]: 0} == sellers
    assert {0} == set(buyers.values())
    async with storage.read() as unit:
        ended = await unit.orders.board(
            town.market.seller.id, finished=True, offset=0, limit=9, now_ms=START_MS
        )
    assert [line.unread for line in ended] == [0, 1]


async def test_a_board_is_cut_into_pages(storage: OpenStorage) -> None:
    """Offset and limit count lines in the order of urgency."""
    town, _ = await _busy(storage)
    seller = town.market.seller.id
    whole = await _board(storage, seller)
    async with storage.read() as unit:
        board = unit.orders.board
        page = await board(seller, finished=False, offset=1, limit=1, now_ms=START_MS)
        beyond = await board(seller, finished=False, offset=3, limit=9, now_ms=START_MS)
    assert (tuple(whole[1:2]), ()) == (page, beyond)


async def test_deadlines_of_a_span_come_nearest_first(storage: OpenStorage) -> None:
    """From the first moment on, without the last; what has no deadline there is left out."""
    town, ids = await _busy(storage)
    seller, due_ms = town.market.seller.id, START_MS + 3 * DAY_MS
    async with storage.read() as unit:
        deadlines = unit.orders.deadlines
        week = await deadlines(seller, from_ms=START_MS, until_ms=due_ms + 1, now_ms=due_ms + 1)
        none = await deadlines(seller, from_ms=due_ms + 1, until_ms=due_ms + DAY_MS, now_ms=due_ms)
    assert [ids["disputed"], ids["work"], ids["asked"]] == [line.order_id for line in week]
    assert [line.is_late for line in week] == [False, True, True]
    assert none == ()
