"""Orders: drafts, recorded moves, clocks, boards and what was handed over."""

import asyncio
from dataclasses import replace

import pytest

from market import reminders
from market.change import Change
from market.contract import Order
from market.deadlines import DAY_MS, DEFAULT
from market.dispute import Proposal
from market.errors import Conflict, NotFound
from market.evidence import digest_of
from market.read import Answer, Statement
from market.states import Event, Role, State
from services.ports import Storage
from services.rows import ToRead
from storage import OpenStorage
from tests.support.walk import PICTURE, START_MS, WAY, Market, change, move, order_at, placed


async def _get(storage: Storage, order_id: int) -> Order:
    async with storage.read() as unit:
        return await unit.orders.get(order_id)


async def test_a_draft_is_stored_with_its_first_event(storage: OpenStorage, market: Market) -> None:
    """The draft gets an id and comes back equal; its history begins with its creation."""
    order = await placed(storage, market)
    assert order == await _get(storage, order.id)
    async with storage.read() as unit:
        (event,) = await unit.orders.history(order.id)
    assert (0, Event.CREATE, order.buyer_id) == (event.version, event.event, event.person_id)


async def test_the_whole_way_leaves_clean_books(storage: OpenStorage, market: Market) -> None:
    """Every recorded order equals the market's, every version has an event, the audit is clean."""
    order = await placed(storage, market)
    for event, role in WAY:
        order = await move(storage, order.id, event, role)
        assert order == await _get(storage, order.id)
        async with storage.read() as unit:
            assert await unit.ledger.audit() == ()
    async with storage.read() as unit:
        history = await unit.orders.history(order.id)
        assert await unit.orders.cleared_of_seller(market.seller.id) == 1
    assert list(range(7)) == [event.version for event in history]


async def test_an_unknown_order_is_not_found(storage: OpenStorage) -> None:
    """Both a read and a locking read raise NotFound."""
    async with storage.begin() as unit:
        with pytest.raises(NotFound):
            await unit.orders.get(9)
    with pytest.raises(NotFound):
        await _get(storage, 9)


async def test_the_slower_of_two_commands_conflicts(storage: OpenStorage, market: Market) -> None:
    """A change made from an older reading is refused whole."""
    read = await order_at(storage, market, State.DELIVERED)
    await move(storage, read.id, Event.ACCEPT, Role.BUYER)
    late = change(read, Event.REVISE, Role.BUYER)
    with pytest.raises(Conflict):
        async with storage.begin() as unit:
            await unit.record(late, now_ms=START_MS)
    assert (await _get(storage, read.id)).state == State.COMPLETED


async def test_rivals_at_once_have_one_winner(storage: OpenStorage, market: Market) -> None:
    """Many changes from the same reading, all at once: one is recorded, the books are right."""
    read = await order_at(storage, market, State.DELIVERED)
    acts = [(Event.ACCEPT, Role.BUYER), (Event.SELLER_CANCEL, Role.SELLER)] * 4

    async def try_one(made: Change) -> bool:
        try:
            async with storage.begin() as unit:
                await unit.record(made, now_ms=START_MS)
        except Conflict:
            return False
        return True

    won = await asyncio.gather(*(try_one(change(read, *act)) for act in acts))
    assert sum(won) == 1
    async with storage.read() as unit:
        assert await unit.ledger.audit() == ()


async def test_clocks_move_without_a_version(storage: OpenStorage, market: Market) -> None:
    """A lease keeps state and version; a reminder recorded twice from one reading conflicts."""
    order = await order_at(storage, market, State.DELIVERED)
    nudge = reminders.nudge(order, START_MS, DEFAULT)
    async with storage.begin() as unit:
        await unit.record(nudge, now_ms=START_MS)
    assert nudge.order == await _get(storage, order.id)
    with pytest.raises(Conflict):
        async with storage.begin() as unit:
            await unit.record(nudge, now_ms=START_MS)


async def test_a_lease_is_stored(storage: OpenStorage, market: Market) -> None:
    """The lease of an approved checkout is a clock column."""
    order = await order_at(storage, market, State.AWAITING_PAYMENT)
    async with storage.begin() as unit:
        await unit.record(reminders.leased(order, 5), now_ms=START_MS)
    assert (await _get(storage, order.id)).lease_until_ms == 5


async def test_due_orders_come_oldest_first(storage: OpenStorage, market: Market) -> None:
    """Only orders whose moment has come are due, and only as many as asked."""
    waiting = await order_at(storage, market, State.AWAITING_PAYMENT)
    working = await order_at(storage, market, State.IN_PROGRESS)
    assert waiting.clock_at_ms is not None
    async with storage.read() as unit:
        assert await unit.orders.due(waiting.clock_at_ms - 1, limit=9) == ()
        assert (waiting.id,) == await unit.orders.due(waiting.clock_at_ms, limit=9)
        assert (waiting.id,) == await unit.orders.due(START_MS + 99 * DAY_MS, limit=1)
        assert (working.id,) == await unit.orders.to_nudge(START_MS + 99 * DAY_MS, limit=9)


async def test_an_outage_moves_all_running_clocks(storage: OpenStorage, market: Market) -> None:
    """Act, due and nudge move by the gap; an order without clocks stays."""
    order = await order_at(storage, market, State.IN_PROGRESS)
    ended = await order_at(storage, market, State.CLEARED)
    async with storage.begin() as unit:
        assert await unit.orders.shift_clocks(100) == 1
    assert order.clock_at_ms
    assert order.due_at_ms
    assert order.nudge_at_ms
    moved = replace(
        order,
        clock_at_ms=order.clock_at_ms + 100,
        due_at_ms=order.due_at_ms + 100,
        nudge_at_ms=order.nudge_at_ms + 100,
    )
    assert moved == await _get(storage, order.id)
    assert ended == await _get(storage, ended.id)


async def test_the_board_puts_my_move_first(storage: OpenStorage, market: Market) -> None:
    """What waits for the reader comes first, then the nearest deadline; drafts are not shown."""
    working = await order_at(storage, market, State.IN_PROGRESS)
    delivered = await order_at(storage, market, State.DELIVERED)
    unpaid = await order_at(storage, market, State.AWAITING_PAYMENT)
    await placed(storage, market)
    late_ms = START_MS + 4 * DAY_MS
    async with storage.read() as unit:
        board = unit.orders.board
        mine = await board(market.buyer.id, finished=False, offset=0, limit=9, now_ms=late_ms)
        theirs = await board(market.seller.id, finished=False, offset=0, limit=1, now_ms=late_ms)
        assert await unit.orders.open_of_buyer(market.buyer.id) == 3
        version_id = unpaid.gig_version_id
        assert await unit.orders.unpaid_of_buyer(market.buyer.id, version_id) == unpaid.id
        assert await unit.orders.unpaid_of_buyer(market.seller.id, version_id) is None
    assert [unpaid.id, delivered.id, working.id] == [line.order_id for line in mine]
    assert [line.waits_for_me for line in mine] == [True, True, False]
    assert working.due_at_ms == mine[2].until_ms
    assert (working.id, True, True, Role.SELLER) == (
        theirs[0].order_id,
        theirs[0].waits_for_me,
        theirs[0].is_late,
        theirs[0].role,
    )


async def test_finished_orders_are_paged_newest_first(storage: OpenStorage, market: Market) -> None:
    """Completed and ended orders have a board of their own."""
    first = await order_at(storage, market, State.COMPLETED)
    second = await order_at(storage, market, State.CLEARED)
    async with storage.read() as unit:
        board = unit.orders.board
        page = await board(market.buyer.id, finished=True, offset=0, limit=9, now_ms=START_MS)
        rest = await board(market.buyer.id, finished=True, offset=1, limit=9, now_ms=START_MS)
    assert [second.id, first.id] == [line.order_id for line in page]
    assert [first.id] == [line.order_id for line in rest]


async def test_an_answer_is_replaced_by_the_next(storage: OpenStorage, market: Market) -> None:
    """The last answer counts, with its files in order."""
    order = await placed(storage, market)
    other = replace(PICTURE, file_id="f2")
    async with storage.begin() as unit:
        assert await unit.orders.answer(order.id) is None
        await unit.orders.save_answer(order.id, Answer("a", (PICTURE,)), now_ms=1)
        await unit.orders.save_answer(order.id, Answer("b", (other, PICTURE)), now_ms=2)
        assert Answer("b", (other, PICTURE)) == await unit.orders.answer(order.id)


async def test_deliveries_are_numbered(storage: OpenStorage, market: Market) -> None:
    """Deliveries come back in order, with files or without."""
    order = await placed(storage, market)
    async with storage.begin() as unit:
        files = (PICTURE, replace(PICTURE, file_id="f2"))
        one = await unit.orders.add_delivery(order.id, text="first", files=files, now_ms=1)
        two = await unit.orders.add_delivery(order.id, text="second", files=(), now_ms=2)
        assert (one.number, two.number) == (1, 2)
        assert (one, two) == await unit.orders.deliveries(order.id)


async def test_a_delivery_keeps_its_evidence(storage: OpenStorage, market: Market) -> None:
    """A digest over what was handed over, and the first hash of each file's bytes."""
    order = await placed(storage, market)
    files = (PICTURE, replace(PICTURE, file_id="f2"))
    async with storage.begin() as unit:
        made = await unit.orders.add_delivery(order.id, text="here", files=files, now_ms=7)
        second = ToRead(delivery_id=made.id, number=2, file_id="f2", size=10)
        for sha256 in ("", "ab", "cd"):
            await unit.orders.keep_hash(second, sha256)
        (stored,) = await unit.orders.deliveries(order.id)
    assert digest_of("here", files, at_ms=7) == made.digest
    assert replace(made, files=(PICTURE, replace(files[1], sha256="ab"))) == stored


async def test_statements_are_numbered_with_their_files(
    storage: OpenStorage, market: Market
) -> None:
    """Both sides' words come back in the order they came."""
    order = await placed(storage, market)
    files = (PICTURE, replace(PICTURE, file_id="f2"))
    async with storage.begin() as unit:
        say = unit.orders.add_statement
        one = await say(order.id, role=Role.BUYER, text="It is late", files=files, now_ms=1)
        two = await say(order.id, role=Role.SELLER, text="It is not", files=(), now_ms=2)
        assert (one, two) == await unit.orders.statements(order.id)
    assert Statement(2, Role.SELLER, "It is not", (), 2) == two


async def test_the_newest_proposal_counts(storage: OpenStorage, market: Market) -> None:
    """One verdict at a time waits for a second operator, until it is dropped."""
    order = await placed(storage, market)
    first = Proposal(order.id, 100, "half the work", market.seller.id, 1)
    newer = replace(first, minor=50, at_ms=2)
    async with storage.begin() as unit:
        assert await unit.orders.proposal(order.id) is None
        await unit.orders.propose(first)
        await unit.orders.propose(newer)
        assert newer == await unit.orders.proposal(order.id)
        await unit.orders.drop_proposal(order.id)
        assert await unit.orders.proposal(order.id) is None
