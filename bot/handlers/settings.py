"""Settings: language question, time zone, the day's summary, absences that are declared.

Choosing a language is `start`'s, declaring an absence a conversation.
"""

from bot.kit.routing import Route, command, tap
from bot.kit.turn import Turn
from bot.ui.taps import (
    ChooseDigestHour,
    ChooseZone,
    EndAway,
    ShowAway,
    ShowDigestHours,
    ShowLanguages,
    ShowSettings,
    ShowZones,
)
from bot.views.absence import away_screen, ended_toast
from bot.views.digest import NEVER, hour_toast, hours_screen
from bot.views.settings import settings_screen, zone_at, zone_toast, zones_screen
from bot.views.start import language_screen
from market.rights import By
from services.registry import Services


def routes(services: Services) -> list[Route]:
    """The handlers of this area."""
    return [
        command(services, "settings", on_settings, by=By.ANYBODY),
        command(services, "language", on_language, by=By.ANYBODY),
        tap(services, ShowSettings, on_show_settings, by=By.ANYBODY),
        tap(services, ShowLanguages, on_show_languages, by=By.ANYBODY),
        tap(services, ShowZones, on_show_zones, by=By.ANYBODY),
        tap(services, ChooseZone, on_choose_zone, by=By.ANYBODY),
        tap(services, ShowDigestHours, on_show_digest_hours, by=By.ANYBODY),
        tap(services, ChooseDigestHour, on_choose_digest_hour, by=By.ANYBODY),
        tap(services, ShowAway, on_show_away, by=By.ANYBODY),
        tap(services, EndAway, on_end_away, by=By.ANYBODY),
    ]


async def on_settings(turn: Turn) -> None:
    absences = await turn.services.absences.of(turn.person.id)
    await turn.show(settings_screen(turn.person, absences, turn.tr, turn.now_ms))


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


async def on_show_digest_hours(turn: Turn, _tap: ShowDigestHours) -> None:
    await turn.show(hours_screen(turn.person, turn.tr))


async def on_choose_digest_hour(turn: Turn, tap: ChooseDigestHour) -> None:
    hour = None if tap.hour == NEVER else tap.hour
    turn.speak(await turn.services.digests.choose_hour(turn.command, hour))
    await turn.toast(hour_toast(turn.person, turn.tr))
    await turn.show(hours_screen(turn.person, turn.tr))


async def on_show_away(turn: Turn, _tap: ShowAway) -> None:
    absences = await turn.services.absences.of(turn.person.id)
    await turn.show(away_screen(absences, turn.tr, turn.now_ms))


async def on_end_away(turn: Turn, tap: EndAway) -> None:
    before = await turn.services.absences.of(turn.person.id)
    had_begun = any(one.id == tap.absence_id and one.covers(turn.now_ms) for one in before)
    absences = await turn.services.absences.end(turn.command, tap.absence_id)
    await turn.toast(ended_toast(turn.tr, had_begun=had_begun))
    await turn.show(away_screen(absences, turn.tr, turn.now_ms))
