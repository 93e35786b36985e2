"""What everybody may know of the house's money: /trust, its button and its link."""

from bot.kit.routing import Route, command, tap
from bot.kit.turn import Turn
from bot.ui.taps import ShowTrust
from bot.views.trust import trust_screen
from market.rights import By
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        command(services, "trust", show_trust, by=By.ANYBODY),
        tap(services, ShowTrust, on_show_trust, by=By.ANYBODY),
    ]


async def show_trust(turn: Turn) -> None:
    """For every member; nothing in it is about anybody in particular."""
    await turn.show(trust_screen(await turn.services.trust.page(), turn.tr, turn.now_ms))


async def on_show_trust(turn: Turn, _tap: ShowTrust) -> None:
    await show_trust(turn)
