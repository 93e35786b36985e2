"""The running of the house, for operators; /admin and the queues are the desk's."""

from bot.handlers.desk import show_desk
from bot.kit.routing import Route, tap
from bot.kit.turn import Turn
from bot.ui.taps import RetryDead, ShowAdmin, Thaw
from bot.views.admin import admin_screen, retried_toast, thawed_toast
from bot.views.desk import AUDIT, DESK, RUNNING
from market.rights import By
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        tap(services, ShowAdmin, on_show_admin, by=By.OPERATOR),
        tap(services, RetryDead, on_retry_dead, by=By.OPERATOR),
        tap(services, Thaw, on_thaw, by=By.OPERATOR),
    ]


async def on_show_admin(turn: Turn, tap: ShowAdmin) -> None:
    await (show_desk(turn) if tap.page == DESK else show_page(turn, tap.page))


async def on_retry_dead(turn: Turn, tap: RetryDead) -> None:
    await turn.services.house.retry(turn.command, tap.row_id)
    await turn.toast(retried_toast(turn.tr))
    await show_page(turn, RUNNING)


async def on_thaw(turn: Turn, _tap: Thaw) -> None:
    await turn.services.house.thaw(turn.command)
    await turn.toast(thawed_toast(turn.tr))
    await show_page(turn, AUDIT)


async def show_page(turn: Turn, page: int) -> None:
    house = await turn.services.house.report(turn.person.id)
    await turn.show(admin_screen(house, page, turn.tr, turn.now_ms))
