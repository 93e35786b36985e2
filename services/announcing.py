"""Announcements of gigs in connected places, as outbox rows."""

from market.gig import Gig
from market.notices import Message, Notice
from services.ports import UnitOfWork

Spots = frozenset[tuple[int, int | None]]


async def announce(uow: UnitOfWork, gig: Gig, *, now_ms: int, but_not: Spots = frozenset()) -> None:
    """One announcement per place of the gig's category, once per version of the gig."""
    for place in await uow.places.of_category(gig.category):
        if (place.chat_id, place.topic_id) in but_not:
            continue
        message = Message(
            notice=Notice.GIG_ANNOUNCEMENT,
            key=f"gig:{gig.id}:v{gig.version}:{place.chat_id}:{place.topic_id}",
            chat_id=place.chat_id,
            topic_id=place.topic_id,
            gig_id=gig.id,
        )
        await uow.outbox.add(message, now_ms=now_ms)


async def renew(uow: UnitOfWork, gig: Gig, *, reason: str, now_ms: int) -> None:
    """Posts that are there show the gig as it is now; where there is none, it is announced.

    A gig that was put right may have come to another category.
    """
    await edit(uow, gig, reason=reason, now_ms=now_ms)
    posts = await uow.places.posts(gig.id)
    there = frozenset((posted.chat_id, posted.topic_id) for posted in posts)
    await announce(uow, gig, now_ms=now_ms, but_not=there)


async def edit(uow: UnitOfWork, gig: Gig, *, reason: str, now_ms: int) -> None:
    """Every known post of the gig is drawn again; `reason` keeps two edits apart."""
    for posted in await uow.places.posts(gig.id):
        message = Message(
            notice=Notice.GIG_ANNOUNCEMENT,
            key=f"gig:{gig.id}:edit:{reason}:{posted.chat_id}:{posted.message_id}",
            chat_id=posted.chat_id,
            topic_id=posted.topic_id,
            gig_id=gig.id,
            facts={"edit": posted.message_id},
        )
        await uow.outbox.add(message, now_ms=now_ms)
