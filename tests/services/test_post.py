"""The post: order within a lane, every outcome of a call, refunds and their freeze."""

import asyncio
from collections import Counter

import pytest

from market.deadlines import MINUTE_MS
from market.files import FileRef
from market.notices import Notice
from market.states import Event, State
from services.rows import Later, OutboxRow, Place, Refused, Sent, Unreachable
from services.stirring import Stirring
from tests.support.town import OPERATOR_TELEGRAM_ID, Town


async def _cancelled(town: Town) -> int:
    """An order whose refund waits in the outbox."""
    order = await town.order_in(State.AWAITING_REQUIREMENTS)
    await town.drain()
    await town.act(town.buyer, order.id, Event.BUYER_CANCEL_EARLY)
    return order.id


def _alarms(town: Town) -> list[object]:
    messages = [row.message for row in town.messenger.sent if row.message is not None]
    return [m.facts["what"] for m in messages if m.notice is Notice.ALARM]


async def test_an_empty_outbox_is_left_alone(town: Town) -> None:
    """Nothing is due, nothing is sent."""
    assert (await town.drain(), await town.services.post.next_ms()) == (0, None)


async def test_a_commit_stirs_the_post(town: Town) -> None:
    """Queued rows wake the runner; a drain takes the wake-up back and sends them."""
    await town.placed()
    assert town.services.post.stir.is_set()
    assert await town.drain() == 1
    assert not town.services.post.stir.is_set()


async def test_rows_of_one_reader_go_out_in_order(town: Town) -> None:
    """Whatever the other lanes do, each reader gets the notices in the order of the events."""
    gig = await town.gig()
    for _ in range(5):
        await town.order_in(State.COMPLETED, gig)

    async def dawdle(row: OutboxRow) -> None:
        for _ in range(row.id % 5):
            await asyncio.sleep(0)

    town.messenger.before = dawdle
    await town.drain()
    for person in (town.buyer, town.seller):
        mine = [r.id for r in town.messenger.sent if r.message and r.message.person_id == person.id]
        assert mine
        assert sorted(mine) == mine
    assert await town.services.post.next_ms() is None


async def test_a_slow_lane_holds_up_nobody(town: Town) -> None:
    """While one reader's call hangs all others get theirs."""
    await town.order_in(State.COMPLETED)
    gate, served = asyncio.Event(), asyncio.Event()

    async def hang(row: OutboxRow) -> None:
        assert row.message is not None
        if row.message.person_id == town.buyer.id:
            await gate.wait()
        elif row.message.notice is Notice.REVIEW_REQUEST:
            served.set()

    async def watch() -> None:
        await served.wait()
        assert town.messenger.notices(town.buyer) == []
        gate.set()

    town.messenger.before = hang
    await asyncio.gather(town.drain(), watch())
    assert Notice.REVIEW_REQUEST in town.messenger.notices(town.buyer)


async def test_overlapping_drains_send_each_row_once(town: Town) -> None:
    """Two drains at once share the rows, nothing is sent twice."""
    await town.order_in(State.COMPLETED)
    await asyncio.gather(town.drain(), town.drain())
    ids = [row.id for row in town.messenger.sent]
    assert sorted(set(ids)) == sorted(ids)
    assert await town.services.post.next_ms() is None


async def test_a_flood_wait_uses_up_no_try(town: Town) -> None:
    """However often Telegram asks to wait, the notice is sent at last."""
    await town.placed()
    for _ in range(10):
        later = Later(town.clock.now_ms() + MINUTE_MS, "flood", counts=False)
        town.messenger.next[Notice.INVOICE] = [later]
        await town.drain()
        town.clock.advance(MINUTE_MS)
    await town.drain()
    assert town.messenger.notices(town.buyer) == [Notice.INVOICE]


async def test_a_held_lane_waits_for_its_first_row(town: Town) -> None:
    """A row that has to wait holds the later ones of the same reader back."""
    order = await town.placed()
    later = Later(town.clock.now_ms() + MINUTE_MS, "flood", counts=False)
    town.messenger.next[Notice.INVOICE] = [later]
    await town.drain()
    await town.pay(order)
    await town.drain()
    assert town.messenger.notices(town.buyer) == []
    assert town.clock.now_ms() + MINUTE_MS == await town.services.post.next_ms()
    town.clock.advance(MINUTE_MS)
    await town.drain()
    assert town.messenger.notices(town.buyer) == [Notice.INVOICE, Notice.ORDER_PAID_BUYER]


async def test_a_failing_notice_is_given_up_after_eight_tries(town: Town) -> None:
    """Waits double from 30 seconds; after the eighth try operators are told, the lane goes on."""
    order = await town.placed()
    tries = len(town.windows.outbox_retry_ms) + 1
    town.messenger.next[Notice.INVOICE] = [Later(0, "timeout", counts=True)] * tries
    await town.pay(order)
    for wait_ms in town.windows.outbox_retry_ms:
        await town.drain()
        assert town.clock.now_ms() + wait_ms == await town.services.post.next_ms()
        town.clock.advance(wait_ms)
    await town.drain()
    assert _alarms(town) == ["dead_notice"]
    assert town.messenger.notices(town.buyer) == [Notice.ORDER_PAID_BUYER]


async def test_a_refused_notice_is_dead_at_once(town: Town) -> None:
    """Operators are told and see it in the report."""
    await town.placed()
    town.messenger.next[Notice.INVOICE] = [Refused("bad request")]
    await town.drain()
    report = await town.services.house.report(town.operator.id)
    assert _alarms(town) == ["dead_notice"]
    assert [(r.kind, r.error) for r in report.dead_notices] == [("invoice", "bad request")]


async def test_a_bug_in_one_notice_is_a_failed_try(town: Town) -> None:
    """A notice that cannot be rendered is tried later, the others go out."""
    order = await town.placed()
    town.messenger.next[Notice.INVOICE] = [RuntimeError("no words")]
    await town.pay(order)
    await town.drain()
    assert town.messenger.notices(town.seller) == [Notice.ORDER_PAID_SELLER]
    town.clock.advance(town.windows.outbox_retry_ms[0])
    await town.drain()
    assert town.messenger.notices(town.buyer) == [Notice.INVOICE, Notice.ORDER_PAID_BUYER]


async def test_an_alarm_that_fails_raises_no_alarm(town: Town) -> None:
    """Operators who cannot be reached are not alarmed about that."""
    await town.placed()
    town.messenger.next[Notice.INVOICE] = [Refused("bad request")]
    town.messenger.next[Notice.ALARM] = [Refused("worse")]
    await town.drain()
    assert await town.services.post.next_ms() is None


async def test_an_unreachable_buyer_is_reported_to_the_seller_once(town: Town) -> None:
    """Both notices end; the seller hears of it once per order, back and forth nothing happens."""
    await town.order_in(State.DELIVERED)
    for notice in (Notice.INVOICE, Notice.ORDER_PAID_BUYER, Notice.DELIVERY):
        town.messenger.next[notice] = [Unreachable("blocked")]
    await town.drain()
    assert town.messenger.notices(town.seller).count(Notice.UNREACHABLE) == 1
    assert town.clock.now_ms() == (await town.services.people.get(town.buyer.id)).unreachable_ms


async def test_two_unreachable_sides_end_quietly(town: Town) -> None:
    """When the notice about the one cannot reach the other, nobody is left to tell."""
    await town.placed()
    town.messenger.next[Notice.INVOICE] = [Unreachable("blocked")]
    town.messenger.next[Notice.UNREACHABLE] = [Unreachable("blocked")]
    await town.drain()
    assert town.messenger.notices() == []


async def test_the_other_side_of_a_finished_order_is_left_alone(town: Town) -> None:
    """Nothing waits for anybody in a cancelled order."""
    order = await town.placed()
    await town.act(town.seller, order.id, Event.CANCEL_UNPAID)
    town.messenger.next[Notice.ORDER_CANCELLED] = [Unreachable("blocked")] * 2
    await town.drain()
    assert Notice.UNREACHABLE not in town.messenger.notices()


async def test_an_unreachable_operator_concerns_no_party(town: Town) -> None:
    """A question about an order that cannot reach an operator tells the parties nothing."""
    order = await town.order_in(State.DELIVERED)
    await town.services.support.ask(
        town.command(town.buyer), kind="paysupport", order_id=order.id, text="Why?"
    )
    town.messenger.next[Notice.SUPPORT_ASKED] = [Unreachable("blocked")]
    await town.drain()
    assert Notice.UNREACHABLE not in town.messenger.notices()


async def test_a_place_that_is_gone_is_reported_to_operators(town: Town) -> None:
    """The bot was thrown out of a group: the announcement ends, operators are told."""
    place = Place(chat_id=-1, topic_id=None, category="", title="Haat")
    await town.services.places.link(town.command(town.operator), place)
    town.messenger.next[Notice.GIG_ANNOUNCEMENT] = [Unreachable("kicked")]
    await town.gig()
    await town.drain()
    assert _alarms(town) == ["place_gone"]


async def test_a_refund_is_tried_until_it_is_sent(town: Town) -> None:
    """A provider that fails is asked again with the same charge; the money goes back once."""
    await _cancelled(town)
    town.stars.next = [Later(0, "timeout", counts=True), RuntimeError("down"), Sent()]
    for wait_ms in town.windows.outbox_retry_ms[:3]:
        await town.drain()
        town.clock.advance(wait_ms)
    assert [(town.buyer.telegram_id, "charge-1")] * 3 == town.stars.calls
    assert await town.balances(town.buyer) == {}
    assert town.messenger.notices(town.buyer).count(Notice.REFUND_SENT) == 1


@pytest.mark.parametrize("outcome", [Refused("balance too low"), Unreachable("gone")])
async def test_a_refused_refund_waits_for_an_operator(
    town: Town, outcome: Refused | Unreachable
) -> None:
    """It stays promised, operators see it and may try again."""
    await _cancelled(town)
    town.stars.next = [outcome]
    await town.drain()
    (failed,) = (await town.services.house.report(town.operator.id)).failed_refunds
    assert _alarms(town) == ["dead_refund"]
    await town.services.house.retry(town.command(town.operator), failed.id)
    await town.drain()
    assert town.messenger.notices(town.buyer).count(Notice.REFUND_SENT) == 1


async def test_a_refund_without_its_rail_is_refused(town: Town) -> None:
    """A house that lost a rail tells its operators instead of losing the refund."""
    await _cancelled(town)
    await town.services.post.drain(town.messenger, {})
    await town.drain()
    assert _alarms(town) == ["dead_refund"]


async def test_refunds_stop_while_the_house_is_frozen(town: Town) -> None:
    """Notices go on, refunds wait without using up tries."""
    await _cancelled(town)
    async with town.storage.begin() as uow:
        await uow.upkeep.set_flag("frozen", "audit", now_ms=town.clock.now_ms())
    for _ in range(10):
        await town.drain()
        town.clock.advance(town.windows.outbox_retry_ms[0])
    assert town.stars.calls == []
    assert Notice.ORDER_CANCELLED in town.messenger.notices(town.seller)
    await town.services.house.thaw(town.command(town.operator))
    await town.drain()
    assert [(town.buyer.telegram_id, "charge-1")] == town.stars.calls


async def test_operators_of_the_settings_get_alarms(town: Town) -> None:
    """Only operators who have arrived are in the list."""
    assert [person.telegram_id for person in await town.services.people.operators()] == [
        OPERATOR_TELEGRAM_ID
    ]


async def test_a_call_ends_within_its_lease(town: Town) -> None:
    """A call that hangs is cut off and tried later: its row is never in two hands at once."""
    await town.placed()

    async def hangs(_row: OutboxRow) -> None:
        await asyncio.Event().wait()

    town.messenger.before = hangs
    town.services.post._half_lease_ms = 10
    assert await town.drain() == 1
    town.messenger.before = None
    town.clock.advance(30_000)
    await town.drain()
    assert town.messenger.notices() == [Notice.INVOICE]


async def test_rows_that_waited_too_long_are_claimed_again(town: Town) -> None:
    """Behind slow calls a lease may run out; then the row is not called under it."""
    gig = await town.gig()
    for number in range(600, 620):
        await town.placed(gig, await town.citizen(number))

    async def slow(_row: OutboxRow) -> None:
        town.clock.advance(40_000)

    town.messenger.before = slow
    while await town.drain():
        town.clock.advance(town.windows.outbox_lease_ms)
    assert list(Counter(row.id for row in town.messenger.sent).values()) == [1] * 20


async def test_a_failing_worker_stops_no_other_and_is_told(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When what became of a row cannot be written down, the drain says so; the row stays leased."""
    await _cancelled(town)

    async def broken(*_: object) -> None:
        raise RuntimeError("cannot be written")

    with monkeypatch.context() as patched:
        patched.setattr(town.services.post, "_settle", broken)
        with pytest.raises(ExceptionGroup, match="the outbox was left"):
            await town.services.post.drain(town.messenger, {})
    town.clock.advance(town.windows.outbox_lease_ms)
    await town.drain()
    assert Notice.ORDER_CANCELLED in town.messenger.notices(town.seller)


async def test_the_stirring_storage_passes_the_question_of_charge_on(town: Town) -> None:
    """Who is in charge of a database is the storage's to know."""
    stirring = Stirring(town.storage, asyncio.Event())
    assert await town.storage.in_charge() == await stirring.in_charge()


async def _away_twice(town: Town) -> None:
    """Two orders of one buyer, whose seller hears of her absence twice."""
    gig = await town.gig()
    for _ in range(2):
        await town.order_in(State.IN_PROGRESS, gig)
    await town.drain()
    town.messenger.sent.clear()
    now_ms = town.clock.now_ms()
    await town.services.absences.declare(
        town.command(town.buyer), from_ms=now_ms, until_ms=now_ms + MINUTE_MS
    )


async def test_notices_of_one_fold_become_one(town: Town) -> None:
    """The newest is sent and tells how many it stands for besides itself."""
    await _away_twice(town)
    await town.drain()
    (row,) = town.messenger.sent
    assert row.message is not None
    assert (row.message.notice, row.message.facts["more"]) == (Notice.AWAY, 1)


async def test_a_folded_notice_stands_for_them_all_at_every_try(town: Town) -> None:
    """A try that fails forgets nobody."""
    await _away_twice(town)
    later = Later(town.clock.now_ms() + MINUTE_MS, "flood", counts=False)
    town.messenger.next[Notice.AWAY] = [later]
    await town.drain()
    town.clock.advance(MINUTE_MS)
    await town.drain()
    (row,) = town.messenger.sent
    assert row.message is not None
    assert row.message.facts["more"] == 1


def _file(number: int, size: int = 9) -> FileRef:
    return FileRef(
        file_id=f"f{number}", file_unique_id=f"u{number}", kind="photo", name="", size=size
    )


async def _delivered(town: Town, *files: FileRef) -> int:
    order = await town.order_in(State.IN_PROGRESS)
    await town.services.orders.deliver(
        town.command(town.seller), order.id, version=order.version, text="Done", files=files
    )
    return order.id


async def _hashes(town: Town, order_id: int) -> list[str]:
    card = await town.services.orders.card(town.buyer.id, order_id)
    return [file.sha256 for delivery in card.deliveries for file in delivery.files]


async def test_delivered_files_are_hashed(town: Town) -> None:
    """What can be read gets a hash of its bytes; what is gone or too big has the digest only."""
    town.files.gone.add("f2")
    order_id = await _delivered(town, _file(1), _file(2), _file(3, 21 * 1024 * 1024))
    await town.drain()
    assert [b"f1".hex(), "", ""] == await _hashes(town, order_id)
    assert sorted(file.file_id for file in town.files.read) == ["f1", "f2"]
    card = await town.services.orders.card(town.seller.id, order_id)
    assert len(card.deliveries[0].digest) == 64
    assert await town.services.post.next_ms() is None


async def test_a_file_that_cannot_be_read_alarms_nobody(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After its last try it is given up quietly."""

    async def fails(_file: object) -> str:
        raise OSError("no route")

    monkeypatch.setattr(town.files, "fingerprint", fails)
    await _delivered(town, _file(1))
    for wait_ms in (*town.windows.outbox_retry_ms, 0):
        await town.drain()
        town.clock.advance(wait_ms)
    assert await town.services.post.next_ms() is None
    assert _alarms(town) == []


async def test_a_house_that_reads_no_files_keeps_digests(town: Town) -> None:
    """Without somebody to read them the rows are done all the same."""
    order_id = await _delivered(town, _file(1))
    await town.services.post.drain(town.messenger, {})
    assert await _hashes(town, order_id) == [""]
    assert await town.services.post.next_ms() is None
