"""Settings: the language question and the time zone. Choosing a language is `start`'s."""

from bot.kit.routing import Route, command, tap
from bot.kit.turn import Turn
from bot.ui.taps import ChooseZone, ShowLanguages, ShowSettings, ShowZones
from bot.views.settings import settings_screen, zone_at, zone_toast, zones_screen
from bot.views.start import language_screen
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        command(services, "settings", on_settings),
        command(services, "language", on_language),
        tap(services, ShowSettings, on_show_settings),
        tap(services, ShowLanguages, on_show_languages),
        tap(services, ShowZones, on_show_zones),
        tap(services, ChooseZone, on_choose_zone),
    ]


async def on_settings(turn: Turn) -> None:
    await turn.show(settings_screen(turn.tr, turn.now_ms))


async def on_language(turn: Turn) -> None:
    await turn.show(language_screen())


async def on_show_settings(turn: Turn, _tap: ShowSettings) -> None:
    await on_settings(turn)


async def on_show_languages(turn: Turn, _tap: ShowLanguages) -> None:
    await on_language(turn)


async def on_show_zones(turn: Turn, _tap: ShowZones) -> None:
    await turn.show(zones_screen(turn.tr))


async def on_choose_zone(turn: Turn, tap: ChooseZone) -> None:
    zone = zone_at(tap.zone)
    if zone is not None:
        turn.speak(await turn.services.people.choose_zone(turn.command, zone))
        await turn.toast(zone_toast(turn.tr))
    await on_settings(turn)
