"""Gigs, their immutable versions and shelves."""

import time
from collections.abc import Sequence
from dataclasses import replace

from market.errors import NotFound, Stale
from market.gig import Gig, GigState, NewGig
from market.money import Currency, Money
from market.read import GigLine, Page, Rating, Shelf
from storage import contacts
from storage.cipher import Cipher
from storage.files import columns, file_of
from storage.queries import Row, Sql

_BEYOND = 2**62


class Gigs:
    """services.repositories.Gigs."""

    def __init__(self, sql: Sql, cipher: Cipher) -> None:
        self._sql = sql
        self._cipher = cipher

    async def add(self, seller_id: int, gig: NewGig, *, now_ms: int) -> Gig:
        gig_id = await self._sql.value(
            "gig_add", seller_id=seller_id, category=gig.category, now_ms=now_ms
        )
        await self._add_version(gig_id, 1, gig, now_ms)
        return await self.get(gig_id)

    async def revise(self, before: Gig, gig: NewGig, *, now_ms: int) -> Gig:
        version = before.version + 1
        is_ours = await self._sql.value(
            "gig_set_version",
            id=before.id,
            seen=before.version,
            version=version,
            category=gig.category,
        )
        if is_ours is None:
            raise Stale(before.version, version)
        await self._add_version(before.id, version, gig, now_ms)
        return await self.get(before.id)

    async def _add_version(self, gig_id: int, version: int, gig: NewGig, now_ms: int) -> None:
        version_id = await self._sql.value(
            "gig_version_add",
            gig_id=gig_id,
            version=version,
            category=gig.category,
            title=gig.title,
            description=gig.description,
            now_ms=now_ms,
        )
        await self._add_contents(version_id, gig)

    async def _add_contents(self, version_id: int, gig: NewGig) -> None:
        await self._sql.value(
            "package_add",
            gig_version_id=version_id,
            currency=gig.price.currency,
            price_minor=gig.price.minor,
            delivery_days=gig.delivery_days,
            revisions=gig.revisions,
        )
        if gig.question is not None:
            await self._sql.run("question_add", gig_version_id=version_id, question=gig.question)
        if gig.picture is not None:
            await self._sql.run("media_add", gig_version_id=version_id, **columns(gig.picture))

    async def get(self, gig_id: int) -> Gig:
        return _found(await self._sql.one("gig_get", id=gig_id))

    async def version(self, gig_version_id: int) -> Gig:
        return _found(await self._sql.one("gig_at_version", version_id=gig_version_id))

    async def set_state(self, gig_id: int, state: GigState) -> None:
        if await self._sql.value("gig_set_state", id=gig_id, state=state) is None:
            raise NotFound("gig")

    async def shelves(self) -> tuple[Shelf, ...]:
        rows = await self._sql.rows("shelves")
        return tuple(Shelf(row["category"], row["gigs"]) for row in rows)

    async def browse(
        self,
        category: str,
        *,
        cursor: int | None,
        forward: bool,
        limit: int,
        now_ms: int | None = None,
    ) -> Page:
        """One row more than asked tells whether the shelf goes on that way."""
        way, start = ("browse_older", _BEYOND) if forward else ("browse_newer", 0)
        rows = await self._sql.rows(
            way,
            category=category,
            cursor_id=start if cursor is None else cursor,
            row_limit=limit + 1,
            now_ms=_wall_ms() if now_ms is None else now_ms,
        )
        shown = rows[:limit] if forward else rows[:limit][::-1]
        if not shown:
            return Page((), None, None)
        more = len(rows) > limit
        back = cursor is not None and await self._goes_on(category, shown, forward=not forward)
        older, newer = (more, back) if forward else (back, more)
        return Page(
            tuple(self._line(row) for row in shown),
            shown[-1]["id"] if older else None,
            shown[0]["id"] if newer else None,
        )

    async def _goes_on(self, category: str, shown: Sequence[Row], *, forward: bool) -> bool:
        edge = shown[-1] if forward else shown[0]
        name = "shelf_has_older" if forward else "shelf_has_newer"
        return bool(await self._sql.value(name, category=category, gig_id=edge["id"]))

    def _line(self, row: Row) -> GigLine:
        contact = contacts.unseal(self._cipher, row["seller_id"], row["sealed"])
        return GigLine(
            gig_id=row["id"],
            title=row["title"],
            price=_price(row),
            category=row["category"],
            seller_name=contact.name,
            rating=_rating(row),
            state=row["state"],
        )

    async def of_seller(self, seller_id: int, *, limit: int) -> tuple[Gig, ...]:
        rows = await self._sql.rows("gigs_of_seller", seller_id=seller_id, row_limit=limit)
        return tuple(_gig(row) for row in rows)

    async def rating(self, seller_id: int, *, now_ms: int) -> Rating:
        row = await self._sql.one("rating", seller_id=seller_id, now_ms=now_ms)
        assert row is not None, "an aggregate has a row"
        return replace(
            _rating(row),
            quality_x10=_mean_x10(row["quality"], row["marked"]),
            communication_x10=_mean_x10(row["communication"], row["marked"]),
            value_x10=_mean_x10(row["value_marks"], row["marked"]),
        )


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000


def _rating(row: Row) -> Rating:
    reviews = row["reviews"]
    return Rating(_mean_x10(row["stars"], reviews), reviews, row["completed"])


def _mean_x10(total: int, count: int) -> int:
    """Ten times the mean, rounded half up; PostgreSQL sums whole numbers as decimals."""
    return (20 * int(total) + count) // (2 * count) if count else 0


def _price(row: Row) -> Money:
    return Money(row["price_minor"], Currency(row["currency"]))


def _found(row: Row | None) -> Gig:
    if row is None:
        raise NotFound("gig")
    return _gig(row)


def _gig(row: Row) -> Gig:
    return Gig(
        id=row["id"],
        version_id=row["version_id"],
        version=row["version"],
        package_id=row["package_id"],
        seller_id=row["seller_id"],
        state=GigState(row["state"]),
        category=row["category"],
        title=row["title"],
        description=row["description"],
        picture=file_of(row),
        price=_price(row),
        delivery_days=row["delivery_days"],
        revisions=row["revisions"],
        question=row["question"],
        published_ms=row["published_ms"],
    )
