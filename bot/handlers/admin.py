"""The operators' pages. For everybody else /admin is a command that we do not have."""

from bot.handlers.fallback import on_unknown_command
from bot.kit.routing import Route, command, tap
from bot.kit.turn import Turn
from bot.ui.taps import RetryDead, ShowAdmin, Thaw
from bot.views.admin import AUDIT, OVERVIEW, admin_screen, retried_toast, thawed_toast
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        command(services, "admin", on_admin),
        tap(services, ShowAdmin, on_show_admin),
        tap(services, RetryDead, on_retry_dead),
        tap(services, Thaw, on_thaw),
    ]


async def on_admin(turn: Turn) -> None:
    await (_show(turn, OVERVIEW) if turn.is_operator else on_unknown_command(turn))


async def on_show_admin(turn: Turn, tap: ShowAdmin) -> None:
    await _show(turn, tap.page)


async def on_retry_dead(turn: Turn, tap: RetryDead) -> None:
    await turn.services.house.retry(turn.command, tap.row_id)
    await turn.toast(retried_toast(turn.tr))
    await _show(turn, OVERVIEW)


async def on_thaw(turn: Turn, _tap: Thaw) -> None:
    await turn.services.house.thaw(turn.command)
    await turn.toast(thawed_toast(turn.tr))
    await _show(turn, AUDIT)


async def _show(turn: Turn, page: int) -> None:
    house = await turn.services.house.report(turn.person.id)
    await turn.show(admin_screen(house, page, turn.tr, turn.now_ms))
