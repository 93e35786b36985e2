"""Announcements of gigs in connected places, as outbox rows."""

from market.gig import Gig
from market.notices import Message, Notice
from services.ports import UnitOfWork


async def announce(uow: UnitOfWork, gig: Gig, *, now_ms: int) -> None:
    """One announcement per place of the gig's category, once per version of the gig."""
    for place in await uow.places.of_category(gig.category):
        message = Message(
            notice=Notice.GIG_ANNOUNCEMENT,
            key=f"gig:{gig.id}:v{gig.version}:{place.chat_id}:{place.topic_id}",
            chat_id=place.chat_id,
            topic_id=place.topic_id,
            gig_id=gig.id,
        )
        await uow.outbox.add(message, now_ms=now_ms)


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
