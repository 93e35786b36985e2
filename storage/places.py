"""Connected groups, topics and channels, and what was posted there."""

from services.rows import Place, Posted
from storage.queries import Row, Sql

_WHOLE_CHAT = 0


class Places:
    """services.repositories.Places."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    async def link(self, place: Place) -> None:
        await self._sql.run(
            "place_link",
            chat_id=place.chat_id,
            topic_id=place.topic_id or _WHOLE_CHAT,
            category=place.category,
            title=place.title,
        )

    async def unlink(self, chat_id: int, topic_id: int | None) -> bool:
        gone = await self._sql.value(
            "place_unlink", chat_id=chat_id, topic_id=topic_id or _WHOLE_CHAT
        )
        return gone is not None

    async def of_category(self, category: str) -> tuple[Place, ...]:
        """Places of this category, and those that take all of them."""
        return _places(await self._sql.rows("places_of_category", category=category))

    async def of_chat(self, chat_id: int) -> tuple[Place, ...]:
        return _places(await self._sql.rows("places_of_chat", chat_id=chat_id))

    async def all(self) -> tuple[Place, ...]:
        return _places(await self._sql.rows("places_all"))

    async def add_post(self, posted: Posted) -> None:
        """A post that is known already shows another version now."""
        values = {name: getattr(posted, name) for name in Posted.__slots__}
        await self._sql.run("post_add", **values)

    async def posts(self, gig_id: int) -> tuple[Posted, ...]:
        rows = await self._sql.rows("posts_of_gig", gig_id=gig_id)
        return tuple(Posted(**{name: row[name] for name in Posted.__slots__}) for row in rows)


def _places(rows: list[Row]) -> tuple[Place, ...]:
    return tuple(
        Place(
            chat_id=row["chat_id"],
            topic_id=row["topic_id"] or None,
            category=row["category"],
            title=row["title"],
        )
        for row in rows
    )
