"""Looking around: the shelves, a shelf's pages, a gig's card (also from a deep link)."""

from bot.kit.routing import Route, command, tap
from bot.kit.turn import Turn
from bot.ui.screen import Screen
from bot.ui.taps import ShowGig, ShowShelf, ShowShelves
from bot.views.categories import category_at
from bot.views.gigs import Shown, gig_screen, shelf_screen, shelves_screen
from bot.views.own_gigs import own_gig_screen
from market.rights import By
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        command(services, "browse", on_browse, by=By.ANYBODY),
        tap(services, ShowShelves, on_show_shelves, by=By.ANYBODY),
        tap(services, ShowShelf, on_show_shelf, by=By.ANYBODY),
        tap(services, ShowGig, on_show_gig, by=By.ANYBODY),
    ]


async def on_browse(turn: Turn) -> None:
    await turn.show(shelves_screen(await turn.services.gigs.shelves(), turn.tr))


async def on_show_shelves(turn: Turn, _tap: ShowShelves) -> None:
    await on_browse(turn)


async def on_show_shelf(turn: Turn, tap: ShowShelf) -> None:
    category = category_at(tap.category)
    if category is None:
        await on_browse(turn)
        return
    page = await turn.services.gigs.browse(
        category, cursor=tap.cursor or None, forward=bool(tap.forward)
    )
    await turn.show(shelf_screen(category, page, turn.tr))


async def on_show_gig(turn: Turn, tap: ShowGig) -> None:
    await turn.show(await _card(turn, tap.gig_id, is_full=bool(tap.full)))


async def open_gig(turn: Turn, gig_id: int) -> None:
    """A deep link leads here."""
    await turn.show(await _card(turn, gig_id, is_full=False))


async def _card(turn: Turn, gig_id: int, *, is_full: bool) -> Screen:
    card = await turn.services.gigs.card(gig_id)
    if card.gig.seller_id == turn.person.id:
        return own_gig_screen(card, turn.tr, turn.policy, turn.bot_username)
    shown = Shown(
        policy=turn.policy,
        bot_username=turn.bot_username,
        reviews=await turn.services.reviews.about(card.gig.seller_id),
        is_full=is_full,
        now_ms=turn.now_ms,
    )
    return gig_screen(card, turn.tr, shown)
