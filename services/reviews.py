"""Reviews: both sides write, neither sees the other's before both have or the window closed."""

from market.contract import Order
from market.errors import NumberOutOfRange, ReviewClosed, WrongState
from market.gig import checked
from market.notices import Message, Notice
from market.policy import Policy
from market.read import OrderCard
from market.review import STARS, Review, visible_from
from market.states import Role
from services import cards
from services.attempts import retried
from services.ports import Clock, Storage, UnitOfWork
from services.rows import Command

ABOUT_MAX = 20


class ReviewService:
    """Writing reviews and reading those about a person."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._policy = policy

    @retried
    async def review(self, command: Command, order_id: int, *, stars: int, words: str) -> OrderCard:
        """One party's review of a completed order.

        Raises NotFound, WrongState, ReviewClosed, AlreadyReviewed, NumberOutOfRange, TextTooLong.
        """
        if stars not in STARS:
            raise NumberOutOfRange(STARS[0], STARS[-1])
        text = checked(words, least=0, most=self._policy.limits.review_max)
        now_ms = self._clock.now_ms()
        async with self._storage.begin() as uow:
            order = await uow.orders.get(order_id)
            seen_by = cards.Viewer(command.person_id, cards.party(order, command.person_id), now_ms)
            if await uow.command(command, name="review", now_ms=now_ms) is None:
                await self._write(uow, order, seen_by, (stars, text))
            return await cards.order_card(uow, order, seen_by, self._policy)

    async def _write(
        self, uow: UnitOfWork, order: Order, author: cards.Viewer, said: tuple[int, str]
    ) -> None:
        closes_ms = self._closes(order, author.now_ms)
        others = await uow.reviews.of_order(order.id)
        has_other = any(review.author_id != author.person_id for review in others)
        await uow.reviews.add(
            Review(
                order_id=order.id,
                author_id=author.person_id,
                subject_id=_other(order, author.role),
                role=author.role,
                stars=said[0],
                words=said[1],
                written_ms=author.now_ms,
                visible_from_ms=visible_from(
                    closes_ms=closes_ms, now_ms=author.now_ms, other_has_written=has_other
                ),
            )
        )
        if has_other:
            await _show(uow, order, now_ms=author.now_ms)

    def _closes(self, order: Order, now_ms: int) -> int:
        if order.state not in cards.REVIEWED_STATES:
            raise WrongState("review", order.state)
        closes_ms = cards.review_closes_ms(order, self._policy.windows)
        if now_ms >= closes_ms:
            raise ReviewClosed(closes_ms)
        return closes_ms

    async def about(self, person_id: int) -> tuple[Review, ...]:
        """What others may read about this person, newest first."""
        async with self._storage.read() as uow:
            return await uow.reviews.about(person_id, now_ms=self._clock.now_ms(), limit=ABOUT_MAX)


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


def _other(order: Order, role: Role) -> int:
    return order.party(Role.SELLER if role is Role.BUYER else Role.BUYER)
