"""A gig that was taken down is put right by its seller and looked at again. Real services."""

from typing import Any

import pytest

from bot.conversations import sell, settle
from bot.conversations.sell_draft import PREVIEW
from bot.kit.flows import Next, from_json, to_json
from bot.ui.taps import EditStep, PublishGig, ReviseGig, SettleReport
from bot.views import judging
from market import errors
from market.gig import Gig, GigState
from market.notices import Notice
from market.people import Standing
from market.reports import Report, Subject
from tests.support.steps import ended, gone
from tests.support.town import Town
from tests.support.turns import turn_of

SELL, SETTLE = sell.flow(None), settle.flow(None)  # type: ignore[arg-type]
BETTER = "A logo that I draw myself"


async def taken_down(town: Town) -> Gig:
    """An operator has taken the seller's gig down."""
    gig = await town.gig()
    command = town.command(town.operator)
    return await town.services.desk.take_down(command, gig.id, reason="Copied.")


async def enters(town: Town, gig: Gig, **who: Any) -> tuple[Any, Next]:
    """The seller taps *Put it right*."""
    turn = turn_of(town, who.get("by", town.seller))
    return turn, await SELL.entries[ReviseGig](turn, ReviseGig(gig.id))


async def asks_again(town: Town, gig: Gig, title: str = BETTER) -> str:
    """Another title, then the preview's button; answers what the seller reads."""
    turn, now = await enters(town, gig)
    draft = gone(now).draft
    assert from_json(SELL, to_json(SELL, draft)) == draft
    question = SELL.steps[PREVIEW].ask(turn, draft)
    labels = [button.label for row in question.rows for button in row]
    assert labels[0] == "Ask for another look"
    edited = gone(await SELL.steps[PREVIEW].taps[EditStep](turn, draft, EditStep(1)))
    on_title = SELL.steps["title"].text
    assert on_title is not None
    done = gone(await on_title(turn, edited.draft, title))
    assert done.step == PREVIEW
    return ended(await SELL.steps[PREVIEW].taps[PublishGig](turn, done.draft, PublishGig()))


async def waiting(town: Town) -> tuple[Report, ...]:
    """What operators are asked to look at again."""
    return await town.services.desk.reports(town.operator.id, Subject.GIG_AGAIN)


async def test_a_gig_is_put_right_and_put_back(town: Town) -> None:
    """Still off the shelf it waits for an operator; put back it shows what the seller wrote."""
    gig = await taken_down(town)
    assert "with the operators" in await asks_again(town, gig)
    changed = (await town.services.gigs.card(gig.id)).gig
    assert (changed.state, changed.title, changed.version) == (GigState.TAKEN_DOWN, BETTER, 2)
    (report,) = await waiting(town)
    assert report.about_id == gig.id
    await town.services.desk.restore(town.command(town.operator), gig.id, reason="Thank you.")
    assert await waiting(town) == ()
    page = await town.services.gigs.browse("design", cursor=None, forward=True)
    assert [line.title for line in page.lines] == [BETTER]
    await town.drain()
    told = town.messenger.notices(town.seller)
    assert told == [Notice.GIG_TAKEN_DOWN] * 2
    assert Notice.ALARM in town.messenger.notices(town.operator)


async def test_what_is_still_wrong_is_said(town: Town) -> None:
    """The seller reads it and may change the gig once more."""
    gig = await taken_down(town)
    await asks_again(town, gig)
    (report,) = await waiting(town)
    turn = turn_of(town, town.operator)
    entered = SETTLE.entries[SettleReport]
    with pytest.raises(errors.NotFound):
        await entered(turn, SettleReport(report.id, judging.ANSWER))
    now = gone(await entered(turn, SettleReport(report.id, judging.STILL_DOWN)))
    on_words = SETTLE.steps[now.step].text
    assert on_words is not None
    assert "The picture is the same." in ended(
        await on_words(turn, now.draft, "The picture is the same.")
    )
    await town.drain()
    assert Notice.REPORT_SETTLED is town.messenger.notices(town.seller)[-1]
    assert await waiting(town) == ()
    await asks_again(town, gig, "A logo, and a picture of mine")
    assert len(await waiting(town)) == 1


async def test_two_changes_wait_as_one(town: Town) -> None:
    """Operators look once, at the newest."""
    gig = await taken_down(town)
    for title in (BETTER, "A logo drawn by hand"):
        await asks_again(town, gig, title)
    assert len(await waiting(town)) == 1
    assert (await town.services.gigs.card(gig.id)).gig.title == "A logo drawn by hand"


async def test_only_its_seller_and_only_when_taken_down(town: Town) -> None:
    """For others there is no such gig; one that takes orders is shown as it is."""
    gig = await taken_down(town)
    with pytest.raises(errors.NotFound):
        await enters(town, gig, by=town.buyer)
    fine = await town.gig()
    _, shown = await enters(town, fine)
    assert "It takes orders." in ended(shown)
    paused = await town.change_person(town.seller, standing=Standing.PAUSED)
    with pytest.raises(errors.Standing):
        await enters(town, gig, by=paused)


async def test_a_gig_that_was_put_back_meanwhile_stays_as_it_was_seen(town: Town) -> None:
    """What an operator has put back is not changed behind his back."""
    gig = await taken_down(town)
    turn, now = await enters(town, gig)
    await town.services.desk.restore(town.command(town.operator), gig.id, reason="My mistake.")
    over = await SELL.steps[PREVIEW].taps[PublishGig](turn, gone(now).draft, PublishGig())
    assert "It takes orders." in ended(over)
    assert (await town.services.gigs.card(gig.id)).gig.version == 1
