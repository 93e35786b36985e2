"""Around the orders: the week of deadlines as a picture, and what is said about a seller."""

from bot.kit.routing import Route, tap
from bot.kit.turn import Turn
from bot.ui.taps import ShowReviews, ShowWeek
from bot.views.calendar import WEEKS_MAX, week_picture, week_screen
from bot.views.review_words import seller_screen
from market.rights import By
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        tap(services, ShowWeek, on_show_week, by=By.ANYBODY),
        tap(services, ShowReviews, on_show_reviews, by=By.ANYBODY),
    ]


async def on_show_week(turn: Turn, tap: ShowWeek) -> None:
    weeks_on = min(max(0, tap.weeks_on), WEEKS_MAX)
    week = await turn.services.orders.week(turn.person.id, weeks_on=weeks_on)
    picture = None
    if turn.drawer is not None:
        picture = await turn.drawer.week_card(week_picture(week, turn.tr))
    await turn.show(
        week_screen(week, turn.tr, weeks_on=weeks_on, now_ms=turn.now_ms, picture=picture)
    )


async def on_show_reviews(turn: Turn, tap: ShowReviews) -> None:
    card = await turn.services.gigs.card(tap.gig_id)
    reviews = await turn.services.reviews.about(card.gig.seller_id)
    await turn.show(seller_screen(card, reviews, max(0, tap.page), turn.tr, now_ms=turn.now_ms))
