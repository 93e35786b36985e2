"""Reviews: both blind, once per side, until the window closes."""

import pytest

from market.deadlines import DAY_MS
from market.errors import (
    AlreadyReviewed,
    NotFound,
    NumberOutOfRange,
    ReviewClosed,
    TextTooLong,
    WrongState,
)
from market.notices import Notice
from market.people import Person
from market.read import OrderCard
from market.states import State
from tests.support.town import Town


async def _review(town: Town, by: Person, order_id: int, *, stars: int = 5) -> OrderCard:
    return await town.services.reviews.review(
        town.command(by), order_id, stars=stars, words=" Good work "
    )


async def test_a_first_review_stays_hidden(town: Town) -> None:
    """The author sees the own review, the other side nothing yet."""
    order = await town.order_in(State.COMPLETED)
    card = await _review(town, town.buyer, order.id)
    assert (
        card.mine and card.mine.words,
        card.may_review,
        card.reviews,
    ) == ("Good work", False, ())
    other = await town.services.orders.card(town.seller.id, order.id)
    assert (other.reviews, other.mine, other.may_review) == ((), None, True)
    assert await town.services.reviews.about(town.seller.id) == ()


async def test_two_reviews_are_shown_at_once(town: Town) -> None:
    """When both have written both are told and see both."""
    order = await town.order_in(State.COMPLETED)
    await _review(town, town.buyer, order.id, stars=4)
    card = await _review(town, town.seller, order.id)
    await town.drain()
    assert len(card.reviews) == 2
    assert [review.stars for review in await town.services.reviews.about(town.seller.id)] == [4]
    for person in (town.buyer, town.seller):
        assert Notice.REVIEW_SHOWN is town.messenger.notices(person)[-1]


async def test_a_lonely_review_is_shown_when_the_window_closes(town: Town) -> None:
    """After 14 days the one review is public and the other side can write no more."""
    order = await town.order_in(State.COMPLETED)
    await _review(town, town.seller, order.id)
    town.clock.advance(14 * DAY_MS)
    with pytest.raises(ReviewClosed):
        await _review(town, town.buyer, order.id)
    card = await town.services.orders.card(town.buyer.id, order.id)
    assert (len(card.reviews), card.may_review) == (1, False)


async def test_one_review_per_side(town: Town) -> None:
    """A second review is refused, a repeated key is not."""
    order, command = await town.order_in(State.COMPLETED), town.command(town.buyer)
    for _ in range(2):
        await town.services.reviews.review(command, order.id, stars=5, words="")
    with pytest.raises(AlreadyReviewed):
        await _review(town, town.buyer, order.id)


async def test_only_completed_orders_are_reviewed(town: Town) -> None:
    """Work that is not accepted has no review yet."""
    order = await town.order_in(State.DELIVERED)
    with pytest.raises(WrongState):
        await _review(town, town.buyer, order.id)


async def test_reviews_have_limits(town: Town) -> None:
    """1 to 5 stars, 1,000 units of words, parties only."""
    order = await town.order_in(State.COMPLETED)
    with pytest.raises(NumberOutOfRange):
        await _review(town, town.buyer, order.id, stars=6)
    with pytest.raises(TextTooLong):
        await town.services.reviews.review(
            town.command(town.buyer), order.id, stars=5, words="x" * 1001
        )
    with pytest.raises(NotFound):
        await _review(town, town.operator, order.id)
