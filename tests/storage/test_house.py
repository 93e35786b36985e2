"""Command keys, reviews, support threads, places and upkeep."""

from dataclasses import replace

import pytest

from market.errors import AlreadyReviewed, NotFound
from market.gig import GigState
from market.read import SweepRun, Thread, ThreadLine
from market.review import Review
from market.states import Role, State
from services.rows import Command, Place, Posted
from storage import OpenStorage
from tests.storage.conftest import Raw
from tests.support.samples import review
from tests.support.walk import Market, order_at, placed


async def test_a_command_key_is_claimed_once(storage: OpenStorage) -> None:
    """The first claim answers None, each later one the kept result ("" before there is one)."""
    command = Command("cb:1", 5)
    async with storage.begin() as unit:
        assert await unit.command(command, name="order", now_ms=1) is None
    async with storage.begin() as unit:
        assert await unit.command(command, name="order", now_ms=1) == ""
        await unit.result(command, "7")
        assert await unit.command(command, name="order", now_ms=1) == "7"
        assert await unit.command(command, name="accept", now_ms=1) is None


async def _claim_and_fail(storage: OpenStorage) -> None:
    """A command that breaks after its claim."""
    async with storage.begin() as unit:
        await unit.command(Command("cb:1", 5), name="order", now_ms=1)
        raise ValueError("oops")


async def test_a_command_that_fails_leaves_no_key(storage: OpenStorage) -> None:
    """The claim is rolled back with everything else."""
    with pytest.raises(ValueError, match="oops"):
        await _claim_and_fail(storage)
    async with storage.begin() as unit:
        assert await unit.command(Command("cb:1", 5), name="order", now_ms=1) is None


async def test_each_side_reviews_once(storage: OpenStorage, market: Market) -> None:
    """A second review by the same side is refused; reviews show from their moment on."""
    order = await order_at(storage, market, State.COMPLETED)
    first = Review(
        order_id=order.id,
        author_id=order.buyer_id,
        subject_id=order.seller_id,
        role=Role.BUYER,
        stars=5,
        words="ভালো",
        written_ms=1,
        visible_from_ms=100,
    )
    back = replace(
        first, author_id=order.seller_id, subject_id=order.buyer_id, role=Role.SELLER, written_ms=2
    )
    async with storage.begin() as unit:
        await unit.reviews.add(first)
        await unit.reviews.add(back)
        with pytest.raises(AlreadyReviewed):
            await unit.reviews.add(first)
        assert (first, back) == await unit.reviews.of_order(order.id)
        assert await unit.reviews.about(order.seller_id, now_ms=99, limit=9) == ()
        await unit.reviews.show(order.id, from_ms=50)
        shown = replace(first, visible_from_ms=50)
        assert (shown,) == await unit.reviews.about(order.seller_id, now_ms=50, limit=9)


async def test_a_review_is_answered_once_and_removed(storage: OpenStorage, market: Market) -> None:
    """The three questions and the answer come back; a removed review counts nowhere."""
    order = await order_at(storage, market, State.COMPLETED)
    said = review(order_id=order.id, author_id=order.buyer_id, subject_id=order.seller_id)
    now_ms = said.visible_from_ms
    key = (order.id, order.buyer_id)
    async with storage.begin() as unit:
        await unit.reviews.add(said)
        assert await unit.reviews.reply(*key, text="ধন্যবাদ", now_ms=now_ms)
        assert not await unit.reviews.reply(*key, text="Again", now_ms=now_ms)
        answered = replace(said, reply="ধন্যবাদ", replied_ms=now_ms)
        assert (answered,) == await unit.reviews.about(order.seller_id, now_ms=now_ms, limit=9)
        assert (await unit.gigs.rating(order.seller_id, now_ms=now_ms)).reviews == 1
        await unit.reviews.remove(*key, reason="insult")
        await unit.reviews.remove(*key, reason="other")
        assert (replace(answered, removed_reason="insult"),) == await unit.reviews.of_order(
            order.id
        )
        assert await unit.reviews.about(order.seller_id, now_ms=now_ms, limit=9) == ()
        rating = await unit.gigs.rating(order.seller_id, now_ms=now_ms)
        shelf = await unit.gigs.browse("design", cursor=None, forward=True, limit=1, now_ms=now_ms)
    assert (rating.reviews, rating.average_x10) == (0, 0)
    assert rating == shelf.lines[0].rating


async def test_a_gig_taken_down_leaves_its_shelf(storage: OpenStorage, market: Market) -> None:
    """It is still shown to those who have it, as taken down."""
    async with storage.begin() as unit:
        await unit.gigs.set_state(market.gig.id, GigState.TAKEN_DOWN)
        assert await unit.gigs.shelves() == ()
        assert (await unit.gigs.get(market.gig.id)).state is GigState.TAKEN_DOWN


async def test_a_thread_waits_for_the_operators(storage: OpenStorage, market: Market) -> None:
    """It waits while the last message is the person's, until it is answered or closed."""
    seller = market.seller.id
    async with storage.begin() as unit:
        threads = unit.threads
        number = await threads.open(seller, kind="support", order_id=None, now_ms=1)
        assert await threads.add(number, text="Help", operator_id=None, now_ms=2) == 1
        line = ThreadLine(from_operator=False, text="Help", at_ms=2)
        expected = Thread(
            number, seller, "support", None, is_open=True, lines=(line,), person_name="Karim"
        )
        assert expected == await threads.get(number)
        assert (expected,) == await threads.waiting(limit=9)
        assert await threads.add(number, text="Yes?", operator_id=9, now_ms=3) == 2
        assert await threads.waiting(limit=9) == ()
        await threads.close(number)
        assert not (await threads.get(number)).is_open


async def test_a_thread_is_found_by_what_it_is_about(storage: OpenStorage, market: Market) -> None:
    """The open thread of this person, kind and order; a closed one is not found."""
    order, buyer = await placed(storage, market), market.buyer.id
    async with storage.begin() as unit:
        find = unit.threads.find
        number = await unit.threads.open(buyer, kind="paysupport", order_id=order.id, now_ms=1)
        assert number == await find(buyer, kind="paysupport", order_id=order.id)
        assert await find(buyer, kind="paysupport", order_id=None) is None
        assert await find(buyer, kind="support", order_id=order.id) is None
        await unit.threads.close(number)
        assert await find(buyer, kind="paysupport", order_id=order.id) is None
        with pytest.raises(NotFound):
            await unit.threads.get(99)


async def test_places_are_linked_and_unlinked(storage: OpenStorage) -> None:
    """One place per chat and topic; an empty category takes every gig."""
    group = Place(chat_id=-1, topic_id=7, category="design", title="Design")
    channel = Place(chat_id=-2, topic_id=None, category="", title="All gigs")
    async with storage.begin() as unit:
        places = unit.places
        await places.link(replace(group, title="Old name"))
        await places.link(group)
        await places.link(channel)
        assert (channel, group) == await places.all()
        assert (channel, group) == await places.of_category("design")
        assert (channel,) == await places.of_category("video")
        assert (group,) == await places.of_chat(-1)
        assert await places.unlink(-2, None)
        assert not await places.unlink(-2, None)
        assert (group,) == await places.all()


async def test_posts_are_remembered(storage: OpenStorage, market: Market) -> None:
    """A post that is edited shows its newer version."""
    posted = Posted(
        chat_id=-1,
        topic_id=None,
        message_id=5,
        gig_id=market.gig.id,
        gig_version_id=market.gig.version_id,
        shown_version=1,
    )
    newer = replace(posted, shown_version=2)
    async with storage.begin() as unit:
        await unit.places.add_post(posted)
        await unit.places.add_post(newer)
        assert (newer,) == await unit.places.posts(market.gig.id)


async def test_sweeps_keep_their_last_run(storage: OpenStorage) -> None:
    """A failure keeps the last success; a success clears the error."""
    async with storage.begin() as unit:
        upkeep = unit.upkeep
        await upkeep.sweep_started("clocks", every_ms=9, now_ms=1)
        await upkeep.sweep_succeeded("clocks", now_ms=2)
        await upkeep.sweep_started("clocks", every_ms=9, now_ms=3)
        assert await upkeep.sweep_failed("clocks", error="down") == (3, 9)
        await upkeep.sweep_started("clocks", every_ms=9, now_ms=4)
        assert await upkeep.sweep_failed("clocks", error="down") == (3, 9)
        assert (SweepRun("clocks", 4, 2, "down"),) == await upkeep.sweeps()
        await upkeep.sweep_succeeded("clocks", now_ms=5)
        assert (SweepRun("clocks", 4, 5, None),) == await upkeep.sweeps()


async def test_heartbeat_and_flags(storage: OpenStorage) -> None:
    """Both keep the last value; before the first there is none."""
    async with storage.begin() as unit:
        assert await unit.upkeep.heartbeat() is None
        assert await unit.upkeep.flag("frozen") is None
        for moment in (1, 2):
            await unit.upkeep.beat(moment)
            await unit.upkeep.set_flag("frozen", str(moment), now_ms=moment)
        assert await unit.upkeep.heartbeat() == 2
        assert await unit.upkeep.flag("frozen") == "2"


async def test_operator_acts_are_logged(storage: OpenStorage, raw: Raw) -> None:
    """Every act stays as a row."""
    async with storage.begin() as unit:
        await unit.upkeep.log_act(9, act="freeze", detail="test", now_ms=1)
    rows = await raw("SELECT operator_id, act, detail, at_ms FROM operator_act")
    assert [tuple(row) for row in rows] == [(9, "freeze", "test", 1)]
