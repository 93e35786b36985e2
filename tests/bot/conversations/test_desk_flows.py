"""What operators write: verdicts, standings, settling; and a person's appeal. Real services."""

from typing import Any

import pytest

from bot.conversations import contest, settle, standing, verdict
from bot.i18n import plain, translator
from bot.kit.flows import Flow, Next
from bot.ui.taps import (
    AppealStanding,
    ChangeStanding,
    ConfirmVerdict,
    DecideCase,
    JudgeGig,
    PickDays,
    PickShare,
    SettleReport,
    StepBack,
)
from bot.views import judging
from market import errors
from market.contract import Order
from market.gig import GigState
from market.money import Currency, Money
from market.notices import Notice
from market.people import Standing
from market.reports import Subject
from market.review import Marks
from market.states import Event, State
from tests.support.steps import asked, closed, gone, says, taps
from tests.support.town import Town
from tests.support.turns import turn_of

VERDICT, STANDING = verdict.flow(None), standing.flow(None)  # type: ignore[arg-type]
SETTLE, CONTEST = settle.flow(None), contest.flow(None)  # type: ignore[arg-type]
FLOWS = (VERDICT, STANDING, SETTLE, CONTEST)
MUCH = Money(6_000, Currency.XTR)


async def deciding(town: Town, order: Order, who: Any = None) -> tuple[Any, Next]:
    """An operator has tapped Decide."""
    turn = turn_of(town, who or town.operator)
    return turn, await VERDICT.entries[DecideCase](turn, DecideCase(order.id, order.version))


async def test_a_verdict_shows_the_amounts_before_it_is_said(town: Town) -> None:
    """Part, exact amounts, reasons, once more everything, then it is said."""
    order = await town.heard()
    turn, now = await deciding(town, order)
    assert "Which part of 250 ⭐" in asked(VERDICT, turn, now)
    now = await taps(VERDICT, turn, now, PickShare(50))
    question = asked(VERDICT, turn, now)
    for line in ("Ayesha: 125 ⭐, as credit", "Rahim: 113 ⭐ (125 ⭐", "The house: 12 ⭐"):
        assert line in question
    now = await says(VERDICT, turn, now, "Both are right.")
    assert "Both are right." in asked(VERDICT, turn, now)
    assert (await town.order(order.id)).version == order.version, "nothing is said yet"
    over = closed(await taps(VERDICT, turn, now, ConfirmVerdict()))
    assert over.toast == "The verdict is said. Both sides are being told."
    dispute = (await town.order(order.id)).dispute
    assert dispute is not None
    assert dispute.verdict_minor == 125


@pytest.mark.parametrize(("typed", "minor"), [("0", 0), ("২৫০", 250), ("40", 40)])
async def test_amounts_may_be_typed(town: Town, typed: str, minor: int) -> None:
    """Nothing, everything or any part, in both scripts."""
    turn, now = await deciding(town, await town.heard())
    now = await says(VERDICT, turn, now, typed)
    assert gone(now).draft.minor == minor


@pytest.mark.parametrize("typed", ["251", "-1", "half"])
async def test_odd_amounts_are_refused(town: Town, typed: str) -> None:
    """More than the price, less than nothing, no number."""
    turn, now = await deciding(town, await town.heard())
    with pytest.raises((errors.AmountOutOfRange, errors.AmountUnreadable)):
        await says(VERDICT, turn, now, typed)
    with pytest.raises(errors.NumberOutOfRange):
        await taps(VERDICT, turn, now, PickShare(13))


async def test_the_part_may_be_changed_without_losing_the_reasons(town: Town) -> None:
    """One step back keeps what was written."""
    turn, now = await deciding(town, await town.heard())
    now = await taps(VERDICT, turn, now, PickShare(0))
    now = await says(VERDICT, turn, now, "The buyer is right.")
    now = await taps(VERDICT, turn, now, StepBack())
    now = await taps(VERDICT, turn, now, PickShare(100))
    text = asked(VERDICT, turn, now)
    assert "The buyer is right." in text
    assert "Ayesha: nothing" in text


async def test_what_is_said_meanwhile_costs_no_reasons(town: Town) -> None:
    """A statement during the verdict is shown, and everything is asked once more."""
    order = await town.heard()
    turn, now = await deciding(town, order)
    now = await says(VERDICT, turn, await taps(VERDICT, turn, now, PickShare(0)), "Because.")
    await town.testify(town.buyer, order.id, "And one more thing.")
    now = await taps(VERDICT, turn, now, ConfirmVerdict())
    assert "And one more thing." in plain(turn.sent[-1].text)
    assert "Something was added" in plain(gone(now).note or "")
    closed(await taps(VERDICT, turn, now, ConfirmVerdict()))


async def test_much_money_needs_a_second_operator(town: Town) -> None:
    """The first one proposes; the person is told so before and after."""
    order = await town.heard(await town.gig(price=MUCH))
    turn, now = await deciding(town, order)
    now = await says(VERDICT, turn, await taps(VERDICT, turn, now, PickShare(0)), "Because.")
    assert "a second operator has to confirm" in asked(VERDICT, turn, now)
    over = closed(await taps(VERDICT, turn, now, ConfirmVerdict()))
    assert over.toast == "Kept. Another operator is asked to confirm it."
    assert over.screen is not None
    assert "Your verdict waits until another operator confirms it." in plain(over.screen.text)


async def test_who_may_not_decide_is_told_at_once(town: Town) -> None:
    """No operator, a party, too early, a second time, somebody with an old button."""
    order = await town.order_in(State.DELIVERED)
    await town.open_dispute(order.id)
    order = await town.order(order.id)
    with pytest.raises(errors.NotAnOperator):
        await deciding(town, order, town.buyer)
    with pytest.raises(errors.NotHeard):
        await deciding(town, order)
    await town.testify(town.seller, order.id)
    with pytest.raises(errors.Stale):
        await deciding(town, order)
    await town.decide(order.id, 0)
    with pytest.raises(errors.Decided):
        await deciding(town, await town.order(order.id))


async def test_own_orders_are_for_others_to_decide(town: Town) -> None:
    """An operator who sells is refused with a sentence."""
    gig = await town.gig(town.operator)
    order = await town.placed(gig)
    await town.pay(order)
    with pytest.raises(errors.NotFound):
        await deciding(town, await town.order(order.id), await town.second())
    with pytest.raises(errors.OwnOrder):
        await deciding(town, await town.order(order.id))


async def test_who_said_the_first_verdict_is_told_at_once(town: Town) -> None:
    """Nobody writes reasons for a last word that is not theirs to say."""
    order = await town.heard()
    await town.decide(order.id, 0)
    order = await town.order(order.id)
    await town.services.disputes.appeal(
        town.command(town.seller), order.id, version=order.version, text="It is my own work."
    )
    with pytest.raises(errors.AnotherOperator):
        await deciding(town, await town.order(order.id))


async def test_the_last_word_after_an_appeal(town: Town) -> None:
    """Another operator says it, and it is carried out at once."""
    order = await town.heard()
    await town.decide(order.id, 0)
    order = await town.order(order.id)
    await town.services.disputes.appeal(
        town.command(town.seller), order.id, version=order.version, text="It is my own work."
    )
    order, second = await town.order(order.id), await town.second()
    turn, now = await deciding(town, order, second)
    now = await says(VERDICT, turn, await taps(VERDICT, turn, now, PickShare(100)), "It is.")
    assert "carried out at once" in asked(VERDICT, turn, now)
    closed(await taps(VERDICT, turn, now, ConfirmVerdict()))
    assert State.COMPLETED is (await town.order(order.id)).state


async def standing_of(town: Town, who: Any) -> Standing:
    return (await town.services.people.get(who.id)).standing


async def test_pausing_banning_and_freeing(town: Town) -> None:
    """Days by a button or typed, then the reason; the person's card follows."""
    turn, enter_by = turn_of(town, town.operator), STANDING.entries[ChangeStanding]
    now = await enter_by(turn, ChangeStanding(town.seller.id, 0))
    assert "Pause Rahim for how long?" in asked(STANDING, turn, now)
    with pytest.raises(errors.NumberOutOfRange):
        await says(STANDING, turn, now, "366")
    now = await taps(STANDING, turn, now, PickDays(7))
    assert "Pause Rahim for 7 days" in asked(STANDING, turn, now)
    with pytest.raises(errors.TextTooShort):
        await says(STANDING, turn, now, " ")
    over = closed(await says(STANDING, turn, now, "Asked for numbers"))
    assert over.screen is not None
    assert "Asked for numbers" in plain(over.screen.text)
    assert Standing.PAUSED is await standing_of(town, town.seller)
    turn = turn_of(town, town.operator)
    now = await enter_by(turn, ChangeStanding(town.seller.id, 1))
    closed(await says(STANDING, turn, now, "Fraud"))
    assert Standing.BANNED is await standing_of(town, town.seller)
    turn = turn_of(town, town.operator)
    now = await enter_by(turn, ChangeStanding(town.seller.id, 2))
    closed(await says(STANDING, turn, now, "A mistake"))
    assert Standing.GOOD is await standing_of(town, town.seller)


async def test_nobody_judges_himself_or_as_a_stranger(town: Town) -> None:
    """Own standing, unknown acts, and people who are no operators."""
    enter_by = STANDING.entries[ChangeStanding]
    for who, act, refusal in (
        (town.operator, ChangeStanding(town.operator.id, 2), errors.NotYours),
        (town.operator, ChangeStanding(town.buyer.id, 7), errors.NotFound),
        (town.buyer, ChangeStanding(town.seller.id, 1), errors.NotAnOperator),
    ):
        with pytest.raises(refusal):
            await enter_by(turn_of(town, who), act)


async def test_a_person_appeals_and_another_operator_frees(town: Town) -> None:
    """One text; whoever frees the person has answered the appeal."""
    enter_by = CONTEST.entries[AppealStanding]
    with pytest.raises(errors.NotFound):
        await enter_by(turn_of(town, town.buyer), AppealStanding())
    await town.services.desk.ban(town.command(town.operator), town.buyer.id, reason="Fraud")
    turn = turn_of(town, await town.services.people.get(town.buyer.id))
    now = await enter_by(turn, AppealStanding())
    assert "at least 20 characters" in asked(CONTEST, turn, now)
    with pytest.raises(errors.TextTooShort):
        await says(CONTEST, turn, now, "No")
    over = closed(await says(CONTEST, turn, now, "It was my brother who wrote this."))
    assert over.screen is not None
    assert "with the operators" in plain(over.screen.text)
    second = await town.second()
    freeing = turn_of(town, second)
    now = await STANDING.entries[ChangeStanding](freeing, ChangeStanding(town.buyer.id, 2))
    closed(await says(STANDING, freeing, now, "We believe you."))
    assert await town.services.desk.reports(second.id, Subject.STANDING) == ()
    await town.drain()
    assert {Notice.REPORT_SETTLED, Notice.STANDING_CHANGED} <= set(
        town.messenger.notices(town.buyer)
    )


async def test_freeing_after_the_own_ban_leaves_the_appeal_to_another(town: Town) -> None:
    """The appeal stays open, the person is free."""
    await town.second()
    await town.services.desk.ban(town.command(town.operator), town.buyer.id, reason="Fraud")
    await town.services.desk.appeal_standing(town.command(town.buyer), text="It was not me at all.")
    turn = turn_of(town, town.operator)
    now = await STANDING.entries[ChangeStanding](turn, ChangeStanding(town.buyer.id, 2))
    closed(await says(STANDING, turn, now, "I was wrong."))
    assert Standing.GOOD is await standing_of(town, town.buyer)
    assert len(await town.services.desk.reports(town.operator.id, Subject.STANDING)) == 1


async def report_on(town: Town, *subjects: Subject) -> int:
    (report,) = await town.services.desk.reports(town.operator.id, *subjects)
    return report.id


async def settling(town: Town, report_id: int, how: int, who: Any = None) -> tuple[Any, Next]:
    """An operator has tapped one of the report's buttons."""
    turn = turn_of(town, who or town.operator)
    return turn, await SETTLE.entries[SettleReport](turn, SettleReport(report_id, how))


async def test_a_report_is_settled_in_words(town: Town) -> None:
    """The reporter hears what came of it; the report shows its answer."""
    await town.services.reports.person(town.command(town.buyer), town.seller.id, words="rude")
    turn, now = await settling(town, await report_on(town, Subject.PERSON), judging.ANSWER)
    assert "Whoever reported it reads your answer" in asked(SETTLE, turn, now)
    over = closed(await says(SETTLE, turn, now, "We spoke with him."))
    assert over.screen is not None
    assert "We spoke with him." in plain(over.screen.text)
    await town.drain()
    assert Notice.REPORT_SETTLED is town.messenger.notices(town.buyer)[-1]


async def test_a_gig_is_taken_down_and_put_back(town: Town) -> None:
    """From its report, and back from its card."""
    gig = await town.gig()
    turn, now = await settling(town, await report_on(town, Subject.FIRST_GIG), judging.TAKE_DOWN)
    assert "A logo for your shop" in asked(SETTLE, turn, now)
    closed(await says(SETTLE, turn, now, "Copied."))
    assert GigState.TAKEN_DOWN is (await town.services.gigs.card(gig.id)).gig.state
    turn = turn_of(town, town.operator)
    now = await SETTLE.entries[JudgeGig](turn, JudgeGig(gig.id, judging.RESTORE))
    closed(await says(SETTLE, turn, now, "It is his own."))
    assert GigState.ACTIVE is (await town.services.gigs.card(gig.id)).gig.state


async def test_gigs_are_judged_by_others_than_their_sellers(town: Town) -> None:
    """Own gigs, other ways, and people who are no operators are refused at once."""
    mine, enter_by = await town.gig(town.operator), SETTLE.entries[JudgeGig]
    other = await town.gig()
    for who, tap, refusal in (
        (town.operator, JudgeGig(mine.id, judging.TAKE_DOWN), errors.NotYours),
        (town.operator, JudgeGig(other.id, judging.ANSWER), errors.NotFound),
        (town.buyer, JudgeGig(other.id, judging.TAKE_DOWN), errors.NotAnOperator),
    ):
        with pytest.raises(refusal):
            await enter_by(turn_of(town, who), tap)


async def test_a_review_is_removed_with_its_report(town: Town) -> None:
    """Author and reporter both hear the reason; a repeated command does nothing more."""
    order = await town.order_in(State.COMPLETED)
    reviews = town.services.reviews
    marks = Marks(quality=1, communication=1, value=1)
    await reviews.review(town.command(town.buyer), order.id, marks=marks, words="Liar!")
    await reviews.review(town.command(town.seller), order.id, stars=5, words="")
    await town.services.reports.review(
        town.command(town.seller), order.id, town.buyer.id, words="rude"
    )
    report_id = await report_on(town, Subject.REVIEW)
    turn, now = await settling(town, report_id, judging.REMOVE_REVIEW)
    for _ in range(2):
        closed(await says(SETTLE, turn, now, "An insult."))
    await town.drain()
    assert Notice.REVIEW_REMOVED in town.messenger.notices(town.buyer)
    assert Notice.REPORT_SETTLED in town.messenger.notices(town.seller)


async def test_a_wish_to_reopen_is_refused_in_words(town: Town) -> None:
    """Only that way fits a wish; the buyer reads why."""
    order = await town.order_in(State.COMPLETED)
    await town.services.disputes.ask_reopen(
        town.command(town.buyer), order.id, text="The files do not open here."
    )
    report_id = await report_on(town, Subject.REOPEN)
    with pytest.raises(errors.NotFound):
        await settling(town, report_id, judging.ANSWER)
    turn, now = await settling(town, report_id, judging.REFUSE_REOPEN)
    closed(await says(SETTLE, turn, now, "They open here."))
    await town.drain()
    assert Notice.REOPEN_REFUSED is town.messenger.notices(town.buyer)[-1]


async def test_what_another_operator_has_settled_stays_so(town: Town) -> None:
    """Before and after the words were written: the report as it is now, with a toast."""
    await town.services.reports.person(town.command(town.buyer), town.seller.id, words="rude")
    report_id, second = await report_on(town, Subject.PERSON), await town.second()
    turn, now = await settling(town, report_id, judging.ANSWER)
    await town.services.desk.settle(town.command(second), report_id, answer="Done.")
    toast = "This was settled already. This is how it is now."
    assert toast == closed(await says(SETTLE, turn, now, "Me too.")).toast
    _, late = await settling(town, report_id, judging.ANSWER)
    assert toast == closed(late).toast


async def test_nobody_settles_what_concerns_himself(town: Town) -> None:
    """The operator's own gig, own report, and an own order."""
    await town.gig(town.operator)
    with pytest.raises(errors.NotYours):
        await settling(town, await report_on(town, Subject.FIRST_GIG), judging.TAKE_DOWN)
    await town.services.reports.person(town.command(town.operator), town.seller.id, words="rude")
    with pytest.raises(errors.NotYours):
        await settling(town, await report_on(town, Subject.PERSON), judging.ANSWER)
    order = await town.placed(await town.gig(town.operator, question=None))
    await town.pay(order)
    await town.services.reports.room(town.command(town.buyer), order.id, words="rude")
    with pytest.raises(errors.OwnOrder):
        await settling(town, await report_on(town, Subject.ROOM), judging.ANSWER)


@pytest.mark.parametrize("flow", FLOWS)
def test_flows_speak(flow: Flow) -> None:
    """Each flow has a name for menus and says what it wants, in both languages."""
    for language in ("bn", "en"):
        tr = translator(language)
        assert flow.title(tr)
        assert all(step.wants(tr) for step in flow.steps.values())


def test_events_of_the_last_word() -> None:
    """The flow knows every event that ends an appeal."""
    assert set(verdict.LAST_WORDS) == {
        Event.RESOLVE_REFUND,
        Event.RESOLVE_RELEASE,
        Event.RESOLVE_SPLIT,
    }
