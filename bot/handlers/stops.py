"""Money that leaves: /freeze, /thaw, safe mode, and what is stuck. For operators."""

from bot.handlers.fallback import on_unknown_command
from bot.kit.routing import Route, command, tap
from bot.kit.turn import Turn
from bot.ui.taps import FreezeMoney, LeaveSafeMode, ShowStops, ShowStuck
from bot.views.stops import frozen_toast, left_toast, safe_mode_confirm, stops_screen
from bot.views.stuck import stuck_screen
from market.rights import By
from services.registry import Services

SURE = 1
REASON_MAX = 200


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        command(services, "freeze", on_freeze, by=By.OPERATOR, otherwise=on_unknown_command),
        command(services, "thaw", on_thaw, by=By.OPERATOR, otherwise=on_unknown_command),
        tap(services, ShowStuck, on_show_stuck, by=By.STAFF),
        tap(services, ShowStops, on_show_stops, by=By.OPERATOR),
        tap(services, FreezeMoney, on_freeze_money, by=By.OPERATOR),
        tap(services, LeaveSafeMode, on_leave_safe_mode, by=By.OWNER),
    ]


async def on_freeze(turn: Turn) -> None:
    """At once, with whatever reason stands behind the command; nobody else knows the command."""
    if not turn.is_operator:
        await on_unknown_command(turn)
        return
    await turn.services.house.freeze(turn.command, reason=turn.argument[:REASON_MAX])
    await _show(turn)


async def on_thaw(turn: Turn) -> None:
    """What stops money, with the button that lets it go."""
    await (_show(turn) if turn.is_operator else on_unknown_command(turn))


async def on_show_stops(turn: Turn, _tap: ShowStops) -> None:
    await _show(turn)


async def on_show_stuck(turn: Turn, _tap: ShowStuck) -> None:
    rows = await turn.services.stuck.rows(turn.person.id)
    await turn.show(stuck_screen(rows, turn.tr, turn.now_ms))


async def on_freeze_money(turn: Turn, _tap: FreezeMoney) -> None:
    await turn.services.house.freeze(turn.command)
    await turn.toast(frozen_toast(turn.tr))
    await _show(turn)


async def on_leave_safe_mode(turn: Turn, tap: LeaveSafeMode) -> None:
    """The list was on the screen before; asked once more, then it leaves."""
    if tap.sure != SURE:
        stops = await turn.services.house.stops(turn.person.id)
        await turn.show(safe_mode_confirm(stops, turn.tr))
        return
    await turn.services.house.leave_safe_mode(turn.command)
    await turn.toast(left_toast(turn.tr))
    await _show(turn)


async def _show(turn: Turn) -> None:
    stops = await turn.services.house.stops(turn.person.id)
    is_owner = turn.services.desk.is_owner(turn.person)
    await turn.show(stops_screen(stops, turn.tr, turn.now_ms, is_owner=is_owner))
