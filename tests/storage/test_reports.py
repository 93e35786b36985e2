"""Reports, standing, the operators' log and absences."""

from dataclasses import replace

import pytest

from market.absence import Absence
from market.errors import NotFound
from market.people import Standing
from market.reports import Act, StandingChange, Subject
from market.states import State
from storage import OpenStorage
from tests.support.samples import report
from tests.support.walk import Market, order_at


async def test_the_same_report_is_open_once(storage: OpenStorage, market: Market) -> None:
    """Another reporter's is another report; after it was settled it can come again."""
    mine = report(Subject.GIG, market.gig.id, reporter_id=market.buyer.id)
    async with storage.begin() as unit:
        reports = unit.reports
        first = await reports.add(mine)
        assert first is not None
        assert await reports.add(replace(mine, words="Again!")) is None
        assert await reports.add(replace(mine, reporter_id=None)) is not None
        assert replace(mine, id=first) == await reports.get(first)
        assert await reports.close(first, operator_id=9, answer="Fine", now_ms=5)
        assert not await reports.close(first, operator_id=8, answer="No", now_ms=6)
        settled = replace(mine, id=first, closed_ms=5, closed_by=9, answer="Fine")
        assert settled == await reports.get(first)
        assert await reports.add(mine) is not None


async def test_an_unknown_report_is_not_found(storage: OpenStorage) -> None:
    """Getting an unknown id raises NotFound."""
    async with storage.read() as unit:
        with pytest.raises(NotFound):
            await unit.reports.get(5)


async def test_open_reports_come_oldest_first(storage: OpenStorage, market: Market) -> None:
    """Of the subjects asked for, as many as asked, without settled ones."""
    async with storage.begin() as unit:
        reports = unit.reports
        gig = await reports.add(report(Subject.GIG, market.gig.id))
        person = await reports.add(report(Subject.PERSON, market.buyer.id))
        other = await reports.add(report(Subject.GIG, market.gig.id + 1))
        both = (Subject.PERSON, Subject.GIG)
        assert [gig, person, other] == [r.id for r in await reports.open(both, limit=9)]
        assert [gig, person] == [r.id for r in await reports.open(both, limit=2)]
        assert await reports.open((Subject.ROOM,), limit=9) == ()
        assert gig is not None
        await reports.close(gig, operator_id=9, answer="", now_ms=1)
        assert [person, other] == [r.id for r in await reports.open(both, limit=9)]


async def test_reports_are_found_by_the_person(storage: OpenStorage, market: Market) -> None:
    """His gigs, his reviews, rooms where the other party complained, he himself; newest first."""
    order = await order_at(storage, market, State.IN_PROGRESS)
    buyer, seller = market.buyer.id, market.seller.id
    about_seller = (
        report(Subject.FIRST_GIG, market.gig.id),
        report(Subject.REVIEW, seller, order_id=order.id, reporter_id=buyer),
        report(Subject.ROOM, order.id, order_id=order.id, reporter_id=buyer),
        report(Subject.STRIKES, seller),
    )
    about_buyer = (
        report(Subject.ROOM, order.id, order_id=order.id, reporter_id=seller),
        report(Subject.STANDING, buyer, reporter_id=buyer),
    )
    wish = report(Subject.REOPEN, order.id, order_id=order.id, reporter_id=buyer)
    async with storage.begin() as unit:
        ids = [await unit.reports.add(r) for r in (*about_seller, *about_buyer, wish)]
        found = await unit.reports.about(seller, limit=9)
        assert ids[3::-1] == [report.id for report in found]
        assert ids[5:3:-1] == [r.id for r in await unit.reports.about(buyer, limit=9)]
        assert ids[5:4:-1] == [r.id for r in await unit.reports.about(buyer, limit=1)]


async def test_a_pause_is_over_at_its_last_end(storage: OpenStorage, market: Market) -> None:
    """The newest change counts; the free and the banned are left alone."""
    buyer, seller = market.buyer, market.seller
    pause = StandingChange(
        person_id=buyer.id, standing="paused", reason="spam", until_ms=50, operator_id=9, at_ms=1
    )
    longer = replace(pause, until_ms=80, at_ms=2)
    banned = replace(pause, person_id=seller.id, standing="banned", until_ms=None)
    async with storage.begin() as unit:
        await unit.people.save(replace(buyer, standing=Standing.PAUSED))
        await unit.people.save(replace(seller, standing=Standing.BANNED))
        for change in (pause, longer, banned):
            await unit.reports.add_standing(change)
        assert (longer, pause) == await unit.reports.standings(buyer.id)
        assert await unit.reports.paused_until(79, limit=9) == ()
        assert (buyer.id,) == await unit.reports.paused_until(80, limit=9)
        await unit.people.save(replace(buyer, standing=Standing.GOOD))
        assert await unit.reports.paused_until(80, limit=9) == ()


async def test_the_log_is_read_by_time(storage: OpenStorage) -> None:
    """Newest first; the end of the span is left out."""
    async with storage.begin() as unit:
        for moment in (1, 2, 3, 4):
            await unit.upkeep.log_act(9, act="pause", detail=str(moment), now_ms=moment)
        acts = await unit.reports.acts(from_ms=2, until_ms=4, limit=9)
        assert [act.detail for act in acts] == ["3", "2"]
        assert Act(operator_id=9, act="pause", detail="3", at_ms=3) == acts[0]
        assert acts[:1] == await unit.reports.acts(from_ms=2, until_ms=4, limit=1)


async def test_absences_are_declared_and_ended(storage: OpenStorage, market: Market) -> None:
    """Coming back earlier shortens one; one that has not begun is forgotten, a past one stays."""
    base = Absence(id=0, person_id=market.seller.id, from_ms=10, until_ms=20, declared_ms=1)
    async with storage.begin() as unit:
        absences, person_id = unit.absences, market.seller.id
        later = await absences.add(replace(base, from_ms=30, until_ms=40))
        first = await absences.add(base)
        assert (first, later) == await absences.of(person_id, after_ms=19)
        assert (later,) == await absences.of(person_id, after_ms=20)
        assert await absences.of(market.buyer.id, after_ms=0) == ()
        await absences.end(first.id, at_ms=15)
        await absences.end(later.id, at_ms=30)
        assert (replace(first, until_ms=15),) == await absences.of(person_id, after_ms=0)
        await absences.end(first.id, at_ms=18)
        assert (replace(first, until_ms=15),) == await absences.of(person_id, after_ms=0)
