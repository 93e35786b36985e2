"""The flows around orders: reviews of both sides, answering them, absences, reports."""

from dataclasses import replace
from typing import Any

import pytest

from bot.conversations import absence, report, review, review_reply
from bot.i18n import translator
from bot.kit.flows import Done, Flow, Next, Stay
from bot.ui.taps import (
    AnswerReview,
    GiveMark,
    KeepAway,
    PickDay,
    PickReason,
    ShowDays,
    SkipStep,
    StartAway,
    StartReport,
    StartReview,
    StepBack,
)
from bot.views.absence import today_of
from bot.views.reports import GIG, PERSON, REVIEW, ROOM
from market.deadlines import DAY_MS
from market.errors import (
    AbsenceUnfit,
    AlreadyReviewed,
    NotFound,
    TextTooLong,
)
from market.notices import Notice
from market.reports import Subject
from market.review import Marks
from market.states import Event, State
from tests.support.steps import asked, ended, gone, says, taps
from tests.support.town import Town
from tests.support.turns import turn_of

REVIEWING = review.flow(None)  # type: ignore[arg-type]
REPLYING = review_reply.flow(None)  # type: ignore[arg-type]
AWAY = absence.flow(None)  # type: ignore[arg-type]
REPORTING = report.flow(None)  # type: ignore[arg-type]


async def marked(turn: Any, order_id: int, *marks: int) -> Next:
    """A buyer begins a review and gives marks."""
    now = await REVIEWING.entries[StartReview](turn, StartReview(order_id, 0))
    for number, stars in enumerate(marks):
        now = await taps(REVIEWING, turn, now, GiveMark(number, stars))
    return now


async def test_a_buyer_answers_three_questions(town: Town) -> None:
    """One screen for each, then words; the marks and their mean are kept."""
    order = await town.order_in(State.COMPLETED)
    turn = turn_of(town, town.buyer)
    now = await marked(turn, order.id)
    assert "question 1 of 3" in asked(REVIEWING, turn, now)
    now = await taps(REVIEWING, turn, now, GiveMark(0, 5))
    assert "How was talking" in asked(REVIEWING, turn, now)
    now = await taps(REVIEWING, turn, now, GiveMark(1, 4))
    assert "worth its price" in asked(REVIEWING, turn, now)
    now = await taps(REVIEWING, turn, now, GiveMark(2, 3))
    assert "★★★☆☆ Value" in asked(REVIEWING, turn, now)
    with pytest.raises(TextTooLong):
        await says(REVIEWING, turn, now, "x" * 1_001)
    assert "Thank you" in ended(await says(REVIEWING, turn, now, "Quick & kind"))
    card = await town.services.orders.card(town.buyer.id, order.id)
    assert card.mine is not None
    kept = (card.mine.stars, card.mine.quality, card.mine.communication, card.mine.value)
    assert kept == (4, 5, 4, 3)
    again = await REVIEWING.entries[StartReview](turn, StartReview(order.id, 5))
    assert isinstance(again, Done)
    assert again.toast == "You have reviewed this order already. Thank you!"


async def test_the_notices_stars_are_the_first_answer(town: Town) -> None:
    """A buyer who taps stars in the notice has answered the first question."""
    order = await town.order_in(State.COMPLETED)
    turn = turn_of(town, town.buyer)
    now = await REVIEWING.entries[StartReview](turn, StartReview(order.id, 4))
    assert "question 2 of 3" in asked(REVIEWING, turn, now)


async def test_double_taps_and_steps_back(town: Town) -> None:
    """A second tap answers nothing else, forged stars neither; a mark can be given anew."""
    order = await town.order_in(State.COMPLETED)
    turn = turn_of(town, town.buyer)
    now = await marked(turn, order.id, 5)
    for tap in (GiveMark(0, 1), GiveMark(1, 6), GiveMark(2, 5)):
        assert (await taps(REVIEWING, turn, now, tap)) == now
    now = await taps(REVIEWING, turn, await marked(turn, order.id, 5, 4), StepBack())
    assert gone(now).draft.marks == (5, 0, 0)
    words = await marked(turn, order.id, 5, 4, 3)
    assert gone(await taps(REVIEWING, turn, words, GiveMark(2, 1))) == words
    back = await taps(REVIEWING, turn, words, StepBack())
    assert gone(back).draft.marks == (5, 4, 0)


async def test_a_seller_gives_stars_and_may_take_them_back(town: Town) -> None:
    """One question, then words; going back asks it again."""
    order = await town.order_in(State.COMPLETED)
    turn = turn_of(town, town.seller)
    now = await REVIEWING.entries[StartReview](turn, StartReview(order.id, 4))
    assert "★★★★☆" in asked(REVIEWING, turn, now)
    assert "1 to 5 stars" in asked(REVIEWING, turn, await taps(REVIEWING, turn, now, StepBack()))
    assert "shown when both have written" in ended(await taps(REVIEWING, turn, now, SkipStep()))


async def test_a_late_order_is_reviewed_by_its_buyer(town: Town) -> None:
    """A seller who cancels late is reviewed for it; it is shown when the window closes."""
    order = await town.order_in(State.IN_PROGRESS)
    town.clock.advance(5 * DAY_MS)
    await town.act(town.seller, order.id, Event.SELLER_CANCEL, "sorry")
    turn = turn_of(town, town.buyer)
    now = await marked(turn, order.id, 1, 1, 1)
    assert "Your review is shown on" in ended(await taps(REVIEWING, turn, now, SkipStep()))


async def reviewed(town: Town) -> int:
    """Both have written; the buyer's review is public."""
    order = await town.order_in(State.COMPLETED)
    marks = Marks(quality=5, communication=4, value=5)
    await town.services.reviews.review(
        town.command(town.buyer), order.id, marks=marks, words="Good <work>"
    )
    await town.services.reviews.review(town.command(town.seller), order.id, stars=5, words="")
    return order.id


async def test_a_review_is_answered_once(town: Town) -> None:
    """The seller's answer is public at once, its author hears of it; a second is not begun."""
    order_id = await reviewed(town)
    turn = turn_of(town, town.seller)
    now = await REPLYING.entries[AnswerReview](turn, AnswerReview(order_id))
    assert "Good <work>" in asked(REPLYING, turn, now)
    assert "Rahim answers" in ended(await says(REPLYING, turn, now, "Come again!"))
    await town.drain()
    assert Notice.REVIEW_ANSWERED in town.messenger.notices(town.buyer)
    again = await REPLYING.entries[AnswerReview](turn, AnswerReview(order_id))
    assert isinstance(again, Done)
    assert again.toast == "There is no review to answer here."


async def test_an_absence_is_declared_by_buttons(town: Town) -> None:
    """First day, last day, what it does; then it stands in the settings."""
    turn = turn_of(town, town.buyer)
    today = today_of(turn.now_ms, turn.tr).toordinal()
    now = await AWAY.entries[StartAway](turn, StartAway())
    assert "first day away" in asked(AWAY, turn, now)
    now = await taps(AWAY, turn, now, ShowDays(1))
    assert gone(now).draft.page == 1
    now = await taps(AWAY, turn, now, PickDay(today + 2))
    assert "last day away" in asked(AWAY, turn, now)
    now = await taps(AWAY, turn, await taps(AWAY, turn, now, ShowDays(2)), PickDay(today + 4))
    text = asked(AWAY, turn, now)
    assert "This stands still" in text
    assert "This goes on" in text
    over = await taps(AWAY, turn, now, KeepAway())
    assert "You will be away" in ended(over)
    (kept,) = await town.services.absences.of(town.buyer.id)
    assert kept.until_ms - kept.from_ms == 3 * DAY_MS


async def test_days_may_be_typed(town: Town) -> None:
    """In either language; what is no day is said, and one before the first day too."""
    turn = turn_of(town, town.buyer)
    now = await AWAY.entries[StartAway](turn, StartAway())
    assert isinstance(await says(AWAY, turn, now, "soon"), Stay)
    now = await says(AWAY, turn, now, "কাল")
    assert isinstance(await says(AWAY, turn, now, "some day"), Stay)
    assert isinstance(await says(AWAY, turn, now, "2020-01-01"), Stay)
    now = await says(AWAY, turn, now, "পরশু")
    assert gone(now).draft.last - gone(now).draft.first == 1


@pytest.mark.parametrize(("first", "why"), [(-1, "past"), (61, "far"), (400_000_000, "far")])
async def test_first_days_that_do_not_fit(town: Town, first: int, why: str) -> None:
    """Days that are over or too far off are refused before anything else is asked."""
    turn = turn_of(town, town.buyer)
    today = today_of(turn.now_ms, turn.tr).toordinal()
    now = await AWAY.entries[StartAway](turn, StartAway())
    with pytest.raises(AbsenceUnfit) as refused:
        await taps(AWAY, turn, now, PickDay(today + first))
    assert refused.value.why == why


async def test_today_is_no_last_day_of_days_to_come(town: Town) -> None:
    """Only dates without a year are read anew; a word that names one day means that day."""
    turn = turn_of(town, town.buyer)
    now = await says(AWAY, turn, await AWAY.entries[StartAway](turn, StartAway()), "tomorrow")
    assert isinstance(await says(AWAY, turn, now, "today"), Stay)
    assert "tap a button" in str(AWAY.steps["sure"].wants(turn.tr))


async def test_an_absence_has_an_end(town: Town) -> None:
    """Thirty days at most; also for forged buttons."""
    turn = turn_of(town, town.buyer)
    today = today_of(turn.now_ms, turn.tr).toordinal()
    now = await taps(AWAY, turn, await AWAY.entries[StartAway](turn, StartAway()), PickDay(today))
    with pytest.raises(AbsenceUnfit):
        await taps(AWAY, turn, now, PickDay(today + 30))
    assert gone(await taps(AWAY, turn, now, PickDay(today + 29))).step == "sure"


async def begun(turn: Any, tap: StartReport, reason: int = 0) -> Next:
    now = await REPORTING.entries[StartReport](turn, tap)
    return await taps(REPORTING, turn, now, PickReason(reason))


async def test_everything_can_be_reported(town: Town) -> None:
    """A gig, a person, a review, a room; the reason and the words reach the operators."""
    order_id = await reviewed(town)
    order = await town.order(order_id)
    turn, seen = turn_of(town, town.seller), turn_of(town, town.buyer)
    cases = (
        (seen, StartReport(GIG, order.gig_id, 0), Subject.GIG),
        (seen, StartReport(PERSON, town.seller.id, 0), Subject.PERSON),
        (turn, StartReport(REVIEW, town.buyer.id, order_id), Subject.REVIEW),
        (seen, StartReport(ROOM, order_id, order_id), Subject.ROOM),
    )
    for number, (who, tap, subject) in enumerate(cases):
        who.command = replace(who.command, key=f"report {number}")
        now = await begun(who, tap)
        assert "Pays or meets elsewhere" in asked(REPORTING, who, now)
        assert "the operators have your report" in ended(await says(REPORTING, who, now, "Look!"))
        reports = await town.services.desk.reports(town.operator.id, subject)
        assert [one.words for one in reports] == ["outside\nLook!"]
    assert seen.is_kept


async def test_a_report_without_words_and_a_second_one(town: Town) -> None:
    """The reason may be enough; while a report is open another changes nothing."""
    gig = await town.gig()
    for number, reply in enumerate(
        ("the operators have your report", "with the operators already")
    ):
        turn = turn_of(town, town.buyer, f"report {number}")
        now = await begun(turn, StartReport(GIG, gig.id, 0), reason=1)
        assert reply in ended(await taps(REPORTING, turn, now, SkipStep()))


async def test_forged_reports(town: Town) -> None:
    """Unknown subjects and reasons lead nowhere."""
    turn, gig = turn_of(town, town.buyer), await town.gig()
    with pytest.raises(NotFound):
        await REPORTING.entries[StartReport](turn, StartReport(9, gig.id, 0))
    assert isinstance(await begun(turn, StartReport(GIG, gig.id, 0), reason=99), Stay)


@pytest.mark.parametrize("flow", [REVIEWING, REPLYING, AWAY, REPORTING], ids=lambda one: one.name)
def test_flows_speak(flow: Flow) -> None:
    """Each flow has a name for menus and says what it wants, in both languages."""
    for language in ("bn", "en"):
        tr = translator(language)
        assert flow.title(tr)
        assert all(step.wants(tr) for step in flow.steps.values())


async def test_a_review_is_never_written_twice(town: Town) -> None:
    """Words that come for a review that is there already are refused."""
    order = await town.order_in(State.COMPLETED)
    turn = turn_of(town, town.buyer)
    now = await marked(turn, order.id, 5, 5, 5)
    ended(await taps(REVIEWING, turn, now, SkipStep()))
    turn.command = town.command(town.buyer)
    with pytest.raises(AlreadyReviewed):
        await taps(REVIEWING, turn, now, SkipStep())
