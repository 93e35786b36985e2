"""Gigs: publishing with its limits, announcements, shelves, pausing."""

from dataclasses import replace
from typing import Any

import pytest

from market.errors import (
    AmountOutOfRange,
    NotFound,
    NumberOutOfRange,
    Standing,
    TermsNotAccepted,
    TextTooLong,
    TextTooShort,
    WrongState,
)
from market.gig import CATEGORY_KEYS, Gig, GigState
from market.money import Currency, Money
from market.notices import Notice
from market.people import Standing as PersonStanding
from market.read import Rating, Shelf
from market.states import State
from services.rows import OutboxRow, Place, Posted
from tests.support.town import NEW_GIG, Town


def _place(chat_id: int, category: str, topic_id: int | None = None) -> Place:
    return Place(chat_id=chat_id, topic_id=topic_id, category=category, title="Haat")


async def _connect(town: Town) -> None:
    for place in (_place(-1, "design", 5), _place(-2, ""), _place(-3, "writing")):
        await town.services.places.link(town.command(town.operator), place)


def _announcements(town: Town) -> list[OutboxRow]:
    rows, kind = town.messenger.sent, Notice.GIG_ANNOUNCEMENT
    return [row for row in rows if row.message is not None and row.message.notice is kind]


async def test_a_published_gig_stands_on_its_shelf(town: Town) -> None:
    """It has version 1, its card names the seller, and the shelf counts it."""
    gig = await town.gig(question=None)
    card = await town.services.gigs.card(gig.id)
    assert (gig, "Rahim", Rating(0, 0, 0)) == (card.gig, card.seller_name, card.rating)
    assert card == await town.services.gigs.version_card(gig.version_id)
    shelves = await town.services.gigs.shelves()
    assert [Shelf("design", 1)] == [shelf for shelf in shelves if shelf.gigs]
    assert len(CATEGORY_KEYS) == len(shelves)


async def test_publishing_needs_terms_and_good_standing(town: Town) -> None:
    """Newcomers accept the terms first, paused people do not publish."""
    new = await town.services.people.arrive(700, name="N", username=None, language_code=None)
    with pytest.raises(TermsNotAccepted):
        await town.gig(new)
    await town.change_person(town.seller, standing=PersonStanding.PAUSED)
    with pytest.raises(Standing):
        await town.gig()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"category": "weapons"}, NotFound),
        ({"title": "short"}, TextTooShort),
        ({"title": "x" * 81}, TextTooLong),
        ({"description": "too short"}, TextTooShort),
        ({"question": " "}, TextTooShort),
        ({"price": Money(9, Currency.XTR)}, AmountOutOfRange),
        ({"price": Money(10_001, Currency.XTR)}, AmountOutOfRange),
        ({"price": Money(250, Currency.BDT)}, AmountOutOfRange),
        ({"delivery_days": 0}, NumberOutOfRange),
        ({"revisions": 11}, NumberOutOfRange),
    ],
)
async def test_limits_are_checked_again(
    town: Town, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    """Whatever the typed steps let through, publishing refuses what is out of limits."""
    with pytest.raises(refusal):
        await town.gig(**changes)


async def test_a_gig_is_published_once_per_key(town: Town) -> None:
    """The same key answers the same gig."""
    command = town.command(town.seller)
    first = await town.services.gigs.publish(command, NEW_GIG)
    assert first == await town.services.gigs.publish(command, NEW_GIG)
    assert (first,) == await town.services.gigs.mine(town.seller.id)


async def test_a_gig_is_announced_where_its_category_is_wanted(town: Town) -> None:
    """The topic of its category and the place for all of them, once each."""
    await _connect(town)
    gig = await town.gig()
    await town.drain()
    messages = [row.message for row in _announcements(town)]
    assert {(-1, 5, gig.id), (-2, None, gig.id)} == {
        (m.chat_id, m.topic_id, m.gig_id) for m in messages if m
    }


async def test_pausing_takes_a_gig_off_the_shelf_and_edits_its_posts(town: Town) -> None:
    """Each known post is edited once; resuming edits it again."""
    gig = await town.gig()
    posted = Posted(
        chat_id=-1,
        topic_id=5,
        message_id=77,
        gig_id=gig.id,
        gig_version_id=gig.version_id,
        shown_version=1,
    )
    await town.services.places.announced(posted)
    command = town.command(town.seller)
    for _ in range(2):
        paused = await town.services.gigs.pause(command, gig.id)
    await town.services.gigs.pause(town.command(town.seller), gig.id)
    assert GigState.PAUSED is paused.state
    page = await town.services.gigs.browse("design", cursor=None, forward=True)
    assert page.lines == ()
    active = await town.services.gigs.resume(town.command(town.seller), gig.id)
    await town.drain()
    assert GigState.ACTIVE is active.state
    assert [r.message.facts["edit"] for r in _announcements(town) if r.message] == [77, 77]
    assert (posted,) == await town.services.places.posts(gig.id)


async def _down(town: Town) -> Gig:
    """A gig with a post in the design topic, which an operator has taken down."""
    await _connect(town)
    gig = await town.gig()
    await town.drain()
    for place in (_place(-1, "design", 5), _place(-2, "")):
        posted = Posted(
            chat_id=place.chat_id,
            topic_id=place.topic_id,
            message_id=77,
            gig_id=gig.id,
            gig_version_id=gig.version_id,
            shown_version=1,
        )
        await town.services.places.announced(posted)
    return await town.services.desk.take_down(town.command(town.operator), gig.id, reason="Copied")


async def test_a_gig_that_is_put_right_is_a_new_version_off_the_shelf(town: Town) -> None:
    """Once for a command; orders keep the version that was bought, and nothing is announced."""
    gig, command = await _down(town), town.command(town.seller)
    new = replace(NEW_GIG, title="A logo of my own hand", picture=None, question=None)
    for _ in range(2):
        changed = await town.services.gigs.revise(command, gig.id, new)
    assert (changed.version, changed.title, changed.state) == (2, new.title, GigState.TAKEN_DOWN)
    before = await town.services.gigs.version_card(gig.version_id)
    assert (before.gig.title, before.gig.version) == (NEW_GIG.title, 1)
    await town.drain()
    assert [_edited(row) for row in _announcements(town)[:2]] == [None, None]
    assert [_edited(row) for row in _announcements(town)[2:]] == [77, 77]


async def test_a_gig_that_is_put_back_is_shown_as_it_is_now(town: Town) -> None:
    """Its posts are drawn again; its new category's places get one where there is none."""
    gig = await _down(town)
    new = replace(NEW_GIG, category="writing")
    await town.services.gigs.revise(town.command(town.seller), gig.id, new)
    await town.services.desk.restore(town.command(town.operator), gig.id, reason="Thanks")
    await town.drain()
    rows = _announcements(town)[4:]
    assert {(-1, 77), (-2, 77), (-3, None)} == {
        (row.message.chat_id, _edited(row)) for row in rows if row.message
    }
    shelves = await town.services.gigs.shelves()
    assert [Shelf("writing", 1)] == [shelf for shelf in shelves if shelf.gigs]


def _edited(row: OutboxRow) -> object:
    assert row.message is not None
    return row.message.facts.get("edit")


async def test_only_what_was_taken_down_is_put_right(town: Town) -> None:
    """By its seller, in good standing; the limits of a gig hold."""
    gig, revise = await town.gig(), town.services.gigs.revise
    with pytest.raises(WrongState):
        await revise(town.command(town.seller), gig.id, NEW_GIG)
    down = await _down(town)
    with pytest.raises(NotFound):
        await revise(town.command(town.buyer), down.id, NEW_GIG)
    with pytest.raises(TextTooShort):
        await revise(town.command(town.seller), down.id, replace(NEW_GIG, title="x"))
    await town.change_person(town.seller, standing=PersonStanding.PAUSED)
    with pytest.raises(Standing):
        await revise(town.command(town.seller), down.id, NEW_GIG)


async def test_only_the_seller_pauses_a_gig(town: Town) -> None:
    """For others there is no such gig."""
    gig = await town.gig()
    with pytest.raises(NotFound):
        await town.services.gigs.pause(town.command(town.buyer), gig.id)


async def test_shelves_have_pages_of_eight(town: Town) -> None:
    """Nine gigs are two pages, newest first."""
    gigs = [await town.gig() for _ in range(9)]
    first = await town.services.gigs.browse("design", cursor=None, forward=True)
    second = await town.services.gigs.browse("design", cursor=first.after, forward=True)
    assert [gig.id for gig in reversed(gigs)] == [
        line.gig_id for page in (first, second) for line in page.lines
    ]


async def test_ratings_count_completed_orders(town: Town) -> None:
    """A completed order counts before anybody reviews it."""
    gig = await town.gig()
    await town.order_in(State.COMPLETED, gig)
    assert (await town.services.gigs.card(gig.id)).rating.completed == 1


async def test_announcements_are_notices_without_reader(town: Town) -> None:
    """An announcement has a place and no person."""
    await _connect(town)
    await town.gig()
    await town.drain()
    assert {(Notice.GIG_ANNOUNCEMENT, None)} == {
        (row.message.notice, row.message.person_id) for row in _announcements(town) if row.message
    }
