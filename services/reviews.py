"""Reviews: both sides write, neither sees the other's before both have or the window closed."""

from dataclasses import dataclass

from market.contract import Order
from market.errors import AlreadyAnswered, NotFound, NumberOutOfRange, ReviewClosed, WrongState
from market.gig import checked
from market.notices import Message, Notice
from market.policy import Policy
from market.read import OrderCard
from market.review import STARS, Marks, Review, visible_from
from market.states import Role
from services import cards
from services.attempts import retried
from services.operators import Operating, not_own
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command

ABOUT_MAX = 20


@dataclass(frozen=True, slots=True)
class _Said:
    stars: int
    marks: Marks | None
    words: str


class ReviewService:
    """Writing reviews, answering them, reading those about a person, taking one away."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy
        self._operating = Operating(clock, policy)

    @retried
    async def review(
        self,
        command: Command,
        order_id: int,
        *,
        stars: int = 0,
        marks: Marks | None = None,
        words: str,
    ) -> OrderCard:
        """Sellers give `stars`, buyers the three `marks`; nothing in it changes afterwards.

        Raises NotFound, WrongState, ReviewClosed, AlreadyReviewed, NumberOutOfRange, TextTooLong.
        """
        text = checked(words, least=0, most=self._policy.limits.review_max)
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            order = await uow.orders.get(order_id)
            seen_by = cards.Viewer(command.person_id, cards.party(order, command.person_id), now_ms)
            said = _said(seen_by.role, stars, marks, text)
            if await uow.command(command, name="review", now_ms=now_ms) is None:
                await self._write(uow, order, seen_by, said)
            return await cards.order_card(uow, order, seen_by, self._policy)

    async def _write(
        self, uow: UnitOfWork, order: Order, author: cards.Viewer, said: _Said
    ) -> None:
        closes_ms = await self._closes(uow, order, author)
        others = await uow.reviews.of_order(order.id)
        has_other = any(review.author_id != author.person_id for review in others)
        visible_ms = visible_from(
            closes_ms=closes_ms, now_ms=author.now_ms, other_has_written=has_other
        )
        await uow.reviews.add(_new(order, author, said, visible_from_ms=visible_ms))
        if has_other:
            await _show(uow, order, now_ms=author.now_ms)

    async def _closes(self, uow: UnitOfWork, order: Order, author: cards.Viewer) -> int:
        history = await uow.orders.history(order.id)
        closes_ms = cards.review_closes_ms(order, history, author.role, self._policy.windows)
        if closes_ms is None:
            raise WrongState("review", order.state)
        if author.now_ms >= closes_ms:
            raise ReviewClosed(closes_ms)
        return closes_ms

    @retried
    async def reply(self, command: Command, order_id: int, *, text: str) -> OrderCard:
        """The one reviewed answers the public review, once.

        Raises NotFound, AlreadyAnswered, TextTooShort, TextTooLong.
        """
        words = checked(text, least=1, most=self._policy.limits.review_max)
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            order = await uow.orders.get(order_id)
            seen_by = cards.Viewer(command.person_id, cards.party(order, command.person_id), now_ms)
            if await uow.command(command, name="reply", now_ms=now_ms) is None:
                other_id = order.party(seen_by.role.other)
                await is_public(uow, order_id, other_id, now_ms=now_ms)
                if not await uow.reviews.reply(order_id, other_id, text=words, now_ms=now_ms):
                    raise AlreadyAnswered
                await uow.outbox.add(_answered(order_id, other_id, words), now_ms=now_ms)
            return await cards.order_card(uow, order, seen_by, self._policy)

    @retried
    async def remove(self, command: Command, order_id: int, author_id: int, *, reason: str) -> None:
        """An operator takes a review away; its author reads why.

        Raises NotAnOperator, OwnOrder, NotFound, TextTooShort.
        """
        why = checked(reason, least=1, most=self._policy.limits.reason_max)
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            not_own(await uow.orders.get(order_id), command.person_id)
            detail = f"order {order_id} by {author_id}: {why}"
            if await self._operating.is_first(uow, command, act="remove_review", detail=detail):
                await is_public(uow, order_id, author_id, now_ms=now_ms)
                await uow.reviews.remove(order_id, author_id, reason=why)
                await uow.outbox.add(_removed(order_id, author_id, why), now_ms=now_ms)

    async def about(self, person_id: int) -> tuple[Review, ...]:
        """What others may read about this person, newest first."""
        async with self._storage.read() as uow:
            return await uow.reviews.about(person_id, now_ms=self._clock.now_ms(), limit=ABOUT_MAX)


def _said(role: Role, stars: int, marks: Marks | None, words: str) -> _Said:
    is_whole = stars in STARS if role is Role.SELLER else marks is not None and marks.are_given
    if not is_whole:
        raise NumberOutOfRange(STARS[0], STARS[-1])
    if role is Role.SELLER or marks is None:
        return _Said(stars, None, words)
    return _Said(marks.stars, marks, words)


def _new(order: Order, author: cards.Viewer, said: _Said, *, visible_from_ms: int) -> Review:
    marks = said.marks
    return Review(
        order_id=order.id,
        author_id=author.person_id,
        subject_id=order.party(author.role.other),
        role=author.role,
        stars=said.stars,
        words=said.words,
        written_ms=author.now_ms,
        visible_from_ms=visible_from_ms,
        quality=0 if marks is None else marks.quality,
        communication=0 if marks is None else marks.communication,
        value=0 if marks is None else marks.value,
    )


async def _show(uow: UnitOfWork, order: Order, *, now_ms: int) -> None:
    await uow.reviews.show(order.id, from_ms=now_ms)
    for person_id in (order.buyer_id, order.seller_id):
        message = Message(
            notice=Notice.REVIEW_SHOWN,
            key=f"order:{order.id}:reviews:{person_id}",
            person_id=person_id,
            order_id=order.id,
        )
        await uow.outbox.add(message, now_ms=now_ms)


async def is_public(uow: UnitOfWork, order_id: int, author_id: int, *, now_ms: int) -> None:
    """Others can read this review now; raises NotFound."""
    for review in await uow.reviews.of_order(order_id):
        is_shown = review.visible_from_ms <= now_ms and not review.removed_reason
        if review.author_id == author_id and is_shown:
            return
    raise NotFound("review")


def _answered(order_id: int, author_id: int, words: str) -> Message:
    return Message(
        notice=Notice.REVIEW_ANSWERED,
        key=f"order:{order_id}:review:{author_id}:reply",
        person_id=author_id,
        order_id=order_id,
        facts={"reply": words},
        silent=True,
    )


def _removed(order_id: int, author_id: int, reason: str) -> Message:
    return Message(
        notice=Notice.REVIEW_REMOVED,
        key=f"order:{order_id}:review:{author_id}:removed",
        person_id=author_id,
        order_id=order_id,
        facts={"reason": reason},
    )
