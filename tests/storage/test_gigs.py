"""Gigs, their versions and the pages of a shelf."""

from dataclasses import replace

import pytest

from market.errors import NotFound, Stale
from market.gig import GigState
from market.read import Page, Rating, Shelf
from market.review import Review
from market.states import Role, State
from services.ports import Storage
from storage import OpenStorage
from tests.support.walk import NEW_GIG, START_MS, Market, order_at


async def test_a_gig_comes_back_as_it_was_published(storage: OpenStorage, market: Market) -> None:
    """All that the seller gave is in the stored gig."""
    async with storage.read() as unit:
        gig = await unit.gigs.get(market.gig.id)
        assert gig == await unit.gigs.version(gig.version_id)
    for name in type(NEW_GIG).__slots__:
        assert getattr(NEW_GIG, name) == getattr(gig, name)
    assert (gig.version, gig.state, gig.seller_id) == (1, GigState.ACTIVE, market.seller.id)


async def test_a_gig_may_have_neither_picture_nor_question(
    storage: OpenStorage, market: Market
) -> None:
    """Both are optional."""
    bare = replace(NEW_GIG, picture=None, question=None)
    async with storage.begin() as unit:
        gig = await unit.gigs.add(market.seller.id, bare, now_ms=START_MS)
    assert (gig.picture, gig.question) == (None, None)


async def test_versions_stay_beside_each_other(storage: OpenStorage, market: Market) -> None:
    """The newest is the gig; the older one stays what it was; one version is written once."""
    new = replace(NEW_GIG, title="Another title of it", category="writing", question=None)
    async with storage.begin() as unit:
        before = await unit.gigs.get(market.gig.id)
        after = await unit.gigs.revise(before, new, now_ms=START_MS + 1)
        assert before == await unit.gigs.version(before.version_id)
        assert after == await unit.gigs.get(market.gig.id)
        with pytest.raises(Stale):
            await unit.gigs.revise(before, new, now_ms=START_MS + 2)
        shelves = await unit.gigs.shelves()
    assert (after.version, after.title, after.question) == (2, new.title, None)
    assert [Shelf("writing", 1)] == [shelf for shelf in shelves if shelf.category == "writing"]


async def test_unknown_gigs_are_not_found(storage: OpenStorage, market: Market) -> None:
    """Unknown ids raise NotFound everywhere."""
    async with storage.begin() as unit:
        with pytest.raises(NotFound):
            await unit.gigs.get(99)
        with pytest.raises(NotFound):
            await unit.gigs.version(99)
        with pytest.raises(NotFound):
            await unit.gigs.set_state(99, GigState.PAUSED)


async def test_a_paused_gig_leaves_the_shelves(storage: OpenStorage, market: Market) -> None:
    """Shelves count active gigs only; the seller still sees the paused one."""
    async with storage.begin() as unit:
        assert await unit.gigs.shelves() == (Shelf("design", 1),)
        await unit.gigs.set_state(market.gig.id, GigState.PAUSED)
        assert await unit.gigs.shelves() == ()
        mine = await unit.gigs.of_seller(market.seller.id, limit=5)
    assert [(market.gig.id, GigState.PAUSED)] == [(gig.id, gig.state) for gig in mine]


async def _shelf_of(storage: Storage, market: Market, count: int) -> list[int]:
    """The shelf filled up to `count` gigs, newest first."""
    async with storage.begin() as unit:
        for _ in range(count - 1):
            await unit.gigs.add(market.seller.id, NEW_GIG, now_ms=START_MS)
        return [gig.id for gig in await unit.gigs.of_seller(market.seller.id, limit=count)]


def _ids(page: Page) -> list[int]:
    return [line.gig_id for line in page.lines]


async def test_walking_a_shelf_forward_and_back(storage: OpenStorage, market: Market) -> None:
    """Pages hold newest first, with cursors only where there is another page."""
    ids = await _shelf_of(storage, market, 5)
    async with storage.read() as unit:
        browse = unit.gigs.browse
        first = await browse("design", cursor=None, forward=True, limit=2)
        assert (ids[:2], ids[1], None) == (_ids(first), first.after, first.before)
        second = await browse("design", cursor=first.after, forward=True, limit=2)
        assert (ids[2:4], ids[3], ids[2]) == (_ids(second), second.after, second.before)
        last = await browse("design", cursor=second.after, forward=True, limit=2)
        assert (ids[4:], None, ids[4]) == (_ids(last), last.after, last.before)
        back = await browse("design", cursor=last.before, forward=False, limit=2)
        assert second == back
        assert first == await browse("design", cursor=back.before, forward=False, limit=2)


async def test_ratings_tell_the_means_of_the_three_marks(
    storage: OpenStorage, market: Market
) -> None:
    """Only reviews with marks count there; older ones had none."""
    marks = ((5, 4, 5), (4, 4, 3), (0, 0, 0))
    for quality, communication, value in marks:
        order = await order_at(storage, market, State.COMPLETED)
        review = Review(
            order_id=order.id,
            author_id=order.buyer_id,
            subject_id=order.seller_id,
            role=Role.BUYER,
            stars=4,
            words="",
            written_ms=1,
            visible_from_ms=1,
            quality=quality,
            communication=communication,
            value=value,
        )
        async with storage.begin() as unit:
            await unit.reviews.add(review)
    async with storage.read() as unit:
        rating = await unit.gigs.rating(market.seller.id, now_ms=50)
    assert Rating(40, 3, 3, 45, 40, 40) == rating


async def test_an_empty_shelf_is_an_empty_page(storage: OpenStorage, market: Market) -> None:
    """No lines and no cursors."""
    async with storage.read() as unit:
        page = await unit.gigs.browse("video", cursor=None, forward=True, limit=2)
    assert Page((), None, None) == page


async def test_ratings_count_public_reviews_of_sales(storage: OpenStorage, market: Market) -> None:
    """Averages are rounded to a tenth, hidden reviews and those as a buyer do not count."""
    orders = [await order_at(storage, market, State.COMPLETED) for _ in range(3)]
    for order, stars, shown in zip(orders, (5, 4, 1), (1, 1, 99), strict=True):
        review = Review(
            order_id=order.id,
            author_id=order.buyer_id,
            subject_id=order.seller_id,
            role=Role.BUYER,
            stars=stars,
            words="",
            written_ms=1,
            visible_from_ms=shown,
        )
        async with storage.begin() as unit:
            await unit.reviews.add(review)
    async with storage.read() as unit:
        rating = await unit.gigs.rating(market.seller.id, now_ms=50)
        assert Rating(45, 2, 3) == rating
        assert Rating(0, 0, 0) == await unit.gigs.rating(market.buyer.id, now_ms=50)
        page = await unit.gigs.browse("design", cursor=None, forward=True, limit=2, now_ms=50)
    assert [(rating, "Karim")] == [(line.rating, line.seller_name) for line in page.lines]
