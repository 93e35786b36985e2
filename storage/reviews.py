"""Reviews of orders."""

from market.errors import AlreadyReviewed
from market.review import Review
from market.states import Role
from storage.queries import Row, Sql

_WRITTEN = (
    "order_id",
    "author_id",
    "subject_id",
    "role",
    "stars",
    "quality",
    "communication",
    "value",
    "words",
    "written_ms",
    "visible_from_ms",
)
_LATER = ("reply", "replied_ms", "removed_reason")


class Reviews:
    """services.repositories.Reviews."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def add(self, review: Review) -> None:
        values = {name: getattr(review, name) for name in _WRITTEN}
        if await self._sql.value("review_add", **values) is None:
            raise AlreadyReviewed

    async def of_order(self, order_id: int) -> tuple[Review, ...]:
        rows = await self._sql.rows("reviews_of_order", order_id=order_id)
        return tuple(_review(row) for row in rows)

    async def show(self, order_id: int, *, from_ms: int) -> None:
        """Reviews that would be shown later are shown from then; never later than before."""
        await self._sql.run("reviews_show", order_id=order_id, from_ms=from_ms)

    async def reply(self, order_id: int, author_id: int, *, text: str, now_ms: int) -> bool:
        answered = await self._sql.value(
            "review_reply", order_id=order_id, author_id=author_id, words=text, now_ms=now_ms
        )
        return answered is not None

    async def remove(self, order_id: int, author_id: int, *, reason: str) -> None:
        """The first reason stays."""
        await self._sql.run("review_remove", order_id=order_id, author_id=author_id, reason=reason)

    async def about(self, person_id: int, *, now_ms: int, limit: int) -> tuple[Review, ...]:
        rows = await self._sql.rows(
            "reviews_about", person_id=person_id, now_ms=now_ms, row_limit=limit
        )
        return tuple(_review(row) for row in rows)


def _review(row: Row) -> Review:
    values = {name: row[name] for name in (*_WRITTEN, *_LATER)}
    return Review(**values | {"role": Role(row["role"])})
