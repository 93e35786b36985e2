"""The operators' desk: queues, people, standings, gigs, the log, the owners' day."""

from dataclasses import replace
from typing import Any

import pytest

from market.deadlines import DAY_MS, HOUR_MS
from market.errors import (
    AnotherOperator,
    AskedBefore,
    GigUnavailable,
    NotAnOperator,
    NotFound,
    NotYours,
    NumberOutOfRange,
    OwnOrder,
    Standing,
    TextTooShort,
    WrongState,
)
from market.gig import GigState
from market.notices import Notice
from market.people import Standing as PersonStanding
from market.reports import Subject
from market.review import Marks
from market.states import State
from services.standings import THE_HOUSE
from storage import OpenStorage
from tests.support.samples import NOTHING_WAITS
from tests.support.town import POLICY, START_MS, Town


async def test_queues_count_what_waits(town: Town) -> None:
    """A dispute, a first gig, a report and a question in support, each in its queue."""
    desk = town.services.desk
    assert await desk.queues(town.operator.id) == NOTHING_WAITS
    order = await town.heard()
    await town.services.reports.gig(town.command(town.buyer), order.gig_id, words="Copied")
    await town.services.support.ask(
        town.command(town.buyer), kind="support", order_id=None, text="Help"
    )
    expected = replace(NOTHING_WAITS, disputes=1, first_gigs=1, reports=1, threads=1)
    assert expected == await desk.queues(town.operator.id)
    (line,) = await desk.disputes(town.operator.id)
    assert (order.id, "A logo for your shop", None) == (line.order.id, line.title, line.proposal)


async def test_the_desk_is_for_operators(town: Town) -> None:
    """Nobody else reads or does anything there."""
    desk, who = town.services.desk, town.buyer
    gig = await town.gig()
    asked: list[Any] = [
        desk.queues(who.id),
        desk.disputes(who.id),
        desk.reports(who.id, Subject.GIG),
        desk.report_card(who.id, 1),
        desk.find(who.id, "1"),
        desk.person_card(who.id, who.id),
        desk.acts(who.id),
        desk.ban(town.command(who), town.seller.id, reason="No"),
        desk.take_down(town.command(who), gig.id, reason="No"),
    ]
    for one in asked:
        with pytest.raises(NotAnOperator):
            await one


async def test_a_person_card_shows_figures_and_history(town: Town) -> None:
    """Orders, rating, standings, reports, strikes, gigs and absences of one person."""
    order = await town.order_in(State.COMPLETED)
    await town.placed()
    now_ms = town.clock.now_ms()
    await town.services.absences.declare(
        town.command(town.seller), from_ms=now_ms, until_ms=now_ms + DAY_MS
    )
    await town.services.reports.person(town.command(town.buyer), town.seller.id, words="Rude")
    await town.services.desk.pause(
        town.command(town.operator), town.seller.id, days=1, reason="Rude"
    )
    card = await town.services.desk.person_card(town.operator.id, town.seller.id)
    assert (
        card.contact.name,
        card.figures.sold,
        len(card.standings),
        len(card.absences),
        card.strikes,
        len(card.gigs),
        card.rating.completed,
    ) == ("Rahim", 1, 1, 1, 0, 2, 1)
    assert order.id in [line.order_id for line in card.orders]
    assert [r.subject for r in card.reports if r.subject is Subject.PERSON] == [Subject.PERSON]
    assert PersonStanding.PAUSED is card.person.standing


async def test_a_reported_review_is_there_to_be_read(town: Town) -> None:
    """Nobody takes away what was not seen; a list says whose first gig waits."""
    order, me = await town.order_in(State.COMPLETED), town.operator.id
    marks = Marks(quality=1, communication=1, value=2)
    await town.services.reviews.review(
        town.command(town.buyer), order.id, stars=0, marks=marks, words="Never again"
    )
    await town.services.reviews.review(
        town.command(town.seller), order.id, stars=5, words="Kind", marks=None
    )
    command = town.command(town.seller)
    await town.services.reports.review(command, order.id, town.buyer.id, words="Unfair")
    (line,) = await town.services.desk.report_lines(me, Subject.REVIEW)
    card = await town.services.desk.report_card(me, line.report.id)
    assert card.review is not None
    assert ("Never again", town.buyer.id) == (card.review.words, card.review.author_id)
    (first,) = await town.services.desk.report_lines(me, Subject.FIRST_GIG)
    gig = await town.services.gigs.mine(town.seller.id)
    assert (line.name, line.title) == ("Ayesha", "")
    assert ("Rahim", gig[0].title) == (first.name, first.title)


async def test_people_are_found_by_their_numbers(town: Town) -> None:
    """The Telegram id leads to the person, once."""
    found = await town.services.desk.find(town.operator.id, str(town.buyer.telegram_id))
    assert [(town.buyer, "Ayesha")] == [(line.person, line.name) for line in found]


async def test_a_pause_ends_by_itself(town: Town) -> None:
    """The person may not order for so long, hears why, and is free again afterwards."""
    gig, desk = await town.gig(), town.services.desk
    command = town.command(town.operator)
    for _ in range(2):
        change = await desk.pause(command, town.buyer.id, days=2, reason="Three strikes")
    assert (START_MS + 2 * DAY_MS, town.operator.id) == (change.until_ms, change.operator_id)
    with pytest.raises(Standing):
        await town.services.orders.quote(town.buyer.id, gig.id)
    town.clock.advance(2 * DAY_MS - 1)
    assert await town.services.upkeep.free_paused() == 0
    town.clock.advance(1)
    assert await town.services.upkeep.free_paused() == 1
    await town.services.orders.quote(town.buyer.id, gig.id)
    await town.drain()
    assert town.messenger.notices(town.buyer) == [Notice.STANDING_CHANGED] * 2
    card = await desk.person_card(town.operator.id, town.buyer.id)
    assert [THE_HOUSE, town.operator.id] == [one.operator_id for one in card.standings]


async def test_a_ban_has_no_end_but_an_operators_word(town: Town) -> None:
    """Whoever is banned stays so until freed; what the sweep finds late is left alone."""
    desk = town.services.desk
    await desk.pause(town.command(town.operator), town.buyer.id, days=1, reason="Rude")
    town.clock.advance(HOUR_MS)
    await desk.ban(town.command(town.operator), town.buyer.id, reason="Fraud")
    town.clock.advance(300 * DAY_MS)
    await town.services.upkeep._free_paused(town.buyer.id)
    assert PersonStanding.BANNED is (await town.services.people.get(town.buyer.id)).standing
    await desk.free(town.command(town.operator), town.buyer.id, reason="A mistake")
    assert PersonStanding.GOOD is (await town.services.people.get(town.buyer.id)).standing


async def test_standings_have_limits(town: Town) -> None:
    """Days and a reason are needed; nobody judges himself."""
    desk, command = town.services.desk, town.command(town.operator)
    with pytest.raises(NumberOutOfRange):
        await desk.pause(command, town.buyer.id, days=0, reason="Rude")
    with pytest.raises(TextTooShort):
        await desk.ban(command, town.buyer.id, reason=" ")
    with pytest.raises(NotYours):
        await desk.free(command, town.operator.id, reason="Me")


async def _appeal(town: Town, key: str | None = None) -> None:
    await town.services.desk.appeal_standing(
        town.command(town.buyer, key), text="It was somebody else who wrote this."
    )


async def test_a_standing_is_appealed_once_each(town: Town) -> None:
    """Another operator settles it; a new ban may be appealed anew."""
    desk, second = town.services.desk, await town.second()
    with pytest.raises(NotFound):
        await _appeal(town)
    await desk.ban(town.command(town.operator), town.buyer.id, reason="Fraud")
    for _ in range(2):
        await _appeal(town, "appeal")
    with pytest.raises(AskedBefore):
        await _appeal(town)
    (report,) = await desk.reports(second.id, Subject.STANDING)
    with pytest.raises(AnotherOperator):
        await desk.settle(town.command(town.operator), report.id, answer="No")
    await desk.settle(town.command(second), report.id, answer="No")
    with pytest.raises(AskedBefore):
        await _appeal(town)
    town.clock.advance(HOUR_MS)
    await desk.ban(town.command(second), town.buyer.id, reason="Fraud again")
    await _appeal(town)


async def test_the_only_operator_settles_appeals_against_himself(storage: OpenStorage) -> None:
    """A house of one has nobody else to ask."""
    town = Town(storage, replace(POLICY, operators=frozenset({900})))
    await town.settle_in()
    await town.services.desk.ban(town.command(town.operator), town.buyer.id, reason="Fraud")
    await _appeal(town)
    (report,) = await town.services.desk.reports(town.operator.id, Subject.STANDING)
    await town.services.desk.settle(town.command(town.operator), report.id, answer="No")


async def test_a_gig_that_was_taken_down_takes_no_orders(town: Town) -> None:
    """Its seller hears why and cannot bring it back; an operator can. Reports are settled."""
    gig, desk, command = await town.gig(), town.services.desk, town.command(town.operator)
    other = await town.gig()
    for about in (gig, other):
        await town.services.reports.gig(town.command(town.buyer), about.id, words="Copied")
    for _ in range(2):
        down = await desk.take_down(command, gig.id, reason="Copied from another seller")
    assert GigState.TAKEN_DOWN is down.state
    with pytest.raises(GigUnavailable):
        await town.placed(gig)
    with pytest.raises(GigUnavailable):
        await town.services.gigs.resume(town.command(town.seller), gig.id)
    with pytest.raises(WrongState):
        await desk.take_down(town.command(town.operator), gig.id, reason="Again")
    assert [other.id] == [r.about_id for r in await desk.reports(town.operator.id, Subject.GIG)]
    assert (
        GigState.ACTIVE
        is (await desk.restore(town.command(town.operator), gig.id, reason="It is his own")).state
    )
    await town.drain()
    assert town.messenger.notices(town.seller) == [Notice.GIG_TAKEN_DOWN] * 2
    assert Notice.REPORT_SETTLED is town.messenger.notices(town.buyer)[-1]


async def test_operators_leave_their_own_gigs_alone(town: Town) -> None:
    """Another operator looks at them."""
    gig = await town.gig(town.operator)
    with pytest.raises(NotYours):
        await town.services.desk.take_down(town.command(town.operator), gig.id, reason="Mine")


async def test_first_gigs_of_a_seller_are_looked_at(town: Town) -> None:
    """The first three are public and wait for an operator's look, the fourth does not."""
    for _ in range(4):
        await town.gig()
    desk = town.services.desk
    waiting = await desk.reports(town.operator.id, Subject.FIRST_GIG)
    assert len(waiting) == 3
    await desk.settle(town.command(town.operator), waiting[0].id, answer="Fine")
    await town.drain()
    assert town.messenger.notices() == []
    assert len(await desk.reports(town.operator.id, Subject.FIRST_GIG)) == 2


async def test_every_act_is_in_the_log(town: Town) -> None:
    """Operators and owners read what was done, newest first."""
    desk = town.services.desk
    await desk.ban(town.command(town.operator), town.buyer.id, reason="Fraud")
    town.clock.advance(1)
    await desk.free(town.command(town.operator), town.buyer.id, reason="A mistake")
    acts = await desk.acts(town.operator.id)
    assert [act.act for act in acts] == ["stand_good", "stand_banned"]
    assert (town.operator.id, f"person {town.buyer.id}: A mistake") == (
        acts[0].operator_id,
        acts[0].detail,
    )


def _days(town: Town) -> list[dict[str, Any]]:
    messages = [row.message for row in town.messenger.sent if row.message is not None]
    return [message.facts for message in messages if message.notice is Notice.OWNER_DIGEST]


async def test_owners_hear_daily_of_the_operators_acts(storage: OpenStorage) -> None:
    """Once a day: acts of the day before and what waits; nothing when there is nothing."""
    town = Town(storage, replace(POLICY, owners=frozenset({501, 999})))
    await town.settle_in()
    desk = town.services.desk
    assert await desk.owner_digest() == 0
    await desk.ban(town.command(town.operator), town.buyer.id, reason="Fraud")
    town.clock.advance(DAY_MS)
    for _ in range(2):
        await desk.owner_digest()
        await town.drain()
    (facts,) = _days(town)
    assert (facts["count"], facts["acts"][0][1]) == (1, "stand_banned")
    assert (
        desk.is_owner(town.seller),
        desk.is_operator(town.seller),
        desk.is_owner(town.operator),
    ) == (True, False, False)
    assert len(await desk.acts(town.seller.id)) == 1


async def test_the_first_operator_owns_the_house_by_default(town: Town) -> None:
    """Without named owners the operator with the lowest id hears of the day; queues count too."""
    assert town.services.desk.is_owner(town.operator)
    await town.gig()
    assert await town.services.desk.owner_digest() == 1


async def test_owners_read_of_orders_and_money(town: Town) -> None:
    """What orders did that day, what is held and owed, and whether money has stopped."""
    await town.order_in(State.CLEARED)
    held = await town.order_in(State.DELIVERED)
    town.clock.advance(DAY_MS)
    await town.services.desk.owner_digest()
    await town.drain()
    (facts,) = _days(town)
    assert (facts["orders"]["under_way"], facts["is_frozen"]) == (1, False)
    (money,) = facts["money"]
    expected = ("XTR", held.terms.price.minor, 225, 0)
    assert expected == (money["currency"], money["held"], money["owed"], money["going_back"])
    assert await town.services.desk.owner_digest() == 0


async def test_the_log_names_operators_and_threads_wait(town: Town) -> None:
    """Operators are known by name; open questions are a queue."""
    await town.services.support.ask(
        town.command(town.buyer), kind="support", order_id=None, text="Help"
    )
    desk = town.services.desk
    assert {town.operator.id: "Operator"} == await desk.names()
    assert [one.person_name for one in await desk.threads(town.operator.id)] == ["Ayesha"]


async def test_the_story_of_an_order_is_for_operators(town: Town) -> None:
    """Without any dispute too; nobody else reads it."""
    order = await town.order_in(State.DELIVERED)
    story = await town.services.disputes.story(town.operator.id, order.id)
    assert (story.order.id, story.seller_name, len(story.timeline) > 5) == (order.id, "Rahim", True)
    with pytest.raises(NotAnOperator):
        await town.services.disputes.story(town.buyer.id, order.id)


async def test_the_owners_day_ends_at_nine_in_the_morning(town: Town) -> None:
    """Before nine yesterday's day is told, after it today's: never the same one twice."""
    await town.gig()
    desk = town.services.desk
    midnight_ms = START_MS - START_MS % DAY_MS + DAY_MS
    told = []
    for hours in (8, 9, 20, 32, 33):
        town.clock.set(midnight_ms + hours * HOUR_MS)
        told.append(await desk.owner_digest())
    assert told == [1, 1, 0, 0, 1]


async def test_a_case_shows_both_parties_to_who_may_decide(town: Town) -> None:
    """The dispute with both persons' cards; not for an operator who is a party."""
    order, desk = await town.heard(), town.services.desk
    case = await desk.case(town.operator.id, order.id)
    assert (case.card.order.id, case.buyer.person.id, case.seller.person.id) == (
        order.id,
        town.buyer.id,
        town.seller.id,
    )
    own = await town.placed(buyer=town.operator)
    with pytest.raises(OwnOrder):
        await desk.case(town.operator.id, own.id)
