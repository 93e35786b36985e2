"""The board's filters, the week's picture, the summary's hour, absences, a seller's page."""

from typing import Any

from bot.handlers import life, orders, settings
from bot.ui.screen import Picture
from bot.ui.taps import (
    ChooseDigestHour,
    EndAway,
    FilterBoard,
    ShowAway,
    ShowDigestHours,
    ShowReviews,
    ShowWeek,
)
from bot.views.board import FILTERS
from market.board import BoardFilter
from market.deadlines import DAY_MS
from market.review import Marks
from market.states import State
from tests.support.town import START_MS, Town
from tests.support.turns import turn_of


class Drawn:
    """Draws nothing, at once."""

    async def week_card(self, _week: object) -> Picture:
        return Picture("week", b"PNG")


async def test_the_board_can_be_filtered(town: Town) -> None:
    """Each filter shows its orders; an unknown number shows all of them."""
    await town.order_in(State.IN_PROGRESS)
    turn = turn_of(town, town.seller)
    shown = {BoardFilter.ALL, BoardFilter.MY_TURN, BoardFilter.SELLING}
    for number, which in enumerate(FILTERS):
        await orders.on_filter_board(turn, FilterBoard(number, 0))
        assert ("In progress" in turn.text) == (which in shown)
    await orders.on_filter_board(turn, FilterBoard(99, -3))
    assert "In progress" in turn.text


async def test_unread_messages_stand_on_the_board(town: Town) -> None:
    """The number of new messages is beside the order until it is read."""
    order = await town.order_in(State.IN_PROGRESS)
    await town.say(town.buyer, order.id, "Hello?")
    turn = turn_of(town, town.seller)
    await orders.on_orders(turn)
    assert "1 new message" in turn.text


async def test_the_week_is_a_picture(town: Town) -> None:
    """Deadlines of this week or a later one; without a drawer the words stand alone."""
    order = await town.order_in(State.IN_PROGRESS)
    assert order.due_at_ms is not None
    turn = turn_of(town, town.seller, drawer=Drawn())
    texts = []
    for weeks_on in (0, 1):
        await life.on_show_week(turn, ShowWeek(weeks_on))
        assert turn.shown[-1].media == Picture("week", b"PNG")
        texts.append(turn.text)
    assert sum("In progress" in text for text in texts) == 1
    bare = turn_of(town, town.seller)
    await life.on_show_week(bare, ShowWeek(-5))
    assert bare.shown[-1].media is None


async def test_the_summarys_hour_is_chosen(town: Town) -> None:
    """An hour, another one, and never; the toast says which."""
    turn = turn_of(town, town.buyer)
    await settings.on_show_digest_hours(turn, ShowDigestHours())
    assert "At which hour" in turn.text
    await settings.on_choose_digest_hour(turn, ChooseDigestHour(9))
    assert (turn.person.digest_hour, turn.toasts) == (9, ["Your summary comes daily at 09:00."])
    turn.command = town.command(town.buyer)
    await settings.on_choose_digest_hour(turn, ChooseDigestHour(-1))
    assert (turn.person.digest_hour, turn.toasts[1]) == (None, "No daily summary.")


async def test_an_absence_is_ended(town: Town) -> None:
    """Settings show it; ending it takes it away."""
    absence = await town.services.absences.declare(
        town.command(town.buyer), from_ms=START_MS, until_ms=START_MS + 3 * DAY_MS
    )
    turn = turn_of(town, town.buyer)
    await settings.on_settings(turn)
    assert "Away: until" in turn.text
    await settings.on_show_away(turn, ShowAway())
    assert "You are away now" in turn.text
    town.clock.advance(DAY_MS)
    await settings.on_end_away(turn_with(turn, town), EndAway(absence.id))
    assert "You are here." in turn.text


def turn_with(turn: Any, town: Town) -> Any:
    """The same turn a little later."""
    turn.command, turn.now_ms = town.command(turn.person), town.clock.now_ms()
    return turn


async def test_what_is_said_about_a_seller(town: Town) -> None:
    """The three means, the reviews, and a way to report each of them."""
    order = await town.order_in(State.COMPLETED)
    marks = Marks(quality=5, communication=4, value=3)
    await town.services.reviews.review(
        town.command(town.buyer), order.id, marks=marks, words="Good"
    )
    await town.services.reviews.review(town.command(town.seller), order.id, stars=5, words="")
    turn = turn_of(town, town.buyer)
    await life.on_show_reviews(turn, ShowReviews(order.gig_id, 0))
    assert "Quality 5.0 · Communication 4.0 · Value 3.0" in turn.text
    assert "🚩 Review 1" in turn.labels
    await life.on_show_reviews(turn, ShowReviews(order.gig_id, -1))
    assert "Good" in turn.text


def test_routes(town: Town) -> None:
    """Both taps of this area are answered."""
    assert len(life.routes(town.services)) == 2
