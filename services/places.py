"""Connected groups, topics and channels, and what was posted there."""

from dataclasses import replace

from market.errors import NotFound
from market.gig import CATEGORY_KEYS
from market.policy import Policy
from services.attempts import retried
from services.operators import Operating
from services.ports import Clock, Storage
from services.rows import Command, Place, Posted


class PlaceService:
    """Operators connect places; announcements remember where they stand."""

    def __init__(self, storage: Storage, clock: Clock, policy: Policy) -> None:
        self._storage = storage
        self._clock = clock
        self._operating = Operating(clock, policy)

    @retried
    async def link(self, command: Command, place: Place) -> None:
        """Announce gigs of the category there; raises NotAnOperator, NotFound (category)."""
        if place.category and place.category not in CATEGORY_KEYS:
            raise NotFound("category")
        async with self._storage.begin() as uow:
            detail = _named(place.chat_id, place.topic_id, place.category)
            if await self._operating.is_first(uow, command, act="link", detail=detail):
                await uow.places.link(place)

    @retried
    async def unlink(self, command: Command, chat_id: int, topic_id: int | None) -> bool:
        """Announce nothing there any more; answers whether the place was connected."""
        async with self._storage.begin() as uow:
            if await self._operating.is_first(
                uow, command, act="unlink", detail=_named(chat_id, topic_id)
            ):
                return await uow.places.unlink(chat_id, topic_id)
            return False

    async def of_chat(self, chat_id: int) -> tuple[Place, ...]:
        async with self._storage.read() as uow:
            return await uow.places.of_chat(chat_id)

    @retried
    async def announced(self, posted: Posted) -> None:
        """An announcement stands there now; later events edit it."""
        async with self._storage.begin() as uow:
            await uow.places.add_post(posted)

    @retried
    async def moved(self, chat_id: int, new_chat_id: int) -> None:
        """A group became a supergroup with another id; topics begin there, so none is kept."""
        async with self._storage.begin() as uow:
            for place in await uow.places.of_chat(chat_id):
                await uow.places.unlink(place.chat_id, place.topic_id)
                await uow.places.link(replace(place, chat_id=new_chat_id, topic_id=None))

    async def posts(self, gig_id: int) -> tuple[Posted, ...]:
        async with self._storage.read() as uow:
            return await uow.places.posts(gig_id)


def _named(*parts: object) -> str:
    """The place in the log; a group or channel as a whole has no topic."""
    return " ".join(str(part) for part in parts if part)
