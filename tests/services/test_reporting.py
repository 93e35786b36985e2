"""Reports of gigs, persons, rooms and reviews, and what operators answer."""

import pytest

from market.errors import (
    NotAnOperator,
    NotFound,
    NotYours,
    OwnOrder,
    TextTooShort,
    WrongState,
)
from market.notices import Notice
from market.reports import Report, Subject
from market.review import Marks
from market.states import State
from tests.support.town import Town


async def _open(town: Town, *subjects: Subject) -> tuple[Report, ...]:
    return await town.services.desk.reports(town.operator.id, *subjects)


async def test_a_reported_gig_waits_for_operators(town: Town) -> None:
    """One open report per person and gig; operators are alarmed and see who and what."""
    gig, command = await town.gig(), town.command(town.buyer)
    reports = town.services.reports
    for _ in range(2):
        assert await reports.gig(command, gig.id, words="It is copied.")
    assert not await reports.gig(town.command(town.buyer), gig.id, words="Still copied.")
    (report,) = await _open(town, Subject.GIG)
    card = await town.services.desk.report_card(town.operator.id, report.id)
    assert ("It is copied.", "Ayesha", "Rahim", gig, None) == (
        card.report.words,
        card.reporter_name,
        card.name,
        card.gig,
        card.order,
    )
    await town.drain()
    assert town.messenger.notices(town.operator) == [Notice.ALARM]


async def test_the_reporter_reads_the_answer(town: Town) -> None:
    """A report is settled once."""
    await town.services.reports.person(
        town.command(town.buyer), town.seller.id, words="He is rude."
    )
    (report,) = await _open(town, Subject.PERSON)
    settle, command = town.services.desk.settle, town.command(town.operator)
    for _ in range(2):
        await settle(command, report.id, answer="We talked to him.")
    with pytest.raises(WrongState):
        await settle(town.command(town.operator), report.id, answer="Again")
    await town.drain()
    assert Notice.REPORT_SETTLED is town.messenger.notices(town.buyer)[-1]
    assert await _open(town, Subject.PERSON) == ()


async def test_a_room_is_reported_by_its_parties(town: Town) -> None:
    """Others have no room to report; the card shows the order."""
    order = await town.order_in(State.IN_PROGRESS)
    reports = town.services.reports
    await reports.room(town.command(town.buyer), order.id, words="Insults")
    with pytest.raises(NotFound):
        await reports.room(town.command(await town.citizen(700)), order.id, words="Insults")
    (report,) = await _open(town, Subject.ROOM)
    card = await town.services.desk.report_card(town.operator.id, report.id)
    assert (order.id, "") == (card.order and card.order.id, card.name)
    await town.services.desk.settle(town.command(town.operator), report.id, answer="Looked at.")


async def test_a_public_review_is_reported(town: Town) -> None:
    """Hidden ones are not found, nor those of others."""
    order = await town.order_in(State.COMPLETED)
    marks = Marks(quality=1, communication=1, value=1)
    reviews, reports = town.services.reviews, town.services.reports
    await reviews.review(town.command(town.buyer), order.id, marks=marks, words="Bad")
    with pytest.raises(NotFound):
        await reports.review(town.command(town.seller), order.id, town.buyer.id, words="Untrue")
    await reviews.review(town.command(town.seller), order.id, stars=5, words="")
    assert await reports.review(town.command(town.seller), order.id, town.buyer.id, words="Untrue")
    with pytest.raises(NotFound):
        await reports.review(town.command(town.seller), order.id, town.operator.id, words="Untrue")
    (report,) = await _open(town, Subject.REVIEW)
    assert (await town.services.desk.report_card(town.operator.id, report.id)).name == "Ayesha"


async def test_reports_say_something_about_somebody_else(town: Town) -> None:
    """Words are needed; nobody reports himself or what does not exist."""
    gig, reports = await town.gig(), town.services.reports
    with pytest.raises(TextTooShort):
        await reports.gig(town.command(town.buyer), gig.id, words=" ")
    with pytest.raises(NotFound):
        await reports.gig(town.command(town.buyer), 999, words="Gone")
    with pytest.raises(NotFound):
        await reports.person(town.command(town.buyer), town.buyer.id, words="Me")


async def test_operators_keep_off_what_concerns_themselves(town: Town) -> None:
    """Reports by or about the operator, and in his orders, are another one's to settle."""
    desk, reports = town.services.desk, town.services.reports
    gig = await town.gig(town.operator)
    order = await town.placed(await town.gig(), town.operator)
    await town.pay(order, telegram_id=town.operator.telegram_id)
    await reports.person(town.command(town.buyer), town.operator.id, words="Unfair")
    await reports.person(town.command(town.operator), town.buyer.id, words="Rude")
    await reports.gig(town.command(town.buyer), gig.id, words="Copied")
    await reports.room(town.command(town.seller), order.id, words="Insults")
    waiting = await _open(town, Subject.PERSON, Subject.GIG, Subject.ROOM)
    assert len(waiting) == 4
    for report in waiting:
        with pytest.raises((NotYours, OwnOrder)):
            await desk.settle(town.command(town.operator), report.id, answer="Fine")
        with pytest.raises(NotAnOperator):
            await desk.settle(town.command(await town.citizen(700)), report.id, answer="Fine")


async def test_a_wish_to_reopen_is_no_plain_report(town: Town) -> None:
    """It is answered where orders are reopened; its card names the order and nobody."""
    order = await town.order_in(State.COMPLETED)
    await town.services.disputes.ask_reopen(town.command(town.buyer), order.id, text="x" * 20)
    (report,) = await _open(town, Subject.REOPEN)
    with pytest.raises(NotFound):
        await town.services.desk.settle(town.command(town.operator), report.id, answer="No")
    card = await town.services.desk.report_card(town.operator.id, report.id)
    assert ("", order.id) == (card.name, card.order and card.order.id)
