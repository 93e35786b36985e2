"""Reviews: both blind, once per side, until the window closes; answers, removals, late ends."""

from typing import Any

import pytest

from market.deadlines import DAY_MS, HOUR_MS
from market.errors import (
    AlreadyAnswered,
    AlreadyReviewed,
    NotAnOperator,
    NotFound,
    NumberOutOfRange,
    ReviewClosed,
    TextTooLong,
    WrongState,
)
from market.notices import Notice
from market.people import Person
from market.read import OrderCard
from market.review import Marks
from market.states import Event, State
from tests.support.town import Town

FIVES = Marks(quality=5, communication=5, value=5)


async def _review(town: Town, by: Person, order_id: int, *, stars: int = 5) -> OrderCard:
    said: dict[str, Any] = {"stars": stars}
    if by == town.buyer:
        said = {"marks": Marks(quality=stars, communication=stars, value=stars)}
    return await town.services.reviews.review(
        town.command(by), order_id, words=" Good work ", **said
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
        await town.services.reviews.review(command, order.id, marks=FIVES, words="")
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
            town.command(town.buyer), order.id, marks=FIVES, words="x" * 1001
        )
    with pytest.raises(NotFound):
        await _review(town, town.operator, order.id)


async def test_buyers_answer_three_questions(town: Town) -> None:
    """Quality, communication and value are kept, the stars are their rounded mean."""
    order = await town.order_in(State.COMPLETED)
    marks = Marks(quality=5, communication=4, value=2)
    card = await town.services.reviews.review(
        town.command(town.buyer), order.id, marks=marks, words=""
    )
    assert card.mine is not None
    assert (
        card.mine.quality,
        card.mine.communication,
        card.mine.value,
        card.mine.stars,
    ) == (5, 4, 2, 4)


@pytest.mark.parametrize(
    "said", [{"stars": 5}, {"marks": Marks(quality=5, communication=0, value=5)}]
)
async def test_a_buyer_answers_all_three(town: Town, said: dict[str, Any]) -> None:
    """Plain stars or a missing answer are refused."""
    order = await town.order_in(State.COMPLETED)
    with pytest.raises(NumberOutOfRange):
        await town.services.reviews.review(town.command(town.buyer), order.id, words="", **said)


async def _public(town: Town) -> int:
    order = await town.order_in(State.COMPLETED)
    await _review(town, town.buyer, order.id)
    await _review(town, town.seller, order.id)
    return order.id


async def test_the_one_reviewed_answers_once(town: Town) -> None:
    """The answer stands with the review, its author hears of it, and there is no second one."""
    order_id, command = await _public(town), town.command(town.seller)
    for _ in range(2):
        card = await town.services.reviews.reply(command, order_id, text=" Thank you ")
    answered = [review.reply for review in card.reviews if review.author_id == town.buyer.id]
    assert answered == ["Thank you"]
    with pytest.raises(AlreadyAnswered):
        await town.services.reviews.reply(town.command(town.seller), order_id, text="And …")
    await town.drain()
    assert Notice.REVIEW_ANSWERED is town.messenger.notices(town.buyer)[-1]


async def test_a_hidden_review_is_not_answered(town: Town) -> None:
    """Nobody can answer, or remove, what is not public yet."""
    order = await town.order_in(State.COMPLETED)
    await _review(town, town.buyer, order.id)
    with pytest.raises(NotFound):
        await town.services.reviews.reply(town.command(town.seller), order.id, text="Thanks")
    with pytest.raises(NotFound):
        await town.services.reviews.remove(
            town.command(town.operator), order.id, town.buyer.id, reason="Insult"
        )


async def test_an_operator_removes_a_review_with_a_reason(town: Town) -> None:
    """It is shown nowhere and counts nowhere; its author reads why, and may not write again."""
    order_id, command = await _public(town), town.command(town.operator)
    for _ in range(2):
        await town.services.reviews.remove(command, order_id, town.buyer.id, reason="Insult")
    await town.drain()
    card = await town.services.orders.card(town.buyer.id, order_id)
    assert [town.seller.id] == [review.author_id for review in card.reviews]
    assert card.mine is not None
    assert (card.mine.removed_reason, card.may_review) == ("Insult", False)
    assert await town.services.reviews.about(town.seller.id) == ()
    assert Notice.REVIEW_REMOVED is town.messenger.notices(town.buyer)[-1]
    with pytest.raises(NotAnOperator):
        await town.services.reviews.remove(
            town.command(await town.citizen(600)), order_id, town.seller.id, reason="Why not"
        )


async def _late(town: Town, days: int) -> int:
    order = await town.order_in(State.IN_PROGRESS)
    town.clock.advance(3 * DAY_MS + days * DAY_MS)
    return order.id


async def test_a_late_end_is_reviewed_by_the_buyer(town: Town) -> None:
    """After leaving late work the buyer may review for two weeks, the seller may not."""
    order_id = await _late(town, 1)
    card = await town.act(town.buyer, order_id, Event.LATE_CANCEL)
    assert card.may_review
    assert not (await town.services.orders.card(town.seller.id, order_id)).may_review
    with pytest.raises(WrongState):
        await _review(town, town.seller, order_id)
    card = await _review(town, town.buyer, order_id, stars=1)
    assert (card.mine and card.mine.stars, card.reviews) == (1, ())
    town.clock.advance(14 * DAY_MS)
    card = await town.services.orders.card(town.seller.id, order_id)
    assert [review.stars for review in card.reviews] == [1]


@pytest.mark.parametrize(("days", "is_late"), [(1, True), (-1, False)])
async def test_a_seller_who_leaves_late_is_reviewed(town: Town, days: int, is_late: bool) -> None:
    """Cancelling before the deadline is no lateness, after it is."""
    order_id = await _late(town, days)
    await town.act(town.seller, order_id, Event.SELLER_CANCEL, "I cannot do it.")
    card = await town.services.orders.card(town.buyer.id, order_id)
    assert is_late is card.may_review


async def test_an_unanswered_wish_about_late_work_is_reviewed(town: Town) -> None:
    """A late order that ended because nobody answered the buyer is reviewed too."""
    order_id = await _late(town, 0)
    town.clock.advance(HOUR_MS)
    await town.ask_cancel(town.buyer, order_id)
    town.clock.advance(town.windows.request_ms)
    await town.services.upkeep.lapse()
    card = await town.services.orders.card(town.buyer.id, order_id)
    assert (card.order.state, card.may_review) == (State.CANCELLED, True)


async def test_operators_review_nothing(town: Town) -> None:
    """An operator who looks at a completed order has no review to write."""
    order = await town.order_in(State.COMPLETED)
    assert not (await town.services.orders.card(town.operator.id, order.id)).may_review
