"""The wallet: /wallet and its pages."""

from bot.kit.routing import Route, command, tap
from bot.kit.turn import Turn
from bot.ui.taps import ShowWallet
from bot.views.wallet import wallet_screen
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [command(services, "wallet", on_wallet), tap(services, ShowWallet, on_show_wallet)]


async def on_wallet(turn: Turn) -> None:
    await _show(turn, 0)


async def on_show_wallet(turn: Turn, tap: ShowWallet) -> None:
    await _show(turn, max(0, tap.page))


async def _show(turn: Turn, page: int) -> None:
    wallet = await turn.services.wallet.wallet(turn.person.id, page=page)
    await turn.show(wallet_screen(wallet, turn.tr, turn.policy, now_ms=turn.now_ms))
