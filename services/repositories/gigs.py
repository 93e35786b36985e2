"""Gigs and the reviews of those who sell and buy them. Protocols only."""

from typing import Protocol

from market.gig import Gig, GigState, NewGig
from market.read import Page, Rating, Shelf
from market.review import Review


class Gigs(Protocol):
    """Gigs, their immutable versions and shelves."""

    async def add(self, seller_id: int, gig: NewGig, *, now_ms: int) -> Gig: ...
    async def revise(self, before: Gig, gig: NewGig, *, now_ms: int) -> Gig:
        """Its next version, in the state that it has; raise Stale when there is one already."""
        ...

    async def get(self, gig_id: int) -> Gig:
        """Raise NotFound."""
        ...

    async def version(self, gig_version_id: int) -> Gig:
        """The gig as it was in that version; raise NotFound."""
        ...

    async def set_state(self, gig_id: int, state: GigState) -> None: ...
    async def shelves(self) -> tuple[Shelf, ...]: ...
    async def browse(
        self,
        category: str,
        *,
        cursor: int | None,
        forward: bool,
        limit: int,
        now_ms: int | None = None,
    ) -> Page:
        """Active gigs, newest first; `cursor` is a gig id of the page before (or after).

        Ratings count the reviews that are public at `now_ms` (the wall clock's when not given).
        """
        ...

    async def of_seller(self, seller_id: int, *, limit: int) -> tuple[Gig, ...]: ...
    async def rating(self, seller_id: int, *, now_ms: int) -> Rating: ...


class Reviews(Protocol):
    """Reviews of orders."""

    async def add(self, review: Review) -> None:
        """Raise AlreadyReviewed."""
        ...

    async def of_order(self, order_id: int) -> tuple[Review, ...]:
        """Both sides' reviews, hidden and removed ones too."""
        ...

    async def show(self, order_id: int, *, from_ms: int) -> None: ...
    async def reply(self, order_id: int, author_id: int, *, text: str, now_ms: int) -> bool:
        """The one reviewed answers; False when there is an answer already."""
        ...

    async def remove(self, order_id: int, author_id: int, *, reason: str) -> None: ...
    async def about(self, person_id: int, *, now_ms: int, limit: int) -> tuple[Review, ...]:
        """What everybody may read about the person, newest first."""
        ...
