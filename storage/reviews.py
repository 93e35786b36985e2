"""Reviews of orders."""

from market.errors import AlreadyReviewed
from market.review import Review
from market.states import Role
from storage.queries import Row, Sql


class Reviews:
    """services.repositories.Reviews."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def add(self, review: Review) -> None:
        values = {name: getattr(review, name) for name in Review.__slots__}
        if await self._sql.value("review_add", **values) is None:
            raise AlreadyReviewed

    async def of_order(self, order_id: int) -> tuple[Review, ...]:
        rows = await self._sql.rows("reviews_of_order", order_id=order_id)
        return tuple(_review(row) for row in rows)

    async def show(self, order_id: int, *, from_ms: int) -> None:
        """Reviews that would be shown later are shown from then; never later than before."""
        await self._sql.run("reviews_show", order_id=order_id, from_ms=from_ms)

    async def about(self, person_id: int, *, now_ms: int, limit: int) -> tuple[Review, ...]:
        rows = await self._sql.rows(
            "reviews_about", person_id=person_id, now_ms=now_ms, row_limit=limit
        )
        return tuple(_review(row) for row in rows)


def _review(row: Row) -> Review:
    return Review(
        order_id=row["order_id"],
        author_id=row["author_id"],
        subject_id=row["subject_id"],
        role=Role(row["role"]),
        stars=row["stars"],
        words=row["words"],
        written_ms=row["written_ms"],
        visible_from_ms=row["visible_from_ms"],
    )
